"""Certificates gate planning as approvals do: docs/model.md §14.3."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cast import MONDAY, cast_build
from wadah.base.clock import monday, today
from wadah.base.errors import Refused
from wadah.base.history import history_of
from wadah.catalogue.models import Part
from wadah.catalogue.rules.windows import windows_merged
from wadah.catalogue.selectors.gaps import Gap, maker_gaps
from wadah.catalogue.services import approval_end, approval_record, rate_set
from wadah.catalogue.services.certificates import part_certificates_set
from wadah.plans.capabilities import capability_rows
from wadah.plans.rules import Horizon
from wadah.register.models import Workshop
from wadah.register.services import certificate_archive, certificate_record

pytestmark = pytest.mark.django_db

YEAR = timedelta(days=365)
WEEK = timedelta(weeks=1)


@pytest.fixture
def cast():
    return cast_build()


@pytest.fixture
def cake(cast):
    """Bu Sari and Bu Tini are approved for a part that asks for halal and PIRT."""
    part = Part.objects.create(code="KUE", name="Kue kering", subsector=cast.subsector)
    for member in (cast.sari, cast.tini):
        rate_set(part=part, workshop=member.workshop, valid_from=MONDAY - YEAR, minutes_per_piece=2)
        approval_record(part=part, workshop=member.workshop, status="approved", valid_from=MONDAY - YEAR)
    part_certificates_set(part=part, kinds=["halal", "pirt"], by=cast.manager)
    return part


def paper(kind, *, first=None, last=None, **holder):
    return certificate_record(kind=kind, number="123", issued_on=first, expires_on=last, **holder)


def weeks(cast, part, member=None, length=4):
    """For each week whether the member may make the part; None where it has no capability at all."""
    rows = capability_rows({part.code: part}, Workshop.objects.all(), Horizon(monday(today()), length))
    found = {row.workshop: row for row in rows}
    row = found.get((member or cast.sari).workshop.code)
    if row is None:
        return None
    return [True] * length if row.max_per_period is None else [limit > 0 for limit in row.max_per_period]


def gaps(cast, part, member=None):
    workshop = (member or cast.sari).workshop
    return maker_gaps(part, Workshop.objects.filter(pk=workshop.pk), today())[workshop.pk]


def test_without_the_papers_a_workshop_is_not_planned_and_it_is_said_which_lack(cast, cake):
    assert weeks(cast, cake) is None
    assert gaps(cast, cake) == [Gap("no_certificate", None, "halal"), Gap("no_certificate", None, "pirt")]


def test_a_paper_of_the_workshop_and_one_of_its_firm_both_count(cast, cake):
    paper("halal", workshop=cast.sari.workshop)
    assert weeks(cast, cake) is None
    paper("pirt", ikm=cast.sari.ikm)
    assert weeks(cast, cake) == [True] * 4
    assert gaps(cast, cake) == []
    assert weeks(cast, cake, cast.tini) is None


def test_a_paper_that_ends_leaves_no_week_after_it(cast, cake):
    paper("halal", workshop=cast.sari.workshop)
    paper("pirt", ikm=cast.sari.ikm, first=MONDAY - YEAR, last=monday(today()) + 2 * WEEK - timedelta(days=1))
    assert weeks(cast, cake) == [True, True, False, False]


def test_papers_that_follow_each_other_are_one(cast, cake):
    paper("halal", workshop=cast.sari.workshop)
    end = monday(today()) + timedelta(days=9)
    paper("pirt", ikm=cast.sari.ikm, first=MONDAY - YEAR, last=end)
    paper("pirt", workshop=cast.sari.workshop, first=end - timedelta(days=3))
    assert weeks(cast, cake) == [True] * 4


def test_what_has_ended_or_is_archived_does_not_count(cast, cake):
    held = paper("halal", workshop=cast.sari.workshop)
    yesterday = today() - timedelta(days=1)
    paper("pirt", ikm=cast.sari.ikm, first=MONDAY - YEAR, last=yesterday)
    assert weeks(cast, cake) is None
    assert gaps(cast, cake) == [Gap("ended", yesterday, "pirt")]
    certificate_archive(certificate=held, by=cast.manager)
    assert {gap.kind for gap in gaps(cast, cake)} == {"halal", "pirt"}


def test_a_part_that_stops_asking_is_planned_again(cast, cake):
    part_certificates_set(part=cake, kinds=[], by=cast.manager)
    assert weeks(cast, cake) == [True] * 4
    assert [line.fields for line in history_of(cake)] == [
        {"certificates": ["", "halal pirt"]},
        {"certificates": ["halal pirt", ""]},
    ]


@pytest.mark.parametrize("kinds", [["other"], ["iso"]])
def test_only_known_kinds_are_asked_for(cast, cake, kinds):
    with pytest.raises(Refused, match=kinds[0]):
        part_certificates_set(part=cake, kinds=kinds, by=cast.manager)


def test_what_is_bought_asks_for_nothing(cast):
    bought = Part.objects.create(code="TEPUNG", name="Tepung", subsector=cast.subsector, supply="bought")
    with pytest.raises(Refused, match="TEPUNG"):
        part_certificates_set(part=bought, kinds=["halal"])


def test_what_stands_between_a_workshop_and_the_work_is_told_of_approvals_too(cast):
    part = Part.objects.create(code="BAUT", name="Baut", subsector=cast.subsector)
    assert gaps(cast, part) == [Gap("no_approval")]
    row = approval_record(part=part, workshop=cast.sari.workshop, status="approved", valid_from=today() + WEEK)
    assert gaps(cast, part) == [Gap("approval_later", today() + WEEK)]
    row.delete()
    yesterday = today() - timedelta(days=1)
    row = approval_record(part=part, workshop=cast.sari.workshop, status="approved", valid_from=MONDAY - YEAR)
    assert gaps(cast, part) == []
    approval_end(approval=row, last_day=yesterday, status="suspended", by=cast.manager)
    assert gaps(cast, part) == [Gap("suspended", today())]


def test_planning_asks_six_times_however_many_workshops(cast, cake, django_assert_num_queries):
    paper("halal", workshop=cast.sari.workshop)
    with django_assert_num_queries(6):
        weeks(cast, cake)


DAYS = st.integers(0, 40).map(lambda day: date(2026, 1, 1) + timedelta(days=day))
WINDOWS = st.lists(st.tuples(DAYS, DAYS | st.none()).filter(lambda one: one[1] is None or one[0] <= one[1]), max_size=6)


@given(windows=WINDOWS, day=DAYS)
def test_merged_windows_hold_the_same_days_and_never_overlap(windows, day):
    def within(spans):
        return [first for first, last in spans if first <= day and (last is None or day <= last)]

    merged = windows_merged(windows)
    assert bool(within(windows)) == bool(within(merged))
    assert len(within(merged)) <= 1
