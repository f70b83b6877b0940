"""Who changed what in the catalogue: what differs, where somebody did it, with the change or not at all."""

from __future__ import annotations

import inspect
from datetime import date
from decimal import Decimal

import pytest
from django.db import transaction

from wadah.base.errors import Refused
from wadah.base.history import history_of
from wadah.base.models import Change
from wadah.catalogue import services
from wadah.catalogue.models import Approval, Part, Rate
from wadah.catalogue.rules import Step
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

FIRST = date(2026, 12, 7)


def acts():
    return list(Change.objects.values_list("act", flat=True))


def test_every_service_can_be_told_who_does_it():
    for name in services.__all__:
        assert inspect.signature(getattr(services, name)).parameters["by"].default is None


def test_tables_that_are_loaded_leave_no_history(world):
    assert not Change.objects.exists()


def test_a_new_part_tells_its_columns_and_a_corrected_one_only_what_differs(cast):
    part = part_put(code="PIN", name="Pin", subsector=cast.subsector, max_share=Decimal("0.50"), by=cast.manager)
    (line,) = history_of(part)
    assert (line.user_name, line.user_id, line.act) == ("Bu Ratna", cast.manager.pk, "part_put")
    assert line.fields["name"] == [None, "Pin"]
    assert line.fields["max_share"] == [None, "0.5"]
    part_put(code="PIN", name="Pin baja", max_share=Decimal("0.5"), by=cast.manager)
    assert history_of(part).last().fields == {"name": ["Pin", "Pin baja"]}


def test_putting_the_same_again_is_no_change(cast, world):
    stock_count(cooperative=cast.cooperative, part=world.bush, as_of=FIRST, quantity=7, by=cast.manager)
    row = stock_count(
        cooperative=cast.cooperative, part=world.bush, as_of=FIRST, quantity=Decimal("7.0"), by=cast.manager
    )
    assert [line.fields["quantity"] for line in history_of(row)] == [[None, "7"]]
    stock_count(cooperative=cast.cooperative, part=world.bush, as_of=FIRST, quantity=9, by=cast.manager)
    assert history_of(row).last().fields == {"quantity": ["7", "9"]}


def test_a_bill_of_materials_tells_each_component_that_changed(cast, world):
    bom_set(part=world.bracket, components=[(world.bolt, 2), (world.bush, 4)], by=cast.manager)
    (line,) = history_of(world.bracket)
    assert line.fields == {"bom BUSH": ["2", "4"], "bom PLATE": ["1", None]}


def test_a_routing_tells_its_steps_and_the_stages_that_are_gone(cast):
    part = part_put(code="PIN", name="Pin", subsector=cast.subsector)
    part_route(part=part, steps=[Step("cut", "turning", Decimal(1)), Step("turned", "turning", Decimal("2.50"))])
    stage = Part.objects.get(code="PIN/cut")
    part_route(part=part, steps=[Step("turned", "turning", Decimal(3), Decimal(20))], by=cast.manager)
    steps = history_of(part).get(fields__has_key="step 1").fields
    assert steps == {
        "step 1": ["cut, turning, 1 + 0", "turned, turning, 3 + 20"],
        "step 2": ["turned, turning, 2.5 + 0", None],
    }
    assert history_of(part).get(act="bom_set").fields == {"bom PIN/cut": ["1", None]}
    assert history_of(stage).get().fields == {"code": ["PIN/cut", None]}


def test_an_approval_names_who_decided_and_who_wrote_it_down(cast, world):
    place = {"part": world.bush, "workshop": cast.tini.workshop, "valid_from": FIRST}
    told = approval_record(**place, status="trial", decided_by="Pak Hadi, pemeriksa", by=cast.manager)
    own = approval_record(**place, status="approved", by=cast.manager)
    assert (told.by, own.by) == ("Pak Hadi, pemeriksa", "Bu Ratna")
    assert history_of(told).get().user_name == "Bu Ratna"
    assert history_of(own).get().fields["status"] == [None, "approved"]


def test_an_approval_that_ends_tells_both_the_end_and_what_follows(cast, world):
    approval = Approval.objects.get(part=world.bush)
    following = approval_end(approval=approval, last_day=FIRST, status="suspended", by=cast.manager)
    assert history_of(approval).get().fields == {"valid_until": [None, "2026-12-07"]}
    assert history_of(following).get().fields["status"] == [None, "suspended"]


def test_a_new_rate_tells_the_end_of_the_one_before(cast, world):
    old = Rate.objects.get(part=world.bush)
    new = rate_set(
        part=world.bush, workshop=cast.karim.workshop, valid_from=FIRST, minutes_per_piece=2, by=cast.manager
    )
    assert history_of(old).get().fields == {"valid_until": [None, "2026-12-06"]}
    assert history_of(new).get().fields["minutes_per_piece"] == [None, "2"]


def test_motifs_sources_and_licences_are_told(cast):
    motif = motif_put(name="Kecapi", aspect="culture", holder="Kota", right_kind="copyright", by=cast.manager)
    motif_source_put(motif=motif, title="Berita", says="11 pakem", by=cast.manager)
    licence_grant(motif=motif, ikm=cast.karim.ikm, number="L-1", valid_from=FIRST, by=cast.manager)
    assert acts() == ["motif_put", "motif_source_put", "licence_grant"]


def test_what_is_refused_leaves_no_history(cast, world):
    with pytest.raises(Refused), transaction.atomic():
        part_route(part=world.bolt, steps=[Step("rolled", "rolling", Decimal("0.5"))], by=cast.manager)
    with pytest.raises(Refused), transaction.atomic():
        part_put(code="BRACKET", supply="bought", by=cast.manager)
    with pytest.raises(Refused), transaction.atomic():
        bom_set(part=world.bolt_headed, components=[(world.bracket, 1)], by=cast.manager)
    assert acts() == []
