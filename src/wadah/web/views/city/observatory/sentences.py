"""One sentence under each picture and figure, written from the numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wadah.units import decimal_text, number_text, percent_text, rupiah_text
from wadah.web.views.city.observatory.common import span_text, subsector_name
from wadah.web.views.city.observatory.grids import figure_text
from wadah.web.words import language

if TYPE_CHECKING:
    from wadah.observatory.selectors.kelurahan import CityMap
    from wadah.observatory.selectors.labour import Labour, Pace
    from wadah.observatory.selectors.summary import Orders, Summary
    from wadah.observatory.selectors.welfare import Floor, Income

STEADY = 0.02
"""Less of a change a week than this is none."""


def number(value: float, places: int = 1) -> str:
    return decimal_text(value, places, language())


def share(value: float) -> str:
    return percent_text(value, 1, language())


def trend_sentence(summary: Summary) -> str:
    """Jobs, up or down?"""
    now, before = summary.per_week, summary.per_week_before
    if summary.labour.hours <= 0:
        return _("No work was accepted in %(span)s.") % {"span": span_text(summary.span)}
    if not before:
        return _("%(now)s hours a week of accepted work; there is nothing before it to hold it against.") % {
            "now": number(now)
        }
    told = {"now": number(now), "before": number(before), "change": share(abs(now / before - 1))}
    told["span"] = span_text(summary.span.before)
    if abs(now / before - 1) < STEADY:
        return _("Steady: %(now)s hours a week of accepted work, %(before)s in %(span)s.") % told
    if now > before:
        return _("Up by %(change)s: %(now)s hours a week of accepted work, %(before)s in %(span)s.") % told
    return _("Down by %(change)s: %(now)s hours a week of accepted work, %(before)s in %(span)s.") % told


def hands_sentence(labour: Labour) -> str:
    """Why it is a range (O5)."""
    said = _(
        "%(hours)s hours by the workshops' clocks, if one person was at work; %(most)s if all of each firm were."
    ) % {"hours": number(labour.hours, 0), "most": number(labour.hours_most, 0)}
    if labour.hours_unknown <= 0:
        return said
    return (
        said
        + " "
        + _("For %(hours)s hours nobody knows how many people the firm has.")
        % {"hours": number(labour.hours_unknown, 0)}
    )


def pace_sentence(pace: Pace) -> str:
    """How far the agreed pace may be off (O6)."""
    if pace.compared <= 0:
        return _("How far the agreed paces may be off isn't known: no part has two makers.")
    told = {"minus": share(pace.minus or 0), "plus": share(pace.plus or 0), "alone": number(pace.alone)}
    said = [
        _("At the quickest pace agreed for the same part it would be %(minus)s less, at the slowest %(plus)s more.")
    ]
    if pace.alone > 0:
        said.append(_("%(alone)s hours went into parts with one pace only, of which nothing can be said."))
    return " ".join(said) % told


def failed_sentence(labour: Labour) -> str:
    return _("%(hours)s hours went into pieces that didn't pass, and aren't counted.") % {
        "hours": number(max(0.0, labour.hours_failed))
    }


def workers_sentence(summary: Summary) -> str:
    known = summary.count.workers
    return ngettext(
        "Of %(firms)s firms; of %(unknown)s of them nobody knows how many people there are.",
        "Of %(firms)s firms; of %(unknown)s of them nobody knows how many people there are.",
        summary.count.firms,
    ) % {"firms": number_text(summary.count.firms, language()), "unknown": number_text(known.unknown, language())}


def income_sentence(income: Income) -> str:
    if income.gini is None:
        return _("No firm has been paid for accepted work in this time.")
    told = {
        "earning": number_text(income.earning, language()),
        "without": number_text(income.without, language()),
        "gini": number(income.gini, 2),
        "ratio": number(income.ratio) if income.ratio else _("not known"),
        "largest": share(income.largest or 0),
    }
    return (
        _("%(earning)s firms earned; %(without)s members had no work.")
        + " "
        + _("Gini %(gini)s; a high income (90th of 100) is %(ratio)s times a low one (10th).")
        + " "
        + _("The largest share of one firm is %(largest)s.")
    ) % told


def floor_sentence(floor: Floor) -> str:
    if not floor.m2:
        return _("The register knows no floor of the workshops that worked.")
    told = {"m2": number_text(floor.m2, language()), "hours": number(floor.hours_unknown, 0)}
    return _("On %(m2)s m² of the workshops that worked; %(hours)s hours were on floor that nobody knows.") % told


def orders_sentence(orders: Orders) -> str:
    if not orders.asked:
        return _("No order line was due in this time.")
    return _("Buyers received %(received)s of %(asked)s pieces due in this time.") % {
        "received": number(orders.received, 0),
        "asked": number(orders.asked, 0),
    }


def buyers_sentence(orders: Orders) -> str:
    """How much hangs on one buyer."""
    book = orders.book
    if book.spread.largest is None:
        return _("No order with a price came in within twelve months.")
    told = {"buyer": book.buyers[0].name, "share": share(book.spread.largest), "hhi": number(book.spread.hhi or 0, 2)}
    told["rupiah"] = rupiah_text(book.rupiah)
    return _("%(buyer)s ordered %(share)s of %(rupiah)s in twelve months; concentration (HHI) %(hhi)s of 1.") % told


def single_sentence(orders: Orders) -> str:
    """Parts that stop when one workshop stops."""
    names = [row.part.code for row in orders.single[:3]]
    count = len(orders.single)
    if not count:
        return _("Each of the %(all)d parts worked on in twelve months has two makers at least.") % {
            "all": len(orders.sources)
        }
    return ngettext(
        "%(count)d of %(all)d parts worked on in twelve months has one maker or none: %(names)s.",
        "%(count)d of %(all)d parts worked on in twelve months have one maker or none: %(names)s.",
        count,
    ) % {"count": count, "all": len(orders.sources), "names": ", ".join(names) + (" …" if count > len(names) else "")}


def unpriced_sentence(summary: Summary) -> str:
    """Empty where every issue has a price."""
    count = summary.unpriced
    told = ngettext(
        "%(count)d issue of material has no price and is missing here.",
        "%(count)d issues of material have no price and are missing here.",
        count,
    )
    return told % {"count": count} if count else ""


def unbooked_sentence(summary: Summary) -> str:
    """Empty where the books hold all accepted work."""
    count = summary.unbooked
    told = ngettext(
        "%(count)d accepted move isn't in the books yet: its pay is missing.",
        "%(count)d accepted moves aren't in the books yet: their pay is missing.",
        count,
    )
    return told % {"count": count} if count else ""


def trades_sentence(summary: Summary) -> str:
    """Which trade carries the work, and which has firms and no work."""
    shown = [row for row in summary.trades if not row.hidden_work and row.labour.hours > 0]
    idle = [row for row in summary.trades if row.count.firms and row.labour.hours <= 0 and not row.hidden_firms]
    names = {row.key: trade_name(summary, row.key) for row in summary.trades}
    said = []
    if shown:
        top = max(shown, key=lambda row: row.labour.hours)
        said.append(
            _("Most work was in %(trade)s: %(hours)s hours.")
            % {"trade": names[top.key], "hours": number(top.labour.hours, 0)}
        )
    if idle:
        listed = ", ".join(names[row.key] for row in idle[:4])
        said.append(_("Firms but no accepted work: %(trades)s.") % {"trades": listed})
    return " ".join(said) or _("No trade had accepted work in this time.")


def trade_name(summary: Summary, key: object) -> str:
    return subsector_name(summary.subsectors.get(key) if isinstance(key, int) else None)


def map_sentence(found: CityMap) -> str:
    """Who has most, who has none, and what isn't known."""
    known = [place for place in found.places if place.known]
    some = sorted((place for place in known if (place.value or 0) > 0), key=lambda place: -(place.value or 0))
    none = len(known) - len(some)
    hidden = len([place for place in found.places if place.hidden])
    unknown = len([place for place in found.places if place.value is None and not place.hidden])
    if not some:
        said = [_("There is none of it in any kelurahan that is shown.")]
    else:
        told = {"most": some[0].area.name_spaced, "value": figure_text(some[0].value, found.measure.unit)}
        said = [_("Most: %(most)s with %(value)s.") % told]
    if none:
        said.append(ngettext("%(count)d kelurahan has none.", "%(count)d kelurahan have none.", none) % {"count": none})
    if unknown:
        said.append(
            ngettext("Of %(count)d it isn't known.", "Of %(count)d it isn't known.", unknown) % {"count": unknown}
        )
    if hidden:
        said.append(
            ngettext(
                "%(count)d isn't shown, for it would tell of fewer than five people.",
                "%(count)d aren't shown, for they would tell of fewer than five people.",
                hidden,
            )
            % {"count": hidden}
        )
    return " ".join(said)
