"""Hari ini: each thing that waits for a manager is one sentence with one link; Mulai ticks off the way to an order."""

import datetime as dt

import pytest
from django.urls import reverse

from cast import JOINED, MONDAY
from cast_orders import bracket_build, bracket_order
from cast_quotations import request_of, sent_of
from standing import standing
from wadah.base.clock import now, today
from wadah.base.imports.services import import_upload
from wadah.catalogue.models import Approval
from wadah.demand.models import Quotation
from wadah.demand.services import order_move
from wadah.plans.models import PlannedLine, PlanRun
from wadah.plans.selectors import beginning, begun
from wadah.register.models import Holiday, WeekPattern, Workshop
from wadah.register.services import certificate_record, cooperative_found, membership_open
from wadah.web.access import Person
from wadah.web.views.manager.today.registry import cards_of
from wadah.web.views.manager.today.ticks import ticks

pytestmark = pytest.mark.django_db


@standing
def world(cast):
    return bracket_build(cast)


@pytest.fixture
def manager(client, cast):
    cast.manager.language = "en"
    cast.manager.save()
    client.force_login(cast.manager)
    return client


def titles(cast):
    from django.utils.translation import override

    with override("en"):
        return [made.title for made in cards_of(Person(cast.manager))]


def made(cast, title):
    from django.utils.translation import override

    with override("en"):
        return next(card for card in cards_of(Person(cast.manager)) if card.title == title)


def run_of(cast, status, lines=(), **columns):
    facts = {"start_on": MONDAY, "weeks": 12, "created_at": now()}
    run = PlanRun.objects.create(cooperative=cast.cooperative, status=status, **facts | columns)
    for line, figures in lines:
        PlannedLine.objects.create(run=run, line=line, due_period=9, **figures)
    return run


def quiet(cast):
    """Nothing waits: what members say is attested, and their hours were confirmed lately."""
    from wadah.register.models import WorkshopSkill

    WorkshopSkill.objects.update(claim="attested", attested_by=cast.manager)
    Workshop.objects.update(confirmed_at=now())


def test_nothing_to_decide_says_so(cast, manager):
    quiet(cast)
    assert titles(cast) == []
    assert "Nothing waits for your decision." in manager.get(reverse("today")).text


def test_requests_without_answer_stand_first_and_one_leads_to_itself(cast, world, manager):
    row = request_of(cast, world, received_on=dt.date(2026, 11, 20))
    assert titles(cast)[0] == "Requests without an answer"
    card = made(cast, "Requests without an answer")
    assert card.count == 1
    assert card.url == reverse("request", args=[row.number])
    assert "since 20 November 2026" in card.sentence
    request_of(cast, world)
    card = made(cast, "Requests without an answer")
    assert (card.count, card.url) == (2, reverse("requests") + "?keadaan=open&urut=received_on")
    assert row.number in manager.get(card.url).text


def test_a_sent_quotation_is_no_request_without_answer_and_waits_only_when_it_is_about_to_lapse(cast, world):
    quotation = sent_of(cast, world)
    assert "Requests without an answer" not in titles(cast)
    assert "Quotations about to lapse" not in titles(cast)
    Quotation.objects.update(valid_until=today() + dt.timedelta(days=3))
    assert made(cast, "Quotations about to lapse").url == reverse("quotation", args=[quotation.number])
    Quotation.objects.update(valid_until=today() - dt.timedelta(days=1))
    assert "Quotations about to lapse" not in titles(cast)


def test_only_drafts_newer_than_the_plan_in_force_wait(cast):
    run_of(cast, "draft")
    assert made(cast, "Drafts of plans").count == 1
    run_of(cast, "published")
    assert "Drafts of plans" not in titles(cast)
    newest = run_of(cast, "draft")
    assert made(cast, "Drafts of plans").url == reverse("plan", args=[newest.pk])


def test_promises_that_the_plan_in_force_breaks_and_lines_that_come_late_are_told_apart(cast, world):
    order = bracket_order(cast, world)
    order_move(order=order, to="confirmed", by=cast.manager)
    line = order.lines.get()
    run = run_of(cast, "published", [(line, {"late": 100, "on_time": 400, "deliveries": [[9, 400], [10, 100]]})])
    late = made(cast, "Order lines late or short")
    assert (late.count, late.url) == (1, reverse("plan_late", args=[run.pk]))
    assert "Promises at risk" not in titles(cast)
    line.promised_on = line.due_on
    line.save()
    broken = made(cast, "Promises at risk")
    assert (broken.count, broken.url) == (1, reverse("plan", args=[run.pk]) + "#broken")
    assert "Order lines late or short" not in titles(cast)
    PlannedLine.objects.update(late=0, on_time=500, deliveries=[[9, 500]])
    assert "Promises at risk" not in titles(cast)


def test_a_promise_that_the_plan_in_force_does_not_know_is_at_risk(cast, world):
    order = bracket_order(cast, world)
    order_move(order=order, to="confirmed", by=cast.manager)
    order.lines.update(promised_on=order.lines.get().due_on)
    run_of(cast, "published")
    assert made(cast, "Promises at risk").count == 1


def test_claims_wait_until_somebody_attests_them(cast, manager):
    card = made(cast, "Processes to attest")
    assert card.count == 3
    page = manager.get(card.url).text
    assert "Bengkel Bu Sari" in page
    assert "Bengkel Rudi" not in page
    quiet(cast)
    assert "Processes to attest" not in titles(cast)


def test_an_import_left_open_waits(cast):
    content = b"Nama Usaha;Pemilik\nDedi Kayu;Dedi\n"
    batch = import_upload(
        kind="members", cooperative_id=cast.cooperative.pk, file_name="anggota.csv", content=content, by=cast.manager
    )
    card = made(cast, "Imports left open")
    assert (card.count, card.url) == (1, reverse("import_batch", args=[batch.pk]))
    assert "anggota.csv" in card.sentence


def test_papers_and_approvals_that_end_soon_wait_and_the_list_shows_just_these(cast, world, manager):
    soon = today() + dt.timedelta(days=30)
    certificate_record(ikm=cast.sari.ikm, workshop=None, kind="sni", expires_on=soon)
    assert made(cast, "Certificates that end soon").count == 1
    Approval.objects.filter(part=world.bolt).update(valid_until=soon)
    card = made(cast, "Approvals that end soon")
    assert card.count == 1
    page = manager.get(card.url).text
    assert "BOLT-M8" in page or "Baut M8" in page
    assert "Pelat braket" not in page
    Approval.objects.create(
        part=world.bolt, workshop=cast.sari.workshop, status="approved", valid_from=soon + dt.timedelta(days=1)
    )
    assert "Approvals that end soon" not in titles(cast)


def test_hours_that_nobody_knows_or_confirms_wait(cast):
    quiet(cast)
    WeekPattern.objects.filter(workshop=cast.sari.workshop).delete()
    assert made(cast, "Workshops without hours").count == 1
    Workshop.objects.filter(pk=cast.karim.workshop.pk).update(confirmed_at=now() - dt.timedelta(days=91))
    assert made(cast, "Hours not confirmed for long").count == 1
    WeekPattern.objects.filter(workshop=cast.karim.workshop).update(valid_from=today())
    assert "Hours not confirmed for long" not in titles(cast)


def test_the_page_asks_the_database_as_often_for_many_rows_as_for_one(
    cast, world, manager, django_assert_max_num_queries
):
    def asked():
        with django_assert_max_num_queries(70) as captured:
            manager.get(reverse("today"))
        return len(captured)

    request_of(cast, world)
    run_of(cast, "draft")
    asked()
    before = asked()
    for _ in range(5):
        request_of(cast, world)
        run_of(cast, "draft")
    assert asked() == before


def test_another_cooperatives_manager_sees_none_of_it(cast, world, client):
    from cast import person

    request_of(cast, world)
    other = person("Pak Joko", 15)
    membership_open(cooperative=cast.other_cooperative, joined_on=JOINED, role="manager", user=other)
    client.force_login(other)
    page = client.get(reverse("today")).text
    assert "RFQ-" not in page
    assert "Koperasi Maju Bersama" not in page


# -- Mulai ---------------------------------------------------------------------------------------------------------


def done_of(cooperative):
    """Which ticks are made; the quick question whether all are says the same."""
    done = [tick.done for tick in ticks(beginning(cooperative, today()))]
    assert begun(cooperative, today()) == all(done)
    return done


def test_an_empty_cooperative_has_seven_ticks_to_make_each_with_a_way_and_an_example(cast, client, manager):
    empty = cooperative_found(code="baru", name="Koperasi Baru")
    membership_open(cooperative=empty, joined_on=JOINED, role="manager", user=cast.manager)
    listed = ticks(beginning(empty, today()))
    assert len(listed) == 7
    assert not any(tick.done for tick in listed)
    for tick in listed:
        assert tick.sentence and tick.example
        for url, _words in tick.ways:
            assert client.get(url).status_code == 200, url
    page = manager.get(reverse("today")).text
    assert "Koperasi Baru: 0 of 7 are done." in page


def test_ticks_are_made_one_after_the_other_and_the_list_goes_when_all_are(cast, manager):
    quiet(cast)
    assert done_of(cast.cooperative) == [False, True, False, False, False, False, False]
    Holiday.objects.create(date=dt.date(2027, 1, 1), name="Tahun Baru")
    assert done_of(cast.cooperative)[0]
    world = bracket_build(cast)
    assert done_of(cast.cooperative) == [True, True, True, True, False, False, False]
    order = bracket_order(cast, world)
    assert done_of(cast.cooperative) == [True, True, True, True, True, False, False]
    order_move(order=order, to="confirmed", by=cast.manager)
    draft = run_of(cast, "draft")
    assert done_of(cast.cooperative)[5:] == [True, False]
    page = manager.get(reverse("today")).text
    assert "6 of 7 are done." in page
    assert reverse("plan", args=[draft.pk]) in page
    PlanRun.objects.update(status="published")
    assert all(done_of(cast.cooperative))
    assert "of 7 are done" not in manager.get(reverse("today")).text
    Approval.objects.all().delete()
    assert not all(done_of(cast.cooperative))


def test_a_rate_without_an_approval_is_no_tick(cast):
    world = bracket_build(cast)
    Approval.objects.all().delete()
    assert not done_of(cast.cooperative)[3]
    Approval.objects.create(part=world.plate, workshop=cast.tini.workshop, status="approved", valid_from=JOINED)
    assert done_of(cast.cooperative)[3]


# -- where a manager lands -----------------------------------------------------------------------------------------


def test_a_manager_lands_on_today_and_finds_it_first_in_the_menu(cast, client):
    from cast import PASSWORD

    answer = client.post("/masuk/", {"phone": "0812-0000-0011", "password": PASSWORD})
    assert answer["Location"] == "/hari-ini/"
    page = client.get("/hari-ini/").text
    menu = page[page.index('class="ways"') : page.index("</nav>")]
    assert menu.index('href="/hari-ini/"') < menu.index("<a ", menu.index('href="/hari-ini/"'))
    assert menu.index("/hari-ini/") == menu.index('href="') + len('href="')
    assert client.get("/masuk/")["Location"] == "/hari-ini/"
    assert client.get("/").status_code == 200


def test_members_land_on_their_own_page_and_everybody_else_on_the_public_one(cast, client):
    from cast import PASSWORD

    assert client.post("/masuk/", {"phone": "0812-0000-0001", "password": PASSWORD})["Location"] == "/beranda/"
    client.post("/keluar/")
    assert client.post("/masuk/", {"phone": "0812-0000-0012", "password": PASSWORD})["Location"] == "/"
