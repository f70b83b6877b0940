"""The first page: what Wadah is, for those who don't know it yet; where to go, for those who do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render

from wadah.web.access import PUBLIC, access, person_of
from wadah.web.views.city.coverage import front

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@access(PUBLIC)
def home(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/home.html", {"city": front(person_of(request))})
