"""R2 by kill -9: a process of its own for each statement of each command, on whichever database the tests run.

All of them by `make crash` (WADAH_CRASH=all), on SQLite and PostgreSQL; two of them in the ordinary run.
"""

import os

import pytest
from commands import commands_all
from django.db import connection

from cast_work import work_build
from crashing import kills

COMMANDS = commands_all()
FEW = ("report_ten", "take_back")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("name", COMMANDS if os.environ.get("WADAH_CRASH") == "all" else FEW)
def test_a_killed_command_leaves_nothing_and_done_again_is_done_once(name):
    times = kills(COMMANDS[name], work_build())
    assert times > 2
    print(f"\n{name}, {connection.vendor}: killed {times} times")
