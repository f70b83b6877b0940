"""What a buyer can order: parts that the cooperatives' workshops make, how many a week, and the way to ask for them."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from wadah.base.clock import business_date
from wadah.demand.selectors import cooperatives_asked, offers_counted, parts_offerable
from wadah.plans.outputs.selectors import outputs_of
from wadah.units import date_short_text
from wadah.web.access import BUYER, access, person_of
from wadah.web.exports import FORMATS, file_answer
from wadah.web.lists import PAGE_ROWS
from wadah.web.tables import Cell, Column, Table
from wadah.web.words import language, part_name, quantity_text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from django.http import HttpRequest, HttpResponse

    from wadah.demand.selectors import Offerable
    from wadah.plans.models import PartOutput
    from wadah.web.exports import Value

    Outputs = Mapping[tuple[int, int], PartOutput]

PIECES = 1e-6


@access(BUYER)
def buyer(request: HttpRequest) -> HttpResponse:
    """The parts, searched (`q`) and page by page; `unduh=xlsx|csv` for the same as a file."""
    cooperatives = cooperatives_asked(person_of(request).buyers)
    text = " ".join(request.GET.get("q", "").split())[:80]
    offered, outputs = parts_offerable(cooperatives, text), outputs_of(cooperatives)
    kind, query = request.GET.get("unduh", ""), f"{urlencode({'q': text})}&" if text else ""
    if kind in FORMATS:
        rows = offers_counted(offered)
        return file_answer(kind, "barang", heads(), (values(row, output_of(row, outputs)) for row in rows))
    page = Paginator(offered, PAGE_ROWS).get_page(request.GET.get("page"))
    days = [business_date(row.worked_out_at) for row in outputs.values()]
    shown = {
        "table": table(
            offers_counted(list(page.object_list)), outputs, sorted({cooperative.name for cooperative, _ in offered})
        ),
        "page": page,
        "asked": {"text": text},
        "searched": bool(text) or page.has_other_pages(),
        "query": query,
        "as_of": min(days, default=None),
        "files": list(FORMATS),
    }
    return render(request, "buyer/catalogue.html", shown)


def heads() -> list[str]:
    return [
        _("Part"),
        _("Code"),
        _("Cooperative"),
        _("Workshops"),
        _("A week at most"),
        _("Still free this month"),
        _("This month ends on"),
    ]


def table(offered: Sequence[Offerable], outputs: Outputs, names: Sequence[str]) -> Table:
    """One row a part; whose it is stands in the caption where there is one cooperative only. names: of them all."""
    part, _code, cooperative, workshops, week, month, _until = heads()
    several = len(names) > 1
    caption = _("What you can order") if several else ", ".join(names)
    made = Table(
        caption,
        [
            Column(part),
            *([Column(cooperative)] if several else []),
            Column(workshops, numeric=True),
            Column(week, numeric=True),
            Column(month, numeric=True),
        ],
    )
    for row in offered:
        ask = reverse("buyer_request_add") + "?" + urlencode({"part": row.part.code, "dari": row.cooperative.code})
        output = output_of(row, outputs)
        made.add(
            Cell(f"{part_name(row.part)} · {row.part.code}", ask),
            *([row.cooperative.name] if several else []),
            quantity_text(row.makers),
            week_text(output),
            month_text(output),
        )
    return made


def output_of(row: Offerable, outputs: Outputs) -> PartOutput | None:
    return outputs.get((row.cooperative.pk, row.part.pk))


def week_text(output: PartOutput | None) -> str:
    return _("not worked out yet") if output is None else most_text(output.week_quantity, output.week_bound)


def month_text(output: PartOutput | None) -> str:
    """How many are ready by when, beside all that is promised."""
    if output is None:
        return _("not worked out yet")
    if output.month_quantity is None or output.month_bound is None or output.month_until is None:
        return _("ask: orders are being planned")
    most = most_text(output.month_quantity, output.month_bound)
    day = date_short_text(output.month_until, language())
    return _("%(most)s by %(day)s") % {"most": most, "day": day}


def most_text(quantity: float, bound: float) -> str:
    """What can be had, and, where it isn't proven to be the most, how many it could be at best."""
    if bound <= quantity + PIECES * max(1.0, bound):
        return quantity_text(quantity)
    if quantity <= PIECES:
        return _("not known, at most %(bound)s") % {"bound": quantity_text(bound)}
    return _("%(found)s, perhaps up to %(bound)s") % {"found": quantity_text(quantity), "bound": quantity_text(bound)}


def values(row: Offerable, output: PartOutput | None) -> list[Value]:
    figures: tuple[Value, ...] = (
        (output.week_quantity, output.month_quantity, output.month_until) if output is not None else (None, None, None)
    )
    return [part_name(row.part), row.part.code, row.cooperative.name, row.makers, *figures]
