"""The page on why a line is late, its ways out, and a way made a draft."""

from datetime import date

import pytest
from django.test import Client

from cast import MONDAY
from cast_orders import bracket_build, bracket_order
from standing import standing
from wadah.base.jobs import jobs_run_waiting
from wadah.catalogue.services import stock_count
from wadah.demand.models import OrderLine
from wadah.demand.services import order_move
from wadah.plans.models import PlanAnswer, PlanRun
from wadah.plans.services import plan_run_start


@standing
def run(cast):
    bracket = bracket_build(cast)
    stock_count(cooperative=cast.cooperative, part=bracket.sheet, as_of=date(2026, 11, 1), quantity=2_000)
    order = bracket_order(cast, bracket, quantity=8_000)
    OrderLine.objects.filter(order=order).update(due_on=date(2026, 12, 27), late_cost_rupiah_piece_week=500)
    order_move(order=order, to="confirmed")
    run = plan_run_start(cooperative=cast.cooperative, start_on=MONDAY, weeks=12, time_limit_seconds=20)
    jobs_run_waiting()
    run.refresh_from_db()
    return run


@pytest.fixture
def address(run):
    return f"/rencana/{run.pk}/kenapa/{run.lines.get().pk}/"


def as_(user, language="en"):
    user.language = language
    user.save()
    client = Client()
    client.force_login(user)
    return client


def text(answer):
    return " ".join(answer.content.decode().split())


def post(client, address):
    return client.post(address, {"idempotency_key": f"key-{address}"})


def test_the_plan_leads_from_a_late_line_to_why(cast, run, address):
    assert address in text(as_(cast.manager).get(f"/rencana/{run.pk}/"))


def test_nobody_has_asked_yet_so_the_page_offers_the_search(cast, address):
    page = text(as_(cast.manager).get(address))
    assert "Find the ways out" in page
    assert "http-equiv" not in page


def test_while_it_is_searched_the_page_refreshes_by_itself(cast, address):
    client = as_(cast.manager)
    post(client, address + "cari/")
    page = text(client.get(address))
    assert 'http-equiv="refresh"' in page
    assert "You may close this page" in page


def test_the_answer_is_shown_in_sentences_in_both_languages(cast, address):
    client = as_(cast.manager)
    post(client, address + "cari/")
    jobs_run_waiting()
    page = text(client.get(address))
    assert "Make a draft of this way" in page
    assert "All of it is there in" in page
    assert 'http-equiv="refresh"' not in page
    assert "Jadikan rancangan" in text(as_(cast.manager, "id").get(address))


def test_a_way_becomes_a_draft_that_can_be_put_into_force(cast, run, address):
    client = as_(cast.manager)
    post(client, address + "cari/")
    jobs_run_waiting()
    ways = PlanAnswer.objects.get(run=run).result["ways"]
    place = next(at for at, way in enumerate(ways) if way["kind"] in ("first", "later", "hours"))
    answer = post(client, f"{address}pakai/{place}/")
    draft = PlanRun.objects.get(based_on=run)
    assert answer["Location"] == f"/rencana/{draft.pk}/"
    assert "Put into force" in text(client.get(answer["Location"]))


def test_a_search_that_failed_says_so_and_offers_another(cast, run, address):
    client = as_(cast.manager)
    post(client, address + "cari/")
    job = PlanAnswer.objects.get(run=run).job
    job.status, job.error, job.key = "failed", "Something broke.", None
    job.save()
    page = text(client.get(address))
    assert "Something broke." in page
    assert "Find the ways out" in page


def test_an_officer_reads_the_answer_but_can_not_ask(cast, address):
    client = as_(cast.officer)
    assert "Find the ways out" not in text(client.get(address))
    assert post(client, address + "cari/").status_code == 403
