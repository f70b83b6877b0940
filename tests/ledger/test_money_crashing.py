"""R2 by an exception: each writing command of the ledger, stopped at each of its SQL statements in turn."""

import pytest
from money_commands import COMMANDS

from crashing import crashes

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_is_done_whole_or_not_at_all(cast, name):
    assert crashes(COMMANDS[name], cast) > 1
