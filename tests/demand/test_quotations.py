"""From a request to an order: what each step writes, what it refuses, and who wins where two answer at once."""

import threading
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction

from cast_quotations import draft_of, request_of, sent_of
from wadah.base.clock import today
from wadah.base.errors import Conflict, Refused
from wadah.base.history import history_of
from wadah.catalogue.rules.prices import late_cost_rupiah, short_cost_rupiah
from wadah.catalogue.selectors import cooperative_terms
from wadah.demand.lines import LineAsked, LineOffered
from wadah.demand.models import Order, Quotation, Request
from wadah.demand.selectors import lines_to_plan, quotation_standing, quotations_seen, requests_seen
from wadah.demand.services import (
    order_cancel,
    quotation_accept,
    quotation_change,
    quotation_decline,
    quotation_draft,
    quotation_send,
    quotation_variant_put,
    quotation_variant_remove,
    quotation_withdraw,
    quotations_lapse,
    request_decline,
    request_line_match,
    request_withdraw,
)


def again(row):
    return type(row).objects.get(pk=row.pk)


def accept(quotation, code="A", **columns):
    columns.setdefault("answered_by", "Mr Tanaka")
    return quotation_accept(quotation=quotation, variant=quotation.variants.get(code=code), **columns)


# -- requests ---------------------------------------------------------------------------------------------------------


def test_requests_are_numbered_and_keep_the_buyers_words(cast, world):
    first, second = request_of(cast, world), request_of(cast, world)
    year = today().year
    assert [first.number, second.number] == [f"RFQ-{year}-0001", f"RFQ-{year}-0002"]
    assert [(line.text, line.part) for line in first.lines.all()] == [
        ("braket mesin", world.bracket),
        ("karet bulat", None),
    ]


def test_a_request_without_lines_is_refused(cast, world):
    with pytest.raises(Refused, match="at least one thing"):
        request_of(cast, world, lines=[])
    assert not Request.objects.exists()


def test_a_line_is_matched_and_unmatched(cast, world):
    line = request_of(cast, world).lines.get(line_no=2)
    assert request_line_match(line=line, part=world.bush).part == world.bush
    assert request_line_match(line=line, part=None).part is None


def test_half_a_piece_is_refused(cast, world):
    asked = [LineAsked("karet", Decimal("1.5"), today())]
    line = request_of(cast, world, lines=asked).lines.get()
    with pytest.raises(Refused, match="whole pieces"):
        request_line_match(line=line, part=world.bush)


def test_a_request_tells_how_much_of_it_is_understood(cast, world, django_assert_num_queries):
    request_of(cast, world)
    sent = sent_of(cast, world)
    with django_assert_num_queries(1):
        newest, other = requests_seen(cooperatives=[cast.cooperative.pk], buyers=[])
    assert (newest.line_count, newest.unmatched, newest.offer) == (2, 1, sent.number)
    assert other.offer is None


def test_a_declined_request_says_why_and_takes_its_drafts_along(cast, world):
    quotation = draft_of(cast, world)
    with pytest.raises(Refused, match="why"):
        request_decline(request=quotation.request, reason=" ")
    request = request_decline(request=quotation.request, reason="no press is large enough")
    assert (request.status, request.answer) == ("declined", "no press is large enough")
    assert again(quotation).status == "withdrawn"


def test_what_is_over_is_not_changed(cast, world):
    request = request_of(cast, world)
    request_withdraw(request=request)
    with pytest.raises(Refused, match="withdrawn"):
        quotation_draft(request=request)
    with pytest.raises(Refused, match="withdrawn"):
        request_line_match(line=request.lines.get(line_no=2), part=world.bush)


# -- drafts -----------------------------------------------------------------------------------------------------------


def test_a_draft_takes_the_cooperatives_terms(cast, world):
    terms = cooperative_terms(cast.cooperative, today())
    quotation = quotation_draft(request=request_of(cast, world))
    assert quotation.margin_percent == terms.margin_percent
    assert quotation.valid_until == today() + timedelta(days=terms.quotation_valid_days)
    assert quotation.late_penalty_percent_week == terms.late_penalty_percent_week


def test_late_and_short_cost_follow_from_price_and_terms(cast, world):
    terms = cooperative_terms(cast.cooperative, today())
    line = draft_of(cast, world).variants.get(code="A").lines.get()
    assert line.late_penalty_rupiah_piece_week == late_cost_rupiah(12_000, terms)
    assert line.short_cost_rupiah_piece == short_cost_rupiah(12_000, terms)


def test_a_variant_written_again_replaces_its_lines(cast, world):
    quotation = draft_of(cast, world)
    lines = [LineOffered(world.bush, 5, today(), 700), LineOffered(world.bracket, 6, today(), 800)]
    quotation_variant_put(quotation=quotation, code="A", label="less", lines=lines)
    assert [(line.line_no, line.part) for line in quotation.variants.get(code="A").lines.all()] == [
        (1, world.bush),
        (2, world.bracket),
    ]


@pytest.mark.parametrize("columns", [{"quantity": 0}, {"price_rupiah_piece": -1}, {"sure": "perhaps"}])
def test_a_line_out_of_range_is_refused(cast, world, columns):
    quotation = draft_of(cast, world)
    facts = {"part": world.bracket, "quantity": 5, "promised_on": today(), "price_rupiah_piece": 9}
    with pytest.raises(Refused), transaction.atomic():
        quotation_variant_put(quotation=quotation, code="A", label="x", lines=[LineOffered(**facts | columns)])
    assert quotation.variants.get(code="A").lines.get().quantity == 1_000


def test_a_sent_quotation_is_never_edited(cast, world):
    quotation = sent_of(cast, world)
    line = LineOffered(world.bracket, 5, today(), 9)
    for edit in (
        lambda: quotation_change(quotation=quotation, note="x"),
        lambda: quotation_variant_put(quotation=quotation, code="A", label="x", lines=[line]),
        lambda: quotation_variant_remove(variant=quotation.variants.get(code="B")),
    ):
        with pytest.raises(Refused, match="make a new quotation"):
            edit()


# -- sending ----------------------------------------------------------------------------------------------------------


def test_sending_tells_the_request_and_reserves_nothing_unless_asked(cast, world):
    quotation = sent_of(cast, world)
    assert quotation.status == "sent"
    assert again(quotation.request).status == "quoted"
    assert not Order.objects.exists()


def test_a_reserving_quotation_writes_an_order_that_plans_keep_hours_for(cast, world):
    quotation = quotation_send(quotation=draft_of(cast, world, reserves_hours=True), reserve="B")
    (line,) = lines_to_plan(cast.cooperative)
    assert (line.order.status, line.quantity, line.price_rupiah_piece) == ("reserved", 600, 12_500)
    assert line.promised_on == line.due_on == today() + timedelta(days=60)
    assert quotation.variants.get(reserved=True).code == "B"


def test_nothing_offered_and_nothing_past_is_sent(cast, world):
    with pytest.raises(Refused, match="nothing yet"):
        quotation_send(quotation=quotation_draft(request=request_of(cast, world)))
    with pytest.raises(Refused, match="which is past"):
        sent_of(cast, world, valid_until=today() - timedelta(days=1))
    late = quotation_draft(request=request_of(cast, world))
    line = LineOffered(world.bracket, 5, today() - timedelta(days=1), 9)
    quotation_variant_put(quotation=late, code="A", label="x", lines=[line])
    with pytest.raises(Refused, match="line 1 promises"):
        quotation_send(quotation=late)


def test_a_new_quotation_replaces_the_one_that_was_sent(cast, world):
    first = sent_of(cast, world, reserves_hours=True)
    second = sent_of(cast, world, first.request, reserves_hours=True)
    assert (again(first).status, second.status) == ("withdrawn", "sent")
    assert second.number in again(first).reason
    assert list(Order.objects.order_by("number").values_list("status", flat=True)) == ["cancelled", "reserved"]


# -- answers ----------------------------------------------------------------------------------------------------------


def test_accepting_confirms_an_order_with_frozen_terms(cast, world):
    quotation = sent_of(cast, world)
    offered = quotation.variants.get(code="B").lines.get()
    order = accept(quotation, "B", answered_by="Mr Tanaka", by=cast.buyer)
    line = order.lines.get()
    assert order.status == "confirmed"
    assert order.quotation == again(quotation)
    assert (line.quantity, line.price_rupiah_piece, line.promised_on) == (600, 12_500, offered.promised_on)
    assert line.late_cost_rupiah_piece_week == offered.late_penalty_rupiah_piece_week
    assert line.short_cost_rupiah_piece == offered.short_cost_rupiah_piece
    assert again(quotation.request).status == "accepted"
    assert (again(quotation).answered_by, again(quotation).answered_how) == ("Mr Tanaka", "page")


def test_the_reserved_order_itself_is_confirmed(cast, world):
    quotation = sent_of(cast, world, reserves_hours=True)
    reserved = Order.objects.get()
    order = accept(quotation, by=cast.buyer)
    assert (order.pk, order.status) == (reserved.pk, "confirmed")


def test_another_variant_than_the_reserved_one_makes_an_order_of_its_own(cast, world):
    quotation = sent_of(cast, world, reserves_hours=True)
    order = accept(quotation, "B", by=cast.buyer)
    assert sorted(Order.objects.values_list("status", flat=True)) == ["cancelled", "confirmed"]
    assert order.lines.get().quantity == 600


def test_a_letter_needs_its_reference_and_date(cast, world):
    quotation = sent_of(cast, world)
    with pytest.raises(Refused, match="who answered"):
        accept(quotation, answered_by=" ")
    with pytest.raises(Refused, match="reference"):
        accept(quotation, how="letter", answered_by="Mr Tanaka", letter_on=today())
    with pytest.raises(Refused, match="date"):
        accept(quotation, how="letter", letter_reference="PO 17", letter_on=today() + timedelta(days=1))
    letter = {"how": "letter", "answered_by": "Mr Tanaka", "letter_reference": "PO 17", "letter_on": today()}
    accept(quotation, by=cast.manager, **letter)
    assert again(quotation).letter_reference == "PO 17"


def test_what_lapsed_cannot_be_accepted_and_keeps_no_hours(cast, world):
    quotation = sent_of(cast, world, reserves_hours=True)
    Quotation.objects.filter(pk=quotation.pk).update(valid_until=today() - timedelta(days=1))
    assert quotation_standing(again(quotation)) == "lapsed"
    assert not lines_to_plan(cast.cooperative).exists()
    with pytest.raises(Refused, match="was valid until"):
        accept(again(quotation))
    assert (quotations_lapse(), quotations_lapse()) == (1, 0)
    assert (again(quotation).status, again(quotation.request).status) == ("lapsed", "lapsed")
    assert Order.objects.get().status == "cancelled"
    with pytest.raises(Conflict, match="lapsed"):
        accept(again(quotation))
    assert history_of(quotation).last().fields["status"] == ["sent", "lapsed"]


def test_what_lapsed_may_be_quoted_anew(cast, world):
    quotation = sent_of(cast, world)
    quotations_lapse(on=today() + timedelta(days=400))
    assert sent_of(cast, world, again(quotation.request)).status == "sent"
    assert again(quotation.request).status == "quoted"


def test_the_last_valid_day_counts(cast, world):
    quotation = sent_of(cast, world, valid_until=today())
    assert quotations_lapse() == 0
    assert accept(quotation).status == "confirmed"


def test_declining_gives_the_hours_back_and_says_why(cast, world):
    quotation = sent_of(cast, world, reserves_hours=True)
    quotation_decline(quotation=quotation, reason="too dear", by=cast.buyer)
    assert (again(quotation).reason, again(quotation.request).answer) == ("too dear", "too dear")
    assert Order.objects.get().status == "cancelled"


def test_withdrawing_opens_the_request_again(cast, world):
    quotation = sent_of(cast, world)
    with pytest.raises(Refused, match="why"):
        quotation_withdraw(quotation=quotation)
    quotation_withdraw(quotation=quotation, reason="a press broke")
    assert (again(quotation).status, again(quotation.request).status) == ("withdrawn", "open")


def test_a_reserved_order_is_ended_by_its_quotation_only(cast, world):
    sent_of(cast, world, reserves_hours=True)
    with pytest.raises(Refused, match="withdraw that quotation"):
        order_cancel(order=Order.objects.get(), reason="x")


@pytest.mark.parametrize(
    "second",
    [
        lambda quotation: accept(quotation, "B"),
        lambda quotation: quotation_decline(quotation=quotation, answered_by="x"),
        lambda quotation: quotation_withdraw(quotation=quotation, reason="x"),
        lambda quotation: quotation_send(quotation=quotation),
    ],
)
def test_after_one_answer_every_other_is_a_conflict_and_changes_nothing(cast, world, second):
    quotation = sent_of(cast, world)
    order = accept(quotation)
    with pytest.raises((Conflict, Refused)), transaction.atomic():
        second(quotation)
    assert again(quotation).status == "accepted"
    assert list(Order.objects.all()) == [order]


def test_the_database_itself_keeps_one_accepted_quotation_a_request(cast, world):
    first = sent_of(cast, world)
    accept(first)
    values = {field: getattr(again(first), field) for field in ("request", "valid_until", "margin_percent", "sent_at")}
    values |= {"late_penalty_percent_week": 1, "late_penalty_cap_percent": 1, "answered_at": again(first).answered_at}
    with pytest.raises(IntegrityError), transaction.atomic():
        Quotation.objects.create(number="PNW-1", status="accepted", answered_by="x", **values)


@pytest.mark.django_db(transaction=True)
def test_of_answers_at_once_exactly_one_wins(cast, world):
    quotation = sent_of(cast, world, reserves_hours=True)
    variants = {code: quotation.variants.get(code=code) for code in "AB"}
    start, won, lost = threading.Barrier(8), [], []

    def answer(number):
        start.wait()
        try:
            if number % 4 == 3:
                quotation_decline(quotation=quotation, reason="x", answered_by=str(number))
            else:
                quotation_accept(quotation=quotation, variant=variants["AB"[number % 2]], answered_by=str(number))
            won.append(number)
        except Conflict:
            lost.append(number)
        finally:
            connection.close()

    threads = [threading.Thread(target=answer, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(won), len(lost)) == (1, 7)
    confirmed = Order.objects.filter(status="confirmed").count()
    assert confirmed == (1 if again(quotation).status == "accepted" else 0)
    assert not Order.objects.filter(status="reserved").exists()


# -- who sees what, and what is remembered ----------------------------------------------------------------------------


def test_a_buyer_sees_what_was_sent_and_never_a_draft(cast, world, django_assert_num_queries):
    draft_of(cast, world)
    sent = sent_of(cast, world)
    with django_assert_num_queries(3):
        seen = list(quotations_seen(cooperatives=[], buyers=[world.buyer.pk]))
    assert seen == [sent]
    assert not quotations_seen(cooperatives=[cast.other_cooperative.pk], buyers=[]).exists()
    assert quotations_seen(cooperatives=[cast.cooperative.pk], buyers=[]).count() == 2


def test_the_way_of_a_quotation_stands_in_its_history(cast, world):
    quotation = sent_of(cast, world, by=cast.manager)
    accept(quotation, by=cast.buyer)
    told = [(line.act, line.user_name) for line in history_of(quotation)]
    assert told == [("quotation_draft", "Bu Ratna"), ("quotation_send", "Bu Ratna"), ("quotation_accept", "Mr Tanaka")]
    assert history_of(quotation).last().fields["status"] == ["sent", "accepted"]
