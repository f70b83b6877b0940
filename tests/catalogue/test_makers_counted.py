"""How many may make a part is counted by the database; it says the same as reading who may."""

from collections import Counter
from datetime import date
from decimal import Decimal
from itertools import product

import pytest

from wadah.catalogue.models import Approval, Rate
from wadah.catalogue.selectors import maker_rates, makers_by_part, makers_known, parts_makable
from wadah.catalogue.services import licence_grant, motif_put, part_put
from wadah.catalogue.services.certificates import part_certificates_set
from wadah.register.models import Workshop
from wadah.register.selectors import cooperative_workshops

FIRST, LAST = date(2026, 11, 30), date(2027, 5, 31)
WINDOWS = [
    (date(2026, 1, 1), None),
    (date(2026, 1, 1), date(2026, 11, 29)),
    (date(2026, 1, 1), date(2027, 1, 31)),
    (date(2027, 2, 1), None),
    (date(2027, 2, 1), date(2027, 3, 1)),
    (date(2027, 6, 1), None),
]


def paired(part, workshop, rated, approved, status="approved"):
    Rate.objects.create(
        part=part, workshop=workshop, minutes_per_piece=Decimal(1), valid_from=rated[0], valid_until=rated[1]
    )
    Approval.objects.create(
        part=part, workshop=workshop, status=status, valid_from=approved[0], valid_until=approved[1]
    )


def days(cast):
    return {"workshops": cooperative_workshops(cast.cooperative, FIRST), "first_day": FIRST, "last_day": LAST}


def read(cast):
    return Counter(part for part, _ in {(row.rate.part_id, row.rate.workshop_id) for row in maker_rates(**days(cast))})


def makable(cast):
    return set(parts_makable(**days(cast)).values_list("pk", flat=True))


@pytest.fixture
def part_of(cast):
    return lambda code: part_put(code=code, name=code, subsector=cast.subsector)


def test_every_pair_of_windows_counts_as_it_is_read(cast, part_of):
    for number, (rated, approved) in enumerate(product(WINDOWS, WINDOWS)):
        paired(part_of(f"P{number}"), cast.sari.workshop, rated, approved)
    counted = makers_by_part(**days(cast))
    assert counted == read(cast)
    assert 0 < len(counted) < 36
    assert makable(cast) == set(counted)
    some = sorted(counted)[:3]
    assert makers_by_part(**days(cast), parts=some) == {part: counted[part] for part in some}


def test_workshops_are_counted_once_and_only_those_asked_about(cast, part_of):
    part = part_of("BAUT")
    for maker in (cast.sari, cast.karim, cast.rudi):
        paired(part, maker.workshop, (date(2026, 1, 1), date(2026, 12, 31)), (date(2026, 1, 1), None))
    Rate.objects.create(
        part=part, workshop=cast.sari.workshop, minutes_per_piece=1, valid_from=date(2027, 1, 1), valid_until=None
    )
    assert makers_by_part(**days(cast)) == {part.pk: 2} == read(cast)
    Workshop.objects.filter(pk=cast.karim.workshop.pk).update(archived_at="2026-01-01T00:00Z")
    assert makers_by_part(**days(cast)) == {part.pk: 1} == read(cast)


def test_a_trial_is_no_leave(cast, part_of):
    paired(part_of("BAUT"), cast.sari.workshop, WINDOWS[0], WINDOWS[0], status="trial")
    assert makers_by_part(**days(cast)) == {}
    assert not makers_known(**days(cast))


def test_where_a_licence_or_a_paper_is_asked_for_only_its_holders_count(cast, part_of):
    motif = motif_put(name="Teratai", aspect="flora", holder="Kota", right_kind="copyright")
    cloth, food = part_of("KAIN"), part_of("KUE")
    cloth.motif = motif
    cloth.save()
    part_certificates_set(part=food, kinds=["halal"])
    for part, maker in product((cloth, food), (cast.sari, cast.karim)):
        paired(part, maker.workshop, WINDOWS[0], WINDOWS[0])
    assert makers_by_part(**days(cast)) == {} == read(cast)
    assert not makers_known(**days(cast))
    assert makable(cast) == set()
    licence_grant(motif=motif, ikm=cast.sari.ikm, number="L-1", valid_from=date(2026, 1, 1))
    assert makers_by_part(**days(cast)) == {cloth.pk: 1} == read(cast)
    assert makers_by_part(**days(cast), parts=[food.pk]) == {}
    assert makers_known(**days(cast))
    assert makable(cast) == {cloth.pk}
