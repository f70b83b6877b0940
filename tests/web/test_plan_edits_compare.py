"""The page that holds one plan against another."""

import csv
import io
from datetime import timedelta

import pytest
from django.test import Client

from cast import MONDAY
from cast_orders import bracket_build, bracket_order
from standing import standing
from wadah.base.jobs import jobs_run_waiting
from wadah.catalogue.services import stock_count
from wadah.demand.services import order_move
from wadah.plans.comparison import plans_compared
from wadah.plans.models import PlanRun
from wadah.plans.services import plan_publish, plan_run_start
from wadah.register.models import Workshop


def planned(cast):
    run = plan_run_start(cooperative=cast.cooperative, start_on=MONDAY, weeks=12, time_limit_seconds=2)
    jobs_run_waiting()
    run.refresh_from_db()
    return run


@standing
def run(cast):
    bracket = bracket_build(cast)
    stock_count(cooperative=cast.cooperative, part=bracket.sheet, as_of=MONDAY, quantity=100)
    order_move(order=bracket_order(cast, bracket), to="confirmed")
    return planned(cast)


@standing
def draft(cast, run):
    """A second plan in which the last lot is larger by ten pieces and two hours, and the line ten pieces short."""
    plan_publish(run=run, by=cast.manager)
    second = planned(cast)
    second.lots.all().delete()
    for lot in run.lots.all():
        lot.pk, lot.run = None, second
        lot.save()
    lot = second.lots.last()
    lot.quantity, lot.hours = lot.quantity + 10, lot.hours + 2
    lot.save()
    old, line = run.lines.get(), second.lines.get()
    line.late, line.short, line.last_period = old.late, old.short + 10, old.last_period
    line.save()
    second.cost = run.cost | {"short": run.cost.get("short", 0) + 5000}
    second.best_rupiah = run.best_rupiah + 5000
    second.save()
    return second


def as_(user, language="en"):
    user.language = language
    user.save()
    client = Client()
    client.force_login(user)
    return client


def text(answer):
    return " ".join(answer.content.decode().split())


def test_a_plan_beside_itself_differs_in_nothing(run):
    found = plans_compared(run, run)
    assert found.before == found.after > 0
    assert not found.lines
    assert not found.lots
    assert not found.work


def test_what_is_larger_shorter_and_dearer_is_found_and_nothing_else(run, draft):
    found = plans_compared(run, draft)
    assert [row.kind for row in found.lines] == ["short"]
    assert [row.after - row.before for row in found.lots] == [pytest.approx(10)]
    assert [row.after - row.before for row in found.work] == [pytest.approx(2)]
    assert found.after - found.before == pytest.approx(5000)
    assert sum(row.after - row.before for row in found.costs) == pytest.approx(5000)


def test_weeks_are_compared_by_their_mondays(run, draft):
    PlanRun.objects.filter(pk=draft.pk).update(start_on=run.start_on + timedelta(weeks=1))
    draft.refresh_from_db()
    draft.lots.filter(period=0).delete()
    for lot in draft.lots.order_by("period"):
        lot.period -= 1
        lot.save()
    moved = [row for row in plans_compared(run, draft).lots if row.before > 0 and row.after > 0]
    assert [row.after - row.before for row in moved] == [pytest.approx(10)]


def test_four_queries_are_enough(run, draft, django_assert_num_queries):
    with django_assert_num_queries(4):
        plans_compared(run, draft)


def test_the_draft_leads_in_one_step_to_the_comparison_with_the_plan_in_force(cast, run, draft):
    client = as_(cast.manager)
    assert f"/rencana/{draft.pk}/banding/" in text(client.get(f"/rencana/{draft.pk}/"))
    page = text(client.get(f"/rencana/{draft.pk}/banding/"))
    assert f"No. {run.pk}, " in page
    assert "costs Rp5.000 more" in page.replace("\xa0", "").replace("Rp ", "Rp")
    assert "more pieces missing" in page
    assert "Dua rencana dibandingkan" in text(as_(cast.manager, "id").get(f"/rencana/{draft.pk}/banding/"))


def test_members_lots_and_cost_are_shown_and_taken_home(cast, run, draft):
    client = as_(cast.manager)
    changed = Workshop.objects.get(pk=draft.lots.last().workshop_id)
    for which in ("lot", "anggota"):
        address = f"/rencana/{draft.pk}/banding/?dengan={run.pk}&tabel={which}"
        assert changed.code in text(client.get(address))
        rows = list(
            csv.reader(io.StringIO(client.get(address + "&unduh=csv").content.decode("utf-8-sig")), delimiter=";")
        )
        assert len(rows) == 2
        assert any(changed.code in cell for cell in rows[1])
    assert client.get(f"/rencana/{draft.pk}/banding/?tabel=biaya&unduh=xlsx").content[:2] == b"PK"


def test_the_only_plan_has_nothing_to_be_compared_with(cast, run):
    assert "Make a second draft first" in text(as_(cast.manager).get(f"/rencana/{run.pk}/banding/"))


def test_a_plan_of_another_or_none_is_not_found(cast, run, draft):
    PlanRun.objects.filter(pk=run.pk).update(status="discarded")
    client = as_(cast.manager)
    assert client.get(f"/rencana/{draft.pk}/banding/?dengan={run.pk}").status_code == 404
    assert client.get(f"/rencana/{draft.pk}/banding/?dengan=x").status_code == 404
