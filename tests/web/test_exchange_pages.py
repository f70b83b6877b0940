"""Files out and in through the pages: shown first, written on purpose, once, and nothing of another cooperative."""

import json
import tomllib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from wadah.base.history import history_of
from wadah.catalogue.models import Part
from wadah.catalogue.services import bom_set, part_put
from wadah.register.models import Ikm, Workshop

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
