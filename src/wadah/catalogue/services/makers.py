"""Leave to make a part, its dated rate, and counts of the hub's stock."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any, TypeVar

from django.db import transaction
from django.utils.translation import gettext as _

from wadah.base.errors import Refused
from wadah.catalogue.models import Approval, HubStock, Part, Rate
from wadah.catalogue.rules import windows_overlap
from wadah.catalogue.saving import days_check, quantity_check, row_save, rows_save
from wadah.catalogue.words import ApprovalStatus, MaterialBy

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from datetime import date
    from decimal import Decimal

    from wadah.accounts.models import User
    from wadah.register.models import Cooperative, Workshop

    Pair = TypeVar("Pair", Rate, Approval)

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
    row = Approval(part=part, workshop=workshop, status=status, valid_from=valid_from, valid_until=valid_until)
    approval_check(row, Approval.objects.filter(part=part, workshop=workshop))
    return row_save(row, {"by": decided_by or name_of(by), "note": note}, by=by, act="approval_record")


@transaction.atomic
def approvals_record(*, rows: Sequence[RateRow], by: User | None = None) -> list[Approval]:
    """Approves each row's workshop for its part from its day on, each as `approval_record` does; each pair once.

    Raises
    ------
    Refused, IntegrityError: the first that is refused; `approval_record` says in words why.
    """
    parts = parts_locked({row.part.pk for row in rows})
    held = by_pair(Approval.objects.filter(part__in=parts, workshop__in={row.workshop.pk for row in rows}))
    pairs = []
    for row in rows:
        part = parts[row.part.pk]
        new = Approval(part=part, workshop=row.workshop, status=ApprovalStatus.APPROVED, valid_from=row.valid_from)
        approval_check(new, held.get((part.pk, row.workshop.pk), []))
        pairs.append((new, {"by": name_of(by), "note": ""}))
    return rows_save(pairs, by=by, act="approval_record")


def approval_check(row: Approval, held: Iterable[Approval]) -> None:
    """Raises Refused where the part is bought, or an approved period overlaps one of those that the pair has."""
    part, workshop = row.part, row.workshop
    if part.supply == "bought":
        raise Refused(_("%(part)s is bought: no workshop is approved for it.") % {"part": part.code}, field="part")
    if row.status != ApprovalStatus.APPROVED:
        return
    for other in held:
        spans = (row.valid_from, row.valid_until), (other.valid_from, other.valid_until)
        if other.status == row.status and windows_overlap(*spans):
            words = {"workshop": workshop.name, "part": part.code, "from": other.valid_from}
            raise Refused(_("%(workshop)s is already approved for %(part)s from %(from)s on.") % words)


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
    row = RateRow(part, workshop, valid_from, columns)
    held = list(Rate.objects.filter(part=part, workshop=workshop))
    rate_check(row, held)
    for earlier in ended_by(row, held):
        row_save(earlier, {"valid_until": valid_from - DAY}, by=by, act="rate_set")
    return row_save(rate_of(row, held), columns, by=by, act="rate_set")


@dataclass(frozen=True, slots=True)
class RateRow:
    """columns: those of Rate but for its key."""

    part: Part
    workshop: Workshop
    valid_from: date
    columns: Mapping[str, Any]

    @property
    def key(self) -> dict[str, Any]:
        return {"part": self.part, "workshop": self.workshop, "valid_from": self.valid_from}


@transaction.atomic
def rates_set(*, rows: Sequence[RateRow], by: User | None = None) -> list[Rate]:
    """Sets many rates, each as `rate_set` does, in a number of queries that grows with batches; each pair once.

    Raises
    ------
    Refused, IntegrityError, DataError: the first that is refused; `rate_set` says in words why.
    """
    parts = parts_locked({row.part.pk for row in rows})
    rows = [replace(row, part=parts[row.part.pk]) for row in rows]
    held = by_pair(Rate.objects.filter(part__in=parts, workshop__in={row.workshop.pk for row in rows}))
    ended: list[tuple[Rate, Mapping[str, Any]]] = []
    pairs: list[tuple[Rate, Mapping[str, Any]]] = []
    for row in rows:
        of_pair = held.get((row.part.pk, row.workshop.pk), [])
        rate_check(row, of_pair)
        ended += [(earlier, {"valid_until": row.valid_from - DAY}) for earlier in ended_by(row, of_pair)]
        pairs.append((rate_of(row, of_pair), row.columns))
    rows_save(ended, by=by, act="rate_set")
    return rows_save(pairs, by=by, act="rate_set")


def parts_locked(keys: Collection[int]) -> dict[int, Part]:
    """The parts, locked in one order: a part's row stands for all its rates and approvals."""
    return {part.pk: part for part in Part.objects.select_for_update().filter(pk__in=keys).order_by("pk")}


def by_pair(rows: Iterable[Pair]) -> dict[tuple[int, int], list[Pair]]:
    found: dict[tuple[int, int], list[Pair]] = {}
    for row in rows:
        found.setdefault((row.part_id, row.workshop_id), []).append(row)
    return found


def rate_check(row: RateRow, held: Sequence[Rate]) -> None:
    """Raises Refused where the rates that the pair has, or the part, leave no room for the row."""
    part = row.part
    if part.archived_at is not None:
        raise Refused(_("%(part)s is archived. Bring it back first.") % {"part": part.code}, field="part")
    if any(rate.valid_from > row.valid_from for rate in held):
        words = {"workshop": row.workshop.name, "part": part.code, "from": row.valid_from}
        raise Refused(_("%(workshop)s has a rate for %(part)s that begins after %(from)s.") % words, field="valid_from")
    lot_check(part, row.columns)
    material_check(row.columns)


def ended_by(row: RateRow, held: Iterable[Rate]) -> list[Rate]:
    """The rates that still hold on the day when the row's begins."""
    return [
        rate
        for rate in held
        if rate.valid_from < row.valid_from and (rate.valid_until is None or rate.valid_until >= row.valid_from)
    ]


def rate_of(row: RateRow, held: Iterable[Rate]) -> Rate:
    same = next((rate for rate in held if rate.valid_from == row.valid_from), None)
    return same or Rate(part=row.part, workshop=row.workshop, valid_from=row.valid_from)


def lot_check(part: Part, columns: Mapping[str, Any]) -> None:
    """Lots are whole where pieces are, and the least lot fits into the most of a week."""
    least, most = columns.get("lot_quantity_min", 0), columns.get("quantity_max_week")
    quantity_check(part, least, field="lot_quantity_min", zero=True)
    if most is not None and most < least:
        words = {"part": part.code, "least": least, "most": most}
        raise Refused(
            _("%(part)s: the least lot (%(least)s) is more than the most of a week (%(most)s).") % words,
            field="lot_quantity_min",
        )


def material_check(columns: Mapping[str, Any]) -> None:
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
