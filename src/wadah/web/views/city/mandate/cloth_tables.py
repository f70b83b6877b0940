"""Tables about a motif and about a cloth: what sources say, who may make it, who made it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from wadah.units import date_text
from wadah.web.tables import Cell, Column, Table
from wadah.web.words import language, part_name

if TYPE_CHECKING:
    from collections.abc import Iterable

    from wadah.catalogue.models import Licence, MotifSource
    from wadah.work.selectors.cloth import Cloth


def sources_table(sources: Iterable[MotifSource]) -> Table:
    """Side by side, whether they agree or not."""
    table = Table(_("What the sources say"), [Column(_("Source")), Column(_("Published on")), Column(_("It says"))])
    for source in sources:
        on = date_text(source.published_on, language()) if source.published_on else _("not known")
        table.add(source.title, on, source.says)
    return table


def makers_table(licences: Iterable[Licence]) -> Table:
    table = Table(
        _("Who may make it"),
        [Column(_("Group")), Column(_("Kelurahan")), Column(_("Licence")), Column(_("From")), Column(_("Last day"))],
    )
    for row in licences:
        last = date_text(row.valid_until, language()) if row.valid_until else _("until further notice")
        table.add(
            Cell(row.ikm.name, badge="simulated" if row.simulated else ""),
            row.ikm.area.name_spaced if row.ikm.area else "–",
            row.number,
            date_text(row.valid_from, language()),
            last,
        )
    return table


def steps_table(cloth: Cloth) -> Table:
    table = Table(
        _("Who made it"),
        [Column(_("Step")), Column(_("Group")), Column(_("Kelurahan")), Column(_("Day")), Column(_("Licence"))],
    )
    for step in cloth.steps:
        table.add(
            step_text(part_name(step.part)),
            Cell(step.group, badge="simulated" if step.simulated else ""),
            step.area.name_spaced if step.area else "–",
            date_text(step.on, language()),
            step.licence.number if step.licence else _("none found"),
        )
    return table


def step_text(name: str) -> str:
    """The step behind the cloth's name, as the parts of a routing are called; the cloth itself: finished."""
    return name.split(": ", 1)[1] if ": " in name else _("finished")
