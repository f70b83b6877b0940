"""What an import did to each row of the database, so that it can be put back while nobody has touched it.

A kind tells the watch of the rows it is about to change (`before`) and of those it has made (`after`); at the end the
watch compares. Putting back goes row by row in reverse, and is refused where a row has changed since or where something
has been built on it.
"""

from __future__ import annotations

import hashlib
import json
from graphlib import CycleError, TopologicalSorter
from itertools import groupby
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db import IntegrityError, router, transaction
from django.db.models import GeneratedField, ProtectedError, RestrictedError
from django.db.models.deletion import Collector
from django.utils.translation import gettext as _

from wadah.base.errors import Refused
from wadah.base.history import history_keep, history_line, history_record, kind_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from django.db.models import Field, Model, QuerySet

    from wadah.base.models import Change

    State = dict[str, Any]
    Effect = dict[str, Any]

CHUNK = 500
UNTOLD = frozenset({"phone"})
"""Personal data that history doesn't repeat."""


class Watch:
    """Keeps what rows were before, and a mark of what they are after."""

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
        """[{"kind", "id", "old", "new", "name"}] of the rows that differ, in the order first seen.

        old: its columns, None where it wasn't there; new: `mark_of` them, None where it isn't there any more.
        """
        now = {(kind, row.pk): (mark_of(state_of(row)), name_in(row)) for kind, row in rows_now(self.states)}
        found = []
        for (kind, pk), old in self.states.items():
            new, name = now.get((kind, pk), (None, ""))
            if new != (old and mark_of(old)):
                found.append({"kind": kind, "id": pk, "old": old, "new": new, "name": name})
        return found


def mark_of(state: State) -> str:
    """Differs where the columns do; a state by itself would make the receipt of a large file larger than the file."""
    return hashlib.sha256(json.dumps(state, sort_keys=True).encode()).hexdigest()[:20]


def name_in(row: Model) -> str:
    """What people call a row, as far as it has a column for it."""
    names = (getattr(row, column, None) for column in ("name", "code", "number"))
    return next((str(name)[:80] for name in names if name), "")


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


def rows_now(keys: Iterable[tuple[str, int]]) -> Iterator[tuple[str, Model]]:
    """The rows that are still there, by kind, in few queries."""
    for kind, group in groupby(sorted(keys), key=lambda key: key[0]):
        ids = [pk for _kind, pk in group]
        model = apps.get_model(kind)
        for start in range(0, len(ids), CHUNK):
            for row in model._default_manager.filter(pk__in=ids[start : start + CHUNK]):  # noqa: SLF001 (public)
                yield kind, row


def put_back(effects: list[Effect], *, by: Any, reason: str) -> None:
    """Undo, in the caller's transaction.

    Raises
    ------
    Refused: a row has changed since, or something has been built on it; named.
    """
    unchanged_check(effects)
    try:
        with transaction.atomic():
            put_back_at_once(effects, by, reason)
    except (ProtectedError, RestrictedError, IntegrityError, CycleError):
        put_back_each(effects, by, reason)


def unchanged_check(effects: list[Effect]) -> None:
    """Raises Refused where a row isn't any more as the import left it."""
    marks = {(kind, row.pk): mark_of(state_of(row)) for kind, row in rows_now((e["kind"], e["id"]) for e in effects)}
    for effect in effects:
        if marks.get((effect["kind"], effect["id"])) != effect["new"]:
            raise Refused(
                _("“%(name)s” has been changed since. Put that right by hand instead.") % {"name": name_of(effect)}
            )


def put_back_at_once(effects: list[Effect], by: Any, reason: str) -> None:
    """New rows go first, of each kind at once, those that point to others before the others; then the old come back."""
    new = [effect for effect in effects if effect["old"] is None]
    kinds = pointing_first({effect["kind"] for effect in new})
    for kind in kinds:
        ids = [effect["id"] for effect in new if effect["kind"] == kind]
        for start in range(0, len(ids), CHUNK):
            rows = list(rows_of(kind).filter(pk__in=ids[start : start + CHUNK]))
            nothing_else_goes(rows)
            lines = (
                history_line(user=by, act="import_cancel", row=row, old=told(state_of(row)), reason=reason)
                for row in rows
            )
            history_keep(lines)
            rows_of(kind).filter(pk__in=[row.pk for row in rows]).delete()
    for effect in reversed(effects):
        if effect["old"] is not None:
            step_back(effect, by, reason)


def pointing_first(kinds: Collection[str]) -> list[str]:
    """The kinds in an order in which each comes before those that its rows point to. Raises CycleError."""
    below = {kind: {target for target in kinds if target != kind and points(kind, target)} for kind in kinds}
    return list(TopologicalSorter(below).static_order())[::-1]


def points(kind: str, target: str) -> bool:
    other = apps.get_model(target)
    return any(field.related_model is other for field in columns_of(apps.get_model(kind)) if field.is_relation)


def put_back_each(effects: list[Effect], by: Any, reason: str) -> None:
    """Row by row, the last first, so that what stands in the way is named."""
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
    model, rows = apps.get_model(effect["kind"]), rows_of(effect["kind"])
    if effect["old"] is None:
        row = rows.get(pk=effect["id"])
        nothing_else_goes([row])
        history_keep([gone_line(row, by, reason)])
        row.delete()
        return
    row = model(pk=effect["id"]) if effect["new"] is None else rows.get(pk=effect["id"])
    new = state_of(row) if effect["new"] is not None else {}
    for field in columns_of(model):
        setattr(row, field.attname, field.to_python(effect["old"][field.attname]))
    row.save(force_insert=effect["new"] is None)
    history_record(user=by, act="import_cancel", row=row, old=told(new), new=told(effect["old"]), reason=reason)


def gone_line(row: Model, by: Any, reason: str) -> Change:
    return history_line(user=by, act="import_cancel", row=row, old=told(state_of(row)), reason=reason)


def rows_of(kind: str) -> QuerySet[Any]:
    rows: QuerySet[Any] = apps.get_model(kind)._default_manager.all()  # noqa: SLF001 (public)
    return rows


def told(state: State) -> State:
    return {name: value for name, value in state.items() if name not in UNTOLD}


def nothing_else_goes(rows: Sequence[Model]) -> None:
    """Raises ProtectedError where rows of others would vanish along with these."""
    if not rows:
        return
    going = {(type(row), row.pk) for row in rows}
    collector = Collector(using=router.db_for_write(type(rows[0])))
    collector.collect(rows)
    found = [other for instances in collector.data.values() for other in instances]
    found += [other for instances in collector.fast_deletes for other in instances]
    others = {other for other in found if (type(other), other.pk) not in going}
    if others:
        raise ProtectedError("cascade", others)


def name_of(effect: Effect) -> str:
    if effect["name"]:
        return str(effect["name"])
    model = apps.get_model(effect["kind"])
    row = rows_of(effect["kind"]).filter(pk=effect["id"]).first()
    return str(row) if row is not None else f"{model._meta.verbose_name} {effect['id']}"  # noqa: SLF001 (public)
