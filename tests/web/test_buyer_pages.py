"""A buyer asks, compares, orders: what works, what is refused in words, and what another buyer never sees."""

from datetime import timedelta

import pytest
from django.test import Client

from cast import person
from cast_orders import bracket_build
from cast_quotations import draft_of, sent_of
from standing import standing
from wadah.base.clock import today
from wadah.base.errors import Refused
from wadah.demand.models import Order, Quotation, Request
from wadah.demand.services import buyer_contact_add, buyer_put
from wadah.web.views.buyer import answers


@standing
def world(cast):
    return bracket_build(cast)


def signed_in(user):
    client = Client()
    client.force_login(user)
    return client


def post(client, address, key="k", **facts):
    return client.post(address, {"idempotency_key": key, **facts})


@pytest.fixture
def buyer(cast, world):
    world.buyer.cooperatives.add(cast.cooperative)
    return signed_in(cast.buyer)


@pytest.fixture
def other(cast, world):
    user = person("Ms Sato", 16, "en")
    buyer_contact_add(buyer=buyer_put(name="Boat maker", market="export", kind="factory"), user=user)
    return signed_in(user)


@pytest.fixture
def taken(monkeypatch):
    """Acceptance without a plan in force: what plans make of it is tested there."""
    from wadah.demand.services import quotation_accept

    monkeypatch.setattr(answers, "quotation_take", lambda **facts: (quotation_accept(**facts), None))


def ask(client, cast, world, text, key="k", **facts):
    columns = {"buyer": world.buyer.pk, "cooperative": cast.cooperative.pk, "text": text}
    return post(client, "/pembeli/permintaan/baru/", key, **columns | facts)


def test_a_buyer_sees_what_the_cooperatives_workshops_make(buyer, other):
    text = buyer.get("/pembeli/").content.decode()
    assert "Braket" in text
    assert "Koperasi Maju Bersama" in text
    assert "BOLT-M8/headed" not in text
    assert "No cooperative offers you a part yet." in other.get("/pembeli/").content.decode()


def test_a_pasted_message_becomes_a_request_with_the_parts_that_are_meant(buyer, cast, world):
    day = today() + timedelta(days=60)
    answer = ask(buyer, cast, world, f"bracket 1.000 pcs\n- karet bundar 200 buah, {day:%d/%m/%Y}", wanted_on=day)
    (request,) = Request.objects.all()
    assert answer["Location"] == f"/pembeli/permintaan/{request.number}/"
    assert [(line.text, line.quantity, line.part) for line in request.lines.all()] == [
        ("bracket", 1000, world.bracket),
        ("karet bundar", 200, None),
    ]
    page = buyer.get(answer["Location"]).content.decode()
    assert "karet bundar" in page
    assert "not matched yet" in page


def test_pressing_twice_asks_once(buyer, cast, world):
    for _ in range(2):
        ask(buyer, cast, world, "bracket 10 pcs 2030-01-04")
    assert Request.objects.count() == 1


def test_what_is_not_understood_is_named_and_nothing_is_written(buyer, cast, world):
    answer = ask(buyer, cast, world, "bracket 10 pcs 2030-01-04\nSelamat pagi")
    text = answer.content.decode()
    assert answer.status_code == 400
    assert "Line 2, “Selamat pagi”: how many is missing; the day is missing." in text
    assert "bracket 10 pcs 2030-01-04" in text
    assert not Request.objects.exists()


def test_nobody_asks_in_another_buyers_name(other, cast, world):
    assert ask(other, cast, world, "bracket 10 pcs 2030-01-04").status_code == 400
    assert not Request.objects.exists()


def test_a_request_is_taken_back(buyer, cast, world):
    quotation = sent_of(cast, world)
    answer = post(buyer, f"/pembeli/permintaan/{quotation.request.number}/tarik/", reason="budget")
    assert answer.status_code == 302
    assert Request.objects.get().status == "withdrawn"
    assert Quotation.objects.get().status == "withdrawn"


def test_variants_stand_side_by_side_without_margin_or_cost(buyer, cast, world):
    quotation = sent_of(cast, world, margin_percent=17)
    text = buyer.get(f"/pembeli/penawaran/{quotation.number}/").content.decode()
    for shown in ("Rp12.000.000", "Rp7.500.000", "Accept A", "Accept B", "No hours are kept free"):
        assert shown in text
    for hidden in ("17%", "Rp9.000.000", "margin"):
        assert hidden not in text


def test_a_draft_is_nothing_to_the_buyer(buyer, cast, world):
    draft = draft_of(cast, world)
    assert buyer.get(f"/pembeli/penawaran/{draft.number}/").status_code == 404
    assert buyer.get(f"/penawaran/{draft.number}/surat.pdf").status_code == 404


def test_accepting_makes_the_order_and_a_second_answer_is_a_conflict(buyer, cast, world, taken):
    quotation = sent_of(cast, world)
    here = f"/pembeli/penawaran/{quotation.number}/"
    answer = post(buyer, f"{here}terima/B/", answered_by="Mr Tanaka, purchasing", binding="on")
    order = Order.objects.get()
    assert answer["Location"] == f"/pesanan/{order.number}/"
    assert order.lines.get().quantity == 600
    assert "promised by" in buyer.get(answer["Location"]).content.decode()
    assert post(buyer, f"{here}tolak/", "k2", reason="x").status_code == 409
    again = post(buyer, f"{here}terima/A/", "k3", answered_by="Mr Tanaka", binding="on")
    assert again.status_code == 409
    assert "Accept A" not in buyer.get(here).content.decode()


def test_an_order_binds_only_whoever_says_so(buyer, cast, world, taken):
    quotation = sent_of(cast, world)
    answer = post(buyer, f"/pembeli/penawaran/{quotation.number}/terima/A/", answered_by="Mr Tanaka")
    assert answer.status_code == 400
    assert not Order.objects.exists()


def test_a_promise_that_cannot_be_kept_is_told_on_the_form(buyer, cast, world, monkeypatch):
    def refuse(**facts):
        raise Refused("only 400 pieces are left by then")

    monkeypatch.setattr(answers, "quotation_take", refuse)
    quotation = sent_of(cast, world)
    answer = post(buyer, f"/pembeli/penawaran/{quotation.number}/terima/A/", answered_by="T", binding="on")
    assert "only 400 pieces are left by then" in answer.content.decode()
    assert Quotation.objects.get().status == "sent"


def test_what_lapsed_shows_no_button(buyer, cast, world):
    quotation = sent_of(cast, world)
    Quotation.objects.update(valid_until=today() - timedelta(days=1))
    text = buyer.get(f"/pembeli/penawaran/{quotation.number}/").content.decode()
    assert "lapsed" in text
    assert "Accept A" not in text


@pytest.mark.parametrize("tail", ["", "terima/A/", "tolak/"])
def test_another_buyers_quotation_does_not_exist(other, cast, world, tail):
    assert other.get(f"/pembeli/penawaran/{sent_of(cast, world).number}/{tail}").status_code == 404


def test_lists_hold_only_ones_own(buyer, other, cast, world):
    quotation = sent_of(cast, world)
    assert quotation.request.number in buyer.get("/pembeli/permintaan/").content.decode()
    assert quotation.request.number not in other.get("/pembeli/permintaan/?unduh=csv").content.decode()


def outputs_made(cast, world, **columns):
    from datetime import date

    from wadah.base.clock import now
    from wadah.plans.models import PartOutput

    facts = {
        "week_on": date(2026, 12, 7),
        "week_quantity": 1320,
        "week_bound": 1320,
        "month_until": date(2026, 12, 27),
        "month_quantity": 2100,
        "month_bound": 2400,
        "worked_out_at": now(),
    }
    return PartOutput.objects.create(cooperative=cast.cooperative, part=world.bracket, **facts | columns)


def test_a_buyer_reads_how_many_a_week_and_how_many_this_month_and_what_that_means(buyer, cast, world):
    page = buyer.get("/pembeli/").content.decode()
    assert "not worked out yet" in page
    outputs_made(cast, world)
    page = buyer.get("/pembeli/").content.decode()
    assert ">1,320</td>" in page
    assert "2,100, perhaps up to 2,400 by 27 Dec" in page
    assert "if nothing else were asked of the workshops" in page
    assert "As of " in page


def test_while_orders_wait_for_a_plan_the_page_says_to_ask(buyer, cast, world):
    outputs_made(cast, world, month_until=None, month_quantity=None, month_bound=None)
    assert "ask: orders are being planned" in buyer.get("/pembeli/").content.decode()


def test_the_list_goes_home_as_a_file_with_figures(buyer, cast, world):
    outputs_made(cast, world)
    text = buyer.get("/pembeli/?unduh=csv").content.decode("utf-8-sig")
    assert "Braket;BRACKET;Koperasi Maju Bersama;1;1320;2100;27/12/2026" in text
    assert buyer.get("/pembeli/?unduh=xlsx")["Content-Type"].startswith("application/vnd.openxml")


def test_the_list_takes_as_many_queries_for_many_parts(buyer, cast, world, django_assert_max_num_queries):
    def asked():
        with django_assert_max_num_queries(30) as captured:
            buyer.get("/pembeli/")
        return len(captured)

    before = asked()
    outputs_made(cast, world)
    assert asked() == before
