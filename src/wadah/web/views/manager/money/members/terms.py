"""What members agreed on: savings, how fast advances are paid back, fines; dated, with the meeting that decided."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wadah.ledger.selectors.members_money import terms_held, terms_seen
from wadah.ledger.services.terms import terms_set
from wadah.units import decimal_text
from wadah.web.access import MANAGER, TREASURER, access
from wadah.web.editing import form_page
from wadah.web.lists import ListColumn, Listing, list_page
from wadah.web.views.manager.money.common import cooperatives_of, day_text, rupiah_column
from wadah.web.views.manager.money.members.common import keeper, shelf
from wadah.web.views.manager.money.members.forms import TermsForm
from wadah.web.views.manager.money.members.words import FIELDS
from wadah.web.words import language

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


def rupiah(key: str) -> ListColumn:
    return rupiah_column(key, FIELDS[key], sort=())


def percent(key: str) -> ListColumn:
    return ListColumn(
        key,
        FIELDS[key],
        text=lambda row: f"{decimal_text(getattr(row, key), 3, language())}%",
        value=lambda row: getattr(row, key),
        numeric=True,
    )


LISTING = Listing(
    "ketentuan-anggota",
    gettext_lazy("What members agreed on"),
    [
        ListColumn(
            "from", gettext_lazy("From"), text=lambda row: day_text(row.valid_from), value=lambda row: row.valid_from,
            badge=lambda row: "simulated" if row.simulated else "",
        ),
        ListColumn("decided_by", gettext_lazy("Decided by"), text=lambda row: row.decided_by),
        rupiah("principal_saving_rupiah"),
        rupiah("mandatory_saving_rupiah_month"),
        percent("voluntary_percent"),
        percent("recovery_percent_max"),
        percent("penalty_percent_week"),
        percent("penalty_cap_percent"),
    ],
    empty=gettext_lazy(
        "Nothing is agreed on yet: nobody saves, nobody is fined, and no advances can be given. "
        "Enter what the members' meeting decided."
    ),
)  # fmt: skip


@access(MANAGER, TREASURER)
def member_terms(request: HttpRequest) -> HttpResponse:
    rows = terms_seen(cooperatives_of(request))
    return list_page(request, LISTING, rows, add=reverse("member_terms_add"), **shelf(request))


@access(MANAGER, TREASURER, methods=("GET", "POST"))
def member_terms_add(request: HttpRequest) -> HttpResponse:
    """New terms from a day on; the form begins with those that hold."""
    own = sorted(cooperatives_of(request))
    held = terms_held(own[0]) if len(own) == 1 and request.method == "GET" else None
    form = TermsForm(request.POST or None, cooperatives=own, held=held)

    def save(facts: dict[str, Any]) -> str:
        terms_set(by=keeper(request), **facts)
        return reverse("member_terms")

    title = _("What members agreed on")
    return form_page(request, form, title=title, back=reverse("member_terms"), save=save)
