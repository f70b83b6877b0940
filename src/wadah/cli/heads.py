"""Heads of books kept apart: a line a cooperative, "code number hash"; written by `wadah head`, read by `verify`."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from wadah.cli.verify_words import say
from wadah.cli.words import whole
from wadah.units import date_text

if TYPE_CHECKING:
    from wadah.ledger.verify.run import Head
    from wadah.register.models import Cooperative

ONE = re.compile(r"(\d+):([0-9a-f]{64})")
LINE = re.compile(r"(\S+) (\d+) ([0-9a-f]{64})")


class Unreadable(ValueError):
    """What was given can't be read; its words say why, and the way out."""


def cooperatives_named(code: str | None, language: str) -> list[Cooperative] | None:
    """The one with this code; None where none is named. Raises Unreadable."""
    from wadah.register.models import Cooperative

    if code is None:
        return None
    found = list(Cooperative.objects.filter(code=code))
    if not found:
        codes = ", ".join(Cooperative.objects.order_by("code").values_list("code", flat=True)) or "–"
        raise Unreadable(say(language, "unknown", code=code, codes=codes))
    return found


def heads_lines(chosen: list[Cooperative] | None, language: str) -> list[str]:
    from wadah.base.clock import today
    from wadah.ledger.verify.run import heads

    rows = [f"{one.code} {head.seq} {head.hash}" for one, head in heads(chosen)]
    return [say(language, "kept when", day=date_text(today(), language)), *rows]


def heads_read(given: str | None, chosen: list[Cooperative] | None, language: str) -> tuple[dict[int, Head], list[str]]:
    """Heads by cooperative id, and a line for each cooperative that is gone. Raises Unreadable, OSError."""
    from wadah.ledger.verify.run import Head, with_books
    from wadah.register.models import Cooperative

    if given is None:
        return {}, []
    if one := ONE.fullmatch(given):
        books = chosen or with_books()
        if len(books) != 1:
            raise Unreadable(say(language, "head whose", count=len(books)))
        return {books[0].pk: Head(int(one[1]), one[2])}, []
    rows = [line for line in Path(given).read_text("utf-8").splitlines() if line.strip() and not line.startswith("#")]
    found = [LINE.fullmatch(row.strip()) for row in rows]
    read = {match[1]: Head(int(match[2]), match[3]) for match in found if match}
    if len(read) != len(rows) or not rows:
        raise Unreadable(say(language, "head unread", text=given))
    keys = dict(Cooperative.objects.values_list("code", "pk"))
    gone = [
        say(language, "gone", code=code, due=whole(head.seq, language))
        for code, head in read.items()
        if code not in keys
    ]
    return {keys[code]: head for code, head in read.items() if code in keys}, gone
