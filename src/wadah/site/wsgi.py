"""The door for a WSGI server. One worker for jobs lives in the same process, unless WADAH_WORKER=0."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wadah.site.settings")
application = get_wsgi_application()

from wadah.base.jobs.worker import Worker  # noqa: E402 (rows can be imported only once Django is set up)
from wadah.site.environment import flag  # noqa: E402

if flag("WADAH_WORKER", default=True):
    Worker().start()
