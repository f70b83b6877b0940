"""Experiments: the searchable list of lessons, one's page, writing one down, its result, its photos, its poster."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wadah.base.errors import NotYours
from wadah.forum.selectors.experiments import (
    experiment_photo,
    experiment_photos,
    experiments_all,
    experiments_own,
    experiments_seen,
    followers_of,
    lessons_search,
)
from wadah.forum.selectors.graduation import graduations_of, steps_of
from wadah.forum.selectors.ideas import can_bring_back
from wadah.forum.services.experiments import (
    PHOTOS_MAX,
    experiment_begin,
    experiment_bring_back,
    experiment_correct,
    experiment_photo_add,
    experiment_photo_remove,
    experiment_tell,
    experiment_withdraw,
)
from wadah.forum.words import Result
from wadah.units import date_text, rupiah_text
from wadah.web.access import PUBLIC, SIGNED_IN, access, own_or_404, person_of
from wadah.web.editing import form_page
from wadah.web.lists import ListColumn, ListFilter, Listing, list_page
from wadah.web.papers.poster import poster_pdf
from wadah.web.views.buyer.papers import answer, asked_language
from wadah.web.views.forum.common import act_page, acted, history_of_row, is_officer, on_form, user_of, ways
from wadah.web.views.forum.experiment_forms import BeginForm, ChangeForm, PhotoForm, ResultForm
from wadah.web.views.forum.ideas import WithdrawForm, author_text
from wadah.web.views.manager.quality.common import file_answer
from wadah.web.words import language

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from wadah.forum.models import Experiment

LESSON_SHOWN = 160


def shortened(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= LESSON_SHOWN else words[: LESSON_SHOWN - 1].rstrip() + "…"


LISTING = Listing(
    "percobaan",
    gettext_lazy("Experiments and lessons"),
    [
        ListColumn(
            "pertanyaan",
            gettext_lazy("Question"),
            lambda row: row.question,
            sort=("question",),
            url=lambda row: reverse("experiment", args=[row.number]),
            badge=lambda row: "simulated" if row.simulated else "",
        ),
        ListColumn("hasil", gettext_lazy("How it went"), lambda row: row.get_result_display(), sort=("result",)),
        ListColumn(
            "pelajaran",
            gettext_lazy("Lesson"),
            lambda row: shortened(row.lesson) or "–",
            value=lambda row: row.lesson,
        ),
        ListColumn("komunitas", gettext_lazy("Community"), lambda row: row.community.name if row.community else "–"),
        ListColumn(
            "mulai",
            gettext_lazy("First day"),
            lambda row: date_text(row.begun_on, language()),
            value=lambda row: row.begun_on,
            sort=("begun_on",),
        ),
        ListColumn("nomor", gettext_lazy("Number"), lambda row: row.number, hidden=True),
        ListColumn("cara", gettext_lazy("Method"), lambda row: row.method, hidden=True),
        ListColumn(
            "biaya",
            gettext_lazy("Cost"),
            lambda row: rupiah_text(row.cost_rupiah) if row.cost_rupiah is not None else "–",
            value=lambda row: row.cost_rupiah,
            numeric=True,
            sort=("cost_rupiah",),
            hidden=True,
        ),
        ListColumn(
            "menit",
            gettext_lazy("Minutes of work"),
            lambda row: str(row.work_minutes or ""),
            value=lambda row: row.work_minutes,
            hidden=True,
        ),
    ],
    search=lessons_search,
    filters=[
        ListFilter(
            "hasil",
            gettext_lazy("How it went"),
            lambda: Result.choices,
            lambda rows, value: rows.filter(result=value),
        ),
    ],
    empty=gettext_lazy("Nothing has been tried yet. Write down what you try, also where it fails."),
)


@access(PUBLIC)
def experiments(request: HttpRequest) -> HttpResponse:
    add = reverse("experiment_add") if person_of(request).signed_in else ""
    return list_page(request, LISTING, experiments_all(), template="forum/list.html", ways=ways(request), add=add)


def seen_or_404(request: HttpRequest, number: str) -> Experiment:
    return own_or_404(experiments_seen(user_of(request), officer=is_officer(request)), number=number)


def own_experiment(request: HttpRequest, number: str) -> Experiment:
    """One's own that stands."""
    return own_or_404(experiments_own(user_of(request)).filter(withdrawn_at__isnull=True), number=number)


def page_of(row: Experiment) -> str:
    return reverse("experiment", args=[row.number])


@access(PUBLIC)
def experiment(request: HttpRequest, number: str) -> HttpResponse:
    row, user = seen_or_404(request, number), user_of(request)
    own = user is not None and row.by_id == user.pk
    managed = person_of(request).roles.cooperatives_managed
    ways_on = [
        (one, steps_of(one), own or one.cooperative_id in managed or is_officer(request)) for one in graduations_of(row)
    ]
    context = {
        "row": row,
        "ways": ways(request),
        "author": author_text(row, user),
        "own": own and row.withdrawn_at is None,
        "photos": experiment_photos(row),
        "followers": followers_of(row),
        "graduations": ways_on,
        "may_graduate": own and row.result == Result.WORKED and row.withdrawn_at is None,
        "can_withdraw": row.withdrawn_at is None and (own or is_officer(request)),
        "undo": can_bring_back(row, user),
        "history": history_of_row(row) if own or is_officer(request) else None,
    }
    return render(request, "forum/experiment.html", context)


@access(SIGNED_IN, methods=("GET", "POST"))
def experiment_add(request: HttpRequest) -> HttpResponse:
    """A new one; ?ide= names the idea that it tries, ?lanjutan= the experiment that it builds on."""
    asked = {name: request.GET.get(key, "") for name, key in (("idea", "ide"), ("follows", "lanjutan"))}
    form = BeginForm(request.POST or None, user=user_of(request), asked=asked)
    return form_page(
        request,
        form,
        title=_("Write down an experiment"),
        back=reverse("experiments"),
        save=lambda facts: page_of(experiment_begin(by=user_of(request), **facts)),
        action=_("Begin"),
        template="forum/experiment_form.html",
        about=form.about,
    )


@access(SIGNED_IN, methods=("GET", "POST"))
def experiment_edit(request: HttpRequest, number: str) -> HttpResponse:
    row = own_experiment(request, number)

    def save(facts: dict[str, Any]) -> str:
        facts.pop("version", None)
        return page_of(experiment_correct(experiment=row, by=user_of(request), **facts))

    form = ChangeForm(request.POST or None, row=row)
    return form_page(request, form, title=_("Change the experiment"), back=page_of(row), save=save)


@access(SIGNED_IN, methods=("GET", "POST"))
def experiment_result(request: HttpRequest, number: str) -> HttpResponse:
    row = own_experiment(request, number)
    return act_page(
        request,
        ResultForm(request.POST or None, row=row),
        title=_("What came out?"),
        back=page_of(row),
        act=lambda facts: experiment_tell(experiment=row, by=user_of(request), **facts),
        done=_("Thank you. Others can now learn from it."),
        template="forum/result_form.html",
    )


@access(SIGNED_IN, methods=("GET", "POST"))
def experiment_photo_new(request: HttpRequest, number: str) -> HttpResponse:
    row = own_experiment(request, number)
    return act_page(
        request,
        PhotoForm(request.POST or None, request.FILES or None),
        title=_("Add a photo"),
        back=page_of(row),
        act=lambda facts: experiment_photo_add(experiment=row, by=user_of(request), **facts),
        done=_("The photo is on the page. %(most)s at most fit there.") % {"most": PHOTOS_MAX},
        action=_("Add it"),
    )


@access(SIGNED_IN, methods=("POST",))
def experiment_photo_drop(request: HttpRequest, number: str, photo: int) -> HttpResponse:
    row = own_experiment(request, number)
    experiment_photo_remove(photo=own_or_404(experiment_photos(row), number=photo), by=user_of(request))
    return acted(request, _("The photo is off the page."), page_of(row))


@access(PUBLIC)
def experiment_photo_show(request: HttpRequest, number: str, photo: int) -> HttpResponse:
    return file_answer(experiment_photo(seen_or_404(request, number), photo))


@access(PUBLIC)
def experiment_poster(request: HttpRequest, number: str) -> HttpResponse:
    """One A4 page to hang up, whatever the result was."""
    row = seen_or_404(request, number)
    if row.withdrawn_at is not None:
        raise NotYours
    with translation.override(asked_language(request)):
        photos = [(bytes(one.attachment.content), one.caption) for one in row.photos.select_related("attachment")[:2]]
        url = request.build_absolute_uri(page_of(row))
        return answer(row.number, poster_pdf(row, photos, url))


@access(SIGNED_IN, methods=("GET", "POST"))
def experiment_off(request: HttpRequest, number: str) -> HttpResponse:
    """The author, or a city officer with a reason, takes it off the pages."""
    row, user = seen_or_404(request, number), user_of(request)
    if row.by_id != user.pk and not is_officer(request):
        raise NotYours
    return act_page(
        request,
        WithdrawForm(request.POST or None, own=row.by_id == user.pk),
        title=_("Take the experiment off the pages"),
        back=page_of(row),
        act=on_form(lambda facts: experiment_withdraw(experiment=row, by=user, **facts)),
        done=_("Taken back. You can undo it for 10 minutes, here."),
        action=_("Take it back"),
    )


@access(SIGNED_IN, methods=("POST",))
def experiment_back(request: HttpRequest, number: str) -> HttpResponse:
    row = seen_or_404(request, number)
    experiment_bring_back(experiment=row, by=user_of(request))
    return acted(request, _("It is back."), page_of(row))
