"""The growth question's plans and assumptions as tables and pictures."""

from __future__ import annotations

from math import floor
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from wadah.programme.growth.world import WEEKS_A_MONTH, Ramp, month_after
from wadah.programme.models import GrowthPoint
from wadah.units import MONTHS, date_text, decimal_text, percent_text, rupiah_text, share_whole
from wadah.web.pictures.intervals import Span, intervals_picture
from wadah.web.tables import Cell, Column, Table
from wadah.web.views.city import growth_words as words
from wadah.web.words import language, quantity_text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from wadah.programme.models import GrowthRun
    from wadah.web.exports import Value
    from wadah.web.pictures.intervals import IntervalsPicture

Scope = GrowthPoint.Scope


def runs(rows: Iterable[GrowthRun]) -> Table:
    table = Table(
        _("Questions asked so far"),
        [
            Column(_("Asked on")),
            Column(_("Cooperative")),
            Column(_("Year from")),
            Column(_("Groups more, obligation")),
            Column(_("Groups more, everything")),
            Column(_("State")),
        ],
    )
    for run in rows:
        scopes = run.result.get("scopes", {})
        table.add(
            Cell(date_text(run.asked_at.date(), language()), reverse("growth_run", args=[run.pk])),
            Cell(run.cooperative.name, badge="simulated" if run.cooperative.simulated else ""),
            words.month_text(words.year_from(run)),
            *(groups_of(scopes.get(scope)) for scope in (Scope.OBLIGATION, Scope.ALL)),
            run.get_status_display(),
        )
    return table


def groups_of(found: dict[str, int | None] | None) -> str:
    return "–" if found is None else words.between(found["fewest"] or 0, found["enough"])


# ---- plans


def over_groups(run: GrowthRun, points: Iterable[GrowthPoint]) -> list[GrowthPoint]:
    """Plans of everything for the year asked about, by number of groups."""
    return [row for row in points if row.scope == Scope.ALL and row.month == run.by_month and not row.skill]


def over_months(run: GrowthRun, points: Iterable[GrowthPoint]) -> list[GrowthPoint]:
    """Plans of everything with the number of groups that is enough, by month."""
    enough = run.result.get("scopes", {}).get(Scope.ALL, {}).get("enough")
    return [row for row in points if enough and row.scope == Scope.ALL and row.groups == enough and not row.skill]


def picture(run: GrowthRun, rows: list[GrowthPoint], *, month: bool) -> IntervalsPicture | None:
    spans = [
        Span(
            row.month if month else row.groups,
            row.made / row.asked,
            row.most / row.asked,
            f"{row.month if month else row.groups}: {words.coverage_text(row)}",
        )
        for row in rows
        if row.asked
    ]
    return intervals_picture(spans, target=float(run.target)) if len(spans) > 1 else None


def points(run: GrowthRun, rows: list[GrowthPoint], caption: str, *, month: bool) -> Table:
    """month: named by the month in which the year begins, else by the number of groups."""
    named = [Column(_("Groups more"), numeric=True), Column(_("Year from"))]
    table = Table(
        caption,
        [
            *(reversed(named) if month else named),
            Column(_("Cloths asked for"), numeric=True),
            Column(_("A plan makes"), numeric=True),
            Column(_("No plan makes more than"), numeric=True),
            Column(_("Covered"), numeric=True),
            Column(_("Enough?")),
        ],
    )
    for row in rows:
        names = [str(row.groups), words.month_text(month_after(run.start_on, row.month))]
        table.add(
            *(reversed(names) if month else names),
            quantity_text(row.asked),
            quantity_text(round(row.made)),
            quantity_text(floor(row.most)),
            words.coverage_text(row),
            words.verdict_text(run, row),
        )
    return table


def point_head() -> list[str]:
    return [
        _("What of the mandate"),
        _("Groups more"),
        _("Month of the year's beginning"),
        _("Process a tenth faster"),
        _("Cloths asked for"),
        _("A plan makes"),
        _("No plan makes more than"),
        _("Enough?"),
        _("Seconds"),
    ]


def point_values(run: GrowthRun, row: GrowthPoint) -> list[Value]:
    return [
        row.get_scope_display(),
        row.groups,
        row.month,
        words.skill_text(run, row.skill) if row.skill else "",
        row.asked,
        round(row.made, 3),
        round(row.most, 3),
        words.verdict_text(run, row),
        round(row.seconds, 1),
    ]


def steps(run: GrowthRun, rows: list[GrowthPoint]) -> Table:
    """With today's groups: hours by step, and what comes of each being a tenth faster, by plan and by bound."""
    found = words.step_points(run, rows)
    base = found.get("")
    table = Table(
        _("Which step holds it up, with today's groups"),
        [
            Column(_("Step")),
            Column(_("Share of the hours worked"), numeric=True),
            Column(
                _("More cloths if %(percent)s faster, by the plans") % {"percent": words.faster_text()}, numeric=True
            ),
            Column(_("By the bounds"), numeric=True),
        ],
    )
    if base is None:
        return table
    worked = sum(hours for skill, hours in base.hours.items() if skill) or 1.0
    for code in run.assumptions["skills"]:
        row = found.get(code)
        table.add(
            words.skill_text(run, code),
            percent_text(base.hours.get(code, 0.0) / worked, 0, language()),
            "–" if row is None else quantity_text(round(row.made - base.made)),
            "–" if row is None else quantity_text(round(row.most - base.most)),
        )
    return table


# ---- where, and at what cost


def places(run: GrowthRun) -> Table | None:
    """New groups by kelurahan, in turn; None where none was named, or no number of them is known."""
    names = run.assumptions.get("areas", [])
    enough = run.result.get("scopes", {}).get(Scope.ALL, {}).get("enough")
    if not names or not enough:
        return None
    table = Table(_("Where they would begin"), [Column("Kelurahan"), Column(_("Groups"), numeric=True)])
    for name, count in zip(names, share_whole(enough, [1] * len(names)), strict=True):
        table.add(name, str(count))
    return table


def costs(run: GrowthRun) -> Table:
    table = Table(
        _("What a new group costs"), [Column(_("What")), Column(_("Figure"), numeric=True), Column(_("Source"))]
    )
    for kind, cost in run.assumptions["costs"].items():
        money = kind != "floor"
        figure = rupiah_text(round(cost["value"])) if money else decimal_text(cost["value"], 1, language())
        table.add(words.cost_text(kind), figure, cost["source"])
    return table


# ---- what it rests on


def weather(run: GrowthRun) -> Table:
    rows = run.assumptions["weather"]
    table = Table(
        _("Output by month, times the registered rate"),
        [Column(_("Month")), *(Column(words.skill_text(run, row["skill"]), numeric=True) for row in rows)],
    )
    for month, name in enumerate(MONTHS[language()] if rows else ()):
        table.add(name, *(decimal_text(row["factors"][month], 2, language()) for row in rows))
    return table


def ramp(run: GrowthRun) -> Table:
    """The curve by quarter of a year."""
    told = run.assumptions["ramp"]
    curve = Ramp(told["delay_weeks"], told["step_weeks"], tuple(told["shares"]))
    table = Table(_("How a new group comes to its full output"), [Column(_("Month")), Column(_("Share"), numeric=True)])
    months = round(curve.weeks / WEEKS_A_MONTH)
    for month in range(0, months + 3, 3):
        table.add(str(month + 1), percent_text(curve.month_share(month), 0, language()))
    return table


def mandate(run: GrowthRun) -> Table:
    table = Table(
        _("What the mandate asks for in that year"),
        [Column(_("Who")), Column(_("Kind")), Column(_("Cloth")), Column(_("Cloths"), numeric=True)],
    )
    for row in sorted(run.assumptions["asked"], key=lambda row: (not row["obligation"], row["name"])):
        kind = _("obligation") if row["obligation"] else _("scenario")
        cloth = row["cloth_en"] if language() == "en" else row["cloth"]
        table.add(row["name"], kind, cloth, quantity_text(row["pieces"]))
    return table


def makers(run: GrowthRun) -> Table:
    table = Table(
        _("Today's groups"),
        [Column(_("Group")), Column(_("Artisans"), numeric=True), Column(_("Hours a year"), numeric=True)],
    )
    for row in run.assumptions["makers"]:
        artisans = "–" if row["artisans"] is None else str(row["artisans"])
        table.add(
            Cell(row["name"], badge="simulated" if row["simulated"] else ""), artisans, quantity_text(row["hours"])
        )
    return table
