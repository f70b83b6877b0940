"""Support: asked, decided with reasons by an officer, delivered, and told what came of it; figures of the forum."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cast_forum import at, forum_build
from standing import standing
from wadah.base.clock import today
from wadah.base.errors import Conflict, Refused
from wadah.base.history import history_of
from wadah.forum.models import Support
from wadah.forum.selectors.figures import forum_figures
from wadah.forum.selectors.support import decision_undoable, supports_desk, supports_own, supports_seen
from wadah.forum.services.bookings import booking_cancel, booking_make
from wadah.forum.services.communities import community_found, community_join
from wadah.forum.services.experiments import experiment_withdraw
from wadah.forum.services.ideas import idea_support
from wadah.forum.services.support import (
    support_again,
    support_ask,
    support_decide,
    support_decision_undo,
    support_deliver,
    support_tell,
    support_withdraw,
)
from wadah.register.rules import Roles
from wadah.register.selectors import user_roles
from wadah.register.services import area_put

pytestmark = pytest.mark.django_db


@standing
def forum(cast):
    return forum_build(cast)


def grant(cast, forum, rupiah=2_000_000):
    return support_ask(kind="grant", what="Cetakan", asked_rupiah=rupiah, community=forum.community, by=cast.sari.user)


def test_the_whole_way(cast, forum):
    row = grant(cast, forum)
    assert (row.number[:9], row.status) == (f"DUK-{today().year}-", "asked")
    row = support_decide(
        support=row, granted=True, reason="Cetakan dipakai bersama.", granted_rupiah=1_500_000, by=cast.officer
    )
    assert (row.status, row.granted_rupiah) == ("granted", 1_500_000)
    row = support_deliver(support=row, on=today(), trained=7, by=cast.officer)
    assert (row.status, row.worth_rupiah) == ("delivered", 1_500_000)
    row = support_tell(support=row, outcome="Tiga produk baru.", by=cast.sari.user)
    assert row.status == "told"
    acts = [line.act for line in history_of(row)]
    assert acts == ["support_ask", "support_granted", "support_deliver", "support_tell"]


def test_a_decision_has_reasons_and_is_nobodys_own(cast, forum):
    row = grant(cast, forum)
    for granted in (True, False):
        with pytest.raises(Refused):
            support_decide(support=row, granted=granted, reason=" ", by=cast.officer)
    own = support_ask(kind="training", what="x", by=cast.officer)
    with pytest.raises(Refused):
        support_decide(support=own, granted=True, reason="x", by=cast.officer)


@pytest.mark.parametrize("amount", [0, 2_000_001])
def test_a_grant_is_more_than_nothing_and_at_most_what_was_asked(cast, forum, amount):
    with pytest.raises(Refused):
        support_decide(support=grant(cast, forum), granted=True, reason="x", granted_rupiah=amount, by=cast.officer)


def test_only_a_grant_is_about_money(cast, forum):
    with pytest.raises(Refused):
        support_ask(kind="grant", what="x", by=cast.sari.user)
    with pytest.raises(Refused):
        support_ask(kind="tool", what="x", asked_rupiah=5, by=cast.sari.user)
    row = support_ask(kind="training", what="x", people=10, by=cast.sari.user)
    with pytest.raises(Refused):
        support_decide(support=row, granted=True, reason="x", granted_rupiah=5, by=cast.officer)


def test_a_decision_is_undone_within_ten_minutes_and_not_once_delivered(cast, forum):
    row = support_decide(support=grant(cast, forum), granted=False, reason="x", by=cast.officer)
    assert decision_undoable(row, cast.officer)
    row = support_decision_undo(support=row, by=cast.officer)
    assert (row.status, row.reason) == ("asked", "")
    row = support_decide(support=row, granted=True, reason="x", by=cast.officer)
    Support.objects.update(decided_at=row.decided_at - timedelta(minutes=11))
    with pytest.raises(Conflict):
        support_decision_undo(support=row, by=cast.officer)
    row = support_deliver(support=row, on=today(), by=cast.officer)
    with pytest.raises(Conflict):
        support_decision_undo(support=row, by=cast.officer)


def test_steps_are_taken_in_their_order_alone(cast, forum):
    row = grant(cast, forum)
    with pytest.raises(Conflict):
        support_deliver(support=row, on=today(), by=cast.officer)
    with pytest.raises(Conflict):
        support_tell(support=row, outcome="x", by=cast.sari.user)
    support_withdraw(support=row, by=cast.sari.user)
    with pytest.raises(Conflict):
        support_decide(support=row, granted=True, reason="x", by=cast.officer)
    support_again(support=row, by=cast.sari.user)
    row = support_decide(support=row, granted=True, reason="x", by=cast.officer)
    for day in (today() + timedelta(days=1), today() - timedelta(days=1)):
        with pytest.raises(Refused):
            support_deliver(support=row, on=day, by=cast.officer)


def test_who_sees_an_ask(cast, forum):
    row = grant(cast, forum)
    nobody = Roles()
    assert supports_own(cast.sari.user).get() == row
    assert not supports_seen(cast.rudi.user, nobody).exists()
    assert supports_desk(user_roles(cast.officer)).get() == row
    assert not supports_desk(nobody).exists()
    other = area_put(code="32.75.02", name="Bekasi Barat", kind="kecamatan", parent=cast.city)
    assert supports_desk(Roles(officer=True, officer_areas=frozenset({cast.kecamatan.pk}))).get() == row
    assert not supports_desk(Roles(officer=True, officer_areas=frozenset({other.pk}))).exists()
    alone = support_ask(kind="mentoring", what="x", by=cast.rudi.user)
    assert supports_desk(Roles(officer=True, officer_areas=frozenset({other.pk}))).get() == alone


def test_figures_are_counted_from_what_happened(cast, forum):
    empty = community_found(name="Ikan Hias", about="x", by=cast.tini.user, simulated=True)
    community_join(community=forum.community, by=cast.rudi.user)
    idea_support(idea=forum.idea, by=cast.rudi.user)
    kept = [
        booking_make(resource=forum.room, starts_at=at(1, h), ends_at=at(1, h + 1), purpose="x", by=cast.karim.user)
        for h in (9, 10)
    ]
    booking_cancel(booking=kept[0], by=cast.karim.user)
    row = support_decide(support=grant(cast, forum), granted=True, reason="x", by=cast.officer)
    support_deliver(support=row, on=today(), trained=7, by=cast.officer)
    figures = forum_figures(today() - timedelta(days=30), today() + timedelta(days=1))
    assert (figures.communities_now, figures.communities_new, figures.communities_active) == (2, 2, 1)
    assert (figures.members_now, figures.people_active) == (3, 4)  # Bu Sari, Rudi, Bu Tini in; Pak Karim booked
    assert figures.experiments == {"unknown": 1, "worked": 1, "failed": 1}
    assert figures.lessons == {"worked": 1, "failed": 1}
    assert (figures.ideas, figures.idea_voices) == (1, 1)
    assert (figures.bookings, figures.booked_minutes) == (1, 60)
    assert (figures.supports["delivered"], figures.granted_rupiah, figures.trained) == (1, 2_000_000, 7)
    assert figures.simulated == 1
    experiment_withdraw(experiment=forum.failed, by=cast.sari.user)
    assert forum_figures(today() - timedelta(days=30), today()).lessons == {"worked": 1, "failed": 0}
    before = forum_figures(today() - timedelta(days=90), today() - timedelta(days=60))
    assert (before.communities_now, before.experiments_begun, before.bookings) == (0, 0, 0)
    assert empty.simulated


def test_figures_take_as_many_queries_however_much_there_is(cast, forum):
    def queries():
        with CaptureQueriesContext(
            connection,
        ) as found:
            forum_figures(today() - timedelta(days=30), today())
        return len(found)

    few = queries()
    for number in range(5):
        community_found(name=f"K{number}", about="x", by=cast.tini.user)
    assert queries() == few <= 30
