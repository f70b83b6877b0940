"""Racers on offers: many people press at the same moment, over real HTTP; what came of it is counted afterwards.

A race is a number of packages, half of them lots of a plan in force (one offer each), half offered by hand to all
members at once, half of each for another cooperative that the same workshops belong to. For each package all racers
meet at a barrier, then each sends one request: all of it, a part, no; a manager answers for a member beyond the hours,
takes the offer back, puts another plan into force.
"""

from __future__ import annotations

import random
import threading
from collections import Counter
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING

from django.conf import settings
from django.db.models import Sum
from django.test import Client
from django.urls import reverse

from cast import JOINED, WEEK_MINUTES, cast_build, person
from cast_offers import next_week, plan_rows
from cast_orders import START
from racers import raced, sent
from wadah.catalogue.services import approval_record, part_put, rate_set
from wadah.plans.models import CapacityBucket, Commitment
from wadah.register.services import ikm_register, membership_open, week_pattern_set, workshop_open
from wadah.work.models import Offer, WorkOrder, WorkPackage
from wadah.work.services.offering import offers_sync, package_offer

if TYPE_CHECKING:
    from collections.abc import Iterator
    from http.client import HTTPConnection

    from wadah.accounts.models import User
    from wadah.catalogue.models import Part
    from wadah.plans.models import PlanRun
    from wadah.register.models import Cooperative, Workshop

PIECES = 60
WEEKS = 8
MEMBERS = 8
PUBLISH_EVERY = 10  # packages


@dataclass(frozen=True)
class Shop:
    workshop: Workshop
    user: User


@dataclass(frozen=True)
class Press:
    """One request: by whom, where to, what it sends; taking: pieces that it takes if it succeeds, 0 else."""

    user: int
    address: str
    form: dict[str, str]
    taking: int = 0


@dataclass
class Outcome:
    """statuses: of all answers; taken: pieces of the takes that were answered with a receipt; told: losers who read
    that it is taken."""

    statuses: Counter[int] = field(default_factory=Counter)
    taken: int = 0
    told: int = 0
    faults: list[str] = field(default_factory=list)


class World:
    """Members of two cooperatives with hours, rates and leave; offers to race for."""

    def __init__(self, packages: int, seed: int) -> None:
        self.dice = random.Random(seed)
        cast = cast_build()
        self.cast, self.manager = cast, cast.manager
        membership_open(cooperative=cast.other_cooperative, joined_on=JOINED, role="manager", user=cast.manager)
        self.parts = [
            part_put(code=f"P-{number}", name=f"Part {number}", subsector=cast.subsector) for number in (1, 2)
        ]
        self.shops = [self.shop(number) for number in range(MEMBERS)]
        self.offers: list[list[Offer]] = []
        self.drafts: dict[int, PlanRun] = {}
        self.cookies: dict[int, str] = {}
        for user in {self.manager, *(shop.user for shop in self.shops)}:
            client = Client()
            client.force_login(user)
            self.cookies[user.pk] = client.cookies[settings.SESSION_COOKIE_NAME].value
        self.offer_by_plan(packages - packages // 2)
        self.offer_by_hand(packages // 2)
        self.dice.shuffle(self.offers)

    def shop(self, number: int) -> Shop:
        cast, user = self.cast, person(f"Anggota {number}", 100 + number)
        ikm = ikm_register(name=f"Usaha {number}", owner_name=user.name, area=cast.kelurahan, phone=user.phone)
        workshop = workshop_open(ikm=ikm, code=f"R-{number:03d}", name=f"Bengkel {number}")
        week_pattern_set(workshop=workshop, valid_from=JOINED, minutes=WEEK_MINUTES)
        for cooperative in (cast.cooperative, cast.other_cooperative):
            membership_open(cooperative=cooperative, joined_on=JOINED, ikm=ikm, user=user)
        for part in self.parts:
            approval_record(part=part, workshop=workshop, status="approved", valid_from=START, decided_by="x")
            facts = {"minutes_per_piece": Decimal(1), "pay_rupiah_piece": 100, "source": "simulasi"}
            rate_set(part=part, workshop=workshop, valid_from=START, **facts)
        return Shop(workshop, user)

    def offer_by_plan(self, count: int) -> None:
        """Lots of one plan in force, each of another (part, workshop, week); and drafts that want less of some that
        nobody has taken yet, or more."""
        places = [(part, shop, week) for week in range(1, 200) for part in self.parts for shop in self.shops][:count]
        from wadah.work.models import WorkTerms

        WorkTerms.objects.create(cooperative=self.cast.cooperative, offer_weeks_ahead=201, answer_hours=500)
        facts = {"weeks": 104}
        plan_rows(self.cast, [(part, shop, week, PIECES) for part, shop, week in places], **facts)
        offers_sync(cooperative=self.cast.cooperative, by=self.manager)
        for offer in Offer.objects.filter(package__run__isnull=False).select_related("workshop"):
            self.offers.append([offer])
        for place in range(0, 2 * count, PUBLISH_EVERY):
            lots = [
                (part, shop, week, self.dice.choice((PIECES, 2 * PIECES, PIECES if row < place else PIECES // 2)))
                for row, (part, shop, week) in enumerate(places)
            ]
            self.drafts[place] = plan_rows(self.cast, lots, status="draft", **facts)

    def offer_by_hand(self, count: int) -> None:
        for number in range(count):
            cooperative: Cooperative = (self.cast.cooperative, self.cast.other_cooperative)[number % 2]
            part: Part = self.dice.choice(self.parts)
            package = package_offer(
                cooperative=cooperative,
                part=part,
                week_start=next_week(1 + number % WEEKS),
                pieces=Decimal(PIECES),
                workshops=[shop.workshop for shop in self.shops],
                by=self.manager,
            )
            self.offers.append(list(package.offers.select_related("workshop")))

    def presses(self, racers: int) -> Iterator[list[Press]]:
        """For each package, what each racer sends."""
        users = {shop.workshop.pk: shop.user.pk for shop in self.shops}
        for place, offers in enumerate(self.offers):
            yield [self.press(place, racer, self.dice.choice(offers), users) for racer in range(racers)]

    def press(self, place: int, racer: int, offer: Offer, users: dict[int, int]) -> Press:
        if racer == 0 and place in self.drafts:
            return Press(self.manager.pk, reverse("plan_act", args=[self.drafts[place].pk, "terbitkan"]), {})
        act = self.dice.choices(("all", "part", "no", "override", "back"), (8, 6, 2, 2, 1))[0]
        member, number = users[offer.workshop_id], offer.number
        if act in {"all", "part"}:
            pieces = PIECES if act == "all" else self.dice.choice((10, 25, 40))
            return Press(member, reverse("offer_take", args=[number]), {"pieces": str(pieces)}, pieces)
        if act == "no":
            return Press(member, reverse("offer_decline", args=[number]), {"reason": "busy"})
        if act == "back":
            return Press(self.manager.pk, reverse("answer_act", args=[number, "tarik"]), {"tarik-note": "salah"})
        form = {"ambil-pieces": "30", "ambil-reason": "telepon", "ambil-beyond_hours": "on"}
        return Press(self.manager.pk, reverse("answer_act", args=[number, "ambil"]), form, 30)


def race(world: World, url: str, racers: int) -> Outcome:
    """What the racers were answered."""
    outcome, guard = Outcome(), threading.Lock()

    def pressed(connection: HTTPConnection, _racer: int, press: Press) -> None:
        answer = sent(connection, world.cookies[press.user], press.address, press.form)
        with guard:
            note(outcome, press, *answer)

    raced(url, list(world.presses(racers)), pressed)
    return outcome


def note(outcome: Outcome, press: Press, status: int, location: str, text: str) -> None:
    outcome.statuses[status] += 1
    if status == 302 and press.taking and location.endswith("/bukti/"):
        outcome.taken += press.taking
    if "udah diambil" in text:
        outcome.told += 1
    if status not in {302, 400, 409}:
        outcome.faults.append(f"{status} {press.address}: {text[:200]}")


def oversold() -> list[str]:
    """Packages and hours of which more was given than there is, in words; and counts that don't agree."""
    found = []
    for package in WorkPackage.objects.all():
        orders = WorkOrder.objects.filter(offer__package=package).aggregate(all=Sum("pieces"))["all"] or 0
        taken = package.offers.aggregate(all=Sum("taken"))["all"] or 0
        if orders > package.pieces or not orders == taken == package.taken:
            found.append(f"package {package.pk}: {orders} ordered, {taken} taken, {package.taken} of {package.pieces}")
    for bucket in CapacityBucket.objects.all():
        rows = Commitment.objects.filter(workshop=bucket.workshop_id, week_start=bucket.week_start)
        minutes = rows.aggregate(all=Sum("minutes"))["all"] or 0
        if not minutes == bucket.promised_minutes <= bucket.most_minutes:
            found.append(f"{bucket}: {minutes} min committed")
    return found


def promised() -> tuple[int, int]:
    """Pieces of all work orders, and of all commitments."""
    orders = WorkOrder.objects.aggregate(all=Sum("pieces"))["all"] or 0
    return int(orders), int(Commitment.objects.aggregate(all=Sum("pieces"))["all"] or 0)
