"""`make settle-speed`: how long a month's settlement takes for 10,000 members with four accepted lots each.

    python -m benchmarks.settling [--members N] [--months M] [--databases sqlite postgresql]

Makes a cooperative, its members (nine of ten with a bank account, one of five with an advance, one of ten with late
work) and, month by month, their accepted lots, a tenth of them partly rejected; then measures, each month: work_post
(what the hourly job does), prepare, lock, and pay (all by the bank, the file for it, the rest in cash). One process a
database, each in a folder that is thrown away; PostgreSQL as it is installed. Seconds of the wall, and of this
process's processor; PostgreSQL's own processor seconds aren't in the second figure. Ends with 1 where prepare and lock
of a month took longer than LIMIT_SECONDS together, or those of twelve months longer than YEAR_SECONDS, by the wall.
"""

from __future__ import annotations

import argparse
import datetime as dt
import os
import subprocess
import sys
import tempfile
import time
from decimal import Decimal
from pathlib import Path
from random import Random

from benchmarks.databases import KINDS, address

LIMIT_SECONDS, YEAR_SECONDS = 10, 120
LOTS_A_MONTH = 4
MADE_UP = {"simulated": True}
AT_ONCE = 2_000


def main(argv=None) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.settling", description=__doc__)
    parser.add_argument("--members", type=int, default=10_000)
    parser.add_argument("--months", type=int, default=12)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--databases", nargs="+", choices=KINDS, default=list(KINDS))
    parser.add_argument("--here", action="store_true", help="measure in the database that WADAH_DATABASE names")
    args = parser.parse_args(argv)
    if args.here:
        return measured(args)
    return max(elsewhere(args, database) for database in args.databases)


def elsewhere(args, database: str) -> int:
    """In a process of its own, on a database of its own."""
    with tempfile.TemporaryDirectory(prefix="wadah-settling-") as folder, address(database, Path(folder)) as url:
        command = [sys.executable, "-m", "benchmarks.settling", "--here", "--members", str(args.members)]
        command += ["--months", str(args.months), "--seed", str(args.seed)]
        env = {**os.environ, "DJANGO_SETTINGS_MODULE": "wadah.site.settings", "WADAH_SECRET_KEY": "settle-speed"}
        return subprocess.call(command, env={**env, "WADAH_DATABASE": url, "WADAH_VAR": folder})


def measured(args) -> int:
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    call_command("migrate", verbosity=0)
    world = World(args.members, args.months, args.seed)
    world.people_put()
    print(
        f"\n{connection.vendor}, {args.members} members, {LOTS_A_MONTH} lots a month each; wall (processor) seconds\n"
    )
    print("| month | work_post | prepare | lock | pay | prepare + lock |")
    print("|---|---|---|---|---|---|")
    taken = []
    for month in world.months:
        world.lots_put(month)
        seconds = world.month_settled(month)
        both = tuple(map(sum, zip(seconds["prepare"], seconds["lock"], strict=True)))
        taken.append(both[0])
        told = " | ".join(f"{wall:.1f} ({own:.1f})" for wall, own in (*seconds.values(), both))
        print(f"| {month:%Y-%m} | {told} |", flush=True)
    slowest, together = max(taken), sum(taken)
    print(f"\nprepare + lock: slowest {slowest:.1f} s, together {together:.1f} s; head of the books: {world.head()}")
    return int(slowest > LIMIT_SECONDS or together > YEAR_SECONDS * max(1, len(taken) / 12))


class World:
    """One made-up cooperative, month by month."""

    def __init__(self, members: int, months: int, seed: int) -> None:
        from wadah.base.clock import today
        from wadah.ledger.rules.months import first_of

        self.dice, self.count = Random(seed), members
        self.months = [first_of(first_of(today()) - dt.timedelta(days=1))]  # the last whole month
        while len(self.months) < months:
            self.months.insert(0, first_of(self.months[0] - dt.timedelta(days=1)))
        self.orders = 0

    def people_put(self) -> None:
        from wadah.accounts.models import User
        from wadah.catalogue.models import Part
        from wadah.ledger.services.books import book_open
        from wadah.ledger.services.terms import terms_set
        from wadah.register.models import Area, Cooperative, Subsector

        area = Area.objects.create(code="32.75", name="Kota Bekasi", name_spaced="Kota Bekasi", kind="city")
        self.cooperative = Cooperative.objects.create(code="besar", name="Koperasi Besar", area=area, **MADE_UP)
        self.manager, self.treasurer = (User.objects.create(phone=f"+62811{n:08d}", name=f"Pak {n}") for n in (1, 2))
        trade = Subsector.objects.create(code="komponen", name="Komponen", name_en="Parts")
        self.parts = [Part.objects.create(code=f"K-{n}", name=f"Bagian {n}", subsector=trade) for n in range(20)]
        self.shops = self.shops_put(area)
        book_open(cooperative=self.cooperative, opened_on=self.months[0], by=self.manager)
        terms_set(
            cooperative=self.cooperative,
            valid_from=self.months[0],
            decided_by="RAT 1",
            by=self.manager,
            mandatory_saving_rupiah_month=10_000,
            voluntary_percent=Decimal("2.5"),
            recovery_percent_max=Decimal(30),
            penalty_percent_week=Decimal(1),
            penalty_cap_percent=Decimal(5),
        )
        self.accounts_put()
        self.advances_put()

    def shops_put(self, area):
        from wadah.register.models import Ikm, Membership, Workshop

        firms = Ikm.objects.bulk_create(
            [Ikm(name=f"Usaha {n}", owner_name=f"Bu {n}", area=area, **MADE_UP) for n in range(self.count)],
            batch_size=AT_ONCE,
        )
        Membership.objects.bulk_create(
            [
                Membership(cooperative=self.cooperative, ikm=one, role="member", joined_on=self.months[0])
                for one in firms
            ],
            batch_size=AT_ONCE,
        )
        return Workshop.objects.bulk_create(
            [Workshop(ikm=one, code=f"B-{one.pk}", name=one.name, **MADE_UP) for one in firms], batch_size=AT_ONCE
        )

    def accounts_put(self) -> None:
        from wadah.base.clock import now
        from wadah.base.secrets import secret_keep
        from wadah.ledger.models import PayoutAccount

        PayoutAccount.objects.bulk_create(
            [
                PayoutAccount(
                    ikm_id=shop.ikm_id,
                    valid_from=self.months[0],
                    bank="BRI",
                    holder=shop.name,
                    number=secret_keep(f"{shop.pk:013d}"),
                    last=f"{shop.pk:013d}"[-4:],
                    at=now(),
                    by=self.manager,
                )
                for shop in self.shops
                if shop.pk % 10
            ],
            batch_size=AT_ONCE,
        )

    def advances_put(self) -> None:
        """Posted like any other: through the rule, only all at once."""
        from wadah.base.clock import now
        from wadah.ledger.models import Advance
        from wadah.ledger.services.posting import rows_post

        rows = Advance.objects.bulk_create(
            [
                Advance(
                    number=f"UM-{n}",
                    cooperative=self.cooperative,
                    ikm_id=shop.ikm_id,
                    kind="money",
                    on=self.months[0],
                    till="cash",
                    rupiah=500_000,
                    what="bahan",
                    at=now(),
                    by=self.treasurer,
                )
                for n, shop in enumerate(self.shops[::5])
            ],
            batch_size=AT_ONCE,
        )
        rows_post(cooperative=self.cooperative, rule="P6", rows=rows)

    def lots_put(self, month: dt.date) -> None:
        """Work orders, lots and the moves by which they were accepted."""
        from wadah.work.models import Lot, LotMove, WorkOrder

        orders = WorkOrder.objects.bulk_create(
            [self.order(shop, month) for shop in self.shops for _ in range(LOTS_A_MONTH)], batch_size=AT_ONCE
        )
        lots = Lot.objects.bulk_create([self.lot(order) for order in orders], batch_size=AT_ONCE)
        at = dt.datetime.combine(month.replace(day=20), dt.time(5), dt.UTC)
        moves = [
            LotMove(
                lot=lot,
                kind="accept",
                from_bucket="waiting",
                to_bucket="accepted",
                pieces=lot.accepted,
                at=at,
                by=self.manager,
            )
            for lot in lots
        ]
        LotMove.objects.bulk_create(moves, batch_size=AT_ONCE)

    def order(self, shop, month):
        from wadah.base.clock import monday
        from wadah.work.models import WorkOrder

        self.orders += 1
        pieces = Decimal(self.dice.randint(20, 400))
        day = month.replace(day=10 if self.dice.random() < 0.1 else 20)
        return WorkOrder(
            number=f"SPK-{self.orders}",
            cooperative=self.cooperative,
            part=self.dice.choice(self.parts),
            workshop=shop,
            promise_week=monday(month),
            week_start=monday(month),
            due_on=day,
            pieces=pieces,
            handed_over=pieces,
            pay_rupiah_piece=self.dice.randint(200, 3_000),
            setup_pay_rupiah=5_000,
            made_at=dt.datetime.combine(month, dt.time(1), dt.UTC),
            **MADE_UP,
        )

    def lot(self, order):
        from wadah.work.models import Lot

        rejected = Decimal(self.dice.randint(1, 5) if self.dice.random() < 0.1 else 0)
        return Lot(
            number=order.number.replace("SPK", "LOT"),
            cooperative=self.cooperative,
            part_id=order.part_id,
            origin="made",
            work_order=order,
            received_on=order.made_at.date().replace(day=18),
            quantity=order.pieces,
            accepted=order.pieces - rejected,
            rejected=rejected,
            made_at=order.made_at,
            **MADE_UP,
        )

    def month_settled(self, month: dt.date) -> dict[str, tuple[float, float]]:
        """Wall and processor seconds of each step."""
        from wadah.ledger.rules.months import last_of
        from wadah.ledger.services.payouts import payout_bank_file, payout_make
        from wadah.ledger.services.settlement import settlement_lock, settlement_prepare
        from wadah.ledger.services.work import work_post

        until, seconds = last_of(month), {}
        _, seconds["work_post"] = timed(lambda: work_post(cooperative=self.cooperative))
        draft, seconds["prepare"] = timed(
            lambda: settlement_prepare(cooperative=self.cooperative, until=until, by=self.manager)
        )
        locked, seconds["lock"] = timed(lambda: settlement_lock(settlement=draft, by=self.treasurer))

        def pay():
            run = payout_make(settlement=locked, till="bank", by=self.treasurer)
            payout_bank_file(payout=run, by=self.treasurer)
            payout_make(settlement=locked, till="cash", by=self.treasurer)

        _, seconds["pay"] = timed(pay)
        return seconds

    def head(self) -> str:
        from wadah.ledger.models import Book

        book = Book.objects.get(cooperative=self.cooperative)
        return f"{book.head_seq} {book.head_hash[:12]}"


def timed(act):
    wall, own = time.perf_counter(), time.process_time()
    made = act()
    return made, (time.perf_counter() - wall, time.process_time() - own)


if __name__ == "__main__":
    sys.exit(main())
