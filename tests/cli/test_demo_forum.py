"""The forum that `wadah demo` fills: small, made up and marked so, and filled once."""

import pytest

from wadah.accounts.services import user_create
from wadah.cli.examples.accounts import PASSWORD, PEOPLE
from wadah.cli.examples.forum import load_forum
from wadah.forum.models import Booking, Community, Experiment, Graduation, Idea, Resource, Support
from wadah.forum.rules import Span, overlapping
from wadah.forum.selectors.experiments import results_counted

pytestmark = pytest.mark.django_db


@pytest.fixture
def loaded(cast):
    for person in PEOPLE:
        user_create(phone=person.phone, name=person.name, password=PASSWORD, adult=True)
    load_forum(cast.cooperative)


def test_everything_is_made_up_and_marked_so(loaded):
    for model in (Community, Resource, Idea, Experiment, Support):
        assert model.objects.exists()
        assert not model.objects.filter(simulated=False).exists()
        assert all("(simulasi)" in str(row) for row in Community.objects.all())


def test_it_shows_failures_beside_successes_and_a_week_that_is_not_empty(loaded):
    counted = results_counted()
    assert counted["failed"] >= 2
    assert counted["worked"] >= 2
    assert Experiment.objects.filter(follows__result="failed").exists()
    for room in Resource.objects.all():
        spans = [Span(row.starts_at, row.ends_at) for row in room.bookings.all()]
        assert spans
        assert overlapping(spans) == []


def test_loading_again_adds_nothing(loaded, cast):
    kinds = (Community, Resource, Booking, Idea, Experiment, Support, Graduation)
    before = [kind.objects.count() for kind in kinds]
    load_forum(cast.cooperative)
    assert [kind.objects.count() for kind in kinds] == before
