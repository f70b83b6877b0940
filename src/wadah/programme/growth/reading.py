"""Rows → the ground of a growth question, and all that it rests on as plain values for the page (G31 … G34).

Out: a Ground, and its assumptions as JSON: kept with the run, so that a page of last year shows last year's figures.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from wadah.base.clock import monday, today
from wadah.base.errors import Refused
from wadah.demand.selectors import rule_months
from wadah.demand.selectors.cloths import mandate_cloths
from wadah.planning.problem import Capability
from wadah.plans.snapshot import problem_of
from wadah.programme.growth.world import (
    MONTHS,
    Asked,
    Ground,
    Maker,
    Ramp,
    last_of,
    month_after,
    month_weights,
    monthly,
    monthly_rate,
)
from wadah.programme.models import GrowthFigure

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from wadah.demand.models import MandateRule
    from wadah.demand.selectors.cloths import RuleCloth
    from wadah.plans.snapshot import Snapshot
    from wadah.programme.models import GrowthRun, RampCurve

WEEKS = 52
NEW = "+"
Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Read:
    ground: Ground
    assumptions: Json


def read(run: GrowthRun) -> Read:
    """Raises Refused where no rule of the mandate has a cloth here yet, or nobody can make any."""
    cloths = [row for row in mandate_cloths(run.cooperative) if row.part is not None]
    if not cloths:
        raise Refused(
            _("No rule of the mandate has been ordered from %(cooperative)s yet, so its cloth isn't known.")
            % {"cooperative": run.cooperative.name}
        )
    parts = {row.part.pk: row.part for row in cloths if row.part is not None}
    snapshot = problem_of(run.cooperative, today(), WEEKS, parts=list(parts.values()))
    makers = makers_of(snapshot)
    if not makers:
        raise Refused(
            _("Nobody in %(cooperative)s has rates for the mandate's cloth: enter them first, with licences.")
            % {"cooperative": run.cooperative.name}
        )
    weather, weather_told = weather_on(run.start_on)
    year = month_after(run.start_on, run.by_month)
    asked, asked_told = asked_in(cloths, year)
    newcomer = newcomer_of(makers)
    skills = {code: part.skill.code if part.skill else "" for code, part in snapshot.parts.items()}
    ground = Ground(
        parts=snapshot.problem.parts,
        makers=makers,
        newcomer=newcomer,
        skills=skills,
        weather=weather,
        bought=frozenset(code for code, part in snapshot.parts.items() if part.supply == "bought"),
        asked=asked,
        ramp=ramp_of(run.ramp),
        first_month=run.start_on.month,
        groups_a_month=run.groups_a_month,
    )
    told: Json = {
        "read_on": today().isoformat(),
        "weeks_from": monday(today()).isoformat(),
        "year_from": year.isoformat(),
        "makers": makers_told(snapshot, makers),
        "newcomer": newcomer_told(snapshot, newcomer),
        "weather": weather_told,
        "ramp": ramp_told(run.ramp),
        "costs": costs_on(run.start_on),
        "asked": asked_told,
        "areas": [area.name_spaced for area in run.areas.all()],
        "skills": skills_told(snapshot),
    }
    return Read(ground, told)


# ---- makers


def makers_of(snapshot: Snapshot) -> tuple[Maker, ...]:
    """Today's makers: regular hours of the coming 52 weeks by calendar month, and their rates."""
    problem = snapshot.problem
    weights = month_weights(problem.calendar.start, problem.periods)
    rates: dict[str, list[Capability]] = defaultdict(list)
    for row in problem.capabilities:
        rates[row.workshop].append(monthly_rate(row, weights))
    return tuple(
        Maker(shop.id, monthly(shop.hours, weights), tuple(rates[shop.id]))
        for shop in problem.workshops
        if rates[shop.id]
    )


def newcomer_of(makers: Iterable[Maker]) -> Maker:
    """A group like the present ones: the median of their hours in each month, and of each part's rates."""
    makers = list(makers)
    by_part: dict[str, list[Capability]] = defaultdict(list)
    for maker in makers:
        for row in maker.rates:
            by_part[row.part].append(row)
    hours = tuple(median(maker.hours[month] for maker in makers) for month in range(MONTHS))
    return Maker(NEW, hours, tuple(middle(part, rows) for part, rows in sorted(by_part.items())))


def middle(part: str, rows: list[Capability]) -> Capability:
    return Capability(
        part,
        NEW,
        hours_per_unit=median(row.hours_per_unit for row in rows),
        setup_hours=median(row.setup_hours for row in rows),
        min_lot=median(row.min_lot for row in rows),
        yield_rate=median(row.yield_rate for row in rows),
    )


def artisans(snapshot: Snapshot, makers: Iterable[Maker]) -> list[int]:
    """People at each present group, where the register knows."""
    firms = (snapshot.workshops[maker.id].ikm for maker in makers if maker.id in snapshot.workshops)
    return [firm.workers for firm in firms if firm.workers]


def makers_told(snapshot: Snapshot, makers: tuple[Maker, ...]) -> list[Json]:
    return [
        {
            "code": maker.id,
            "name": snapshot.workshops[maker.id].name,
            "artisans": snapshot.workshops[maker.id].ikm.workers,
            "hours": round(sum(maker.hours)),
            "simulated": snapshot.workshops[maker.id].simulated,
        }
        for maker in makers
    ]


def newcomer_told(snapshot: Snapshot, newcomer: Maker) -> Json:
    """artisans: the median, None where the register knows none; minutes: by step, the median of its parts."""
    known = artisans(snapshot, makers_of(snapshot))
    minutes: dict[str, list[float]] = defaultdict(list)
    for row in newcomer.rates:
        skill = snapshot.parts[row.part].skill
        minutes[skill.code if skill else ""].append(60 * row.hours_per_unit)
    return {
        "artisans": median(known) if known else None,
        "hours": round(sum(newcomer.hours)),
        "minutes": {skill: round(median(values), 2) for skill, values in minutes.items()},
        "parts": len(newcomer.rates),
    }


def skills_told(snapshot: Snapshot) -> Json:
    """Processes that are needed, in the order in which a piece goes through them."""
    found: Json = {}
    for part in sorted(snapshot.parts.values(), key=lambda part: (part.routed_from_id is None, part.pk)):
        if part.skill is not None:
            found.setdefault(part.skill.code, {"name": part.skill.name, "name_en": part.skill.name_en})
    return found


# ---- dated figures


def figures_on(day: date) -> list[GrowthFigure]:
    """Of each kind, skill and month the newest figure that has begun by a day. One query."""
    rows = GrowthFigure.objects.filter(valid_from__lte=day).select_related("skill").order_by("valid_from")
    return list({(row.kind, row.skill_id, row.month): row for row in rows}.values())


def weather_on(day: date) -> tuple[dict[str, tuple[float, ...]], list[Json]]:
    """Factors by skill code, January first; a month without a figure has 1."""
    rows = [row for row in figures_on(day) if row.kind == GrowthFigure.Kind.WEATHER]
    factors: dict[str, list[float]] = {}
    told: dict[str, Json] = {}
    for row in rows:
        assert row.skill is not None
        assert row.month is not None
        factors.setdefault(row.skill.code, [1.0] * MONTHS)[row.month - 1] = float(row.value)
        one = told.setdefault(row.skill.code, {"skill": row.skill.code, "sources": []})
        if row.source not in one["sources"]:
            one["sources"].append(row.source)
    found = {code: tuple(values) for code, values in factors.items()}
    return found, [{**one, "factors": list(found[code])} for code, one in told.items()]


def costs_on(day: date) -> Json:
    """Rupiah and m² of a new group, each with its source; a kind without a figure is left out: not known."""
    return {
        row.kind: {
            "value": float(row.value),
            "source": row.source,
            "since": row.valid_from.isoformat(),
            "confidence": row.confidence,
        }
        for row in figures_on(day)
        if row.kind != GrowthFigure.Kind.WEATHER
    }


def ramp_of(curve: RampCurve) -> Ramp:
    return Ramp(curve.delay_weeks, curve.step_weeks, tuple(float(share) for share in curve.shares))


def ramp_told(curve: RampCurve) -> Json:
    ramp = ramp_of(curve)
    return {
        "name": curve.name,
        "delay_weeks": ramp.delay_weeks,
        "step_weeks": ramp.step_weeks,
        "shares": list(ramp.shares),
        "weeks": ramp.weeks,
        "source": curve.source,
        "source_on": curve.source_on.isoformat() if curve.source_on else "",
        "confidence": curve.confidence,
        "full_note": curve.full_note,
    }


# ---- the mandate


def asked_in(cloths: list[RuleCloth], first: date) -> tuple[tuple[Asked, ...], list[Json]]:
    """What the rules ask for in the twelve months from `first` on; rules that ask for nothing then are told too."""
    asked, told = [], []
    for row in cloths:
        assert row.part is not None
        pieces = months_of(row.rule, first)
        asked.append(Asked(row.rule.code, row.part.code, pieces, row.rule.obligation))
        told.append(
            {
                "code": row.rule.code,
                "name": row.rule.name,
                "obligation": row.rule.obligation,
                "part": row.part.code,
                "cloth": row.part.name,
                "cloth_en": row.part.name_en or row.part.name,
                "pieces": sum(pieces),
                "source": row.rule.source,
                "note": row.rule.note,
                "phases": sorted({phase.assumption for phase in row.rule.phases.all()}),
            }
        )
    return tuple(asked), told


def months_of(rule: MandateRule, first: date) -> tuple[int, ...]:
    """Pieces by calendar month of the year that begins on `first`, the first of a month."""
    end = last_of(month_after(first, MONTHS - 1))
    found = [0] * MONTHS
    for year in range(first.year, end.year + 1):
        for cell in rule_months(rule, year, "level"):
            for month, pieces in enumerate(cell.months):
                inside = month + 1 >= first.month if year == first.year else month + 1 < first.month
                found[month] += pieces if inside else 0
    return tuple(found)
