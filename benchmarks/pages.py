"""`make page-speed`: how long the server takes for each page of each role in a cooperative of 10,000 members.

Builds the database (benchmarks.cooperative; a file that is there already is used again), then asks every address that
answers to GET, by the rules of tests/addresses, as each role that may see it: in this process, packed with gzip, so
many times after a first one that isn't counted. Prints the pages by their 95th percentile against their budgets, and
ends with 1 where one is over; files to take home have no budget and are told apart. Seconds are those of the wall; on
a machine that has other work to do, `--processor` counts those of the processor in their place.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from dataclasses import dataclass
from pathlib import Path

TESTS = Path(__file__).parents[1] / "tests"
MEMBER_MS, OFFICE_MS, PICTURE_MS = 150, 300, 800
PICTURES = (b'class="gantt', b'class="map')
WORST = 15


@dataclass(frozen=True)
class Row:
    """One page of one role; milliseconds, kilobytes as sent."""

    role: str
    name: str
    address: str
    page: bool
    budget: int
    half: float
    most: float
    queries: int
    kilobytes: float

    @property
    def over(self):
        return self.page and self.most > self.budget


def main(argv=None) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.pages", description=__doc__)
    parser.add_argument("--database", type=Path, required=True, help="SQLite file; made if it isn't there")
    parser.add_argument("--members", type=int, default=10_000)
    parser.add_argument("--parts", type=int, default=2_000)
    parser.add_argument("--orders", type=int, default=1_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--plan-seconds", type=int, default=60)
    parser.add_argument("--requests", type=int, default=20)
    parser.add_argument("--only", default="", help="pages with this in their names")
    parser.add_argument("--role", default="", help="this role's pages only")
    parser.add_argument("--processor", action="store_true", help="seconds of the processor, not of the wall")
    args = parser.parse_args(argv)
    django_begin(args.database)
    users, values = world_of(args)
    rows = measured(args, users, values)
    report(rows)
    return int(any(row.over for row in rows))


def django_begin(database: Path) -> None:
    sys.path.insert(0, str(TESTS))
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "wadah.site.settings",
        "WADAH_DATABASE": f"sqlite:///{database.resolve()}",
        "WADAH_SECRET_KEY": "page-speed",
    }
    import django
    from django.conf import settings

    settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, "testserver"]
    settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.LOGGING_CONFIG = None
    django.setup()
    from django.urls import get_resolver

    from wadah.site.memory import memory_settle

    get_resolver().url_patterns  # noqa: B018 as the server does (wadah.site.wsgi)
    memory_settle()


def world_of(args):
    """People by role and the keys of objects; a file beside the database keeps them for the next time."""
    import json

    from django.core.management import call_command

    from wadah.accounts.models import User

    kept = args.database.with_suffix(".json")
    call_command("migrate", verbosity=0)
    if not kept.exists():
        users, values = world_build(args)
        phones = {role: user and user.phone for role, user in users.items()}
        kept.write_text(json.dumps({"users": phones, "values": values}))
    found = json.loads(kept.read_text())
    if missing := names_asked() - found["values"].keys():
        raise SystemExit(f"{args.database} was made before there was {sorted(missing)}: delete it and {kept.name}")
    people = {user.phone: user for user in User.objects.filter(phone__in=filter(None, found["users"].values()))}
    return {role: people.get(phone) for role, phone in found["users"].items()}, found["values"]


def names_asked():
    """What the rules call their objects."""
    from addresses import all_rules

    asked = {kind for rule in all_rules().values() for kind in rule.arguments.values()}
    return {kind for kind in asked if not kind.startswith("=")}


def world_build(args):
    from django.db import connection, transaction

    from benchmarks.cooperative import cooperative_fill
    from cast_roles import roles_build
    from wadah.plans.models import PlannedLine
    from wadah.register.models import Area, Cooperative

    with transaction.atomic():
        users, values = roles_build()
    began = time.monotonic()
    run = cooperative_fill(
        cooperative=Cooperative.objects.get(code="maju-bersama"),
        manager=users["manager"],
        city=Area.objects.get(kind="city"),
        workshops=args.members,
        parts=args.parts,
        orders=args.orders,
        seed=args.seed,
        plan_seconds=args.plan_seconds,
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    line = PlannedLine.objects.filter(run=run).order_by("-late", "-short", "pk").first()
    print(f"built in {time.monotonic() - began:.0f} s: plan {run.pk}, {run.lots.count()} lots", flush=True)
    return users, values | {"run": run.pk, "planned_line": line.pk, "planned_lot": run.lots.first().pk}


def measured(args, users, values):
    from addresses import ADMIN, BUYER, MANAGER, MEMBER, OFFICER, STRANGER, all_rules

    rules = {name: rule for name, rule in all_rules().items() if rule.method == "get" and args.only in name}
    rows = []
    for role in (STRANGER, MEMBER, MANAGER, BUYER, OFFICER, ADMIN):
        if args.role in ("", role):
            budget = MEMBER_MS if role in (STRANGER, MEMBER) else OFFICE_MS
            found = [
                page_measured(args, role, name, rule, values, client_of(users[role]), budget)
                for name, rule in rules.items()
                if role in rule.sees
            ]
            rows += [row for row in found if row is not None]
            print(f"{role}: {len(found)} pages", file=sys.stderr, flush=True)
    return rows


def client_of(user):
    from django.test import Client

    client = Client(headers={"accept-encoding": "gzip"})
    if user is not None:
        client.force_login(user)
    return client


def page_measured(args, role, name, rule, values, client, budget):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from cast_roles import address_of

    address = address_of(name, rule, values)
    clock = time.process_time if args.processor else time.perf_counter
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(address)
    queries = len(asked)
    if answer.status_code != 200:
        return None
    seconds = []
    for _ in range(args.requests):
        began = clock()
        content = answer.getvalue() if (answer := client.get(address)).streaming else answer.content
        seconds.append(clock() - began)
    seconds.sort()
    drawn = any(picture in unpacked(answer, content) for picture in PICTURES)
    half, most = (1000 * seconds[min(len(seconds) - 1, int(share * len(seconds)))] for share in (0.5, 0.95))
    budget = PICTURE_MS if drawn else budget
    page = answer.headers["Content-Type"].startswith("text/html")
    return Row(role, name, address, page, budget, half, most, queries, len(content) / 1024)


def unpacked(answer, content):
    import gzip

    return gzip.decompress(content) if answer.headers.get("Content-Encoding") == "gzip" else content


def report(found) -> None:
    rows = sorted((row for row in found if row.page), key=lambda row: row.most / row.budget, reverse=True)
    files = sorted((row for row in found if not row.page), key=lambda row: row.most, reverse=True)
    print("| role | page | p50 ms | p95 ms | budget | queries | KB |")
    print("|---|---|---|---|---|---|---|")
    for row in rows[: max(WORST, sum(row.over for row in rows))]:
        print(line_of(row))
    print(f"\n{len(files)} files, the slowest:\n")
    for row in files[:3]:
        print(line_of(row))
    print()
    print("| role | pages | over budget | median of p50 ms | median of p95 ms | worst p95 ms |")
    print("|---|---|---|---|---|---|")
    for role in dict.fromkeys(row.role for row in rows):
        most = sorted(row.most for row in rows if row.role == role)
        half = sorted(row.half for row in rows if row.role == role)
        over = sum(row.over for row in rows if row.role == role)
        figures = f"{half[len(half) // 2]:.0f} | {most[len(most) // 2]:.0f} | {most[-1]:.0f}"
        print(f"| {role} | {len(most)} | {over} | {figures} |")


def line_of(row) -> str:
    figures = f"{row.half:.0f} | {row.most:.0f} | {row.budget} | {row.queries} | {row.kilobytes:.1f}"
    return f"| {row.role} | {row.name} | {figures} |"


if __name__ == "__main__":
    sys.exit(main())
