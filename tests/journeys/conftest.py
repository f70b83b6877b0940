"""What every journey has: the thread that works beside the pages, and people at browsers of their own."""

import pytest
from person import Person

from wadah.base.jobs.worker import Worker

WAIT = 300  # seconds, for the thread's last work to end


@pytest.fixture
def worker(transactional_db):
    """The thread that `wadah serve` has beside its pages."""
    worker = Worker()
    thread = worker.start()
    yield worker
    worker.stop()
    thread.join(timeout=WAIT)


@pytest.fixture
def people(browser, live_server):
    """Makes somebody at a browser of their own; members' phones do without scripts, to be sure."""
    made = []

    def person(language="id", *, scripts=True, **more):
        made.append(Person(browser, live_server.url, language, javascript=scripts, **more))
        return made[-1]

    yield person
    for one in made:
        one.context.close()
