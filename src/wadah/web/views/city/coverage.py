"""The city's pages: its figures on the front page, and how far the mandate is covered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.shortcuts import render
from django.utils.translation import gettext as _

from wadah.demand.selectors import mandate_duty
from wadah.observatory.rules.stated import STATED
from wadah.plans.selectors import mandate_coverage, newest_plans, plan_lines, plan_totals
from wadah.register.selectors import workshops_by_area
from wadah.web.access import PUBLIC, access
from wadah.web.pictures.dots import dots_picture
from wadah.web.tables import Cell, Column, Table
from wadah.web.views.city.figures import coverage_figures
from wadah.web.words import quantity_text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.http import HttpRequest, HttpResponse

    from wadah.demand.selectors import Duty
    from wadah.register.models import Area
    from wadah.web.access import Person


@access(PUBLIC)
def coverage(request: HttpRequest) -> HttpResponse:
    """What the mandate asks, and how far the newest plans would cover it."""
    read = ((run, plan_lines(run, mandate=True)) for run in newest_plans())
    run, lines = next(((run, lines) for run, lines in read if lines), (None, []))
    rows = coverage_figures(mandate_coverage(lines))
    year = lines[0].line.due_on.year if lines else None
    duties = mandate_duty(year, "district") if year else []
    return render(
        request,
        "city/coverage.html",
        {"run": run, "coverage": rows, "year": year, "duties": duty_table(duties), **assumptions_of(duties)},
    )


def assumptions_of(duties: Iterable[Duty]) -> dict[str, list[str]]:
    """What the figures rest on: assumptions and sources, each once."""
    rules = {duty.rule.pk: duty.rule for duty in duties}.values()
    notes = {rule.note for rule in rules} | {phase.assumption for rule in rules for phase in rule.phases.all()}
    return {"assumptions": sorted(notes - {""}), "sources": sorted({rule.source for rule in rules} - {""})}


def duty_table(duties: Iterable[Duty]) -> Table:
    """Heads and pieces by kecamatan, all rules together."""
    table = Table(
        _("What the mandate asks, by district"),
        [
            Column(_("District")),
            Column(_("Heads"), numeric=True),
            Column(_("Pieces a year, if all buy"), numeric=True),
            Column(_("Expected"), numeric=True),
            Column(_("Ordered"), numeric=True),
        ],
    )
    rows: dict[str, list[int]] = {}
    for duty in duties:
        name = duty.cell.name if duty.cell else _("not told apart")
        row = rows.setdefault(name, [0, 0, 0, 0])
        for index, value in enumerate((duty.heads, duty.duty_pieces, duty.expected_pieces, duty.ordered_pieces)):
            row[index] += value
    for name, figures in sorted(rows.items()):
        table.add(name, *(quantity_text(figure) for figure in figures))
    return table


def front(person: Person) -> dict[str, Any]:
    """What the front page shows of the city: places of work on a map, plans, and the article's stated figures.

    How much a real cooperative has been ordered is its own business: it shows to its managers and the city's officers.
    """
    areas = list(workshops_by_area())
    workshops = sum(area.__dict__["workshop_count"] for area in areas)
    newest, own = newest_plans(), person.roles.cooperatives_managed
    open_to = [run for run in newest if run.cooperative.simulated or person.roles.officer or run.cooperative_id in own]
    return {
        "areas": areas_table(areas),
        "dots": dots_picture(areas),
        "workshops": workshops,
        "all_simulated": workshops == sum(area.__dict__["simulated_count"] for area in areas),
        "kelurahan": len(areas),
        "plans": [(run, plan_totals(run)) for run in open_to],
        "kept": len(newest) > len(open_to),
        "stated": stated_figures(),
    }


def areas_table(areas: Iterable[Area]) -> Table:
    table = Table(
        _("Workshops by kelurahan"),
        [Column("Kelurahan"), Column("Kecamatan"), Column(_("Workshops"), numeric=True)],
    )
    for area in areas:
        count, made_up = area.__dict__["workshop_count"], area.__dict__["simulated_count"]
        district = area.parent.name_spaced if area.parent else "–"
        table.add(area.name_spaced, district, Cell(str(count), badge="simulated" if made_up else ""))
    return table


def stated_figures() -> list[tuple[str, str]]:
    """Figures that the founding article states; shown with their source, never mixed with measured ones."""
    return [(f"{quantity_text(one.value)}{'%' if one.percent else ''}", str(one.what)) for one in STATED]
