"""`wadah demo`: both examples and one account for each role in the configured database, and the first plan asked for.

Running it again adds nothing. Everything that it makes up is marked as simulated.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from wadah.cli.database import database_open
from wadah.cli.words import say

if TYPE_CHECKING:
    import argparse

    from wadah.accounts.models import User
    from wadah.cli.examples.accounts import Person
    from wadah.register.models import Cooperative

NEEDS_DATABASE = True
PLAN_SECONDS = 20


def add(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = subparsers.add_parser("demo", help="load the examples and demo accounts")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Loads, then prints the accounts."""
    database_open(args.lang)
    load()
    for line in account_lines(args.lang):
        print(line)
    return 0


def load() -> None:
    """Examples, accounts, first plans: what isn't there yet."""
    from wadah.cli.examples.accounts import load_accounts
    from wadah.cli.examples.forum import load_forum
    from wadah.cli.examples.growth import load_growth
    from wadah.cli.examples.load import LOADERS
    from wadah.cli.examples.mentoring import load_mentoring
    from wadah.cli.examples.school import load_delivery, load_school
    from wadah.cli.examples.tables import BATIK

    cooperatives = {name: loader() for name, loader in LOADERS.items()}
    load_growth()
    load_mentoring(cooperatives[BATIK])
    load_school(cooperatives[BATIK])
    manager = load_accounts(list(cooperatives.values()))
    load_forum(cooperatives[BATIK])
    load_delivery(cooperatives[BATIK], manager)
    for name, cooperative in cooperatives.items():
        start_first_plan(name, cooperative, manager)


def start_first_plan(name: str, cooperative: Cooperative, manager: User) -> None:
    """Queues a plan unless the cooperative ever had one; whoever serves the pages carries it out."""
    from wadah.cli.examples.tables import assumed, start_of
    from wadah.plans.models import PlanRun
    from wadah.plans.services import plan_run_start

    if not PlanRun.objects.filter(cooperative=cooperative).exists():
        plan_run_start(
            cooperative=cooperative,
            start_on=start_of(name),
            weeks=assumed(name, "weeks"),
            time_limit_seconds=PLAN_SECONDS,
            by=manager,
        )


def account_lines(language: str) -> list[str]:
    """Who can sign in, in one short line each."""
    from wadah.cli.examples.accounts import PASSWORD, PEOPLE

    return [
        say(language, "accounts"),
        *(account_line(person, language) for person in PEOPLE),
        say(language, "password", password=PASSWORD),
    ]


def account_line(person: Person, language: str) -> str:
    return f"  {say(language, person.role):14} {person.phone}  {person.name} {person.about}".rstrip()
