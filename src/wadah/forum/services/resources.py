"""Rooms and shared tools: what they are, when they are open, whose they are (docs/city.md F2)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from wadah.base.clock import now
from wadah.base.errors import Refused
from wadah.base.history import history_record, history_values
from wadah.forum.models import OpeningHours, Resource
from wadah.forum.services.common import locked, open_check
from wadah.register.services.saving import columns_set, row_archive, row_restore, row_save

if TYPE_CHECKING:
    from collections.abc import Mapping

    from wadah.accounts.models import User
    from wadah.forum.models import Community

    Opening = Mapping[int, tuple[int, int]]

COLUMNS = frozenset({"kind", "name", "about", "place", "area", "capacity", "house_rules"})


@transaction.atomic
def resource_share(
    *, owner: Community | None, opening: Opening, by: User, simulated: bool = False, **facts: Any
) -> Resource:
    """Shares a room or tool. owner: the community, None: the city; opening: weekday → (opens, closes) in minutes after
    midnight; facts: columns of COLUMNS.

    Raises
    ------
    Refused: no day is open, a day closes before it opens, an archived community, or a column out of its range.
    """
    if owner is not None:
        open_check(owner, field="owner")
    row = Resource(owner=owner, created_at=now(), created_by=by, simulated=simulated)
    columns_set(row, facts, COLUMNS)
    row = row_save(row)
    opening_write(row, opening)
    history_record(user=by, act="resource_share", row=row, new=told(row))
    return row


@transaction.atomic
def resource_correct(*, resource: Resource, opening: Opening, by: User, **facts: Any) -> Resource:
    """Writes new facts and hours over the old ones; raises as resource_share does. Bookings that were made stay."""
    row = locked(resource)
    old = told(row)
    columns_set(row, facts, COLUMNS)
    row = row_save(row)
    opening_write(row, opening)
    history_record(user=by, act="resource_correct", row=row, old=old, new=told(row))
    return row


def opening_write(row: Resource, opening: Opening) -> None:
    if not opening:
        raise Refused(_("Give the hours of one day at least."), field="opening")
    if any(not 0 <= opens < closes <= 24 * 60 for opens, closes in opening.values()):
        raise Refused(_("A day has to open before it closes."), field="opening")
    row.opening.all().delete()
    OpeningHours.objects.bulk_create(
        OpeningHours(resource=row, weekday=day, opens_minute=opens, closes_minute=closes)
        for day, (opens, closes) in sorted(opening.items())
    )


def told(row: Resource) -> dict[str, Any]:
    hours = "; ".join(
        f"{one.weekday + 1}: {one.opens_minute // 60:02d}.{one.opens_minute % 60:02d}–"
        f"{one.closes_minute // 60:02d}.{one.closes_minute % 60:02d}"
        for one in row.opening.all()
    )
    return {**history_values(row, sorted(COLUMNS)), "opening": hours}


@transaction.atomic
def resource_archive(*, resource: Resource, by: User) -> Resource:
    """Takes a room or tool out of use; bookings stay as they are, and each can be cancelled. Twice changes nothing."""
    return row_archive(resource, by=by, act="resource_archive")


@transaction.atomic
def resource_restore(*, resource: Resource, by: User) -> Resource:
    """Shares it again."""
    return row_restore(resource, by=by, act="resource_restore")
