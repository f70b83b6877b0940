"""Rows by the million into a database: executemany on SQLite, COPY on PostgreSQL. Rows are tuples, keys are ours."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from functools import lru_cache

from django.db import connection, transaction

AS_THEY_ARE = {int, str, type(None)}


class Table:
    """Rows of one model. names: columns given with each row ("id" first); the others get what the model says."""

    def __init__(self, model, *names):
        self.table, self.names, self.rows = model._meta.db_table, ("id", *names), []  # noqa: SLF001
        fields = [one for one in model._meta.concrete_fields if one.attname not in self.names]  # noqa: SLF001
        self.others = tuple(map(default_of, fields))
        self.columns = [model._meta.get_field(name).column for name in self.names]  # noqa: SLF001
        self.columns += [one.column for one in fields]
        self.key = 0

    def add(self, *values):
        """Keeps a row; its key."""
        self.key += 1
        values = [one if type(one) in AS_THEY_ARE else plain(one) for one in values]
        self.rows.append((self.key, *values, *self.others))
        return self.key

    def change(self, place, **values):
        """A row that isn't written yet."""
        row = list(self.rows[place])
        for name, value in values.items():
            row[self.names.index(name)] = value
        self.rows[place] = tuple(row)


@lru_cache(maxsize=4_096, typed=True)
def plain(value):
    if isinstance(value, dt.datetime):
        text = value.astimezone(dt.UTC).replace(tzinfo=None).isoformat(sep=" ")
        return text if connection.vendor == "sqlite" else f"{text}+00:00"
    return str(value) if isinstance(value, dt.date | Decimal) else value


def default_of(field):
    """Lists are kept as JSON text; SQLite keeps yes and no as 1 and 0."""
    value = field.get_default()
    if isinstance(value, list | dict):
        return "[]"
    return int(value) if isinstance(value, bool) and connection.vendor == "sqlite" else plain(value)


def written(tables):
    """All that they keep, in this order, in one transaction."""
    with transaction.atomic(), connection.cursor() as cursor:
        for table in tables:
            columns = ", ".join(f'"{name}"' for name in table.columns)
            if connection.vendor == "sqlite":
                marks = ", ".join(["%s"] * len(table.columns))
                cursor.executemany(f'INSERT INTO "{table.table}" ({columns}) VALUES ({marks})', table.rows)
            else:
                with cursor.copy(f'COPY "{table.table}" ({columns}) FROM STDIN') as copy:
                    for row in table.rows:
                        copy.write_row(row)
            table.rows = []


def hastened():
    """Nothing of it is to be found again after the power failed."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA synchronous = OFF")
            cursor.execute("PRAGMA cache_size = -500000")


def settled(tables):
    """Afterwards: keys of the next rows on PostgreSQL, and what the planner of queries knows."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            for table in tables:
                cursor.execute(f"SELECT setval(pg_get_serial_sequence('{table.table}', 'id'), {max(table.key, 1)})")
        cursor.execute("ANALYZE")
