"""Who changed what in the demand: what differs, where somebody did it, with the change or not at all."""

from __future__ import annotations

import inspect
from datetime import date
from decimal import Decimal

import pytest
from django.db import transaction

from cast_orders import DUE
from wadah.base.errors import Refused
from wadah.base.history import history_of
from wadah.base.models import Change
from wadah.catalogue.services import part_put
from wadah.demand import services
from wadah.demand.services import (
    buyer_contact_add,
    buyer_put,
    headcount_record,
    institution_put,
    mandate_order_create,
    mandate_phase_put,
    mandate_rule_put,
    order_draft,
    order_line_add,
    order_line_remove,
    order_move,
)


def acts():
    return list(Change.objects.values_list("act", flat=True))


@pytest.fixture
def order(cast, world):
    return order_draft(buyer=world.buyer, cooperative=cast.cooperative, by=cast.manager)


def line_of(order, part, by, **columns):
    facts = {"order": order, "part": part, "quantity": 5, "due_on": DUE, "short_cost_rupiah_piece": 9000}
    return order_line_add(**facts | columns, by=by)


def test_every_service_can_be_told_who_does_it():
    written = [getattr(services, name) for name in services.__all__]
    for service in filter(inspect.isfunction, written):
        assert inspect.signature(service).parameters["by"].default is None


def test_an_order_tells_its_draft_and_every_step(cast, world, order):
    line_of(order, world.bracket, cast.manager)
    order_move(order=order, to="confirmed", by=cast.manager)
    order_move(order=order, to="planned")
    draft, confirmed = history_of(order)
    assert (draft.act, draft.user_name, draft.fields["number"]) == ("order_draft", "Bu Ratna", [None, order.number])
    assert (confirmed.act, confirmed.fields) == ("order_move", {"status": ["draft", "confirmed"]})


def test_a_line_tells_what_it_was_even_when_it_is_gone(cast, world, order):
    line = line_of(order, world.bracket, cast.manager, quantity=Decimal("5.000"), price_rupiah_piece=12_000)
    (added,) = history_of(line)
    assert added.fields["quantity"] == [None, "5"]
    assert added.fields["order"] == [None, str(order.pk)]
    key = line.pk
    order_line_remove(line=line, by=cast.manager)
    removed = Change.objects.get(object_kind="demand.orderline", object_id=str(key), act="order_line_remove")
    assert removed.fields["price_rupiah_piece"] == [12_000, None]
    assert removed.fields.keys() == added.fields.keys()


def test_what_is_refused_leaves_no_history(cast, world, order):
    with pytest.raises(Refused), transaction.atomic():
        line_of(order, world.bush, cast.manager, single_source=True)  # refused only once the line is written
    with pytest.raises(Refused), transaction.atomic():
        order_move(order=order, to="confirmed", by=cast.manager)
    assert acts() == ["order_draft"]


def test_buyers_and_who_orders_for_them_are_told_once(cast):
    buyer = buyer_put(name="Toko", market="local", kind="factory", by=cast.manager)
    for _ in range(2):
        buyer_contact_add(buyer=buyer, user=cast.buyer, by=cast.manager)
        buyer_put(name="Toko", by=cast.manager)
    assert acts() == ["buyer_put", "buyer_contact_add"]


def test_the_mandate_is_told_with_the_sums_of_its_order(cast):
    by = {"by": cast.manager}
    school = institution_put(code="A", name="SD", kind="school", level="sd", area=cast.kelurahan, **by)
    headcount_record(institution=school, group="pupils", heads=60, as_of=date(2026, 1, 1), **by)
    heads = headcount_record(institution=school, group="pupils", heads=66, as_of=date(2026, 1, 1), **by)
    facts = {"valid_from": date(2015, 1, 1), "applies_to_kind": "school", "applies_to_group": "pupils"}
    rule = mandate_rule_put(code="R", name="Batik", pieces_per_head_year=Decimal(1), obligation=False, **facts, **by)
    mandate_phase_put(rule=rule, valid_from=date(2026, 1, 1), compliance=Decimal("0.5"), assumption="separuh", **by)
    order = mandate_order_create(
        rules=[rule],
        cooperative=cast.cooperative,
        buyer=buyer_put(name="Sekolah", market="local", kind="school"),
        part=part_put(code="CLOTH", name="Kain", subsector=cast.subsector),
        year=2027,
        short_cost_rupiah_piece=50_000,
        **by,
    )
    assert history_of(heads).last().fields == {"heads": [60, 66]}
    assert [line.act for line in history_of(order)] == ["order_draft", "mandate_order_create"]
    assert history_of(order).last().fields == {"year": [None, 2027], "lines": [None, 12], "pieces": [None, "33"]}
    assert acts()[:5] == [
        "institution_put",
        "headcount_record",
        "headcount_record",
        "mandate_rule_put",
        "mandate_phase_put",
    ]
