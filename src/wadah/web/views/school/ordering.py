"""An order out of the sizes: which cloth for which group, by when, from which cooperative."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from wadah.base.clock import today
from wadah.demand.selectors import cooperatives_asked
from wadah.demand.selectors.schools import cloths_offered, sizes_by_group, sizes_open
from wadah.demand.services import sizes_request
from wadah.demand.words import Group
from wadah.web.access import SCHOOL, access, person_of
from wadah.web.editing import form_page
from wadah.web.quantities import DayField
from wadah.web.views.school.common import own, year_asked
from wadah.web.words import part_name

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from django.http import HttpRequest, HttpResponse

    from wadah.catalogue.models import Part
    from wadah.register.models import Cooperative

WEEKS_AHEAD = 8


class OrderForm(forms.Form):
    """A cloth for each group that has open sizes; nothing chosen leaves the group out."""

    cooperative: forms.ModelChoiceField[Any] = forms.ModelChoiceField(None, label=_("Ask"), empty_label=None)
    wanted_on = DayField(label=_("When do you need them?"))
    note = forms.CharField(
        label=_("Anything else they should know"), required=False, max_length=2_000, widget=forms.Textarea({"rows": 3})
    )

    def __init__(
        self,
        *args: Any,
        groups: Mapping[str, str],
        cooperatives: Any,
        cloths: Sequence[tuple[Cooperative, Part]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.cloths = {(cooperative.pk, part.pk): part for cooperative, part in cloths}
        choice = self.fields["cooperative"]
        assert isinstance(choice, forms.ModelChoiceField)
        choice.queryset = cooperatives
        if len(cooperatives) == 1:
            choice.initial, choice.widget = cooperatives[0].pk, forms.HiddenInput()
        parts = {part.pk: part_name(part) for _cooperative, part in cloths}
        self.groups = list(groups)
        for group, told in groups.items():
            self.fields[f"kain-{group}"] = forms.ChoiceField(
                label=gettext("Cloth for %(group)s") % {"group": Group(group).label},
                help_text=told,
                choices=[("", gettext("not now")), *((str(key), name) for key, name in parts.items())],
                required=False,
            )
        self.order_fields(["cooperative", *(f"kain-{group}" for group in groups), "wanted_on", "note"])

    def clean_wanted_on(self) -> dt.date:
        day: dt.date = self.cleaned_data["wanted_on"]
        if day <= today():
            raise forms.ValidationError(gettext("That day has passed. Choose a later one."))
        return day

    def clean(self) -> dict[str, Any]:
        facts = super().clean() or {}
        cooperative = facts.get("cooperative")
        parts: dict[str, Part] = {}
        for group in self.groups:
            key = facts.pop(f"kain-{group}", "")
            if not key or cooperative is None:
                continue
            part = self.cloths.get((cooperative.pk, int(key)))
            if part is None:
                self.add_error(f"kain-{group}", gettext("This cooperative doesn't make it. Choose another cloth."))
            else:
                parts[group] = part
        if not parts and not self.errors:
            self.add_error(None, gettext("Choose a cloth for at least one group."))
        return facts | {"parts": parts}


@access(SCHOOL, methods=("GET", "POST"))
def school_order(request: HttpRequest, code: str, year: int) -> HttpResponse:
    row, year = own(request, code), year_asked(year)
    here = reverse("school_year", args=[row.code, year])
    open_sizes = sizes_by_group(sizes_open(row, year))
    assert row.buyer is not None  # `own` finds it by its buyer
    cooperatives = cooperatives_asked([row.buyer.pk])
    cloths = cloths_offered(cooperatives)
    if not open_sizes or not cloths:
        return render(request, "school/nothing.html", {"row": row, "year": year, "back": here, "cloths": bool(cloths)})
    form = OrderForm(
        request.POST or None,
        groups={group: ", ".join(f"{size} {pieces}" for size, pieces in sizes) for group, sizes in open_sizes.items()},
        cooperatives=cooperatives,
        cloths=cloths,
        initial={"wanted_on": today() + dt.timedelta(weeks=WEEKS_AHEAD)},
    )

    def save(facts: dict[str, Any]) -> str:
        asked = sizes_request(institution=row, year=year, by=person_of(request).user, **facts)
        messages.success(request, gettext("%(number)s is sent. The answer will stand here.") % {"number": asked.number})
        return here

    return form_page(
        request,
        form,
        title=gettext("Order batik for %(year)s") % {"year": year},
        back=here,
        action=gettext("Ask for price and day"),
        template="school/order.html",
        save=save,
    )
