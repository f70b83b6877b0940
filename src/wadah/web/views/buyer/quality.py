"""Mutu, for a buyer: how good what was delivered is, who tries to be approved, which papers makers hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from wadah.units import decimal_text
from wadah.web.access import BUYER, access, person_of
from wadah.web.exports import FORMATS, file_answer
from wadah.web.tables import Cell, Column, Table
from wadah.web.words import language, part_name, share_text
from wadah.work.selectors.inspections import Delivered, delivered_to
from wadah.work.selectors.trials import trials_seen

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.http import HttpRequest, HttpResponse

    from wadah.web.exports import Value
    from wadah.work.models import Trial


@access(BUYER)
def buyer_quality(request: HttpRequest) -> HttpResponse:
    """By part: delivered, refused, claimed, how many lots passed the first time; and trials asked for."""
    buyers = person_of(request).buyers
    rows = delivered_to(buyers)
    kind = request.GET.get("unduh", "")
    if kind in FORMATS:
        return file_answer(kind, "mutu", [column.label for column in columns()], (values(row) for row in rows))
    context = {
        "table": quality_table(rows),
        "sentence": sentence(rows),
        "trials": trials_table(trials_seen(cooperatives=[], buyers=buyers)),
        "files": FORMATS,
    }
    return render(request, "buyer/quality.html", context)


def columns() -> list[Column]:
    names = (
        _("Received"),
        _("Refused on receipt"),
        _("Claimed later"),
        _("Good"),
        _("Lots"),
        _("Lots inspected"),
        _("Passed the first time"),
    )
    return [Column(_("Part")), *(Column(name, numeric=True) for name in names)]


def quality_table(rows: list[Delivered]) -> Table:
    table = Table(_("What was delivered to you, and how good it was"), columns())
    for row in rows:
        first = "–" if row.first_time_share is None else share_text(row.first_time_share)
        table.add(
            part_text(row),
            *(decimal_text(pieces, 3, language()) for pieces in (row.received, row.refused, row.claimed)),
            "–" if row.good_share is None else share_text(row.good_share),
            str(row.lots),
            str(row.lots_inspected),
            first,
        )
    return table


def part_text(row: Delivered) -> str:
    return row.part_name_en if language() == "en" and row.part_name_en else row.part_name


def values(row: Delivered) -> list[Value]:
    return [
        part_text(row),
        row.received,
        row.refused,
        row.claimed,
        row.good_share,
        row.lots,
        row.lots_inspected,
        row.first_time_share,
    ]


def sentence(rows: list[Delivered]) -> str:
    """All parts in one sentence; empty where nothing was delivered."""
    sent = sum(row.sent for row in rows)
    if not sent:
        return ""
    good = sum(max(row.received - row.claimed, row.received * 0) for row in rows)
    words = {"good": share_text(float(good / sent)), "sent": decimal_text(sent, 3, language())}
    return _("%(good)s of %(sent)s pieces delivered to you were good.") % words


def trials_table(rows: Iterable[Trial]) -> Table:
    table = Table(
        _("Workshops that try to be approved for you"),
        [Column(_("Number")), Column(_("Part")), Column(_("Workshop")), Column(_("Status"))],
    )
    for row in rows:
        table.add(
            Cell(row.number, reverse("trial", args=[row.number])),
            part_name(row.part),
            row.workshop.name,
            row.get_status_display(),
        )
    return table
