"""The plan in force is mended: asked how, shown, put into force; the members' offers follow, and nothing stays open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from wadah.plans.repairing import services as repairing
from wadah.plans.repairing.selectors import repair_answer
from wadah.plans.selectors import run_published
from wadah.work.models import Disruption
from wadah.work.selectors.mending import disruptions_open, known_for_repair
from wadah.work.services.disruptions import disruption_close
from wadah.work.services.offering import offers_sync
from wadah.work.services.offers import offers_lapse
from wadah.work.words import DisruptionStatus

if TYPE_CHECKING:
    from wadah.accounts.models import User
    from wadah.plans.models import PlanAnswer, PlanRun
    from wadah.register.models import Cooperative


@transaction.atomic
def repair_ask(*, cooperative: Cooperative, by: User) -> PlanAnswer:
    """Have it worked out how the plan in force makes up for what won't come.

    Raises Refused where nothing is to be mended or no plan is in force.
    """
    offers_lapse(cooperative)
    return repairing.repair_ask(cooperative=cooperative, asked=known_for_repair(cooperative), by=by)


@transaction.atomic
def repair_apply(*, cooperative: Cooperative, about: str, by: User) -> PlanRun:
    """Exactly the plan that was shown comes into force; what it makes up for is mended, and offers follow.

    about: the mark it was shown with. What only a new plan can make up for stays open.
    Raises Conflict where something changed since it was worked out.
    """
    repairing.force_lock(cooperative)
    asked = known_for_repair(cooperative)
    used_up = set(repair_used_up(cooperative, about))
    run = repairing.repair_apply(cooperative=cooperative, asked=asked, about=about, by=by)
    mended = [trouble.key for trouble in asked.troubles if trouble.key not in used_up]
    for row in Disruption.objects.filter(pk__in=mended).order_by("pk"):
        disruption_close(
            disruption=row, status=DisruptionStatus.MENDED, by=by, note=_("Made up for by a new plan."), mended_run=run
        )
    offers_sync(cooperative=cooperative, by=by)
    return run


def repair_used_up(cooperative: Cooperative, about: str) -> list[int]:
    """Keys of what the answer with this mark can't make up for."""
    run = run_published(cooperative)
    answer = repair_answer(run, about) if run else None
    return list(answer.result["used_up"]) if answer is not None and answer.result else []


@transaction.atomic
def disruptions_dismiss(*, cooperative: Cooperative, keys: list[int], by: User, note: str) -> int:
    """Leaves these as they are; how many. Raises Refused without a reason, Conflict where one is settled already."""
    rows = list(disruptions_open(cooperative).filter(pk__in=keys))
    for row in rows:
        disruption_close(disruption=row, by=by, note=note)
    return len(rows)
