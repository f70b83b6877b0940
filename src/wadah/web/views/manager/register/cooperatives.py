"""The cooperative's own settings, how it shares work, and who holds its offices."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wadah.base.clock import today
from wadah.base.errors import Refused
from wadah.register.selectors import FAIRNESS_KEYS, OFFICES, cooperatives_kept, offices_kept
from wadah.register.services import (
    cooperative_correct,
    cooperative_policy_set,
    membership_close,
    membership_reopen,
    office_open,
)
from wadah.web.access import MANAGER, access, own_or_404, person_of
from wadah.web.editing import RowForm, form_page
from wadah.web.forms import RupiahField
from wadah.web.quantities import DayField
from wadah.web.views.manager.register import common
from wadah.web.views.manager.register.forms import WholeField

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


class CooperativeForm(RowForm):
    name = forms.CharField(label=gettext_lazy("Name"), max_length=160)
    legal_number = forms.CharField(label=gettext_lazy("Legal number"), required=False, max_length=60)
    founded_on = DayField(label=gettext_lazy("Founded on"), required=False)


class PolicyForm(RowForm):
    """How work is shared; the amounts weigh in the plan, nobody pays them."""

    fairness_key = forms.ChoiceField(label=gettext_lazy("Work is shared"), choices=FAIRNESS_KEYS)
    target_percent = WholeField(
        label=gettext_lazy("Target in percent"),
        most=100,
        help_text=gettext_lazy("How much of that share each workshop should get at least. 0: no target."),
    )
    below_target_cost_rupiah_hour = RupiahField(
        label=gettext_lazy("Weight of an hour below the target"),
        help_text=gettext_lazy("How much dearer a plan may be for one hour that goes to whoever has too few."),
    )
    engage_cost_rupiah = RupiahField(
        label=gettext_lazy("Cost of one more workshop in a plan"),
        help_text=gettext_lazy("A visit, a mould carried over."),
    )


class OfficeForm(forms.Form):
    """Who holds the office; a phone that has an account already is that person."""

    role = forms.ChoiceField(label=gettext_lazy("Office"), choices=OFFICES)
    name = forms.CharField(label=gettext_lazy("Name"), max_length=120)
    phone = forms.CharField(
        label=gettext_lazy("Phone number"),
        max_length=30,
        widget=forms.TextInput(attrs={"type": "tel", "inputmode": "tel"}),
    )
    joined_on = DayField(label=gettext_lazy("From"))
    adult = forms.BooleanField(label=gettext_lazy("This person says to be 18 or older"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["joined_on"].initial = today()


@access(MANAGER)
def cooperatives(request: HttpRequest) -> HttpResponse:
    """Every cooperative that the person manages, with its offices, today's first."""
    roles = person_of(request).roles
    offices = list(offices_kept(roles))
    rows = [
        (
            row,
            [place for place in offices if place.cooperative_id == row.pk and place.left_on is None],
            [place for place in offices if place.cooperative_id == row.pk and place.left_on is not None],
        )
        for row in cooperatives_kept(roles)
    ]
    return render(request, "register/cooperatives.html", {"rows": rows, "ways": common.ways(request)})


@access(MANAGER, methods=("GET", "POST"))
def cooperative_edit(request: HttpRequest, pk: int) -> HttpResponse:
    row = own_or_404(cooperatives_kept(person_of(request).roles), pk=pk)

    def save(facts: dict[str, Any]) -> str:
        cooperative_correct(cooperative=row, by=person_of(request).user, **facts)
        messages.success(request, _("Saved."))
        return reverse("cooperatives")

    form = CooperativeForm(request.POST or None, row=row)
    title = _("Change %(name)s") % {"name": row.name}
    return form_page(request, form, title=title, back=reverse("cooperatives"), save=save)


@access(MANAGER, methods=("GET", "POST"))
def cooperative_policy(request: HttpRequest, pk: int) -> HttpResponse:
    row = own_or_404(cooperatives_kept(person_of(request).roles), pk=pk)

    def save(facts: dict[str, Any]) -> str:
        cooperative_policy_set(cooperative=row, by=person_of(request).user, **facts)
        messages.success(request, _("Saved. The next plan follows it."))
        return reverse("cooperatives")

    form = PolicyForm(request.POST or None, row=row)
    title = _("How %(name)s shares work") % {"name": row.name}
    return form_page(request, form, title=title, back=reverse("cooperatives"), save=save)


@access(MANAGER, methods=("GET", "POST"))
def office_add(request: HttpRequest, pk: int) -> HttpResponse:
    """pk: of the cooperative."""
    row = own_or_404(cooperatives_kept(person_of(request).roles), pk=pk)
    user = person_of(request).user

    def save(facts: dict[str, Any]) -> str:
        assert user is not None
        office_open(cooperative=row, by=user, **facts)
        messages.success(request, _("Saved. Hand this person a sign-in link next."))
        return reverse("cooperatives")

    form = OfficeForm(request.POST or None)
    title = _("An office of %(name)s") % {"name": row.name}
    return form_page(request, form, title=title, back=reverse("cooperatives"), save=save)


@access(MANAGER, methods=("POST",))
def office_end(request: HttpRequest, pk: int) -> HttpResponse:
    """pk: of the person's place; it ends today."""
    row = own_or_404(offices_kept(person_of(request).roles), pk=pk)
    if row.user_id == getattr(person_of(request).user, "pk", None):
        raise Refused(_("Nobody ends their own office: another manager does."))
    membership_close(membership=row, left_on=max(today(), row.joined_on), by=person_of(request).user)
    messages.success(request, _("The office ends today. It can be brought back below."))
    return HttpResponseRedirect(reverse("cooperatives"))


@access(MANAGER, methods=("POST",))
def office_return(request: HttpRequest, pk: int) -> HttpResponse:
    row = own_or_404(offices_kept(person_of(request).roles), pk=pk)
    membership_reopen(membership=row, by=person_of(request).user)
    messages.success(request, _("Brought back."))
    return HttpResponseRedirect(reverse("cooperatives"))
