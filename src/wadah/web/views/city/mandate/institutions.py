"""What an officer does for one school or office: opens its account to order with, writes down its stated budget."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from wadah.base.clock import today
from wadah.demand.selectors import institutions_listed
from wadah.demand.services import budget_state, institution_open
from wadah.register.selectors import cooperatives_named
from wadah.web.access import MANAGER, OFFICER, access, own_or_404, person_of
from wadah.web.editing import form_page
from wadah.web.forms import RupiahField
from wadah.web.quantities import DayField
from wadah.web.views.manager.demand.forms import choose
from wadah.web.views.school.common import year_now

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

YEAR_FIRST, YEAR_LAST = 2015, 2100


class AccountForm(forms.Form):
    name = forms.CharField(label=_("Name of the person"), max_length=120)
    phone = forms.CharField(
        label=_("Phone number"),
        help_text=_("Like 0812-3456-7890"),
        max_length=30,
        widget=forms.TextInput({"type": "tel"}),
    )
    cooperative: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        None, label=_("May ask this cooperative"), empty_label=None
    )
    address = forms.CharField(
        label=_("Address"),
        help_text=_("As it stands on papers."),
        required=False,
        max_length=500,
        widget=forms.Textarea({"rows": 3}),
    )
    adult = forms.BooleanField(label=_("Says to be 18 or older"))


class BudgetForm(forms.Form):
    year = forms.IntegerField(label=_("Year"), min_value=YEAR_FIRST, max_value=YEAR_LAST)
    rupiah = RupiahField(label=_("Budget for goods"))
    small_elsewhere_rupiah = RupiahField(
        label=_("Of it, bought from small firms outside Wadah"),
        help_text=_("Leave it empty where it isn't known. Unknown stays unknown."),
        required=False,
    )
    stated_on = DayField(label=_("Stated on"))
    source = forms.CharField(label=_("Source"), max_length=500)


@access(MANAGER, OFFICER, methods=("GET", "POST"))
def institution_account(request: HttpRequest, code: str) -> HttpResponse:
    """A person may order and receive for it. A manager opens it for the own cooperative, an officer for any."""
    row = own_or_404(institutions_listed(), code=code)
    here, person = reverse("institution", args=[row.code]), person_of(request)
    cooperatives = cooperatives_named()
    if not person.holds(OFFICER):
        cooperatives = cooperatives.filter(pk__in=person.roles.cooperatives_managed)

    def save(facts: dict[str, Any]) -> str:
        contact = institution_open(institution=row, by=person.user, **facts)
        told = gettext("%(name)s may order for %(institution)s now, and signs in with the phone number.")
        messages.success(request, told % {"name": contact.user.name, "institution": row.name})
        return here

    form = AccountForm(request.POST or None)
    choose(form, cooperative=cooperatives)
    title = gettext("Who orders for %(name)s?") % {"name": row.name}
    return form_page(request, form, title=title, back=here, save=save)


@access(OFFICER, methods=("GET", "POST"))
def budget_add(request: HttpRequest, code: str) -> HttpResponse:
    row = own_or_404(institutions_listed(), code=code)
    here = reverse("institution", args=[row.code])

    def save(facts: dict[str, Any]) -> str:
        budget_state(institution=row, by=person_of(request).user, **facts)
        return here

    form = BudgetForm(request.POST or None, initial={"year": year_now(), "stated_on": today()})
    title = gettext("Budget for goods of %(name)s") % {"name": row.name}
    return form_page(request, form, title=title, back=here, save=save)
