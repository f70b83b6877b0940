"""Drafting a quotation: its terms, and its variants with their lines. Only a draft is ever changed."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from wadah.base.clock import today
from wadah.base.errors import Refused
from wadah.base.numbering import number_next, number_text
from wadah.catalogue.rules.prices import Terms, late_cost_rupiah, short_cost_rupiah
from wadah.catalogue.saving import change_record, price_check, quantity_check, row_save
from wadah.catalogue.selectors import cooperative_terms
from wadah.demand.models import Quotation, QuotationLine, QuotationVariant
from wadah.demand.services.requests import request_open
from wadah.demand.words import QuotationStatus

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wadah.accounts.models import User
    from wadah.demand.lines import LineOffered
    from wadah.demand.models import Request

PREFIX = "PNW"
CHANGEABLE = {"valid_until", "margin_percent", "reserves_hours", "note"}


@transaction.atomic
def quotation_draft(
    *,
    request: Request,
    margin_percent: Decimal | None = None,
    valid_until: dt.date | None = None,
    reserves_hours: bool = False,
    note: str = "",
    by: User | None = None,
) -> Quotation:
    """Opens a quotation without variants, with the next number of its year ("PNW-2026-0001").

    margin_percent, valid_until: those of the cooperative's terms unless given. The terms for lateness are kept as they
    stand today, whatever becomes of them later.

    Raises
    ------
    Refused: the request is over.
    """
    request = request_open(request)
    day = today()
    terms = cooperative_terms(request.cooperative, day)
    row = Quotation(
        number=number_text(PREFIX, day.year, number_next(PREFIX, day.year)),
        request=request,
        margin_percent=terms.margin_percent if margin_percent is None else margin_percent,
        valid_until=valid_until or day + dt.timedelta(days=terms.quotation_valid_days),
        reserves_hours=reserves_hours,
        late_penalty_percent_week=terms.late_penalty_percent_week,
        late_penalty_cap_percent=terms.late_penalty_cap_percent,
    )
    return row_save(row, {"note": note}, by=by, act="quotation_draft")


@transaction.atomic
def quotation_change(*, quotation: Quotation, by: User | None = None, **columns: Any) -> Quotation:
    """Changes a draft. columns: valid_until, margin_percent, reserves_hours, note."""
    unknown = columns.keys() - CHANGEABLE
    if unknown:
        raise TypeError(f"Expected some of {sorted(CHANGEABLE)}, got {sorted(unknown)}")
    return row_save(draft_of(quotation), columns, by=by, act="quotation_change")


@transaction.atomic
def quotation_variant_put(
    *, quotation: Quotation, code: str, label: str, lines: Sequence[LineOffered], by: User | None = None
) -> QuotationVariant:
    """Writes a draft's variant A, B, C …, or writes the one with this code anew with other lines.

    Raises
    ------
    Refused: the quotation is no draft, there is no line, or a quantity or price is out of range.
    """
    row = draft_of(quotation)
    if not lines:
        raise Refused(_("Variant %(code)s has no lines.") % {"code": code}, field="lines")
    variant = row.variants.filter(code=code).first() or QuotationVariant(quotation=row, code=code)
    old = lines_told(variant) if variant.pk else {}
    row_save(variant, {"label": label}, by=by, act="quotation_variant_put")
    variant.lines.all().delete()
    terms = terms_of(row)
    for line_no, offered in enumerate(lines, 1):
        row_save(line_of(variant, line_no, offered, terms))
    change_record(variant, by=by, act="quotation_variant_put", old=old, new=lines_told(variant))
    return variant


@transaction.atomic
def quotation_variant_remove(*, variant: QuotationVariant, by: User | None = None) -> None:
    """Takes a variant out of a draft."""
    row = draft_of(variant.quotation)
    change_record(row, by=by, act="quotation_variant_remove", old={"variant": variant.code}, new={"variant": None})
    variant.delete()


def draft_of(quotation: Quotation) -> Quotation:
    """The quotation, locked after its request. Raises Refused where it is no draft any more."""
    request_open(quotation.request)
    row = Quotation.objects.select_for_update().get(pk=quotation.pk)
    if row.status != QuotationStatus.DRAFT:
        words = {"number": row.number, "status": row.get_status_display()}
        raise Refused(_("%(number)s is %(status)s and stays as it is: make a new quotation instead.") % words)
    return row


def terms_of(quotation: Quotation) -> Terms:
    """The terms that stand in the quotation itself."""
    return Terms(
        margin_percent=quotation.margin_percent,
        late_penalty_percent_week=quotation.late_penalty_percent_week,
        late_penalty_cap_percent=quotation.late_penalty_cap_percent,
        quotation_valid_days=0,
    )


def line_of(variant: QuotationVariant, line_no: int, offered: LineOffered, terms: Terms) -> QuotationLine:
    """A line with what being late and short costs: as agreed for it, else by the terms."""
    quantity_check(offered.part, offered.quantity)
    price = offered.price_rupiah_piece
    price_check(price)
    late, short = offered.late_penalty_rupiah_piece_week, offered.short_cost_rupiah_piece
    late = late_cost_rupiah(price, terms) if late is None else late
    return QuotationLine(
        variant=variant,
        line_no=line_no,
        part=offered.part,
        quantity=Decimal(offered.quantity),
        promised_on=offered.promised_on,
        price_rupiah_piece=price,
        late_penalty_rupiah_piece_week=late,
        short_cost_rupiah_piece=short_cost_rupiah(price, terms, late) if short is None else short,
        partial=offered.partial,
        cost=list(offered.cost),
        sure=offered.sure,
    )


def lines_told(variant: QuotationVariant) -> dict[str, Any]:
    """A variant's lines in the history: part, quantity, price and day, one value a line."""
    return {
        f"line {line.line_no}": f"{line.part.code}: {line.quantity.normalize():f} × {line.price_rupiah_piece}, "
        f"{line.promised_on}"
        for line in variant.lines.select_related("part")
    }
