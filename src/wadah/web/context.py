"""What every page's frame needs: who is there, and where they may go."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings

from wadah.web.access import person_of
from wadah.web.navigation import navigation

if TYPE_CHECKING:
    from django.http import HttpRequest


def shell(request: HttpRequest) -> dict[str, Any]:
    person = person_of(request)
    return {"person": person, "navigation": navigation(request, person), "languages": settings.LANGUAGES}
