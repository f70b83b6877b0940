"""What won't come is made up for: shown before it is applied, with every promise kept, then offered to others."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from cast import MONDAY
from cast_offers import next_week, pieces
from cast_orders import bracket_order, may_make
from standing import standing
from wadah.base.clock import now, today
from wadah.base.errors import Conflict, Refused
from wadah.base.jobs import jobs_run_waiting
from wadah.demand.services import order_move
from wadah.planning.plan import violations
from wadah.plans.keep import plan_kept, problem_kept
from wadah.plans.models import PlanAnswer, PlannedLot, PlanRun
from wadah.plans.repairing.rules import Asked, No, Place, Trouble, as_json, from_json, mark
from wadah.plans.repairing.selectors import repair_answer
from wadah.plans.repairing.services import repair_ask as plan_repair_ask
from wadah.plans.services import plan_run_start
from wadah.work.models import Disruption, Offer, WorkTerms
from wadah.work.selectors.mending import known_for_repair
from wadah.work.services.away import disruption_report
from wadah.work.services.disruptions import disruption_open
from wadah.work.services.offering import package_offer
from wadah.work.services.offers import offer_decline, offer_take
from wadah.work.services.publishing import plan_offer
from wadah.work.services.repairs import disruptions_dismiss, repair_apply, repair_ask

pytestmark = pytest.mark.django_db


@standing
def force(cast, bracket, order):
    """A plan of twelve weeks from this one on in force, offered; Bu Sari could make plates and bushes too."""
    for part in (bracket.plate, bracket.bush):
        may_make(part, cast.sari)
    WorkTerms.objects.create(cooperative=cast.cooperative, offer_weeks_ahead=12)
    run = plan_run_start(cooperative=cast.cooperative, start_on=today(), weeks=12, time_limit_seconds=3)
    jobs_run_waiting()
    run.refresh_from_db()
    plan_offer(run=run, by=cast.manager)
    return run


def lots(run, part=None):
    rows = PlannedLot.objects.filter(run=run).select_related("part", "workshop")
    if part is not None:
        rows = rows.filter(part=part)
    return {(row.part.code, row.workshop.code, row.period): row.quantity for row in rows}


def an_offer(part=None):
    rows = Offer.objects.filter(status="open").select_related("package__part", "workshop")
    return (rows.filter(package__part=part) if part else rows).order_by("id").first()


def asked_and_done(cast):
    answer = repair_ask(cooperative=cast.cooperative, by=cast.manager)
    jobs_run_waiting()
    answer.refresh_from_db()
    return answer


def period(run, week):
    return (week - run.start_on).days // 7


def test_a_declined_lot_goes_to_somebody_else_and_every_promise_stays(cast, force, bracket):
    taken = an_offer(bracket.bush)
    offer_take(offer=taken, pieces=taken.pieces, by=cast.karim.user)
    declined = an_offer(bracket.plate)
    offer_decline(offer=declined, reason="machine", by=declined.workshop.ikm.memberships.get().user)
    answer = asked_and_done(cast)
    told = answer.result
    assert (told["status"], told["broken"], told["used_up"]) == ("plan", [], [])
    assert told["lots"]
    assert told["seconds"] < 4
    assert PlanRun.objects.get(status="published") == force  # nothing happened yet
    run = repair_apply(cooperative=cast.cooperative, about=answer.about, by=cast.manager)
    force.refresh_from_db()
    assert (force.status, run.status, run.based_on, run.published_by) == (
        "superseded",
        "published",
        force,
        cast.manager,
    )
    made, key = lots(run), (bracket.plate.code, declined.workshop.code, period(run, declined.package.week_start))
    assert made.get(key, 0) == 0
    assert made["BUSH", taken.workshop.code, period(run, taken.package.week_start)] >= float(taken.pieces)
    assert not violations(problem_kept(run), plan_kept(run))
    assert not Disruption.objects.filter(status="open").exists()
    assert Disruption.objects.get().mended_run == run
    open_now = {
        (offer.package.part.code, offer.workshop.code, period(run, offer.package.week_start)): offer.pieces
        for offer in Offer.objects.filter(status="open")
    }
    assert {key: x for key, x in open_now.items() if key[0] == "PLATE"} == {
        key: x for key, x in made.items() if key[0] == "PLATE"
    }


def test_what_was_shown_is_what_is_applied(cast, force, bracket):
    declined = an_offer(bracket.plate)
    offer_decline(offer=declined, reason="busy", by=cast.tini.user)
    answer = asked_and_done(cast)
    before = lots(force)
    run = repair_apply(cooperative=cast.cooperative, about=answer.about, by=cast.manager)
    after = lots(run)
    shown = {(part, workshop, t): (old, new) for part, workshop, t, old, new in answer.result["lots"]}
    changed = {
        key: (before.get(key, 0.0), after.get(key, 0.0))
        for key in {*before, *after}
        if abs(before.get(key, 0.0) - after.get(key, 0.0)) > 1e-6
    }
    assert shown == changed
    assert run.best_rupiah == pytest.approx(answer.result["after"])


def test_part_taken_stays_and_only_the_rest_moves(cast, force, bracket):
    offer = an_offer(bracket.plate)
    half = pieces(int(offer.pieces / 2))
    offer_take(offer=offer, pieces=half, by=cast.tini.user)
    answer = asked_and_done(cast)
    run = repair_apply(cooperative=cast.cooperative, about=answer.about, by=cast.manager)
    key = (bracket.plate.code, offer.workshop.code, period(run, offer.package.week_start))
    assert lots(run)[key] == float(half)
    assert PlannedLot.objects.get(run=run, part=bracket.plate, workshop=offer.workshop, period=key[2]).promised == half


def test_who_said_no_for_good_isnt_planned_with_later_either(cast, force, bracket):
    offer = an_offer(bracket.plate)
    offer_decline(offer=offer, reason="pay", by=cast.tini.user)
    answer = asked_and_done(cast)
    run = repair_apply(cooperative=cast.cooperative, about=answer.about, by=cast.manager)
    assert not [key for key in lots(run, bracket.plate) if key[1] == offer.workshop.code]


def test_who_is_away_makes_nothing_then_but_what_is_promised(cast, force, bracket):
    shop = cast.karim.workshop
    weeks = sorted(key[2] for key in lots(force) if key[1] == shop.code)
    first, last = (force.start_on + timedelta(weeks=week) for week in (weeks[0], weeks[-1]))
    disruption_report(workshop=shop, kind="away", first_day=first, last_day=last, by=cast.manager, note="sakit")
    answer = asked_and_done(cast)
    run = repair_apply(cooperative=cast.cooperative, about=answer.about, by=cast.manager)
    assert not [key for key in lots(run) if key[1] == shop.code and weeks[0] <= key[2] <= weeks[-1]]


def test_a_promise_outside_the_plan_is_counted_on_by_the_repair(cast, force, bracket):
    declined = an_offer(bracket.plate)
    offer_decline(offer=declined, reason="ill", by=cast.tini.user)
    package = package_offer(
        cooperative=cast.cooperative,
        part=bracket.plate,
        week_start=next_week(2),
        pieces=pieces(60),
        workshops=[cast.sari.workshop],
        by=cast.manager,
    )
    offer_take(offer=package.offers.get(), pieces=pieces(60), by=cast.sari.user)
    answer = asked_and_done(cast)
    run = repair_apply(cooperative=cast.cooperative, about=answer.about, by=cast.manager)
    key = (bracket.plate.code, cast.sari.workshop.code, period(run, next_week(2)))
    assert lots(run)[key] >= 60
    row = PlannedLot.objects.get(run=run, part=bracket.plate, workshop=cast.sari.workshop, period=key[2])
    assert row.promised == 60


def test_rejected_pieces_are_made_again(cast, force, bracket):
    key, made = max(lots(force, bracket.bush).items(), key=lambda row: row[1])
    shop = {"W-001": cast.sari, "W-002": cast.karim}[key[1]].workshop
    disruption_open(
        cooperative=cast.cooperative,
        kind="rejected",
        first_week=force.start_on + timedelta(weeks=key[2]),
        part=bracket.bush,
        workshop=shop,
        pieces=Decimal(50),
    )
    answer = asked_and_done(cast)
    assert answer.result["used_up"] == []
    run = repair_apply(cooperative=cast.cooperative, about=answer.about, by=cast.manager)
    lot = lots(run)[key]
    assert lot == pytest.approx(made - 50)
    ready = sum(lots(run, bracket.bush).values())
    assert ready == pytest.approx(sum(lots(force, bracket.bush).values()) - 50 + 50)


def test_pieces_used_up_in_weeks_that_are_over_need_a_new_plan(cast, force, bracket, monkeypatch):
    key, _made = min(lots(force, bracket.plate).items(), key=lambda row: row[0][2])
    moment = now() + timedelta(weeks=10)
    monkeypatch.setattr("django.utils.timezone.now", lambda: moment)
    row = disruption_open(
        cooperative=cast.cooperative,
        kind="rejected",
        first_week=force.start_on + timedelta(weeks=key[2]),
        part=bracket.plate,
        workshop=cast.tini.workshop,
        pieces=Decimal(1),
    )
    answer = asked_and_done(cast)
    assert row.pk in answer.result["used_up"]


# ---- what stops it


def test_an_answer_is_stale_once_somebody_answered_since(cast, force, bracket):
    offer_decline(offer=an_offer(bracket.plate), reason="busy", by=cast.tini.user)
    answer = asked_and_done(cast)
    other = an_offer(bracket.bush)
    offer_take(offer=other, pieces=other.pieces, by=cast.karim.user)
    with pytest.raises(Conflict):
        repair_apply(cooperative=cast.cooperative, about=answer.about, by=cast.manager)
    assert PlanRun.objects.get(status="published") == force
    again = asked_and_done(cast)
    assert again.about != answer.about
    repair_apply(cooperative=cast.cooperative, about=again.about, by=cast.manager)
    with pytest.raises(Conflict):
        repair_apply(cooperative=cast.cooperative, about=again.about, by=cast.manager)


def test_an_answer_is_stale_once_an_order_came_or_went(cast, force, bracket, order):
    offer_decline(offer=an_offer(bracket.plate), reason="busy", by=cast.tini.user)
    answer = asked_and_done(cast)
    new = bracket_order(cast, bracket, 10)
    order_move(order=new, to="confirmed")
    with pytest.raises(Conflict):
        repair_apply(cooperative=cast.cooperative, about=answer.about, by=cast.manager)
    again = asked_and_done(cast)
    run = repair_apply(cooperative=cast.cooperative, about=again.about, by=cast.manager)
    assert run.lines.filter(line__order=new).exists()


def test_asking_twice_is_one_answer(cast, force, bracket):
    offer_decline(offer=an_offer(bracket.plate), reason="busy", by=cast.tini.user)
    first = repair_ask(cooperative=cast.cooperative, by=cast.manager)
    assert repair_ask(cooperative=cast.cooperative, by=cast.manager) == first
    assert repair_answer(force, first.about) == first
    assert PlanAnswer.objects.filter(question="repair").count() == 1


def test_nothing_to_mend_or_no_plan_is_refused(cast, force):
    with pytest.raises(Refused):
        repair_ask(cooperative=cast.cooperative, by=cast.manager)
    with pytest.raises(Refused):
        plan_repair_ask(cooperative=cast.other_cooperative, asked=Asked(()), by=cast.manager)
    with pytest.raises(Refused):
        repair_apply(cooperative=cast.other_cooperative, about="x", by=cast.manager)


def test_leaving_it_as_it_is_needs_a_reason(cast, force, bracket):
    offer_decline(offer=an_offer(bracket.plate), reason="busy", by=cast.tini.user)
    keys = list(Disruption.objects.values_list("pk", flat=True))
    with pytest.raises(Refused):
        disruptions_dismiss(cooperative=cast.cooperative, keys=keys, by=cast.manager, note="")
    assert disruptions_dismiss(cooperative=cast.other_cooperative, keys=keys, by=cast.manager, note="x") == 0
    assert disruptions_dismiss(cooperative=cast.cooperative, keys=keys, by=cast.manager, note="sudah ada stok") == 1
    with pytest.raises(Refused):
        repair_ask(cooperative=cast.cooperative, by=cast.manager)


# ---- rules


def test_what_is_known_goes_to_json_and_back():
    asked = Asked(
        troubles=(Trouble(2, "lost", "A", "W", MONDAY, MONDAY, 1.5), Trouble(1, "refused", "", "W", MONDAY, MONDAY)),
        promised=(Place("A", "W", MONDAY, 3.0),),
        noes=(No("A", "W", MONDAY, None),),
        lines=("PO-1/1 …",),
    )
    assert from_json(as_json(asked)) == asked
    other = Asked(asked.troubles[::-1], asked.promised, (), asked.noes, (), asked.lines)
    assert mark(asked, 0) == mark(other, 0)
    assert mark(asked, 0) != mark(asked, 1)
    assert mark(asked, 0) != mark(Asked(asked.troubles), 0)


def test_what_is_known_is_read_with_as_many_questions_for_many_rows(cast, force, django_assert_num_queries):
    with django_assert_num_queries(9):
        known_for_repair(cast.cooperative)
