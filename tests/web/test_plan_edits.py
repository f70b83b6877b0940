"""The pages that edit a plan, as a manager uses them without scripts, and what others may see of them."""

import csv
import io
from datetime import date, timedelta

import pytest
from django.test import Client
from python_calamine import CalamineWorkbook

from cast import MONDAY
from cast_orders import bracket_build, bracket_order, may_make
from standing import standing
from wadah.base.jobs import jobs_run_waiting
from wadah.catalogue.services import stock_count
from wadah.demand.models import OrderLine
from wadah.demand.services import order_move
from wadah.plans.edits.services import edit_add
from wadah.plans.models import PlanAnswer, PlanEdit, PlanRun
from wadah.plans.services import plan_discard, plan_run_start


@pytest.fixture(autouse=True)
def _today(monkeypatch):
    monkeypatch.setattr("wadah.plans.edits.selectors.today", lambda: MONDAY)


@standing
def bracket(cast):
    world = bracket_build(cast)
    may_make(world.plate, cast.karim)
    stock_count(cooperative=cast.cooperative, part=world.sheet, as_of=date(2026, 11, 1), quantity=100)
    return world


@standing
def run(cast, bracket):
    order_move(order=bracket_order(cast, bracket), to="confirmed")
    return planned(cast)


def planned(cast):
    run = plan_run_start(cooperative=cast.cooperative, start_on=MONDAY, weeks=12, time_limit_seconds=20)
    jobs_run_waiting()
    run.refresh_from_db()
    return run


@pytest.fixture
def lot(run, bracket):
    return run.lots.select_related("part", "workshop").filter(part=bracket.plate).order_by("period").first()


def as_(user, language="en"):
    user.language = language
    user.save()
    client = Client()
    client.force_login(user)
    return client


def text(answer):
    return " ".join(answer.content.decode().split())


def post(client, address, key="k", **fields):
    return client.post(address, {"idempotency_key": f"{key}-{address}", **fields})


def page_of(run, rest=""):
    return f"/rencana/{run.pk}/suntingan/{rest}"


def move(client, run, lot, to, pieces, **more):
    fields = {"kind": "move", "quantity": pieces, "to_workshop": to.pk, "to_period": lot.period} | more
    return post(client, page_of(run, f"lot/{lot.pk}/"), **fields)


def other(cast, lot):
    return cast.karim.workshop if lot.workshop != cast.karim.workshop else cast.tini.workshop


def test_every_lot_of_the_table_and_of_the_picture_leads_to_its_forms(cast, run, lot):
    client = as_(cast.manager)
    address = page_of(run, f"lot/{lot.pk}/")
    assert address in text(client.get(f"/rencana/{run.pk}/tabel/"))
    assert address in text(client.get(f"/rencana/{run.pk}/"))
    page = text(client.get(address))
    for words in ("Keep this lot", "Pieces to move", "Another size", "Forbid", "PLATE Pelat braket"):
        assert words in page
    assert f'value="{round(lot.quantity)}"' in page


def test_files_of_the_table_have_no_column_for_editing(cast, run):
    rows = csv.reader(
        io.StringIO(as_(cast.manager).get(f"/rencana/{run.pk}/tabel/?unduh=csv").content.decode("utf-8-sig")),
        delimiter=";",
    )
    assert "Edit" not in next(rows)


def sheet_of(client, run, table, kind="xlsx"):
    answer = client.get(page_of(run) + f"?tabel={table}&unduh={kind}")
    assert f"rencana-{run.pk}-{table}" in answer["Content-Disposition"]
    return CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_index(0).to_python()


def test_edits_and_what_they_come_to_are_files(cast, run, lot):
    client, to = as_(cast.manager), other(cast, lot)
    move(client, run, lot, to, round(lot.quantity))
    edit_add(run=run, kind="out", workshop=cast.sari.workshop, part=None, first_period=11, by=cast.manager)
    post(client, page_of(run, f"{PlanEdit.objects.get(kind='out').pk}/urungkan/"))
    jobs_run_waiting()
    page = client.get(page_of(run)).content.decode()
    for table in ("suntingan", "kerja", "lot"):
        assert f'href="?tabel={table}&amp;unduh=xlsx"' in page
    head, moved, away = sheet_of(client, run, "suntingan")
    line = dict(zip(head, moved, strict=True))
    assert (line["Workshop code"], line["Part code"], line["Pieces"]) == (lot.workshop.code, "PLATE", lot.quantity)
    assert (line["To workshop"], line["Standing"], line["Who"]) == (to.code, "counts", "Bu Ratna")
    assert line["From the week of"] == MONDAY + timedelta(weeks=lot.period)
    assert dict(zip(head, away, strict=True))["Standing"] == "taken back"
    result = PlanAnswer.objects.get(run=run, result__isnull=False).result
    _head, *lots = sheet_of(client, run, "lot")
    assert sorted((row[3], row[1], row[5], row[6]) for row in lots) == sorted(
        (part, code, before, after) for part, code, _t, before, after in result["lots"]
    )
    _head, *work = sheet_of(client, run, "kerja")
    assert [row[0] for row in work] == [code for code, _before, _after in result["work"]]
    text_file = client.get(page_of(run) + "?unduh=csv").content.decode("utf-8-sig")
    assert text_file.splitlines()[1].startswith("1;move a lot;")


def test_a_move_is_noted_worked_out_shown_with_its_cost_and_applied(cast, run, lot):
    client = as_(cast.manager)
    answer = move(client, run, lot, other(cast, lot), round(lot.quantity))
    assert answer["Location"] == page_of(run)
    assert 'http-equiv="refresh"' in text(client.get(page_of(run)))
    jobs_run_waiting()
    page = text(client.get(page_of(run)))
    for words in (
        "The edited plan costs",
        "Cost by kind",
        "Proven: no plan with these edits costs less",
        "Members with more or less work",
        "Members with less work: 1; with more: 1.",
        "No order line fares worse",
        "Apply as a draft",
        f"move from {lot.workshop.code} to {other(cast, lot).code}",
    ):
        assert words in page, words
    assert 'http-equiv="refresh"' not in page
    about = PlanAnswer.objects.get(run=run).about
    assert about in page
    answer = post(client, page_of(run, "terapkan/"), about=about)
    draft = PlanRun.objects.get(based_on=run)
    assert answer["Location"] == f"/rencana/{draft.pk}/"
    page = text(client.get(page_of(run)))
    assert f"/rencana/{draft.pk}/banding/?dengan={run.pk}" in page
    assert "Apply as a draft" not in page
    assert "Edits made a draft" in page


def test_pages_stand_in_indonesian(cast, run, lot):
    client = as_(cast.manager, "id")
    move(client, run, lot, other(cast, lot), 10)
    jobs_run_waiting()
    page = text(client.get(page_of(run)))
    for words in ("Suntingan rencana", "Terapkan sebagai konsep", "Buang semua suntingan", "Terbukti"):
        assert words in page, words
    assert "Pertahankan" in text(client.get(page_of(run, f"lot/{lot.pk}/")))


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"pieces": "5000"}, "The lot has only"),
        ({"pieces": "0"}, "more than 0"),
        ({"pieces": "abc"}, "isn&#x27;t a number"),
        ({"pieces": "10", "to_period": 99}, "Select a valid choice"),
    ],
)
def test_what_can_not_be_meant_comes_back_on_its_form(cast, run, lot, fields, words):
    answer = move(as_(cast.manager), run, lot, other(cast, lot), **fields)
    assert answer.status_code == 400
    assert words in text(answer)
    assert not PlanEdit.objects.exists()


def test_keeping_forbidding_and_being_away_are_noted(cast, run, lot):
    client = as_(cast.manager)
    post(client, page_of(run, f"lot/{lot.pk}/"), kind="pin")
    other_lot = run.lots.exclude(workshop=lot.workshop).select_related("workshop", "part").first()
    place = page_of(run, f"bengkel/{other_lot.workshop_id}/")
    post(client, place, key="a", kind="out", first_period=10, last_period=11)
    post(client, place, key="b", kind="forbid", part=other_lot.part_id, first_period=9, last_period=9)
    page = text(client.get(page_of(run)))
    assert f"{lot.workshop.code} keeps {round(lot.quantity)} × Pelat braket" in page
    assert f"{other_lot.workshop.code} makes nothing from the week of 8 February 2027" in page
    assert f"{other_lot.workshop.code} makes no" in page


def test_an_edit_is_taken_back_and_brought_back_from_the_page(cast, run, lot):
    client = as_(cast.manager)
    post(client, page_of(run, f"lot/{lot.pk}/"), kind="pin")
    edit = PlanEdit.objects.get()
    assert post(client, page_of(run, f"{edit.pk}/urungkan/"))["Location"] == page_of(run)
    page = text(client.get(page_of(run)))
    assert "No edit counts now" in page and "Bring back" in page
    post(client, page_of(run, f"{edit.pk}/pulihkan/"))
    assert PlanEdit.objects.get().undone_at is None
    post(client, page_of(run, "buang/"))
    assert PlanEdit.objects.get().undone_at is not None


def test_no_plan_for_the_edits_names_the_edit_and_what_is_missing(cast, bracket, run, lot):
    client = as_(cast.manager)
    post(client, page_of(run, f"lot/{lot.pk}/"), kind="size", quantity="1000")
    jobs_run_waiting()
    page = text(client.get(page_of(run)))
    assert "No plan obeys edit 1" in page
    assert "no plan obeys it" in page
    assert "Pelat braket at" in page and "pieces are missing" in page
    assert "Apply as a draft" not in page


def test_a_stale_answer_is_a_conflict_in_words(cast, run, lot):
    client = as_(cast.manager)
    move(client, run, lot, other(cast, lot), 10)
    jobs_run_waiting()
    about = PlanAnswer.objects.get(run=run).about
    post(client, page_of(run, f"bengkel/{cast.sari.workshop.pk}/"), kind="out", first_period=11, last_period=11)
    answer = post(client, page_of(run, "terapkan/"), about=about)
    assert answer.status_code == 409
    assert "The edits changed" in text(answer)


def test_a_search_that_ended_without_an_answer_can_be_asked_again(cast, run, lot):
    client = as_(cast.manager)
    move(client, run, lot, other(cast, lot), 10)
    row = PlanAnswer.objects.select_related("job").get()
    row.job.status, row.job.key, row.job.error = "failed", None, "Wadah made a mistake here."
    row.job.save()
    page = text(client.get(page_of(run)))
    assert "Wadah made a mistake here." in page and "Work it out" in page
    post(client, page_of(run, "hitung/"))
    jobs_run_waiting()
    assert "The edited plan costs" in text(client.get(page_of(run)))


def test_an_unedited_plan_says_where_to_begin(cast, run):
    page = text(as_(cast.manager).get(page_of(run)))
    assert "Nobody has edited this plan yet" in page
    assert f"/rencana/{run.pk}/tabel/" in page


def test_an_officer_reads_and_does_not_edit(cast, run, lot):
    edit_add(run=run, kind="pin", workshop=lot.workshop, part=lot.part, first_period=lot.period, by=cast.manager)
    jobs_run_waiting()
    client = as_(cast.officer)
    page = text(client.get(page_of(run)))
    assert "keeps" in page and "<button>" not in page.split("<main")[1]
    assert "Only a manager" in text(client.get(page_of(run, f"lot/{lot.pk}/")))
    assert post(client, page_of(run, f"lot/{lot.pk}/"), kind="pin").status_code == 403
    assert post(client, page_of(run, "buang/")).status_code == 403


def test_a_plan_put_aside_is_read_and_not_edited(cast, run, lot):
    plan_discard(run=run, by=cast.manager)
    client = as_(cast.manager)
    assert "neither a draft nor in force" in text(client.get(page_of(run, f"lot/{lot.pk}/")))
    assert post(client, page_of(run, f"lot/{lot.pk}/"), kind="pin").status_code == 400


def test_a_week_that_is_over_offers_nothing(cast, run, lot, monkeypatch):
    monkeypatch.setattr("wadah.plans.edits.selectors.today", lambda: MONDAY + timedelta(weeks=lot.period + 1))
    page = text(as_(cast.manager).get(page_of(run, f"lot/{lot.pk}/")))
    assert "This week is over" in page and "Keep this lot" not in page


def test_what_is_late_is_red_with_a_sign_and_said_in_words(cast, bracket):
    stock_count(cooperative=cast.cooperative, part=bracket.sheet, as_of=date(2026, 11, 2), quantity=2_000)
    order = bracket_order(cast, bracket, quantity=8_000)
    OrderLine.objects.filter(order=order).update(due_on=date(2026, 12, 20), late_cost_rupiah_piece_week=50)
    order_move(order=order, to="confirmed")
    run = planned(cast)
    assert run.lines.get().late > 0
    page = text(as_(cast.manager).get(f"/rencana/{run.pk}/"))
    assert 'class="due missed"' in page
    assert "1 order line due in the week of 14 Dec comes late or short: why" in page
    assert f"Too late for {order.number}/1" in page
    assert "What is red, in words" in page and "Why late" in page
    assert page.count('class="sign"') >= 2


def test_a_plan_in_time_has_nothing_red(cast, run):
    page = text(as_(cast.manager).get(f"/rencana/{run.pk}/"))
    assert 'class="sign"' not in page and "What is red" not in page
