"""What a part's page tells of its past: columns and values in words, in both languages; nothing as it is kept."""

from decimal import Decimal

import pytest
from django.apps import apps
from django.test import Client
from django.urls import reverse
from django.utils import translation

from cast_orders import bracket_build
from standing import standing
from wadah.catalogue.models import Part
from wadah.catalogue.rules import Step
from wadah.catalogue.services import (
    bom_set,
    part_archive,
    part_put,
    part_restore,
    part_route,
)
from wadah.catalogue.services.certificates import part_certificates_set
from wadah.web.views.manager.catalogue import common

LANGUAGES = ["id", "en"]


@standing
def world(cast):
    return bracket_build(cast)


@pytest.fixture
def told(cast, world):
    """The lines of the part's history as its page shows them in a language, the newest first."""

    def read(part, language):
        cast.manager.language = language
        cast.manager.save()
        client = Client(headers={"accept-language": language})
        client.force_login(cast.manager)
        client.cookies["django_language"] = language
        table = client.get(reverse("part", args=[part.pk])).context["history"]
        return [[cell.text for cell in row][2:] for row in table.rows]

    return read


@pytest.mark.parametrize("model", list(apps.get_app_config("catalogue").get_models()), ids=lambda model: model.__name__)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_column_that_history_keeps_has_words(model, language):
    lines = {"BomLine", "RoutingStep", "PartCertificate"}  # told with their part
    columns = [field.name for field in model._meta.concrete_fields if not field.primary_key]
    with translation.override(language):
        assert model.__name__ in lines or all(str(common.FIELDS[name]) != name for name in columns)


def test_what_is_chosen_and_what_is_pointed_to_is_told_by_its_label_and_name(cast, told):
    part = part_put(
        code="TAS",
        name="Tas",
        subsector=cast.subsector,
        skill=cast.skills["stamping_hand"],
        by=cast.manager,
        max_share=Decimal("0.5"),
    )
    part_put(
        code="TAS",
        unit="metre",
        integer=False,
        holding_cost_rupiah=1_500,
        skill=cast.skills["rubber_compression"],
        by=cast.manager,
    )
    change, new = ([what, sorted(line.split("; "))] for what, line in told(part, "id"))
    assert change == [
        "Ditulis",
        [
            "Biaya simpan sepotong seminggu: Rp0 → Rp1.500",
            "Hanya potong utuh: ya → tidak",
            "Keterampilan: Press manual → Cetak karet",
            "Satuan: buah → meter",
        ],
    ]
    assert f"Subsektor: – → {cast.subsector.name}" in new[1]
    assert "Porsi terbesar satu bengkel: – → 0,5" in new[1]
    assert not [line for line in new[1] if line.endswith("– → –")]
    change, _new = (line for _what, line in told(part, "en"))
    assert "Unit: piece → metre" in change
    assert "Process: Hand press → Rubber moulding" in change


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("id", ["Komponen BAUT: – → 2,5", "Langkah 1: – → potong (Press manual), 0,2 menit", "Sertifikat: – → halal"]),
        ("en", ["Component BAUT: – → 2.5", "Step 1: – → potong (Hand press), 0.2 minutes", "Certificates: – → halal"]),
    ],
)
def test_materials_steps_and_papers_are_told_in_words(cast, told, language, said):
    bolt = part_put(code="BAUT", name="Baut", subsector=cast.subsector, integer=False, by=cast.manager)
    part = part_put(code="TAS", name="Tas", subsector=cast.subsector, by=cast.manager)
    bom_set(part=part, components=[(bolt, Decimal("2.5"))], by=cast.manager)
    press, rubber = cast.skills["stamping_hand"].code, cast.skills["rubber_compression"].code
    cut = Step("potong", press, Decimal("0.2"), Decimal(20))
    part_route(part=part, steps=[cut, Step("jahit, dua kali", rubber, Decimal(3), with_previous=True)], by=cast.manager)
    part_certificates_set(part=part, kinds=["halal"], by=cast.manager)
    part_archive(part=part, by=cast.manager)
    part_restore(part=Part.objects.get(pk=part.pk), by=cast.manager)
    lines = told(part, language)
    text = "\n".join(line for _what, line in lines)
    assert [words for words in (*said, "jahit, dua kali (") if words not in text] == [], text
    assert {"id": "Diarsipkan", "en": "Archived"}[language] in [what for what, _line in lines]
    kept = ["archived_at", "bom ", "step 1", "+"] + ["with the step before"] * (language == "id")
    assert [raw for raw in kept if raw in text] == [], text
