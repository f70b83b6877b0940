"""Two letters: a quotation, and an order confirmed. In the language of the page; margin and cost stay inside."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import segno
import typst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wadah.base.clock import business_date
from wadah.demand.words import QuotationStatus
from wadah.units import date_text, decimal_text, rupiah_of, rupiah_text
from wadah.web.papers.spelled import rupiah_spelled
from wadah.web.words import language, part_name, quantity_text, way_text

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from wadah.demand.models import Buyer, Order, Quotation
    from wadah.register.models import Cooperative

LETTER = Path(__file__).with_name("letter.typ")
UNITS = {"piece": gettext_lazy("pcs"), "hour": gettext_lazy("hours"), "metre": "m", "kg": "kg"}
"""Units behind a quantity, as a paper writes them."""


def quotation_pdf(quotation: Quotation, check_url: str) -> bytes:
    """The letter that goes with a quotation. check_url: where its QR leads."""
    request = quotation.request
    sent_on = business_date(quotation.sent_at) if quotation.sent_at else None
    several = len(quotation.variants.all()) > 1
    variants = []
    for variant in quotation.variants.all():
        title = _("Variant %(code)s: %(label)s") % {"code": variant.code, "label": way_text(variant.label)}
        variants.append(table(title if several else "", ((line, line.promised_on) for line in variant.lines.all())))
    intro = _("For your request %(number)s of %(day)s we offer you the following.") % {
        "number": request.number,
        "day": day(request.received_on),
    }
    if several:
        intro += " " + _("Please choose one of the variants.")
    hours = {
        True: _("Hours in our workshops are kept free for you while this quotation is valid."),
        False: _("No hours are kept free: another order may take them until you accept."),
    }
    facts = {
        "title": _("Quotation"),
        "number": quotation.number,
        "date": day(sent_on) if sent_on else "",
        "mark": marks(request.simulated, quotation.status == QuotationStatus.DRAFT),
        "intro": intro,
        "variants": variants,
        "terms": [
            _("Valid until %(day)s.") % {"day": day(quotation.valid_until)},
            hours[quotation.reserves_hours],
            *terms(quotation),
            *([quotation.note] if quotation.note else []),
        ],
        "signatures": [
            {"label": _("For the cooperative"), "name": request.cooperative.name},
            {"label": _("Accepted, for the buyer"), "name": _("Name, office, date, stamp")},
        ],
    }
    return pdf(facts, request.cooperative, request.buyer, check_url)


def order_pdf(order: Order, check_url: str) -> bytes:
    """The letter that confirms an order."""
    quotation = order.quotation
    lines = order.lines.select_related("part").order_by("line_no")
    intro = _("We confirm your order of %(day)s.") % {"day": day(order.ordered_on)}
    if quotation is not None:
        intro += " " + _("It follows our quotation %(number)s.") % {"number": quotation.number}
        if quotation.letter_reference and quotation.letter_on:
            letter = {"reference": quotation.letter_reference, "day": day(quotation.letter_on)}
            intro += " " + _("Your letter: %(reference)s of %(day)s.") % letter
    facts = {
        "title": _("Order confirmation"),
        "number": order.number,
        "date": day(order.ordered_on),
        "mark": marks(order.simulated, order.status in {"draft", "reserved"}),
        "intro": intro,
        "variants": [table("", ((line, line.promised_on or line.due_on) for line in lines))],
        "terms": terms(quotation) if quotation is not None else [_("Prices are in rupiah, without tax.")],
        "signatures": [
            {"label": _("For the cooperative"), "name": order.cooperative.name},
            {"label": _("For the buyer"), "name": quotation.answered_by if quotation else order.buyer.name},
        ],
    }
    return pdf(facts, order.cooperative, order.buyer, check_url)


def table(title: str, lines: Iterable[tuple[Any, date]]) -> dict[str, Any]:
    """Lines with price, and their sum, in figures and in words."""
    rows, total = [], 0
    for line, promised in lines:
        amount = rupiah_of(line.quantity * line.price_rupiah_piece)
        total += amount
        rows.append(
            [
                str(line.line_no),
                part_name(line.part),
                f"{quantity_text(float(line.quantity))} {UNITS[line.part.unit]}",
                day(promised),
                rupiah_text(line.price_rupiah_piece),
                rupiah_text(amount),
            ]
        )
    return {
        "title": title,
        "head": [_("No."), _("Part"), _("Quantity"), _("Delivered by"), _("Price"), _("Sum")],
        "rows": rows,
        "total_label": _("Total"),
        "total": rupiah_text(total),
        "words": _("In words: %(words)s") % {"words": rupiah_spelled(total, language())},
    }


def terms(quotation: Quotation) -> list[str]:
    late = {
        "week": decimal_text(quotation.late_penalty_percent_week, 2, language()),
        "cap": decimal_text(quotation.late_penalty_cap_percent, 2, language()),
    }
    return [
        _("A piece delivered late is %(week)s%% cheaper for each week, at most %(cap)s%% of its price.") % late,
        _("Prices are in rupiah, without tax."),
    ]


def marks(simulated: bool, draft: bool) -> str:
    return " · ".join([*([_("draft, not valid")] if draft else []), *([_("simulated")] if simulated else [])])


def day(date: date) -> str:
    return date_text(date, language())


def pdf(facts: dict[str, Any], cooperative: Cooperative, buyer: Buyer, check_url: str) -> bytes:
    picture = io.BytesIO()
    segno.make(check_url, error="m").save(picture, kind="svg", border=1, xmldecl=False)
    area = [cooperative.area.name] if cooperative.area else []
    data = facts | {
        "language": language(),
        "sender": {"name": cooperative.name, "lines": [*area, *filter(None, [cooperative.legal_number])]},
        "to": {"label": _("To"), "name": buyer.name, "lines": buyer.address.splitlines()},
        "qr": picture.getvalue().decode(),
        "check": _("Is this paper genuine? %(address)s") % {"address": check_url},
    }
    made = typst.compile(str(LETTER), sys_inputs={"data": json.dumps(data, ensure_ascii=False)}, format="pdf")
    assert isinstance(made, bytes)
    return made
