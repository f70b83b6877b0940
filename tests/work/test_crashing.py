"""R2 by an exception: each command of the room, stopped at each of its SQL statements in turn."""

import pytest
from commands import Command, commands_all
from commands_orders import bolts

from cast_work import WorkWorld
from crashing import crashes
from standing import standing
from wadah.work.models import WorkOrder

pytestmark = pytest.mark.django_db
COMMANDS = commands_all()


@standing
def world(cast, bracket):
    return WorkWorld(cast, bracket)


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_is_done_whole_or_not_at_all(world, name):
    assert crashes(COMMANDS[name], world) > 2


def test_a_command_without_a_transaction_is_found_half_done(world):
    def twice(_world, row):
        row.note = "sekali"
        row.save()
        WorkOrder.objects.filter(pk=row.pk).update(note="dua kali")

    with pytest.raises(AssertionError, match="half done at statement 2"):
        crashes(Command("twice", bolts, twice), world)


def test_a_command_that_does_nothing_is_found(world):
    with pytest.raises(AssertionError, match="does nothing"):
        crashes(Command("idle", bolts, lambda _world, row: row.refresh_from_db()), world)
