"""Communities: opened by anybody with an account, kept by their leads, joined and left at will (docs/city.md F1)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from wadah.base.clock import now, today
from wadah.base.errors import Conflict, Refused
from wadah.base.history import history_record, history_values
from wadah.forum.models import Community, CommunityMember, Interest
from wadah.forum.rules import TAGS_MAX, slug_made, tags_read
from wadah.forum.services.common import locked
from wadah.forum.words import CommunityRole
from wadah.register.services.saving import columns_set, row_archive, row_restore, row_save

if TYPE_CHECKING:
    from datetime import datetime

    from wadah.accounts.models import User

COLUMNS = frozenset({"name", "about", "area", "contact", "founded_on"})


@transaction.atomic
def community_found(
    *, name: str, about: str, by: User, interests: str = "", simulated: bool = False, **facts: Any
) -> Community:
    """Opens a community's page; whoever opens it keeps it. interests: tags as typed; facts: columns of COLUMNS.

    Raises
    ------
    Refused: another open community has this name, more than TAGS_MAX interests, a day to come, or a column out of its
    range. Conflict: somebody opened it at the same moment.
    """
    name_check(name)
    row = Community(
        slug=slug_made(name, set(Community.objects.values_list("slug", flat=True))),
        created_at=now(),
        created_by=by,
        simulated=simulated,
    )
    try:
        with transaction.atomic():
            row = facts_write(row, name=name, about=about, **facts)
    except IntegrityError:  # two opened it at the same moment; the address is there once
        raise Conflict(taken_text(name)) from None
    interests_write(row, interests)
    CommunityMember.objects.create(community=row, user=by, role=CommunityRole.LEAD, joined_at=row.created_at)
    history_record(user=by, act="community_found", row=row, new=told(row))
    return row


@transaction.atomic
def community_correct(*, community: Community, interests: str, by: User, **facts: Any) -> Community:
    """Writes new facts (columns of COLUMNS) and interests over the old ones; raises as community_found does. The
    address stays, for others have written it down."""
    row = locked(community)
    name_check(facts.get("name", row.name), row)
    old = told(row)
    row = facts_write(row, **facts)
    interests_write(row, interests)
    history_record(user=by, act="community_correct", row=row, old=old, new=told(row))
    return row


def name_check(name: str, row: Community | None = None) -> None:
    rows = Community.objects.filter(name__iexact=" ".join(name.split()), archived_at__isnull=True)
    if (rows if row is None else rows.exclude(pk=row.pk)).exists():
        raise Refused(taken_text(name), field="name")


def taken_text(name: str) -> str:
    return _("There is a community called “%(name)s” already: join it.") % {"name": name}


def facts_write(row: Community, **facts: Any) -> Community:
    founded = facts.get("founded_on")
    if founded is not None and founded > today():
        raise Refused(_("The day of founding lies in the future."), field="founded_on")
    columns_set(row, facts | {"name": " ".join(str(facts.get("name", row.name)).split())}, COLUMNS)
    return row_save(row)


def interests_write(row: Community, typed: str) -> None:
    tags = tags_read(typed)
    if len(tags) > TAGS_MAX:
        raise Refused(_("At most %(most)s interests: keep the main ones.") % {"most": TAGS_MAX}, field="interests")
    row.interests.exclude(tag__in=tags).delete()
    held = set(row.interests.values_list("tag", flat=True))
    Interest.objects.bulk_create(Interest(community=row, tag=tag) for tag in tags if tag not in held)


def told(row: Community) -> dict[str, Any]:
    tags = ", ".join(row.interests.values_list("tag", flat=True))
    return {**history_values(row, sorted(COLUMNS)), "interests": tags}


@transaction.atomic
def community_archive(*, community: Community, by: User) -> Community:
    """Says that a community no longer meets; its page, its lessons and its bookings stay. Twice changes nothing."""
    return row_archive(community, by=by, act="community_archive")


@transaction.atomic
def community_restore(*, community: Community, by: User) -> Community:
    """Says that an archived community meets again. Raises Refused where another one has taken its name."""
    name_check(community.name, community)
    return row_restore(community, by=by, act="community_restore")


@transaction.atomic
def community_join(*, community: Community, by: User) -> CommunityMember:
    """Joins in; again changes nothing. Raises Refused where the community is archived."""
    row = locked(community)
    if row.archived_at is not None:
        raise Refused(_("%(name)s no longer meets.") % {"name": row})
    held = place_of(row, by)
    if held is not None:
        return held
    place = CommunityMember.objects.create(community=row, user=by, joined_at=now())
    history_record(user=by, act="community_join", row=row)
    return place


@transaction.atomic
def community_leave(*, community: Community, by: User) -> None:
    """Leaves; again changes nothing. Raises Refused for the last lead while others are still there."""
    row = locked(community)
    place = place_of(row, by)
    if place is None:
        return
    if place.role == CommunityRole.LEAD and last_lead(row) and row.members.filter(left_at__isnull=True).count() > 1:
        raise Refused(_("You alone keep this page. Make somebody else a keeper first, then leave."))
    end(place, now())
    history_record(user=by, act="community_leave", row=row)


def end(place: CommunityMember, moment: datetime) -> None:
    place.left_at = moment
    place.save(update_fields=["left_at"])


def place_of(community: Community, user: User) -> CommunityMember | None:
    return CommunityMember.objects.filter(community=community, user=user, left_at__isnull=True).first()


def last_lead(community: Community) -> bool:
    return community.members.filter(left_at__isnull=True, role=CommunityRole.LEAD).count() == 1


@transaction.atomic
def community_lead(*, place: CommunityMember, lead: bool, by: User) -> CommunityMember:
    """Makes somebody a keeper of the page, or an ordinary member again.

    Raises
    ------
    Conflict: they have left. Refused: they are the last keeper.
    """
    community = locked(place.community)
    row = locked(place)
    if row.left_at is not None:
        raise Conflict(_("They have left the community."))
    if row.role == CommunityRole.LEAD and not lead and last_lead(community):
        raise Refused(_("Somebody has to keep the page. Make another one a keeper first."))
    row.role = CommunityRole.LEAD if lead else CommunityRole.MEMBER
    row.save(update_fields=["role"])
    history_record(user=by, act="community_lead" if lead else "community_unlead", row=community)
    return row
