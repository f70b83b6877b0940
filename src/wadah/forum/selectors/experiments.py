"""Experiments and their lessons: everybody's to read, failed ones as much as those that worked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Count, Q

from wadah.forum.models import Experiment, ExperimentPhoto
from wadah.forum.selectors.search import text_search
from wadah.forum.words import Result

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from wadah.accounts.models import User
    from wadah.base.models import Attachment

SEARCHED = ("number", "question", "method", "lesson", "community__name")


def experiments_all() -> QuerySet[Experiment]:
    """Experiments that stand, the last begun first."""
    return whole(Experiment.objects.filter(withdrawn_at__isnull=True))


def experiments_seen(user: User | None, *, officer: bool) -> QuerySet[Experiment]:
    """Those, and one's own that were taken back; a city officer sees all."""
    if officer:
        return whole(Experiment.objects.all())
    shown = Q(withdrawn_at__isnull=True) | (Q(by=user) if user else Q(pk__in=[]))
    return whole(Experiment.objects.filter(shown))


def experiments_own(user: User | None) -> QuerySet[Experiment]:
    """One's own, whatever became of them."""
    return whole(Experiment.objects.filter(by=user)) if user else Experiment.objects.none()


def whole(rows: QuerySet[Experiment]) -> QuerySet[Experiment]:
    return rows.select_related("community", "idea", "follows", "by", "withdrawn_by").order_by("-begun_on", "-pk")


def lessons_search(rows: QuerySet[Experiment], text: str) -> QuerySet[Experiment]:
    """Experiments in whose question, method or lesson every word of `text` is found, spaces and case aside."""
    return text_search(rows, text, *SEARCHED)


def followers_of(experiment: Experiment) -> QuerySet[Experiment]:
    """Experiments that build on it."""
    return experiments_all().filter(follows=experiment)


def experiment_photos(experiment: Experiment) -> QuerySet[ExperimentPhoto]:
    """Without their content."""
    return experiment.photos.select_related("attachment").defer("attachment__content")


def experiment_photo(experiment: Experiment, number: int) -> Attachment | None:
    row = experiment.photos.filter(number=number).select_related("attachment").first()
    return row.attachment if row else None


def results_counted() -> dict[str, int]:
    """Result → experiments that stand."""
    rows = Experiment.objects.filter(withdrawn_at__isnull=True).order_by().values_list("result")
    return {value: 0 for value in Result.values} | dict(rows.annotate(many=Count("pk")))
