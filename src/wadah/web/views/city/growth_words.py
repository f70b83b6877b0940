"""The answer to the growth question in words, written from its numbers; and everything it rests on, line by line."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wadah.base.jobs import DIED
from wadah.programme.growth.job import GROUPS_MAX
from wadah.programme.growth.world import FASTER, begins, month_after
from wadah.programme.models import GrowthPoint
from wadah.units import MONTHS, date_text, decimal_text, percent_text, rupiah_short_text
from wadah.web.words import language, quantity_text, share_text

if TYPE_CHECKING:
    from wadah.programme.models import GrowthRun

Scope = GrowthPoint.Scope


@dataclass(frozen=True, slots=True)
class ScopeAnswer:
    """label: what of the mandate; value: groups, as an interval; sentences: what it means."""

    label: str
    value: str
    sentences: tuple[str, ...]


def month_text(day: date) -> str:
    return f"{MONTHS[language()][day.month - 1]} {day.year}"


def scope_text(scope: str) -> str:
    if scope == Scope.OBLIGATION:
        return _("Obligation: the city's own people")
    return _("Everything: obligation, and pupils and private schools as a scenario")


def stage_text(run: GrowthRun) -> str:
    """What is being worked out now."""
    if run.stage == "":
        return _("Waiting for its turn")
    if run.stage == "getting ready":
        return _("Getting the planner ready, once after an update: a minute or two, not counted")
    if run.stage == "reading":
        return _("Reading the mandate, the groups' hours and rates")
    return {
        "groups obligation": _("How many groups more does the obligation take?"),
        "groups all": _("How many groups more does everything take?"),
        "later obligation": _("From which month on can as many groups as may begin cover the obligation?"),
        "later all": _("From which month on can as many groups as may begin cover everything?"),
        "months obligation": _("How early would they cover the obligation?"),
        "months all": _("How early would they cover everything?"),
        "steps": _("Which step holds it up?"),
        "curve": _("Drawing the curve over the months"),
    }.get(run.stage, run.stage)


def why_text(run: GrowthRun) -> str:
    """Why there is no answer."""
    if run.why and run.why != DIED:
        return run.why
    if run.status == run.Status.STOPPED:
        return _("It was stopped before its first plan.")
    return _("The work stopped unexpectedly. It has been written to the log.")


# ---- groups, artisans, months


def between(low: int, high: int | None) -> str:
    """ "37", "37 to 42", "at least 37"."""
    if high is None:
        return _("at least %(low)s") % {"low": low}
    return str(low) if low == high else _("%(low)s to %(high)s") % {"low": low, "high": high}


def scope_answer(run: GrowthRun, scope: str) -> ScopeAnswer:
    found = run.result["scopes"][scope]
    low, high = found["fewest"], found["enough"]
    if high == 0:
        told = _("Today's groups cover it: no further group is needed.")
        return ScopeAnswer(scope_text(scope), "0", (told,))
    sentences = [needed_sentence(run, low, high)]
    later = found.get("later")
    if later:
        sentences.append(later_sentence(run, later))
    if later and later["groups"]:
        sentences.append(artisans_sentence(run, later["fewest"], later["groups"]))
    else:
        sentences.append(artisans_sentence(run, low, high))
    if found["months"]:
        sentences.append(early_sentence(run, found["months"], high))
    return ScopeAnswer(scope_text(scope), between(low, high), tuple(filter(None, sentences)))


def needed_sentence(run: GrowthRun, low: int, high: int | None) -> str:
    values = {"low": low, "high": high, "fewer": low - 1, "year": month_text(year_from(run)), "share": target_text(run)}
    if high is None and low > GROUPS_MAX:
        return (
            _("Not even %(fewer)s groups more cover %(share)s of the year from %(year)s on: that is proven.") % values
        )
    if high is None:
        return (
            _("Fewer than %(low)s groups more can't cover %(share)s of the year from %(year)s on; no plan so far does.")
            % values
        )
    if low == high:
        return (
            ngettext(
                "Exactly %(high)s group more covers %(share)s of the year from %(year)s on: one fewer is "
                "proven not to.",
                "Exactly %(high)s groups more cover %(share)s of the year from %(year)s on: one fewer is "
                "proven not to.",
                low,
            )
            % values
        )
    return (
        _(
            "A plan shows that %(high)s groups more cover %(share)s of the year from %(year)s on; fewer "
            "than %(low)s are proven not to. Between them nobody knows yet."
        )
        % values
    )


def artisans_sentence(run: GrowthRun, low: int, high: int | None) -> str:
    each = run.assumptions["newcomer"]["artisans"]
    if not each:
        return _("How many artisans work in a group isn't in the register.")
    people = between(round(low * each), None if high is None else round(high * each))
    values = {"people": people, "each": decimal_text(each, 1, language())}
    return _("That is %(people)s artisans, at %(each)s a group as in today's.") % values


def early_sentence(run: GrowthRun, months: dict[str, Any], groups: int) -> str:
    first, enough = months["first"], months["enough"]
    values = {
        "groups": groups,
        "months": between(first, enough),
        "day": month_text(month_after(run.start_on, enough if enough is not None else first)),
    }
    return (
        _(
            "With %(groups)s groups a year that begins %(months)s months after the first of them is "
            "covered: from %(day)s on."
        )
        % values
    )


def later_sentence(run: GrowthRun, later: dict[str, Any]) -> str:
    """From when on it would be covered, where only so many groups can begin in a month."""
    values = {"count": run.groups_a_month, "months": between(later["first"], later["enough"])}
    if later["enough"] is None:
        return _("With %(count)s groups a month it takes more months than were looked at: %(months)s.") % values
    values |= {"groups": between(later["fewest"], later["groups"])}
    values |= {"day": month_text(month_after(run.start_on, later["enough"]))}
    return (
        _(
            "With %(count)s groups a month a year is covered that begins %(months)s months after the first: from "
            "%(day)s on, with %(groups)s groups more."
        )
        % values
    )


def year_from(run: GrowthRun) -> date:
    return month_after(run.start_on, run.by_month)


def target_text(run: GrowthRun) -> str:
    return percent_text(run.target, 0, language())


# ---- one sentence under each picture


def groups_sentence(run: GrowthRun) -> str:
    return _(
        "Dots: what a plan makes of the year from %(day)s on, by number of groups more. Bars: up to what "
        "no plan exceeds. Dotted line: %(share)s, which counts as covered."
    ) % {"day": month_text(year_from(run)), "share": target_text(run)}


def months_sentence(run: GrowthRun) -> str:
    enough = run.result.get("scopes", {}).get(Scope.ALL, {}).get("enough")
    return _("The same with %(groups)s groups more, by the month in which the year begins, counted from %(day)s.") % {
        "groups": enough,
        "day": month_text(run.start_on),
    }


def steps_sentence(run: GrowthRun, points: list[GrowthPoint]) -> str:
    """Which step, a tenth faster, brings most with today's groups."""
    rows = step_points(run, points)
    if not rows or "" not in rows or len(rows) < 2:
        return ""
    base = rows.pop("")
    best = max(rows.values(), key=lambda point: point.made + point.most)
    gains = sorted((best.made - base.made, best.most - base.most))
    if gains[1] <= 0.5:
        return _("With today's groups no step alone holds it up: none of them, a tenth faster, brings more cloths.")
    return _(
        "With today's groups %(step)s holds it up: a tenth faster it brings %(low)s to %(high)s cloths a "
        "year more, more than any other step."
    ) % {
        "step": skill_text(run, best.skill),
        "low": quantity_text(max(0.0, round(gains[0]))),
        "high": quantity_text(round(gains[1])),
    }


def step_points(run: GrowthRun, points: list[GrowthPoint]) -> dict[str, GrowthPoint]:
    """Plans with today's groups by the process that is a tenth faster in them, "" for none."""
    return {
        point.skill: point
        for point in points
        if point.scope == Scope.ALL and point.groups == 0 and point.month == run.by_month
    }


def skill_text(run: GrowthRun, code: str) -> str:
    known = run.assumptions["skills"].get(code)
    if known is None:
        return code
    return str(known["name_en"] if language() == "en" and known["name_en"] else known["name"])


def cost_sentence(run: GrowthRun) -> str:
    """What the groups would cost in all; empty where no number of groups is known."""
    found = run.result.get("scopes", {}).get(Scope.ALL, {})
    each, missing = (
        cost_of_one(run),
        [kind for kind in ("training", "tools", "mentoring") if kind not in run.assumptions["costs"]],
    )
    if not found.get("enough") or not each:
        return ""
    ends = [rupiah_short_text(each * number, language()) for number in (found["fewest"], found["enough"])]
    total = ends[0] if ends[0] == ends[1] else _("%(low)s to %(high)s") % {"low": ends[0], "high": ends[1]}
    told = _("Training, tools and mentoring of all new groups come to %(total)s.") % {"total": total}
    return told if not missing else told + " " + _("Some of these costs aren't known yet, so it is more.")


def cost_of_one(run: GrowthRun) -> int:
    """Rupiah of one new group: training and tools once, mentoring each month of its ramp."""
    costs = run.assumptions["costs"]
    once = sum(float(costs[kind]["value"]) for kind in ("training", "tools") if kind in costs)
    monthly = float(costs["mentoring"]["value"]) if "mentoring" in costs else 0.0
    return round(once + monthly * ramp_months(run))


def ramp_months(run: GrowthRun) -> int:
    """Whole months from a group's beginning to its full output."""
    weeks: int = run.assumptions["ramp"]["weeks"]
    return -(-weeks * 12 // 52)


# ---- what it rests on

RAMP_SAYS = ("source", "full_note")


def said(text: str) -> str:
    """A curve's words: those that the house brings are message ids, others stand as they were written."""
    return _(text) if text else ""


def assumptions(run: GrowthRun) -> list[str]:
    told = run.assumptions
    ramp, newcomer = told["ramp"], told["newcomer"]
    lines = [
        _(
            "A new group is like today's: median of their hours (%(hours)s a year), rates and yields, "
            "licensed for each of the mandate's motifs."
        )
        % {"hours": quantity_text(newcomer["hours"])},
        _("It comes to its full output after %(months)s months: %(name)s.")
        % {"months": ramp_months(run), "name": said(ramp["name"])},
        last_begins(run),
        _(
            "Regular hours only, of the 52 weeks from %(day)s on, with their holidays; each following "
            "year has the same. Each part that is made is set up once a week."
        )
        % {"day": date_text(date.fromisoformat(told["weeks_from"]), language())},
        _(
            "The year begins with nothing in stock. A cloth counts when it is made within the year, also "
            "after its month. Plain cloth is bought as needed."
        ),
        _("A lot for one order may come from several groups; only finishing would be bound by one group."),
        _(
            "The mandate is that of the year from %(day)s on, with the heads last counted and the "
            "compliance of its months."
        )
        % {"day": month_text(date.fromisoformat(told["year_from"]))},
    ]
    return list(dict.fromkeys([*lines, *(phase for row in told["asked"] for phase in row["phases"])]))


def last_begins(run: GrowthRun) -> str:
    found = run.result.get("scopes", {}).get(Scope.ALL, {})
    enough = found.get("enough")
    if not run.groups_a_month:
        return _("All new groups begin in %(day)s.") % {"day": month_text(run.start_on)}
    values = {"count": run.groups_a_month, "first": month_text(run.start_on)}
    if not enough:
        return _("%(count)s groups begin each month from %(first)s on.") % values
    last = month_after(run.start_on, begins(enough - 1, run.groups_a_month))
    return _("%(count)s groups begin each month, from %(first)s to %(last)s.") % {**values, "last": month_text(last)}


def sources(run: GrowthRun) -> list[str]:
    """Where the figures come from, each once."""
    told = run.assumptions
    found = [
        _("Ramp: %(source)s") % {"source": ". ".join(filter(None, (said(told["ramp"][key]) for key in RAMP_SAYS)))},
        *(_("Weather: %(source)s") % {"source": source} for row in told["weather"] for source in row["sources"]),
        *(
            _("%(what)s: %(source)s (from %(day)s)")
            % {
                "what": cost_text(kind),
                "source": cost["source"],
                "day": date_text(date.fromisoformat(cost["since"]), language()),
            }
            for kind, cost in told["costs"].items()
        ),
        *(_("Mandate: %(source)s") % {"source": row["source"]} for row in told["asked"] if row["source"]),
    ]
    return list(dict.fromkeys(found))


def cost_text(kind: str) -> str:
    return {
        "training": _("Training of a new group, once"),
        "tools": _("Tools of a new group, once"),
        "mentoring": _("Mentoring of a new group, a month"),
        "floor": _("Floor of a new group, m²"),
    }[kind]


def faster_text() -> str:
    return percent_text(FASTER - 1, 0, language())


def verdict_text(run: GrowthRun, point: GrowthPoint) -> str:
    wanted = float(run.target) * point.asked - 1e-6
    if point.made >= wanted:
        return _("enough")
    return _("not enough") if point.most < wanted else _("not known")


def coverage_text(point: GrowthPoint) -> str:
    """ "81,2% to 82%" of what is asked for."""
    if not point.asked:
        return "–"
    low, high = share_text(point.made / point.asked), share_text(point.most / point.asked)
    return low if low == high else _("%(low)s to %(high)s") % {"low": low, "high": high}
