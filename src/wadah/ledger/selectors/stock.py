"""What lay in stock at the end of a day, at cost (docs/ledger.md P11): accepted pieces at the hub, and material that
was handed out to workshops and isn't used up by what they handed over.

What members made is worth what its work orders pay a piece, all else the price of its material on the day. A buyer's
own material isn't the cooperative's and isn't counted.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from django.db.models import Q, Sum

from wadah.base.clock import JAKARTA
from wadah.catalogue.models import BomLine, Part
from wadah.catalogue.selectors import material_prices_on
from wadah.ledger.models import PostingLine, WorkEntry
from wadah.ledger.rules.chart import STOCK
from wadah.units import rupiah_of
from wadah.work.models import Lot, LotMove
from wadah.work.rules.material import used
from wadah.work.words import Bucket, LotOrigin

if TYPE_CHECKING:
    from wadah.register.models import Cooperative

NONE = Decimal(0)
THOUSANDTH, FOUR_PLACES = Decimal("0.001"), Decimal("0.0001")
PAY, PRICE, NO_PRICE = "pay", "price", "none"


@dataclass(frozen=True, slots=True)
class Lying:
    """Pieces of a part in stock and what they are worth. how: "pay", "price", or "none" where nobody knows a price."""

    part: Part
    pieces: Decimal
    rupiah: int
    how: str

    @property
    def each(self) -> Decimal:
        return (self.rupiah / self.pieces).quantize(FOUR_PLACES) if self.pieces else NONE


@dataclass(slots=True)
class Pile:
    """All of one part while it is added up; exact: its worth, in rupiah."""

    pieces: Decimal = NONE
    exact: Fraction = Fraction(0)
    paid: bool = False
    priced: bool = False

    def add(self, pieces: Decimal, each: Fraction | None, *, paid: bool) -> None:
        self.pieces += pieces
        self.exact += Fraction(pieces) * (each or 0)
        self.paid |= paid
        self.priced |= each is not None


def stock_lying(cooperative: Cooperative, on: dt.date) -> list[Lying]:
    """What lay there at the end of the day `on`, by code of its part. Eight queries."""
    until = dt.datetime.combine(on + dt.timedelta(days=1), dt.time(), JAKARTA)
    at_hub, handed_out = lots_at(cooperative, until, Bucket.ACCEPTED), issues_at(cooperative, until)
    lots = Lot.objects.in_bulk({*at_hub, *(lot for _order, lot in handed_out)})
    paid, prices = pay_each(lots, on), material_prices_on(cooperative, on)
    piles: dict[int, Pile] = defaultdict(Pile)
    lying = [*at_hub.items(), *left_at_workshops(cooperative, handed_out, lots, on).items()]
    for key, pieces in lying:
        lot = lots[key]
        if pieces > 0 and lot.owner_id is None:
            by_pay = lot.work_order_id is not None
            each = paid.get(lot.work_order_id or 0) if by_pay else prices.get(lot.part_id)
            piles[lot.part_id].add(pieces, each, paid=by_pay)
    parts = Part.objects.in_bulk(piles)
    rows = [
        Lying(parts[key], pile.pieces.quantize(THOUSANDTH), rupiah_of(pile.exact), how(pile))
        for key, pile in piles.items()
    ]
    return sorted(rows, key=lambda row: row.part.code)


def how(pile: Pile) -> str:
    if not pile.priced:
        return NO_PRICE
    return PAY if pile.paid else PRICE


def lots_at(cooperative: Cooperative, until: dt.datetime, bucket: str) -> dict[int, Decimal]:
    """Pieces in a bucket just before a moment, by lot id: what came in less what went out. One query."""
    rows = LotMove.objects.filter(lot__cooperative=cooperative, at__lt=until).order_by().values_list("lot")
    came, went = Sum("pieces", filter=Q(to_bucket=bucket)), Sum("pieces", filter=Q(from_bucket=bucket))
    sums = rows.annotate(came=came, went=went).filter(Q(came__gt=0))
    left = {lot: ((into or NONE) - (out or NONE)).quantize(THOUSANDTH) for lot, into, out in sums}
    return {lot: pieces for lot, pieces in left.items() if pieces > 0}


def issues_at(cooperative: Cooperative, until: dt.datetime) -> dict[tuple[int, int], Decimal]:
    """Pieces handed out and neither brought back nor scrapped, by (work order, lot). One query."""
    rows = LotMove.objects.filter(lot__cooperative=cooperative, at__lt=until, issue__isnull=False).order_by()
    out, back = Sum("pieces", filter=Q(to_bucket=Bucket.ISSUED)), Sum("pieces", filter=Q(from_bucket=Bucket.ISSUED))
    sums = rows.values_list("issue__work_order", "lot").annotate(out=out, back=back)
    return {(order, lot): ((went or NONE) - (came or NONE)).quantize(THOUSANDTH) for order, lot, went, came in sums}


def left_at_workshops(
    cooperative: Cooperative, handed_out: dict[tuple[int, int], Decimal], lots: dict[int, Lot], on: dt.date
) -> dict[int, Decimal]:
    """Of what was handed out, what the pieces handed over so far haven't used by the parts list, by lot id. Of several
    lots of a component the first handed out is used first. Three queries.
    """
    orders = {order for order, _lot in handed_out}
    made = Lot.objects.filter(work_order__in=orders, origin=LotOrigin.MADE, received_on__lte=on).order_by()
    handed_over = {
        order: (part, pieces)
        for order, part, pieces in made.values_list("work_order", "work_order__part").annotate(all=Sum("quantity"))
    }
    parents = {part for part, _pieces in handed_over.values()}
    each = {
        (parent, component): quantity
        for parent, component, quantity in BomLine.objects.filter(parent__in=parents).values_list(
            "parent", "component", "quantity"
        )
    }
    spent: dict[tuple[int, int], Decimal] = defaultdict(Decimal)
    left: dict[int, Decimal] = defaultdict(Decimal)
    for (order, lot), kept in sorted(handed_out.items()):
        parent, pieces = handed_over.get(order, (0, NONE))
        component = lots[lot].part_id
        need = used(pieces, each.get((parent, component), NONE), kept + spent[order, component])
        take = min(kept, max(NONE, need - spent[order, component]))
        spent[order, component] += take
        left[lot] += kept - take
    return left


def pay_each(lots: dict[int, Lot], on: dt.date) -> dict[int, Fraction]:
    """What an accepted piece of each work order costs, by work order id: all that was posted for it, set-up and trip
    included, over the pieces accepted. One query."""
    orders = {lot.work_order_id for lot in lots.values() if lot.work_order_id}
    rows = WorkEntry.objects.filter(work_order__in=orders, on__lte=on).order_by().values_list("work_order")
    sums = rows.annotate(pieces_all=Sum("pieces"), rupiah_all=Sum("rupiah"))
    exact = ((order, Decimal(pieces).quantize(THOUSANDTH), rupiah) for order, pieces, rupiah in sums)
    return {order: Fraction(rupiah) / Fraction(pieces) for order, pieces, rupiah in exact if pieces > 0}


def stock_in_books(cooperative: Cooperative, on: dt.date) -> int:
    """Rupiah that the books hold as stock at the end of a day. One query."""
    lines = PostingLine.objects.filter(posting__cooperative=cooperative, posting__on__lte=on, account__code=STOCK)
    sums = lines.aggregate(up=Sum("debit"), down=Sum("credit"))
    return (sums["up"] or 0) - (sums["down"] or 0)
