"""Pieces issued = accepted + rejected + scrapped + returned + in work (+ shipped, moved …), whatever is done to them.

10,000 random sequences of steps against a reference model that shares no line with Wadah (pieces_model): all of them
through the rules, WADAH_CONSERVATION of them (`make conserve`), 40 in the ordinary run, through the services and the
database. What the model refuses, Wadah refuses; after every step both hold the same pieces in the same places.
"""

import os
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import transaction
from laws import laws_broken
from pieces_model import MOVES, PIECES, Model, steps

from cast_work import WorkWorld, order_open
from standing import standing
from wadah.base.clock import now
from wadah.base.errors import Refused
from wadah.work.models import Lot, MaterialIssue, WorkOrder
from wadah.work.rules.orders import Standing
from wadah.work.services.handing_over import hand_over, hand_over_cancel, hand_over_receive
from wadah.work.services.lots import lot_split, lots_merge
from wadah.work.services.material import Taking, material_issue, material_receive, material_return, material_scrap
from wadah.work.services.moves import lot_move
from wadah.work.services.orders import work_order_give_up
from wadah.work.services.progress import progress_report
from wadah.work.words import Bucket

SEQUENCES, STEPS = 10_000, 12
IN_DATABASE = int(os.environ.get("WADAH_CONSERVATION", "40"))
HUB = ("waiting", "accepted", "rejected")


class Refusal(Exception):
    """What isn't there to be done: the step names a lot or an issue that doesn't exist."""


class InRules:
    """The same steps by work.rules alone: a Standing, and what the services ask it before they write."""

    def __init__(self):
        self.at = Standing(Decimal(PIECES))

    def step(self, name, numbers, model_before):
        """Applies what concerns the work order; lots are the services' part. True, or None where it is refused."""
        return getattr(self, f"do_{name}", lambda *_: True)(model_before, *numbers)

    def do_report(self, _before, pieces):
        most = max(Decimal(0), self.at.asked + self.at.over - self.at.reported)
        if pieces == 0 or pieces > most or self.at.reported + pieces < self.at.handed_over or self.closed:
            return None
        self.at = self.at.report(Decimal(pieces))
        return True

    def do_all(self, before):
        return self.do_report(before, int(self.at.to_do))

    @property
    def closed(self):
        return self.at.asked == 0 == self.at.handed_over

    def do_hand_over(self, _before, pieces, _announced, beyond):
        if pieces <= 0 or (pieces > self.at.room(Decimal(0)) and not beyond) or self.at.asked == 0:
            return None
        self.at = self.at.hand_over(Decimal(pieces))
        return True

    def do_give_up(self, _before, pieces):
        if not 0 < pieces <= self.at.may_give_up:
            return None
        self.at = self.at.give_up(Decimal(pieces))
        return True

    def taken_back(self, pieces):
        self.at = self.at.take_back(Decimal(pieces))


def told(model):
    return (model.reported, model.handed_over, model.at["given_up"])


def test_ten_thousand_sequences_by_the_rules():
    done = 0
    for seed in range(SEQUENCES):
        model, rules = Model(), InRules()
        for name, numbers in steps(seed, STEPS):
            before = model.handed_over
            expected = model.step(name, *numbers)
            done += bool(expected)
            if name in {"receive", "cancel"}:
                rules.taken_back(before - model.handed_over)
            elif name in {"report", "all", "hand_over", "give_up"}:
                assert rules.step(name, numbers, before) == expected, (seed, name, numbers)
            at = rules.at
            assert (at.reported, at.handed_over, at.given_up) == told(model), (seed, name, numbers)
            assert at.in_work == max(0, PIECES - at.given_up - at.handed_over)
            assert at.in_work + min(at.handed_over, at.asked) + at.given_up == PIECES
            assert sum(sum(lot["at"].values()) for lot in model.lots) == sum(lot["quantity"] for lot in model.lots)
            assert model.at["todo"] + model.at["done"] + model.at["given_up"] + model.handed_over == PIECES
    assert done > SEQUENCES * STEPS / 3  # the steps do something


class InDatabase:
    """The same steps through the services."""

    def __init__(self, world):
        self.world = world
        self.row = order_open(world, world.bracket.bracket, world.cast.tini, PIECES)
        self.material = material_receive(
            cooperative=world.cast.cooperative, part=world.bracket.plate, quantity=Decimal(60), supplier="Toko"
        )
        self.lots, self.issues = [], []

    def step(self, name, numbers):
        """True, or None where it is refused."""
        try:
            with transaction.atomic():
                getattr(self, f"do_{name}")(*numbers)
        except (Refused, Refusal):
            return None
        return True

    def do_report(self, pieces):
        progress_report(work_order=self.row, pieces=Decimal(pieces), reason="Salah hitung")

    def do_all(self):
        progress_report(work_order=self.row, pieces=None)

    def do_hand_over(self, pieces, announced, beyond):
        when = now() + timedelta(days=1) if announced else None
        lot = hand_over(work_order=self.row, pieces=Decimal(pieces), bring_at=when, beyond=bool(beyond), reason="Lebih")
        self.lots.append(lot.pk)

    def do_receive(self, which, missing):
        lot = self.lot(which)
        hand_over_receive(lot=lot, pieces=max(Decimal(0), lot.waiting - missing), by=self.world.cast.manager)

    def do_cancel(self, which, pieces):
        hand_over_cancel(lot=self.lot(which), pieces=Decimal(pieces), reason="Salah", at_hub=True)

    def do_give_up(self, pieces):
        work_order_give_up(work_order=self.row, pieces=Decimal(pieces), reason="Sakit")

    def do_move(self, which, kind, pieces):
        name = list(MOVES)[kind % len(MOVES)]
        source, target = MOVES[name]
        lot_move(lot=self.lot(which), kind=name, source=source, target=target, pieces=Decimal(pieces))

    def do_split(self, which, bucket, pieces):
        self.lots.append(lot_split(lot=self.lot(which), source=HUB[bucket % 3], pieces=Decimal(pieces)).pk)

    def do_merge(self, which, other, bucket):
        self.lots.append(lots_merge(lots=[self.lot(which), self.lot(other)], source=HUB[bucket % 3]).pk)

    def do_issue(self, pieces):
        taking = Taking(self.material, Decimal(pieces))
        self.issues += material_issue(work_order=self.row, takings=[taking], reason="Contoh")

    def do_bring(self, which, pieces):
        material_return(issue=self.issue(which), pieces=Decimal(pieces))

    def do_spoil(self, which, pieces):
        material_scrap(issue=self.issue(which), pieces=Decimal(pieces), reason="Rusak")

    def lot(self, which):
        if not self.lots:
            raise Refusal
        return Lot.objects.get(pk=self.lots[which % len(self.lots)])

    def issue(self, which):
        if not self.issues:
            raise Refusal
        return self.issues[which % len(self.issues)]

    def told(self):
        row = WorkOrder.objects.get(pk=self.row.pk)
        return (row.reported, row.handed_over, row.given_up)

    def places(self):
        lots = Lot.objects.in_bulk(self.lots)
        return [
            {name: getattr(lots[key], name) for name in Bucket.values if getattr(lots[key], name)} for key in self.lots
        ]

    def given(self):
        issues = MaterialIssue.objects.in_bulk([issue.pk for issue in self.issues])
        rows = [issues[issue.pk] for issue in self.issues]
        return [(row.pieces - row.returned - row.scrapped, row.returned, row.scrapped) for row in rows]


@standing
def world(cast, bracket):
    return WorkWorld(cast, bracket)


@pytest.mark.django_db
def test_sequences_through_the_services_hold_the_same_pieces(world):
    for seed in range(IN_DATABASE):
        with transaction.atomic():
            model, database = Model(), InDatabase(world)
            for name, numbers in steps(seed, STEPS):
                expected = model.step(name, *numbers)
                assert database.step(name, numbers) == expected, (seed, name, numbers)
                assert database.told() == told(model), (seed, name, numbers)
            assert database.places() == [{name: n for name, n in lot["at"].items() if n} for lot in model.lots], seed
            held = [(issue["kept"], issue["accepted"], issue["scrapped"]) for issue in model.issues]
            assert database.given() == held, seed
            assert laws_broken() == [], seed
            transaction.set_rollback(True)
