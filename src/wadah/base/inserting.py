"""Many rows of one model written, or added to, at once.

Rows are written as tuples: several times as fast as `bulk_create`, which makes an object and asks each field for each
value. For rows whose keys nobody needs afterwards. Defaults, `auto_now` and the like aren't filled in: every column is
given. SQLite: one statement, run for each row; PostgreSQL: one statement from arrays.
"""

from __future__ import annotations

import datetime as dt
import json
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from django.db import connection

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from django.db.models import Field, Model

AT_ONCE = 5_000
PLAIN = {int, str, type(None)}
WRITTEN = (str, int, float, Decimal, dt.date, dt.time)
"""What PostgreSQL reads back from the words that Python has for it; moments are days too, and truths whole numbers."""


def rows_insert(model: type[Model], names: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> None:
    """Insert `rows`, each with a value for each of `names` (attnames: "lot_id"), inside the caller's transaction.

    Raises
    ------
    IntegrityError: a constraint of the database. TypeError: bytes and the like, on PostgreSQL.
    """
    fields = [field_of(model, name) for name in names]
    columns = ", ".join(connection.ops.quote_name(str(field.column)) for field in fields)
    into = f"INSERT INTO {connection.ops.quote_name(model._meta.db_table)} ({columns})"  # noqa: SLF001 (public)
    for start in range(0, len(rows), AT_ONCE):
        some = [prepared(fields, row) for row in rows[start : start + AT_ONCE]]
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                arrays = ", ".join(f"%s::{field.db_type(connection)}[]" for field in fields)
                cursor.execute(f"{into} SELECT * FROM unnest({arrays})", [*map(array_text, zip(*some, strict=True))])
            else:
                cursor.executemany(f"{into} VALUES ({', '.join(['%s'] * len(fields))})", some)


def rows_add(model: type[Model], name: str, amounts: Mapping[int, int]) -> None:
    """Add to a column of whole numbers, by primary key, inside the caller's transaction.

    One statement that looks each row up once. A sub-query for each row is slow on PostgreSQL wherever the rows it reads
    were written a moment ago: it has no statistics of them yet, and chooses the wrong index.

    Raises
    ------
    IntegrityError: a constraint of the database.
    """
    table, key, column = map(
        connection.ops.quote_name,
        (model._meta.db_table, str(model._meta.pk.column), str(field_of(model, name).column)),  # noqa: SLF001 (public)
    )
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                f"UPDATE {table} SET {column} = {table}.{column} + added.amount"
                f" FROM unnest(%s::bigint[], %s::bigint[]) AS added (id, amount) WHERE {table}.{key} = added.id",
                [list(amounts), list(amounts.values())],
            )
        else:
            cursor.executemany(
                f"UPDATE {table} SET {column} = {column} + %s WHERE {key} = %s",
                [(amount, pk) for pk, amount in amounts.items()],
            )


def field_of(model: type[Model], name: str) -> Field[Any, Any]:
    return next(field for field in model._meta.concrete_fields if field.attname == name)  # noqa: SLF001 (public)


def prepared(fields: Sequence[Field[Any, Any]], row: tuple[Any, ...]) -> list[Any]:
    """As the database takes them; whole numbers, texts and nothing go as they are."""
    return [
        value if type(value) in PLAIN else made_plain(field, value) for field, value in zip(fields, row, strict=True)
    ]


def made_plain(field: Field[Any, Any], value: Any) -> Any:
    if isinstance(value, list | dict):
        return json.dumps(value, cls=field.encoder)  # type: ignore[attr-defined]  # only JSON fields take them
    return remembered(field, value)


@lru_cache(maxsize=4_096, typed=True)
def remembered(field: Field[Any, Any], value: Any) -> Any:
    """Days, moments and pieces come again and again."""
    return field.get_db_prep_save(value, connection)


def array_text(values: Iterable[Any]) -> str:
    """One column as PostgreSQL writes an array: the driver's own takes a regular expression to each quotation mark."""
    return "{" + ",".join(map(element_text, values)) + "}"


def element_text(value: Any) -> str:
    if value is None:
        return "NULL"
    if type(value) is int:
        return str(value)
    if not isinstance(value, WRITTEN):
        raise TypeError(f"{type(value).__name__} isn't written into arrays")
    text = str(value).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{text}"'
