"""What the forum's services share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from django.utils.translation import gettext as _

from wadah.base.clock import now, today
from wadah.base.errors import Conflict, Refused
from wadah.base.history import history_record
from wadah.base.numbering import number_next, number_text
from wadah.forum.models import Community, CommunityMember
from wadah.forum.rules import UNDO_MINUTES, undo_left

if TYPE_CHECKING:
    from datetime import datetime

    from django.db import models

    from wadah.accounts.models import User

    Row = TypeVar("Row", bound=models.Model)


def locked(row: Row) -> Row:
    """The row as it is now, held until the transaction ends."""
    kind: Any = type(row)
    found: Row = kind.objects.select_for_update().get(pk=row.pk)
    return found


def numbered(prefix: str) -> str:
    """The next number of a prefix this year: "COBA-2026-0001"."""
    year = today().year
    return number_text(prefix, year, number_next(prefix, year))


def joined_check(community: Community | None, by: User) -> None:
    """Raises Refused where somebody speaks for a community that they aren't in, or that is archived."""
    if community is None:
        return
    open_check(community, field="community")
    if not CommunityMember.objects.filter(community=community, user=by, left_at__isnull=True).exists():
        raise Refused(_("You aren't in %(name)s. Join in first, on its page.") % {"name": community}, field="community")


def open_check(community: Community, *, field: str) -> None:
    """Raises Refused where a community no longer meets."""
    if not Community.objects.filter(pk=community.pk, archived_at__isnull=True).exists():
        words = {"name": community}
        raise Refused(_("%(name)s no longer meets. Choose another one, or none.") % words, field=field)


def undo_check(done_at: datetime | None) -> None:
    """Raises Conflict where there is nothing to undo, or it is too late."""
    if done_at is None:
        raise Conflict(_("There is nothing to undo: somebody did it already."))
    if not undo_left(done_at, now()):
        raise Conflict(_("Undo is open for %(minutes)s minutes; they are over.") % {"minutes": UNDO_MINUTES})


def withdraw(row: Any, *, act: str, by: User, reason: str, own: bool) -> Any:
    """Takes an idea or an experiment off the pages. Raises Refused where somebody else's is taken back without a word
    why, Conflict where it is taken back already."""
    row = locked(row)
    if row.withdrawn_at is not None:
        raise Conflict(_("It was taken back already."))
    if not own and not reason.strip():
        raise Refused(_("Say why: it isn't yours, and whoever wrote it will read the reason."), field="reason")
    row.withdrawn_at, row.withdrawn_by, row.withdraw_reason = now(), by, reason.strip()
    row.save(update_fields=["withdrawn_at", "withdrawn_by", "withdraw_reason"])
    history_record(user=by, act=act, row=row, reason=reason.strip())
    return row


def bring_back(row: Any, *, act: str, by: User) -> Any:
    """Undoes `withdraw` within its minutes, by whoever did it. Raises Conflict: too late, or another's act."""
    row = locked(row)
    undo_check(row.withdrawn_at)
    if row.withdrawn_by_id != by.pk:
        raise Conflict(_("Only whoever took it back can undo that."))
    row.withdrawn_at, row.withdrawn_by, row.withdraw_reason = None, None, ""
    row.save(update_fields=["withdrawn_at", "withdrawn_by", "withdraw_reason"])
    history_record(user=by, act=act, row=row)
    return row
