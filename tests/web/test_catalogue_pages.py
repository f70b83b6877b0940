"""Pages of parts, rates and prices: what a manager reads and writes there, and what stays another cooperative's."""

import io
from datetime import date
from decimal import Decimal
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation
from python_calamine import CalamineWorkbook

from cast import JOINED, person
from cast_orders import bracket_build, bracket_order
from standing import standing
from wadah.catalogue.models import BomLine, CooperativeTerms, MaterialPrice, Part, Rate
from wadah.catalogue.services import rate_set, terms_set
from wadah.demand.services import order_move
from wadah.register.services import membership_open

SINCE = date(2026, 1, 1)


@standing
def world(cast):
    return bracket_build(cast)


@pytest.fixture
def manager(cast):
    cast.manager.language = "en"
    cast.manager.save()
    return signed_in(cast.manager)


def signed_in(user):
    client = Client(headers={"accept-language": "en"})
    client.force_login(user)
    client.cookies["django_language"] = "en"
    return client


def text(client, name, /, *args, **query):
    answer = client.get(reverse(name, args=args), query)
    assert answer.status_code == 200, answer
    return answer.content.decode().partition("<main")[2]


def sent(client, name, /, *args, **typed):
    key = {"idempotency_key": uuid4().hex}
    return client.post(reverse(name, args=args), key | typed)


def wage(cast, rupiah):
    return terms_set(
        cooperative=cast.cooperative,
        valid_from=SINCE,
        margin_percent=Decimal(10),
        late_penalty_percent_week=Decimal("0.7"),
        late_penalty_cap_percent=Decimal(5),
        quotation_valid_days=14,
        wage_rupiah_hour=rupiah,
        wage_source="Keputusan Gubernur (contoh)",
    )


RATE = {
    "valid_from": "2026-02-01",
    "minutes_per_piece": "0,5",
    "pay_rupiah_piece": "Rp 400",
    "yield_rate": "98",
    "material_by": "member",
    "material_rupiah_piece": "100",
    "transport_rupiah_piece": "25",
    "transport_rupiah_trip": "15rb",
    "setup_minutes": "30",
    "setup_pay_rupiah": "5000",
    "lot_quantity_min": "0",
    "quantity_max_week": "",
    "source": "",
}


def test_a_form_opened_from_a_part_leads_back_to_it(manager, cast, world):
    page = reverse("approval_add") + f"?barang={world.bolt.pk}"
    assert f'href="/barang/{world.bolt.pk}/"' in manager.get(page).text
    typed = {"part": world.bolt.pk, "workshop": cast.tini.workshop.pk, "status": "approved", "valid_from": SINCE}
    answer = manager.post(page, typed | {"idempotency_key": "back"})
    assert answer["Location"] == f"/barang/{world.bolt.pk}/"


def test_the_page_of_a_part_tells_who_makes_it_out_of_what_for_which_orders(cast, world, manager):
    order = bracket_order(cast, world)
    order_move(order=order, to="confirmed", by=cast.manager)
    page = text(manager, "part", world.bracket.pk)
    assert "Bengkel Bu Tini" in page
    assert "Karet peredam" in page
    assert "Pelat baja" in page  # two levels down
    assert order.number in page
    assert "A good piece costs Rp" in page
    assert "SHEET" in page  # has no price, and the sentence says so
    assert order.number in text(manager, "part", world.sheet.pk)


def test_the_cost_of_a_part_counts_what_goes_into_it_all_levels_down(cast, world, manager):
    sent(
        manager,
        "material_price_add",
        cooperative=cast.cooperative.pk,
        part=world.sheet.pk,
        valid_from="2026-01-01",
        price_rupiah="250000",
        source="toko",
    )
    assert MaterialPrice.objects.get().quantity == 25  # one pack
    # 2 bolts of two steps and 2 bushes at 350 a step, a plate at 350 with 0.18 kg at 10000, and 350 for assembly
    expected = 2 * (350 + 350) + 2 * 350 + 350 + 1_800 + 350
    with translation.override("en"):
        assert f"Rp{expected:,}".replace(",", ".") in text(manager, "part", world.bracket.pk)


def test_a_manager_of_another_cooperative_sees_the_part_but_no_rate_of_these_members(cast, world, manager):
    other = person("Pak Joko", 15, language="en")
    membership_open(cooperative=cast.other_cooperative, joined_on=JOINED, role="manager", user=other)
    rate_set(part=world.bush, workshop=cast.rudi.workshop, valid_from=SINCE, minutes_per_piece=1, pay_rupiah_piece=777)
    page = text(signed_in(other), "part", world.bush.pk)
    assert "Karim" not in page
    assert "Rp350" not in page
    assert "Rp777" in page
    assert "777" not in text(manager, "part", world.bush.pk)
    assert "Rudi" not in text(manager, "rates", berlaku="semua")
    assert "Karim" not in text(signed_in(other), "rates", berlaku="semua")


def test_a_rate_below_the_minimum_wage_is_warned_of_everywhere_and_saved_all_the_same(cast, world, manager):
    wage(cast, 50_000)
    rate = Rate.objects.get(part=world.bush)  # 350 for half a minute: 42000 an hour
    assert "below the minimum wage of Rp50.000" in text(manager, "rate", rate.pk)
    assert "below the minimum wage" in text(manager, "part", world.bush.pk)
    assert "Karet peredam" in text(manager, "rates", upah="kurang")
    answer = sent(manager, "rate", rate.pk, **RATE | {"version": ""})
    assert answer.status_code == 400  # typed over another state
    form = answer.context["form"]
    answer = sent(manager, "rate", rate.pk, **RATE | {"version": form.data["version"]})
    assert answer.status_code == 302
    new = Rate.objects.get(part=world.bush, valid_until=None)
    assert (new.cost_rupiah_piece, new.setup_cost_rupiah, new.yield_rate) == (525, 20_000, Decimal("0.98"))
    assert Rate.objects.get(pk=rate.pk).valid_until == date(2026, 1, 31)


def test_pay_at_the_minimum_wage_to_the_rupiah_is_not_below_it(cast, world, manager):
    wage(cast, 42_000)
    assert "Karet peredam" not in text(manager, "rates", upah="kurang")
    assert "below the minimum wage of" not in text(manager, "rate", Rate.objects.get(part=world.bush).pk)


def test_only_a_member_who_brings_the_material_is_paid_for_it(cast, world, manager):
    typed = RATE | {"material_by": "buyer", "part": world.plate.pk, "workshop": cast.sari.workshop.pk}
    answer = sent(manager, "rate_add", **typed)
    assert answer.status_code == 400
    assert "Material is paid for only where the member brings it" in answer.content.decode()


def test_a_rate_can_not_be_given_to_a_workshop_of_another_cooperative(cast, world, manager):
    answer = sent(manager, "rate_add", **RATE | {"part": world.plate.pk, "workshop": cast.rudi.workshop.pk})
    assert answer.status_code == 400
    assert not Rate.objects.filter(workshop=cast.rudi.workshop).exists()


def test_lines_of_a_bill_of_materials_are_changed_taken_out_and_refused_where_they_loop(cast, world, manager):
    first = {"code_0": "bolt-m8", "quantity_0": "3", "code_1": "", "quantity_1": "2"}
    assert sent(manager, "part_bom", world.bracket.pk, **first).status_code == 302
    assert list(world.bracket.bom.values_list("component__code", "quantity")) == [("BOLT-M8", 3)]
    looped = sent(manager, "part_bom", world.bolt_headed.pk, code_0="BRACKET", quantity_0="1")
    assert looped.status_code == 400
    assert "BOLT-M8/headed" in looped.content.decode()
    assert not BomLine.objects.filter(parent=world.bolt_headed).exists()
    unknown = sent(manager, "part_bom", world.bracket.pk, code_0="NOWHERE", quantity_0="1")
    assert "no part with the code" in unknown.content.decode()
    assert "Materials set" in text(manager, "part", world.bracket.pk)


def test_steps_are_added_and_what_goes_into_the_first_stays(cast, world, manager):
    step = {"name_0": "pressed", "skill_0": "stamping_hand", "minutes_0": "0,4", "setup_0": "10"}
    more = {"name_1": "deburred", "skill_1": "turning", "minutes_1": "0.2", "setup_1": ""}
    assert sent(manager, "part_routing", world.plate.pk, **step, **more).status_code == 302
    pressed = Part.objects.get(code="PLATE/pressed")
    assert list(pressed.bom.values_list("component__code", "quantity")) == [("SHEET", Decimal("0.18"))]
    assert list(world.plate.bom.values_list("component__code", flat=True)) == ["PLATE/pressed"]


def test_a_part_is_put_away_and_brought_back_but_not_while_it_goes_into_others(cast, world, manager):
    sent(manager, "part_archive", world.plate.pk)
    assert Part.objects.get(pk=world.plate.pk).archived_at is None
    sent(manager, "part_archive", world.bracket.pk)
    assert Part.objects.get(pk=world.bracket.pk).archived_at is not None
    assert "Braket" not in text(manager, "parts", q="BRACKET").replace("Pelat braket", "")
    assert "BRACKET" in text(manager, "parts", keadaan="arsip")
    sent(manager, "part_restore", world.bracket.pk)
    assert Part.objects.get(pk=world.bracket.pk).archived_at is None


def test_a_new_part_does_not_take_the_code_of_another(cast, world, manager):
    typed = {
        "code": "bush", "name": "Karet", "supply": "made", "subsector": cast.subsector.pk, "unit": "piece",
        "integer": "on", "lead_time_weeks": "0", "holding_cost_rupiah": "0", "max_share": "70,5", "min_sources": "1",
    }  # fmt: skip
    assert "already" in sent(manager, "part_add", **typed).content.decode()
    assert sent(manager, "part_add", **typed | {"code": "BUSH-2"}).status_code == 302
    assert Part.objects.get(code="BUSH-2").max_share == Decimal("0.705")


def test_terms_are_set_for_ones_own_cooperative_only_and_a_wage_needs_its_source(cast, manager):
    typed = {
        "cooperative": cast.cooperative.pk, "valid_from": "2026-01-01", "margin_percent": "12,5",
        "late_penalty_percent_week": "0,7", "late_penalty_cap_percent": "5", "quotation_valid_days": "14",
        "wage_rupiah_hour": "Rp 30.000",
    }  # fmt: skip
    assert "Say which regulation" in sent(manager, "terms_add", **typed).content.decode()
    typed |= {"wage_source": "Keputusan Gubernur (contoh)"}
    assert sent(manager, "terms_add", **typed | {"cooperative": cast.other_cooperative.pk}).status_code == 400
    assert sent(manager, "terms_add", **typed).status_code == 302
    assert CooperativeTerms.objects.get().margin_percent == Decimal("12.5")


def test_the_rates_go_into_a_workbook_with_every_amount(cast, world, manager):
    content = manager.get(reverse("rates"), {"unduh": "xlsx"}).content
    rows = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
    assert len(rows) == 1 + Rate.objects.count()
    assert 350 in rows[1]


@pytest.mark.parametrize("name", ["parts", "rates", "approvals"])
def test_a_list_asks_as_often_for_many_rows_as_for_few(name, cast, world, manager, django_assert_max_num_queries):
    text(manager, name)
    with django_assert_max_num_queries(30):
        text(manager, name)
