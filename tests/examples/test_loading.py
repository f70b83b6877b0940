"""Tables → rows → problem: what the loaders write, and what the planner then sees."""

from __future__ import annotations

import pytest
from django.apps import apps

from wadah.catalogue.models import HubStock, MotifSource, Part, RoutingStep
from wadah.catalogue.rules import Step, routing_parts
from wadah.cli.examples.load import LOADERS, example_problem
from wadah.cli.examples.tables import BATIK, NAMES, VEHICLE, folder, table
from wadah.demand.models import Headcount, Order, OrderLine
from wadah.planning.construct import construct
from wadah.register.models import Area, Cooperative, Ikm, Workshop

pytestmark = pytest.mark.django_db


def rows_in_all():
    return {model.__name__: model.objects.count() for model in apps.get_models()}


@pytest.mark.parametrize("name", NAMES)
def test_loading_twice_adds_nothing(name):
    LOADERS[name]()
    before = rows_in_all()
    LOADERS[name]()
    assert rows_in_all() == before


def test_both_examples_live_in_one_database_and_share_the_city():
    for load in LOADERS.values():
        load()
    assert Cooperative.objects.count() == 2
    assert Area.objects.count() == 1 + 12 + 56


@pytest.mark.parametrize("name", NAMES)
def test_every_maker_buyer_and_cooperative_is_marked_as_simulated(name):
    LOADERS[name]()
    for model in (Cooperative, Ikm, Workshop):
        assert not model.objects.filter(simulated=False).exists()
    assert not Order.objects.filter(buyer__simulated=False).exists()


@pytest.mark.parametrize("name", NAMES)
def test_every_row_stands_the_checks_that_a_form_would_make(name):
    LOADERS[name]()
    for model in apps.get_models():
        if model._meta.app_label in {"register", "catalogue", "demand"}:
            for row in model.objects.all()[:50]:
                row.clean_fields()


def test_the_batik_demand_is_half_a_year_of_one_cloth_a_head():
    load = LOADERS[BATIK]
    load()
    heads = sum(Headcount.objects.values_list("heads", flat=True))
    assert heads == 466_102
    ordered = sum(OrderLine.objects.values_list("quantity", flat=True))
    assert abs(2 * ordered - heads) < 600  # whole pieces by rule, kecamatan and calendar year
    said = f"{int(ordered):,} cloths in {OrderLine.objects.count()} order lines"
    assert said in (folder(BATIK) / "README.md").read_text(encoding="utf-8")


def test_obligations_and_scenarios_are_separate_orders():
    LOADERS[BATIK]()
    for order in Order.objects.all():
        kinds = set(order.lines.values_list("mandate__obligation", flat=True))
        assert kinds == {not order.simulated}


def test_a_group_without_a_licence_makes_no_stage_of_a_motif():
    problem = example_problem(BATIK)
    licensed = {(row["motif"], row["group"]) for row in table(BATIK, "licences")}
    motif = {row["code"]: row["motif"] for row in table(BATIK, "products")}
    found = {(motif[row.part.split("/")[0]], row.workshop) for row in problem.capabilities}
    assert found == licensed


def test_six_groups_cover_a_small_part_of_the_mandate():
    problem = example_problem(BATIK)
    plan = construct(problem)
    assert plan is not None
    wanted = sum(order.quantity for order in problem.orders)
    covered = 1 - sum(pieces for _, pieces in plan.short) / wanted
    assert 0.05 < covered < 0.25


def test_sources_that_disagree_are_kept_with_each_motif():
    LOADERS[BATIK]()
    says = MotifSource.objects.filter(motif__name="Teratai").values_list("says", flat=True)
    assert any("Sebelas" in text for text in says)
    assert any("Dua belas" in text for text in says)


def gross_requirements(problem, part, quantity):
    needed = {part: quantity}
    stack = [(part, quantity)]
    while stack:
        here, pieces = stack.pop()
        for component, each in problem.part[here].bom:
            needed[component] = needed.get(component, 0) + pieces * each
            stack.append((component, pieces * each))
    return needed


def test_no_workshop_alone_could_make_every_part_of_the_vehicle():
    problem = example_problem(VEHICLE)
    made = {row.part for row in problem.capabilities}
    assert len(made) > 60
    for workshop in problem.workshops:
        able = {row.part for row in problem.capabilities if row.workshop == workshop.id}
        assert not made <= able, workshop.id


def test_no_workshop_alone_would_have_the_hours_even_if_it_could_make_everything_as_fast_as_the_fastest():
    problem = example_problem(VEHICLE)
    needed = gross_requirements(problem, "RV", sum(order.quantity for order in problem.orders))
    hours = sum(
        needed[part] * min(row.hours_per_unit for row in rows) for part, rows in problem.capabilities_of.items()
    )
    for workshop in problem.workshops:
        assert sum(workshop.hours) + sum(workshop.overtime_hours) < hours / 4, workshop.id


def test_the_pool_together_fills_the_order():
    problem = example_problem(VEHICLE)
    plan = construct(problem)
    assert plan is not None
    assert sum(pieces for _, pieces in plan.short) == 0
    assert len({workshop for _, workshop, _, _ in plan.make}) > 40


def test_bought_parts_are_whole_packs_of_stock_and_nobody_makes_them():
    problem = example_problem(VEHICLE)
    for part in Part.objects.filter(supply="bought"):
        stock = HubStock.objects.get(part=part).quantity
        assert stock % part.pack_size == 0
        assert problem.part[part.code].stock == float(stock)
        assert part.code not in problem.capabilities_of


def test_the_loaded_stages_are_those_that_the_routing_rule_makes():
    for load in LOADERS.values():
        load()
    for finished in Part.objects.filter(routing__isnull=False).distinct():
        steps = [
            Step(row.name, row.skill.code, row.minutes_per_piece, row.setup_minutes)
            for row in RoutingStep.objects.filter(part=finished)
        ]
        chain = routing_parts(finished.code, steps)
        for stage in chain:
            row = Part.objects.get(code=stage.code)
            assert row.skill is not None
            assert row.skill.code == stage.main_skill
            assert row.routed_from_id == (None if stage.code == finished.code else finished.pk)
        before = [line.component.code for line in Part.objects.get(code=chain[-1].code).bom.all()]
        assert before == [code for code, _ in chain[-1].bom]


def test_every_supply_reason_is_shown_in_both_languages():
    LOADERS[VEHICLE]()
    assert not Part.objects.filter(supply_reason="").exists()
    assert not Part.objects.filter(supply_reason_en="").exists()
