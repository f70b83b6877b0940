"""What a file holds, as tables: what becomes of each field, and what has no place here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from wadah.catalogue.words import Supply, Unit
from wadah.units import decimal_text
from wadah.web.tables import Cell, Column, Table
from wadah.web.words import language

if TYPE_CHECKING:
    from collections.abc import Iterable

    from wadah.api.rules import PartDraft, Unread
    from wadah.api.selectors import PartPreview, WorkshopPreview


def components(preview: PartPreview) -> Table:
    made = Table(
        _("What one piece is made of"),
        [Column(_("Component")), Column(_("Quantity"), numeric=True), Column(_("Here it is"))],
    )
    for match in preview.components:
        unit = str(Unit(match.part.unit if match.part else match.draft.unit).label)
        quantity = f"{decimal_text(match.draft.quantity, 6, language())} {unit}"
        supply = Supply(match.draft.supply).label
        words = {"code": match.code, "supply": supply}
        here = match.part.code if match.part else _("new: %(code)s, %(supply)s") % words
        made.add(match.draft.name, quantity, here)
    return made


def steps(draft: PartDraft) -> Table:
    made = Table(
        _("Steps"),
        [
            Column(_("Step")),
            Column(_("Skill")),
            Column(_("Minutes a piece"), numeric=True),
            Column(_("Minutes to set up"), numeric=True),
        ],
    )
    for step in draft.steps:
        minutes = (step.minutes_per_piece, step.setup_minutes)
        made.add(step.name, step.skill, *(decimal_text(value, 4, language()) for value in minutes))
    return made


def machines(preview: WorkshopPreview) -> Table:
    made = Table(
        _("Machines"), [Column(_("Machine")), Column(_("Number"), numeric=True), Column(_("Skill")), Column(_("Note"))]
    )
    for machine, skill in preview.machines:
        named = (skill.name_en if language() == "en" else skill.name) if skill else machine.process or "–"
        made.add(machine.name, str(machine.count), named, machine.note or "–")
    return made


def unread(found: Iterable[Unread]) -> Table:
    made = Table(_("Without a place in Wadah"), [Column(_("Field")), Column(_("What stands there"))])
    for field in found:
        made.add(Cell(field.path), field.value)
    return made
