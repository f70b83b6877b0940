"""From an experiment that worked to a capability in the register: asked, made on trial, a trial lot, approved."""

from datetime import timedelta
from decimal import Decimal

import pytest

from cast_forum import forum_build
from standing import standing
from wadah.base.clock import today
from wadah.base.errors import Conflict, Refused
from wadah.base.history import history_of
from wadah.catalogue.models import Approval, Part
from wadah.catalogue.services import part_put, rate_set
from wadah.forum.selectors.graduation import graduated, graduations_all, graduations_seen, steps_of
from wadah.forum.services.experiments import experiment_tell, experiment_withdraw
from wadah.forum.services.graduation import graduation_ask, graduation_stop, graduation_take, graduation_trial
from wadah.plans.capabilities import capability_rows
from wadah.plans.rules import Horizon
from wadah.register.models import Workshop, WorkshopSkill
from wadah.work.models import InspectionPlan
from wadah.work.services.handing_over import hand_over
from wadah.work.services.inspection import inspection_close, inspection_open, inspection_standing, tranche_add
from wadah.work.services.trials import element_set, trial_approve, trial_order, trial_refuse

pytestmark = pytest.mark.django_db


@standing
def forum(cast):
    return forum_build(cast)


def asked(cast, forum):
    return graduation_ask(
        experiment=forum.worked, product="Gantungan karet", cooperative=cast.cooperative, by=cast.sari.user
    )


def taken(cast, forum):
    row = asked(cast, forum)
    skill = cast.skills["rubber_compression"]
    return graduation_take(graduation=row, workshop=cast.sari.workshop, skill=skill, by=cast.manager)


def on_trial(cast, forum):
    row = taken(cast, forum)
    return graduation_trial(graduation=row, code="GANTUNGAN", subsector=cast.subsector, by=cast.manager)


def approved(cast, row):
    """The trial lot made, passed, and every element of level 1 accepted."""
    plan = InspectionPlan.objects.create(cooperative=cast.cooperative, part=row.part, valid_from=today())
    plan.defect_rules.create(defect_class="major", method="user", n=5, ac=0, re=1)
    order = trial_order(trial=row.trial, pieces=Decimal(20), week_start=today(), by=cast.manager)
    lot = hand_over(work_order=order, pieces=Decimal(20), by=cast.manager)
    inspection = inspection_open(lot=lot, by=cast.manager)
    checked = inspection_standing(inspection=inspection).next_pieces
    tranche_add(inspection=inspection, checked=checked, defects={}, by=cast.manager)
    inspection_close(inspection=inspection, by=cast.manager)
    for number in (13, 18):
        element_set(trial=row.trial, number=number, status="accepted", by=cast.manager)
    return trial_approve(
        trial=row.trial, valid_from=today(), valid_until=today() + timedelta(days=300), by=cast.manager
    )


def capable(part):
    start = today() - timedelta(days=today().weekday())
    return {row.workshop for row in capability_rows({part.code: part}, Workshop.objects.all(), Horizon(start, 4))}


def test_the_whole_way_ends_in_a_capability_that_a_plan_counts_on(cast, forum):
    row = on_trial(cast, forum)
    assert (row.status, row.part.code, row.part.name) == ("trial", "GANTUNGAN", "Gantungan karet")
    claim = WorkshopSkill.objects.get(workshop=cast.sari.workshop, skill=cast.skills["rubber_compression"])
    assert claim.claim == "claimed"  # the workshop's own word, until it is shown
    steps = steps_of(row)
    assert (steps.lot_passed, steps.elements_lacking, steps.capability_on) == (False, 2, None)
    assert capable(row.part) == set()
    approved(cast, row)
    row = graduations_all().get()
    steps = steps_of(row)
    assert (steps.lot_passed, steps.capability_on, steps.plannable) == (True, today(), False)  # no rate yet
    assert graduated(graduations_all()).get() == row
    claim.refresh_from_db()
    assert claim.claim == "verified"
    rate_set(part=row.part, workshop=cast.sari.workshop, valid_from=today(), minutes_per_piece=3)
    assert steps_of(row).plannable
    assert capable(row.part) == {cast.sari.workshop.code}
    assert [line.act for line in history_of(row)] == ["graduation_ask", "graduation_take", "graduation_trial"]


def test_a_trial_that_is_refused_may_be_tried_again(cast, forum):
    row = on_trial(cast, forum)
    with pytest.raises(Conflict):
        graduation_trial(graduation=row, part=row.part, by=cast.manager)
    trial_refuse(trial=row.trial, reason="terlalu lunak", by=cast.manager)
    row = graduations_all().get()
    assert steps_of(row).refused
    again = graduation_trial(graduation=row, part=row.part, by=cast.manager)
    assert again.trial.pk != row.trial_id
    assert not Approval.objects.exists()


def test_a_product_may_be_a_part_that_is_there(cast, forum):
    part = part_put(code="KUNCI", name="Gantungan kunci", subsector=cast.subsector)
    assert graduation_trial(graduation=taken(cast, forum), part=part, by=cast.manager).part == part


def test_a_new_part_needs_a_code_of_its_own_and_a_trade(cast, forum):
    row = taken(cast, forum)
    part_put(code="KUNCI", name="Gantungan kunci", subsector=cast.subsector)
    for facts in ({"code": "KUNCI", "subsector": cast.subsector}, {"code": "BARU"}, {"subsector": cast.subsector}):
        with pytest.raises(Refused):
            graduation_trial(graduation=row, by=cast.manager, **facts)
    assert Part.objects.count() == 1


def test_steps_are_taken_in_their_order_and_once(cast, forum):
    row = asked(cast, forum)
    with pytest.raises(Conflict):
        asked(cast, forum)
    with pytest.raises(Conflict):
        graduation_trial(graduation=row, code="X", subsector=cast.subsector, by=cast.manager)
    with pytest.raises(Refused):  # Rudi is another cooperative's
        graduation_take(graduation=row, workshop=cast.rudi.workshop, skill=cast.skills["turning"], by=cast.manager)


def test_it_ends_with_a_reason_and_may_be_offered_again(cast, forum):
    row = asked(cast, forum)
    with pytest.raises(Refused):
        graduation_stop(graduation=row, reason=" ", by=cast.manager)
    row = graduation_stop(graduation=row, reason="belum ada pembeli", by=cast.manager)
    assert steps_of(row).stopped
    assert asked(cast, forum).status == "asked"


def test_a_result_stands_while_a_cooperative_works_on_it(cast, forum):
    row = asked(cast, forum)
    with pytest.raises(Refused):
        experiment_tell(experiment=forum.worked, result="failed", lesson="x", by=cast.sari.user)
    with pytest.raises(Refused):
        experiment_withdraw(experiment=forum.worked, by=cast.sari.user)
    graduation_stop(graduation=row, reason="x", by=cast.manager)
    experiment_tell(experiment=forum.worked, result="failed", lesson="x", by=cast.sari.user)


def test_who_sees_a_way(cast, forum):
    row = asked(cast, forum)
    assert graduations_seen(cast.sari.user).get() == row
    assert graduations_seen(None, cooperatives={cast.cooperative.pk}).get() == row
    assert graduations_seen(cast.officer, officer=True).get() == row
    assert not graduations_seen(cast.rudi.user, cooperatives={cast.other_cooperative.pk}).exists()
