"""Numbers of a plan as sentences that a manager understands. English is the message, Indonesian its translation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from wadah.base.jobs import DIED
from wadah.plans.selectors import run_obstacles
from wadah.units import date_text, decimal_text, percent_text

if TYPE_CHECKING:
    from decimal import Decimal

    from wadah.catalogue.models import Part
    from wadah.plans.models import PlannedLine, PlanRun
    from wadah.plans.rules import Horizon

OPTIMAL_GAP = 1e-6


def language() -> Literal["id", "en"]:
    """ "id" or "en", as the page is shown."""
    return "en" if (get_language() or "id").startswith("en") else "id"


def quantity_text(pieces: float) -> str:
    return decimal_text(round(pieces, 2), 2, language())


def amount_text(quantity: Decimal | float, unit: str) -> str:
    """A quantity with its unit (catalogue.words.Unit): "1 piece", "10 pieces", "2,5 kg"."""
    count = 1 if quantity == 1 else 2
    sentence = {
        "piece": ngettext("%(number)s piece", "%(number)s pieces", count),
        "hour": ngettext("%(number)s hour", "%(number)s hours", count),
        "metre": ngettext("%(number)s metre", "%(number)s metres", count),
        "kg": _("%(number)s kg"),
    }[unit]
    return sentence % {"number": decimal_text(quantity, 3, language())}


def share_text(share: float) -> str:
    """A share as a percentage; what is not everything is never rounded up to 100 %."""
    places = 1 if share >= 0.001 else 2
    if share < 1.0:
        share = min(share, 0.999)
    return percent_text(round(share, 6), places, language())


def gap_sentence(run: PlanRun) -> str:
    """How good the plan is proven to be."""
    if run.best_rupiah is None or run.gap is None:
        return _("There is no plan yet, so nothing can be said of how good it is.")
    if run.gap <= OPTIMAL_GAP:
        return _("Proven: no plan of this order book costs less.")
    if not run.bound_rupiah:
        return _("How near this plan is to the best possible one is not known yet.")
    above = percent_text(round(run.best_rupiah / run.bound_rupiah - 1, 6), 1 if run.gap < 1 else 0, language())
    return _("At most %(percent)s above the best bound possible.") % {"percent": above}


def reason_sentence(reason: dict[str, Any], horizon: Horizon, names: dict[str, str]) -> str:
    """One reason of planning.explain as a sentence; names: part code → name shown."""
    values = {
        "part": names.get(reason["part"], reason["part"]),
        "needed": quantity_text(reason["needed"]),
        "room": quantity_text(reason["room"]),
        "load": share_text(reason["load"]),
        "day": date_text(horizon.monday(max(0, reason["period"])), language()),
    }
    return reason_template(reason["code"], reason["makers"]) % {**values, "makers": reason["makers"]}


def reason_template(code: str, makers: int) -> str:
    if code == "hours_full":
        return ngettext(
            "The only workshop that makes %(part)s has %(load)s of its hours taken up to the week of %(day)s: "
            "%(needed)s pieces are missing, %(room)s would still fit.",
            "The %(makers)s workshops that make %(part)s have %(load)s of their hours taken up to the week of %(day)s: "
            "%(needed)s pieces are missing, %(room)s would still fit.",
            makers,
        )
    return {
        "no_maker": _("No workshop in the cooperative may make %(part)s yet; %(needed)s pieces are missing."),
        "stock_out": _("The stock of %(part)s runs out: %(needed)s pieces are missing, %(room)s are left."),
        "overdue": _("It was due before this plan begins."),
        "beyond_horizon": _("It can't be delivered before this plan ends."),
        "costlier": _("There are hours for it, but using them would cost more than being late."),
    }[code]


def cause_text(reason: dict[str, Any], names: dict[str, str]) -> str:
    """One reason in a few words, for many lines at once."""
    values = {"part": names.get(reason["part"], reason["part"]), "makers": reason["makers"]}
    if reason["code"] == "hours_full":
        return (
            ngettext(
                "The hours of the only workshop that makes %(part)s are taken",
                "The hours of the %(makers)s workshops that make %(part)s are taken",
                reason["makers"],
            )
            % values
        )
    return {
        "no_maker": _("No workshop may make %(part)s yet"),
        "stock_out": _("The stock of %(part)s runs out"),
        "overdue": _("Due before the plan begins"),
        "beyond_horizon": _("Can't be delivered before the plan ends"),
        "costlier": _("Being late is cheaper than the hours that are left"),
    }[reason["code"]] % values


def line_sentence(line: PlannedLine, horizon: Horizon) -> str:
    """What becomes of one order line."""
    values = {
        "late": quantity_text(line.late),
        "short": quantity_text(line.short),
        "day": date_text(horizon.monday(line.last_period or 0), language()),
    }
    if line.short > OPTIMAL_GAP and line.late > OPTIMAL_GAP:
        return _("%(late)s pieces late, the last in the week of %(day)s; %(short)s not made.") % values
    if line.short > OPTIMAL_GAP:
        return _("%(short)s pieces not made in this plan.") % values
    if line.late > OPTIMAL_GAP:
        return _("%(late)s pieces late, the last in the week of %(day)s.") % values
    return _("On time.")


def part_name(part: Part) -> str:
    """A part's name in the language of the page."""
    return part.name_en if language() == "en" and part.name_en else part.name


def way_text(label: str) -> str:
    """A variant's label in the language of the page: it is kept as a message id (plans.offers.quoting.label)."""
    return _(label) if label else ""


def stopped_sentence(run: PlanRun) -> str:
    """Why a run has no plan."""
    if run.result == "infeasible":
        return _("It can't be done: %(what)s") % {"what": "; ".join(run_obstacles(run, language()))}
    if run.result == "none":
        return _("Time ran out before any plan was found that delivers what may not be short. Give it more time.")
    if run.stopped and run.stopped != DIED:
        return _("The rows contradict each other: %(what)s") % {"what": run.stopped}
    return _("The work stopped unexpectedly. It has been written to the log.")
