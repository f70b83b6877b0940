"""What work is shared by: the hours that a member wishes for, and the weight that the cooperative gives its need."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wadah import units
from wadah.register.selectors import workshops_kept
from wadah.register.services.sharing import workshop_need_set, workshop_wish_set
from wadah.web.access import MANAGER, access, own_or_404, person_of
from wadah.web.editing import form_page
from wadah.web.forms import UnitField
from wadah.web.views.manager.register.common import hours_text

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from wadah.register.models import Workshop

WEEK_HOURS = 7 * 24
WEIGHT_MOST = 10


class WeekHoursField(UnitField):
    """Hours in a week ("20", "7,5"), kept as minutes; empty: not told."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})

    def read(self, text: str) -> int:
        if text.startswith("-"):
            raise units.UnitError("negative", text)
        hours = units.number_read(text, grouped=False)
        if hours > WEEK_HOURS:
            message = gettext_lazy("A week has %(hours)s hours; “%(typed)s” is more.")
            raise forms.ValidationError(message, params={"hours": WEEK_HOURS, "typed": text[:20]})
        return int((hours * units.MINUTES_AN_HOUR).quantize(Decimal(1)))

    def prepare_value(self, value: Any) -> Any:
        return hours_text(value) if isinstance(value, int) else value


class SharingForm(forms.Form):
    wish = WeekHoursField(
        label=gettext_lazy("Hours of work wished for in a week"),
        help_text=gettext_lazy("Empty while they haven't said. They can tell it on their phone, too."),
        required=False,
    )
    need_weight = forms.DecimalField(
        label=gettext_lazy("Weight of its need"),
        help_text=gettext_lazy("1 for everybody; 2 means twice the work, where work is shared by need."),
        min_value=0,
        max_value=WEIGHT_MOST,
        decimal_places=2,
        localize=True,
        initial=1,
    )
    need_reason = forms.CharField(
        label=gettext_lazy("Why"),
        help_text=gettext_lazy("As the members decided it, with the day. Only managers see weight and reason."),
        required=False,
        max_length=240,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


def told(row: Workshop) -> dict[str, Any]:
    weight = row.need_weight.normalize()
    return {
        "wish": row.wish_minutes_week,
        "need_weight": weight.quantize(Decimal(1)) if weight == weight.to_integral_value() else weight,
        "need_reason": row.need_reason,
    }


@access(MANAGER, methods=("GET", "POST"))
def workshop_sharing(request: HttpRequest, pk: int) -> HttpResponse:
    """pk: of the workshop."""
    row = own_or_404(workshops_kept(person_of(request).roles), pk=pk)
    page = reverse("workshop", args=[pk])
    by = person_of(request).user

    @transaction.atomic
    def save(facts: dict[str, Any]) -> str:
        workshop_wish_set(workshop=row, minutes_week=facts["wish"], by=by)
        workshop_need_set(workshop=row, weight=facts["need_weight"], reason=facts["need_reason"], by=by)
        messages.success(request, _("Saved. The next plan follows it."))
        return page

    form = SharingForm(request.POST or None, initial=told(row))
    return form_page(request, form, title=_("Wish and need of %(name)s") % {"name": row.name}, back=page, save=save)
