"""What pages ask about a plan: the busiest, one page of a table, what lots can be narrowed by; few or many rows."""

from collections import Counter
from dataclasses import replace
from datetime import timedelta

import pytest

from cast import MONDAY
from wadah.planning.problemdoc import problem_to_dict
from wadah.plans import keep
from wadah.plans.keep import packed, problem_kept
from wadah.plans.models import PlannedLine
from wadah.plans.selectors import lots as lots_narrowed
from wadah.plans.selectors import (
    parts_planned,
    plan_by_part,
    plan_by_workshop,
    plan_gantt,
    plan_lines,
    plan_summary,
    plan_totals,
    workshops_busiest,
)

pytestmark = pytest.mark.django_db


def hours(run):
    found = Counter()
    for lot in run.lots.select_related("workshop"):
        found[lot.workshop.code] += lot.hours
    return found


def test_the_busiest_come_first(run):
    codes = [code for _, code in workshops_busiest(run)]
    found = hours(run)
    assert codes == sorted(found, key=lambda code: (-found[code], code))
    assert len(codes) > 1


def test_rows_of_workshops_hold_all_their_lots_by_week_and_part(run):
    keys = [key for key, _ in workshops_busiest(run)]
    rows = plan_by_workshop(run, keys)
    assert [row.workshop.pk for row in rows] == keys
    assert sum(len(row.lots) for row in rows) == run.lots.count()
    for row in rows:
        assert row.hours == pytest.approx(hours(run)[row.workshop.code])
        assert row.pay == pytest.approx(sum(lot.pay_rupiah for lot in row.lots))
        assert list(row.lots) == sorted(row.lots, key=lambda lot: (lot.period, lot.part.code))
    assert plan_by_workshop(run, keys[1:2]) == rows[1:2]


def test_rows_of_parts_add_up_to_the_lots(run):
    parts = list(parts_planned(run))
    rows = plan_by_part(run, parts)
    assert [row.part.code for row in rows] == sorted({lot.part.code for lot in run.lots.select_related("part")})
    for row in rows:
        lots = list(run.lots.filter(part=row.part))
        assert row.pieces == pytest.approx(sum(lot.quantity for lot in lots)) == pytest.approx(sum(row.weeks))
        assert row.makers == len({lot.workshop_id for lot in lots})
    assert plan_by_part(run, parts[:1]) == rows[:1]


def test_a_gantt_of_the_busiest_says_how_many_more_work_and_all_that_is_late(run):
    (line,) = PlannedLine.objects.filter(run=run)
    line.late, line.due_period = 1.0, 0
    line.save()
    problem = problem_kept(run)
    moved = replace(problem, orders=tuple(replace(order, due=0) for order in problem.orders))
    run.problem_file = packed(problem_to_dict(moved))
    run.save()
    whole, cut = plan_gantt(run, plan_lines(run)), plan_gantt(run, plan_lines(run), lanes_max=1)
    assert (len(cut.lanes), cut.more) == (1, len(whole.lanes) - 1)
    assert (whole.more, cut.lanes[0]) == (0, whole.lanes[0])
    drawn = [
        (lane.workshop.code, cell.monday, tuple(sorted(cell.late_for)))
        for lane in whole.lanes
        for cell in lane.cells
        if cell.late_for
    ]
    assert cut.late == whole.late == tuple(drawn)
    assert len({code for code, _, _ in drawn}) > 1, "late work of workshops without a lane is told too"


@pytest.mark.parametrize(("late", "short"), [(0.0, 0.0), (20.0, 0.0), (0.0, 20.0), (10.0, 10.0)])
def test_totals_are_those_of_the_lines(run, late, short):
    PlannedLine.objects.filter(run=run).update(late=late, short=short, on_time=500 - late - short)
    assert plan_totals(run) == plan_summary(plan_lines(run))


def test_totals_of_no_lines_are_none(run):
    run.lines.all().delete()
    assert plan_totals(run) == plan_summary([])


def test_nothing_is_late_where_no_line_is(run):
    assert plan_gantt(run, plan_lines(run)).late == ()
    assert plan_gantt(run).late == ()


def test_lots_are_narrowed_by_all_there_is_while_that_is_few(run):
    found = lots_narrowed.plan_lot_choices(run)
    lots = list(run.lots.select_related("workshop", "part"))
    assert [row.code for row in found.workshops] == sorted({lot.workshop.code for lot in lots})
    assert [row.code for row in found.parts] == sorted({lot.part.code for lot in lots})
    assert list(found.periods) == sorted({lot.period for lot in lots})


def test_of_many_only_what_is_asked_for_can_be_chosen(run, monkeypatch):
    monkeypatch.setattr(lots_narrowed, "CHOICES_MAX", 1)
    code = run.lots.first().part.code
    found = lots_narrowed.plan_lot_choices(run, part=code)
    assert (found.workshops, [row.code for row in found.parts]) == ((), [code])
    assert found.periods == lots_narrowed.plan_lot_choices(run).periods


def test_a_file_is_read_once_and_another_one_anew(run, monkeypatch):
    keep.problem_read.cache_clear()
    first = problem_kept(run)
    assert problem_kept(type(run).objects.get(pk=run.pk)) is first
    table = problem_to_dict(first)
    table["calendar"]["start"] = str(MONDAY + timedelta(weeks=1))
    run.problem_file = packed(table)
    assert problem_kept(run).calendar.start == MONDAY + timedelta(weeks=1)
    assert problem_kept(type(run).objects.get(pk=run.pk)).calendar.start == MONDAY
