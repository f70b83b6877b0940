"""Every figure of the observatory against the same worked out from rows in plain Python (docs/city.md O4 … O10, D1)."""

from collections import Counter, defaultdict
from datetime import date, timedelta
from fractions import Fraction

import plain
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from wadah.base.clock import now
from wadah.catalogue.models import Rate
from wadah.observatory.rules.spans import Span
from wadah.observatory.selectors.firms import codes_of, firms_counted, firms_on, firms_sized
from wadah.observatory.selectors.gaps import GAPS, firms_checked, firms_lacking, freshness, gaps_by_area
from wadah.observatory.selectors.labour import labour_of, labour_trend, pace_of, spans_worked, work_done
from wadah.observatory.selectors.orders import demand_met, order_book, sources
from wadah.observatory.selectors.output import delivered, material_used, moves_unbooked, pay_earned
from wadah.observatory.selectors.scope import EVERYWHERE, Scope
from wadah.observatory.selectors.welfare import floor_of, income_of, members_on, surplus_shared
from wadah.register.models import Ikm, Membership, Workshop
from wadah.register.services import ikm_correct, ikm_register
from wadah.work.models import LotMove, WorkOrder

SPANS = {"2026-1": Span(2026, 1), "2026-2": Span(2026, 2)}
END = date(2026, 12, 31)


def near(found, wanted):
    return found == pytest.approx(float(wanted), rel=1e-9, abs=1e-6)


def at_share(ordered, share):
    """The value so far up in the order; between two, in a straight line."""
    low, rest = divmod(share * (len(ordered) - 1), 1)
    return ordered[low] + rest * (ordered[min(low + 1, len(ordered) - 1)] - ordered[low])


@pytest.fixture(params=sorted(SPANS))
def half(request):
    return request.param


def test_hours_of_accepted_work_by_kelurahan_trade_firm_and_workshop(city, half):
    done = {(row.area, row.subsector, row.ikm, row.workshop): row for row in work_done(SPANS[half], EVERYWHERE)}
    wanted = plain.work(half)
    assert {key for key, hours in wanted.items() if hours} <= done.keys()
    assert all(near(row.hours, wanted[key]) for key, row in done.items())
    total = labour_of(done.values(), weeks=10)
    assert near(total.hours, sum(wanted.values()))
    assert near(total.places, sum(wanted.values()) / 400)
    assert near(total.hours_most, sum(hours * plain.hands(key[2]) for key, hours in wanted.items()))
    assert total.firms == len({key[2] for key, hours in wanted.items() if hours > 0}) >= 5
    unknown = [hours for key, hours in wanted.items() if Ikm.objects.get(pk=key[2]).workers is None]
    assert near(total.hours_unknown, sum(unknown)) and unknown
    assert near(total.hours_failed, plain.failed_hours(half))


def test_the_trend_is_each_half_year_by_itself(city):
    assert spans_worked(date(2026, 11, 30), 8) == list(SPANS.values())
    for stage, half in zip(labour_trend(list(SPANS.values()), EVERYWHERE), SPANS, strict=True):
        wanted = plain.work(half)
        assert near(stage.hours, sum(wanted.values()))
        assert stage.firms == len({key[2] for key, hours in wanted.items() if hours > 0})


def test_an_officer_of_one_kelurahan_gets_its_work_alone(city, half):
    area = city.areas[1].pk
    done = work_done(SPANS[half], Scope(frozenset({area})))
    wanted = {key: hours for key, hours in plain.work(half).items() if key[0] == area}
    assert near(sum(row.hours for row in done), sum(wanted.values())) and wanted
    everywhere = work_done(SPANS[half], Scope(frozenset({city.cast.kecamatan.pk})))
    assert near(sum(row.hours for row in everywhere), sum(plain.work(half).values()))


def test_the_error_is_how_far_paces_for_the_same_part_lie_apart(city, half):
    first, last = plain.HALVES[half]
    paces, makers = defaultdict(list), defaultdict(set)
    for rate in Rate.objects.all():
        if rate.valid_from <= last and (rate.valid_until is None or rate.valid_until >= first):
            paces[rate.part_id].append(rate.minutes_per_piece)
            makers[rate.part_id].add(rate.workshop_id)
    pieces, minutes = Counter(), Counter()
    for move in plain.made_moves():
        if first <= plain.day_of(move.at) <= last:
            many = plain.counts(move) * move.pieces
            pieces[move.lot.part_id] += many
            minutes[move.lot.part_id] += many * move.lot.work_order.minutes_per_piece
    known = [part for part in pieces if len(makers[part]) > 1 and pieces[part]]
    pace = pace_of(SPANS[half], EVERYWHERE)
    assert near(pace.low, sum(pieces[part] * min(paces[part]) for part in known) / 60)
    assert near(pace.high, sum(pieces[part] * max(paces[part]) for part in known) / 60)
    assert near(pace.compared, sum(minutes[part] for part in known) / 60) and known
    assert pace.low <= pace.compared <= pace.high
    assert near(pace.alone, sum(minutes[part] for part in pieces if part not in known) / 60)


def test_firms_people_and_money_by_trade_and_kelurahan(city):
    firms = firms_on(END, EVERYWHERE)
    rows = list(Ikm.objects.prefetch_related("subsectors"))
    assert {firm.ikm for firm in firms} == {row.pk for row in rows}
    cells = firms_counted(firms, lambda firm: [(firm.area, trade) for trade in firm.subsectors])
    for (area, trade), count in cells.items():
        inside = [row for row in rows if row.area_id == area and row.subsectors.filter(pk=trade).exists()]
        assert count.firms == len(inside)
        assert count.workers.total == sum(row.workers or 0 for row in inside)
        assert count.workers.unknown == len([row for row in inside if row.workers is None])
        assert count.investment.total == sum(row.investment_rupiah or 0 for row in inside)
        assert count.investment.unknown == len([row for row in inside if row.investment_rupiah is None])
        assert count.sales.total == sum(row.annual_sales_rupiah or 0 for row in inside)
        assert count.people == sum(max(1, row.workers or 1) for row in inside)
    assert sum(count.firms for count in cells.values()) == sum(row.subsectors.count() for row in rows)
    assert codes_of(END)[city.trades[1].pk] == [("KBLI 2020 32402", "Mainan anak")]


def test_sizes_by_three_schemes(city):
    sized = firms_sized(firms_on(END, EVERYWHERE), END)
    rows = list(Ikm.objects.all())

    def office(row):
        if row.workers is None:
            return ""
        return "micro" if row.workers <= 4 else "small" if row.workers <= 19 else "medium"

    def ministry(row):
        workers, rupiah = row.workers, row.investment_rupiah
        if workers is None or rupiah is None:
            return ""
        return "small" if workers <= 19 and rupiah < 10**9 else "medium"

    def sales(row):
        rupiah = row.annual_sales_rupiah
        return (
            "" if rupiah is None else "micro" if rupiah <= 2 * 10**9 else "small" if rupiah <= 15 * 10**9 else "medium"
        )

    assert sized["BPS", "workers"] == Counter(map(office, rows))
    assert sized["Permenperin 64/2016", "investment_rupiah"] == Counter(map(ministry, rows))
    assert sized["PP 7/2021", "annual_sales_rupiah"] == Counter(map(sales, rows))


def test_an_earlier_day_is_told_as_it_was_then(city):
    firm = city.makers[0].ikm
    known = Ikm.objects.get(pk=firm.pk).workers
    yesterday = plain.day_of(now()) - timedelta(days=1)
    ikm_correct(ikm=Ikm.objects.get(pk=firm.pk), workers=77, by=city.cast.manager)
    ikm_register(name="Baru", owner_name="Baru", by=city.cast.manager)
    then = {row.ikm: row for row in firms_on(yesterday, EVERYWHERE)}
    today = {row.ikm: row for row in firms_on(END, EVERYWHERE)}
    assert (then[firm.pk].workers, today[firm.pk].workers) == (known, 77)
    assert len(today) == len(then) + 1


def test_pay_material_and_deliveries(city, half):
    span = SPANS[half]
    wanted = plain.pay(half)
    assert {(row.ikm, row.area, row.subsector): row.rupiah for row in pay_earned(span, EVERYWHERE)} == wanted
    assert moves_unbooked(span, EVERYWHERE) == 0
    used, unpriced = plain.material(half)
    found = {(row.area, row.subsector): row.rupiah for row in material_used(span, EVERYWHERE)}
    assert {key: rupiah for key, rupiah in found.items() if rupiah} == {
        key: round(rupiah) for key, rupiah in used.items() if rupiah
    }
    assert sum(row.unpriced for row in material_used(span, EVERYWHERE)) == unpriced
    assert sum(row.rupiah for row in delivered(span)) == plain.received(half)


def test_work_that_the_books_lack_is_counted(city):
    order = WorkOrder.objects.first()
    city.making.moved(city.making.lot(order, 5), "accept", 5)
    assert moves_unbooked(Span(2026, 2), EVERYWHERE) == 1


def test_demand_met_buyers_and_single_sources(city, half):
    lines = plain.lines_due(half)
    met = demand_met(SPANS[half])
    assert near(sum(row.asked for row in met), sum(row.quantity for row in lines))
    assert near(sum(row.received for row in met), sum(row.handed_over for row in lines))
    book, wanted = order_book(END), plain.ordered_by_buyer(END)
    assert {row.name: row.rupiah for row in book.buyers} == wanted
    total = sum(wanted.values())
    assert near(book.spread.hhi, sum((value / total) ** 2 for value in wanted.values()))
    assert near(book.spread.largest, max(wanted.values()) / total)
    assert {row.part.pk: row.makers for row in sources(END)} == {
        part: plain.makers_of(part, END) for part in plain.parts_worked_on(END)
    }


def test_income_its_spread_and_the_surplus(city, half):
    span = SPANS[half]
    by_firm = Counter()
    for (firm, _area, _trade), rupiah in plain.pay(half).items():
        by_firm[firm] += rupiah
    earned = sorted(rupiah for rupiah in by_firm.values() if rupiah > 0)
    members = {row.ikm_id for row in Membership.objects.filter(role="member", left_on__isnull=True)}
    income = income_of(pay_earned(span, EVERYWHERE), members_on(span.last, EVERYWHERE))
    assert (income.rupiah, income.earning, income.members) == (sum(by_firm.values()), len(earned), len(members))
    assert income.without == len([firm for firm in members if by_firm[firm] <= 0])
    assert near(income.gini, plain.gini_by_pairs(earned))
    assert near(income.largest, earned[-1] / sum(earned))
    assert near(income.ratio, at_share(earned, Fraction(9, 10)) / at_share(earned, Fraction(1, 10)))
    assert income.median == round(at_share(earned, Fraction(1, 2)))
    shares = plain.surplus(half)
    found = surplus_shared(span, EVERYWHERE)
    assert (found.rupiah, found.firms) == (sum(row.rupiah for row in shares), len(shares))


def test_work_per_floor(city, half):
    wanted = plain.work(half)
    by_shop = Counter()
    for key, hours in wanted.items():
        by_shop[key[3]] += hours if hours > 0 else 0
    floors = {key: Workshop.objects.get(pk=key).floor_m2 for key, hours in by_shop.items() if hours}
    floor = floor_of(work_done(SPANS[half], EVERYWHERE))
    assert floor.m2 == sum(m2 or 0 for m2 in floors.values())
    assert near(floor.hours, sum(by_shop[key] for key, m2 in floors.items() if m2))
    assert near(floor.hours_unknown, sum(by_shop[key] for key, m2 in floors.items() if not m2))
    assert floor.workshops_unknown == len([m2 for m2 in floors.values() if not m2])


def test_what_the_register_lacks(city):
    rows = list(Ikm.objects.all())
    wanted = {row.pk: plain.lacks(row) for row in rows}
    for gap in GAPS:
        found = set(firms_lacking(firms_checked(Ikm.objects.all()), gap).values_list("pk", flat=True))
        assert found == {key for key, lacking in wanted.items() if gap in lacking}, gap
    for missing in gaps_by_area(EVERYWHERE):
        inside = [row for row in rows if row.area_id == missing.area]
        assert missing.firms == len(inside)
        assert missing.gaps == {gap: len([row for row in inside if gap in wanted[row.pk]]) for gap in GAPS}
        assert missing.lacking == len([row for row in inside if wanted[row.pk]])
    fresh = freshness(EVERYWHERE)
    ages = [shop.confirmed_at and (now() - shop.confirmed_at).days for shop in Workshop.objects.all()]
    assert (fresh.never, fresh.old, fresh.fresh) == (
        len([age for age in ages if age is None]),
        len([age for age in ages if age is not None and age >= 90]),
        len([age for age in ages if age is not None and age < 90]),
    )


SELECTORS = {
    "work_done": lambda: work_done(Span(2026, 2), EVERYWHERE),
    "pace_of": lambda: pace_of(Span(2026, 2), EVERYWHERE),
    "labour_trend": lambda: labour_trend(list(SPANS.values()), EVERYWHERE),
    "firms_on": lambda: firms_on(END, EVERYWHERE),
    "pay_earned": lambda: pay_earned(Span(2026, 2), EVERYWHERE),
    "material_used": lambda: material_used(Span(2026, 2), EVERYWHERE),
    "sources": lambda: sources(END),
    "order_book": lambda: order_book(END),
    "gaps_by_area": lambda: gaps_by_area(EVERYWHERE),
}


@pytest.mark.parametrize("name", SELECTORS)
def test_a_larger_city_takes_no_more_queries(city, name):
    with CaptureQueriesContext(
        connection,
    ) as small:
        SELECTORS[name]()
    for number in range(12):
        firm = ikm_register(name=f"Lain {number}", owner_name="Lain", area=city.areas[number % 4], workers=number)
        order = WorkOrder.objects.order_by("pk")[number]
        order.pk, order.number, order.part = None, f"SPK-2026-8{number:03d}", city.parts[number % 4]
        order.workshop = Workshop.objects.create(ikm=firm, code=f"L-{number}", name="L", area=firm.area)
        order.save(force_insert=True)
        city.making.moved(city.making.lot(order, 5), "accept", 5)
    with CaptureQueriesContext(connection) as large:
        SELECTORS[name]()
    assert len(large) == len(small) <= 5
    assert LotMove.objects.count() > 12
