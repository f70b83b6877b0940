"""What was promised against what came, counted here once more from the moves of the lots alone."""

from __future__ import annotations

from datetime import datetime, time, timedelta

import pytest

from addresses.programme import kept_answer
from cast import MONDAY
from cast_ledger import Making
from wadah.base.clock import JAKARTA
from wadah.programme.models import Intervention, StudyItem
from wadah.programme.packages.following import WEEKS_BEFORE, followed_rows
from wadah.programme.packages.seen import adopted_items
from wadah.work.models import LotMove

pytestmark = pytest.mark.django_db
MINUTES = 3  # a piece
BEGUN = MONDAY - timedelta(weeks=4)


@pytest.fixture
def item(cast):
    """A training of Bu Sari that began four weeks ago; from its second week 10 hours and 50 pieces were promised."""
    row = StudyItem.objects.get(pk=kept_answer(cast)["programme_item"])
    row.state, row.begun_on = "begun", BEGUN
    row.save()
    return row


def accepted_on(cast, part, day, pieces):
    """A lot of Bu Sari's, accepted on that day; returns its lot."""
    making = Making(cast, part)
    lot = making.accepted(cast.sari, pieces, minutes_per_piece=MINUTES)
    LotMove.objects.filter(lot=lot).update(at=datetime.combine(day, time(10), JAKARTA))
    return lot


def followed(item):
    (row,) = followed_rows(adopted_items(None).filter(pk=item.pk), on=MONDAY)
    return row


def test_accepted_hours_since_it_began_are_held_against_the_promise(cast, item):
    part = item.intervention.part
    for week, pieces in ((0, 20), (1, 40), (3, 100)):
        accepted_on(cast, part, BEGUN + timedelta(weeks=week, days=2), pieces)
    row = followed(item)
    assert row.weeks == 4
    assert (row.promised, row.pieces_promised) == (30.0, 150.0)  # weeks 1, 2 and 3
    assert row.pieces_came == pytest.approx(160)
    assert row.came == pytest.approx(160 * MINUTES / 60)


def test_what_the_workshop_did_before_is_taken_off(cast, item):
    part = item.intervention.part
    accepted_on(cast, part, BEGUN - timedelta(weeks=2), 120)  # 10 a week over twelve weeks
    accepted_on(cast, part, BEGUN - timedelta(weeks=WEEKS_BEFORE + 1), 999)  # too long ago
    accepted_on(cast, part, BEGUN + timedelta(days=1), 100)
    row = followed(item)
    assert row.before == pytest.approx(120 * MINUTES / 60 / WEEKS_BEFORE)
    assert row.pieces_came == pytest.approx(100 - 4 * 120 / WEEKS_BEFORE)


def test_this_week_counts_once_it_is_over_and_other_work_never(cast, item, bracket):
    accepted_on(cast, item.intervention.part, MONDAY, 70)
    accepted_on(cast, bracket.bolt, BEGUN + timedelta(days=1), 70)
    assert followed(item).pieces_came == 0


def test_what_comes_back_is_taken_off(cast, item):
    lot = accepted_on(cast, item.intervention.part, BEGUN + timedelta(days=1), 100)
    Making(cast, lot.part).moved(lot, "ship_back", 30)
    LotMove.objects.filter(lot=lot).update(at=datetime.combine(BEGUN + timedelta(days=3), time(10), JAKARTA))
    assert followed(item).pieces_came == pytest.approx(70)


def test_of_floor_space_all_work_at_the_workshop_counts_in_hours(cast, item, bracket):
    Intervention.objects.filter(pk=item.intervention_id).update(kind="floor", part=None)
    accepted_on(cast, bracket.bolt, BEGUN + timedelta(days=1), 40)
    row = followed(item)
    assert (row.pieces_promised, row.pieces_came) == (None, None)
    assert row.came == pytest.approx(40 * MINUTES / 60)


def test_before_it_began_or_without_a_workshop_nobody_can_say(cast, item):
    StudyItem.objects.filter(pk=item.pk).update(state="waiting", begun_on=None)
    assert followed(item).came is None
    StudyItem.objects.filter(pk=item.pk).update(state="begun", begun_on=BEGUN)
    group = {"kind": "new_group", "workshop": None, "area": cast.kelurahan}
    Intervention.objects.filter(pk=item.intervention_id).update(**group)
    assert followed(item).came is None
    StudyItem.objects.filter(pk=item.pk).update(workshop_now=cast.sari.workshop)
    accepted_on(cast, item.intervention.part, BEGUN + timedelta(days=1), 10)
    assert followed(item).pieces_came == pytest.approx(10)


def test_following_takes_a_constant_number_of_queries(cast, item, django_assert_num_queries):
    with django_assert_num_queries(2):
        followed_rows(adopted_items(None), on=MONDAY)
