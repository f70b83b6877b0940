"""Inspections, decisions about rejected pieces, plans, severity and trials, for tests/crashing.py."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from commands import command

from cast_work import order_open
from wadah.base.clock import now, today
from wadah.catalogue.models import Approval
from wadah.catalogue.services import approval_record
from wadah.work.models import InspectionPlan, SwitchingState
from wadah.work.services.approvals import approval_suspend
from wadah.work.services.disposition import (
    rejected_accept,
    rejected_return,
    rejected_rework,
    rejected_scrap,
    rejected_sort,
    rework_back,
)
from wadah.work.services.handing_over import hand_over
from wadah.work.services.inspection import (
    Measured,
    inspection_cancel,
    inspection_close,
    inspection_open,
    inspection_standing,
    tranche_add,
    tranche_undo,
)
from wadah.work.services.inspection_plans import (
    CharacteristicRow,
    RuleRow,
    inspection_plan_end,
    inspection_plan_set,
    work_terms_set,
)
from wadah.work.services.switching import switching_reduce, switching_resume, switching_to_normal
from wadah.work.services.trials import (
    element_set,
    elements_ask,
    trial_approve,
    trial_open,
    trial_order,
    trial_refuse,
    trial_withdraw,
)

SOON = timedelta(days=5)
PLENTY = Decimal(100)


def nothing(_world):
    return None


def lot_waiting(world, pieces=PLENTY):
    row = order_open(world, world.bracket.bolt, world.cast.sari, pieces=int(pieces))
    return hand_over(work_order=row, pieces=pieces)


def opened(world):
    return inspection_open(lot=lot_waiting(world))


def counted(world):
    """All of the sample is checked and good."""
    row = opened(world)
    tranche_add(inspection=row, checked=inspection_standing(row).n, defects={"minor": 1})
    return row


def counted_bad(world):
    """Rejected by a critical and by major defects."""
    row = opened(world)
    tranche_add(inspection=row, checked=inspection_standing(row).next_pieces, defects={"critical": 1, "major": 3})
    return row


def counted_last_straw(world):
    """The fifth rejection on tightened inspection: its verdict stops inspection and suspends the approval."""
    if not Approval.objects.filter(part=world.bracket.bolt, workshop=world.cast.sari.workshop).exists():
        approval_record(
            part=world.bracket.bolt, workshop=world.cast.sari.workshop, status="approved", valid_from=today()
        )
    state_made(world, "tightened", rejected=4)
    return counted_bad(world)


def lot_rejected(world):
    return inspection_close(inspection=counted_bad(world)).lot


def rework_out(world):
    return rejected_rework(lot=lot_rejected(world), pieces=PLENTY, reason="ulir", due_on=today() + SOON)


def state_made(world, severity, **counts):
    kept = {"inspection": severity, "recent": [], "accepted_run": 0, "rejected": 0, "score": 0, "reasons": [], **counts}
    return SwitchingState.objects.create(
        cooperative=world.cast.cooperative,
        part=world.bracket.bolt,
        workshop=world.cast.sari.workshop,
        defect_class="major",
        severity=severity,
        state=kept,
        changed_at=now(),
    )


def state_good(world):
    return state_made(world, "normal", score=30)


def state_reduced(world):
    return state_made(world, "reduced")


def state_stopped(world):
    return state_made(world, "discontinued")


def plan_old(world):
    row = InspectionPlan.objects.create(
        cooperative=world.cast.cooperative, part=world.bracket.bolt, valid_from=today() - SOON
    )
    row.defect_rules.create(defect_class="major", method="all")
    return row


def trial_new(world):
    return trial_open(
        cooperative=world.cast.cooperative, part=world.bracket.bolt, workshop=world.cast.tini.workshop, level=1
    )


def trial_ready(world):
    """Its lot has passed, what level 1 asks for is accepted."""
    row = trial_new(world)
    order = trial_order(trial=row, pieces=Decimal(20), week_start=today(), by=world.cast.manager)
    inspection = inspection_open(lot=hand_over(work_order=order, pieces=Decimal(20)))
    tranche_add(inspection=inspection, checked=inspection_standing(inspection).n, defects={})
    inspection_close(inspection=inspection)
    for number in (13, 18):
        element_set(trial=row, number=number, status="accepted")
    return row


@command(build=lot_waiting)
def inspection_begun(_world, lot):
    inspection_open(lot=lot)


@command(build=opened)
def inspection_counted(world, row):
    tranche_add(inspection=row, checked=5, defects={"minor": 1}, note="goresan", by=world.cast.manager)


@command(build=counted)
def inspection_count_undone(world, row):
    tranche_undo(inspection=row, by=world.cast.manager)


@command(build=counted)
def inspection_passed(world, row):
    inspection_close(inspection=row, by=world.cast.manager)


@command(build=counted_bad)
def inspection_failed(world, row):
    inspection_close(inspection=row, by=world.cast.manager)


@command(build=counted_last_straw)
def inspection_failed_for_the_fifth_time(world, row):
    inspection_close(inspection=row, by=world.cast.manager)


@command(build=opened)
def inspection_called_off(world, row):
    inspection_cancel(inspection=row, reason="salah lot", by=world.cast.manager)


@command(build=lot_rejected)
def accepted_as_it_is(world, lot):
    rejected_accept(lot=lot, pieces=Decimal(10), allowed_by="Mr Tanaka", reason="goresan", by=world.cast.manager)


@command(build=lot_rejected)
def sorted_piece_by_piece(world, lot):
    rejected_sort(lot=lot, good=Decimal(90), bad=Decimal(10), by=world.cast.manager)


@command(build=lot_rejected)
def sent_to_rework(world, lot):
    rejected_rework(lot=lot, pieces=PLENTY, reason="ulir", due_on=today() + SOON, by=world.cast.manager)


@command(build=lot_rejected)
def scrapped(world, lot):
    rejected_scrap(lot=lot, pieces=Decimal(10), reason="hancur", by=world.cast.manager)


@command(build=lot_rejected)
def sent_back_for_good(world, lot):
    rejected_return(lot=lot, pieces=Decimal(10), reason="salah", by=world.cast.manager)


@command(build=rework_out)
def back_from_rework(world, row):
    rework_back(rework=row, mended=Decimal(80), spoilt=Decimal(20), by=world.cast.manager)


@command(build=plan_old)
def plan_followed_by_another(world, _row):
    rules = [RuleRow("major", "aql", aql=Decimal("2.5")), RuleRow("critical", "user", ac=0, re=1)]
    inspection_plan_set(
        cooperative=world.cast.cooperative,
        part=world.bracket.bolt,
        valid_from=today(),
        rules=rules,
        characteristics=[CharacteristicRow("Diameter", "measured")],
        by=world.cast.manager,
    )


@command(build=plan_old)
def plan_ended(world, row):
    inspection_plan_end(plan=row, last_day=today(), by=world.cast.manager)


@command(build=nothing)
def way_of_working_set(world, _nothing):
    work_terms_set(cooperative=world.cast.cooperative, level="I", by=world.cast.manager)


@command(build=state_good)
def inspection_reduced(world, row):
    switching_reduce(state=row, steady=True, reason="lancar", by=world.cast.manager)


@command(build=state_reduced)
def inspection_normal_again(world, row):
    switching_to_normal(state=row, why="asked", reason="diminta", by=world.cast.manager)


@command(build=state_stopped)
def inspection_resumed(world, row):
    switching_resume(state=row, reason="pahat diganti", by=world.cast.manager)


@command(build=nothing)
def trial_begun(world, _nothing):
    trial_new(world)


@command(build=trial_new)
def trial_lot_ordered(world, row):
    trial_order(trial=row, pieces=Decimal(20), week_start=today(), by=world.cast.manager)


@command(build=trial_new)
def trial_asked(world, row):
    elements_ask(trial=row, wanted=[9, 14], level=4, by=world.cast.manager)


@command(build=trial_new)
def trial_element_told(world, row):
    element_set(trial=row, number=9, status="given", note="lengkap", by=world.cast.manager)


@command(build=trial_ready)
def trial_approved(world, row):
    trial_approve(trial=row, valid_from=today(), valid_until=today() + SOON, by=world.cast.manager)


@command(build=trial_new)
def trial_refused(world, row):
    trial_refuse(trial=row, reason="ulir tidak rata", by=world.cast.manager)


@command(build=trial_new)
def trial_withdrawn(world, row):
    trial_withdraw(trial=row, reason="berhenti", by=world.cast.manager)


@command(build=nothing)
def approval_suspended(world, _nothing):
    approval_suspend(
        cooperative=world.cast.cooperative,
        part=world.bracket.bolt,
        workshop=world.cast.sari.workshop,
        reason="lima lot ditolak",
        by=world.cast.manager,
    )


def opened_with_values(world):
    row = plan_old(world)
    row.characteristics.create(number=1, name="Diameter", kind="measured")
    return opened(world)


@command(build=opened_with_values)
def values_measured(world, row):
    tranche_add(
        inspection=row,
        checked=2,
        defects={},
        values=[Measured(1, 1, Decimal("8.01")), Measured(1, 2, Decimal("8.02"))],
        by=world.cast.manager,
    )
