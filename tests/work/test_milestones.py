"""Service work is handed in by milestones; what is accepted is a lot of hours, paid and shipped like pieces."""

from datetime import timedelta
from decimal import Decimal

import pytest

from cast_orders import bracket_order
from cast_work import WorkWorld, order_open
from standing import standing
from wadah.base.clock import today
from wadah.base.errors import Refused
from wadah.catalogue.services import approval_record, part_put, rate_set
from wadah.demand.models import OrderLine
from wadah.plans.models import Commitment
from wadah.work.models import Disruption, Lot, LotMove, Milestone
from wadah.work.services.handing_over import hand_over, hand_over_cancel
from wadah.work.services.milestones import (
    Step,
    milestone_accept,
    milestone_cancel,
    milestone_hand_in,
    milestone_send_back,
    milestones_lay_out,
)
from wadah.work.services.orders import work_order_give_up
from wadah.work.services.progress import progress_report

pytestmark = pytest.mark.django_db
DUE = today() + timedelta(days=14)


@standing
def world(cast, bracket):
    film = part_put(
        code="ANIMASI",
        name="Animasi",
        subsector=cast.subsector,
        skill=cast.skills["turning"],
        unit="hour",
        integer=False,
        service=True,
    )
    start = today() - timedelta(days=30)
    approval_record(part=film, workshop=cast.sari.workshop, status="approved", valid_from=start, by=None)
    rate_set(
        part=film, workshop=cast.sari.workshop, valid_from=start, minutes_per_piece=Decimal(60), pay_rupiah_piece=40_000
    )
    bracket_order(cast, bracket)
    return WorkWorld(cast, bracket), film


@pytest.fixture
def row(world):
    work, film = world
    return order_open(work, film, work.cast.sari, 40, kind="service", line=OrderLine.objects.first())


def lay_out(row, *hours):
    steps = [Step(f"Adegan {number}", Decimal(quantity), DUE) for number, quantity in enumerate(hours, 1)]
    return milestones_lay_out(work_order=row, steps=steps)


def test_milestones_add_up_to_the_hours_of_the_work(row):
    with pytest.raises(Refused, match="40"):
        lay_out(row, 10, 20)
    assert [one.number for one in lay_out(row, 10, 30)] == [1, 2]


@pytest.mark.parametrize("wrong", [Step(" ", Decimal(40), DUE), Step("Adegan", Decimal(0), DUE)])
def test_a_milestone_has_a_title_and_hours(row, wrong):
    with pytest.raises(Refused):
        milestones_lay_out(work_order=row, steps=[wrong])


def test_laying_out_anew_keeps_what_is_handed_in_and_numbers_go_on(row):
    first, _second = lay_out(row, 10, 30)
    milestone_hand_in(milestone=first, link="https://contoh.id/1")
    made = lay_out(row, 15, 15)
    assert [one.number for one in made] == [3, 4]
    assert list(Milestone.objects.values_list("number", "status")) == [
        (1, "handed_in"),
        (2, "cancelled"),
        (3, "open"),
        (4, "open"),
    ]


def test_what_is_handed_in_has_something_to_look_at(row):
    (one,) = lay_out(row, 40)
    with pytest.raises(Refused) as refused:
        milestone_hand_in(milestone=one)
    assert refused.value.field == "link"
    with pytest.raises(Refused) as refused:
        milestone_hand_in(milestone=one, link="bukan tautan")
    assert refused.value.field == "link"
    milestone_hand_in(milestone=one, note="Di kartu memori")
    with pytest.raises(Refused):
        milestone_hand_in(milestone=one, note="Lagi")


def test_an_accepted_milestone_is_a_lot_of_hours_that_was_accepted(row, world):
    first, _second = lay_out(row, 10, 30)
    milestone_hand_in(milestone=first, link="https://contoh.id/1", by=world[0].cast.sari.user)
    lot = milestone_accept(milestone=first, by=world[0].cast.manager)
    assert (lot.accepted, lot.milestone, lot.work_order) == (10, first, row)
    assert list(LotMove.objects.values_list("kind", "from_bucket", "to_bucket")) == [
        ("receive", "", "waiting"),
        ("accept", "waiting", "accepted"),
    ]
    row.refresh_from_db()
    assert (row.handed_over, row.reported, row.status) == (10, 10, "started")
    with pytest.raises(Refused):
        milestone_accept(milestone=first)
    with pytest.raises(Refused):
        hand_over_cancel(lot=lot, reason="Salah", at_hub=True)


def test_what_is_accepted_in_part_leaves_a_milestone_of_the_rest(row):
    (one,) = lay_out(row, 40)
    milestone_hand_in(milestone=one, note="Dua dari tiga adegan")
    with pytest.raises(Refused) as refused:
        milestone_accept(milestone=one, quantity=Decimal(41))
    assert refused.value.field == "quantity"
    milestone_accept(milestone=one, quantity=Decimal(25))
    assert list(Milestone.objects.values_list("number", "quantity", "status")) == [(1, 25, "accepted"), (2, 15, "open")]
    milestone_hand_in(milestone=Milestone.objects.get(number=2), note="Adegan terakhir")
    milestone_accept(milestone=Milestone.objects.get(number=2))
    row.refresh_from_db()
    assert (row.handed_over, row.status) == (40, "done")


def test_what_is_sent_back_says_why_and_is_handed_in_again(row):
    (one,) = lay_out(row, 40)
    milestone_hand_in(milestone=one, note="Selesai")
    with pytest.raises(Refused) as refused:
        milestone_send_back(milestone=one, reason="")
    assert refused.value.field == "reason"
    one = milestone_send_back(milestone=one, reason="Suara belum ada")
    assert (one.status, one.decision_note) == ("rejected", "Suara belum ada")
    assert milestone_hand_in(milestone=one, note="Dengan suara").status == "handed_in"


def test_a_cancelled_milestone_gives_its_hours_back_and_asks_for_a_mend(row):
    first, second = lay_out(row, 10, 30)
    milestone_cancel(milestone=second, reason="Sakit")
    row.refresh_from_db()
    assert (row.given_up, Commitment.objects.get().pieces, Disruption.objects.get().pieces) == (30, 10, 30)
    milestone_hand_in(milestone=first, note="Selesai")
    milestone_accept(milestone=first)
    row.refresh_from_db()
    assert row.status == "done"


def test_service_work_is_not_counted_in_pieces_nor_pieces_in_milestones(row, world):
    for act in (
        lambda: progress_report(work_order=row, pieces=Decimal(1)),
        lambda: hand_over(work_order=row, pieces=Decimal(1)),
        lambda: work_order_give_up(work_order=row, pieces=Decimal(1), reason="Sakit"),
    ):
        with pytest.raises(Refused, match=row.number):
            act()
    work, _film = world
    with pytest.raises(Refused):
        lay_out(order_open(work, work.bracket.bolt, work.cast.sari), 100)
    assert not Lot.objects.exists()
