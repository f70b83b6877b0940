"""Pages with one form that adds or changes one object: the same story everywhere.

    form = MemberForm(request.POST or None, row=member)
    return form_page(request, form, title=_("Change a member"), back=reverse("members"),
                     save=lambda facts: saved(ikm_correct(ikm=member.ikm, by=user, **facts)))

A refusal of the service is shown on the form; what was typed stays. A form opened before somebody else changed the same
object says so and is sent again only on purpose.
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

from django import forms
from django.http import HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from wadah.base.errors import Refused
from wadah.base.history import plain
from wadah.web.forms import refuse

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from django.db.models import Model
    from django.http import HttpRequest, HttpResponse
    from django.utils.functional import _StrPromise

    Words = str | _StrPromise


class RowForm(forms.Form):
    """A form about a row (None: a new one): its fields begin with the row's columns of the same names.

    columns: of the row that the form shows; left out, every field that the row has a column for.
    """

    version = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, row: Model | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.row = row
        if row is not None:
            for name in self.columns():
                self.fields[name].initial = getattr(row, name)
            self.fields["version"].initial = version_of(row, self.columns())

    def columns(self) -> list[str]:
        return [name for name in self.fields if name != "version" and self.row is not None and hasattr(self.row, name)]

    def clean(self) -> dict[str, Any]:
        """Refuse what was typed over an older state of the row; sent once more, it counts."""
        facts = super().clean() or {}
        typed_over = facts.pop("version", "")
        if self.row is None or typed_over == version_of(self.row, self.columns()):
            return facts
        if isinstance(self.data, QueryDict):
            self.data = self.data.copy()
            self.data[self.add_prefix("version")] = version_of(self.row, self.columns())
        raise forms.ValidationError(
            _("Somebody changed this while you were typing. Look at its history, then send again to write over it.")
        )


def version_of(row: Model, columns: Iterable[str]) -> str:
    """A short hash of the row's columns as they stand."""
    text = json.dumps([(name, told(getattr(row, name))) for name in columns], default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def told(value: Any) -> Any:
    return sorted(value.values_list("pk", flat=True)) if hasattr(value, "values_list") else plain(value)


def form_page(
    request: HttpRequest,
    form: forms.Form,
    *,
    title: Words,
    save: Callable[[dict[str, Any]], str],
    back: str,
    action: Words = "",
    template: str = "forms/form.html",
    **context: Any,
) -> HttpResponse:
    """Show the form, or save what it holds and go where `save` says (an address).

    save: takes the form's cleaned values; a Refused that it raises is shown on the form, and nothing is written.
    """
    if request.method == "POST" and form.is_valid():
        try:
            return HttpResponseRedirect(save(form.cleaned_data))
        except Refused as refused:
            refuse(form, refused)
    shown = {"form": form, "title": title, "back": back, "action": action or _("Save")}
    return render(request, template, shown | context, status=400 if form.errors else 200)
