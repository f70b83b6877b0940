"""R2: a command stopped at its 1st, 2nd, … n-th SQL statement has done nothing at all; done again, it is done once.

`crashes` stops it by an exception in this process. `kills` by kill -9 in a process of its own, as a form runs it, in
one transaction with its idempotency key; also just before and just after it commits. After each stop every row of the
tables that it writes to is what it was before; in the end there is what one undisturbed run makes, and the laws hold.
"""

from __future__ import annotations

import copy
import os
import re
import signal
import time
import traceback
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db import connection, connections, transaction
from django.db.models import DateTimeField

from wadah.base.idempotency import once
from wadah.base.models import IdempotencyKey

if TYPE_CHECKING:
    from collections.abc import Callable

SAVEPOINTS = ("SAVEPOINT", "RELEASE SAVEPOINT", "ROLLBACK TO SAVEPOINT")
WRITES = re.compile(r'(?:INSERT INTO|UPDATE|DELETE FROM) "(\w+)"')
RANDOM = {"check_code"}
OF_A_RUN = {"object_id", "user_id", "fields", "key", "digest", "payload"}
OF_A_RUN |= {"source_id", "hash", "previous_hash", "head_hash"}  # of postings: they cover keys and moments
ENCRYPTED = {"ledger.PayoutAccount.number"}
MOST = 400
FORMS = 4


@dataclass(frozen=True, slots=True)
class Command:
    """What is stopped. build(world) makes whatever must be there and returns it (rows, dataclasses or tuples of them);
    run(world, built) does the one act; laws(): those that don't hold, none before and none after it."""

    name: str
    build: Callable[[Any], Any]
    run: Callable[[Any, Any], Any]
    laws: Callable[[], list[Any]] = list


class Crash(Exception):
    """The machine stopped here."""


@contextmanager
def stopping_at(number, stop):
    """Calls `stop` in place of the `number`-th statement; yields the list of statements that ran."""
    ran = []

    def wrapper(execute, sql, params, many, context):
        if not sql.startswith(SAVEPOINTS):  # the outermost is none where no test's transaction stands around it
            ran.append(sql)
            if len(ran) == number:
                stop()
        return execute(sql, params, many, context)

    with connection.execute_wrapper(wrapper):
        yield ran


def crash():
    raise Crash


def do_once(command, world, built, key):
    """The command as a form sends it: one transaction, one key."""
    route = f"/{command.name}/"
    once(key=key, user_id=None, route=route, body="", write=lambda: (command.run(world, built) and None) or {"done": 1})


def tables_written(ran):
    """The models whose tables these statements write to."""
    models = {model._meta.db_table: model for model in apps.get_models()}
    names = {match[1] for sql in ran if (match := WRITES.match(sql))}
    return sorted((models[name] for name in names), key=lambda model: model._meta.label)


def rows_now(models, *, plain=False):
    """Every row of these models. plain: without keys, times and what is drawn by lot, which differ from run to run."""
    found = {}
    for model in models:
        if plain and model is IdempotencyKey:
            continue
        names = [field.attname for field in model._meta.concrete_fields if not plain or told_plainly(field)]
        found[model._meta.label] = sorted(map(repr, model._default_manager.order_by().values_list(*names)))
    return found


def told_plainly(field):
    by_run = field.primary_key or field.is_relation or isinstance(field, DateTimeField) or str(field) in ENCRYPTED
    return not by_run and field.name not in RANDOM | OF_A_RUN


def crashes(command, world):
    """Stops it at each of its statements, and asserts on the way; how many there were. Inside a test's transaction.

    Here the command stands alone, without the form's transaction: its own has to undo what it did.
    """
    built = command.build(world)
    models, alone, statements = undisturbed(command, world, built)
    before = rows_now(models)
    for number in range(1, statements + 1):
        try:
            with stopping_at(number, crash):
                command.run(*copy.deepcopy((world, built)))  # nothing is remembered of what was read before
        except Crash:
            transaction.set_rollback(False)
            assert rows_now(models) == before, f"{command.name} half done at statement {number}"
            continue
        break
    do_once(command, world, built, "a key")
    finished(command, world, built, models, alone)
    return number


def undisturbed(command, world, built):
    """The models that the command writes to, what one run of a copy makes of them (undone again), and how many
    statements it has."""
    assert command.laws() == []
    with transaction.atomic():
        with stopping_at(0, crash) as ran:
            command.run(*copy.deepcopy((world, built)))
        models = [*tables_written(ran), IdempotencyKey]
        alone = rows_now(models, plain=True)
        transaction.set_rollback(True)
    assert alone != rows_now(models, plain=True), f"{command.name} does nothing"
    return models, alone, len(ran)


def finished(command, world, built, models, alone):
    """It went through in the end: that is what one run makes, the laws hold, and sent again it changes nothing."""
    assert rows_now(models, plain=True) == alone, f"{command.name} isn't what one run makes"
    assert command.laws() == [], command.name
    do_once(command, world, built, "a key")
    assert rows_now(models, plain=True) == alone, f"{command.name} done twice"


def kills(command, world, numbers=None):
    """The same with kill -9 of a process of its own, in committed rows: how many times it was killed.

    numbers(statements): at which of its statements, ascending, all of them where left out; there are FORMS more than it
    has by itself, of its form's key and the commit, and one above them all kills it once it has committed.
    """
    built = command.build(world)
    models, alone, statements = undisturbed(command, world, built)
    before, killed = rows_now(models), 0
    for number in numbers(statements + FORMS) if numbers else range(1, MOST):
        killed += 1
        if run_and_kill(command, world, built, number) == "committed":
            break
        assert rows_now(models) == before, f"{command.name} half done: killed at statement {number}"
    else:
        assert run_and_kill(command, world, built, 0) == "done", command.name
    finished(command, world, built, models, alone)
    return killed


def run_and_kill(command, world, built, number):
    """Runs it in a process of its own that kills itself at statement `number`, or after its last one before it commits,
    or, where it has fewer, after it has committed: then "committed". 0: it isn't killed, "done"."""
    connections.close_all()
    hear, tell = os.pipe()
    child = os.fork()
    if child == 0:
        child_runs(command, world, built, number, tell)
    os.close(tell)
    with os.fdopen(hear) as pipe:
        told = pipe.read()
    _pid, status = os.waitpid(child, 0)
    backends_gone()
    assert os.waitstatus_to_exitcode(status) == (-signal.SIGKILL if number else 0), f"{command.name}: {told}"
    return told or "killed"


def child_runs(command, world, built, number, tell):
    """Never returns."""
    try:
        with stopping_at(number, die) as ran:
            with transaction.atomic():
                do_once(command, world, built, "a key")
                if number == len(ran) + 1:
                    die()  # all is written, nothing is committed
            os.write(tell, b"committed" if number else b"done")
            if number:
                die()
        os._exit(0)
    except BaseException:
        os.write(tell, traceback.format_exc().encode())
        os._exit(1)


def die():
    os.kill(os.getpid(), signal.SIGKILL)


def backends_gone():
    """PostgreSQL's server ends a killed client's transaction when it sees its socket closed; waits for that."""
    if connection.vendor != "postgresql":
        return
    query = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
    for _ in range(500):
        with connection.cursor() as cursor:
            cursor.execute(query)
            if cursor.fetchone()[0] == 0:
                return
        time.sleep(0.01)
    raise AssertionError("the killed client's transaction is still there")
