"""The first page: what Wadah is, for those who don't know it yet; where to go, for those who do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from wadah.web.access import MANAGER, MEMBER, PUBLIC, access, person_of
from wadah.web.views.city.coverage import front

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@access(PUBLIC)
def home(request: HttpRequest) -> HttpResponse:
    person = person_of(request)
    if person.holds(MEMBER) and not person.holds(MANAGER):
        return HttpResponseRedirect(reverse("beranda"))
    return render(request, "pages/home.html", {"city": front(person)})
