"""Can we? The answer to one request: ways side by side, what stops us, what would mend it; and the quotation of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from wadah.base.clock import today
from wadah.base.errors import Refused
from wadah.catalogue.selectors import cooperative_terms, part_names_by_code
from wadah.plans.offers.asking import Asked, answer
from wadah.plans.offers.quoting import quotation_make
from wadah.web.access import MANAGER, access, own_or_404, person_of
from wadah.web.views.manager.quotes import told
from wadah.web.views.manager.quotes.requests import mine
from wadah.web.words import language

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from wadah.demand.models import Request
    from wadah.plans.offers.asking import Answer


def asked_of(row: Request) -> list[Asked]:
    lines = row.lines.select_related("part").order_by("line_no")
    return [Asked(line.part, line.quantity, line.wanted_on) for line in lines if line.part is not None]


def answered(row: Request) -> Answer:
    return answer(row.cooperative, asked_of(row))


@access(MANAGER)
def request_answer(request: HttpRequest, number: str) -> HttpResponse:
    row = own_or_404(mine(request), number=number)
    try:
        found = answered(row)
    except Refused as refused:
        return render(request, "quotes/answer.html", {"row": row, "refused": str(refused)}, status=400)
    names = part_names_by_code(language())
    terms = cooperative_terms(row.cooperative, today())
    return render(
        request,
        "quotes/answer.html",
        {
            "row": row,
            "verdict": told.verdict(found),
            "ways": [told.way(way, found, terms) for way in found.ways],
            "stops": told.stops(found, names),
            "displaced": told.displaced(found),
            "notes": told.notes(found),
            "seconds": found.seconds,
            "run": found.run,
            "unpriced": told.unpriced(found),
            "unmatched": row.lines.filter(part__isnull=True).count(),
        },
    )


@access(MANAGER, methods=("POST",))
def request_quote(request: HttpRequest, number: str) -> HttpResponse:
    """Asks again and writes what can be kept into a draft."""
    row = own_or_404(mine(request), number=number)
    try:
        quotation = quotation_make(request=row, ways=answered(row).ways, by=person_of(request).user)
    except Refused as refused:
        messages.error(request, str(refused))
        return HttpResponseRedirect(reverse("request", args=[row.number]))
    return HttpResponseRedirect(reverse("quotation", args=[quotation.number]))
