"""What anybody may know: the city's motifs with their rights and sources, who may make them, and one cloth's origin."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.utils import translation
from django.utils.translation import gettext as _

from wadah.base.clock import today
from wadah.base.errors import NotYours
from wadah.catalogue.selectors.licensed import licences_of, motif_register
from wadah.web.access import PUBLIC, access, own_or_404
from wadah.web.papers.cloth import certificate_pdf
from wadah.web.views.buyer.papers import answer, asked_language
from wadah.web.views.city.mandate.cloth_tables import makers_table, sources_table
from wadah.work.selectors.cloth import cloth_of
from wadah.work.selectors.lots import label_standing

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from wadah.catalogue.models import Licence


@access(PUBLIC)
def city_motifs(request: HttpRequest) -> HttpResponse:
    rows = list(motif_register())
    held: dict[int, int] = {}
    for licence in licences_of([row.pk for row in rows]):
        if holds_today(licence):
            held[licence.motif_id] = held.get(licence.motif_id, 0) + 1
    return render(request, "city/motifs.html", {"rows": [(row, held.get(row.pk, 0)) for row in rows]})


@access(PUBLIC)
def city_motif(request: HttpRequest, pk: int) -> HttpResponse:
    row = own_or_404(motif_register(), pk=pk)
    context = {
        "row": row,
        "sources": sources_table(row.sources.all()),
        "makers": makers_table(licences_of([row.pk])),
    }
    return render(request, "city/motif.html", context)


def holds_today(row: Licence) -> bool:
    return row.valid_from <= today() and (row.valid_until is None or today() <= row.valid_until)


@access(PUBLIC)
def cloth_certificate(request: HttpRequest, number: str, code: str) -> HttpResponse:
    """The certificate of motif and origin, for whoever holds the cloth; only where every step had leave."""
    found = label_standing(number, code)
    cloth = cloth_of(found.lot) if found is not None and not found.scrapped else None
    if cloth is None or not cloth.licensed or not cloth.finished_known:
        raise NotYours(_("Wadah gives no certificate for this label: not all that it would say is known."))
    with translation.override(asked_language(request)):
        url = request.build_absolute_uri(request.path.removesuffix("sertifikat.pdf"))
        return answer(f"{number}-sertifikat", certificate_pdf(cloth, url))
