"""From a bottleneck to a package that is adopted, all through the services and the job."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from cast import MONDAY
from cast_programme import BRACKETS, scarce, three_proposals  # noqa: F401 (scarce is a fixture)
from wadah.base.errors import Conflict, Refused
from wadah.base.history import history_of
from wadah.base.jobs import jobs_run_waiting
from wadah.planning.invest.candidate import with_candidates
from wadah.planning.plan import row_violations
from wadah.plans.keep import plan_read, problem_read
from wadah.programme.models import Intervention, RampCurve, Study, StudyItem
from wadah.programme.packages.bottlenecks import bottlenecks_ask, needs
from wadah.programme.packages.curves import curve_by_code, shares_of
from wadah.programme.packages.giving import NO_RATE, NOT_ASKED, NOT_MEMBER, SAME, TOO_LATE, candidate_of
from wadah.programme.packages.interventions import intervention_add, intervention_change, intervention_drop
from wadah.programme.packages.proposing import propose
from wadah.programme.packages.seen import items_of, studies_seen
from wadah.programme.packages.studies import (
    UNDO,
    item_begin,
    item_give_up,
    study_adopt,
    study_adopt_undo,
    study_ask,
    study_discard,
    study_use_best,
)
from wadah.programme.rules.kinds import USUAL

pytestmark = pytest.mark.django_db
JT = 1_000_000


@pytest.fixture
def proposals(cast, bracket, scarce):  # noqa: F811
    return three_proposals(cast, bracket, scarce)


@pytest.fixture
def study(cast, proposals):
    """The best package for 45 million and 10 m²: the machine and the training fit together, the group doesn't."""
    return worked_out(cast, budget_rupiah=45 * JT, floor_m2=10)


def worked_out(cast, **words):
    words = {"weeks": 12, "time_limit_seconds": 20, "start_on": MONDAY} | words
    asked = study_ask(cooperative=cast.cooperative, by=cast.officer, **words)
    jobs_run_waiting()
    return Study.objects.get(pk=asked.pk)


def test_the_scarce_skill_is_found_with_its_worth_and_jobs(scarce):  # noqa: F811
    first = scarce.bottlenecks.result["skills"][0]
    assert first["part"] == "BUSH"
    assert first["worth_hour"] > 0
    assert 0 < first["saved"] <= first["most"] + 1
    assert first["short"] > 0
    assert first["jobs"] > 0
    assert first["makers"] == 1


def test_asked_again_the_answer_stands(cast, scarce):  # noqa: F811
    assert bottlenecks_ask(run=scarce.run, by=cast.officer).pk == scarce.bottlenecks.pk
    assert jobs_run_waiting() == 0


def test_a_part_that_nobody_makes_is_needed_for_what_is_short():
    bom = {"A": {"B": 2.0, "C": 1.0}, "B": {"C": 3.0}, "C": {}}
    assert needs(bom, "A", 5.0) == {"A": 5.0, "B": 10.0, "C": 35.0}
    assert needs(bom, "A", 0.0) == {}


def test_proposals_come_from_the_prices_once(cast, scarce):  # noqa: F811
    made = propose(bottlenecks=scarce.bottlenecks, by=cast.officer, part="BUSH")
    assert {row.kind for row in made} == {"training", "machine", "floor", "new_group"}
    assert {row.workshop.code for row in made if row.kind == "training"} <= {"W-001", "W-003"}
    assert {row.workshop.code for row in made if row.kind == "machine"} == {"W-002"}
    assert all(row.assumed and row.worth_rupiah_hour > 0 and row.proposed_from == scarce.run for row in made)
    assert [row.area for row in made if row.kind == "new_group"] == [scarce.elsewhere]  # nobody works there yet
    assert propose(bottlenecks=scarce.bottlenecks, by=cast.officer, part="BUSH") == []
    assert Intervention.objects.count() == len(made)
    with pytest.raises(Refused):
        propose(bottlenecks=scarce.bottlenecks, by=cast.officer, part="NOTHING")


def test_the_best_package_is_planned_again_and_stays_within_its_limits(study, scarce):  # noqa: F811
    chosen = [item for item in items_of(study) if item.chosen]
    assert {item.intervention.kind for item in chosen} == {"training", "machine"}
    assert sum(item.cost_rupiah for item in chosen) <= study.budget_rupiah
    assert sum(item.floor_m2 for item in chosen) <= study.floor_m2
    assert study.status == Study.Status.DONE
    assert study.gain_rupiah == pytest.approx(study.best_before_rupiah - study.best_after_rupiah)
    assert 0 < study.gain_rupiah <= study.most_rupiah + 1
    assert study.bound_before_rupiah <= study.best_before_rupiah + 1
    assert study.bound_after_rupiah <= study.best_after_rupiah + 1
    assert study.promised_rupiah > 0
    before, after = study.shown["before"], study.shown["after"]
    assert before["asked"] == after["asked"] == BRACKETS
    assert after["short"] < before["short"]
    assert before["on_time"] + before["late"] + before["short"] == pytest.approx(BRACKETS)


def test_the_kept_files_say_the_same_as_the_figures(study):
    whole = Study.objects.get(pk=study.pk)
    problem, plan = problem_read(bytes(whole.problem_file)), plan_read(bytes(whole.plan_after_file))
    rows = [item for item in items_of(whole) if item.chosen]
    grown = with_candidates(problem, [candidate_of(item.intervention, problem, item.shares) for item in rows])
    assert row_violations(grown, plan) == ()
    short = sum(pieces for _order, pieces in plan.short)
    assert whole.shown["after"]["short"] == pytest.approx(short, abs=1e-3)
    for item in rows:
        shop = f"+{item.intervention_id}" if item.intervention.kind == "machine" else item.intervention.workshop.code
        made = sum(x for part, name, _t, x in plan.make if (part, name) == ("BUSH", shop))
        assert sum(item.planned_pieces) == pytest.approx(made, abs=1e-2)
        assert made > 0


def test_nothing_comes_before_its_delay(study):
    for item in items_of(study):
        delay = item.intervention.ramp.delay_weeks
        assert not any(item.shares[:delay])
        assert not any(item.planned_pieces[:delay])


def test_the_fairness_floor_moves_money_to_another_kelurahan(cast, proposals, scarce):  # noqa: F811
    free = worked_out(cast, budget_rupiah=100 * JT, floor_m2=100)
    study_discard(study=free, by=cast.officer)
    fair = worked_out(cast, budget_rupiah=100 * JT, floor_m2=100, least_areas=2)
    areas = {item.intervention.area or item.intervention.workshop.ikm.area for item in items_of(fair) if item.chosen}
    assert scarce.elsewhere in areas
    assert len(areas) == 2
    assert fair.gain_rupiah <= free.most_rupiah + 1
    named = worked_out(cast, budget_rupiah=100 * JT, floor_m2=100, areas=[scarce.elsewhere], least_rupiah_area=90 * JT)
    assert any(item.chosen and item.intervention.area == scarce.elsewhere for item in items_of(named))


def test_a_floor_that_no_package_reaches_is_told(cast, proposals, scarce):  # noqa: F811
    found = worked_out(cast, budget_rupiah=50 * JT, floor_m2=100, areas=[scarce.elsewhere], least_rupiah_area=90 * JT)
    assert (found.status, found.stopped) == (Study.Status.FAILED, "floor out of reach")
    with pytest.raises(Conflict):
        study_adopt(study=found, by=cast.officer)


def test_what_comes_after_the_last_week_is_told_and_not_counted(cast, bracket, scarce):  # noqa: F811
    intervention_add(
        cooperative=cast.cooperative, kind="mentor", part=bracket.bush, workshop=cast.sari.workshop, by=cast.officer
    )
    found = worked_out(cast, budget_rupiah=100 * JT, floor_m2=100)
    item = found.items.get()
    assert found.shown["idle"] == [{"item": item.pk, "why": TOO_LATE}]
    assert (item.chosen, found.gain_rupiah) == (False, pytest.approx(0.0, abs=1.0))
    with pytest.raises(Conflict):
        study_adopt(study=found, by=cast.officer)


def test_two_years_of_mentoring_are_a_published_curve_and_the_others_are_assumed():
    curve = curve_by_code("mentoring-two-years")
    assert (curve.confidence, curve.delay_weeks) == ("published", 104)
    assert "200" in curve.full_note
    assert not any(shares_of(curve, 104))
    assert shares_of(curve, 106)[-2:] == [1.0, 1.0]
    assert set(RampCurve.objects.exclude(code=curve.code).values_list("confidence", flat=True)) == {"assumed"}
    assert {usual.curve for usual in USUAL.values()} <= set(RampCurve.objects.values_list("code", flat=True))


def test_what_an_intervention_gives_or_why_nothing(cast, bracket, scarce, proposals):  # noqa: F811
    problem = problem_read(bytes(scarce.run.problem_file))
    training, machine, group = proposals
    on = (0.0, 1.0) + (1.0,) * 10
    taught = candidate_of(training, problem, on)
    assert taught.group == cast.kelurahan.code
    assert taught.capabilities[0].workshop == "W-001"
    assert taught.capabilities[0].max_per_period[:2] == (0.0, pytest.approx(training.hours_week * 5))
    assert candidate_of(machine, problem, on).workshops[0].hours[:2] == (0.0, 35.0)
    assert candidate_of(group, problem, on).group == scarce.elsewhere.code
    assert candidate_of(training, problem, (0.0,) * 12) == TOO_LATE
    training.workshop = cast.karim.workshop
    assert candidate_of(training, problem, on) == SAME
    training.workshop = cast.rudi.workshop
    assert candidate_of(training, problem, on) == NOT_MEMBER
    nobody = replace(problem, capabilities=tuple(row for row in problem.capabilities if row.part != "BUSH"))
    assert candidate_of(group, nobody, on) == NO_RATE
    group.minutes_piece = 6
    assert candidate_of(group, nobody, on).capabilities[0].hours_per_unit == pytest.approx(0.1)
    group.part = bracket.bracket
    assert candidate_of(
        group, replace(nobody, parts=(), capabilities=(), orders=(), committed=(), previous=()), on
    ) == (NOT_ASKED)


@pytest.mark.parametrize(
    ("words", "field"),
    [
        ({"budget_rupiah": -1}, "budget_rupiah"),
        ({"floor_m2": 10**9}, "floor_m2"),
        ({"weeks": 0}, "weeks"),
        ({"time_limit_seconds": 0}, "time_limit_seconds"),
        ({"least_areas": 3}, "least_areas"),
        ({"least_rupiah_area": 5}, "least_rupiah_area"),
    ],
)
def test_numbers_out_of_range_are_refused_by_name(cast, proposals, words, field):
    with pytest.raises(Refused) as refused:
        study_ask(cooperative=cast.cooperative, by=cast.officer, **({"budget_rupiah": JT, "floor_m2": 9} | words))
    assert refused.value.field == field
    assert not Study.objects.exists()


def test_without_proposals_there_is_nothing_to_choose_from(cast, scarce):  # noqa: F811
    with pytest.raises(Refused):
        study_ask(cooperative=cast.cooperative, by=cast.officer, budget_rupiah=JT, floor_m2=9)


def test_one_study_of_a_cooperative_at_a_time_and_a_waiting_one_is_put_aside(cast, proposals):
    words = {"cooperative": cast.cooperative, "by": cast.officer, "budget_rupiah": JT, "floor_m2": 9}
    first = study_ask(**words)
    with pytest.raises(Conflict):
        study_ask(**words)
    study_use_best(study=first, by=cast.officer)
    first.refresh_from_db()
    assert first.status == Study.Status.DISCARDED
    with pytest.raises(Conflict):
        study_use_best(study=first, by=cast.officer)
    assert study_ask(**words).status == Study.Status.QUEUED


@pytest.mark.parametrize(
    ("kind", "missing"), [("training", "part"), ("training", "workshop"), ("new_group", "area"), ("floor", "workshop")]
)
def test_an_intervention_says_whom_and_what_it_is_for(cast, bracket, kind, missing):
    words = {"part": bracket.bush, "workshop": cast.sari.workshop, "area": cast.kelurahan}
    with pytest.raises(Refused) as refused:
        intervention_add(cooperative=cast.cooperative, kind=kind, by=cast.officer, **(words | {missing: None}))
    assert refused.value.field == missing


def test_an_intervention_is_changed_dropped_and_brought_back_with_its_history(cast, proposals):
    row = proposals[0]
    changed = intervention_change(intervention=row, by=cast.officer, cost_rupiah=7 * JT, basis="quoted by the school")
    assert (changed.cost_rupiah, changed.assumed) == (7 * JT, False)
    with pytest.raises(Refused):
        intervention_change(intervention=row, by=cast.officer, hours_week=0)
    intervention_drop(intervention=row, by=cast.officer)
    with pytest.raises(Conflict):
        intervention_drop(intervention=row, by=cast.officer)
    with pytest.raises(Conflict):
        intervention_change(intervention=row, by=cast.officer, cost_rupiah=1)
    intervention_drop(intervention=row, by=cast.officer, back=True)
    acts = [line.act for line in history_of(row)]
    assert acts == ["intervention_add", "intervention_change", "intervention_drop", "intervention_back"]


# ---- adopted


def test_a_package_is_adopted_undone_and_adopted_again(cast, study):
    study_adopt(study=study, by=cast.officer)
    with pytest.raises(Conflict):
        study_adopt(study=study, by=cast.officer)
    with pytest.raises(Conflict):
        study_discard(study=study, by=cast.officer)
    study_adopt_undo(study=study, by=cast.officer)
    study.refresh_from_db()
    assert study.adopted_at is None
    study_adopt(study=study, by=cast.officer)
    assert [line.act for line in history_of(study)][-3:] == ["study_adopt", "study_adopt_undo", "study_adopt"]


def test_ten_minutes_later_or_once_begun_it_is_not_undone(cast, study):
    study_adopt(study=study, by=cast.officer)
    item = study.items.filter(chosen=True).first()
    item_begin(item=item, on=MONDAY, by=cast.officer)
    with pytest.raises(Conflict):
        study_adopt_undo(study=study, by=cast.officer)
    StudyItem.objects.update(state="waiting", begun_on=None)
    Study.objects.filter(pk=study.pk).update(adopted_at=Study.objects.get(pk=study.pk).adopted_at - 2 * UNDO)
    with pytest.raises(Conflict):
        study_adopt_undo(study=study, by=cast.officer)


def test_the_same_support_is_not_adopted_twice(cast, study):
    study_adopt(study=study, by=cast.officer)
    again = worked_out(cast, budget_rupiah=45 * JT, floor_m2=10)
    with pytest.raises(Conflict):
        study_adopt(study=again, by=cast.officer)
    for item in study.items.filter(chosen=True):
        item_give_up(item=item, reason="no trainer found", by=cast.officer)
    study_adopt(study=again, by=cast.officer)


def test_a_part_is_begun_or_given_up_with_a_reason_and_only_if_it_was_chosen(cast, study):
    chosen, other = study.items.filter(chosen=True).first(), study.items.filter(chosen=False).first()
    with pytest.raises(Conflict):
        item_begin(item=chosen, on=MONDAY, by=cast.officer)  # not adopted yet
    study_adopt(study=study, by=cast.officer)
    with pytest.raises(Conflict):
        item_begin(item=other, on=MONDAY, by=cast.officer)
    with pytest.raises(Refused):
        item_begin(item=chosen, on=MONDAY + timedelta(days=400), by=cast.officer)
    with pytest.raises(Refused):
        item_begin(item=chosen, on=MONDAY - timedelta(days=1), by=cast.officer)
    with pytest.raises(Refused):
        item_give_up(item=chosen, reason="  ", by=cast.officer)
    item_give_up(item=chosen, reason="no trainer found", by=cast.officer)
    chosen.refresh_from_db()
    assert (chosen.state, chosen.reason) == ("given_up", "no trainer found")


def test_studies_are_seen_by_those_of_the_cooperative(cast, study):
    assert list(studies_seen(None)) == [study]
    assert list(studies_seen([cast.cooperative.pk])) == [study]
    assert list(studies_seen([cast.other_cooperative.pk])) == []


def test_reading_takes_a_constant_number_of_queries(study, django_assert_num_queries):
    with django_assert_num_queries(1):
        [(item.intervention.part, item.intervention.workshop, item.intervention.ramp.name) for item in items_of(study)]
