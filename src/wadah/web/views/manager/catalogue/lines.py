"""What goes into a part and the steps it goes through, edited line by line on one form; empty lines are left out."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wadah.base.clock import today
from wadah.catalogue.rules import Step
from wadah.catalogue.selectors import parts_all, parts_open
from wadah.catalogue.services import bom_set, part_route
from wadah.register.selectors import skills_all
from wadah.web.access import MANAGER, access, own_or_404, person_of
from wadah.web.views.manager.catalogue import common
from wadah.web.views.manager.catalogue.forms import NumberField
from wadah.web.views.manager.register.common import skill_name
from wadah.web.words import part_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from django.http import HttpRequest, HttpResponse

    from wadah.catalogue.models import Part

LINES_SPARE = 4


class LinesForm(forms.Form):
    """So many lines of the same fields; a line whose first field is empty is left out."""

    columns: tuple[str, ...] = ()

    def __init__(self, data: Any, *, held: Sequence[Sequence[Any]]) -> None:
        super().__init__(data)
        self.count = len(held) + LINES_SPARE
        for number in range(self.count):
            values = held[number] if number < len(held) else [None] * len(self.columns)
            for name, value in zip(self.columns, values, strict=True):
                self.fields[f"{name}_{number}"] = self.made(name, value)

    def made(self, name: str, value: Any) -> forms.Field:
        raise NotImplementedError

    def rows(self) -> list[list[forms.BoundField]]:
        return [[self[f"{name}_{number}"] for name in self.columns] for number in range(self.count)]

    def filled(self) -> Iterator[tuple[int, list[Any]]]:
        """The lines whose first field holds something: number, values."""
        for number in range(self.count):
            values = [self.cleaned_data.get(f"{name}_{number}") for name in self.columns]
            if values[0]:
                yield number, values


class BomForm(LinesForm):
    columns = ("code", "quantity")

    def made(self, name: str, value: Any) -> forms.Field:
        if name == "quantity":
            return NumberField(label=_("For one piece"), places=6, required=False, initial=value)
        widget = forms.TextInput(attrs={"list": "codes", "autocomplete": "off"})
        return forms.CharField(label=_("Code"), required=False, max_length=80, initial=value, widget=widget)

    def clean(self) -> dict[str, Any]:
        facts = super().clean() or {}
        found = {row.code.lower(): row for row in parts_open()}
        lines = []
        for number, (code, quantity) in self.filled():
            part = found.get(code.strip().lower())
            if part is None:
                self.add_error(f"code_{number}", _("There is no part with the code “%(code)s”.") % {"code": code})
            elif quantity is None and f"quantity_{number}" not in self.errors:
                self.add_error(f"quantity_{number}", _("How many go into one piece?"))
            else:
                lines.append((part, quantity))
        return {**facts, "components": lines}


class StepsForm(LinesForm):
    columns = ("name", "skill", "minutes", "setup", "joined")

    def made(self, name: str, value: Any) -> forms.Field:
        if name == "name":
            return forms.CharField(label=_("What the piece is then"), required=False, max_length=40, initial=value)
        if name == "skill":
            choices = [("", common.NOTHING), *((row.code, skill_name(row)) for row in self.skills())]
            return forms.ChoiceField(label=_("Process"), required=False, choices=choices, initial=value)
        if name == "joined":
            return forms.BooleanField(label=_("With the step before"), required=False, initial=value)
        label, places = (_("Minutes a piece"), 4) if name == "minutes" else (_("Minutes to set up"), 2)
        return NumberField(label=label, places=places, required=False, initial=value)

    def skills(self) -> list[Any]:
        if not hasattr(self, "kept"):
            self.kept = list(skills_all())
        return self.kept

    def clean(self) -> dict[str, Any]:
        facts = super().clean() or {}
        steps = []
        for number, (name, skill, minutes, setup, joined) in self.filled():
            if not skill:
                self.add_error(f"skill_{number}", _("Choose the process of this step."))
            elif minutes is None and f"minutes_{number}" not in self.errors:
                self.add_error(f"minutes_{number}", _("How many minutes does one piece take?"))
            else:
                steps.append(Step(name, skill, minutes or Decimal(0), setup or Decimal(0), bool(joined)))
        return {**facts, "steps": steps}


def line_part(request: HttpRequest, pk: int) -> Part:
    return own_or_404(parts_all(common.roles_of(request), today()), pk=pk)


@access(MANAGER, methods=("GET", "POST"))
def part_bom(request: HttpRequest, pk: int) -> HttpResponse:
    row = line_part(request, pk)
    held = [(line.component.code, line.quantity) for line in row.bom.select_related("component")]
    return common.catalogue_form(
        request,
        BomForm(request.POST or None, held=held),
        title=_("What goes into one %(part)s") % {"part": part_name(row)},
        back=reverse("part", args=[pk]),
        write=lambda facts: bom_set(part=row, components=facts["components"], by=person_of(request).user),
        codes=[(part.code, part_name(part)) for part in parts_open()],
        hint=gettext_lazy("Empty a code to take the line out. For more lines, save and open this again."),
        template="catalogue/lines.html",
    )


@access(MANAGER, methods=("GET", "POST"))
def part_routing(request: HttpRequest, pk: int) -> HttpResponse:
    """The steps; what goes into the first of them stays as it is."""
    row = line_part(request, pk)
    held = [
        (step.name, step.skill.code, step.minutes_per_piece, step.setup_minutes, step.with_previous)
        for step in row.routing.select_related("skill")
    ]
    return common.catalogue_form(
        request,
        StepsForm(request.POST or None, held=held),
        title=_("The steps of %(part)s") % {"part": part_name(row)},
        back=reverse("part", args=[pk]),
        write=lambda facts: part_route(
            part=row, steps=facts["steps"], materials=first_materials(row), by=person_of(request).user
        ),
        hint=gettext_lazy("A step that another workshop could do becomes a part of its own."),
        template="catalogue/lines.html",
    )


def first_materials(part: Part) -> list[tuple[Part, Decimal]]:
    """What goes into the first of a part's steps."""
    first = part
    while True:
        lines = list(first.bom.select_related("component"))
        before = [line.component for line in lines if line.component.routed_from_id == part.pk]
        if not before:
            return [(line.component, line.quantity) for line in lines]
        first = before[0]
