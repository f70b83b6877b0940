"""*Mutu data*: what is missing or stale, where, and who could fill it (docs/city.md D1, D2)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wadah.base.clock import business_date, today
from wadah.observatory.rules.classes import classes_of
from wadah.observatory.rules.spans import span_of
from wadah.observatory.selectors.gaps import (
    CONFIRMED,
    GAPS,
    OF_WORKSHOPS,
    certificates_ended,
    firms_confirmed,
    firms_lacking,
    firms_to_fill,
    freshness,
    managers_by_cooperative,
)
from wadah.observatory.selectors.kelurahan import MEASURES, city_map
from wadah.register.models import Membership
from wadah.register.rules import is_open_on
from wadah.register.selectors import firms_seen, folded_search
from wadah.units import date_text
from wadah.web.access import MANAGER, OFFICER, access, person_of
from wadah.web.lists import ListColumn, ListFilter, Listing, list_page
from wadah.web.views.city.observatory import sentences
from wadah.web.views.city.observatory.common import scope_of, ways
from wadah.web.views.city.observatory.map import legend, picture
from wadah.web.words import language

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from wadah.register.models import Ikm
    from wadah.web.access import Person

NOTHING = "–"


@access(OFFICER, MANAGER)
def gaps(request: HttpRequest) -> HttpResponse:
    person = person_of(request)
    listing = listing_of(managers_by_cooperative(today()))
    rows = firms_to_fill(firms_seen(person.roles))
    return list_page(
        request, listing, rows, template="observatory/gaps.html", ways=ways("city_gaps", person), **drawn(person)
    )


def drawn(person: Person) -> dict[str, Any]:
    """The map and the counts, for whoever looks after the city or a part of it."""
    if not person.roles.officer:
        return {}
    scope, measure = scope_of(person), MEASURES["data"]
    found = city_map(measure, span_of(today()), scope)
    classes = classes_of(place.value or 0.0 for place in found.places if place.known)
    return {
        "map": picture(found, classes),
        "measure": measure,
        "legend": legend(classes, measure, found),
        "sentence": sentences.map_sentence(found),
        "fresh": freshness(scope),
        "ended": certificates_ended(scope, today()),
    }


def listing_of(managers: dict[int, list[str]]) -> Listing:
    return Listing(
        "mutu-data",
        gettext_lazy("What is missing or stale?"),
        [
            ListColumn(
                "usaha", gettext_lazy("Firm"), lambda row: row.name, sort=("name",), url=firm_url, badge=made_up
            ),
            ListColumn(
                "kelurahan",
                gettext_lazy("Kelurahan"),
                lambda row: row.area.name_spaced if row.area else NOTHING,
                sort=("area__name_spaced",),
            ),
            ListColumn("kurang", gettext_lazy("Missing"), lacking_text),
            ListColumn("siapa", gettext_lazy("Who could fill it"), lambda row: who_text(row, managers)),
            ListColumn(
                "pasti",
                gettext_lazy("Last confirmed"),
                confirmed_text,
                value=lambda row: business_date(row.confirmed_at) if is_confirmed(row) else None,
                sort=("confirmed_at",),
            ),
        ],
        search=lambda rows, text: folded_search(rows, text, "name", "owner_name"),
        filters=[
            ListFilter(
                "kurang",
                gettext_lazy("Missing"),
                lambda: [("any", gettext_lazy("anything")), *GAPS.items()],
                firms_lacking,
                initial="any",
            ),
            ListFilter("pasti", gettext_lazy("Last confirmed"), lambda: list(CONFIRMED.items()), firms_confirmed),
        ],
        empty=gettext_lazy("No firm is in the register yet."),
    )


def made_up(row: Ikm) -> str:
    return "simulated" if row.simulated else ""


def lacks(row: Any) -> list[str]:
    return [key for key in GAPS if getattr(row, f"lacks_{key}")]


def lacking_text(row: Any) -> str:
    return ", ".join(str(GAPS[key]) for key in lacks(row)) or _("nothing")


def places_now(row: Ikm) -> list[Membership]:
    """The firm's places of today, from what is at hand."""
    held = [place for place in row.memberships.all() if place.role == Membership.Role.MEMBER]
    return [place for place in held if is_open_on(today(), place.joined_on, place.left_on)]


def firm_url(row: Ikm) -> str:
    held = places_now(row)
    return reverse("member", args=[held[0].pk]) if held else ""


def who_text(row: Any, managers: dict[int, list[str]]) -> str:
    """The cooperative's managers; and the member, where one signs in and it is about the workshop."""
    missing, held = lacks(row), places_now(row)
    if not missing and is_confirmed(row):
        return NOTHING
    if not held:
        return _("The department: the firm is in no cooperative.")
    said = []
    if (not missing or set(missing) & set(OF_WORKSHOPS)) and any(place.user_id for place in held):
        said.append(_("the member, by phone"))
    for place in held:
        names = ", ".join(managers.get(place.cooperative_id, [])) or _("nobody yet")
        said.append(
            _("manager of %(cooperative)s: %(names)s") % {"cooperative": place.cooperative.name, "names": names}
        )
    return "; ".join(said)


def is_confirmed(row: Any) -> bool:
    return row.confirmed_at is not None and not row.unconfirmed


def confirmed_text(row: Any) -> str:
    return date_text(business_date(row.confirmed_at), language()) if is_confirmed(row) else _("never")
