"""The ways through Wadah, by role. A screen is added to ITEMS; its view's own policy says who may go there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

from wadah.web.access import BUYER, INSPECTOR, MANAGER, MEMBER, OFFICER, PUBLIC, SCHOOL, TREASURER, Person

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.http import HttpRequest
    from django.utils.functional import _StrPromise


@dataclass(frozen=True, slots=True)
class Item:
    """route: name of an address without arguments; roles: any of them sees it, but for who holds one of `unless`; icon:
    a symbol of icons.svg."""

    route: str
    label: _StrPromise
    icon: str
    roles: tuple[str, ...]
    unless: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Link:
    url: str
    label: _StrPromise
    icon: str
    here: bool


ITEMS: list[Item] = [
    Item("today", _("Today"), "check", (MANAGER, TREASURER)),
    Item("beranda", _("Home"), "home", (MEMBER,), unless=(MANAGER,)),
    Item("home", _("Home"), "home", (PUBLIC,), unless=(MANAGER, MEMBER)),
    Item("offers", _("Offers"), "in", (MEMBER,)),
    Item("work", _("My work"), "workshop", (MEMBER,)),
    Item("abilities", _("What I can do"), "calendar", (MEMBER,)),
    Item("results", _("Check results"), "search", (MEMBER,)),
    Item("my_money", _("My money"), "money", (MEMBER,)),
    Item("school", _("Our batik"), "school", (SCHOOL,)),
    Item("buyer", _("What you can order"), "box", (BUYER,)),
    Item("requests", _("Incoming"), "in", (MANAGER,)),
    Item("orders", _("Orders"), "order", (MANAGER, BUYER)),
    Item("plans", _("Plans"), "plan", (MANAGER, OFFICER)),
    Item("answers", _("Answers"), "phone", (MANAGER,)),
    Item("quality", _("Inspection"), "search", (MANAGER, INSPECTOR)),
    Item("buyer_quality", _("Quality"), "chart", (BUYER,)),
    Item("shipments", _("Shipments"), "out", (MANAGER, BUYER)),
    Item("invoices", _("Invoices"), "order", (MANAGER, TREASURER, BUYER)),
    Item("payments", _("Money in"), "in", (MANAGER, TREASURER, BUYER)),
    Item("books", _("Books"), "money", (MANAGER, TREASURER)),
    Item("settlements", _("Members' pay"), "people", (MANAGER, TREASURER)),
    Item("board", _("Work board"), "workshop", (MANAGER,)),
    Item("store", _("The hub"), "box", (MANAGER, INSPECTOR)),
    Item("members", _("Members"), "people", (MANAGER, OFFICER)),
    Item("parts", _("Parts"), "box", (MANAGER,)),
    Item("imports", _("Import"), "upload", (MANAGER,)),
    Item("bottlenecks", _("Bottlenecks"), "search", (OFFICER,)),
    Item("programme", _("Programme"), "chart", (OFFICER,)),
    Item("growth", _("Growth"), "chart", (OFFICER,)),
    Item("mandate", _("Batik mandate"), "school", (OFFICER,)),
    Item(
        "city_summary", _("The city at work"), "chart", (PUBLIC,), unless=(MANAGER, MEMBER, BUYER, TREASURER, INSPECTOR)
    ),
    Item("coverage", _("City batik"), "cloth", (PUBLIC,)),
    Item("forum", _("Forum"), "people", (PUBLIC,)),
]


def navigation(request: HttpRequest, person: Person) -> list[Link]:
    """The links that this person sees; the one that leads to this page is marked."""
    found = []
    for item in ITEMS:
        if any(map(person.holds, item.roles)) and not any(map(person.holds, item.unless)):
            try:
                found.append((item, reverse(item.route)))
            except NoReverseMatch:  # a screen of a room that isn't in this installation
                continue
    here = here_of(request.path, [url for _item, url in found])
    return [Link(url, item.label, item.icon, url == here) for item, url in found]


def here_of(path: str, urls: Iterable[str]) -> str | None:
    """The address that leads to this page, or nearest above it: of /kota/ and /kota/wajib-batik/ the longer."""
    above = [url for url in urls if path == url or (url != "/" and path.startswith(url))]
    return max(above, key=len, default=None)
