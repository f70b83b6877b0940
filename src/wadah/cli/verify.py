"""`wadah verify [--head FILE|NUMBER:HASH] [--again]`: whether the books hold; the first broken row is named. And
whether any hour of a room was given twice.

docs/ledger.md says the laws. A head kept apart (`wadah head`) shows what the database alone can't: that the last
postings were removed, or that all was written anew.
"""

from __future__ import annotations

import os
import sys
import time
from typing import TYPE_CHECKING

from wadah.cli.database import database_open
from wadah.cli.heads import Unreadable, cooperatives_named, heads_read
from wadah.cli.kinds import whole_between
from wadah.cli.verify_words import fault_text, say
from wadah.cli.words import number, whole

if TYPE_CHECKING:
    import argparse

    from wadah.ledger.verify.run import Report

NEEDS_DATABASE = True
WORKERS_MOST = 64


def add(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = subparsers.add_parser("verify", help="whether the books hold")
    parser.add_argument("--cooperative", metavar="CODE", help="of this cooperative only")
    parser.add_argument("--head", metavar="FILE", help="kept apart by `wadah head`, or NUMBER:HASH")
    parser.add_argument("--again", action="store_true", help="work the books out again from their documents")
    parser.add_argument(
        "--workers", type=whole_between(1, WORKERS_MOST), metavar="N", help="processes (default: one a core)"
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """0 where all holds, 1 where something doesn't, 2 where the head or the cooperative can't be read."""
    database_open(args.lang)
    from wadah.ledger.verify.run import verify

    begun = time.monotonic()
    try:
        chosen = cooperatives_named(args.cooperative, args.lang)
        kept, gone = heads_read(args.head, chosen, args.lang)
    except Unreadable as error:
        print(f"wadah: {error}", file=sys.stderr)
        return 2
    workers = args.workers or len(os.sched_getaffinity(0))
    reports = verify(cooperatives=chosen, kept=kept, again=args.again, workers=workers)
    for report in reports:
        tell(report, args.again, args.lang)
    twice = booked_twice(args.lang)
    for line in [*gone, *twice]:
        print(line)
    if not reports:
        print(say(args.lang, "none"))
    print(say(args.lang, "seconds", seconds=number(time.monotonic() - begun, args.lang, 1)))
    return 1 if gone or twice or any(report.faults for report in reports) else 0


def booked_twice(language: str) -> list[str]:
    """Hours of rooms and tools that were given twice (docs/city.md F3), a line each."""
    from wadah.base.clock import JAKARTA
    from wadah.forum.selectors.places import bookings_meeting

    return [
        say(language, "booked", name=row.resource.name, at=f"{row.starts_at.astimezone(JAKARTA):%Y-%m-%d %H:%M}")
        for row in bookings_meeting()
    ]


def tell(report: Report, again: bool, language: str) -> None:
    """One cooperative, for people."""
    name, found = report.cooperative.name, report.found
    if report.faults:
        print(say(language, "broken", cooperative=name, count=len(report.faults)))
        print("\n".join(fault_text(fault, language) for fault in report.faults))
        return
    counts = {"postings": found.postings, "lines": found.lines, "months": len(found.months)}
    told = {what: whole(count, language) for what, count in counts.items()}
    print(say(language, "fine", cooperative=name, **told))
    print(say(language, "head", seq=whole(report.head.seq, language), hash=report.head.hash))
    if again:
        print(say(language, "again"))
