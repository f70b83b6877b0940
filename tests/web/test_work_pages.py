"""Work on a phone and at the hub: big buttons, hand-overs with a code, material, lots, recall, papers."""

import io
from datetime import timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from python_calamine import CalamineWorkbook

from cast import JOINED
from cast_chain import chain_build
from cast_orders import bracket_order, may_make
from cast_work import WorkWorld, order_open, week
from standing import standing
from wadah.base.clock import now, today
from wadah.catalogue.services import part_put
from wadah.register.services import membership_open
from wadah.work.models import Lot, MaterialIssue, Milestone, Progress, WorkOrder
from wadah.work.services.handing_over import hand_over
from wadah.work.services.material import material_receive
from wadah.work.services.progress import progress_report

pytestmark = pytest.mark.django_db
PAPER_MOST = 150 * 1024


@standing
def world(cast, bracket):
    return WorkWorld(cast, bracket)


@standing
def row(world):
    return order_open(world, world.bracket.bolt, world.cast.sari)


@standing
def chain(world):
    return chain_build(world)


def signed_in(user):
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def sari(world):
    return signed_in(world.cast.sari.user)


@pytest.fixture
def ratna(world):
    return signed_in(world.cast.manager)


def post(client, name, args, key=None, **form):
    return client.post(reverse(name, args=args), {"idempotency_key": key or uuid4().hex, **form})


def text(client, name, args=(), query=""):
    answer = client.get(reverse(name, args=args) + query)
    assert answer.status_code == 200
    return answer.content.decode()


def sheet(answer):
    """The rows of an answer that is an Excel file."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(answer.content))
    return book.get_sheet_by_index(0).to_python()


def test_a_member_s_list_is_theirs_and_another_s_is_empty(world, row, sari):
    assert "Baut M8" in text(sari, "work")
    page = text(signed_in(world.cast.rudi.user), "work")
    assert "Baut M8" not in page
    assert 'class="empty"' in page


def test_big_buttons_note_what_is_done_and_give_a_receipt(row, sari):
    page = text(sari, "work_order", [row.number])
    assert [f'value="{step}"' in page for step in ("1", "10", "semua")] == [True, True, True]
    for pressed in ("1", "10", "semua"):
        assert post(sari, "work_report", [row.number], pieces=pressed).status_code == 302
    row.refresh_from_db()
    assert (row.reported, row.status) == (100, "started")
    page = text(sari, "work_order", [row.number])
    assert str(Progress.objects.latest("id").pk) in page
    assert 'value="semua"' not in page


def test_a_press_that_is_sent_five_times_counts_once(row, sari):
    for _ in range(5):
        answer = post(sari, "work_report", [row.number], key="the same press", pieces="10")
        assert answer.status_code == 302
    assert Progress.objects.count() == 1
    assert post(sari, "work_report", [row.number], key="the same press", pieces="1").status_code == 409


def test_a_number_typed_wrong_or_too_large_is_refused_in_words(row, sari):
    for form in ({"pieces": "lain", "count": "banyak"}, {"pieces": "lain", "count": "101"}, {"pieces": "kurangi"}):
        answer = post(sari, "work_report", [row.number], **form)
        assert answer.status_code == 400, form
    assert not Progress.objects.exists()


def test_fewer_are_noted_with_a_reason(row, sari):
    post(sari, "work_report", [row.number], pieces="lain", count="30")
    assert post(sari, "work_report", [row.number], pieces="kurangi", count="5").status_code == 400
    post(sari, "work_report", [row.number], pieces="kurangi", count="5", reason="Salah hitung")
    row.refresh_from_db()
    assert row.reported == 25


def test_what_is_announced_has_a_code_to_show_and_can_be_taken_back(row, sari):
    tomorrow = (today() + timedelta(days=1)).isoformat()
    answer = post(sari, "work_bring", [row.number], pieces="40", day=tomorrow, hour="9")
    lot = Lot.objects.get()
    assert answer["Location"] == reverse("bring_lot", args=[lot.number])
    assert (lot.waiting, lot.bring_at.hour) == (40, 2)  # 9 in Bekasi is 2 in UTC
    page = text(sari, "bring_lot", [lot.number])
    assert "<svg" in page
    assert lot.number in text(sari, "bring")
    assert post(sari, "bring_cancel", [lot.number], reason="").status_code == 400
    post(sari, "bring_cancel", [lot.number], reason="Motor mogok")
    lot.refresh_from_db()
    assert (lot.waiting, lot.returned) == (0, 40)


def test_more_than_asked_is_refused_on_the_form_and_what_was_typed_stays(row, sari):
    answer = post(sari, "work_bring", [row.number], pieces="101", day=today().isoformat(), hour="9")
    assert answer.status_code == 400
    assert 'value="101"' in answer.content.decode()
    assert not Lot.objects.exists()


def test_what_can_t_be_made_goes_back_with_a_reason(row, sari):
    assert post(sari, "work_give_up", [row.number], pieces="30", kind="other", words="").status_code == 400
    post(sari, "work_give_up", [row.number], pieces="30", kind="machine", words="sampai Jumat")
    row.refresh_from_db()
    assert row.given_up == 30
    page = text(signed_in(row.made_by), "board_order", [row.number])
    assert "sampai Jumat" in page


def test_a_manager_notes_for_a_member_with_a_reason_and_it_is_told(row, world, ratna):
    page = text(ratna, "board_order", [row.number])
    assert 'class="behalf"' in page
    assert post(ratna, "board_report", [row.number], pieces="10").status_code == 400
    post(ratna, "board_report", [row.number], pieces="10", reason="Tidak punya ponsel")
    made = Progress.objects.get()
    assert (made.by, made.on_behalf_of, made.reason) == (world.cast.manager, "Bu Sari", "Tidak punya ponsel")
    assert "Tidak punya ponsel" in text(ratna, "board_order", [row.number])


def test_the_counter_receives_a_lot_and_leads_to_its_label(row, ratna):
    answer = post(ratna, "board_counter", [row.number], pieces="25", reason="Diantar ke loket")
    lot = Lot.objects.get()
    assert answer["Location"] == reverse("lot", args=[lot.number])
    page = text(ratna, "lot", [lot.number])
    assert reverse("lot_labels", args=[lot.number]) in page
    assert reverse("hand_over_paper", args=[lot.number]) in page


def test_an_announced_lot_stands_above_the_hub_and_is_counted_in(row, ratna):
    lot = hand_over(work_order=row, pieces=Decimal(40), bring_at=now() + timedelta(hours=1))
    assert lot.number in text(ratna, "store")
    post(ratna, "lot_receive", [lot.number], pieces="38", note="Dua kurang")
    lot.refresh_from_db()
    assert (lot.waiting, lot.returned, lot.bring_at) == (38, 2, None)
    assert "Dua kurang" in text(ratna, "lot", [lot.number])


def test_the_board_tells_late_work_from_the_rest_and_searches(row, world, ratna):
    late = order_open(world, world.bracket.plate, world.cast.tini, 7)
    WorkOrder.objects.filter(pk=late.pk).update(due_on=week(-1))
    page = text(ratna, "board")
    first = page[page.index('id="k-late"') : page.index('id="k-todo"')]
    assert late.number in first
    assert row.number not in first
    assert row.number in page[page.index('id="k-todo"') : page.index('id="k-doing"')]
    assert late.number not in text(ratna, "board", query="?q=Baut")


def test_lists_go_home_as_excel(row, chain, ratna):
    answer = ratna.get(reverse("work_orders") + "?unduh=xlsx")
    rows = sheet(answer)
    assert row.number in {line[0] for line in rows}
    assert ("+6281200000001") in {line[-1] for line in rows}
    for name in ("store", "store_moves"):
        assert ratna.get(reverse(name) + "?unduh=csv").status_code == 200
    answer = ratna.get(reverse("recall") + f"?lot={chain.sheet.number}&unduh=xlsx")
    rows = sheet(answer)
    assert chain.shipment.number in {line[-1] for line in rows}
    answer = ratna.get(reverse("lot", args=[chain.brackets.number]) + "?unduh=xlsx")
    numbers = {line[2] for line in sheet(answer)}
    assert {chain.sheet.number, chain.bolts.number} <= numbers


def test_material_is_filled_in_by_what_is_missing_and_handed_out(world, ratna):
    row = order_open(world, world.bracket.plate, world.cast.tini)
    told = {"cooperative": world.cast.cooperative, "part": world.bracket.sheet, "supplier": "Toko Baja"}
    late = material_receive(quantity=Decimal(25), **told)
    soon = material_receive(quantity=Decimal(10), expires_on=today() + timedelta(days=5), **told)
    page = text(ratna, "material", [row.number])
    assert f'name="lot-{soon.pk}" value="10"' in page
    assert f'name="lot-{late.pk}" value="8"' in page
    asked = {f"lot-{soon.pk}": "10", f"lot-{late.pk}": "9"}
    answer = post(ratna, "material", [row.number], **asked)
    assert answer.status_code == 400
    assert f'name="lot-{late.pk}" value="9"' in answer.content.decode()
    post(ratna, "material", [row.number], **asked, reason="Sisa potongan")
    issues = {issue.lot_id: issue for issue in MaterialIssue.objects.all()}
    assert {key: issue.pieces for key, issue in issues.items()} == {soon.pk: 10, late.pk: 9}
    post(ratna, "material_back", [row.number, issues[late.pk].pk], pieces="4")
    post(ratna, "material_spoilt", [row.number, issues[late.pk].pk], pieces="1", reason="Salah potong")
    late.refresh_from_db()
    assert (late.accepted, late.issued, late.scrapped) == (20, 4, 1)


def test_material_comes_in_with_its_batch(world, ratna):
    form = {"part": world.bracket.sheet.pk, "quantity": "25", "supplier": "Toko Baja", "batch": "B-9"}
    assert post(ratna, "material_add", [], **form, received_on="2999-01-01").status_code == 400
    post(ratna, "material_add", [], **form, received_on=today().isoformat())
    lot = Lot.objects.get()
    assert (lot.batch, lot.accepted, lot.cooperative) == ("B-9", 25, world.cast.cooperative)


def test_who_runs_two_hubs_says_to_which_material_came(world, ratna):
    two = world.cast.other_cooperative
    membership_open(cooperative=two, joined_on=JOINED, role="manager", user=world.cast.manager)
    assert '<select name="cooperative"' in text(ratna, "material_add")
    form = {"part": world.bracket.sheet.pk, "quantity": "25", "supplier": "Toko", "received_on": today().isoformat()}
    assert post(ratna, "material_add", [], **form).status_code == 400
    assert not Lot.objects.exists()
    post(ratna, "material_add", [], **form, cooperative=two.pk)
    assert Lot.objects.get().cooperative == two


def test_one_hub_isnt_asked_for_and_no_others_is_taken(world, ratna):
    assert 'name="cooperative"' not in text(ratna, "material_add")
    form = {"part": world.bracket.sheet.pk, "quantity": "25", "supplier": "Toko", "received_on": today().isoformat()}
    post(ratna, "material_add", [], **form, cooperative=world.cast.other_cooperative.pk)
    assert Lot.objects.get().cooperative == world.cast.cooperative


def test_lots_are_split_merged_and_labelled_on_their_pages(chain, ratna):
    number = chain.sheet.number
    post(ratna, "lot_part", [number], pieces="3,2", source="accepted")
    child = Lot.objects.latest("id")
    assert (child.origin, child.accepted) == ("split", Decimal("3.2"))
    post(ratna, "lot_join", [child.number], lots=[chain.other_sheet.pk], source="accepted")
    one = Lot.objects.latest("id")
    assert (one.origin, one.accepted) == ("merged", Decimal("28.2"))
    post(ratna, "lot_label", [one.number], supplier="Toko Baja", batch="B-78", reason="Digabung")
    post(ratna, "lot_scrap", [one.number], pieces="0,2", reason="Kena air")
    post(ratna, "lot_send_back", [number], pieces="1", source="accepted", reason="Salah ukuran")
    one.refresh_from_db()
    assert (one.batch, one.scrapped) == ("B-78", Decimal("0.2"))
    assert number in text(ratna, "lot", [one.number])


def test_a_box_is_traced_by_its_number_and_a_recall_says_whom_to_call(chain, world, ratna):
    assert chain.brackets.number in text(ratna, "trace", query=f"?q={chain.shipment.number}")
    page = text(ratna, "recall", query="?batch=B-7")
    assert world.cast.buyer.phone in page
    assert chain.shipment.number in page
    assert world.cast.tini.ikm.phone in page
    day = f"?workshop={world.cast.karim.workshop.pk}&day={today().isoformat()}"
    assert chain.bushes.number in text(ratna, "recall", query=day)


def test_a_label_tells_anybody_what_it_is_and_no_name(chain, world):
    lot = chain.bolts
    page = text(Client(), "lot_check", [lot.number, lot.check_code])
    assert "Baut M8" in page
    for secret in ("Sari", "Maju Bersama", "350", world.cast.sari.ikm.phone, chain.brackets.number):
        assert secret not in page
    assert Client().get(reverse("lot_check", args=[lot.number, "SALAH"])).status_code == 404


def test_papers_are_light_pdf_and_prove_themselves(chain, row, world, sari, ratna):
    lot = hand_over(work_order=row, pieces=Decimal(5), by=world.cast.sari.user)
    papers = [
        (sari, "work_order_paper", row.number),
        (sari, "hand_over_paper", lot.number),
        (ratna, "work_order_paper", chain.brackets_order.number),
        (ratna, "material_paper", chain.brackets_order.number),
        (ratna, "lot_labels", chain.sheet.number),
    ]
    for client, name, number in papers:
        for language in ("id", "en"):
            answer = client.get(reverse(name, args=[number]) + f"?bahasa={language}&kali=24")
            assert answer["Content-Type"] == "application/pdf"
            assert answer.content.startswith(b"%PDF-")
            assert len(answer.content) <= PAPER_MOST, name
    check = Client().get(reverse("paper_check", args=[row.number, row.check_code]))
    assert row.number in check.content.decode()


def test_work_by_hand_is_given_to_a_member_with_a_rate(world, ratna):
    page = text(ratna, "work_order_new")
    assert "Bengkel Bu Sari" in page
    assert "Bengkel Rudi" not in page
    rate = world.bracket.bolt.rates.get(workshop=world.cast.sari.workshop)
    form = {"maker": rate.pk, "pieces": "20", "week_start": week(1).isoformat(), "reason": "Lewat telepon"}
    assert post(ratna, "work_order_new", [], **{**form, "pieces": "2000000"}).status_code == 400
    post(ratna, "work_order_new", [], **form)
    row = WorkOrder.objects.get()
    assert (row.pieces, row.week_start, row.cooperative) == (20, week(1), world.cast.cooperative)


@pytest.fixture
def service(world):
    film = part_put(code="FILM", name="Film", subsector=world.cast.subsector, unit="hour", integer=False, service=True)
    may_make(film, world.cast.sari)
    line = bracket_order(world.cast, world.bracket).lines.get()
    return order_open(world, film, world.cast.sari, 40, kind="service", line=line)


def test_milestones_are_laid_out_handed_in_and_accepted_by_the_buyer(service, world, sari, ratna):
    wrong = "10; Adegan satu; 2026-12-31\n20; Adegan dua; besok"
    answer = post(ratna, "board_steps", [service.number], steps=wrong)
    assert answer.status_code == 400
    assert "Adegan satu" in answer.content.decode()
    right = "10; Adegan satu; 2026-12-31\n30\tAdegan dua\t2027-01-31"
    post(ratna, "board_steps", [service.number], steps=right)
    first = Milestone.objects.get(number=1)
    assert post(sari, "work_milestone", [service.number, 1]).status_code == 400
    post(sari, "work_milestone", [service.number, 1], link="https://contoh.id/adegan")
    tanaka = signed_in(world.cast.buyer)
    assert first.title in text(tanaka, "milestones")
    assert "https://contoh.id/adegan" in text(tanaka, "milestone", [first.pk])
    assert tanaka.get(reverse("milestone", args=[Milestone.objects.get(number=2).pk])).status_code == 404
    post(tanaka, "milestone_no", [first.pk], reason="Suara belum ada")
    assert "Suara belum ada" in text(sari, "work_order", [service.number])
    post(ratna, "board_step_in", [service.number, 1], note="Di kartu memori", reason="Tidak punya ponsel")
    post(tanaka, "milestone_yes", [first.pk], quantity="10")
    assert Lot.objects.get().accepted == 10
    post(ratna, "board_step_out", [service.number, 2], reason="Tidak jadi")
    service.refresh_from_db()
    assert (service.status, service.given_up) == ("done", 30)


def queries(client, address):
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


@pytest.mark.parametrize("name", ["board", "work_orders", "store", "store_moves"])
def test_a_manager_s_lists_take_a_constant_number_of_queries(name, world, row, ratna):
    hand_over(work_order=row, pieces=Decimal(5))
    ratna.get(reverse(name))
    before = queries(ratna, reverse(name))
    for maker, part in ((world.cast.tini, world.bracket.plate), (world.cast.karim, world.bracket.bush)):
        for _ in range(3):
            hand_over(work_order=order_open(world, part, maker, 9), pieces=Decimal(4), bring_at=now())
    assert queries(ratna, reverse(name)) == before


@pytest.mark.parametrize("name", ["work", "bring"])
def test_a_member_s_lists_take_a_constant_number_of_queries(name, world, row, sari):
    progress_report(work_order=row, pieces=Decimal(20))
    hand_over(work_order=row, pieces=Decimal(5), bring_at=now())
    sari.get(reverse(name))
    before = queries(sari, reverse(name))
    for _ in range(4):
        more = order_open(world, world.bracket.bolt, world.cast.sari, 30)
        progress_report(work_order=more, pieces=Decimal(20))
        hand_over(work_order=more, pieces=Decimal(5), bring_at=now())
    assert queries(sari, reverse(name)) == before


def test_empty_pages_say_why_and_what_to_do(world, ratna):
    for name in ("board", "store", "store_moves", "work_orders", "milestones"):
        assert 'class="empty"' in text(ratna, name), name


def test_today_tells_what_is_late_what_should_have_come_and_what_waits(row, service, world, sari, ratna):
    assert reverse("store") not in text(ratna, "today").split("<main", 1)[1]
    WorkOrder.objects.filter(pk=row.pk).update(due_on=week(-1))
    lot = hand_over(work_order=row, pieces=Decimal(5), bring_at=now())
    Lot.objects.filter(pk=lot.pk).update(bring_at=now() - timedelta(hours=1))
    post(ratna, "board_steps", [service.number], steps="40; Film; 2026-12-31")
    post(sari, "work_milestone", [service.number, 1], note="Di kartu memori")
    page = text(ratna, "today").split("<main", 1)[1]
    for address in (reverse("work_orders") + "?kolom=late", reverse("store"), reverse("milestones")):
        assert address in page, address
    where = text(signed_in(world.cast.buyer), "order_where", [service.line.order.number])
    assert reverse("milestone", args=[Milestone.objects.get().pk]) in where
