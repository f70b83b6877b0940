"""Forms about an experiment: begun, changed, its result, a photo."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wadah.base.clock import today
from wadah.forum.selectors.communities import communities_joined
from wadah.forum.selectors.experiments import experiments_all
from wadah.forum.selectors.ideas import ideas_all
from wadah.forum.words import Result
from wadah.web.editing import RowForm
from wadah.web.forms import RupiahField
from wadah.web.quantities import DayField, PhotoField
from wadah.web.views.forum.fields import CommunityField, WorkHoursField

if TYPE_CHECKING:
    from collections.abc import Mapping

    from wadah.forum.models import Experiment, Idea

LONG = forms.Textarea(attrs={"rows": 5})
RESULT_WORDS = [
    (Result.WORKED.value, _("It worked")),
    (Result.FAILED.value, _("It failed, and I know something more")),
    (Result.UNKNOWN.value, _("Not known yet")),
]


class ChangeForm(RowForm):
    question = forms.CharField(label=_("What do you want to know?"), max_length=200)
    method = forms.CharField(label=_("How do you try it?"), max_length=4000, widget=LONG)
    begun_on = DayField(label=_("First day"), initial=today)
    cost_rupiah = RupiahField(label=_("What does it cost?"), required=False)
    work_minutes = WorkHoursField(label=_("Hours of work"), required=False)
    named = forms.BooleanField(label=_("Everybody may read my name"), required=False)


class BeginForm(ChangeForm):
    """about: what the address names, to be told above the form."""

    community = CommunityField()
    idea: forms.ModelChoiceField[Idea] = forms.ModelChoiceField(None, required=False, widget=forms.HiddenInput)
    follows: forms.ModelChoiceField[Experiment] = forms.ModelChoiceField(
        None, required=False, widget=forms.HiddenInput, to_field_name="number"
    )

    def __init__(self, *args: Any, user: Any, asked: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["version"]
        choices: dict[str, Any] = {
            "community": communities_joined(user),
            "idea": ideas_all(),
            "follows": experiments_all(),
        }
        for name, rows in choices.items():
            self.fields[name].queryset = rows  # type: ignore[attr-defined]
        idea = choices["idea"].filter(pk=int(asked["idea"])).first() if whole(asked["idea"]) else None
        follows = choices["follows"].filter(number=asked["follows"]).first() if asked["follows"] else None
        self.fields["idea"].initial = idea.pk if idea else ""
        self.fields["follows"].initial = follows.number if follows else ""
        self.about = {"idea": idea, "follows": follows}

    def clean(self) -> dict[str, Any]:
        return super().clean() or {}


def whole(text: str) -> bool:
    return text.isdecimal() and text.isascii() and len(text) < 10


class ResultForm(forms.Form):
    result = forms.ChoiceField(label=_("What came out?"), choices=RESULT_WORDS, widget=forms.RadioSelect)
    lesson = forms.CharField(
        label=_("What can others learn from it?"),
        help_text=_("What would you tell a friend who wants to try the same?"),
        max_length=4000,
        widget=LONG,
        required=False,
    )
    on = DayField(label=_("Day of the result"), required=False)
    cost_rupiah = RupiahField(label=_("What did it cost in the end?"), required=False)
    work_minutes = WorkHoursField(label=_("Hours of work"), required=False)

    def __init__(self, *args: Any, row: Experiment, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = row.result != Result.UNKNOWN
        told: dict[str, Any] = {"lesson": row.lesson, "cost_rupiah": row.cost_rupiah, "work_minutes": row.work_minutes}
        told |= {"result": row.result} if known else {}
        told |= {"on": row.result_on or today()}
        for name, value in told.items():
            self.fields[name].initial = value


class PhotoForm(forms.Form):
    photo = PhotoField(required=True)
    caption = forms.CharField(
        label=_("What does it show?"), help_text=_("It is read to those who can't see it."), max_length=160
    )
