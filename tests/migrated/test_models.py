"""The migrations say what the models say, and what was made before they were one for each room is known."""

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder

from wadah.cli.database import before_the_first_release


@pytest.mark.django_db
def test_every_model_has_its_migration():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def stands_at(first, names):
    """The database's own record, as if these migrations had made its tables."""
    recorder = MigrationRecorder(connection)
    recorder.record_unapplied(*first)
    for name in names:
        recorder.record_applied(*name)


@pytest.mark.django_db
@pytest.mark.parametrize("label", ["accounts", "base", "catalogue", "demand", "ledger", "plans", "register", "work"])
def test_tables_made_in_several_steps_are_known_and_half_of_the_steps_too(label):
    first = (label, "0001_tables")
    steps = MigrationExecutor(connection).loader.disk_migrations[first].replaces
    stands_at(first, steps)
    executor = MigrationExecutor(connection)
    assert executor.migration_plan(executor.loader.graph.leaf_nodes()) == []
    assert not before_the_first_release()
    MigrationRecorder(connection).record_unapplied(*steps[-1])
    assert before_the_first_release() == (len(steps) > 1)
