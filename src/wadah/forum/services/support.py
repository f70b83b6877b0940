"""Support: asked for → decided with reasons → delivered → what came of it (docs/city.md F7). City officers decide."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from wadah.base.clock import business_date, now, today
from wadah.base.errors import Conflict, Refused
from wadah.base.history import history_record
from wadah.forum.models import Support
from wadah.forum.services.common import joined_check, locked, numbered, undo_check
from wadah.forum.words import SupportKind, SupportStatus
from wadah.register.services.saving import row_save, rupiah_check

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from wadah.accounts.models import User
    from wadah.forum.models import Community, Experiment

PREFIX = "DUK"
Status = SupportStatus


@transaction.atomic
def support_ask(
    *,
    kind: str,
    what: str,
    by: User,
    community: Community | None = None,
    experiment: Experiment | None = None,
    asked_rupiah: int | None = None,
    people: int | None = None,
    simulated: bool = False,
) -> Support:
    """Asks the city for support: "DUK-2026-0001".

    Raises
    ------
    Refused: a grant without an amount, an amount for what isn't a grant, or for a community that one isn't in.
    """
    joined_check(community, by)
    rupiah_check(asked_rupiah=asked_rupiah)
    if kind == SupportKind.GRANT and not asked_rupiah:
        raise Refused(_("Write how much you ask for."), field="asked_rupiah")
    if kind != SupportKind.GRANT and asked_rupiah:
        raise Refused(_("An amount goes with a small grant only."), field="asked_rupiah")
    row = Support(
        number=numbered(PREFIX),
        kind=kind,
        what=what.strip(),
        community=community,
        experiment=experiment,
        asked_rupiah=asked_rupiah,
        people=people or None,
        asked_by=by,
        asked_at=now(),
        simulated=simulated,
    )
    row_save(row)
    history_record(user=by, act="support_ask", row=row, new={"kind": kind, "asked_rupiah": asked_rupiah})
    return row


@transaction.atomic
def support_decide(
    *, support: Support, granted: bool, reason: str, by: User, granted_rupiah: int | None = None
) -> Support:
    """Grants or refuses, with reasons either way; of a grant how much, all that was asked for where left out.

    Raises
    ------
    Refused: no reason, one's own ask, more than was asked for or nothing, or an amount where nothing is granted.
    Conflict: decided or taken back already.
    """
    row = standing(support, {Status.ASKED})
    if row.asked_by_id == by.pk:
        raise Refused(_("Nobody decides what they asked for themselves."))
    if not reason.strip():
        raise Refused(_("Write the reasons: whoever asked will read them."), field="reason")
    amount = amount_granted(row, granted, granted_rupiah)
    row.status = Status.GRANTED if granted else Status.REFUSED
    row.reason, row.granted_rupiah, row.decided_by, row.decided_at = reason.strip(), amount, by, now()
    row_save(row)
    history_record(user=by, act=f"support_{row.status}", row=row, new={"granted_rupiah": amount}, reason=reason.strip())
    return row


def amount_granted(row: Support, granted: bool, amount: int | None) -> int | None:
    """What is granted of what was asked for; None where no money is in it."""
    if row.kind != SupportKind.GRANT or not granted:
        if amount:
            raise Refused(_("An amount goes with a small grant only."), field="granted_rupiah")
        return None
    found = row.asked_rupiah if amount is None else amount
    assert row.asked_rupiah is not None
    if not 0 < (found or 0) <= row.asked_rupiah:
        raise Refused(_("Grant more than nothing, and at most what was asked for."), field="granted_rupiah")
    return found


@transaction.atomic
def support_decision_undo(*, support: Support, by: User) -> Support:
    """Takes one's decision back within its minutes. Raises Conflict: too late, another's, or delivered already."""
    row = standing(support, {Status.GRANTED, Status.REFUSED})
    undo_check(row.decided_at)
    if row.decided_by_id != by.pk:
        raise Conflict(_("Only whoever decided can undo that."))
    row.status, row.reason, row.granted_rupiah = Status.ASKED, "", None
    row.decided_by, row.decided_at = None, None
    row.save(update_fields=["status", "reason", "granted_rupiah", "decided_by", "decided_at"])
    history_record(user=by, act="support_decision_undo", row=row)
    return row


@transaction.atomic
def support_deliver(
    *,
    support: Support,
    by: User,
    on: date,
    note: str = "",
    worth_rupiah: int | None = None,
    trained: int | None = None,
) -> Support:
    """Says that what was granted has been given. worth_rupiah: what it cost the city; trained: people who took part.

    Raises
    ------
    Refused: a day to come or before the decision. Conflict: not granted, or delivered already.
    """
    row = standing(support, {Status.GRANTED})
    assert row.decided_at is not None
    if not business_date(row.decided_at) <= on <= today():
        raise Refused(_("The day lies between the decision and today."), field="on")
    rupiah_check(worth_rupiah=worth_rupiah)
    row.status, row.delivered_on, row.delivered_note = Status.DELIVERED, on, note.strip()
    row.worth_rupiah = row.granted_rupiah if worth_rupiah is None else worth_rupiah
    row.trained = trained
    row_save(row)
    told = {"delivered_on": on, "worth_rupiah": row.worth_rupiah, "trained": trained}
    history_record(user=by, act="support_deliver", row=row, new=told, reason=note.strip())
    return row


@transaction.atomic
def support_tell(*, support: Support, outcome: str, by: User) -> Support:
    """Says what came of it, good or bad; told again it is written over. Raises Refused: nothing said; Conflict: nothing
    was delivered."""
    row = standing(support, {Status.DELIVERED, Status.TOLD})
    if not outcome.strip():
        raise Refused(_("Write what came of it, also where nothing did."), field="outcome")
    old = {"outcome": row.outcome}
    row.status, row.outcome, row.outcome_by, row.outcome_at = Status.TOLD, outcome.strip(), by, now()
    row_save(row)
    history_record(user=by, act="support_tell", row=row, old=old, new={"outcome": row.outcome})
    return row


@transaction.atomic
def support_withdraw(*, support: Support, by: User) -> Support:
    """Takes one's ask back before it is decided. Raises Conflict where it is decided."""
    return turned(support, Status.ASKED, Status.WITHDRAWN, by, "support_withdraw")


@transaction.atomic
def support_again(*, support: Support, by: User) -> Support:
    """Asks again for what one has taken back. Raises Conflict where it wasn't taken back."""
    return turned(support, Status.WITHDRAWN, Status.ASKED, by, "support_again")


def turned(support: Support, old: str, new: str, by: User, act: str) -> Support:
    row = standing(support, {old})
    row.status = new
    row.save(update_fields=["status"])
    history_record(user=by, act=act, row=row)
    return row


def standing(support: Support, allowed: Collection[str]) -> Support:
    """The ask as it is now, locked. Raises Conflict where it doesn't stand at one of these."""
    row = locked(support)
    if row.status not in allowed:
        words = {"number": row.number, "status": row.get_status_display()}
        raise Conflict(_("%(number)s stands at “%(status)s” by now. Open it again.") % words)
    return row
