"""What a buyer can order: parts that the cooperatives' workshops make, and the way to ask for them."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from wadah.demand.selectors import cooperatives_asked, parts_offered
from wadah.web.access import BUYER, access, person_of
from wadah.web.tables import Cell, Column, Table
from wadah.web.words import part_name, quantity_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpRequest, HttpResponse

    from wadah.demand.selectors import Offerable


@access(BUYER)
def buyer(request: HttpRequest) -> HttpResponse:
    offered = parts_offered(cooperatives_asked(person_of(request).buyers))
    return render(request, "buyer/catalogue.html", {"table": table(offered)})


def table(offered: Sequence[Offerable]) -> Table:
    made = Table(
        _("What you can order"),
        [Column(_("Part")), Column(_("Code")), Column(_("Cooperative")), Column(_("Workshops"), numeric=True)],
    )
    for row in offered:
        ask = reverse("buyer_request_add") + "?" + urlencode({"part": row.part.code, "dari": row.cooperative.code})
        made.add(Cell(part_name(row.part), ask), row.part.code, row.cooperative.name, quantity_text(row.makers))
    return made
