"""Writing the catalogue: what works, and what each service refuses."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from cast_orders import START
from wadah.base.errors import Refused
from wadah.catalogue.models import Approval, BomLine, HubStock, Part, Rate
from wadah.catalogue.rules import Step
from wadah.catalogue.selectors import bom_graph, maker_rates, parts_below, stock_on
from wadah.catalogue.services import (
    approval_end,
    approval_record,
    bom_set,
    licence_grant,
    motif_put,
    motif_source_put,
    part_put,
    part_route,
    rate_set,
    stock_count,
)
from wadah.register.models import Workshop

FIRST, LAST = date(2026, 12, 7), date(2027, 6, 6)


def test_a_part_put_twice_is_one_part(world, cast):
    again = part_put(code="PLATE", name="Pelat braket baru", subsector=cast.subsector)
    assert again.pk == world.plate.pk
    assert Part.objects.get(code="PLATE").name == "Pelat braket baru"


@pytest.mark.parametrize(
    "columns",
    [
        {"max_share": Decimal(0)},
        {"max_share": Decimal("1.1")},
        {"min_sources": 0},
        {"holding_cost_rupiah": -1},
        {"unit": "barrel"},
        {"supply": "found"},
        {"service": True},
        {"pack_size": Decimal(5)},
        {"pack_size": Decimal("2.5"), "supply": "bought"},
        {"name": ""},
    ],
)
def test_a_part_out_of_range_is_refused(cast, columns):
    with pytest.raises(Refused):
        part_put(code="X", **{"name": "X", "subsector": cast.subsector} | columns)


def test_an_unknown_column_is_a_programmers_mistake(cast):
    with pytest.raises(TypeError, match="colour"):
        part_put(code="X", name="X", subsector=cast.subsector, colour="red")


def test_a_service_is_a_part_in_hours(cast):
    part = part_put(code="ANIM", name="Animasi", subsector=cast.subsector, service=True, unit="hour", integer=False)
    assert part.service


def test_a_part_with_a_bill_of_materials_cannot_become_bought(world):
    with pytest.raises(Refused, match="BRACKET"):
        part_put(code="BRACKET", supply="bought")


def test_a_loop_in_the_bill_of_materials_is_refused_with_its_chain(world):
    with pytest.raises(Refused, match="→") as refusal:
        bom_set(part=world.bolt_headed, components=[(world.bracket, 1)])
    assert set(str(refusal.value).split(": ")[1].rstrip(".").split(" → ")) == {"BOLT-M8/headed", "BRACKET", "BOLT-M8"}
    assert not world.bolt_headed.bom.exists()


def test_a_component_twice_or_of_no_quantity_is_refused(world):
    for components in ([(world.bush, 1), (world.bush, 2)], [(world.bush, 0)], [(world.bush, Decimal(-1))]):
        with pytest.raises(Refused), transaction.atomic():
            bom_set(part=world.bracket, components=components)
    assert world.bracket.bom.count() == 3


def test_a_bought_part_has_no_bill_of_materials(world):
    with pytest.raises(Refused, match="SHEET"):
        bom_set(part=world.sheet, components=[(world.bush, 1)])


def test_setting_a_bill_of_materials_replaces_it(world):
    bom_set(part=world.bracket, components=[(world.plate, 2)])
    assert bom_graph()[world.bracket.pk] == [(world.plate.pk, Decimal(2))]


def test_a_routing_makes_a_chain_of_parts(world):
    assert world.bolt_headed.code == "BOLT-M8/headed"
    assert world.bolt_headed.routed_from == world.bolt
    assert bom_graph()[world.bolt.pk] == [(world.bolt_headed.pk, Decimal(1))]
    assert [step.name for step in world.bolt.routing.all()] == ["headed", "rolled"]


def test_routing_again_drops_stages_that_nobody_uses(world, cast):
    part = part_put(code="PIN", name="Pin", subsector=cast.subsector)
    part_route(part=part, steps=[Step("cut", "turning", Decimal(1)), Step("turned", "turning", Decimal(2))])
    assert len(part_route(part=part, steps=[Step("turned", "turning", Decimal(3))])) == 1
    assert not Part.objects.filter(code="PIN/cut").exists()
    assert not part.bom.exists()


def test_a_stage_in_use_cannot_be_routed_away(world):
    with pytest.raises(Refused, match="BOLT-M8/headed"), transaction.atomic():
        part_route(part=world.bolt, steps=[Step("rolled", "rolling", Decimal("0.5"))])
    assert world.bolt.routing.count() == 2


def test_a_routing_with_an_unknown_skill_or_no_step_is_refused(world):
    with pytest.raises(Refused, match="alchemy"):
        part_route(part=world.bush, steps=[Step("gold", "alchemy", Decimal(1))])
    with pytest.raises(Refused, match="one step or more"):
        part_route(part=world.bush, steps=[])


def test_two_approved_periods_never_overlap(world, cast):
    with pytest.raises(Refused, match="already approved"):
        approval_record(part=world.bush, workshop=cast.karim.workshop, status="approved", valid_from=FIRST)
    with pytest.raises(IntegrityError), transaction.atomic():
        Approval.objects.create(part=world.bush, workshop=cast.karim.workshop, status="approved", valid_from=FIRST)


def test_a_trial_may_stand_beside_an_approval(world, cast):
    assert approval_record(part=world.bush, workshop=cast.karim.workshop, status="trial", valid_from=FIRST).pk


def test_an_approval_that_ends_gives_way_to_what_follows(world, cast):
    approval = Approval.objects.get(part=world.bush)
    following = approval_end(approval=approval, last_day=FIRST, status="suspended", decided_by="Pak Hadi")
    approval.refresh_from_db()
    assert (approval.valid_until, following.valid_from, following.status) == (FIRST, date(2026, 12, 8), "suspended")
    renewed = approval_record(part=world.bush, workshop=cast.karim.workshop, status="approved", valid_from=LAST)
    assert renewed.valid_from == LAST


def test_what_is_no_approval_or_has_ended_cannot_be_ended(world):
    approval = Approval.objects.get(part=world.bush)
    with pytest.raises(Refused):
        approval_end(approval=approval, last_day=date(2025, 1, 1), status="withdrawn")
    with pytest.raises(Refused):
        approval_end(approval=approval, last_day=FIRST, status="trial")
    suspended = approval_end(approval=approval, last_day=FIRST, status="suspended")
    for row in (suspended, approval):
        with pytest.raises(Refused):
            approval_end(approval=row, last_day=LAST, status="withdrawn")


def test_nobody_is_approved_for_what_is_bought(world, cast):
    with pytest.raises(Refused, match="SHEET"):
        approval_record(part=world.sheet, workshop=cast.tini.workshop, status="approved", valid_from=FIRST)


def test_a_period_that_ends_before_it_starts_is_refused(world, cast):
    with pytest.raises(Refused, match="last day"):
        approval_record(
            part=world.bush, workshop=cast.tini.workshop, status="approved", valid_from=LAST, valid_until=FIRST
        )


def test_a_new_rate_ends_the_one_before(world, cast):
    new = rate_set(part=world.bush, workshop=cast.karim.workshop, valid_from=FIRST, minutes_per_piece=Decimal(2))
    old = Rate.objects.get(part=world.bush, valid_from=START)
    assert (old.valid_until, new.valid_until) == (date(2026, 12, 6), None)


def test_past_rates_are_not_rewritten(world, cast):
    with pytest.raises(Refused, match="begins after"):
        rate_set(part=world.bush, workshop=cast.karim.workshop, valid_from=date(2025, 1, 1), minutes_per_piece=1)


@pytest.mark.parametrize(
    "columns",
    [
        {"minutes_per_piece": -1},
        {"yield_rate": Decimal(0)},
        {"yield_rate": Decimal("1.01")},
        {"pay_rupiah_piece": -5},
        {"lot_quantity_min": Decimal("1.5")},
        {"lot_quantity_min": 40, "quantity_max_week": 25},
    ],
)
def test_a_rate_out_of_range_is_refused(world, cast, columns):
    with pytest.raises(Refused):
        rate_set(
            part=world.bush,
            workshop=cast.karim.workshop,
            valid_from=FIRST,
            **{"minutes_per_piece": Decimal(1)} | columns,
        )


def test_the_stock_is_the_last_count(world, cast):
    for day, quantity in ((date(2026, 11, 1), 10), (date(2026, 12, 1), 7), (date(2027, 1, 1), 99)):
        stock_count(cooperative=cast.cooperative, part=world.bush, as_of=day, quantity=quantity)
    assert stock_on(cooperative=cast.cooperative, on=date(2026, 12, 7)) == {world.bush.pk: Decimal(7)}
    assert stock_on(cooperative=cast.other_cooperative, on=LAST) == {}


def test_a_count_below_zero_or_of_half_a_piece_is_refused(world, cast):
    for quantity in (-1, Decimal("0.5")):
        with pytest.raises(Refused):
            stock_count(cooperative=cast.cooperative, part=world.bush, as_of=FIRST, quantity=quantity)
    assert not HubStock.objects.exists()


def rated(first=FIRST, last=LAST):
    rows = maker_rates(workshops=Workshop.objects.all(), first_day=first, last_day=last)
    return {(row.rate.part.code, row.rate.workshop.code): row.windows for row in rows}


def test_makers_are_those_with_a_rate_and_an_approval(world, cast):
    rate_set(part=world.bush, workshop=cast.rudi.workshop, valid_from=START, minutes_per_piece=1)
    assert set(rated()) == {
        ("BOLT-M8", "W-001"),
        ("BOLT-M8/headed", "W-001"),
        ("BRACKET", "W-003"),
        ("BUSH", "W-002"),
        ("PLATE", "W-003"),
    }


def test_an_approval_that_ends_closes_the_window(world):
    approval_end(approval=Approval.objects.get(part=world.bush), last_day=date(2027, 1, 31), status="withdrawn")
    assert rated()["BUSH", "W-002"] == ((FIRST, date(2027, 1, 31)),)
    assert ("BUSH", "W-002") not in rated(first=date(2027, 2, 1))


def test_a_motif_is_made_only_under_a_licence(world, cast):
    motif = motif_put(name="Kecapi", aspect="culture", holder="Pemerintah Kota Bekasi", right_kind="copyright")
    part_put(code="BUSH", motif=motif)
    assert ("BUSH", "W-002") not in rated()
    licence = {"motif": motif, "ikm": cast.karim.ikm, "royalty_rupiah_piece": 500}
    licence_grant(number="L-1", valid_from=date(2027, 1, 1), valid_until=date(2027, 2, 1), **licence)
    assert rated()["BUSH", "W-002"] == ((date(2027, 1, 1), date(2027, 2, 1)),)
    with pytest.raises(Refused, match="L-1"):
        licence_grant(number="L-2", valid_from=date(2027, 2, 1), **licence)
    rows = maker_rates(workshops=Workshop.objects.filter(pk=cast.karim.workshop.pk), first_day=FIRST, last_day=LAST)
    assert [row.royalty_rupiah_piece for row in rows] == [500]


def test_sources_of_a_motif_that_disagree_stand_side_by_side(db):
    motif = motif_put(name="Lele", aspect="fauna", holder="Pemerintah Kota Bekasi", right_kind="copyright")
    motif_source_put(motif=motif, title="Berita 2017", says="11 pakem", published_on=date(2017, 1, 1))
    motif_source_put(motif=motif, title="Berita 2018", says="12 motif", published_on=date(2018, 1, 1))
    motif_source_put(motif=motif, title="Berita 2018", says="dua belas motif")
    assert [row.says for row in motif.sources.order_by("title")] == ["11 pakem", "dua belas motif"]


def test_reading_the_makers_takes_four_queries_however_many_there_are(world, django_assert_num_queries):
    with django_assert_num_queries(4):
        assert len(rated()) == 5


def test_parts_below_a_bracket_are_all_that_goes_into_it(world, django_assert_num_queries):
    with django_assert_num_queries(2):
        codes = {part.code for part in parts_below([world.bracket.pk]).values()}
    assert codes == {"BRACKET", "BOLT-M8", "BOLT-M8/headed", "BUSH", "PLATE", "SHEET"}


def test_the_database_itself_refuses_a_quantity_of_nothing(world):
    with pytest.raises(IntegrityError), transaction.atomic():
        BomLine.objects.create(parent=world.bush, component=world.sheet, quantity=0)
    with pytest.raises(IntegrityError), transaction.atomic():
        BomLine.objects.create(parent=world.bush, component=world.bush, quantity=1)
