"""Racers over real HTTP: each in a thread of its own, with a connection of its own, all pressing at the same moment."""

from __future__ import annotations

import threading
import uuid
from http.client import HTTPConnection
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode, urlsplit

from django.conf import settings

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

PATIENCE = 120  # seconds that one moment may take
TOKEN = "r" * 32  # double submit: the cookie and the form say the same


def raced(url: str, moments: Sequence[Sequence[Any]], press: Callable[[HTTPConnection, int, Any], None]) -> None:
    """At each moment every racer does what is meant for it: `press(connection, racer, what)`.

    Connections are opened one after another before the race: a server's queue of those that knock is short. A racer
    that can't go on ends the race for all.
    """
    address, racers = urlsplit(url), len(moments[0])
    connections = [HTTPConnection(address.hostname or "", address.port, timeout=PATIENCE) for _ in range(racers)]
    barrier = threading.Barrier(racers, timeout=PATIENCE)

    def run(racer: int) -> None:
        try:
            for moment in moments:
                barrier.wait()
                press(connections[racer], racer, moment[racer])
        except threading.BrokenBarrierError:
            pass
        except BaseException:
            barrier.abort()
            raise

    for one in connections:
        one.connect()
    threads = [threading.Thread(target=run, args=(racer,)) for racer in range(racers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for one in connections:
        one.close()
    assert not barrier.broken, f"the race broke off: a racer could not go on, or a moment took {PATIENCE} s"


def sent(connection: HTTPConnection, session: str, address: str, form: dict[str, str]) -> tuple[int, str, str]:
    """Send a form with a key of its own: status, where it leads, what is written there."""
    whole = form | {"csrfmiddlewaretoken": TOKEN, "idempotency_key": uuid.uuid4().hex}
    cookies = f"{settings.SESSION_COOKIE_NAME}={session}; {settings.CSRF_COOKIE_NAME}={TOKEN}"
    headers = {"Cookie": cookies, "Content-Type": "application/x-www-form-urlencoded"}
    connection.request("POST", address, urlencode(whole), headers)
    answer = connection.getresponse()
    return answer.status, answer.getheader("Location", ""), answer.read().decode(errors="replace")
