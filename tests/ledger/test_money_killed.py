"""R2 by kill -9: commands of the ledger in processes of their own, killed at statements drawn by a seed.

500 kills over all commands by `make crash-ledger KILLS=500 SEED=1`, on SQLite and PostgreSQL; in the ordinary run three
of two commands each. After each kill nothing of the command is there, the books hold, and in the end it goes through.
"""

import os
from random import Random

import pytest
from money_commands import COMMANDS

from cast import cast_build
from crashing import kills

KILLS = int(os.environ.get("WADAH_CRASH_KILLS", "0"))
SEED = os.environ.get("WADAH_CRASH_SEED", "1")
FEW = ("settlement_is_locked", "surplus_is_shared")
EACH = -(-KILLS // len(COMMANDS)) if KILLS else 3


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("name", COMMANDS if KILLS else FEW)
def test_a_killed_command_leaves_nothing_and_done_again_is_done_once(name):
    dice = Random(f"{SEED}/{name}")

    def numbers(statements):
        return sorted(dice.sample(range(1, statements + 1), min(EACH, statements)))

    assert kills(COMMANDS[name], cast_build(), numbers) > 0
