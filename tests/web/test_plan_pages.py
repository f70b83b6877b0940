"""The pages of orders and plans as a manager, a member, a buyer and an officer see them."""

import pytest
from django.test import Client

from cast import MONDAY
from cast_orders import bracket_order
from standing import standing
from wadah.base.clock import now
from wadah.base.jobs import jobs_run_waiting
from wadah.catalogue.models import Approval
from wadah.demand.services import order_move
from wadah.plans.models import PlanRun
from wadah.plans.services import plan_publish, plan_run_start
from wadah.register.models import Cooperative


@standing
def order(cast, bracket):
    order = bracket_order(cast, bracket)
    order_move(order=order, to="confirmed")
    return order


def planned(cast):
    run = plan_run_start(
        cooperative=cast.cooperative, start_on=MONDAY, weeks=12, time_limit_seconds=20, by=cast.manager
    )
    jobs_run_waiting()
    run.refresh_from_db()
    return run


def as_(user, language="id"):
    user.language = language
    user.save()
    client = Client()
    client.force_login(user)
    return client


def text(answer):
    return " ".join(answer.content.decode().split())


def post(client, address, **fields):
    return client.post(address, {"idempotency_key": f"key-{address}", **fields})


def test_an_order_shows_its_exploded_bill_of_materials(cast, order):
    page = text(as_(cast.manager).get(f"/pesanan/{order.number}/"))
    for words in ("Braket", "· Baut M8", "· · Pelat baja", "tak ada anggota yang menggiling baja", "4 kemasan isi 25"):
        assert words in page


def test_an_order_nobody_planned_says_so(cast, order):
    assert "Belum direncanakan" in text(as_(cast.manager).get(f"/pesanan/{order.number}/"))


def test_the_buyer_sees_what_becomes_of_the_order_but_not_the_plan(cast, order):
    planned(cast)
    page = text(as_(cast.buyer, "en").get(f"/pesanan/{order.number}/"))
    assert "500 pieces not made in this plan" in page
    assert "/rencana/" not in page


@pytest.mark.once
def test_the_front_page_shows_a_real_cooperative_s_plan_to_nobody_but_its_managers_and_the_city(cast):
    words = {"start_on": MONDAY, "weeks": 12, "status": PlanRun.Status.PUBLISHED, "created_at": now()}
    PlanRun.objects.create(cooperative=cast.cooperative, **words)
    name = cast.cooperative.name
    Cooperative.objects.update(simulated=False)
    for client in (Client(), as_(cast.buyer)):
        assert name not in text(client.get("/"))
    for client in (as_(cast.manager), as_(cast.officer)):
        assert name in text(client.get("/"))
    Cooperative.objects.update(simulated=True)
    assert name in text(Client().get("/"))


def test_a_plan_says_what_is_short_and_why(cast, order):
    run = planned(cast)
    page = text(as_(cast.manager).get(f"/rencana/{run.pk}/"))
    assert "500 buah tidak dibuat dalam rencana ini" in page
    assert "Persediaan Pelat baja habis" in page or "Pelat baja" in page
    assert "Terbukti: tidak ada rencana" in page


def test_a_plan_with_work_shows_lanes_tables_and_cost(cast, bracket, order):
    stocked(cast, bracket)
    run = planned(cast)
    client = as_(cast.manager)
    page = text(client.get(f"/rencana/{run.pk}/"))
    assert page.count('<rect class="bar') >= 3
    assert "W-001" in page
    assert "Rp" in page
    assert "Baut M8" in text(client.get(f"/rencana/{run.pk}/bengkel/"))
    assert "Baut M8" in text(client.get(f"/rencana/{run.pk}/bagian/"))
    assert client.get(f"/rencana/{run.pk}/terlambat/").status_code == 200


def stocked(cast, bracket):
    from datetime import date

    from wadah.catalogue.services import stock_count

    stock_count(cooperative=cast.cooperative, part=bracket.sheet, as_of=date(2026, 11, 1), quantity=100)


def test_plan_files_pass_wadah_check(cast, bracket, order, tmp_path):
    from wadah.planning.files import read_plan, read_problem
    from wadah.planning.plan import violations

    stocked(cast, bracket)
    run = planned(cast)
    client = as_(cast.manager)
    for which in ("problem", "plan"):
        (tmp_path / f"{which}.json.gz").write_bytes(client.get(f"/rencana/{run.pk}/berkas/{which}/").content)
    problem, plan = read_problem(tmp_path / "problem.json.gz"), read_plan(tmp_path / "plan.json.gz")
    assert violations(problem, plan) == ()
    assert plan.make


def test_a_manager_starts_a_plan_from_the_form(cast, order):
    fields = {"cooperative": cast.cooperative.pk, "start_on": "2026-12-03", "weeks": 8, "time_limit_seconds": 5}
    answer = post(as_(cast.manager), "/rencana/", **fields)
    run = PlanRun.objects.get()
    assert answer.status_code == 302
    assert answer["Location"] == f"/rencana/{run.pk}/"
    assert (run.start_on.isoformat(), run.weeks) == ("2026-11-30", 8)


def test_the_same_form_sent_twice_starts_one_plan(cast, order):
    fields = {"cooperative": cast.cooperative.pk, "start_on": "2026-12-03", "weeks": 8, "time_limit_seconds": 5}
    client = as_(cast.manager)
    first, second = post(client, "/rencana/", **fields), post(client, "/rencana/", **fields)
    assert first["Location"] == second["Location"]
    assert PlanRun.objects.count() == 1


def test_a_wrong_number_comes_back_on_the_form_and_changes_nothing(cast, order):
    fields = {"cooperative": cast.cooperative.pk, "start_on": "2026-12-03", "weeks": 900, "time_limit_seconds": 5}
    answer = post(as_(cast.manager), "/rencana/", **fields)
    assert answer.status_code == 400
    assert "104" in text(answer)
    assert not PlanRun.objects.exists()


def test_another_cooperative_cannot_be_chosen_on_the_form(cast, order):
    fields = {"cooperative": cast.other_cooperative.pk, "start_on": "2026-12-03", "weeks": 8, "time_limit_seconds": 5}
    assert post(as_(cast.manager), "/rencana/", **fields).status_code == 400
    assert not PlanRun.objects.exists()


def test_a_run_at_work_shows_how_far_it_is_and_can_be_told_to_end(cast, order):
    run = plan_run_start(cooperative=cast.cooperative, start_on=MONDAY, weeks=12, by=cast.manager)
    PlanRun.objects.filter(pk=run.pk).update(status="running", stage="bound", best_rupiah=1_250_000, seconds=3)
    client = as_(cast.manager)
    page = text(client.get(f"/rencana/{run.pk}/"))
    assert 'http-equiv="refresh"' in page
    assert "Rp1.250.000" in page
    assert "Pakai yang ini" in page
    PlanRun.objects.filter(pk=run.pk).update(best_rupiah=None)
    page = text(client.get(f"/rencana/{run.pk}/"))
    assert "Pakai yang ini" not in page
    assert "Hentikan" in page
    assert post(client, f"/rencana/{run.pk}/pakai/").status_code == 302


@pytest.mark.parametrize(
    ("language", "why", "unchanged"),
    [
        ("id", "pesanan PO-1/1 tidak boleh kurang, tetapi kurang 2,5 buah", "Tidak ada yang berubah"),
        ("en", "order PO-1/1 may not be short, but 2.5 pieces are", "Nothing was changed"),
    ],
)
def test_a_failed_run_says_why_in_both_languages_and_that_nothing_changed(cast, order, language, why, unchanged):
    run = plan_run_start(cooperative=cast.cooperative, start_on=MONDAY, weeks=12, by=cast.manager)
    stopped = "infeasible: order PO-1/1: can't be delivered whole as it must, short by 2.5 pieces"
    PlanRun.objects.filter(pk=run.pk).update(status="failed", result="infeasible", stopped=stopped)
    page = text(as_(cast.manager, language).get(f"/rencana/{run.pk}/"))
    assert why in page
    assert unchanged in page


def test_publishing_from_the_page_gives_the_member_the_work(cast, bracket, order):
    stocked(cast, bracket)
    run = planned(cast)
    assert "Baut M8" not in text(as_(cast.sari.user).get("/pekerjaan/"))
    assert post(as_(cast.manager), f"/rencana/{run.pk}/terbitkan/").status_code == 302
    page = text(as_(cast.sari.user).get("/pekerjaan/"))
    assert "Baut M8" in page
    assert "Karet" not in page


def test_an_officer_reads_plans_but_does_not_publish_them(cast, order):
    run = planned(cast)
    client = as_(cast.officer)
    assert client.get(f"/rencana/{run.pk}/").status_code == 200
    assert post(client, f"/rencana/{run.pk}/terbitkan/").status_code == 403
    assert PlanRun.objects.get().status == "draft"


def test_nobody_may_make_a_part_is_said_in_words(cast, bracket, order):
    stocked(cast, bracket)
    Approval.objects.filter(part=bracket.bush).delete()
    run = planned(cast)
    page = text(as_(cast.manager).get(f"/rencana/{run.pk}/"))
    assert "Karet peredam" in page
    assert "Belum ada bengkel" in page


def test_the_front_page_tells_stated_from_simulated(cast, order, client):
    plan_publish(run=planned(cast), by=cast.manager)
    page = text(client.get("/"))
    for words in ("10.000", "dinyatakan", "31 Agustus 2014", "Koperasi Maju Bersama", "simulasi"):
        assert words in page


def test_the_coverage_page_is_empty_in_words_without_a_mandate(cast, client):
    assert "Belum ada rencana" in text(client.get("/wajib-batik/"))


@pytest.mark.parametrize("address", ["/", "/pesanan/", "/rencana/", "/wajib-batik/", "/pekerjaan/"])
def test_pages_of_an_empty_house_stand_in_both_languages(cast, address):
    user = cast.sari.user if address == "/pekerjaan/" else cast.manager
    for language in ("id", "en"):
        assert as_(user, language).get(address).status_code == 200


def test_what_a_real_cooperative_is_ordered_shows_to_its_own_people_and_officers_alone(cast, order):
    planned(cast)

    def named(client):
        return "Koperasi Maju Bersama" in text(client.get("/"))

    assert named(Client())
    Cooperative.objects.update(simulated=False)
    assert [named(client) for client in (Client(), as_(cast.buyer), as_(cast.officer), as_(cast.manager))] == [
        False,
        False,
        True,
        True,
    ]
