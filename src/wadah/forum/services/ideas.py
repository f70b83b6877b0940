"""Ideas: posted by anybody with an account, joined with "saya ikut", taken back (docs/city.md F4)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from wadah.base.clock import now
from wadah.base.errors import Refused
from wadah.base.history import history_record, history_values
from wadah.forum.models import Idea, IdeaSupport
from wadah.forum.services.common import bring_back, joined_check, locked, withdraw
from wadah.register.services.saving import row_save

if TYPE_CHECKING:
    from wadah.accounts.models import User
    from wadah.forum.models import Community


@transaction.atomic
def idea_post(
    *,
    title: str,
    text: str,
    by: User,
    community: Community | None = None,
    named: bool = False,
    simulated: bool = False,
) -> Idea:
    """Puts an idea where everybody reads it. named: whether they read whose it is. Raises Refused: for a community that
    one isn't in, or a text too long."""
    joined_check(community, by)
    row = Idea(
        title=" ".join(title.split()),
        text=text.strip(),
        community=community,
        by=by,
        named=named,
        at=now(),
        simulated=simulated,
    )
    row_save(row)
    history_record(user=by, act="idea_post", row=row, new=history_values(row, ["title"]))
    return row


@transaction.atomic
def idea_support(*, idea: Idea, by: User) -> IdeaSupport:
    """Says "me too"; again changes nothing. Raises Refused where it is taken back, or one's own."""
    row = locked(idea)
    if row.withdrawn_at is not None:
        raise Refused(_("This idea was taken back."))
    if row.by_id == by.pk:
        raise Refused(_("It is your own idea: you are in already."))
    held, _made = IdeaSupport.objects.get_or_create(idea=row, user=by, defaults={"at": now()})
    return held


@transaction.atomic
def idea_unsupport(*, idea: Idea, by: User) -> None:
    """Takes one's "me too" back; again changes nothing."""
    IdeaSupport.objects.filter(idea=locked(idea), user=by).delete()


@transaction.atomic
def idea_withdraw(*, idea: Idea, by: User, reason: str = "") -> Idea:
    """Takes an idea off the pages: its author, or a city officer with a reason."""
    row: Idea = withdraw(idea, act="idea_withdraw", by=by, reason=reason, own=idea.by_id == by.pk)
    return row


@transaction.atomic
def idea_bring_back(*, idea: Idea, by: User) -> Idea:
    """Undoes that within its minutes."""
    row: Idea = bring_back(idea, act="idea_bring_back", by=by)
    return row
