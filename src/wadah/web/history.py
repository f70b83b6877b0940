"""The history of an object as a table, newest first: when, who, what was done, and each value before and after.

Each group of pages puts the acts of its services and the names of its columns into words here: ACTS and FIELDS, where
"bom %s" is any name that begins so. A value is told as its column has it: what was chosen by its label, what it points
to by name, days, money and numbers as people write them. What has no words yet is shown as it is kept.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wadah.base.clock import JAKARTA
from wadah.base.history import column_of, history_of, history_pointed
from wadah.units import date_text, decimal_text, moment_text, rupiah_text
from wadah.web.tables import Column, Table
from wadah.web.words import language

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from django.db.models import Model
    from django.utils.functional import _StrPromise

    from wadah.base.models import Change

LINES_MAX = 200
DECIMALS = 6
NOTHING = "–"


def history_table(
    row: Model,
    *,
    acts: Mapping[str, str | _StrPromise],
    fields: Mapping[str, Any],
    values: Mapping[str, Callable[[Any], str]] | None = None,
    hidden: Collection[str] = (),
    caption: str = "",
) -> Table:
    """acts: act → words; fields: column → words; values: column → how its values, or names of what it points to, are
    told where the column itself doesn't say; hidden: acts that aren't for the reader's eyes; caption: where a page
    has several histories. Shows the newest LINES_MAX lines."""
    table = Table(
        caption or _("What was changed, newest first"),
        [Column(_("When")), Column(_("Who")), Column(_("What")), Column(_("Change"))],
    )
    lines = list(history_of(row).exclude(act__in=hidden).order_by("-id")[:LINES_MAX])
    words = Words(type(row), fields, values or {}, history_pointed(type(row), lines))
    for change in lines:
        table.add(
            moment_text(change.at.astimezone(JAKARTA), language()),
            who(change),
            told_in(acts, change.act),
            changes(change, words),
        )
    return table


def told_in(words: Mapping[str, Any], name: str) -> str:
    return str(words[name]) if name in words else untold(name)


def untold(name: str) -> str:
    """What has no words yet; the tests refuse it."""
    return name


def who(change: Change) -> str:
    if change.on_behalf_of:
        return _("%(name)s for %(member)s") % {"name": change.user_name, "member": change.on_behalf_of}
    return change.user_name or _("Wadah")


def changes(change: Change, words: Words) -> str:
    """ "Hours: 40 → 44; Area: – → Bekasi Jaya", then the reason if there is one."""
    told = [(words.label(name), *(words.value(name, kept) for kept in pair)) for name, pair in change.fields.items()]
    said = [f"{label}: {old} → {new}" for label, old, new in told if old != new]
    return "; ".join([*said, change.reason] if change.reason else said) or NOTHING


@dataclass(frozen=True)
class Words:
    """How columns of a model and their kept values are told. pointed: from `history_pointed`."""

    model: type[Model]
    fields: Mapping[str, Any]
    values: Mapping[str, Callable[[Any], str]]
    pointed: Mapping[str, Mapping[str, Any]]

    def label(self, name: str) -> str:
        field = column_of(self.model, name)
        name = name if field is None or name in self.fields else field.name
        kind, found, key = name.partition(" ")
        if found and f"{kind} %s" in self.fields:
            return str(self.fields[f"{kind} %s"]) % key
        return told_in(self.fields, name)

    def value(self, name: str, kept: Any) -> str:
        if kept is None or kept == "":
            return NOTHING
        if isinstance(kept, bool):
            return str(YES_NO[kept])
        if str(kept) in self.pointed.get(name, {}):
            kept = name_text(self.pointed[name][str(kept)])
        told = self.values.get(name) or self.values.get(f"{name.partition(' ')[0]} %s")
        if told is not None:
            return told(kept)
        field = column_of(self.model, name)
        return str(kept) if field is None else column_text(field, kept)


def column_text(field: Any, kept: Any) -> str:
    """A value as its column has it; one that isn't of the column's kind stays as it is."""
    if field.choices:
        return str(dict(field.flatchoices).get(kept, kept))
    if isinstance(kept, int) and "rupiah" in field.name:
        return rupiah_text(kept)
    try:
        if isinstance(field, models.DateTimeField):
            return moment_text(datetime.fromisoformat(kept).astimezone(JAKARTA), language())
        if isinstance(field, models.DateField):
            return date_text(date.fromisoformat(kept), language())
        if isinstance(field, models.DecimalField):
            return number_words(kept)
    except (TypeError, ValueError, ArithmeticError):
        return str(kept)
    return str(kept)


def number_words(kept: Any) -> str:
    """A number that was kept as text, with as many decimals as it has."""
    return decimal_text(Decimal(str(kept)), DECIMALS, language())


def name_text(row: Any) -> str:
    """A row's name in the language of the page, else what it calls itself."""
    english = getattr(row, "name_en", "") if language() == "en" else ""
    return str(english or getattr(row, "name", "") or row)


YES_NO = {True: gettext_lazy("yes"), False: gettext_lazy("no")}
