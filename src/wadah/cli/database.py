"""The configured database, opened and brought up to date; what a user can mend is told in words (exit code 2)."""

from __future__ import annotations

import os
import re

from wadah.cli.words import say

GOT = re.compile(r"(\w+): expected (.+), got (.+)", re.DOTALL)


class Unusable(Exception):
    """Settings or a database that can't be used; its words say why, and the way out."""


def database_open(language: str) -> None:
    """Read the settings and migrate the database.

    Raises
    ------
    Unusable: an environment variable that can't be used, or a database that can't be reached or written, or one made
        by a version from before the first release.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wadah.site.settings")
    import django
    from django.core.management import call_command
    from django.db import Error
    from django.utils import translation

    try:
        django.setup()
    except RuntimeError as error:  # settings raise it, naming the variable
        raise Unusable(setting_words(str(error), language)) from error
    translation.activate(language)
    try:
        if before_the_first_release():
            raise Unusable(say(language, "database too old"))
        call_command("migrate", interactive=False, verbosity=0)
    except Error as error:
        raise Unusable(say(language, "database", why=first_line(error))) from error


def before_the_first_release() -> bool:
    """Whether the database stopped on the way to the first tables, which are one migration for each room by now."""
    from django.db import connection
    from django.db.migrations.loader import MigrationLoader
    from django.db.migrations.recorder import MigrationRecorder

    there = set(MigrationRecorder(connection).applied_migrations())
    return any(
        there.intersection(first.replaces) and not there.issuperset(first.replaces)
        for first in MigrationLoader(None).replacements.values()
    )


def setting_words(told: str, language: str) -> str:
    """`NAME: expected WHAT, got VALUE` of the settings, in the language."""
    match = GOT.fullmatch(told)
    if match is None:
        return say(language, "setting", what=told)
    name, expected, found = match.groups()
    wanted = expected.replace(" or ", " atau ") if language == "id" else expected
    return say(language, "setting value", name=name, expected=wanted, found=found)


def first_line(error: Exception) -> str:
    """The database's own words; what follows the first line is its guess at the cause."""
    return str(error).strip().partition("\n")[0]
