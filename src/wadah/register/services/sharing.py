"""What work is shared by: the hours that a member wishes for, and how much the cooperative means for whom."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from wadah.base.errors import Refused
from wadah.register.models import Workshop
from wadah.register.models.makers import NEED_WEIGHT_MAX, WEEK_MINUTES_MAX
from wadah.register.services.saving import row_correct

if TYPE_CHECKING:
    from wadah.accounts.models import User

EVERYBODYS = Decimal(1)


@transaction.atomic
def workshop_wish_set(*, workshop: Workshop, minutes_week: int | None, by: User | None = None) -> Workshop:
    """Writes how many minutes of work a week the member wishes for; None: not told.

    Raises
    ------
    Refused: below zero, or more than a week has.
    """
    if minutes_week is not None and not 0 <= minutes_week <= WEEK_MINUTES_MAX:
        words = {"hours": WEEK_MINUTES_MAX // 60}
        raise Refused(_("A week has %(hours)s hours.") % words, field="wish")
    return corrected(workshop, {"wish_minutes_week": minutes_week}, by, "workshop_wish_set")


@transaction.atomic
def workshop_need_set(*, workshop: Workshop, weight: Decimal, reason: str = "", by: User | None = None) -> Workshop:
    """Writes how much of the work the cooperative means for this workshop where it shares by need.

    weight: 0 … 10, 1 like everybody's; reason: why it isn't 1, kept with the weight and in the history.

    Raises
    ------
    Refused: out of range, or another weight than 1 without a reason.
    """
    if not 0 <= weight <= NEED_WEIGHT_MAX:
        words = {"most": NEED_WEIGHT_MAX}
        raise Refused(_("The weight lies between 0 and %(most)s; everybody's is 1.") % words, field="need_weight")
    if weight != EVERYBODYS and not reason.strip():
        raise Refused(_("Say why: others will ask."), field="need_reason")
    return corrected(workshop, {"need_weight": weight, "need_reason": reason.strip()}, by, "workshop_need_set")


def corrected(workshop: Workshop, facts: dict[str, Any], by: User | None, act: str) -> Workshop:
    """The workshop with other facts; where they stand already, nothing is written."""
    row = Workshop.objects.select_for_update().get(pk=workshop.pk)
    if all(getattr(row, name) == value for name, value in facts.items()):
        return row
    return row_correct(row, facts, frozenset(facts), by=by, act=act)
