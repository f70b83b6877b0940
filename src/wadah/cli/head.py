"""`wadah head > FILE`: number and hash of each cooperative's last posting, to be kept apart (docs/ledger.md L4)."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from wadah.cli.database import database_open
from wadah.cli.heads import Unreadable, cooperatives_named, heads_lines

if TYPE_CHECKING:
    import argparse

NEEDS_DATABASE = True


def add(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = subparsers.add_parser("head", help="the last posting's number and hash, to be kept apart")
    parser.add_argument("--cooperative", metavar="CODE", help="of this cooperative only")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """0; 2 where there is no such cooperative."""
    database_open(args.lang)
    try:
        chosen = cooperatives_named(args.cooperative, args.lang)
    except Unreadable as error:
        print(f"wadah: {error}", file=sys.stderr)
        return 2
    print("\n".join(heads_lines(chosen, args.lang)))
    return 0
