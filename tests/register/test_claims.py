"""What workshops are said to master rises by somebody else's word and by test pieces that were seen."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from wadah.base.clock import today
from wadah.base.errors import Refused
from wadah.base.history import history_of
from wadah.register.models import WorkshopSkill
from wadah.register.selectors import claims_of, user_roles, workshops_kept
from wadah.register.services import expert_register, skill_attest, skill_claim, skill_withdraw


def turning(cast):
    return WorkshopSkill.objects.get(workshop=cast.sari.workshop, skill=cast.skills["turning"])


def test_a_test_piece_is_kept_with_day_and_what_was_seen(cast):
    seen = today() - timedelta(days=3)
    skill_attest(
        workshop=cast.sari.workshop,
        skill=cast.skills["turning"],
        by=cast.manager,
        verified=True,
        on=seen,
        evidence="20 baut M8",
    )
    row = turning(cast)
    assert (row.claim, row.attested_by, row.attested_on, row.evidence) == ("verified", cast.manager, seen, "20 baut M8")
    line = history_of(cast.sari.workshop).get(act="skill_verify")
    assert line.fields["claim"] == ["claimed", "verified"]


def test_an_experts_word_names_the_expert_and_who_wrote_it_down(cast):
    expert = expert_register(name="Pak Guru", skills=[cast.skills["turning"]], cooperative=cast.cooperative)
    skill_attest(workshop=cast.sari.workshop, skill=cast.skills["turning"], by=cast.manager, expert=expert)
    assert (turning(cast).expert, turning(cast).attested_by) == (expert, cast.manager)


def test_an_expert_in_another_process_cannot_attest_this_one(cast):
    expert = expert_register(name="Pak Guru", skills=[cast.skills["rubber_compression"]])
    with pytest.raises(Refused) as refused:
        skill_attest(workshop=cast.sari.workshop, skill=cast.skills["turning"], by=cast.manager, expert=expert)
    assert refused.value.field == "expert"
    assert turning(cast).claim == "claimed"


@pytest.mark.parametrize("way", ["own hand", "own word as an expert"])
def test_nobody_raises_the_claims_of_a_firm_of_their_own(cast, way):
    word = expert_register(name="Bu Sari", skills=[cast.skills["turning"]], user=cast.sari.user)
    by, expert = (cast.sari.user, None) if way == "own hand" else (cast.manager, word)
    with pytest.raises(Refused):
        skill_attest(workshop=cast.sari.workshop, skill=cast.skills["turning"], by=by, expert=expert)
    assert turning(cast).claim == "claimed"


def test_nothing_was_seen_on_a_day_to_come(cast):
    with pytest.raises(Refused) as refused:
        skill_attest(
            workshop=cast.sari.workshop,
            skill=cast.skills["turning"],
            by=cast.manager,
            on=today() + timedelta(days=1),
        )
    assert refused.value.field == "on"


def test_the_database_keeps_no_test_piece_without_its_day(cast):
    row = turning(cast)
    row.claim, row.attested_by = "verified", cast.manager
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()


def test_a_claim_taken_back_is_told_and_may_be_claimed_again(cast):
    shop, skill = cast.sari.workshop, cast.skills["turning"]
    skill_withdraw(workshop=shop, skill=skill, by=cast.manager)
    skill_withdraw(workshop=shop, skill=skill, by=cast.manager)
    assert not WorkshopSkill.objects.filter(workshop=shop).exists()
    assert [line.act for line in history_of(shop)] == ["skill_withdraw"]
    skill_claim(workshop=shop, skill=skill, by=cast.sari.user)
    assert turning(cast).claim == "claimed"


def test_a_manager_keeps_the_claims_of_their_own_members_only(cast):
    kept = claims_of(workshops_kept(user_roles(cast.manager)))
    assert {row.workshop.code for row in kept} == {"W-001", "W-002", "W-003"}
    assert not claims_of(workshops_kept(user_roles(cast.rudi.user))).exists()
