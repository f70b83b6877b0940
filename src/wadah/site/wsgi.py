"""The door for a WSGI server. One worker for jobs lives in the same process, unless WADAH_WORKER=0."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wadah.site.settings")
application = get_wsgi_application()

from django.urls import get_resolver  # noqa: E402

from wadah.base.jobs.worker import Worker  # noqa: E402 (rows can be imported only once Django is set up)
from wadah.site.environment import flag  # noqa: E402
from wadah.site.memory import memory_settle  # noqa: E402

get_resolver().url_patterns  # noqa: B018 reads all views now, in place of with the first page
memory_settle()

if flag("WADAH_WORKER", default=True):
    Worker().start()
