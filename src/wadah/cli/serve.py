"""`wadah serve`: bring the database up to date, then answer. The last line printed is the address, once it answers."""

from __future__ import annotations

import os
import socket
import threading
import time
from typing import TYPE_CHECKING

from wadah.cli.asking import complain
from wadah.cli.database import database_open
from wadah.cli.kinds import whole_between
from wadah.cli.words import say

if TYPE_CHECKING:
    import argparse

NEEDS_DATABASE = True
ANSWER_SECONDS = 60
KILL_SECONDS = 5


def add(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = subparsers.add_parser("serve", help="open Wadah in the browser")
    parser.add_argument(
        "--host", default="127.0.0.1", metavar="HOST", help="address to listen on (default: this machine only)"
    )
    parser.add_argument(
        "--port",
        type=whole_between(1, 65_535),
        default=os.environ.get("PORT") or "8000",
        metavar="PORT",
        help="default: $PORT or 8000",
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Migrate, gather static files, listen. 2 if the port is taken or the host isn't known."""
    try:
        key = "port taken" if taken(args.host, args.port) else ""
    except socket.gaierror:
        key = "host unknown"
    if key:
        return complain(say(args.lang, key, host=args.host, port=args.port))
    prepare(args.lang)
    threading.Thread(target=announce, args=(args.host, args.port), daemon=True).start()
    listen(args.host, args.port)
    return 0


def prepare(language: str) -> None:
    from django.core.management import call_command
    from django.db import connections

    from wadah.base.messages import messages_compile

    messages_compile()
    database_open(language)
    call_command("collectstatic", interactive=False, verbosity=0)
    connections.close_all()


def listen(host: str, port: int) -> None:
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    Granian(
        "wadah.site.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=1,
        blocking_threads=4,
        respawn_failed_workers=True,
        workers_kill_timeout=KILL_SECONDS,  # a worker that doesn't hear the wish to stop must not keep the port
        log_level=LogLevels.warning,
    ).serve()


def announce(host: str, port: int) -> None:
    """Say where, once somebody answers there."""
    end = time.monotonic() + ANSWER_SECONDS
    while time.monotonic() < end:
        if taken(host, port):
            print(f"Wadah: http://{'127.0.0.1' if host in {'0.0.0.0', '::'} else host}:{port}", flush=True)
            return
        time.sleep(0.1)


def taken(host: str, port: int) -> bool:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.settimeout(1)
        return probe.connect_ex((host, port)) == 0
