"""`make share-speed`: how long closing a year, sharing its surplus and paying the shares take for 10,000 members.

    python -m benchmarks.sharing [--members N] [--databases sqlite postgresql]

Makes a cooperative as benchmarks.settling does, with four accepted lots a member and savings of each in the year that
is over, closes the year, shares its surplus by the meeting's decision, and pays every share in cash at one stroke; then
asks for each report of that year. One process a database, each in a folder that is thrown away. Seconds of the wall,
and of this process's processor. Ends with 1 where sharing took longer than LIMIT_SECONDS by the wall, or a report
longer than REPORT_SECONDS, or a rupiah of the surplus was lost.
"""

from __future__ import annotations

import argparse
import datetime as dt
import os
import subprocess
import sys
import tempfile
from decimal import Decimal
from pathlib import Path

from benchmarks.databases import KINDS, address
from benchmarks.settling import World, timed

LIMIT_SECONDS, REPORT_SECONDS = 10, 2
TURNOVER = 100_000_000_000
AT_ONCE = 2_000


def main(argv=None) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.sharing", description=__doc__)
    parser.add_argument("--members", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--databases", nargs="+", choices=KINDS, default=list(KINDS))
    parser.add_argument("--here", action="store_true", help="measure in the database that WADAH_DATABASE names")
    args = parser.parse_args(argv)
    if args.here:
        return measured(args)
    return max(elsewhere(args, kind) for kind in args.databases)


def elsewhere(args, kind: str) -> int:
    with tempfile.TemporaryDirectory(prefix="wadah-sharing-") as folder, address(kind, Path(folder)) as url:
        command = [sys.executable, "-m", "benchmarks.sharing", "--here", "--members", str(args.members)]
        env = {**os.environ, "DJANGO_SETTINGS_MODULE": "wadah.site.settings", "WADAH_SECRET_KEY": "share-speed"}
        env |= {"WADAH_DATABASE": url, "WADAH_VAR": folder}
        return subprocess.call([*command, "--seed", str(args.seed)], env=env)


def measured(args) -> int:
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    from wadah.base.clock import today

    call_command("migrate", verbosity=0)
    year = today().year - 1
    world = World(args.members, 1, args.seed)
    world.months = [dt.date(year, 1, 1)]
    world.people_put()
    world.lots_put(dt.date(year, 6, 1))
    savings_put(world, year)
    print(f"\n{connection.vendor}, {args.members} members; wall (processor) seconds\n\n| act | seconds |\n|---|---|")
    lost, slowest = year_ended(world, year), reports_asked(world, year)
    print(f"\nlost: Rp{lost[1]}; head of the books: {world.head()}", flush=True)
    return int(lost[0] > LIMIT_SECONDS or lost[1] != 0 or slowest > REPORT_SECONDS)


def told(name: str, act):
    made, (wall, own) = timed(act)
    print(f"| {name} | {wall:.1f} ({own:.1f}) |", flush=True)
    return made, wall


def savings_put(world: World, year: int) -> None:
    """Mandatory savings of each member, and sales that leave a surplus."""
    from wadah.base.clock import now
    from wadah.ledger.models import Saving
    from wadah.ledger.services.journals import Entry, journal_enter
    from wadah.ledger.services.posting import rows_post

    on = dt.date(year, 6, 1)
    rows = Saving.objects.bulk_create(
        [
            Saving(
                number=f"SIM-{number}",
                cooperative=world.cooperative,
                ikm_id=shop.ikm_id,
                kind="wajib",
                on=on,
                rupiah=world.dice.randrange(10_000, 900_000),
                till="cash",
                at=now(),
                by=world.manager,
            )
            for number, shop in enumerate(world.shops)
        ],
        batch_size=AT_ONCE,
    )
    rows_post(cooperative=world.cooperative, rule="P9", rows=rows)
    sales = [Entry("1102", debit=TURNOVER), Entry("4102", credit=TURNOVER)]
    journal_enter(cooperative=world.cooperative, on=on, what="Penjualan (simulasi)", entries=sales, by=world.manager)


def year_ended(world: World, year: int) -> tuple[float, int]:
    """Close, share and pay. Returns seconds of sharing, and rupiah of the surplus that are in no pool and no share."""
    from wadah.base.clock import today
    from wadah.ledger.models import Meeting
    from wadah.ledger.services.closing import month_close
    from wadah.ledger.services.meetings import meeting_record, surplus_pay, surplus_share
    from wadah.ledger.services.years import year_close, year_propose
    from wadah.ledger.words import Pool

    last = dt.date(year, 12, 1)
    told("post work, close months", lambda: month_close(cooperative=world.cooperative, month=last, by=world.manager))
    proposed, _ = told("propose", lambda: year_propose(cooperative=world.cooperative, year=year, by=world.manager))
    closed, _ = told("close", lambda: year_close(book_year=proposed, by=world.treasurer))
    percents = {Pool.RESERVE: Decimal(30), Pool.PATRONAGE: Decimal(45), Pool.CAPITAL: Decimal(25)}
    meeting = meeting_record(
        book_year=closed,
        reference="RAT 1",
        held_on=dt.date(year + 1, 1, 2),
        present=world.count,
        members=world.count,
        percents=percents,
        by=world.manager,
    )
    shares, seconds = told("share", lambda: surplus_share(meeting=meeting, by=world.manager))
    lost = closed.result - sum(pool.rupiah for pool in meeting.pools.all())
    lost += sum(pool.rupiah for pool in meeting.pools.exclude(pool="reserve")) - sum(one.rupiah for one in shares)
    meeting = Meeting.objects.get(pk=meeting.pk)
    keys = [one.pk for one in shares if one.rupiah]
    told("pay", lambda: surplus_pay(meeting=meeting, shares=keys, till="cash", on=today(), by=world.treasurer))
    return seconds, lost


def reports_asked(world: World, year: int) -> float:
    """Every report of the year, and its slowest, in seconds."""
    from wadah.ledger.models import PostingLine
    from wadah.ledger.selectors.recaps import member_book, tax_recap
    from wadah.ledger.selectors.reports import cash_flow, position, result, trial_balance
    from wadah.ledger.selectors.result import year_days

    first, last = year_days(year)
    key = world.cooperative.pk
    asked = {
        "trial balance": lambda: trial_balance(key, first, last),
        "position": lambda: position(key, last),
        "result": lambda: result(key, year),
        "cash flow": lambda: cash_flow(key, year),
        "member book, a page": lambda: list(member_book(world.cooperative, year)[:50]),
        "taxes": lambda: tax_recap(key, year),
    }
    print(f"| lines in the books | {PostingLine.objects.count()} |")
    return max(told(name, ask)[1] for name, ask in asked.items())


if __name__ == "__main__":
    sys.exit(main())
