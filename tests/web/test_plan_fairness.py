"""The pages on who gets how much work, and on a plan's lots as a table."""

import csv
import io
import re

import pytest
from django.test import Client

from cast import MONDAY
from cast_orders import bracket_build, bracket_order
from standing import standing
from wadah.base.clock import now
from wadah.base.jobs import jobs_run_waiting
from wadah.catalogue.services import stock_count
from wadah.demand.services import order_move
from wadah.plans.models import PlanRun
from wadah.plans.services import plan_run_start
from wadah.web.pictures.shares import TALLEST, shares_picture


@standing
def run(cast):
    bracket = bracket_build(cast)
    stock_count(cooperative=cast.cooperative, part=bracket.sheet, as_of=MONDAY, quantity=100)
    order_move(order=bracket_order(cast, bracket), to="confirmed")
    run = plan_run_start(cooperative=cast.cooperative, start_on=MONDAY, weeks=12, time_limit_seconds=20)
    jobs_run_waiting()
    run.refresh_from_db()
    return run


@pytest.fixture
def empty_run(cast):
    return PlanRun.objects.create(
        cooperative=cast.cooperative, status="failed", start_on=MONDAY, weeks=4, created_at=now()
    )


def as_(user, language="id"):
    user.language = language
    user.save()
    client = Client()
    client.force_login(user)
    return client


def text(answer):
    return " ".join(answer.content.decode().split())


def rows_of(answer):
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    sample = content.decode("utf-8-sig")
    return list(csv.reader(io.StringIO(sample), delimiter=csv.Sniffer().sniff(sample.splitlines()[0]).delimiter))


def test_work_is_shown_as_dots_with_a_sentence_and_a_table(cast, run):
    page = text(as_(cast.manager, "en").get(f"/rencana/{run.pk}/pembagian/"))
    assert "<circle" in page
    assert "free hours in the weeks of the plan" in page
    assert "on a scale where 0 is the same share for all" in page


def test_the_file_holds_every_member_once(cast, run):
    rows = rows_of(as_(cast.manager).get(f"/rencana/{run.pk}/pembagian/?unduh=csv"))
    codes = [row[0] for row in rows[1:]]
    assert len(codes) == len(set(codes)) > 0


def test_a_run_without_a_plan_says_that_nobody_can_be_compared(cast, empty_run):
    page = text(as_(cast.manager, "en").get(f"/rencana/{empty_run.pk}/pembagian/"))
    assert "There is no member to compare" in page


def test_the_table_can_be_narrowed_to_a_workshop_and_a_week(cast, run):
    lot = run.lots.select_related("workshop").first()
    client = as_(cast.manager)
    rows = rows_of(client.get(f"/rencana/{run.pk}/tabel/?w={lot.workshop.code}&t={lot.period}&unduh=csv"))
    wanted = run.lots.filter(workshop=lot.workshop, period=lot.period).count()
    assert len(rows) - 1 == wanted
    assert len(rows_of(client.get(f"/rencana/{run.pk}/tabel/?unduh=csv"))) - 1 == run.lots.count()


def test_the_table_is_searched_by_words_of_workshop_and_part(cast, run):
    lot = run.lots.select_related("workshop", "part").first()
    client = as_(cast.manager)
    words = f"{lot.workshop.name.split()[-1]} {lot.part.code.lower()}"
    rows = rows_of(client.get(f"/rencana/{run.pk}/tabel/?q={words}&unduh=csv"))
    assert len(rows) - 1 == run.lots.filter(workshop=lot.workshop, part__code__icontains=lot.part.code).count()
    assert 0 < len(rows) - 1 < run.lots.count()
    assert len(rows_of(client.get(f"/rencana/{run.pk}/tabel/?q=tak-ada&unduh=csv"))) == 1


def test_tables_by_workshop_and_part_come_a_page_at_a_time(cast, run, monkeypatch):
    monkeypatch.setattr("wadah.web.views.manager.plans.plans.PAGE", 1)
    client = as_(cast.manager)
    for which in ("bengkel", "bagian"):
        first, second = (rows_shown(client.get(f"/rencana/{run.pk}/{which}/?page={number}").text) for number in (1, 2))
        assert len(first) == len(second) == 1
        assert first != second


def rows_shown(page):
    return re.findall(r"<tr.*?</tr>", page.split("<tbody", 1)[1].split("</tbody>", 1)[0], re.S)


def test_a_plan_without_lots_says_so(cast, empty_run):
    page = text(as_(cast.manager, "en").get(f"/rencana/{empty_run.pk}/tabel/"))
    assert "This plan gives work to nobody." in page


def test_many_members_share_a_dot_and_none_stands_apart():
    picture = shares_picture([0.0] * 100 + [0.5] * 20 + [9.0])
    assert picture.each == -(-100 // TALLEST)
    assert sum(dot.none for dot in picture.dots) == -(-100 // picture.each)
    assert max(dot.x for dot in picture.dots) <= picture.right


def test_a_lane_of_the_picture_leads_to_the_workshop_s_lots(cast, run):
    code = run.lots.select_related("workshop").first().workshop.code
    assert f"/rencana/{run.pk}/tabel/?w={code}" in text(as_(cast.manager).get(f"/rencana/{run.pk}/"))


def test_a_run_that_stopped_unexpectedly_says_what_to_do(cast, empty_run):
    PlanRun.objects.filter(pk=empty_run.pk).update(stopped="stopped unexpectedly")
    page = text(as_(cast.manager, "en").get(f"/rencana/{empty_run.pk}/"))
    assert "whoever keeps Wadah running finds the cause in the log" in page
    assert "Plan again" in page
