"""The form that asks the growth question."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wadah.base.clock import today
from wadah.programme.growth.services import GROUPS_A_MONTH_MAX, SECONDS_MAX
from wadah.programme.models.growth import MONTHS_MAX
from wadah.register.selectors import kelurahan_all
from wadah.web.views.city.growth_words import said

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from wadah.programme.models import RampCurve
    from wadah.register.models import Cooperative

PERCENT = Decimal(100)


class GrowthForm(forms.Form):
    """Whose groups, from when on, until when, how fast they come to their full output, and where."""

    cooperative: forms.ModelChoiceField[Any] = forms.ModelChoiceField(None, label=_("Cooperative"), empty_label=None)
    start_on = forms.DateField(
        label=_("The first new groups begin"),
        help_text=_("On the first of this month."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    by_month = forms.IntegerField(
        label=_("Months until the year that is to be covered"),
        help_text=_("24: the third year. The year's cloths are made within that year."),
        min_value=0,
        max_value=MONTHS_MAX,
        initial=24,
    )
    groups_a_month = forms.IntegerField(
        label=_("Groups that can begin in one month"),
        help_text=_("As many as trainers can take on. 0: all at once."),
        min_value=0,
        max_value=GROUPS_A_MONTH_MAX,
        initial=0,
    )
    target_percent = forms.IntegerField(
        label=_("Percent of the year's cloths that counts as covered"), min_value=1, max_value=100, initial=100
    )
    ramp: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        None, label=_("How a new group comes to its full output"), empty_label=None
    )
    seconds_each = forms.IntegerField(
        label=_("Longest search for one plan, in seconds"),
        help_text=_("About twenty plans are made. A longer search narrows the answer."),
        min_value=1,
        max_value=SECONDS_MAX,
        initial=10,
    )
    areas: forms.ModelMultipleChoiceField[Any] = forms.ModelMultipleChoiceField(
        None,
        label=_("Kelurahan where groups would begin, in turn"),
        required=False,
        widget=forms.SelectMultiple(attrs={"size": "8"}),
    )

    def __init__(
        self, *args: Any, cooperatives: QuerySet[Cooperative], ramps: QuerySet[RampCurve], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        for name, rows in (("cooperative", cooperatives), ("ramp", ramps), ("areas", kelurahan_all())):
            self.fields[name].queryset = rows  # type: ignore[attr-defined]
        self.fields["ramp"].label_from_instance = lambda row: said(row.name)  # type: ignore[attr-defined]
        self.fields["start_on"].initial = today().replace(day=1)

    def facts(self) -> dict[str, Any]:
        """What the service takes."""
        facts = dict(self.cleaned_data)
        return facts | {"target": Decimal(facts.pop("target_percent")) / PERCENT}
