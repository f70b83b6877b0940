"""Trials: a lot that passed, elements accepted at the buyer's level, a decision; then planning may count on it."""

from datetime import timedelta
from decimal import Decimal

import pytest
from quality import inspect

from cast import MONDAY, cast_build
from wadah.base.clock import today
from wadah.base.errors import Conflict, Refused
from wadah.base.history import history_of
from wadah.catalogue.models import Approval, Part
from wadah.catalogue.services import approval_record, rate_set
from wadah.plans.capabilities import capability_rows
from wadah.plans.rules import Horizon
from wadah.register.models import Workshop, WorkshopSkill
from wadah.register.services import expert_register
from wadah.work.models import Trial, WorkOrder
from wadah.work.rules import ppap
from wadah.work.services.approvals import approval_suspend
from wadah.work.services.handing_over import hand_over
from wadah.work.services.trials import (
    element_set,
    elements_ask,
    trial_approve,
    trial_open,
    trial_order,
    trial_refuse,
    trial_withdraw,
)

pytestmark = pytest.mark.django_db

YEAR = timedelta(days=365)


@pytest.fixture
def cast():
    return cast_build()


@pytest.fixture
def bolt(cast):
    part = Part.objects.create(code="BAUT-M8", name="Baut M8", subsector=cast.subsector, skill=cast.skills["turning"])
    rate_set(part=part, workshop=cast.sari.workshop, valid_from=MONDAY, minutes_per_piece=2, pay_rupiah_piece=800)
    return part


def opened(cast, bolt, **more):
    told = {"workshop": cast.sari.workshop, "level": 1, "by": cast.manager, **more}
    return trial_open(cooperative=cast.cooperative, part=bolt, **told)


def lot_passed(cast, trial, pieces=50, **defects):
    """The trial lot made, brought and inspected."""
    order = trial_order(trial=trial, pieces=Decimal(pieces), week_start=today(), by=cast.manager)
    return inspect(cast, hand_over(work_order=order, pieces=Decimal(pieces), by=cast.manager), **defects)


def accept(cast, trial, numbers):
    for number in numbers:
        element_set(trial=trial, number=number, status="accepted", by=cast.manager)


def capable(bolt, weeks=4):
    """Codes of workshops that a plan from this week on may count on for the bolt."""
    start = today() - timedelta(days=today().weekday())
    return {row.workshop for row in capability_rows({bolt.code: bolt}, Workshop.objects.all(), Horizon(start, weeks))}


def test_a_workshop_that_passes_is_planned_and_its_skill_counts_as_shown(cast, bolt):
    assert capable(bolt) == set()
    trial = opened(cast, bolt)
    assert trial.number.startswith("UJI-")
    inspection = lot_passed(cast, trial)
    accept(cast, trial, [13, 18])
    approval = trial_approve(trial=trial, valid_from=today(), valid_until=today() + YEAR, by=cast.manager)
    assert (approval.status, approval.by) == ("approved", "Bu Ratna")
    assert capable(bolt) == {cast.sari.workshop.code}
    claim = WorkshopSkill.objects.get(workshop=cast.sari.workshop, skill=bolt.skill)
    assert claim.claim == "verified"
    assert inspection.number in claim.evidence
    assert Trial.objects.get().approval == approval


def test_each_workshop_is_a_stream_of_its_own(cast, bolt):
    rate_set(part=bolt, workshop=cast.tini.workshop, valid_from=MONDAY, minutes_per_piece=2)
    trial = opened(cast, bolt)
    lot_passed(cast, trial)
    accept(cast, trial, [13, 18])
    trial_approve(trial=trial, valid_from=today(), valid_until=None, by=cast.manager)
    assert capable(bolt) == {cast.sari.workshop.code}
    assert opened(cast, bolt, workshop=cast.tini.workshop).number == f"UJI-{today().year}-0002"


def test_the_trial_lot_is_paid_at_its_rate_and_is_no_promise(cast, bolt):
    trial = opened(cast, bolt)
    lot_passed(cast, trial)
    order = WorkOrder.objects.get()
    assert (order.kind, order.pay_rupiah_piece, order.note) == ("trial", 800, trial.number)
    with pytest.raises(Conflict):
        trial_order(trial=trial, pieces=Decimal(1), week_start=today(), by=cast.manager)


def test_without_a_passed_lot_nobody_is_approved(cast, bolt):
    trial = opened(cast, bolt)
    accept(cast, trial, [13, 18])
    with pytest.raises(Refused, match=trial.number):
        trial_approve(trial=trial, valid_from=today(), valid_until=None, by=cast.manager)
    lot_passed(cast, trial, critical=1)
    with pytest.raises(Refused, match=trial.number):
        trial_approve(trial=trial, valid_from=today(), valid_until=None, by=cast.manager)
    assert not Approval.objects.exists()


def test_what_lacks_is_named(cast, bolt):
    trial = opened(cast, bolt, level=3)
    lot_passed(cast, trial)
    accept(cast, trial, [number for number in ppap.NUMBERS if number not in {9, 18}])
    with pytest.raises(Refused, match="9 Hasil ukur; 18"):
        trial_approve(trial=trial, valid_from=today(), valid_until=None, by=cast.manager)


def test_the_buyer_chooses_the_level_and_ticks_elements(cast, bolt):
    trial = opened(cast, bolt, level=4)
    elements_ask(trial=trial, wanted=[9, 14], level=4, by=cast.manager)
    lot_passed(cast, trial)
    accept(cast, trial, [18, 9])
    with pytest.raises(Refused, match="14"):
        trial_approve(trial=trial, valid_from=today(), valid_until=None, by=cast.manager)
    elements_ask(trial=trial, wanted=[9], level=4, by=cast.manager)
    trial_approve(trial=trial, valid_from=today(), valid_until=None, by=cast.manager)
    assert [line.act for line in history_of(trial)].count("elements_ask") == 2


@pytest.mark.parametrize(
    ("number", "status", "note"), [(0, "given", ""), (19, "given", ""), (18, "not_needed", ""), (9, "refused", " ")]
)
def test_an_element_that_cannot_be_is_refused(cast, bolt, number, status, note):
    with pytest.raises(Refused):
        element_set(trial=opened(cast, bolt), number=number, status=status, note=note, by=cast.manager)


def test_a_refusal_needs_its_reason_and_the_workshop_may_try_again(cast, bolt):
    trial = opened(cast, bolt)
    with pytest.raises(Refused):
        trial_refuse(trial=trial, reason="", by=cast.manager)
    trial_refuse(trial=trial, reason="ulir tidak rata", by=cast.manager)
    with pytest.raises(Conflict, match=trial.number):
        trial_withdraw(trial=trial, reason="berhenti", by=cast.manager)
    again = opened(cast, bolt)
    with pytest.raises(Conflict, match=again.number):
        opened(cast, bolt)
    assert trial_withdraw(trial=again, reason="berhenti", by=cast.manager).status == "withdrawn"


def test_nobody_decides_about_their_own_workshop(cast, bolt):
    trial = opened(cast, bolt)
    for act in (
        lambda: element_set(trial=trial, number=9, status="accepted", by=cast.sari.user),
        lambda: trial_refuse(trial=trial, reason="x", by=cast.sari.user),
        lambda: trial_approve(trial=trial, valid_from=today(), valid_until=None, by=cast.sari.user),
    ):
        with pytest.raises(Refused, match="sendiri"):
            act()


def test_an_experts_word_is_theirs(cast, bolt):
    expert = expert_register(name="Pak Slamet", skills=[bolt.skill])
    trial = opened(cast, bolt)
    lot_passed(cast, trial)
    accept(cast, trial, [13, 18])
    approval = trial_approve(trial=trial, valid_from=today(), valid_until=None, expert=expert, by=cast.manager)
    assert approval.by == "Pak Slamet"
    assert WorkshopSkill.objects.get(workshop=cast.sari.workshop).expert == expert


def test_only_members_and_made_parts_are_tried(cast, bolt):
    with pytest.raises(Refused, match="Rudi"):
        opened(cast, bolt, workshop=cast.rudi.workshop)
    bought = Part.objects.create(code="KAWAT", name="Kawat", subsector=cast.subsector, supply="bought")
    with pytest.raises(Refused, match="KAWAT"):
        opened(cast, bought)
    with pytest.raises(Refused, match="6"):
        opened(cast, bolt, level=6)


@pytest.mark.parametrize("ahead", [1, 2, 3])
def test_an_approval_that_ends_leaves_no_week_after_it(cast, bolt, ahead):
    sunday = today() - timedelta(days=today().weekday()) + timedelta(weeks=ahead) - timedelta(days=1)
    approval_record(
        part=bolt, workshop=cast.sari.workshop, status="approved", valid_from=MONDAY - YEAR, valid_until=sunday
    )
    start = today() - timedelta(days=today().weekday())
    (row,) = capability_rows({bolt.code: bolt}, Workshop.objects.all(), Horizon(start, 4))
    assert [limit > 0 for limit in row.max_per_period] == [week < ahead for week in range(4)]


def test_a_suspended_workshop_is_not_planned(cast, bolt):
    approval_record(part=bolt, workshop=cast.sari.workshop, status="approved", valid_from=MONDAY - YEAR)
    assert capable(bolt) == {cast.sari.workshop.code}
    told = {"cooperative": cast.cooperative, "part": bolt, "workshop": cast.sari.workshop, "by": cast.manager}
    with pytest.raises(Refused):
        approval_suspend(reason=" ", **told)
    approval_suspend(reason="lima lot ditolak", **told)
    assert capable(bolt, weeks=1) == set()
    assert approval_suspend(reason="lagi", **told) is None
    assert Approval.objects.filter(status="suspended").count() == 1


def test_levels_ask_for_what_the_manual_prints():
    counted = {level: len(ppap.by_level(level)) for level in ppap.LEVELS}
    assert counted == {1: 2, 2: 8, 3: 16, 4: 1, 5: 18}
    assert ppap.by_level(1) == {13, 18}
    assert ppap.by_level(2) == {1, 2, 9, 10, 12, 13, 14, 18}
    assert set(ppap.NUMBERS) - ppap.by_level(3) == {15, 16}
    with pytest.raises(ValueError, match="6"):
        ppap.by_level(6)


@pytest.mark.parametrize("level", ppap.LEVELS)
@pytest.mark.parametrize("wanted", [[], [9], [1, 15, 16], list(ppap.NUMBERS)])
def test_ticks_ask_for_exactly_what_is_ticked_and_the_warrant(level, wanted):
    statuses = ppap.changes(level, {}, wanted)
    assert ppap.asked(level, statuses) == {*wanted, ppap.WARRANT}
