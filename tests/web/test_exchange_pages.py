"""Files out and in through the pages: shown first, written on purpose, once, and nothing of another cooperative."""

import json
import tomllib
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from wadah.base.history import history_of
from wadah.base.models import ImportBatch
from wadah.catalogue.models import BomLine, Part, RoutingStep
from wadah.catalogue.rules.routing import Step
from wadah.catalogue.services import bom_set, part_put, part_route
from wadah.register.models import Ikm, Membership, Workshop

MANIFEST = """okhv = "2.4"
name = "Ring karet"
repo = "https://example.org/ring"
version = "1"
license = "CC0-1.0"
licensor = "Seseorang"
function = "menahan air"
mass = 12.5

[[part]]
name = "Karet lembaran"
source = "sheet.step"
"""


@pytest.fixture
def manager(client, cast):
    client.force_login(cast.manager)
    return client


def sent(manager, text, name="okh.toml"):
    file = SimpleUploadedFile(name, text.encode())
    return manager.post(reverse("exchange"), {"idempotency_key": "u", "file": file})


def part_told(cast, answer, **other):
    form = answer.context["form"]
    first = {name: form[name].value() or "" for name in form.fields if name != "over"}
    return {**first, "subsector": cast.subsector.pk, "skill": "", "idempotency_key": "k", **other}


def test_a_manifest_is_shown_before_anything_is_written(manager, cast):
    answer = sent(manager, MANIFEST)
    text = answer.content.decode()
    assert answer.status_code == 200
    assert not Part.objects.exists()
    for word in ("Ring karet", "RING-KARET", "Karet lembaran", "mass", "12.5", "part[1].source"):
        assert word in text


def test_a_part_is_taken_in_once_however_often_it_is_sent(manager, cast):
    told = part_told(cast, sent(manager, MANIFEST))
    address = reverse("exchange_part_take")
    answers = [manager.post(address, told) for _press in range(2)]
    part = Part.objects.get(code="RING-KARET")
    assert [answer["Location"] for answer in answers] == [reverse("exchange_part", args=[part.pk])] * 2
    assert [line.component.code for line in part.bom.all()] == ["KARET-LEMBARAN"]
    assert history_of(part).filter(act="part_import").count() == 1


def test_a_part_that_is_here_is_changed_only_with_the_tick(manager, cast):
    part_put(code="RING-KARET", name="Ring lama", subsector=cast.subsector)
    document = MANIFEST + '\n[wadah]\ncode = "RING-KARET"\n'
    answer = sent(manager, document)
    assert "Ring lama" in answer.content.decode()
    refused = manager.post(reverse("exchange_part_take"), part_told(cast, answer))
    assert refused.status_code == 400
    assert "code" in refused.context["form"].errors
    assert Part.objects.get(code="RING-KARET").name == "Ring lama"
    told = part_told(cast, answer, over="on", idempotency_key="k2")
    assert manager.post(reverse("exchange_part_take"), told).status_code == 302
    assert Part.objects.get(code="RING-KARET").name == "Ring karet"


@pytest.mark.parametrize(
    ("text", "name"),
    [("a: 1", "okh.yaml"), ("a = ", "okh.toml"), ("{}", "x.json"), ('{"okhv": "2.4"}', "x.json"), ("", "x.json")],
)
def test_a_file_that_cannot_be_used_is_refused_at_the_field_in_words(manager, text, name):
    answer = sent(manager, text, name)
    assert answer.status_code == 400
    assert answer.context["form"].errors["file"]


def test_a_document_lost_on_the_way_leads_back_to_the_upload(manager, cast):
    for address in ("exchange_part_take", "exchange_workshop_take"):
        answer = manager.post(reverse(address), {"idempotency_key": "k", "document": "{"})
        assert answer.status_code == 400
        assert answer.context["form"].non_field_errors()


def test_a_part_downloads_as_toml_and_as_json(manager, cast):
    part = part_put(code="KLEM/2", name="Klem", subsector=cast.subsector)
    bolt = part_put(code="BAUT", name="Baut", subsector=cast.subsector)
    bom_set(part=part, components=[(bolt, 2)])
    address = reverse("exchange_part_file", args=[part.pk])
    toml = manager.get(address, {"lisensi": "CC0-1.0"})
    assert toml["Content-Disposition"] == 'attachment; filename="KLEM-2.okh.toml"'
    found = tomllib.loads(toml.content.decode())
    assert found["license"] == "CC0-1.0"
    assert found["wadah"]["bom"][0]["quantity"] == 2
    assert json.loads(manager.get(address, {"bentuk": "json"}).content)["licensor"] == "Koperasi Maju Bersama"
    assert manager.get(address, {"lisensi": "mine"}).status_code == 400


def test_a_workshop_goes_out_without_personal_data_unless_ticked_and_that_is_noted(manager, cast):
    row = cast.sari.workshop
    address = reverse("exchange_workshop_file", args=[row.pk])
    plain = manager.get(address).content.decode()
    assert "0001" not in plain
    assert not history_of(row).filter(act="workshop_export_personal").exists()
    whole = json.loads(manager.get(address, {"pribadi": "on"}).content)
    assert whole["contact"]["contact"]["mobile"] == cast.sari.ikm.phone
    assert history_of(row).get(act="workshop_export_personal").user_name == "Bu Ratna"


def test_a_workshop_comes_in_as_a_member_after_it_was_shown(manager, cast):
    file = manager.get(reverse("exchange_workshop_file", args=[cast.rudi.workshop.pk]))
    assert file.status_code == 404
    out = manager.get(reverse("exchange_workshop_file", args=[cast.tini.workshop.pk]), {"pribadi": "on"})
    answer = sent(manager, out.content.decode(), "w.okw.json")
    assert "Tini Pelat" in answer.content.decode()
    form = answer.context["form"]
    told = {name: form[name].value() or "" for name in form.fields if name != "even_so"}
    told |= {"idempotency_key": "k", "cooperative": cast.cooperative.pk, "area": cast.kelurahan.pk}
    refused = manager.post(reverse("exchange_workshop_take"), told)
    assert refused.status_code == 400
    assert "firm" in refused.context["form"].errors
    done = manager.post(reverse("exchange_workshop_take"), told | {"firm": "Tini Dua", "idempotency_key": "k2"})
    row = Workshop.objects.get(ikm__name="Tini Dua")
    assert done["Location"] == reverse("exchange_workshop", args=[row.pk])
    foreign = told | {"firm": "Tini Tiga", "cooperative": cast.other_cooperative.pk, "idempotency_key": "k3"}
    assert manager.post(reverse("exchange_workshop_take"), foreign).status_code == 400
    assert not Ikm.objects.filter(name="Tini Tiga").exists()


def taken_back(manager):
    batch = ImportBatch.objects.latest("id")
    assert batch.number in manager.get(reverse("imports")).content.decode()
    assert manager.get(reverse("import_batch", args=[batch.pk])).status_code == 200
    answer = manager.post(reverse("import_act", args=[batch.pk, "batal"]), {"idempotency_key": f"b{batch.pk}"})
    batch.refresh_from_db()
    return batch, answer


def test_a_part_that_was_taken_in_is_taken_back_with_the_components_made_for_it(manager, cast):
    manager.post(reverse("exchange_part_take"), part_told(cast, sent(manager, MANIFEST)))
    assert set(Part.objects.values_list("code", flat=True)) == {"RING-KARET", "KARET-LEMBARAN"}
    batch, _answer = taken_back(manager)
    assert batch.status == "cancelled"
    assert not Part.objects.exists()


STEPS = """
[wadah]
code = "RING-KARET"
lead-time-weeks = 5

[[wadah.steps]]
name = "cetak"
skill = "rubber_compression"
minutes-per-piece = 2
setup-minutes = 10

[[wadah.steps]]
name = "potong"
skill = "stamping_hand"
minutes-per-piece = 1
setup-minutes = 0
"""


def as_it_stands():
    parts = list(Part.objects.order_by("pk").values_list())
    steps = list(RoutingStep.objects.order_by("pk").values_list())
    return parts, steps, list(BomLine.objects.order_by("pk").values_list())


def test_a_part_that_was_changed_is_as_it_was_before_with_its_steps_and_materials(manager, cast):
    ring = part_put(code="RING-KARET", name="Ring lama", subsector=cast.subsector)
    sheet = part_put(code="KARET-LEMBARAN", name="Karet lembaran", subsector=cast.subsector)
    steps = [Step("cetak", "rubber_compression", Decimal(3)), Step("gosok", "turning", Decimal(1))]
    part_route(part=ring, steps=steps, materials=[(sheet, 2)])
    before = as_it_stands()
    told = part_told(cast, sent(manager, MANIFEST + STEPS), over="on")
    assert manager.post(reverse("exchange_part_take"), told).status_code == 302
    assert as_it_stands() != before
    batch, _answer = taken_back(manager)
    assert batch.status == "cancelled"
    assert as_it_stands() == before


def test_a_part_that_something_was_built_on_stays(manager, cast):
    manager.post(reverse("exchange_part_take"), part_told(cast, sent(manager, MANIFEST)))
    gate = part_put(code="PINTU", name="Pintu", subsector=cast.subsector)
    bom_set(part=gate, components=[(Part.objects.get(code="RING-KARET"), 1)])
    batch, answer = taken_back(manager)
    assert (batch.status, answer.status_code) == ("done", 400)
    assert Part.objects.filter(code="KARET-LEMBARAN").exists()


def test_a_workshop_that_was_taken_in_is_taken_back_with_its_firm(manager, cast):
    before = (Ikm.objects.count(), Workshop.objects.count(), Membership.objects.count())
    out = manager.get(reverse("exchange_workshop_file", args=[cast.tini.workshop.pk]), {"pribadi": "on"})
    form = sent(manager, out.content.decode(), "w.okw.json").context["form"]
    told = {name: form[name].value() or "" for name in form.fields if name != "even_so"}
    told |= {"idempotency_key": "k", "cooperative": cast.cooperative.pk, "area": cast.kelurahan.pk, "firm": "Tini Dua"}
    assert manager.post(reverse("exchange_workshop_take"), told).status_code == 302
    assert Workshop.objects.get(ikm__name="Tini Dua").week_patterns.exists()
    batch, _answer = taken_back(manager)
    assert batch.status == "cancelled"
    assert (Ikm.objects.count(), Workshop.objects.count(), Membership.objects.count()) == before
