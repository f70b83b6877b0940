"""The form that starts a plan."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wadah.base.clock import monday, today
from wadah.plans.services import SECONDS_MAX, WEEKS_MAX

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from wadah.register.models import Cooperative


class PlanForm(forms.Form):
    """Which cooperative, from which Monday, how many weeks, and how long the planner may search."""

    cooperative: forms.ModelChoiceField[Any] = forms.ModelChoiceField(None, label=_("Cooperative"), empty_label=None)
    start_on = forms.DateField(
        label=_("From"),
        help_text=_("The plan starts on the Monday of this week."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    weeks = forms.IntegerField(label=_("Weeks"), min_value=1, max_value=WEEKS_MAX, initial=26)
    time_limit_seconds = forms.IntegerField(
        label=_("Longest search, in seconds"),
        help_text=_("A longer search finds a cheaper plan, or proves better how good it is."),
        min_value=1,
        max_value=SECONDS_MAX,
        initial=30,
    )

    def __init__(self, *args: Any, cooperatives: QuerySet[Cooperative], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice = self.fields["cooperative"]
        assert isinstance(choice, forms.ModelChoiceField)
        choice.queryset = cooperatives
        self.fields["start_on"].initial = monday(today()) + timedelta(weeks=1)
