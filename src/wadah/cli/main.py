"""`wadah`: one table of commands. A command is a module with `add(subparsers)` and `run(args) -> exit code`.

Exit codes: 0 fine; 1 a broken plan, or none; 2 input or usage that can't be read; 130 broken off by Ctrl-C.
"""

from __future__ import annotations

import os
import sys
from importlib import import_module
from typing import TYPE_CHECKING

from wadah.cli.database import Unusable
from wadah.cli.usage import Parser, language_asked, speaking, told
from wadah.cli.words import LANGUAGES, language_of, say

if TYPE_CHECKING:
    import argparse

COMMANDS = (
    "plan",
    "check",
    "show",
    "generate",
    "example",
    "found",
    "demo",
    "serve",
    "verify",
    "head",
    "why",
    "promise",
    "replan",
    "prices",
    "invest",
    "fairness",
)


def main(argv: list[str] | None = None) -> int:
    """Run one command; every mistake of the user ends in words."""
    words = sys.argv[1:] if argv is None else argv
    language = language_of(language_asked(words))
    with speaking(language):
        args = read(words)
    args.lang = language
    try:
        code = int(args.run(args))
        sys.stdout.flush()
        return code
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:  # whoever read our output has gone; that is no mistake
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as error:
        return refused(error, args.lang)


def refused(error: Exception, language: str) -> int:
    """Bad input and files that can't be reached: a line each, exit code 2. Anything else is ours, and crashes."""
    from wadah.planning.causes import cause
    from wadah.planning.errors import InputError
    from wadah.planning.messages import text
    from wadah.planning.warm import ColdError

    if isinstance(error, InputError):
        for fault in error.faults:
            print(f"wadah: {text(fault, 'en' if language == 'en' else 'id')}", file=sys.stderr)
        return 2
    if isinstance(error, OSError):
        name = error.filename or ""
        why = cause(error.strerror or str(error), "en" if language == "en" else "id")
        print(f"wadah: {say(language, 'unreachable' if name else 'system', file=name, why=why)}", file=sys.stderr)
        return 2
    if isinstance(error, Unusable):
        print(f"wadah: {error}", file=sys.stderr)
        return 2
    if isinstance(error, ColdError):
        print(f"wadah: {say(language, 'cold', why=str(error).splitlines()[-1])}", file=sys.stderr)
        return 2
    raise error


def read(words: list[str]) -> argparse.Namespace:
    """The command and its options. Ends with exit code 2 where they can't be read, in the language spoken."""
    top, commands = parser()
    args, left = top.parse_known_args(words)
    if left:
        commands[args.command].refuse(left)
    return args


def parser() -> tuple[Parser, dict[str, Parser]]:
    """The whole command line, and its commands by name; in the language spoken (usage.speaking)."""
    top = Parser(prog="wadah", description=told("One order, many workshops"))
    top.add_argument("--lang", choices=LANGUAGES, help="language: id, en")
    subparsers = top.add_subparsers(dest="command", required=True, metavar=told("COMMAND"), parser_class=Parser)
    for name in COMMANDS:
        module = import_module(f"wadah.cli.{name}")
        module.add(subparsers)
        subparsers.choices[name].add_argument("--lang", choices=LANGUAGES, help="language: id, en")
    return top, dict(subparsers.choices)
