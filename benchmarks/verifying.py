"""`make verify-speed`: how long `wadah verify` takes for a million postings of about three million lines.

    python -m benchmarks.verifying [--postings N] [--databases sqlite postgresql] [--keep FOLDER] [--again]

Makes the books of a year (benchmarks/ledger_books.py) in a database of its own, then verifies them by as many processes
as there are cores, and runs the hourly posting of work, which finds nothing to post. Seconds of the wall; those of the
processor are of this process and its children, PostgreSQL's own left out. Ends with 1 where something doesn't hold,
verifying took longer than LIMIT_SECONDS a million postings, or the hourly posting longer than SWEEP_SECONDS.
--keep: makes the books there and leaves them; they are used again.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.databases import KINDS, address

LIMIT_SECONDS, SWEEP_SECONDS, MILLION = 60, 1, 1_000_000


def main(argv=None) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.verifying", description=__doc__)
    parser.add_argument("--postings", type=int, default=MILLION)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--databases", nargs="+", choices=KINDS, default=list(KINDS))
    parser.add_argument("--keep", type=Path, metavar="FOLDER")
    parser.add_argument("--again", action="store_true", help="measure --again too")
    parser.add_argument("--here", choices=STEPS, help="in the database that WADAH_DATABASE names")
    args = parser.parse_args(argv)
    if args.here:
        begin()
        return STEPS[args.here](args)
    with tempfile.TemporaryDirectory(prefix="wadah-verifying-") as folder:
        Path(folder).chmod(0o755)
        return max(elsewhere(args, kind, (args.keep or Path(folder)) / kind) for kind in args.databases)


def elsewhere(args, kind: str, folder: Path) -> int:
    """In processes of their own, so that none profits from what another read; on a database of its own."""
    done = folder / f"made-{args.postings}-{args.seed}"
    with address(kind, folder) as url:
        own = ["--postings", str(args.postings), "--seed", str(args.seed), *(["--again"] if args.again else [])]
        env = {**os.environ, "WADAH_DATABASE": url, "WADAH_SECRET_KEY": "verify-speed", "WADAH_VAR": str(folder)}
        for step in STEPS if not done.exists() else ("migrate", "measure"):
            command = [sys.executable, "-m", "benchmarks.verifying", "--here", step, *own]
            if code := subprocess.call(command, env=env):
                return code
        done.touch()
    return 0


def begin() -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "wadah.site.settings"
    import django

    django.setup()


def migrated(_args) -> int:
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    return 0


def made(args) -> int:
    from benchmarks.bulk import hastened
    from benchmarks.ledger_books import POSTINGS_A_MAKER, Books

    hastened()
    begun = time.monotonic()
    books = Books(makers=max(2, args.postings // POSTINGS_A_MAKER), seed=args.seed)
    postings = books.fill(lambda month: print(f"  month {month}, {seconds_since(begun)}", flush=True))
    print(f"{postings} postings made, {seconds_since(begun)}", flush=True)
    return 0


def seconds_since(begun: float) -> str:
    return f"{time.monotonic() - begun:.0f} s"


def measured(args) -> int:
    from django.db import connection

    from wadah.ledger.services.work import work_post_all
    from wadah.ledger.verify.run import verify

    workers = len(os.sched_getaffinity(0))
    print(f"\n{connection.vendor}, {workers} processes\n\n| what | postings | lines | wall | processor | memory |")
    print("|---|---|---|---|---|---|")
    reports, seconds = timed("verify", lambda: verify(workers=workers))
    if args.again:
        again, _ = timed("verify --again", lambda: verify(workers=workers, again=True))
        reports += again
    _, sweep = timed("hourly posting, nothing to post", work_post_all)
    faults = [fault for report in reports for fault in report.faults]
    print("\n".join(map(str, faults)) if faults else "\nall holds")
    late = seconds > LIMIT_SECONDS * max(1, args.postings / MILLION) or sweep > SWEEP_SECONDS
    return int(bool(faults) or late)


def timed(what: str, work):
    """Runs it; prints a row of the table."""
    begun, own = time.monotonic(), processor()
    done = work()
    wall = time.monotonic() - begun
    found = done[0].found if isinstance(done, list) else None
    counts = f"{found.postings} | {found.lines}" if found else " | "
    most = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)) // 1024
    print(f"| {what} | {counts} | {wall:.1f} s | {processor() - own:.1f} s | {most} MB |", flush=True)
    return done, wall


def processor() -> float:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


STEPS = {"migrate": migrated, "make": made, "measure": measured}


if __name__ == "__main__":
    sys.exit(main())
