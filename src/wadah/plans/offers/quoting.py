"""From answers to a quotation: each way becomes a variant, its lines priced from their build-up and the margin.

The build-up is kept with the line in whole rupiah (they add up to its cost, rounded up), so that another margin gives
another price of the same cost, to the rupiah, without asking the plan again. What moving others' work costs them is
kept beside it ("moving") and put on the price a piece; no margin is taken on it.
"""

from __future__ import annotations

from decimal import ROUND_CEILING, Decimal
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from wadah.base.errors import Refused
from wadah.catalogue.rules.prices import COMPONENTS, Terms, price_lines
from wadah.demand.lines import LineOffered
from wadah.demand.services import quotation_change, quotation_draft, quotation_variant_put
from wadah.units import Rupiah, rupiah_of, share_rupiah

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from wadah.accounts.models import User
    from wadah.catalogue.rules.prices import PriceLine
    from wadah.demand.models import Quotation, QuotationLine, Request
    from wadah.plans.offers.asking import LineAnswer, WayAnswer

MOVING = "moving"  # kind of a line's cost: others' work is moved for it
CODES = "ABC"


@transaction.atomic
def quotation_make(*, request: Request, ways: Sequence[WayAnswer], by: User | None = None) -> Quotation:
    """Drafts a quotation with one variant a way, on the cooperative's terms of today.

    Raises
    ------
    Refused: there is no way, a price doesn't cover all that is bought, or the request is over.
    """
    if not ways:
        raise Refused(_("Nothing can be offered: see what stops it."))
    unpriced = sorted({code for way in ways for line in way.lines for code in line.cost.unpriced})
    if unpriced:
        raise Refused(
            _("No price is known of what is bought: %(parts)s. Enter it first.") % {"parts": ", ".join(unpriced)}
        )
    quotation = quotation_draft(request=request, by=by)
    for code, way in zip(CODES, ways, strict=False):
        lines = [offered(line, quotation.margin_percent) for line in way.lines if line.quantity > 0]
        quotation_variant_put(quotation=quotation, code=code, label=label(way), lines=lines, by=by)
    return quotation


def label(way: WayAnswer) -> str:
    """A way in words, as a message id: whoever writes it and whoever reads it have their own languages."""
    if way.way == "whole":
        return gettext_noop("All of it, as early as we can")
    if way.way == "moved":
        return gettext_noop("By the day wanted, with other work moved")
    in_time, most = gettext_noop("All of it by the day wanted"), gettext_noop("As much as fits by the day wanted")
    return in_time if way.in_time else most


def offered(line: LineAnswer, margin: Decimal) -> LineOffered:
    """An answered line as it is offered."""
    assert line.promised_on is not None
    cost = cost_rows(line)
    return LineOffered(
        part=line.asked.part,
        quantity=line.quantity,
        promised_on=line.promised_on,
        price_rupiah_piece=price_of(cost, line.quantity, margin),
        partial=line.asked.partial,
        cost=cost,
        sure=line.sure,
    )


def cost_rows(line: LineAnswer) -> list[dict[str, Any]]:
    """[{"kind", "rupiah"}] in whole rupiah that add up to the line's cost."""
    kinds = [kind for kind in COMPONENTS if line.cost.components.get(kind)]
    shares = share_rupiah(Rupiah(line.cost.total), [line.cost.components[kind] for kind in kinds]) if kinds else []
    rows: list[dict[str, Any]] = [{"kind": k, "rupiah": int(r)} for k, r in zip(kinds, shares, strict=True)]
    moving = moving_rupiah(line)
    return [*rows, {"kind": MOVING, "rupiah": moving}] if line.displaced else rows


def moving_rupiah(line: LineAnswer) -> int:
    """What those who give way lose, by what was agreed with their buyers."""
    return int(rupiah_of(sum(row.cost for row in line.displaced)))


def price_built(cost: Iterable[dict[str, Any]], quantity: Decimal, margin: Decimal) -> list[PriceLine]:
    """The price a piece line by line, moving left out."""
    components = {row["kind"]: row["rupiah"] for row in cost if row["kind"] != MOVING}
    return price_lines(components, quantity, Terms(margin, Decimal(0), Decimal(0), 1))


def moving_piece(cost: Iterable[dict[str, Any]], quantity: Decimal) -> int:
    """Rupiah a piece for moving others' work, rounded up."""
    moving = Decimal(sum(row["rupiah"] for row in cost if row["kind"] == MOVING))
    return int((moving / quantity).to_integral_value(ROUND_CEILING)) if moving else 0


def price_of(cost: Sequence[dict[str, Any]], quantity: Decimal, margin: Decimal) -> int:
    """Whole rupiah a piece."""
    return int(price_built(cost, quantity, margin)[-1].rupiah_piece) + moving_piece(cost, quantity)


@transaction.atomic
def quotation_adjust(*, quotation: Quotation, by: User | None = None, **columns: Any) -> Quotation:
    """Changes a draft's columns (see quotation_change); another margin prices every line anew.

    Raises Refused where it is no draft any more, or a column is out of range.
    """
    before = quotation.margin_percent
    row = quotation_change(quotation=quotation, by=by, **columns)
    if row.margin_percent == before:
        return row
    for variant in row.variants.prefetch_related("lines__part"):
        lines = [again(line, row.margin_percent) for line in variant.lines.all()]
        quotation_variant_put(quotation=row, code=variant.code, label=variant.label, lines=lines, by=by)
    return row


def again(line: QuotationLine, margin: Decimal) -> LineOffered:
    return LineOffered(
        part=line.part,
        quantity=line.quantity,
        promised_on=line.promised_on,
        price_rupiah_piece=price_of(line.cost, line.quantity, margin),
        partial=line.partial,
        cost=line.cost,
        sure=line.sure,
    )
