"""No service of the room that writes is missing among the commands that crashing.py stops."""

import inspect
import pkgutil
import re
import sys
from functools import cache
from importlib import import_module
from pathlib import Path
from types import CodeType, FunctionType

import pytest
from commands import commands_all
from django.db.transaction import Atomic

import wadah
from cast_work import WorkWorld
from wadah.work import services

ROOM = services.__name__
INSIDE = {
    "disruption_open": "decline",
    "lot_born": "receive_material",
    "rejection_follow": "inspection_failed",
    "states_follow": "inspection_failed",
    "work_order_make": "take_all",
}
"""Services that no command calls by itself, and the one in which each is stopped."""
ALONE = {
    "offer_see": "one statement",
    "offers_lapse": "swept: offer_lapse, each in a transaction of its own",
    "offers_sync_all": "swept: offers_sync, each in a transaction of its own",
    "promises_roll": "swept: promise_roll, each in a transaction of its own",
    "stock_follow": "swept: each part in a transaction of its own",
    "under_way_follow": "swept: each lot and work order in a transaction of its own",
    "in_words": "reads",
    "inspection_standing": "reads",
    "owner_suits": "reads",
    "reason_needed": "reads",
    "reasons_text": "reads",
    "standing": "reads",
    "state_of": "reads",
    "terms_of": "reads",
    "valid_until_proposed": "reads",
}
"""What other rooms call and isn't one transaction, and why."""
COMMANDS = commands_all()


def of_the_room(function):
    return isinstance(function, FunctionType) and function.__module__.startswith(f"{ROOM}.")


def is_transaction(function):
    """Whether it is decorated with transaction.atomic."""
    return isinstance(inspect.getclosurevars(function).nonlocals.get("self"), Atomic)


@cache
def transactions():
    """Names of the services that are one transaction, so write."""
    modules = [import_module(f"{ROOM}.{module.name}") for module in pkgutil.iter_modules(services.__path__)]
    own = {name: row for module in modules for name, row in vars(module).items() if of_the_room(row)}
    return {name for name, function in own.items() if is_transaction(function)}


def called_elsewhere():
    """Names of the room's services that other rooms import."""
    house = Path(wadah.__file__).parent
    room = house / "work" / "services"
    found = set()
    for path in house.rglob("*.py"):
        if room not in path.parents:
            lists = re.findall(rf"from {ROOM}\.\w+ import (\([^)]*\)|[^\n]*)", path.read_text())
            found |= {name for names in lists for name in re.findall(r"\b[a-z_]+\b", names)}
    return found


def services_called(function, seen):
    """Names of the room's services that it calls, itself or through functions of these tests."""
    found = set()
    for name in names_in(function.__code__):
        other = function.__globals__.get(name)
        if of_the_room(other):
            found.add(other.__name__)
        elif isinstance(other, FunctionType) and other not in seen and not other.__module__.startswith("wadah"):
            seen.add(other)
            found |= services_called(other, seen)
    return found


def names_in(code):
    inner = (names_in(one) for one in code.co_consts if isinstance(one, CodeType))
    return set(code.co_names).union(*inner)


def test_every_service_that_writes_is_stopped_at_each_statement():
    stopped = set().union(*(services_called(row.run, set()) for row in COMMANDS.values()))
    assert transactions() - stopped == INSIDE.keys()


def test_what_other_rooms_call_is_one_transaction_or_says_why_not():
    assert called_elsewhere() - transactions() == ALONE.keys()


def test_a_service_that_nobody_stops_would_be_found(monkeypatch):
    monkeypatch.delitem(COMMANDS, "remind")
    with pytest.raises(AssertionError, match="reminder_record"):
        test_every_service_that_writes_is_stopped_at_each_statement()


@pytest.mark.django_db
@pytest.mark.parametrize("name", INSIDE)
def test_a_service_inside_another_is_run_there(cast, bracket, name):
    command, entered = COMMANDS[INSIDE[name]], set()
    world = WorkWorld(cast, bracket)
    built = command.build(world)
    sys.setprofile(lambda frame, event, _arg: entered.add(frame.f_code) if event == "call" else None)
    try:
        command.run(world, built)
    finally:
        sys.setprofile(None)
    assert name in {code.co_name for code in entered if "/work/services/" in code.co_filename}
