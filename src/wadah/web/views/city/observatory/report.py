"""*Laporan*: the half-yearly report, filled; as a page, in Excel and on paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from wadah.observatory.selectors.report import report as report_of
from wadah.web.access import OFFICER, access, person_of
from wadah.web.exports import Sheet, workbook_answer
from wadah.web.papers.city import city_report_pdf
from wadah.web.views.city.observatory import sentences
from wadah.web.views.city.observatory.common import file_asked, scope_of, slider, span_asked, span_text, ways
from wadah.web.views.city.observatory.report_grids import report_grids

if TYPE_CHECKING:
    from django.http import HttpRequest

    from wadah.observatory.selectors.report import Report


@access(OFFICER)
def report(request: HttpRequest) -> HttpResponse:
    person = person_of(request)
    scope = scope_of(person)
    span = span_asked(request, scope)
    found = report_of(span, scope)
    grids = report_grids(found)
    answer = file_asked(request, grids, f"laporan-{span.key}")
    if answer is not None:
        return answer
    shown = {
        "ways": ways("city_report", person),
        "slider": slider(found.summary.spans, span, scope),
        "span": span_text(span),
        "masa": span.key,
        "day": found.summary.day,
        "grids": grids,
        "query": f"masa={span.key}",
        "notes": notes(found),
        "simulated": simulated(found),
    }
    return render(request, "observatory/report.html", shown)


@access(OFFICER)
def report_xlsx(request: HttpRequest) -> HttpResponse:
    """All tables, a sheet each; the first says what they are and where each figure comes from."""
    scope = scope_of(person_of(request))
    span = span_asked(request, scope)
    found = report_of(span, scope)
    about = Sheet(_("About"), [_("About this report")], [[line] for line in [span_text(span), *notes(found)]])
    return workbook_answer(f"laporan-{span.key}", [about, *(grid.sheet for grid in report_grids(found))])


@access(OFFICER)
def report_paper(request: HttpRequest) -> HttpResponse:
    scope = scope_of(person_of(request))
    span = span_asked(request, scope)
    found = report_of(span, scope)
    address = request.build_absolute_uri(reverse("city_summary") + f"?masa={span.key}")
    content = city_report_pdf(
        span=span,
        span_words=span_text(span),
        day=found.summary.day,
        tables=[grid.paper for grid in report_grids(found)],
        notes=notes(found),
        address=address,
        simulated=simulated(found),
    )
    answer = HttpResponse(content, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="laporan-{span.key}.pdf"'
    return answer


def simulated(found: Report) -> bool:
    return found.summary.count.simulated > 0 or found.summary.labour.simulated > 0


def notes(found: Report) -> list[str]:
    """Where each figure comes from, what it leaves out and how far it may be off."""
    known = found.summary
    said = [
        sentences.trend_sentence(known),
        _("Measured hours: pieces accepted after inspection, times the minutes agreed for one, and set-up."),
        sentences.hands_sentence(known.labour),
        sentences.pace_sentence(known.pace),
        sentences.failed_sentence(known.labour),
        _("Pay: from the books of the cooperatives."),
        sentences.income_sentence(known.income),
        _("People, investment and sales: as firms told the register; what nobody told is counted as not known."),
        _("Stated figures are others', with their day; they are never added to measured ones."),
    ]
    if known.unbooked:
        said.append(sentences.unbooked_sentence(known))
    if known.orders is None:
        said.append(_("Orders are told for the whole city alone, for they belong to no kelurahan."))
    return said
