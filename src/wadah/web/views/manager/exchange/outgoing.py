"""Files go out: a part as an Open Know-How manifest, a workshop as an Open Know-Where record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from wadah.api.rules import FORMS, LICENCES, document_write, file_stem
from wadah.api.selectors import (
    exchange_parts,
    exchange_workshops,
    part_file,
    parts_search,
    workshop_file,
    workshops_search,
)
from wadah.api.services import personal_exported
from wadah.register.selectors import cooperatives_named
from wadah.web.access import MANAGER, access, own_or_404, person_of
from wadah.web.lists import ListColumn, Listing, list_page
from wadah.web.views.manager.exchange.forms import LicenceForm, PersonalForm

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest

    from wadah.api.rules import Document
    from wadah.catalogue.models import Part
    from wadah.register.models import Workshop

PARTS = Listing(
    "barang-tukar",
    _("Parts as open files"),
    [
        ListColumn(
            "code",
            _("Code"),
            text=lambda row: row.code,
            sort=("code",),
            url=lambda row: reverse("exchange_part", args=[row.pk]),
        ),
        ListColumn("name", _("Name"), text=lambda row: row.name, sort=("name",)),
        ListColumn("subsector", _("Subsector"), text=lambda row: row.subsector.name, sort=("subsector__name",)),
    ],
    search=parts_search,
    empty=_("There is no part yet, so there is no file to give out."),
)
WORKSHOPS = Listing(
    "bengkel-tukar",
    _("Workshops as open files"),
    [
        ListColumn(
            "code",
            _("Code"),
            text=lambda row: row.code,
            sort=("code",),
            url=lambda row: reverse("exchange_workshop", args=[row.pk]),
            badge=lambda row: "simulated" if row.simulated else "",
        ),
        ListColumn("name", _("Workshop"), text=lambda row: row.name, sort=("name",)),
        ListColumn(
            "area",
            _("Kelurahan"),
            text=lambda row: row.area.name_spaced if row.area else "–",
            sort=("area__name_spaced",),
        ),
    ],
    search=workshops_search,
    empty=_("Your cooperative has no workshop yet, so there is no file to give out."),
)


# -- parts ------------------------------------------------------------------------------------------------------------


@access(MANAGER)
def parts(request: HttpRequest) -> HttpResponse:
    return list_page(request, PARTS, exchange_parts(), template="exchange/list.html")


@access(MANAGER)
def part(request: HttpRequest, pk: int) -> HttpResponse:
    """What the manifest of a part holds, and the form that downloads it."""
    row = own_or_404(exchange_parts(), pk=pk)
    text = document_write(manifest_of(request, row, LICENCES[0]), "toml")
    return render(request, "exchange/part_out.html", {"part": row, "text": text, "form": LicenceForm()})


@access(MANAGER)
def part_download(request: HttpRequest, pk: int) -> HttpResponse:
    row = own_or_404(exchange_parts(), pk=pk)
    form = LicenceForm({"lisensi": LICENCES[0], "bentuk": "toml"} | request.GET.dict())
    if not form.is_valid():
        return render(request, "exchange/part_out.html", {"part": row, "text": "", "form": form}, status=400)
    kind = form.cleaned_data["bentuk"]
    return answer(manifest_of(request, row, form.cleaned_data["lisensi"]), f"{file_stem(row.code)}.okh", kind)


def manifest_of(request: HttpRequest, row: Part, licence: str) -> Document:
    here = request.build_absolute_uri(reverse("exchange_part", args=[row.pk]))
    return part_file(row, repo=here, licensor=", ".join(cooperative_names(request)), licence=licence)


# -- workshops --------------------------------------------------------------------------------------------------------


def workshops_of(request: HttpRequest) -> QuerySet[Workshop]:
    return exchange_workshops(person_of(request).roles.cooperatives_managed)


@access(MANAGER)
def workshops(request: HttpRequest) -> HttpResponse:
    return list_page(request, WORKSHOPS, workshops_of(request), template="exchange/list.html")


@access(MANAGER)
def workshop(request: HttpRequest, pk: int) -> HttpResponse:
    """What the record of a workshop holds, personal data aside, and the form that downloads it."""
    row = own_or_404(workshops_of(request), pk=pk)
    text = document_write(workshop_file(row, affiliations=cooperative_names(request)), "json")
    return render(request, "exchange/workshop_out.html", {"workshop": row, "text": text, "form": PersonalForm()})


@access(MANAGER)
def workshop_download(request: HttpRequest, pk: int) -> HttpResponse:
    """The record; taking personal data out is noted in the workshop's history."""
    row, user = own_or_404(workshops_of(request), pk=pk), person_of(request).user
    form = PersonalForm(request.GET)
    personal = form.is_valid() and form.cleaned_data["pribadi"]
    if personal and user is not None:
        personal_exported(workshop=row, by=user)
    record = workshop_file(row, affiliations=cooperative_names(request), personal=personal)
    return answer(record, f"{file_stem(row.code)}.okw", "json")


# -- both -------------------------------------------------------------------------------------------------------------


def cooperative_names(request: HttpRequest) -> list[str]:
    return [row.name for row in cooperatives_named(person_of(request).roles.cooperatives_managed)]


def answer(document: Document, name: str, kind: str) -> HttpResponse:
    found = HttpResponse(document_write(document, kind), content_type=FORMS[kind])
    found["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    return found
