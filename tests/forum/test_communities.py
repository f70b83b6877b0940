"""Communities: opened by anybody with an account, kept, joined, left, archived; ideas and who says "me too"."""

from datetime import timedelta

import pytest

from cast_forum import forum_build
from standing import standing
from wadah.base.clock import today
from wadah.base.errors import Conflict, Refused
from wadah.base.history import history_of
from wadah.forum.models import Community, CommunityMember, Idea
from wadah.forum.selectors.communities import (
    communities_all,
    communities_joined,
    communities_kept,
    community_places,
    interests_known,
)
from wadah.forum.selectors.ideas import can_bring_back, ideas_all, ideas_seen
from wadah.forum.services import communities
from wadah.forum.services.communities import (
    community_archive,
    community_correct,
    community_found,
    community_join,
    community_lead,
    community_leave,
    community_restore,
)
from wadah.forum.services.ideas import idea_bring_back, idea_post, idea_support, idea_unsupport, idea_withdraw

pytestmark = pytest.mark.django_db


@standing
def forum(cast):
    return forum_build(cast)


def test_whoever_opens_a_community_keeps_it(cast, forum):
    assert [place.user for place in community_places(forum.community)] == [cast.sari.user]
    assert list(communities_kept(cast.sari.user)) == [forum.community]
    assert not communities_kept(cast.rudi.user).exists()
    assert history_of(forum.community).first().fields["interests"] == [None, "cetak 3d, robot"]


def test_anybody_with_an_account_opens_one_whatever_their_role(cast):
    for user in (cast.buyer, cast.officer, cast.rudi.user):
        row = community_found(name=f"Komunitas {user.name}", about="x", by=user)
        assert communities_kept(user).get() == row


def test_names_are_told_apart_and_addresses_stay(cast, forum):
    with pytest.raises(Refused):
        community_found(name="robot  KECIL", about="x", by=cast.rudi.user)
    row = community_correct(community=forum.community, name="Robot Besar", interests="robot", by=cast.sari.user)
    assert (row.slug, row.name) == ("robot-kecil", "Robot Besar")
    assert [tag.tag for tag in row.interests.all()] == ["robot"]
    assert community_found(name="Robot Kecil", about="x", by=cast.rudi.user).slug == "robot-kecil-2"


def test_two_who_open_the_same_at_the_same_moment_are_told_apart(cast, forum, monkeypatch):
    """What the other wrote isn't seen yet; the address, which is there once, tells."""
    monkeypatch.setattr(communities, "name_check", lambda name, row=None: None)
    monkeypatch.setattr(communities, "slug_made", lambda name, taken: "robot-kecil")
    with pytest.raises(Conflict):
        community_found(name="Robot Kecil", about="x", by=cast.rudi.user)
    assert Community.objects.count() == 1


def test_facts_that_cannot_be_are_refused(cast):
    with pytest.raises(Refused):
        community_found(name="A", about="x", founded_on=today() + timedelta(days=1), by=cast.buyer)
    with pytest.raises(Refused):
        community_found(name="A", about="x", interests=",".join(f"t{n}" for n in range(13)), by=cast.buyer)
    with pytest.raises(Refused):
        community_found(name="", about="x", by=cast.buyer)
    assert not Community.objects.exists()


def test_people_join_and_leave_and_counts_follow(cast, forum):
    for _twice in range(2):
        community_join(community=forum.community, by=cast.rudi.user)
    assert communities_all().get().member_count == 2
    assert list(communities_joined(cast.rudi.user)) == [forum.community]
    for _twice in range(2):
        community_leave(community=forum.community, by=cast.rudi.user)
    assert communities_all().get().member_count == 1
    community_join(community=forum.community, by=cast.rudi.user)
    assert CommunityMember.objects.filter(user=cast.rudi.user).count() == 2  # both times are kept


def test_a_page_is_never_without_a_keeper_while_others_are_there(cast, forum):
    place = community_join(community=forum.community, by=cast.rudi.user)
    with pytest.raises(Refused):
        community_leave(community=forum.community, by=cast.sari.user)
    mine = community_places(forum.community).get(user=cast.sari.user)
    with pytest.raises(Refused):
        community_lead(place=mine, lead=False, by=cast.sari.user)
    community_lead(place=place, lead=True, by=cast.sari.user)
    community_leave(community=forum.community, by=cast.sari.user)
    assert [row.user for row in community_places(forum.community)] == [cast.rudi.user]
    with pytest.raises(Conflict):
        community_lead(place=mine, lead=True, by=cast.rudi.user)


def test_an_archived_community_keeps_its_page_and_takes_nobody_in(cast, forum):
    community_archive(community=forum.community, by=cast.sari.user)
    with pytest.raises(Refused):
        community_join(community=forum.community, by=cast.rudi.user)
    with pytest.raises(Refused):
        idea_post(title="x", text="y", community=forum.community, by=cast.sari.user)
    assert communities_all().get().archived_at
    assert interests_known() == []
    community_found(name="Robot Kecil", about="x", by=cast.rudi.user)
    with pytest.raises(Refused):
        community_restore(community=forum.community, by=cast.sari.user)


def test_an_idea_is_joined_once_and_not_by_its_author(cast, forum):
    for _twice in range(2):
        idea_support(idea=forum.idea, by=cast.rudi.user)
    row = ideas_all(cast.rudi.user).get()
    assert (row.support_count, row.mine, row.tried) == (1, True, 0)
    with pytest.raises(Refused):
        idea_support(idea=forum.idea, by=cast.sari.user)
    idea_unsupport(idea=forum.idea, by=cast.rudi.user)
    assert ideas_all(cast.rudi.user).get().mine is False


def test_an_idea_is_posted_only_for_a_community_that_one_is_in(cast, forum):
    with pytest.raises(Refused):
        idea_post(title="x", text="y", community=forum.community, by=cast.rudi.user)
    assert idea_post(title="x", text="y", by=cast.rudi.user).community is None


def test_an_idea_taken_back_is_gone_for_others_and_back_within_ten_minutes(cast, forum):
    row = idea_withdraw(idea=forum.idea, by=cast.sari.user)
    assert not ideas_all().exists()
    assert not ideas_seen(cast.rudi.user, officer=False).exists()
    assert ideas_seen(cast.sari.user, officer=False).get() == row
    assert can_bring_back(row, cast.sari.user)
    assert not can_bring_back(row, cast.rudi.user)
    with pytest.raises(Conflict):
        idea_withdraw(idea=forum.idea, by=cast.sari.user)
    with pytest.raises(Refused):
        idea_support(idea=forum.idea, by=cast.rudi.user)
    idea_bring_back(idea=row, by=cast.sari.user)
    assert ideas_all().exists()
    row = idea_withdraw(idea=forum.idea, by=cast.sari.user)
    Idea.objects.update(withdrawn_at=row.withdrawn_at - timedelta(minutes=11))
    with pytest.raises(Conflict):
        idea_bring_back(idea=row, by=cast.sari.user)


def test_an_officer_takes_an_idea_off_only_with_a_reason(cast, forum):
    with pytest.raises(Refused):
        idea_withdraw(idea=forum.idea, by=cast.officer)
    row = idea_withdraw(idea=forum.idea, by=cast.officer, reason="memuat nomor telepon orang lain")
    assert history_of(row).last().reason == "memuat nomor telepon orang lain"
    with pytest.raises(Conflict):  # the author can't undo what the officer did
        idea_bring_back(idea=row, by=cast.sari.user)
