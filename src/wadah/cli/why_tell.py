"""The answers of `wadah why` as sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wadah.cli.why_words import say
from wadah.cli.words import number, percent, rupiah

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from wadah.planning.explain import Reason
    from wadah.planning.plan import Plan
    from wadah.planning.problem import Problem
    from wadah.planning.why import Link, Member, Scarcity, Way, WaysOut
    from wadah.planning.why.chain import FullHours
    from wadah.planning.why.member import Chosen, Offer

MOST_LISTED = 8


def tell_order(
    language: str,
    problem: Problem,
    plan: Plan,
    order_id: str,
    reason: Reason | None,
    links: Sequence[Link],
    found: WaysOut,
) -> None:
    order = problem.order[order_id]
    pieces = number(order.quantity, language)
    if reason is None:
        print(say(language, "in time", order=order_id, pieces=pieces, part=order.part, due=order.due))
        return
    late = [(t, x) for name, t, x in plan.deliver if name == order_id and x > 0]
    short = order.quantity - sum(x for _, x in late)
    ending = (
        say(language, "ending short", short=number(short, language))
        if short > 1e-6
        else say(language, "ending late", period=max(t for t, _ in late))
    )
    missing = order.quantity - sum(x for t, x in late if t <= order.due)
    facts = {"order": order_id, "missing": number(missing, language), "pieces": pieces, "part": order.part}
    print(say(language, "missing", **facts, due=order.due, ending=ending))
    load = percent(reason.load, language)
    print(say(language, reason.code, part=reason.part, makers=reason.makers, load=load, period=reason.period))
    for link in links:
        tell_link(language, link)
    tell_ways(language, found)


def tell_link(language: str, link: Link) -> None:
    needed, room = number(link.needed, language), number(link.room, language)
    print(say(language, "link", part=link.part, needed=needed, by=link.by, room=room))
    if link.room >= link.needed:
        return
    tell_hours(language, sorted(link.makers, key=lambda row: -row.used))
    if link.rivals:
        rivals = (say(language, "hours of", part=part, hours=number(hours, language, 1)) for part, hours in link.rivals)
        print(say(language, "rivals", rivals=", ".join(rivals)))


def tell_hours(language: str, makers: Sequence[FullHours]) -> None:
    for row in makers[:MOST_LISTED]:
        full = say(language, "full in", periods=spans(row.periods)) if row.periods else ""
        used, have = number(row.used, language, 1), number(row.have, language, 1)
        print(say(language, "full weeks", workshop=row.workshop, used=used, have=have, periods=full))
    if len(makers) > MOST_LISTED:
        print(f"    … +{len(makers) - MOST_LISTED}")


def spans(periods: Iterable[int]) -> str:
    """Whole numbers as ranges: 0-3, 5."""
    runs: list[list[int]] = []
    for t in periods:
        if runs and runs[-1][1] == t - 1:
            runs[-1][1] = t
        else:
            runs.append([t, t])
    return ", ".join(str(first) if first == last else f"{first}-{last}" for first, last in runs)


def tell_ways(language: str, found: WaysOut) -> None:
    if not found.ways:
        print(say(language, "no ways", tried=found.tried))
    else:
        print(say(language, "ways"))
    for place, way in enumerate(found.ways, start=1):
        print(f"  {place}. {way_words(language, way)}")
        facts = {name: rupiah(getattr(way, name)) for name in ("cost", "before", "after", "price", "saved")}
        print(say(language, "costs", **facts))
        if not way.proven:
            print(say(language, "range", least=rupiah(way.least), most=rupiah(way.most)))
            if way.wide:
                print(say(language, "wide"))
        print(say(language, "days", period=way.delivered, days=way.days))
        losers = [row for row in way.displaced if row.pieces > 0]
        if losers:
            words = (
                say(language, "displaced order", order=row.order, pieces=number(row.pieces, language)) for row in losers
            )
            print(say(language, "displaces", orders=", ".join(words)))
    if found.without:
        print(say(language, "without"))
    for row in found.without:
        code = "impossible near" if row.code == "impossible" and not found.whole else row.code
        print(f"  {say(language, f'without {row.kind}')}: {say(language, f'because {code}')}")
    if found.again > 0.5:
        print(say(language, "again", saved=rupiah(found.again)))
    if not found.whole:
        print(say(language, "near"))


def way_words(language: str, way: Way) -> str:
    """What is to be done."""
    from wadah.planning.why.changes import Approve, BuyIn, Firm, MoreHours

    hours = []
    for change in way.changes:
        if isinstance(change, MoreHours):
            periods = spans(t for t, extra in enumerate(change.hours) if extra > 0)
            amount = number(sum(change.hours), language)
            hours.append(say(language, "hours at", workshop=change.workshop, hours=amount, periods=periods))
        elif isinstance(change, Approve):
            return say(language, "approve", workshop=change.row.workshop, part=change.row.part, like=change.like)
        elif isinstance(change, BuyIn):
            amount, price, worth = number(change.pieces, language), rupiah(change.unit_price), rupiah(way.worth or 0.0)
            return say(language, "buy", pieces=amount, part=change.part, price=price, worth=worth)
        elif isinstance(change, Firm) and way.kind in ("first", "later"):
            return say(language, way.kind, due=change.due)
    return say(language, "hours", hours=", ".join(hours))


# -- a workshop, a part -----------------------------------------------------------------------------------------------


def tell_member(language: str, found: Member) -> None:
    facts = {name: number(getattr(found, name), language, 1) for name in ("used", "have", "overtime")}
    print(say(language, "member", workshop=found.workshop, pay=rupiah(found.pay), **facts))
    if found.target > 0:
        print(say(language, "target", target=number(found.target, language, 1)))
    if found.code in ("no_skill", "no_hours", "full"):
        print(say(language, f"member {found.code}"))
    for offer in found.offers:
        tell_offer(language, offer)


def tell_offer(language: str, offer: Offer) -> None:
    an_hour = "" if offer.an_hour is None else say(language, "an hour", amount=rupiah(offer.an_hour))
    facts = {"part": offer.part, "pieces": number(offer.pieces, language), "hours": number(offer.hours, language, 1)}
    above = rupiah(offer.above or 0.0)
    print(say(language, f"offer {offer.code}", **facts, cost=rupiah(offer.cost), above=above, an_hour=an_hour))
    if offer.chosen:
        print(say(language, "chosen", makers=makers_words(language, offer.chosen)))
    if offer.worth is not None and offer.code in ("dearer", "even"):
        print(say(language, "worth", worth=rupiah(offer.worth)))


def makers_words(language: str, makers: Sequence[Chosen]) -> str:
    shown = sorted(makers, key=lambda row: (-row.pieces, row.workshop))[:MOST_LISTED]
    words = [
        say(language, "chosen one", workshop=row.workshop, pieces=number(row.pieces, language), cost=rupiah(row.cost))
        for row in shown
    ]
    return ", ".join(words) + (f", … +{len(makers) - len(shown)}" if len(makers) > len(shown) else "")


def tell_part(language: str, found: Scarcity) -> None:
    facts = {name: number(getattr(found, name), language) for name in ("asked", "stock", "made")}
    print(say(language, "part", part=found.part, **facts))
    if found.makers:
        print(say(language, "made by", makers=makers_words(language, found.makers)))
    if not found.hours:
        print(say(language, "nobody"))
    tell_hours(language, sorted(found.hours, key=lambda row: -row.used))
    if found.prices:
        period, price = max(found.prices, key=lambda row: row[1])
        print(say(language, "price", price=rupiah(price), period=period))
    if found.waiting:
        words = (say(language, "displaced order", order=o, pieces=number(x, language)) for o, x in found.waiting)
        print(say(language, "waiting", orders=", ".join(words)))
