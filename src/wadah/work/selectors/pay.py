"""What counts of work orders: accepted pieces, and the pay that follows (docs/work.md W7)."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db.models import F, Func, Q, Sum
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from wadah.units import Rupiah, rupiah_of
from wadah.work.models import Lot, LotMove, WorkOrder
from wadah.work.words import Bucket, LotOrigin

if TYPE_CHECKING:
    from collections.abc import Collection

    from django.db.backends.base.base import BaseDatabaseWrapper
    from django.db.models import QuerySet
    from django.db.models.sql.compiler import SQLCompiler

NONE = Decimal(0)
THOUSANDTH = Decimal("0.001")
JUDGED = [Bucket.WAITING, Bucket.REJECTED]
COUNTED_IN = Q(to_bucket=Bucket.ACCEPTED) & (Q(from_bucket__in=JUDGED) | Q(from_bucket="", lot__origin=LotOrigin.MADE))
COUNTED_OUT = Q(from_bucket__in=[Bucket.ACCEPTED, Bucket.SHIPPED], to_bucket__in=JUDGED)
PAY_COLUMNS = (
    "pay_rupiah_piece", "material_rupiah_piece", "transport_rupiah_piece", "setup_pay_rupiah", "transport_rupiah_trip",
)  # fmt: skip
"""Of a work order: what its pay follows from."""
NOT_HERE = gettext_noop("These aren't at the hub yet.")
UNPAID = {
    Bucket.WAITING: gettext_noop("The hub hasn't checked these yet."),
    Bucket.REJECTED: gettext_noop("The check found something wrong. Your manager decides what happens."),
    Bucket.REWORK: gettext_noop("These are to be mended and brought back."),
    Bucket.SCRAPPED: gettext_noop("These can't be used any more. They aren't paid."),
}
"""Why what lies there isn't paid, in plain words."""


@dataclass(frozen=True, slots=True)
class Pay:
    """What a work order pays now, in whole rupiah, and what of it doesn't pay yet, or never.

    accepted: pieces; piece_rupiah: for all of them, material that the member brings and transport a piece included;
    once_rupiah: set-up and the trip, paid with the first accepted piece; why_not: pieces with a sentence each.
    """

    accepted: Decimal
    piece_rupiah: Rupiah
    once_rupiah: Rupiah
    why_not: tuple[tuple[Decimal, str], ...] = ()

    @property
    def rupiah(self) -> Rupiah:
        return Rupiah(self.piece_rupiah + self.once_rupiah)


class Unindexed(Func):
    """A column that SQLite compares row by row; PostgreSQL knows by its statistics whether an index serves."""

    template, arity = "%(expressions)s", 1

    def as_sqlite(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **context: Any) -> Any:
        return super().as_sqlite(compiler, connection, template="+%(expressions)s", **context)


def moves_of(cooperative: int) -> QuerySet[LotMove]:
    """Moves of what members of one cooperative (its key) made, in no order.

    SQLite is kept from the index of lots by cooperative: whoever wants the newest moves would otherwise go through all
    the lots that it ever had.
    """
    here = Unindexed(F("lot__cooperative_id"))
    return LotMove.objects.alias(here=here).filter(here=cooperative, lot__work_order__isnull=False)


def accepted_pieces(work_orders: Collection[int]) -> dict[int, Decimal]:
    """Accepted pieces by work order id, 0 where there are none. One query.

    What was accepted after inspection counts; what came back and was rejected, or waits again, is taken off.
    """
    rows = LotMove.objects.filter(lot__work_order__in=work_orders).values_list("lot__work_order").order_by()
    sums = rows.annotate(came=Sum("pieces", filter=COUNTED_IN), went=Sum("pieces", filter=COUNTED_OUT))
    found = {key: (came or NONE) - (went or NONE) for key, came, went in sums}
    return {key: found.get(key, NONE).quantize(THOUSANDTH) for key in work_orders}


def pay_of(work_order: WorkOrder) -> Pay:
    """What one work order pays now. Two queries."""
    return pays_of([work_order])[work_order.pk]


def pays_of(work_orders: Collection[WorkOrder]) -> dict[int, Pay]:
    """What each work order pays now, by id. Two queries, however many there are."""
    keys = [row.pk for row in work_orders]
    accepted, lying = accepted_pieces(keys), pieces_lying(keys)
    return {row.pk: pay(row, accepted[row.pk], lying[row.pk]) for row in work_orders}


def pieces_lying(work_orders: Collection[int]) -> dict[int, dict[str, Decimal]]:
    """Pieces of each work order's lots in the buckets that don't pay. One query."""
    found: dict[int, dict[str, Decimal]] = defaultdict(dict)
    rows = Lot.objects.filter(work_order__in=work_orders).order_by().values_list("work_order")
    for key, *sums in rows.annotate(**{f"all_{name}": Sum(name) for name in UNPAID}):
        found[key] = {name: all_of.quantize(THOUSANDTH) for name, all_of in zip(UNPAID, sums, strict=True)}
    return found


def piece_rupiah(row: WorkOrder, accepted: Decimal) -> Rupiah:
    """For so many accepted pieces: pay, material that the member brings, transport a piece; rounded once."""
    return rupiah_of(accepted * (row.pay_rupiah_piece + row.material_rupiah_piece + row.transport_rupiah_piece))


def once_rupiah(row: WorkOrder, accepted: Decimal) -> Rupiah:
    """Set-up and the trip, with the first accepted piece."""
    return Rupiah(row.setup_pay_rupiah + row.transport_rupiah_trip if accepted > 0 else 0)


def paid_for(row: WorkOrder, accepted: Decimal) -> Rupiah:
    """All that a work order pays for so many accepted pieces (docs/ledger.md P1)."""
    return Rupiah(piece_rupiah(row, accepted) + once_rupiah(row, accepted))


def pay(row: WorkOrder, accepted: Decimal, lying: dict[str, Decimal]) -> Pay:
    in_work = max(NONE, row.pieces - row.given_up - row.handed_over)
    return Pay(
        accepted=accepted,
        piece_rupiah=piece_rupiah(row, accepted),
        once_rupiah=once_rupiah(row, accepted),
        why_not=tuple((pieces, _(why)) for pieces, why in why_not_paid(in_work, lying)),
    )


def why_not_paid(in_work: Decimal, lying: dict[str, Decimal]) -> tuple[tuple[Decimal, str], ...]:
    """Pieces of a work order that aren't paid (yet), each with the message id of why; lying: of `pieces_lying`."""
    told = [(in_work, NOT_HERE)] if in_work else []
    return (*told, *((lying[name], why) for name, why in UNPAID.items() if lying.get(name, NONE) > 0))
