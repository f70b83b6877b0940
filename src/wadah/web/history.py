"""The history of an object as a table, newest first: when, who, what was done, and each value before and after.

Each group of pages puts the acts of its services and the names of its columns into words here: ACTS and FIELDS. What
has no words yet is shown as it is kept.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wadah.base.clock import JAKARTA
from wadah.base.history import history_of
from wadah.units import moment_text
from wadah.web.tables import Column, Table
from wadah.web.words import language

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from django.db.models import Model
    from django.utils.functional import _StrPromise

    from wadah.base.models import Change

LINES_MAX = 200
NOTHING = "–"


def history_table(
    row: Model, *, acts: Mapping[str, str | _StrPromise], fields: Mapping[str, Any], hidden: Collection[str] = ()
) -> Table:
    """acts: act → words; fields: column → words; hidden: acts that aren't for the reader's eyes. Shows the newest
    LINES_MAX lines."""
    table = Table(
        _("What was changed, newest first"),
        [Column(_("When")), Column(_("Who")), Column(_("What")), Column(_("Change"))],
    )
    for change in history_of(row).exclude(act__in=hidden).order_by("-id")[:LINES_MAX]:
        table.add(
            moment_text(change.at.astimezone(JAKARTA), language()),
            who(change),
            str(acts.get(change.act, change.act)),
            changes(change, fields),
        )
    return table


def who(change: Change) -> str:
    if change.on_behalf_of:
        return _("%(name)s for %(member)s") % {"name": change.user_name, "member": change.on_behalf_of}
    return change.user_name or _("Wadah")


def changes(change: Change, fields: Mapping[str, Any]) -> str:
    """ "Hours: 40 → 44; Area: – → Bekasi Jaya", then the reason if there is one."""
    told = [f"{fields.get(name, name)}: {value(old)} → {value(new)}" for name, (old, new) in change.fields.items()]
    return "; ".join([*told, change.reason] if change.reason else told) or NOTHING


def value(kept: Any) -> str:
    if kept is None or kept == "":
        return NOTHING
    if isinstance(kept, bool):
        return str(YES_NO[kept])
    return str(kept)


YES_NO = {True: gettext_lazy("yes"), False: gettext_lazy("no")}
