"""Leave to make a part, its dated rate, and counts of the hub's stock."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from wadah.base.errors import Refused
from wadah.catalogue.models import Approval, HubStock, Part, Rate
from wadah.catalogue.rules import windows_overlap
from wadah.catalogue.saving import days_check, quantity_check, row_save
from wadah.catalogue.words import ApprovalStatus, MaterialBy

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal

    from wadah.accounts.models import User
    from wadah.register.models import Cooperative, Workshop

DAY = timedelta(days=1)


@transaction.atomic
def approval_record(
    *,
    part: Part,
    workshop: Workshop,
    status: str,
    valid_from: date,
    valid_until: date | None = None,
    decided_by: str = "",
    note: str = "",
    by: User | None = None,
) -> Approval:
    """Records a workshop's standing for a part; an approved period must not overlap another one.

    decided_by: a name and an office; whoever records it (`by`) unless given.

    Raises
    ------
    Refused: the periods overlap, the part is bought, or the last day lies before the first.
    """
    days_check(valid_from, valid_until)
    # The part's row stands for all its approvals: two people can't approve the same pair at once.
    part = Part.objects.select_for_update().get(pk=part.pk)
    if part.supply == "bought":
        raise Refused(_("%(part)s is bought: no workshop is approved for it.") % {"part": part.code}, field="part")
    if status == ApprovalStatus.APPROVED:
        for held in Approval.objects.filter(part=part, workshop=workshop, status=status):
            if windows_overlap((valid_from, valid_until), (held.valid_from, held.valid_until)):
                words = {"workshop": workshop.name, "part": part.code, "from": held.valid_from}
                raise Refused(_("%(workshop)s is already approved for %(part)s from %(from)s on.") % words)
    row = Approval(part=part, workshop=workshop, status=status, valid_from=valid_from, valid_until=valid_until)
    return row_save(row, {"by": decided_by or name_of(by), "note": note}, by=by, act="approval_record")


def name_of(user: User | None) -> str:
    return user.name if user is not None else ""


@transaction.atomic
def approval_end(
    *,
    approval: Approval,
    last_day: date,
    status: str,
    decided_by: str = "",
    note: str = "",
    by: User | None = None,
) -> Approval:
    """Ends an approval with `last_day` and records what follows from the next day on: suspended or withdrawn.

    decided_by: a name and an office; whoever records it (`by`) unless given.

    Raises
    ------
    Refused: it isn't an approval, it had ended before, or the last day lies before its first.
    """
    Part.objects.select_for_update().get(pk=approval.part_id)
    approval = Approval.objects.select_related("part", "workshop").get(pk=approval.pk)
    if approval.status != ApprovalStatus.APPROVED or status not in {"suspended", "withdrawn"}:
        raise Refused(_("Only an approval can be suspended or withdrawn."), field="status")
    if approval.valid_until is not None and approval.valid_until < last_day:
        raise Refused(_("It has already ended, on %(last)s.") % {"last": approval.valid_until}, field="valid_until")
    days_check(approval.valid_from, last_day)
    row_save(approval, {"valid_until": last_day}, by=by, act="approval_end")
    following = Approval(part=approval.part, workshop=approval.workshop, status=status, valid_from=last_day + DAY)
    return row_save(following, {"by": decided_by or name_of(by), "note": note}, by=by, act="approval_end")


@transaction.atomic
def rate_set(*, part: Part, workshop: Workshop, valid_from: date, by: User | None = None, **columns: Any) -> Rate:
    """Sets what a part takes and is paid at a workshop from a day on; the rate before ends the day before.

    columns: those of Rate. The same day again corrects that rate. Past rates are never rewritten.

    Raises
    ------
    Refused: a later rate exists, the part is archived, or a column is out of its range.
    """
    part = Part.objects.select_for_update().get(pk=part.pk)
    if part.archived_at is not None:
        raise Refused(_("%(part)s is archived. Bring it back first.") % {"part": part.code}, field="part")
    rates = Rate.objects.filter(part=part, workshop=workshop)
    if rates.filter(valid_from__gt=valid_from).exists():
        words = {"workshop": workshop.name, "part": part.code, "from": valid_from}
        raise Refused(_("%(workshop)s has a rate for %(part)s that begins after %(from)s.") % words, field="valid_from")
    same = rates.filter(valid_from=valid_from).first()
    lot_check(part, columns)
    material_check(columns)
    still = Q(valid_until__isnull=True) | Q(valid_until__gte=valid_from)
    for held in rates.filter(still, valid_from__lt=valid_from):
        row_save(held, {"valid_until": valid_from - DAY}, by=by, act="rate_set")
    row = same or Rate(part=part, workshop=workshop, valid_from=valid_from)
    return row_save(row, columns, by=by, act="rate_set")


def lot_check(part: Part, columns: dict[str, Any]) -> None:
    """Lots are whole where pieces are, and the least lot fits into the most of a week."""
    least, most = columns.get("lot_quantity_min", 0), columns.get("quantity_max_week")
    quantity_check(part, least, field="lot_quantity_min", zero=True)
    if most is not None and most < least:
        words = {"part": part.code, "least": least, "most": most}
        raise Refused(
            _("%(part)s: the least lot (%(least)s) is more than the most of a week (%(most)s).") % words,
            field="lot_quantity_min",
        )


def material_check(columns: dict[str, Any]) -> None:
    """Only a member who brings the material is paid for it."""
    if columns.get("material_rupiah_piece") and columns.get("material_by") != MaterialBy.MEMBER:
        raise Refused(
            _("Material is paid for only where the member brings it. Leave the amount at 0, or choose the member."),
            field="material_rupiah_piece",
        )


@transaction.atomic
def rate_end(*, rate: Rate, last_day: date, by: User | None = None) -> Rate:
    """Lets a rate end with `last_day`; from the next day on the workshop has none for the part.

    Raises
    ------
    Refused: it had ended before, or the last day lies before its first.
    """
    rate = Rate.objects.select_for_update().get(pk=rate.pk)
    if rate.valid_until is not None and rate.valid_until < last_day:
        raise Refused(_("It has already ended, on %(last)s.") % {"last": rate.valid_until}, field="valid_until")
    days_check(rate.valid_from, last_day)
    return row_save(rate, {"valid_until": last_day}, by=by, act="rate_end")


@transaction.atomic
def stock_count(
    *, cooperative: Cooperative, part: Part, as_of: date, quantity: Decimal | int, by: User | None = None
) -> HubStock:
    """Records what the hub holds of a part as a day begins; the same day again corrects the count."""
    quantity_check(part, quantity, zero=True)
    key = {"cooperative": cooperative, "part": part, "as_of": as_of}
    row = HubStock.objects.filter(**key).first() or HubStock(**key)
    return row_save(row, {"quantity": quantity}, by=by, act="stock_count")
