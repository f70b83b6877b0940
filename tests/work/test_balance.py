"""W14: whatever happens to work, a plan made just then counts each piece once, and asks for what is missing alone."""

import os
import random
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import transaction
from laws import laws_broken, what_is_brought_is_no_longer_to_come, what_is_under_way_is_told

from account import differences, next_monday, reference
from cast_orders import DUE, ORDERED, bracket_order, may_make
from cast_work import WorkWorld, order_open, week
from standing import standing
from wadah.base.clock import now
from wadah.base.errors import Refused
from wadah.base.jobs import jobs_run_waiting
from wadah.catalogue.models import Rate
from wadah.catalogue.services import bom_set, part_put, stock_count
from wadah.demand.services import order_draft, order_line_add, order_move
from wadah.plans.keep import plan_kept, problem_kept
from wadah.plans.models import Commitment, UnderWay
from wadah.plans.services import plan_run_start
from wadah.plans.snapshot import problem_of
from wadah.work.models import Lot, MaterialIssue, WorkOrder
from wadah.work.services.handing_over import hand_over, hand_over_cancel
from wadah.work.services.material import Taking, material_issue, material_receive, material_return, material_scrap
from wadah.work.services.moves import lot_move
from wadah.work.services.orders import work_order_give_up
from wadah.work.services.rolling import promises_roll
from wadah.work.services.shipping import shipment_open, shipment_pick
from wadah.work.services.under_way import under_way_follow

pytestmark = pytest.mark.django_db

SEQUENCES = max(4, int(os.environ.get("WADAH_CONSERVATION", "40")) // 4)
STEPS = 24
MOVES = {
    "accept": ("waiting", "accepted"),
    "reject": ("waiting", "rejected"),
    "rework": ("rejected", "rework"),
    "rework_back": ("rework", "waiting"),
    "scrap": ("rejected", "scrapped"),
    "sort_accept": ("rejected", "accepted"),
    "ship": ("accepted", "shipped"),
}


@standing
def world(cast, bracket):
    return WorkWorld(cast, bracket)


@standing
def ordered(world):
    """500 brackets ordered."""
    order = bracket_order(world.cast, world.bracket)
    order_move(order=order, to="confirmed")
    return world


def later(monkeypatch, weeks=1):
    moment = now() + timedelta(weeks=weeks)
    monkeypatch.setattr("django.utils.timezone.now", lambda: moment)


def sheet(world, pieces=25, **more):
    told = {"supplier": "Toko Baja", **more}
    cooperative = world.cast.cooperative
    return material_receive(cooperative=cooperative, part=world.bracket.sheet, quantity=Decimal(pieces), **told)


def moved(lot, kind, pieces):
    source, target = MOVES[kind]
    lot_move(lot=lot, kind=kind, source=source, target=target, pieces=Decimal(pieces))


def issued(row, lot, pieces):
    return material_issue(work_order=row, takings=[Taking(lot, Decimal(str(pieces)))], reason="Contoh")[0]


# ---- whatever happens


class Midst:
    """Random work on the bracket and all that goes into it; each step through a service, or refused by it."""

    def __init__(self, world, monkeypatch, seed):
        self.world, self.monkeypatch, self.dice = world, monkeypatch, random.Random(seed)
        cast, parts = world.cast, world.bracket
        self.makers = {
            parts.bolt_headed: cast.sari,
            parts.bolt: cast.sari,
            parts.bush: cast.karim,
            parts.plate: cast.tini,
            parts.bracket: cast.tini,
        }
        for part, maker in self.makers.items():
            order_open(world, part, maker, 30)
        sheet(world)

    def step(self):
        names = "open open hand hand hand back move move move move move issue issue bring spoil give_up buy pass"
        name = self.dice.choice(names.split())
        try:
            with transaction.atomic():
                getattr(self, f"do_{name}")()
        except Refused:
            return f"{name}, refused"
        return name

    def few(self, most):
        return Decimal(self.dice.randint(1, most))

    def one(self, rows):
        rows = list(rows.order_by("pk"))
        if not rows:
            raise Refused("none")
        return self.dice.choice(rows)

    def do_open(self):
        part = self.dice.choice(list(self.makers))
        kind = "trial" if self.dice.random() < 0.1 else "pieces"
        ahead = week(self.dice.randint(0, 3))
        order_open(self.world, part, self.makers[part], int(self.few(30)), week_start=ahead, kind=kind)

    def do_hand(self):
        row = self.one(WorkOrder.objects.exclude(status="cancelled"))
        when = now() + timedelta(days=1) if self.dice.random() < 0.3 else None
        beyond = self.dice.random() < 0.1
        hand_over(work_order=row, pieces=self.few(20), bring_at=when, beyond=beyond, reason="Lebih")

    def do_back(self):
        hand_over_cancel(lot=self.one(Lot.objects.filter(waiting__gt=0)), pieces=self.few(9), reason="x", at_hub=True)

    def do_move(self):
        kind = self.dice.choice(list(MOVES))
        moved(self.one(Lot.objects.filter(**{f"{MOVES[kind][0]}__gt": 0})), kind, self.few(12))

    def do_issue(self):
        row = self.one(WorkOrder.objects.exclude(status__in=["done", "cancelled"]))
        issued(row, self.one(Lot.objects.filter(accepted__gt=0, part__used_in__parent=row.part)), self.few(20))

    def do_bring(self):
        material_return(issue=self.one(MaterialIssue.objects.all()), pieces=self.few(9))

    def do_spoil(self):
        material_scrap(issue=self.one(MaterialIssue.objects.all()), pieces=self.few(5), reason="Rusak")

    def do_give_up(self):
        row = self.one(WorkOrder.objects.exclude(status="cancelled"))
        work_order_give_up(work_order=row, pieces=self.few(9), reason="Sakit")

    def do_buy(self):
        sheet(self.world, int(self.few(20)), inspect=self.dice.random() < 0.3)

    def do_pass(self):
        later(self.monkeypatch)
        if self.dice.random() < 0.7:
            promises_roll()


def test_a_plan_counts_each_piece_once_whatever_happens(ordered, monkeypatch):
    Rate.objects.filter(part=ordered.bracket.bush).update(yield_rate=Decimal("0.9"))
    done = 0
    for seed in range(SEQUENCES):
        with transaction.atomic(), monkeypatch.context() as patch:
            midst, said = Midst(ordered, patch, seed), []
            for _ in range(STEPS):
                said.append(midst.step())
                done += "refused" not in said[-1]
                for start in (week(), next_monday()):
                    assert list(differences(ordered.cast.cooperative, start)) == [], (seed, said)
            assert [*what_is_brought_is_no_longer_to_come(), *what_is_under_way_is_told()] == [], (seed, said)
            transaction.set_rollback(True)
    assert done > SEQUENCES * STEPS / 2  # most steps do something


# ---- one after the other


@pytest.fixture
def plates(ordered):
    """100 plates in work at Bu Tini's this week, with the 18 kg of sheet that they take; 25 kg were bought."""
    row, lot = order_open(ordered, ordered.bracket.plate, ordered.cast.tini), sheet(ordered)
    issued(row, lot, 18)
    return row


def numbers(world, code, start=None):
    """Stock, and what is committed by period, of one part in a plan from the next Monday on."""
    problem = problem_of(world.cast.cooperative, start or week(1), 12).problem
    return problem.part[code].stock, {row.period: row.quantity for row in problem.committed if row.part == code}


def test_what_is_in_work_this_week_is_there_next_week_and_its_material_gone(ordered, plates):
    assert numbers(ordered, "PLATE") == (100, {})
    assert numbers(ordered, "PLATE", week()) == (0, {0: 100})
    assert (numbers(ordered, "SHEET")[0], numbers(ordered, "SHEET", week())[0]) == (7, 25)


def test_a_piece_is_counted_once_on_its_way_to_the_hub(ordered, plates):
    lot = hand_over(work_order=plates, pieces=Decimal(40))
    assert numbers(ordered, "PLATE", week()) == (40, {0: 60})
    moved(lot, "accept", 25)
    assert numbers(ordered, "PLATE", week()) == (40, {0: 60})
    moved(lot, "reject", 15)
    assert numbers(ordered, "PLATE", week()) == (25, {0: 60})
    moved(lot, "rework", 10)
    assert numbers(ordered, "PLATE", week()) == (35, {0: 60})
    moved(lot, "rework_back", 10)
    moved(lot, "scrap", 5)
    assert numbers(ordered, "PLATE", week()) == (35, {0: 60})
    work_order_give_up(work_order=plates, pieces=Decimal(20), reason="Sakit")
    assert numbers(ordered, "PLATE") == (75, {})


def test_an_announced_lot_is_counted_and_what_is_taken_back_is_to_come_again(ordered, plates):
    lot = hand_over(work_order=plates, pieces=Decimal(40), bring_at=now() + timedelta(days=1))
    assert numbers(ordered, "PLATE", week()) == (40, {0: 60})
    hand_over_cancel(lot=lot, pieces=Decimal(30), reason="Salah hitung")
    assert numbers(ordered, "PLATE", week()) == (10, {0: 90})


def test_material_is_counted_as_long_as_it_is_still_to_be_used(ordered, plates):
    assert numbers(ordered, "SHEET", week())[0] == 25
    issue = MaterialIssue.objects.get()
    material_return(issue=issue, pieces=Decimal(8))
    assert numbers(ordered, "SHEET", week())[0] == 25
    material_scrap(issue=issue, pieces=Decimal(4), reason="Sobek")
    assert numbers(ordered, "SHEET", week())[0] == 21
    hand_over(work_order=plates, pieces=Decimal(50))  # of 9 kg, and 6 kg were kept: all of it is used
    assert numbers(ordered, "SHEET", week())[0] == 15


def test_more_material_than_is_needed_counts_once_it_is_brought_back(ordered, plates):
    issue = issued(plates, sheet(ordered, 10), 10)
    assert numbers(ordered, "SHEET", week())[0] == 25
    material_return(issue=issue, pieces=Decimal(10))
    assert numbers(ordered, "SHEET", week())[0] == 35


def test_no_crumb_of_handed_out_material_is_asked_for_again(ordered):
    bom_set(part=ordered.bracket.plate, components=[(ordered.bracket.sheet, Decimal("0.123457"))])
    row, lot = order_open(ordered, ordered.bracket.plate, ordered.cast.tini, 7), sheet(ordered, 1)
    issued(row, lot, "0.865")
    material_send_all(lot)
    hand_over(work_order=row, pieces=Decimal(3))
    stock, committed = numbers(ordered, "SHEET", week())[0], numbers(ordered, "PLATE", week())[1]
    assert committed == {0: 4}
    assert 4 * 0.123457 <= stock <= 4 * 0.123457 + 0.002


def material_send_all(lot):
    """Nothing but what is handed out is left of a lot."""
    lot.refresh_from_db()
    lot_move(lot=lot, kind="scrap", source="accepted", target="scrapped", pieces=lot.accepted)


def test_what_is_brought_early_is_no_longer_to_come_in_its_week(ordered):
    row = order_open(ordered, ordered.bracket.bush, ordered.cast.karim, 50, week_start=week(3))
    assert numbers(ordered, "BUSH") == (0, {2: 50})
    lot = hand_over(work_order=row, pieces=Decimal(20))
    assert numbers(ordered, "BUSH") == (20, {2: 30})
    hand_over_cancel(lot=lot, pieces=Decimal(5), reason="Kurang", at_hub=True)
    assert numbers(ordered, "BUSH") == (15, {2: 35})


@pytest.mark.parametrize("rolled", [True, False])
def test_what_is_late_is_still_to_come_moved_on_or_not(ordered, rolled, monkeypatch):
    row = order_open(ordered, ordered.bracket.bush, ordered.cast.karim, 50)
    hand_over(work_order=row, pieces=Decimal(10))
    later(monkeypatch, 2)
    if rolled:
        assert promises_roll() == 1
    assert numbers(ordered, "BUSH") == (50, {})
    assert numbers(ordered, "BUSH", week()) == (10, {0: 40})
    row.refresh_from_db()
    hand_over(work_order=row, pieces=Decimal(15))
    assert numbers(ordered, "BUSH", week()) == (25, {0: 25})
    assert Commitment.objects.get(week_start=week()).handed_over == 15
    assert laws_broken() == []


def test_what_was_taken_back_after_others_went_beyond_is_to_come_again(ordered, monkeypatch):
    row = order_open(ordered, ordered.bracket.bush, ordered.cast.karim, 10)
    first = hand_over(work_order=row, pieces=Decimal(6))
    later(monkeypatch)
    promises_roll()
    row.refresh_from_db()
    second = hand_over(work_order=row, pieces=Decimal(8), beyond=True, reason="Lebih")
    hand_over_cancel(lot=first, reason="Salah", at_hub=True)
    assert laws_broken() == []
    hand_over_cancel(lot=second, reason="Salah", at_hub=True)
    assert numbers(ordered, "BUSH", week()) == (0, {0: 10})
    assert laws_broken() == []


def test_what_lacks_its_material_is_made_in_the_first_week(ordered):
    """30 brackets in work this week, and plates for 20 of them, bolts and bushes for all."""
    order_open(ordered, ordered.bracket.bracket, ordered.cast.tini, 30)
    cooperative = ordered.cast.cooperative
    for part, pieces in ((ordered.bracket.plate, 20), (ordered.bracket.bolt, 70), (ordered.bracket.bush, 60)):
        stock_count(cooperative=cooperative, part=part, as_of=week(), quantity=Decimal(pieces))
    assert numbers(ordered, "BRACKET") == (20, {0: 10})
    assert [numbers(ordered, code)[0] for code in ("PLATE", "BOLT-M8", "BUSH")] == [0, 30, 20]


def test_hours_of_what_was_brought_this_week_are_used_up(ordered):
    row = order_open(ordered, ordered.bracket.bush, ordered.cast.karim, 120)
    before = problem_of(ordered.cast.cooperative, week(), 4).problem.workshop["W-002"].hours
    hand_over(work_order=row, pieces=Decimal(60))
    after = problem_of(ordered.cast.cooperative, week(), 4).problem.workshop["W-002"].hours
    assert [one - two for one, two in zip(before, after, strict=True)] == pytest.approx([0.5, 0, 0, 0])


def test_a_trial_lot_counts_once_it_is_accepted(ordered):
    row = order_open(ordered, ordered.bracket.plate, ordered.cast.tini, 10, kind="trial")
    issued(row, sheet(ordered), 5)
    assert numbers(ordered, "SHEET", week())[0] == 20
    lot = hand_over(work_order=row, pieces=Decimal(10))
    assert numbers(ordered, "PLATE", week()) == (0, {})
    moved(lot, "accept", 8)
    assert numbers(ordered, "PLATE", week()) == (8, {})


def test_a_parts_list_that_changes_is_followed(ordered, plates):
    assert UnderWay.objects.get(source=plates.number).pieces == 18
    assert under_way_follow() == 0
    bom_set(part=ordered.bracket.plate, components=[(ordered.bracket.sheet, Decimal("0.1"))])
    assert under_way_follow() == 1
    assert UnderWay.objects.get(source=plates.number).pieces == 10
    assert under_way_follow() == 0
    assert laws_broken() == []


def test_rows_that_nobody_wrote_are_put_right(ordered, plates):
    lot = hand_over(work_order=plates, pieces=Decimal(10))
    UnderWay.objects.filter(source=lot.number).delete()
    UnderWay.objects.create(
        cooperative=ordered.cast.cooperative, part=ordered.bracket.bush, source=plates.number, pieces=3
    )
    assert under_way_follow() == 2
    assert laws_broken() == []


# ---- a whole plan in the midst of it


def midst(world, monkeypatch):
    """Plates, bolts, bushes and brackets: some accepted, waiting, rejected, being mended, late, early, handed out."""
    cast, parts = world.cast, world.bracket
    stock_count(cooperative=cast.cooperative, part=parts.bolt_headed, as_of=week(), quantity=Decimal(260))
    steel = sheet(world, 200)
    late = order_open(world, parts.bush, cast.karim, 150)
    moved(hand_over(work_order=late, pieces=Decimal(100)), "accept", 100)
    later(monkeypatch)
    promises_roll()
    plates = order_open(world, parts.plate, cast.tini, 200)
    issued(plates, steel, 36)
    for kind, pieces in (("accept", 60), ("reject", 20)):
        moved(hand_over(work_order=plates, pieces=Decimal(pieces + 20)), kind, pieces)
    moved(Lot.objects.filter(part=parts.plate, rejected=20).get(), "rework", 10)
    bolts = order_open(world, parts.bolt, cast.sari, 300, week_start=week(2))
    moved(hand_over(work_order=bolts, pieces=Decimal(120)), "accept", 100)
    brackets = order_open(world, parts.bracket, cast.tini, 40)
    for part, each in ((parts.bolt, 2), (parts.bush, 2), (parts.plate, 1)):
        issued(brackets, Lot.objects.filter(part=part, accepted__gte=40 * each).get(), 40 * each)
    hand_over(work_order=brackets, pieces=Decimal(15))
    assert laws_broken() == []


def missing(world):
    """What is still to be made of each part for 500 brackets, by hand: from the top down, less what there is."""
    there, wanted, found = reference(world.cast.cooperative), {"BRACKET": 500}, {}
    bom = {"BRACKET": {"BOLT-M8": 2, "BUSH": 2, "PLATE": 1}, "BOLT-M8": {"BOLT-M8/headed": 1}}
    for code in ("BRACKET", "BOLT-M8", "BOLT-M8/headed", "BUSH", "PLATE"):
        found[code] = max(0, wanted.get(code, 0) - float(there[code]))
        for child, each in bom.get(code, {}).items():
            wanted[child] = wanted.get(child, 0) + each * found[code]
    return found


@pytest.mark.parametrize("ahead", [0, 1])
def test_a_whole_plan_in_the_midst_of_work_asks_for_what_is_missing_alone(ordered, monkeypatch, ahead):
    midst(ordered, monkeypatch)
    run = plan_run_start(cooperative=ordered.cast.cooperative, start_on=week(ahead), weeks=9, time_limit_seconds=10)
    jobs_run_waiting()
    run.refresh_from_db()
    line = run.lines.get()
    assert (run.status, line.on_time, line.late, line.short) == ("draft", 500, 0, 0)
    asked = dict.fromkeys(missing(ordered), 0.0)
    for part, _workshop, _t, pieces in plan_kept(run).make:
        asked[part] += pieces
    for row in problem_kept(run).committed:
        asked[row.part] -= row.quantity
    assert asked == pytest.approx(missing(ordered))
    assert asked["BRACKET"] == 460  # 500, less 15 that wait and 25 in work


def test_pieces_of_one_source_that_are_ready_go_to_their_order(world, cast):
    """100 of one workshop: 20 at the hub, 5 waiting, 10 in work; 10 are with the buyer already."""
    cloth = part_put(code="KAIN", name="Kain batik", subsector=cast.subsector)
    may_make(cloth, cast.sari)
    order = order_draft(buyer=world.bracket.buyer, cooperative=cast.cooperative, ordered_on=ORDERED, simulated=True)
    line = order_line_add(
        order=order, part=cloth, quantity=100, due_on=DUE, short_cost_rupiah_piece=9_000, single_source=True
    )
    order_move(order=order, to="confirmed")
    row = order_open(world, cloth, cast.sari, 45)
    lot = hand_over(work_order=row, pieces=Decimal(35))
    moved(lot, "accept", 30)
    shipment = shipment_open(order=order)
    shipment_pick(shipment=shipment, line=line, lot=lot, pieces=Decimal(10))
    snapshot = problem_of(cast.cooperative, week(), 12)
    assert (snapshot.problem.orders[0].quantity, snapshot.problem.part["KAIN"].stock) == (65, 0)
    assert snapshot.from_stock == {f"{order.number}/1": 25}
    run = plan_run_start(cooperative=cast.cooperative, start_on=week(1), weeks=9, time_limit_seconds=5)
    jobs_run_waiting()
    run.refresh_from_db()
    told = run.lines.get()
    assert (told.on_time, told.late, told.short, told.from_stock) == (90, 0, 0, 35)
    assert sum(pieces for _t, pieces in told.deliveries) == 90
    assert sum(lot.quantity for lot in run.lots.all()) == 55
    assert laws_broken() == []
