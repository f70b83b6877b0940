"""Several questions to the database answered of one moment, though others write meanwhile."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from django.db import connection, transaction

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def moment_of_reading() -> Iterator[None]:
    """Whatever is read inside stood like that at one moment. For a few quick questions: on SQLite nobody can write till
    it ends. Inside another transaction it is that one's view.

    PostgreSQL by itself answers each question of a transaction anew (READ COMMITTED).
    """
    if connection.in_atomic_block:
        yield
        return
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        yield
