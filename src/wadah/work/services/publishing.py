"""A draft comes into force and its work is offered: only where it holds whatever members promised since it was made."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from wadah.base.errors import Refused
from wadah.plans.services import plan_publish
from wadah.units import date_text, decimal_text
from wadah.work.selectors.since import answers_since
from wadah.work.services.offering import offers_sync

if TYPE_CHECKING:
    from wadah.accounts.models import User
    from wadah.plans.models import PlanRun
    from wadah.work.selectors.since import NotHeld
    from wadah.work.services.offering import Synced

NAMED = 3


@transaction.atomic
def plan_offer(*, run: PlanRun, by: User) -> Synced:
    """A draft comes into force, and the members are offered its work, or neither.

    Raises as plans' plan_publish does, and Refused where it doesn't hold what members promised since it was made.
    """
    answers_check(run)
    plan_publish(run=run, by=by)
    return offers_sync(cooperative=run.cooperative, by=by)


def answers_check(run: PlanRun) -> None:
    """Raises Refused where a draft doesn't hold all that is promised, naming what came since."""
    missing = answers_since(run).not_held
    if not missing:
        return
    named = [promise_text(row) for row in missing[:NAMED]]
    words = {"count": len(missing), "promises": "; ".join(named) + (" …" if len(missing) > NAMED else "")}
    raise Refused(
        ngettext(
            "Since this plan was made, members gave %(count)s promise that isn't in it: %(promises)s. "
            "Plan again with it.",
            "Since this plan was made, members gave %(count)s promises that aren't in it: %(promises)s. "
            "Plan again with them.",
            len(missing),
        )
        % words
    )


def promise_text(row: NotHeld) -> str:
    english = (get_language() or "").startswith("en")
    language = "en" if english else "id"
    words = {
        "workshop": row.workshop.name,
        "pieces": decimal_text(Decimal(str(row.pieces)), 3, language),
        "part": row.part.name_en if english and row.part.name_en else row.part.name,
        "week": date_text(row.week, language),
    }
    return _("%(workshop)s: %(pieces)s × %(part)s, week of %(week)s") % words
