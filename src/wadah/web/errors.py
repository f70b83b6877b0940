"""Error pages: what happened, that nothing was changed, what to do. No page of these needs the database."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.utils.functional import _StrPromise

    Words = str | _StrPromise

TITLES: dict[int, Words] = {
    400: _("That didn't work"),
    403: _("Only for looking"),
    404: _("Nothing here"),
    405: _("That didn't work"),
    409: _("Done already"),
    500: _("Wadah made a mistake"),
    503: _("Not now"),
}
TODO: dict[int, Words] = {
    400: _("Go back, correct what is named above, and send it again."),
    403: _("Ask the manager of the cooperative if you need to change it."),
    404: _("Check the address, or start again from the first page."),
    409: _("Open the page again to see how things stand now, then decide."),
    500: _("Try again in a minute. If it stays so, tell the manager what you did and when."),
}


def error_page(request: HttpRequest | None, status: int, happened: Words, todo: Words = "") -> HttpResponse:
    """One page for all: `happened` in a sentence, "nothing was changed", and what to do."""
    context: dict[str, Any] = {
        "status": status,
        "title": TITLES.get(status, TITLES[400]),
        "happened": happened,
        "todo": todo or TODO.get(status, TODO[400]),
    }
    with translation.override(language_kept(request)):
        return HttpResponse(render_to_string("errors/error.html", context), status=status)


def language_kept(request: HttpRequest | None) -> str:
    """The language already chosen for this request; else the cookie's; never the database's."""
    if request is None:
        return settings.LANGUAGE_CODE
    cookie = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    code: str = getattr(request, "LANGUAGE_CODE", cookie)
    return code if code in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return error_page(request, 400, _("Wadah couldn't read what was sent."))


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return error_page(request, 403, _("You may look at this, but not change it."))


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return error_page(request, 404, _("There is nothing at this address, or it isn't yours to see."))


def failed(request: HttpRequest) -> HttpResponse:
    return error_page(request, 500, _("Something broke on our side. It has been written down."))


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    return error_page(
        request,
        403,
        _("This form was open too long, or it was not sent from a page of Wadah."),
        _("Go back, load the page again, and send the form once more. Cookies must be allowed for this site."),
    )
