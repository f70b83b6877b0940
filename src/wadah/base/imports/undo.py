"""What an import did to each row of the database, so that it can be put back while nobody has touched it.

A kind tells the watch of the rows it is about to change (`before`) and of those it has made (`after`); at the end the
watch compares. Putting back goes row by row in reverse, and is refused where a row has changed since or where something
has been built on it.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db import IntegrityError, router, transaction
from django.db.models import GeneratedField, ProtectedError, RestrictedError
from django.db.models.deletion import Collector
from django.utils.translation import gettext as _

from wadah.base.errors import Refused
from wadah.base.history import history_record, kind_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import Field, Model

    State = dict[str, Any]
    Effect = dict[str, Any]

CHUNK = 500
UNTOLD = frozenset({"phone"})
"""Personal data that history doesn't repeat."""


class Watch:
    """Keeps the state of rows before and after."""

    def __init__(self) -> None:
        self.states: dict[tuple[str, int], State | None] = {}

    def before(self, rows: Iterable[Model]) -> None:
        """Rows that are about to be changed or taken away, as they are in the database now."""
        for row in rows:
            self.states.setdefault((kind_of(row), row.pk), state_of(row))

    def after(self, rows: Iterable[Model]) -> None:
        """Rows that were written; those not seen before are new."""
        for row in rows:
            self.states.setdefault((kind_of(row), row.pk), None)

    def effects(self) -> list[Effect]:
        """[{"kind", "id", "old", "new"}] of the rows that differ, in the order first seen; None: not there."""
        now = states_now(self.states)
        return [
            {"kind": kind, "id": pk, "old": old, "new": now.get((kind, pk))}
            for (kind, pk), old in self.states.items()
            if now.get((kind, pk)) != old
        ]


def columns_of(model: type[Model]) -> list[Field[Any, Any]]:
    meta = model._meta  # noqa: SLF001 (documented by Django as public)
    return [field for field in meta.concrete_fields if not field.primary_key and not isinstance(field, GeneratedField)]


def state_of(row: Model) -> State:
    """Every column as JSON keeps it."""
    return {field.attname: plain(field, row) for field in columns_of(type(row))}


def plain(field: Field[Any, Any], row: Model) -> Any:
    value = getattr(row, field.attname)
    if value is None or isinstance(value, bool | int | float):
        return value
    text = field.value_to_string(row)
    # Numbers are as short as they can be written: a row just saved has 2, the database says 2.000.
    return f"{value.normalize():f}" if hasattr(value, "normalize") else text


def states_now(keys: Iterable[tuple[str, int]]) -> dict[tuple[str, int], State]:
    found = {}
    for kind, group in groupby(sorted(keys), key=lambda key: key[0]):
        ids = [pk for _kind, pk in group]
        model = apps.get_model(kind)
        for start in range(0, len(ids), CHUNK):
            for row in model._default_manager.filter(pk__in=ids[start : start + CHUNK]):  # noqa: SLF001 (public)
                found[kind, row.pk] = state_of(row)
    return found


def put_back(effects: list[Effect], *, by: Any, reason: str) -> None:
    """Undo, in the caller's transaction.

    Raises
    ------
    Refused: a row has changed since, or something has been built on it; named.
    """
    now = states_now((effect["kind"], effect["id"]) for effect in effects)
    for effect in effects:
        if now.get((effect["kind"], effect["id"])) != effect["new"]:
            raise Refused(
                _("“%(name)s” has been changed since. Put that right by hand instead.") % {"name": name_of(effect)}
            )
    for effect in reversed(effects):
        try:
            with transaction.atomic():
                step_back(effect, by, reason)
        except (ProtectedError, RestrictedError, IntegrityError) as error:
            raise Refused(built_text(name_of(effect), getattr(error, "protected_objects", ()))) from error


def built_text(name: str, on: Iterable[Model]) -> str:
    others = sorted({str(row._meta.verbose_name) for row in list(on)[:50]})  # noqa: SLF001 (public)
    words = {"name": name, "others": ", ".join(others)}
    if others:
        return _("Something has been built on “%(name)s” since (%(others)s). It can't be taken back.") % words
    return _("Something has been built on “%(name)s” since. It can't be taken back.") % words


def step_back(effect: Effect, by: Any, reason: str) -> None:
    model = apps.get_model(effect["kind"])
    rows = model._default_manager  # noqa: SLF001 (public)
    if effect["old"] is None:
        row = rows.get(pk=effect["id"])
        nothing_else_goes(row)
        history_record(user=by, act="import_cancel", row=row, old=told(effect["new"]), reason=reason)
        row.delete()
        return
    row = model(pk=effect["id"]) if effect["new"] is None else rows.get(pk=effect["id"])
    for field in columns_of(model):
        setattr(row, field.attname, field.to_python(effect["old"][field.attname]))
    row.save(force_insert=effect["new"] is None)
    history_record(
        user=by, act="import_cancel", row=row, old=told(effect["new"] or {}), new=told(effect["old"]), reason=reason
    )


def told(state: State) -> State:
    return {name: value for name, value in state.items() if name not in UNTOLD}


def nothing_else_goes(row: Model) -> None:
    """Raises ProtectedError where rows of others would vanish along with this one."""
    collector = Collector(using=router.db_for_write(type(row)), origin=row)
    collector.collect([row])
    others = [
        other for rows in collector.data.values() for other in rows if (type(other), other.pk) != (type(row), row.pk)
    ]
    others += [other for rows in collector.fast_deletes for other in rows]
    if others:
        raise ProtectedError("cascade", set(others))


def name_of(effect: Effect) -> str:
    state = effect["new"] or effect["old"] or {}
    for column in ("name", "code", "number"):
        if state.get(column):
            return str(state[column])
    model = apps.get_model(effect["kind"])
    row = model._default_manager.filter(pk=effect["id"]).first()  # noqa: SLF001 (public)
    return str(row) if row is not None else f"{model._meta.verbose_name} {effect['id']}"  # noqa: SLF001 (public)
