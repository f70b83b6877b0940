"""The history of every object: append-only lines that say who changed what, when, from what to what."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.auth import get_user_model
from django.core.exceptions import FieldDoesNotExist

from wadah.base.clock import now
from wadah.base.models import Change

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from django.db.models import Model, QuerySet

Values = dict[str, Any]
LINES_AT_ONCE = 1_000


def history_values(row: Model, fields: Iterable[str]) -> Values:
    """What `row` holds now in `fields`, in a form that can be kept: numbers, truth values, None, or text."""
    return {name: plain(getattr(row, name)) for name in fields}


def history_difference(old: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, list[Any]]:
    """{"field": [old, new]} for the fields that differ."""
    names = [*old, *(name for name in new if name not in old)]
    pairs = {name: [plain(old.get(name)), plain(new.get(name))] for name in names}
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}


def history_line(
    *,
    user: Any,
    act: str,
    row: Model,
    old: Mapping[str, Any] | None = None,
    new: Mapping[str, Any] | None = None,
    reason: str = "",
    on_behalf_of: str = "",
) -> Change:
    """One line of `row`'s history, not written yet.

    user: who did it (has pk and name), None for the system; act: a verb in English, "order_confirm";
    old, new: values by field before and after, from `history_values`.
    """
    return Change(
        at=now(),
        user_id=getattr(user, "pk", None),
        user_name=getattr(user, "name", ""),
        on_behalf_of=on_behalf_of,
        act=act,
        object_kind=kind_of(row),
        object_id=str(row.pk),
        fields=history_difference(old or {}, new or {}),
        reason=reason,
    )


def history_record(*, user: Any, act: str, row: Model, **told: Any) -> Change:
    """Write one line, inside the caller's transaction, so that the change and its history stand or fall together.

    told: the others of `history_line`.
    """
    line = history_line(user=user, act=act, row=row, **told)
    line.save(force_insert=True)
    return line


def history_keep(lines: Iterable[Change]) -> None:
    """Write many lines in their order, inside the caller's transaction."""
    Change.objects.bulk_create(lines, batch_size=LINES_AT_ONCE)


def history_of(row: Model) -> QuerySet[Change]:
    """The lines about `row`, oldest first."""
    return Change.objects.filter(object_kind=kind_of(row), object_id=str(row.pk))


def history_pointed(model: type[Model], lines: Iterable[Change]) -> dict[str, dict[str, Any]]:
    """What the values of the lines point to: by column, the rows by key as text. One query a column that points.

    People are left out: who may read a history needn't be one who may read their names.
    """
    wanted: dict[str, set[str]] = {}
    for line in lines:
        for name, pair in line.fields.items():
            wanted.setdefault(name, set()).update(key for key in pair if isinstance(key, str) and key.isdecimal())
    found = {}
    for name, keys in wanted.items():
        to = pointed_by(model, name)
        if to is not None and keys:
            rows = to._base_manager.filter(pk__in=keys)  # noqa: SLF001 (documented by Django as public)
            found[name] = {str(row.pk): row for row in rows}
    return found


def pointed_by(model: type[Model], name: str) -> type[Model] | None:
    """The model that the column points to; None where it doesn't, or to a person."""
    field = column_of(model, name)
    to = field.related_model if field is not None else None
    return None if to is None or to is get_user_model() else to


def column_of(model: type[Model], name: str) -> Any:
    """The column of this name, "area" or "area_id"; None where the model has none."""
    try:
        field = model._meta.get_field(name)  # noqa: SLF001 (documented by Django as public)
    except FieldDoesNotExist:
        return None
    return field if field.concrete else None


def kind_of(row: Model) -> str:
    return row._meta.label_lower  # noqa: SLF001 (documented by Django as public)


def plain(value: Any) -> Any:
    if value is None or isinstance(value, bool | int | float | str):
        return value
    return str(getattr(value, "pk", None) or value)
