"""One part of an adopted package: what was promised and what came, week by week; begun, or given up with a reason."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wadah.base.clock import today
from wadah.programme.packages.following import WEEKS_BEFORE, followed_rows
from wadah.programme.packages.seen import items_seen
from wadah.programme.packages.studies import item_begin, item_give_up
from wadah.register.selectors import workshops_seen
from wadah.web.access import MANAGER, OFFICER, access, own_or_404, person_of
from wadah.web.editing import form_page
from wadah.web.forms import RowField
from wadah.web.views.city.programme import common, tables
from wadah.web.views.city.programme.common import cooperatives_seen, figure, may_write
from wadah.web.words import quantity_text

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from wadah.programme.models import StudyItem
    from wadah.programme.packages.following import Followed


class BeginForm(forms.Form):
    on = forms.DateField(
        label=gettext_lazy("Begun on"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    workshop = RowField(
        label=gettext_lazy("Workshop where the new group works"),
        required=False,
        told=lambda row: f"{row.code} · {row.name}",
        help_text=gettext_lazy("Once it is in the register; until then nobody can say what came."),
    )

    def __init__(self, *args: Any, roles: Any, row: StudyItem, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].initial = row.begun_on or today()
        if row.intervention.kind == "new_group":
            self.fields["workshop"].queryset = workshops_seen(roles).filter(archived_at__isnull=True)  # type: ignore[attr-defined]
            self.fields["workshop"].initial = row.workshop_now
        else:
            del self.fields["workshop"]


class GiveUpForm(forms.Form):
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=240, widget=forms.Textarea(attrs={"rows": "3"}))


@access(OFFICER, readers=(MANAGER,))
def item(request: HttpRequest, pk: int) -> HttpResponse:
    row = own_or_404(items_seen(cooperatives_seen(request)), pk=pk)
    (found,) = followed_rows([row])
    context = {
        "item": row,
        "title": row.intervention.name,
        "state": tables.state_text(row),
        "sentences": sentences(found),
        "answer": reverse("study", args=[row.study_id]),
        "history": common.history_of_row(row),
        "own": may_write(request),
    }
    return render(request, "programme/item.html", context)


def sentences(row: Followed) -> list[str]:
    """What was promised up to now, what came, and what was taken off."""
    words = {
        "weeks": row.weeks,
        "promised": figure(row.promised, 1),
        "came": figure(row.came, 1),
        "before": figure(row.before, 1),
        "of": WEEKS_BEFORE,
    }
    if row.item.begun_on is None:
        return [_("It hasn't begun, so nothing can have come of it yet.")]
    if row.came is None:
        return [_("The new group isn't in the register yet, so nobody can say what came.")]
    told = [_("In %(weeks)s whole weeks %(promised)s hours were promised, and %(came)s came.") % words]
    if row.pieces_promised is not None and row.pieces_came is not None:
        pieces = {"promised": quantity_text(row.pieces_promised), "came": quantity_text(row.pieces_came)}
        told.append(_("In pieces: %(promised)s promised, %(came)s came.") % pieces)
    told.append(
        _(
            "Hours count once their pieces are accepted. The %(before)s hours a week of the %(of)s weeks before are "
            "taken off. Other things change too, so this isn't proof of what the support did."
        )
        % words
    )
    return told


@access(OFFICER, methods=("GET", "POST"))
def item_started(request: HttpRequest, pk: int) -> HttpResponse:
    person = person_of(request)
    row = own_or_404(items_seen(cooperatives_seen(request)), pk=pk)
    here = reverse("study_item", args=[row.pk])

    def save(facts: dict[str, Any]) -> str:
        assert person.user is not None
        item_begin(item=row, by=person.user, **facts)
        messages.success(request, _("It has begun. What comes is counted from that week on."))
        return here

    form = BeginForm(request.POST or None, roles=person.roles, row=row)
    return form_page(request, form, title=_("It has begun"), back=here, save=save)


@access(OFFICER, methods=("GET", "POST"))
def item_given_up(request: HttpRequest, pk: int) -> HttpResponse:
    person = person_of(request)
    row = own_or_404(items_seen(cooperatives_seen(request)), pk=pk)
    here = reverse("study_item", args=[row.pk])

    def save(facts: dict[str, Any]) -> str:
        assert person.user is not None
        item_give_up(item=row, by=person.user, **facts)
        messages.success(request, _("It is given up. The reason stays with it."))
        return here

    form = GiveUpForm(request.POST or None)
    return form_page(request, form, title=_("Give it up"), back=here, save=save, action=_("Give it up"))
