"""Studies, packages and what came of them as tables and as lines of a file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _

from wadah.programme.packages.giving import area_of
from wadah.units import date_text
from wadah.web.tables import Cell, Column, Table
from wadah.web.views.city.programme import words as told
from wadah.web.views.city.programme.common import NOTHING, figure, money, what, whom
from wadah.web.words import language, quantity_text, share_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from wadah.programme.models import Study, StudyItem
    from wadah.programme.packages.following import Followed
    from wadah.web.exports import Value


def named(study: Study) -> str:
    return study.name or _("Package %(number)s") % {"number": study.pk}


def studies(rows: Iterable[Study]) -> Table:
    table = Table(
        _("Answers so far"),
        [
            Column(_("Answer")),
            Column(_("Cooperative")),
            Column(_("Asked on")),
            Column(_("Budget"), numeric=True),
            Column(_("m²"), numeric=True),
            Column(_("Saved, planned again"), numeric=True),
            Column(_("State")),
        ],
    )
    for row in rows:
        table.add(
            Cell(named(row), reverse("study", args=[row.pk])),
            Cell(row.cooperative.name, badge="simulated" if row.cooperative.simulated else ""),
            date_text(row.asked_at.date(), language()),
            money(row.budget_rupiah),
            str(row.floor_m2),
            money(row.gain_rupiah),
            _("adopted") if row.adopted_at else row.get_status_display(),
        )
    return table


def items(rows: Sequence[StudyItem], caption: str, idle: Iterable[dict[str, Any]] = ()) -> Table:
    """What each takes, what the prices promise for it, and what it saves planned again alone."""
    why = {row["item"]: told.idle_text(row["why"]) for row in idle}
    table = Table(
        caption,
        [
            Column(_("Support")),
            Column(_("For whom")),
            Column("Kelurahan"),
            Column(_("Cost"), numeric=True),
            Column(_("m²"), numeric=True),
            Column(_("By prices"), numeric=True),
            Column(_("Alone, planned again"), numeric=True),
        ],
    )
    for item in rows:
        row = item.intervention
        area = area_of(row)
        alone = money(item.alone_rupiah) if item.settled else _("not settled")
        table.add(
            Cell(what(row), reverse("proposal", args=[row.pk]), "simulated" if row.assumed else ""),
            whom(row),
            area.name_spaced if area else NOTHING,
            money(item.cost_rupiah),
            str(item.floor_m2),
            money(item.price_rupiah),
            why.get(item.pk, alone if item.alone_rupiah is not None else _("not tried")),
        )
    return table


def item_head() -> list[str]:
    return [
        _("Support"), _("For whom"), "Kelurahan", _("In the package"), _("Cost"), _("m²"), _("Hours a week"),
        _("By prices"), _("Alone, planned again"), _("Pieces planned"), _("Hours planned"),
    ]  # fmt: skip


def item_values(item: StudyItem) -> list[Value]:
    area = area_of(item.intervention)
    return [
        what(item.intervention),
        whom(item.intervention),
        area.name_spaced if area else "",
        item.chosen,
        item.cost_rupiah,
        item.floor_m2,
        item.hours_week,
        item.price_rupiah,
        item.alone_rupiah,
        sum(item.planned_pieces),
        sum(item.planned_hours),
    ]


# ---- answers side by side


def figure_lines(rows: Sequence[Study]) -> tuple[list[str], list[list[Value]]]:
    """A head, and one line a figure: without support, and with each package."""
    heads = ((_("Without, %(name)s") % {"name": named(row)}, named(row)) for row in rows)
    head = [_("Figure"), *(text for pair in heads for text in pair)]
    lines: list[list[Value]] = []
    for label, key in keys():
        lines.append([label, *(value for row in rows for value in (row.shown["before"][key], row.shown["after"][key]))])
    for label, name in sums():
        lines.append([label, *(value for row in rows for value in (None, value_of(row, name)))])
    return head, lines


def keys() -> list[tuple[str, str]]:
    return [
        (_("Pieces asked"), "asked"),
        (_("Pieces on time"), "on_time"),
        (_("Pieces late"), "late"),
        (_("Pieces missing"), "short"),
        (_("Order lines"), "lines"),
        (_("Order lines whole and on time"), "lines_whole"),
        (_("Hours of work"), "hours"),
        (_("Full-time jobs"), "jobs"),
    ]


def sums() -> list[tuple[str, str]]:
    return [
        (_("Saved, planned again"), "gain_rupiah"),
        (_("By prices alone"), "promised_rupiah"),
        (_("No package saves more than"), "most_rupiah"),
        (_("Cost"), "cost"),
        (_("m²"), "space"),
    ]


def value_of(row: Study, name: str) -> Any:
    return row.shown[name] if name in row.shown else getattr(row, name)


def figures(rows: Sequence[Study]) -> Table:
    """Each figure without support and with each package."""
    columns = [Column(_("Figure"))]
    for row in rows:
        columns += [Column(_("Without"), numeric=True), Column(named(row), numeric=True)]
    table = Table(_("Planned without and with it") if len(rows) == 1 else _("Answers side by side"), columns)
    for label, key in keys():
        cells = [quantity_text(row.shown[when][key]) for row in rows for when in ("before", "after")]
        table.add(label, *cells)
    covered = [part(row.shown[when]) for row in rows for when in ("before", "after")]
    table.add(_("Share of pieces on time"), *covered)
    for label, name in sums():
        cells = [text for row in rows for text in (NOTHING, written(name, value_of(row, name)))]
        table.add(label, *cells)
    return table


def part(shown: dict[str, float]) -> str:
    return share_text(shown["on_time"] / shown["asked"]) if shown["asked"] else NOTHING


def written(name: str, value: float | None) -> str:
    return figure(value, 0) if name == "space" else money(value)


def held(rows: Sequence[tuple[Study, list[StudyItem]]]) -> Table:
    """Which support each package holds."""
    table = Table(
        _("What each package holds"), [Column(_("Support")), *(Column(named(study)) for study, _items in rows)]
    )
    names: dict[int, str] = {}
    for _study, found in rows:
        names |= {item.intervention_id: item.intervention.name for item in found if item.chosen}
    chosen = [{item.intervention_id for item in found if item.chosen} for _study, found in rows]
    for key, name in names.items():
        table.add(Cell(name, reverse("proposal", args=[key])), *(_("yes") if key in one else NOTHING for one in chosen))
    return table


# ---- what came of it


def followed(rows: Iterable[Followed]) -> Table:
    table = Table(
        _("Promised against what came"),
        [
            Column(_("Support")),
            Column(_("State")),
            Column(_("Whole weeks since"), numeric=True),
            Column(_("Hours promised"), numeric=True),
            Column(_("Hours that came"), numeric=True),
            Column(_("Pieces promised"), numeric=True),
            Column(_("Pieces that came"), numeric=True),
        ],
    )
    for row in rows:
        table.add(
            Cell(row.item.intervention.name, reverse("study_item", args=[row.item.pk])),
            state_text(row.item),
            str(row.weeks),
            figure(row.promised, 1),
            figure(row.came, 1),
            NOTHING if row.pieces_promised is None else quantity_text(row.pieces_promised),
            NOTHING if row.pieces_came is None else quantity_text(row.pieces_came),
        )
    return table


def state_text(item: StudyItem) -> str:
    return f"{item.get_state_display()}: {item.reason}" if item.reason else str(item.get_state_display())


def follow_head() -> list[str]:
    return [
        _("Support"), _("Answer"), _("State"), _("Begun on"), _("Whole weeks since"), _("Hours promised"),
        _("Hours that came"), _("Hours a week before"), _("Pieces promised"), _("Pieces that came"), _("Reason"),
    ]  # fmt: skip


def follow_values(row: Followed) -> list[Value]:
    item = row.item
    return [
        item.intervention.name, named(item.study), str(item.get_state_display()), item.begun_on, row.weeks,
        row.promised, row.came, row.before, row.pieces_promised, row.pieces_came, item.reason,
    ]  # fmt: skip
