"""Why a line is late or short and what would mend it, as sentences for a manager."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wadah.plans.answers.telling import DOABLE
from wadah.units import date_short_text, date_text, decimal_text, rupiah_of, rupiah_text
from wadah.web.words import language, quantity_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from wadah.plans.rules import Horizon

    Told = Mapping[str, Any]

MAKERS_MAX = 5
ALMOST_NONE = 1e-6
HALF = 0.5  # rupiah


@dataclass(frozen=True)
class WayShown:
    """One way out. place: its number in the kept answer; doable: Wadah can make it a draft; todo: what else to do."""

    place: int
    title: str
    cost: str
    days: str
    more: tuple[str, ...]
    doable: bool
    todo: str


def hours_text(hours: float) -> str:
    return decimal_text(round(hours, 1), 1, language())


def weeks_text(periods: Iterable[int], horizon: Horizon) -> str:
    """Weeks by their Mondays, neighbours as one span."""
    spans: list[list[int]] = []
    for t in periods:
        if spans and spans[-1][1] == t - 1:
            spans[-1][1] = t
        else:
            spans.append([t, t])
    days = [[date_short_text(horizon.monday(t), language()) for t in span] for span in spans]
    return ", ".join(first if first == last else f"{first} – {last}" for first, last in days)


# -- the chain --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class LinkShown:
    """One part of the chain: what of it is missing, and whose hours are full where they are."""

    sentence: str
    details: tuple[str, ...]


def chain_shown(result: Told, horizon: Horizon, names: Mapping[str, str]) -> list[LinkShown]:
    """From the part ordered down to the one that holds it."""
    return [
        LinkShown(link_sentence(link, horizon, names), tuple(link_details(link, horizon, names)))
        for link in result["links"]
    ]


def fits(link: Told) -> bool:
    return bool(link["room"] >= link["needed"] - ALMOST_NONE)


def link_sentence(link: Told, horizon: Horizon, names: Mapping[str, str]) -> str:
    words = {
        "part": names.get(link["part"], link["part"]),
        "needed": quantity_text(link["needed"]),
        "room": quantity_text(link["room"]),
        "day": date_text(horizon.monday(link["by"]), language()),
    }
    if fits(link):
        return (
            _("%(part)s: %(needed)s pieces more are needed by the week of %(day)s, and there is room for them.") % words
        )
    return _("%(part)s: %(needed)s pieces more are needed by the week of %(day)s, but only %(room)s still fit.") % words


def link_details(link: Told, horizon: Horizon, names: Mapping[str, str]) -> Iterator[str]:
    """Who makes it, how full they are, and what else takes their hours; nothing where there is room."""
    if fits(link):
        return
    if not link["makers"]:
        yield _("Nobody in the cooperative is approved to make it.")
    busiest = sorted(link["makers"], key=lambda row: -row[1])
    for code, used, have, periods in busiest[:MAKERS_MAX]:
        facts = {
            "code": code,
            "used": hours_text(used),
            "have": hours_text(have),
            "weeks": weeks_text(periods, horizon),
        }
        if periods:
            yield _("%(code)s uses %(used)s of %(have)s hours; full in the weeks of %(weeks)s.") % facts
        else:
            yield _("%(code)s uses %(used)s of %(have)s hours.") % facts
    if len(busiest) > MAKERS_MAX:
        more = len(busiest) - MAKERS_MAX
        yield ngettext("%(more)s more workshop makes it.", "%(more)s more workshops make it.", more) % {"more": more}
    if link["rivals"]:
        told = [{"part": names.get(part, part), "hours": hours_text(hours)} for part, hours in link["rivals"]]
        rivals = "; ".join(_("%(part)s (%(hours)s hours)") % words for words in told)
        yield _("The hours of its makers go to: %(rivals)s.") % {"rivals": rivals}


# -- the ways out -----------------------------------------------------------------------------------------------------


def ways_shown(result: Told, horizon: Horizon, names: Mapping[str, str]) -> list[WayShown]:
    return [
        WayShown(
            place=place,
            title=title(way, horizon, names),
            cost=cost(way["cost"]),
            days=days(way, horizon),
            more=tuple(more(way)),
            doable=way["kind"] in DOABLE,
            todo=todo(way),
        )
        for place, way in enumerate(result["ways"])
    ]


def title(way: Told, horizon: Horizon, names: Mapping[str, str]) -> str:
    """What is to be done."""
    first, *others = way["changes"]
    if way["kind"] == "first":
        return _("Put this order first; others wait")
    if way["kind"] == "later":
        return _("Agree on a later date: the week of %(day)s") % {
            "day": date_text(horizon.monday(first["due"]), language())
        }
    if way["kind"] == "hours":
        return _("Extra hours: %(hours)s") % {"hours": "; ".join(extra(row, horizon) for row in others)}
    [change] = others
    part = names.get(change["part"], change["part"])
    if way["kind"] == "approve":
        return _("Approve %(code)s to make %(part)s") % {"code": change["workshop"], "part": part}
    return _("Buy %(pieces)s × %(part)s outside") % {"pieces": quantity_text(change["pieces"]), "part": part}


def extra(change: Told, horizon: Horizon) -> str:
    periods = [t for t, hours in enumerate(change["hours"]) if hours > 0]
    facts = {
        "code": change["workshop"],
        "hours": hours_text(sum(change["hours"])),
        "weeks": weeks_text(periods, horizon),
    }
    return _("%(code)s %(hours)s hours in the weeks of %(weeks)s") % facts


def cost(rupiah: float) -> str:
    amount = {"cost": rupiah_text(rupiah_of(abs(rupiah)))}
    if rupiah > HALF:
        return _("Costs %(cost)s more than now, with the price of being late counted.") % amount
    if rupiah < -HALF:
        return _("Costs %(cost)s less than now, with the price of being late counted.") % amount
    return _("Costs as much as now.")


def days(way: Told, horizon: Horizon) -> str:
    day = date_text(horizon.monday(way["delivered"]), language())
    if way["days"] <= 0:
        return _("All of it is there in time, in the week of %(day)s.") % {"day": day}
    return ngettext(
        "All of it is there in the week of %(day)s, %(days)s day after it is due.",
        "All of it is there in the week of %(day)s, %(days)s days after it is due.",
        way["days"],
    ) % {"day": day, "days": way["days"]}


def more(way: Told) -> Iterator[str]:
    """Who loses by it, and how sure the cost is."""
    if way["displaced"]:
        orders = ", ".join(f"{order} ({quantity_text(pieces)})" for order, pieces in way["displaced"])
        yield _("Other orders lose pieces in time: %(orders)s.") % {"orders": orders}
    else:
        yield _("No other order gets later.")
    if any(change["is"] == "hours" and change["rate"] <= 0 for change in way["changes"]):
        yield _(
            "No price of an extra hour is kept for these members, nor in the terms that this plan was made by, so only "
            "the pay for the pieces is counted. Set one under Terms of sale, then plan again."
        )
    if not way["proven"]:
        yield proven_between(way["least"], way["most"])


def proven_between(least: float, most: float) -> str:
    """Between which costs the truth lies; a way that saves in any case is said so."""
    saves = most < 0
    low, high = (-most, -least) if saves else (least, most)
    words = {"least": rupiah_text(rupiah_of(low)), "most": rupiah_text(rupiah_of(high))}
    if saves:
        return _("Proven so far: it saves between %(least)s and %(most)s.") % words
    return _("Proven so far: the cost lies between %(least)s and %(most)s.") % words


def todo(way: Told) -> str:
    """What a person must do for it."""
    return {
        "first": _("Tell the buyers whose orders wait."),
        "later": _("Agree on the date with the buyer before you put the draft into force."),
        "hours": _("Ask these members whether they can work the extra hours before you put the draft into force."),
        "approve": _("See what they make, train them where needed, record the approval, then plan again."),
        "buy": _("Ask for a price, buy, record the stock at the hub, then plan again."),
    }[way["kind"]]


def without_sentences(result: Told) -> list[str]:
    """Why other kinds of ways aren't among those shown."""
    found: Sequence[tuple[str, str]] = result["without"]
    return [f"{kind_text(kind)}: {because(code, whole=result['whole'])}" for kind, code in found]


def kind_text(kind: str) -> str:
    return {
        "first": _("Putting this order first"),
        "later": _("A later date"),
        "hours": _("Extra hours"),
        "approve": _("A new approval"),
        "buy": _("Buying outside"),
    }[kind]


def because(code: str, *, whole: bool) -> str:
    if code == "impossible" and not whole:
        return _("not possible while work far from this order stays as planned.")
    return {
        "nothing": _("nothing of the kind can be tried, or a plan makes no use of it."),
        "impossible": _("proven impossible."),
        "not settled": _("not settled: the search ended with neither a plan nor a proof."),
        "dearer": _("there is one, but it is dearer or no better than those shown."),
        "time": _("the time ended before it was tried."),
    }[code]
