"""What happens around each view: the language, no copies of private pages, and refusals turned into pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import OperationalError
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from wadah.base.errors import WadahError
from wadah.web.errors import error_page

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

    View = Callable[[HttpRequest], HttpResponse]

LANGUAGES = {code for code, _name in settings.LANGUAGES}


def language(get_response: View) -> View:
    """The person's own language, else the cookie's, else Indonesian. What the browser asks for is not heard: phones are
    sold set to English here, and their owners read Indonesian."""

    def middleware(request: HttpRequest) -> HttpResponse:
        code = language_of(request)
        with translation.override(code):
            request.LANGUAGE_CODE = code
            response = get_response(request)
            response.headers.setdefault("Content-Language", code)
            return response

    return middleware


def language_of(request: HttpRequest) -> str:
    cookie = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    asked = request.user.language if request.user.is_authenticated else cookie
    return asked if asked in LANGUAGES else settings.LANGUAGE_CODE


def private(get_response: View) -> View:
    """Pages of a signed-in person are kept by no cache, shared phone or proxy."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if request.user.is_authenticated:
            response.headers.setdefault("Cache-Control", "private, no-store")
        return response

    return middleware


class Refusals:
    """A refusal becomes a page with its status; a disk that can't be written, a page that says so (reading goes on)."""

    def __init__(self, get_response: View) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, WadahError):
            return error_page(request, exception.status, str(exception))
        if isinstance(exception, OperationalError) and storage_is_the_cause(exception):
            return error_page(
                request,
                503,
                _("Wadah can't write at the moment: its disk is full or may only be read."),
                _("Reading still works. Tell whoever runs Wadah, and try again later."),
            )
        return None


STORAGE_CAUSES = (
    "disk is full",
    "readonly database",
    "disk I/O error",
    "No space left on device",
    "could not extend file",
    "Read-only file system",
)


def storage_is_the_cause(error: OperationalError) -> bool:
    """Whether SQLite or PostgreSQL says that the disk, not the work, is at fault."""
    return any(cause in str(error) for cause in STORAGE_CAUSES)
