"""How the command line is read and how its own help speaks: argparse, in Indonesian or English.

In: `speaking(language)` around building a `Parser` and parsing with it. Out: the same Namespace as argparse gives; a
mistake ends in exit code 2 with the usage, the option, what is wrong with it and the way out. Commands write their help
texts in English; usage_words.py holds the Indonesian ones. argparse takes every word of its own through gettext's `_`
and has no other way to choose a language, so while we speak that name stands for our words.
"""

from __future__ import annotations

import argparse
import difflib
import sys
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, NoReturn, TypeVar

from wadah.cli.usage_words import ARGPARSE, KINDS, TEXTS
from wadah.cli.words import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

Action = TypeVar("Action", bound=argparse.Action)

USAGE_CODE = 2
ALIKE = 0.7  # how much of two words must agree before one is offered for the other
spoken: ContextVar[str] = ContextVar("spoken", default="id")


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """argparse and our own texts in one of LANGUAGES, until the block ends."""
    names = vars(argparse)
    kept = names["_"], names["ngettext"]
    token = spoken.set(language)
    names["_"] = own_word
    names["ngettext"] = lambda one, many, count: own_word(one if count == 1 else many)
    try:
        yield
    finally:
        names["_"], names["ngettext"] = kept
        spoken.reset(token)


def own_word(message: str) -> str:
    """argparse's message in the language spoken; what only a programmer can cause stays as it is."""
    pair = ARGPARSE.get(message)
    return message if pair is None else pair[LANGUAGES.index(spoken.get())]


def told(text: str) -> str:
    """A text of ours, written in English, in the language spoken."""
    return text if spoken.get() == "en" else TEXTS.get(text, text)


def fault(key: str, **values: object) -> argparse.ArgumentTypeError:
    """What is wrong with an option's value, and the way out; for the functions that read values."""
    return argparse.ArgumentTypeError(KINDS[key][LANGUAGES.index(spoken.get())].format(**values))


def language_asked(words: Sequence[str]) -> str | None:
    """What --lang (in full or shortened) says, found before anything is parsed; the last one counts."""
    found = None
    for place, word in enumerate(words):
        if word == "--":
            break
        name, joined, value = word.partition("=")
        if len(name) > len("--") and "--lang".startswith(name):
            found = value if joined else next(iter(words[place + 1 :]), None)
    return found


class HelpFormatter(argparse.HelpFormatter):
    """Help in the language spoken."""

    def _get_help_string(self, action: argparse.Action) -> str | None:
        return told(action.help) if action.help else action.help


class Parser(argparse.ArgumentParser):
    """A parser that speaks; commands are parsers of the same kind."""

    def __init__(self, **options: object) -> None:
        super().__init__(**{"formatter_class": HelpFormatter, **options})  # type: ignore[arg-type]

    def _add_action(self, action: Action) -> Action:
        """Placeholders too: PROBLEM or MASALAH."""
        if not action.option_strings and action.metavar is None and not action.choices:
            action.metavar = action.dest.upper()
        if isinstance(action.metavar, str):
            action.metavar = told(action.metavar)
        return super()._add_action(action)

    def error(self, message: str) -> NoReturn:
        """Usage, the mistake, and where help is."""
        self.print_usage(sys.stderr)
        hint = told("All options: %s --help") % self.prog
        self.exit(USAGE_CODE, f"wadah: {message}.\n{hint}\n")

    def refuse(self, words: Sequence[str]) -> NoReturn:
        """Words that no option takes; the option that was most likely meant is named."""
        name = words[0].partition("=")[0]
        near = difflib.get_close_matches(name, self._option_string_actions, 1, ALIKE) if name.startswith("-") else []
        message = own_word("unrecognized arguments: %s") % " ".join(words)
        self.error(f"{message} ({told('did you mean %s?') % near[0]})" if near else message)
