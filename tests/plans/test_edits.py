"""Edits of a plan: refused in words where they can't be meant, worked out around, taken back, applied as a draft."""

import gzip
import json
from datetime import timedelta

import pytest

from cast import MONDAY
from cast_orders import may_make
from standing import standing
from wadah.base.errors import Conflict, Refused
from wadah.base.history import history_of
from wadah.base.jobs import jobs_run_waiting
from wadah.planning.plandoc import plan_from_dict
from wadah.planning.referee import violations
from wadah.plans.edits.selectors import edits_answer, edits_mark, part_makers, run_edits
from wadah.plans.edits.services import (
    edit_add,
    edit_bring_back,
    edit_take_back,
    edits_apply,
    edits_ask,
    edits_discard,
)
from wadah.plans.keep import plan_kept, problem_kept
from wadah.plans.models import PlanAnswer, PlanEdit, PlanRun
from wadah.plans.services import plan_discard, plan_publish, plan_run_start

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today(monkeypatch):
    monkeypatch.setattr("wadah.plans.edits.selectors.today", lambda: MONDAY)


@standing
def two_makers(cast, bracket):
    """Pak Karim may press plates too."""
    may_make(bracket.plate, cast.karim)


@standing
def run(cast, bracket, two_makers, order):
    run = plan_run_start(cooperative=cast.cooperative, start_on=MONDAY, weeks=12, time_limit_seconds=20)
    jobs_run_waiting()
    run.refresh_from_db()
    return run


def lot_of(run, part):
    return run.lots.select_related("part", "workshop").filter(part__code=part.code).order_by("period").first()


def other_maker(cast, lot):
    return cast.karim.workshop if lot.workshop != cast.karim.workshop else cast.tini.workshop


def answered(run):
    jobs_run_waiting()
    return edits_answer(run, edits_mark(run, run_edits(run)))


def moved(cast, run, lot, quantity, **to):
    values = {"to_workshop": lot.workshop, "to_period": lot.period} | to
    return edit_add(
        run=run,
        kind="move",
        workshop=lot.workshop,
        part=lot.part,
        first_period=lot.period,
        quantity=quantity,
        by=cast.manager,
        **values,
    )


def pinned(cast, run, lot):
    return edit_add(run=run, kind="pin", workshop=lot.workshop, part=lot.part, first_period=lot.period, by=cast.manager)


def made_in(plan, lot, workshop=None, period=None):
    key = (lot.part.code, (workshop or lot.workshop).code, lot.period if period is None else period)
    return sum(x for *row, x in plan.make if tuple(row) == key)


# ---- what it comes to


def test_a_lot_moved_to_another_member_is_made_there_and_the_cost_is_shown(cast, bracket, run):
    lot = lot_of(run, bracket.plate)
    there = other_maker(cast, lot)
    moved(cast, run, lot, lot.quantity, to_workshop=there)
    answer = answered(run)
    assert answer.result["status"] == "plan"
    plan = plan_from_dict(json.loads(gzip.decompress(bytes(answer.plans_file)))[0])
    assert made_in(plan, lot, there) >= lot.quantity - 1e-6
    assert made_in(plan, lot) == 0
    assert answer.result["after"] == pytest.approx(sum(after for _kind, _before, after in answer.result["cost"]))
    assert answer.result["before"] == pytest.approx(run.best_rupiah)
    assert {row[0] for row in answer.result["work"]} == {lot.workshop.code, there.code}
    assert answer.result["bound"] <= answer.result["after"] + 1e-3


def test_the_rest_of_the_plan_stays_as_it_is(cast, bracket, run):
    lot = lot_of(run, bracket.plate)
    moved(cast, run, lot, lot.quantity, to_workshop=other_maker(cast, lot))
    parts = {row[0] for row in answered(run).result["lots"]}
    assert parts == {bracket.plate.code}


def test_nothing_in_force_changes_while_a_plan_is_edited(cast, bracket, run):
    before = PlanRun.objects.filter(pk=run.pk).values().get()
    lots = list(run.lots.values())
    moved(cast, run, lot_of(run, bracket.plate), 10)
    answered(run)
    assert PlanRun.objects.filter(pk=run.pk).values().get() == before
    assert list(run.lots.values()) == lots


def test_a_part_forbidden_where_it_is_made_goes_to_the_other_member(cast, bracket, run):
    lot = lot_of(run, bracket.plate)
    edit_add(
        run=run, kind="forbid", workshop=lot.workshop, part=lot.part, first_period=0, last_period=11, by=cast.manager
    )
    draft = edits_apply(run=run, about=answered(run).about, by=cast.manager)
    assert not draft.lots.filter(part=lot.part, workshop=lot.workshop).exists()
    assert draft.lots.filter(part=lot.part).exists()
    assert draft.lines.get().short == pytest.approx(0, abs=1e-6)


def test_a_member_away_for_weeks_works_before_or_after(cast, bracket, run):
    lot = lot_of(run, bracket.bush)
    edit_add(
        run=run,
        kind="out",
        workshop=lot.workshop,
        part=None,
        first_period=lot.period,
        last_period=lot.period,
        by=cast.manager,
    )
    draft = edits_apply(run=run, about=answered(run).about, by=cast.manager)
    assert not draft.lots.filter(workshop=lot.workshop, period=lot.period).exists()
    assert draft.lots.filter(part=lot.part, workshop=lot.workshop).exists()


def test_a_pinned_lot_stays_as_large_at_least(cast, bracket, run):
    lot = lot_of(run, bracket.plate)
    pinned(cast, run, lot)
    assert run.lots.filter(workshop=lot.workshop).count() > 1
    for row in run.lots.select_related("part", "workshop").filter(workshop=lot.workshop).exclude(pk=lot.pk)[:1]:
        moved(cast, run, row, row.quantity, to_period=min(11, row.period + 1))
    draft = edits_apply(run=run, about=answered(run).about, by=cast.manager)
    assert draft.lots.get(part=lot.part, workshop=lot.workshop, period=lot.period).quantity >= lot.quantity - 1e-6


def test_an_edit_that_no_plan_obeys_is_named_with_what_is_missing(cast, bracket, run):
    """The steel at the hub is enough for 555 plates."""
    lot = lot_of(run, bracket.plate)
    large = moved(cast, run, lot, 1_000)
    fine = pinned(cast, run, lot_of(run, bracket.bolt))
    answer = answered(run)
    assert answer.result["status"] == "impossible"
    assert answer.result["blame"] == [large.pk]
    assert fine.pk not in answer.result["blame"]
    assert answer.result["missing"][0][:4] == ["lot", bracket.plate.code, lot.workshop.code, lot.period]
    with pytest.raises(Conflict):
        edits_apply(run=run, about=answer.about, by=cast.manager)


def test_weeks_that_are_over_stay_as_they_were(cast, bracket, run, monkeypatch):
    lot = run.lots.order_by("period").select_related("part", "workshop").first()
    later = next(row for row in run.lots.select_related("part", "workshop").order_by("-period"))
    begun = lot.period + 1
    assert later.period >= begun
    monkeypatch.setattr("wadah.plans.edits.selectors.today", lambda: MONDAY + timedelta(weeks=begun))
    with pytest.raises(Refused, match=r"is over|sudah lewat"):
        pinned(cast, run, lot)
    pinned(cast, run, later)
    draft = edits_apply(run=run, about=answered(run).about, by=cast.manager)
    before = set(run.lots.filter(period__lt=begun).values_list("part", "workshop", "period", "quantity"))
    assert set(draft.lots.filter(period__lt=begun).values_list("part", "workshop", "period", "quantity")) == before


def test_an_answer_is_out_of_date_once_a_further_week_is_over(cast, bracket, run, monkeypatch):
    lot = run.lots.select_related("part", "workshop").order_by("-period").first()
    pinned(cast, run, lot)
    stale = answered(run).about
    monkeypatch.setattr("wadah.plans.edits.selectors.today", lambda: MONDAY + timedelta(weeks=1))
    with pytest.raises(Conflict):
        edits_apply(run=run, about=stale, by=cast.manager)


# ---- taken back, brought back, dropped


def test_taking_back_and_bringing_back_finds_the_answer_that_stands(cast, bracket, run):
    edit = moved(cast, run, lot_of(run, bracket.plate), 10)
    first = answered(run)
    edit_take_back(edit=edit, by=cast.manager)
    assert answered(run) is None
    edit_bring_back(edit=edit, by=cast.manager)
    assert jobs_run_waiting() == 0
    assert answered(run).pk == first.pk


def test_an_edit_is_taken_back_and_brought_back_once(cast, bracket, run):
    edit = moved(cast, run, lot_of(run, bracket.plate), 10)
    with pytest.raises(Conflict):
        edit_bring_back(edit=edit, by=cast.manager)
    edit_take_back(edit=edit, by=cast.manager)
    with pytest.raises(Conflict):
        edit_take_back(edit=edit, by=cast.manager)


def test_what_others_leave_no_room_for_is_not_brought_back(cast, bracket, run):
    lot = lot_of(run, bracket.plate)
    edit = pinned(cast, run, lot)
    edit_take_back(edit=edit, by=cast.manager)
    moved(cast, run, lot, lot.quantity, to_workshop=other_maker(cast, lot))
    with pytest.raises(Refused, match=r"Edit 2|Suntingan 2"):
        edit_bring_back(edit=edit, by=cast.manager)
    assert PlanEdit.objects.get(pk=edit.pk).undone_at is not None


def test_dropping_takes_all_back_and_each_can_be_brought_back(cast, bracket, run):
    edit = moved(cast, run, lot_of(run, bracket.plate), 10)
    pinned(cast, run, lot_of(run, bracket.bolt))
    assert edits_discard(run=run, by=cast.manager) == 2
    assert not PlanEdit.objects.filter(undone_at=None).exists()
    with pytest.raises(Conflict):
        edits_discard(run=run, by=cast.manager)
    edit_bring_back(edit=edit, by=cast.manager)


def test_every_act_is_in_the_history_of_the_plan(cast, bracket, run):
    edit = moved(cast, run, lot_of(run, bracket.plate), 10)
    edit_take_back(edit=edit, by=cast.manager)
    edit_bring_back(edit=edit, by=cast.manager)
    edits_apply(run=run, about=answered(run).about, by=cast.manager)
    edits_discard(run=run, by=cast.manager)
    acts = [change.act for change in history_of(run)]
    assert acts == [
        "plan_edit_move",
        "plan_edit_take_back",
        "plan_edit_bring_back",
        "plan_edits_apply",
        "plan_edits_discard",
    ]
    assert all(change.user_name == cast.manager.name for change in history_of(run))


# ---- applied


@pytest.fixture
def draft(cast, bracket, run):
    lot = lot_of(run, bracket.plate)
    moved(cast, run, lot, lot.quantity, to_workshop=other_maker(cast, lot))
    return edits_apply(run=run, about=answered(run).about, by=cast.manager)


def test_the_draft_is_exactly_the_plan_that_was_shown(cast, run, draft):
    answer = answered(run)
    shown = plan_from_dict(json.loads(gzip.decompress(bytes(answer.plans_file)))[0])
    assert (draft.status, draft.based_on_id) == ("draft", run.pk)
    assert plan_kept(draft).make == shown.make
    assert plan_kept(draft).deliver == shown.deliver
    assert draft.best_rupiah == answer.result["after"]


def test_the_draft_obeys_every_rule_of_its_own_problem(draft):
    assert violations(problem_kept(draft), plan_kept(draft)) == ()


def test_applied_again_the_same_draft_comes_back_until_it_is_put_aside(cast, run, draft):
    about = answered(run).about
    assert edits_apply(run=run, about=about, by=cast.manager).pk == draft.pk
    plan_discard(run=draft, by=cast.manager)
    assert edits_apply(run=run, about=about, by=cast.manager).pk != draft.pk


def test_the_draft_can_be_put_into_force_and_edited_again(cast, bracket, draft):
    plan_publish(run=draft, by=cast.manager)
    draft.refresh_from_db()
    pinned(cast, draft, lot_of(draft, bracket.bolt))
    assert answered(draft).result["status"] == "plan"


def test_an_answer_to_other_edits_is_not_applied(cast, bracket, run):
    moved(cast, run, lot_of(run, bracket.plate), 10)
    stale = answered(run).about
    pinned(cast, run, lot_of(run, bracket.bolt))
    with pytest.raises(Conflict, match=r"edits changed|Suntingan berubah"):
        edits_apply(run=run, about=stale, by=cast.manager)
    assert PlanRun.objects.filter(based_on=run).count() == 0


def test_edits_that_changed_before_their_turn_cost_no_search(cast, bracket, run):
    edit = moved(cast, run, lot_of(run, bracket.plate), 10)
    edit_take_back(edit=edit, by=cast.manager)
    jobs_run_waiting()
    assert PlanAnswer.objects.get(run=run).result is None
    edit_bring_back(edit=edit, by=cast.manager)
    assert answered(run).result["status"] == "plan"


def test_a_search_that_failed_can_be_asked_for_again(cast, bracket, run):
    moved(cast, run, lot_of(run, bracket.plate), 10)
    row = PlanAnswer.objects.select_related("job").get(run=run)
    row.job.status, row.job.key = "failed", None
    row.job.save()
    again = edits_ask(run=run, by=cast.manager)
    assert (again.pk, again.job_id != row.job_id) == (row.pk, True)


def test_a_plan_put_aside_is_not_edited(cast, bracket, run):
    plan_discard(run=run, by=cast.manager)
    with pytest.raises(Conflict):
        pinned(cast, run, lot_of(run, bracket.plate))


def test_makers_are_those_that_the_plan_knows_with_their_free_hours(cast, bracket, run):
    lot = lot_of(run, bracket.plate)
    makers = {maker.workshop.code: maker.free for maker in part_makers(run, bracket.plate.code, lot.period)}
    assert set(makers) == {"W-002", "W-003"}
    row = problem_kept(run).workshop[lot.workshop.code]
    used = sum(run.lots.filter(workshop=lot.workshop, period=lot.period).values_list("hours", flat=True))
    there = row.hours[lot.period] + row.overtime_hours[lot.period] - used
    assert makers[lot.workshop.code] == pytest.approx(there)
