"""`wadah example NAME --out PROBLEM`: the tables under examples/ as a problem file.

One path with the application: tables → rows (in a database in memory, gone afterwards) → snapshot → problem.
"""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from typing import TYPE_CHECKING

from wadah.cli.words import say, whole

if TYPE_CHECKING:
    import argparse

NEEDS_DATABASE = False  # it brings its own, and never touches the configured one


def add(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    from wadah.cli.examples.tables import NAMES

    parser = subparsers.add_parser("example", help="write an example problem")
    parser.add_argument("name", choices=NAMES, metavar="NAME", help="which one: %(choices)s")
    parser.add_argument(
        "--out", type=Path, required=True, metavar="PROBLEM", help="problem file: .json, .json.gz, .zip or a folder"
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Writes the file; raises planning.errors.ProblemError where it can't be written."""
    from wadah.planning.files import write_problem

    open_database_in_memory()
    from wadah.cli.examples.load import example_problem

    problem = example_problem(args.name)
    write_problem(problem, args.out)
    counts = {name: whole(len(getattr(problem, name)), args.lang) for name in ("parts", "workshops", "orders")}
    print(say(args.lang, "example", file=args.out, **counts))
    return 0


def open_database_in_memory() -> None:
    """Its tables are made straight from the models: gone in a moment, it has nothing to migrate from."""
    os.environ["WADAH_DATABASE"] = "sqlite://:memory:"
    os.environ.setdefault("WADAH_SECRET_KEY", secrets.token_urlsafe(50))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wadah.site.settings")
    import django
    from django.apps import apps
    from django.conf import settings
    from django.core.management import call_command

    django.setup()
    settings.MIGRATION_MODULES = {app.label: None for app in apps.get_app_configs()}
    call_command("migrate", run_syncdb=True, interactive=False, verbosity=0)
