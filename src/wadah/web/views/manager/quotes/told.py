"""An answer in words and tables: the verdict, each way with its price, what stops us and what would mend it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wadah.plans.offers.quoting import cost_rows, label, moving_rupiah, price_of
from wadah.units import date_text, decimal_text, rupiah_of, rupiah_text
from wadah.web.tables import Column, Table
from wadah.web.views.manager.quotes.words import KINDS, STOPS, SURE
from wadah.web.words import language, part_name, quantity_text, way_text

if TYPE_CHECKING:
    from wadah.catalogue.rules.prices import Terms
    from wadah.plans.offers.asking import Answer, Hours, LineAnswer, Stop, WayAnswer

HOURS_NAMED = 4
MAKERS_NAMED = 5


@dataclass(frozen=True)
class WayTold:
    """name: what it is; total: rupiah at the price with the margin of the terms; cost: in all; table: its lines.

    badge: "late" where all of it comes, later than wanted; "short" where pieces are missing.
    """

    name: str
    total: int
    cost: int
    moving: int
    table: Table
    costs: Table
    sure: str
    badge: str


def verdict(found: Answer) -> str:
    """The answer in one sentence."""
    if not found.ways and any(stop is not None and stop.proof == "none" for stop in found.stops):
        return _("Not settled: in the time given no way was found, and none was ruled out. Ask again, or for less.")
    if not found.ways:
        return _("No: nothing of it can be made within the weeks that are planned.")
    by_date = found.way("date")
    if by_date is not None and by_date.in_time:
        return _("Yes: all of it by the day wanted.")
    whole = found.way("whole")
    if whole is not None:
        last = max(line.promised_on for line in whole.lines if line.promised_on)
        return _("Not by the day wanted, but all of it by %(day)s.") % {"day": date_text(last, language())}
    return _("Only a part of it can be made within the weeks that are planned.")


def way(row: WayAnswer, found: Answer, terms: Terms) -> WayTold:
    columns = [Column(_("Part")), Column(_("Pieces"), numeric=True), Column(_("Ready by"))]
    columns += [Column(_("Cost a piece"), numeric=True), Column(_("Price a piece"), numeric=True)]
    table, total = Table(_("Parts and prices"), columns), 0
    for line in row.lines:
        if line.quantity <= 0 or line.promised_on is None:
            table.add(part_name(line.asked.part), "0", _("not"), "–", "–")
            continue
        price = price_of(cost_rows(line), line.quantity, terms.margin_percent)
        total += rupiah_of(price * line.quantity)
        table.add(
            part_name(line.asked.part),
            pieces_of(line),
            date_text(line.promised_on, language()),
            rupiah_text(lowest(line)),
            rupiah_text(price),
        )
    sure = "proven" if all(line.sure == "proven" for line in row.lines) else "found"
    moving = sum(moving_rupiah(line) for line in row.lines)
    badge = "" if row.in_time else "late" if row.whole else "short"
    return WayTold(way_text(label(row)), total, row.cost, moving, table, costs(row), str(SURE[sure]), badge)


def pieces_of(line: LineAnswer) -> str:
    """The pieces, and of how many where they aren't all."""
    got = quantity_text(float(line.quantity))
    if line.whole:
        return got
    return _("%(got)s of %(asked)s") % {"got": got, "asked": quantity_text(float(line.asked.quantity))}


def lowest(line: LineAnswer) -> int:
    """The lowest whole price a piece that covers the line's cost, moving others' work included."""
    exact = Decimal(line.cost.total + moving_rupiah(line)) / line.quantity
    return int(exact.to_integral_value(ROUND_CEILING))


def costs(row: WayAnswer) -> Table:
    """What the way costs, by component, added up over its lines."""
    table = Table(_("What it costs"), [Column(_("For")), Column(_("Rupiah"), numeric=True)])
    sums: dict[str, int] = {}
    for line in row.lines:
        for cost in cost_rows(line):
            sums[cost["kind"]] = sums.get(cost["kind"], 0) + cost["rupiah"]
    for kind, words in KINDS.items():
        if sums.get(kind):
            table.add(str(words), rupiah_text(sums[kind]))
    table.add(_("In all"), rupiah_text(sum(sums.values())))
    return table


@dataclass(frozen=True)
class StopTold:
    """part: the line's; page: about the part that stops it; sentence: what stops it; hours: which hours are full; mend:
    what would give more."""

    part: str
    page: str
    sentence: str
    hours: tuple[str, ...]
    mend: tuple[str, ...]


def stops(found: Answer, names: dict[str, str]) -> list[StopTold]:
    lines = (found.ways[0].lines if found.ways else ()) or ()
    parts = [line.asked.part for line in lines] or []
    told = []
    for index, stop in enumerate(found.stops):
        if stop is not None:
            part = part_name(parts[index]) if index < len(parts) else names.get(stop.part, stop.part)
            told.append(stop_told(part, stop, found, names))
    return told


def stop_told(part: str, stop: Stop, found: Answer, names: dict[str, str]) -> StopTold:
    sentence = str(STOPS[stop.code]) % {"part": names.get(stop.part, stop.part)}
    hours = tuple(hours_of(row, found) for row in stop.hours[:HOURS_NAMED])
    return StopTold(part, part_page(stop.part, found), sentence, hours, tuple(mends(stop, found)))


def part_page(code: str, found: Answer) -> str:
    """Where a part's makers are seen and approved; "" where it isn't in the plan."""
    row = found.opened.snapshot.parts.get(code)
    return "" if row is None else reverse("part", args=[row.pk])


def hours_of(row: Hours, found: Answer) -> str:
    words = {
        "workshop": workshop_name(row.workshop, found),
        "day": date_text(found.opened.horizon.monday(row.period), language()),
        "left": decimal_text(row.left, 1, language()),
        "more": decimal_text(row.price, 1, language()),
    }
    return _("%(workshop)s, week of %(day)s: %(left)s hours, all needed; one hour more gives %(more)s pieces.") % words


def mends(stop: Stop, found: Answer) -> list[str]:
    """What would give more, dearest hours first."""
    if stop.code == "no_maker":
        return [_("Approve a member for it, with a rate, and ask again.")]
    if stop.code == "too_early":
        return [_("Agree on a later day.")]
    told = []
    if stop.hours:
        best = stop.hours[0]
        words = {
            "workshop": workshop_name(best.workshop, found),
            "day": date_text(found.opened.horizon.monday(best.period), language()),
        }
        told.append(_("More hours at %(workshop)s in the week of %(day)s, overtime for example.") % words)
    if len(stop.makers) < MAKERS_NAMED:
        told.append(
            ngettext(
                "Only %(count)s workshop may make it: approve another.",
                "Only %(count)s workshops may make it: approve another.",
                len(stop.makers),
            )
            % {"count": len(stop.makers)}
        )
    told.append(_("A later day, or fewer pieces: see the ways above."))
    return told


def workshop_name(code: str, found: Answer) -> str:
    row = found.opened.snapshot.workshops.get(code)
    return code if row is None else row.name


def displaced(found: Answer) -> Table | None:
    """Orders that give way where work is moved."""
    row = found.way("moved")
    if row is None:
        return None
    columns = [Column(_("Order")), Column(_("Fewer pieces"), numeric=True)]
    columns += [Column(_("Pieces × weeks later"), numeric=True), Column(_("Costs them"), numeric=True)]
    table = Table(_("What would give way"), columns)
    for line in row.lines:
        for gone in line.displaced:
            figures = (quantity_text(gone.short), quantity_text(gone.late), rupiah_text(rupiah_of(gone.cost)))
            table.add(gone.order, *figures)
    return table


def notes(found: Answer) -> list[str]:
    """What the reader should know of the plan that was asked."""
    told = []
    if found.run is None:
        told.append(_("No plan is in force yet. The first promise makes the first plan."))
    if found.opened.entered:
        words = {"lines": ", ".join(found.opened.entered)}
        told.append(_("Counted first, since they were confirmed after the plan in force was made: %(lines)s.") % words)
    if found.opened.strained:
        names = ", ".join(workshop_name(code, found) for code in found.opened.strained)
        told.append(
            _("The plan in force counts on hours that are gone at %(names)s. Make a new plan soon.") % {"names": names}
        )
    return told


def unpriced(found: Answer) -> list[tuple[str, str]]:
    """Bought parts without a price: name, and where one is entered."""
    codes = sorted({code for row in found.ways for line in row.lines for code in line.cost.unpriced})
    rows = [found.opened.snapshot.parts[code] for code in codes]
    return [(part_name(row), f"{reverse('material_price_add')}?barang={row.pk}") for row in rows]
