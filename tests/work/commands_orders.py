"""Work orders, hand-overs, material, lots and milestones, for tests/crashing.py."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from commands import command

from cast_orders import bracket_order
from cast_work import order_open, week
from wadah.base.clock import now, today
from wadah.catalogue.services import approval_record, part_put, rate_set, stock_count
from wadah.work.services.handing_over import hand_over, hand_over_cancel, hand_over_receive
from wadah.work.services.lots import lot_relabel, lot_split, lots_merge
from wadah.work.services.material import (
    Taking,
    material_counted,
    material_issue,
    material_receive,
    material_return,
    material_scrap,
    material_scrap_at_hub,
    material_send_back,
)
from wadah.work.services.milestones import (
    Step,
    milestone_accept,
    milestone_cancel,
    milestone_hand_in,
    milestone_send_back,
    milestones_lay_out,
)
from wadah.work.services.moves import lot_move
from wadah.work.services.orders import work_order_allow_over, work_order_give_up
from wadah.work.services.progress import progress_report, work_order_start

NEXT_WEEK = 1


def nothing(_world):
    return None


def bolts(world):
    """100 bolts of Bu Sari's, for next week: what she brings today comes before its week."""
    return order_open(world, world.bracket.bolt, world.cast.sari, week_start=week(NEXT_WEEK))


def bolts_done(world):
    row = bolts(world)
    progress_report(work_order=row, pieces=Decimal(60))
    return row


def lot_announced(world):
    return hand_over(work_order=bolts_done(world), pieces=Decimal(50), bring_at=now() + timedelta(days=1))


def lots_waiting(world):
    row = bolts_done(world)
    return [hand_over(work_order=row, pieces=Decimal(30)) for _ in range(2)]


def sheet(world, **more):
    told = {"supplier": "Toko Baja", "batch": "B-1", **more}
    return material_receive(
        cooperative=world.cast.cooperative,
        part=world.bracket.sheet,
        quantity=Decimal(25),
        by=world.cast.manager,
        **told,
    )


def sheet_counted_by_hand(world):
    part = world.bracket.sheet
    stock_count(cooperative=world.cast.cooperative, part=part, as_of=today(), quantity=Decimal(40))
    return part


def plates_and_sheet(world):
    return order_open(world, world.bracket.plate, world.cast.tini), sheet(world), sheet(world)


def sheet_issued(world):
    row, lot, _other = plates_and_sheet(world)
    return material_issue(work_order=row, takings=[Taking(lot, Decimal(10))], by=world.cast.manager)[0]


def film(world):
    part = part_put(
        code="ANIMASI",
        name="Animasi",
        subsector=world.cast.subsector,
        skill=world.cast.skills["turning"],
        unit="hour",
        integer=False,
        service=True,
    )
    start = today() - timedelta(days=30)
    workshop = world.cast.sari.workshop
    approval_record(part=part, workshop=workshop, status="approved", valid_from=start)
    rate_set(part=part, workshop=workshop, valid_from=start, minutes_per_piece=Decimal(60), pay_rupiah_piece=40_000)
    line = bracket_order(world.cast, world.bracket).lines.get()
    return order_open(world, part, world.cast.sari, 40, kind="service", line=line, week_start=week(NEXT_WEEK))


def steps(*hours):
    due = today() + timedelta(days=9)
    return [Step(f"Adegan {number}", Decimal(quantity), due) for number, quantity in enumerate(hours, 1)]


def milestones(world):
    return milestones_lay_out(work_order=film(world), steps=steps(10, 30))


def milestone_there(world):
    return milestone_hand_in(milestone=milestones(world)[0], link="https://contoh.id/1")


@command(nothing)
def work_order_by_hand(world, _nothing):
    order_open(world, world.bracket.bolt, world.cast.sari)


@command(bolts)
def begin(world, row):
    work_order_start(work_order=row, by=world.cast.sari.user)


@command(bolts)
def report_ten(world, row):
    progress_report(work_order=row, pieces=Decimal(10), by=world.cast.sari.user)


@command(bolts_done)
def report_fewer(world, row):
    progress_report(work_order=row, pieces=Decimal(-5), by=world.cast.sari.user, reason="Salah hitung")


@command(bolts_done)
def bring_more_than_reported(world, row):
    hand_over(work_order=row, pieces=Decimal(100), by=world.cast.sari.user)


@command(lot_announced)
def count_at_the_hub(world, lot):
    hand_over_receive(lot=lot, pieces=Decimal(47), by=world.cast.manager)


@command(lot_announced)
def take_back(world, lot):
    hand_over_cancel(lot=lot, reason="Motor mogok", by=world.cast.sari.user)


@command(bolts_done)
def give_up(world, row):
    work_order_give_up(work_order=row, pieces=Decimal(40), reason="Sakit", by=world.cast.sari.user)


@command(bolts)
def allow_over(world, row):
    work_order_allow_over(work_order=row, over=Decimal(5), by=world.cast.manager, reason="Bahan lebih")


@command(nothing)
def receive_material(world, _nothing):
    sheet(world)


@command(sheet_counted_by_hand)
def make_a_lot_of_what_was_counted(world, part):
    material_counted(cooperative=world.cast.cooperative, part=part, by=world.cast.manager)


@command(plates_and_sheet)
def issue_from_two_lots(world, built):
    row, *lots = built
    takings = [Taking(lot, Decimal(9)) for lot in lots]
    material_issue(work_order=row, takings=takings, by=world.cast.manager, received_by="Adi")


@command(sheet_issued)
def bring_material_back(world, issue):
    material_return(issue=issue, pieces=Decimal(3), by=world.cast.manager)


@command(sheet_issued)
def spoil_material(world, issue):
    material_scrap(issue=issue, pieces=Decimal(3), reason="Salah potong", by=world.cast.manager)


@command(sheet)
def send_material_back(world, lot):
    material_send_back(lot=lot, pieces=Decimal(5), reason="Salah ukuran", by=world.cast.manager)


@command(sheet)
def scrap_at_the_hub(world, lot):
    material_scrap_at_hub(lot=lot, pieces=Decimal(5), reason="Kena air", by=world.cast.manager)


@command(lots_waiting)
def split(world, lots):
    lot_split(lot=lots[0], pieces=Decimal(10), source="waiting", by=world.cast.manager)


@command(lots_waiting)
def merge(world, lots):
    lots_merge(lots=lots, source="waiting", by=world.cast.manager)


@command(lots_waiting)
def accept_pieces(world, lots):
    lot_move(lot=lots[0], kind="accept", source="waiting", target="accepted", pieces=Decimal(9), by=world.cast.manager)


@command(sheet)
def relabel(world, lot):
    lot_relabel(lot=lot, supplier="Toko Baja", batch="B-2", reason="Salah tulis", by=world.cast.manager)


@command(film)
def lay_out_milestones(world, row):
    milestones_lay_out(work_order=row, steps=steps(10, 30), by=world.cast.manager)


@command(milestones)
def hand_milestone_in(world, rows):
    milestone_hand_in(milestone=rows[0], note="Selesai", by=world.cast.sari.user)


@command(milestone_there)
def accept_milestone_in_part(world, milestone):
    milestone_accept(milestone=milestone, quantity=Decimal(6), by=world.cast.manager)


@command(milestone_there)
def send_milestone_back(world, milestone):
    milestone_send_back(milestone=milestone, reason="Suara belum ada", by=world.cast.manager)


@command(milestones)
def cancel_milestone(world, rows):
    milestone_cancel(milestone=rows[1], reason="Sakit", by=world.cast.sari.user)
