"""How lots of a part are inspected, from a day on: its plans, those that went before, and what an inspector reads."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django import forms
from django.db.models import Q
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wadah.base.clock import today
from wadah.base.errors import ReadOnly
from wadah.units import UnitError, date_text, decimal_text
from wadah.web.access import INSPECTOR, MANAGER, access, own_or_404, person_of
from wadah.web.forms import MISTAKES
from wadah.web.lists import ListColumn, Listing, list_page
from wadah.web.quantities import DayField
from wadah.web.tables import Column, Table
from wadah.web.views.manager.catalogue.forms import CooperativeField, PartField, ShareField, narrowed
from wadah.web.views.manager.catalogue.lines import LinesForm
from wadah.web.views.manager.quality.common import (
    act_page,
    cooperatives_of,
    history_of_row,
    managed,
    user_of,
    ways,
)
from wadah.web.views.manager.quality.forms import signed_read, whole
from wadah.web.views.manager.quality.words import CLASS_HINTS, class_label, rule_text, rules_text
from wadah.web.words import language, part_name
from wadah.work.rules.inspecting import CLASSES
from wadah.work.rules.sampling_tables import AQLS, AQLS_PRINTED, LETTERS_BY_LEVEL
from wadah.work.selectors.inspections import inspection_plans_kept
from wadah.work.services.inspection_plans import (
    CharacteristicRow,
    RuleRow,
    inspection_plan_end,
    inspection_plan_set,
)
from wadah.work.words import CharacteristicKind, DefectClass, SamplingMethod

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from wadah.work.models import Characteristic, DefectRule, InspectionPlan

LEVELS = [(name, name) for name in LETTERS_BY_LEVEL]
AQL_CHOICES = [("", "–"), *((one, one) for one in AQLS_PRINTED)]
NUMBER = forms.TextInput(attrs={"inputmode": "numeric", "size": 7})

LISTING = Listing(
    "rencana-periksa",
    gettext_lazy("Inspection plans"),
    [
        ListColumn(
            "bagian",
            gettext_lazy("Part"),
            lambda row: part_name(row.part),
            sort=("part__code",),
            url=lambda row: reverse("inspection_plan", args=[row.pk]),
        ),
        ListColumn("kode", gettext_lazy("Part code"), lambda row: row.part.code, hidden=True),
        ListColumn("golongan", gettext_lazy("Classes"), rules_text),
        ListColumn(
            "ciri",
            gettext_lazy("Looked at"),
            lambda row: ", ".join(one.name for one in row.characteristics.all()) or "–",
        ),
        ListColumn(
            "dari",
            gettext_lazy("From"),
            lambda row: date_text(row.valid_from, language()),
            value=lambda row: row.valid_from,
            sort=("valid_from",),
        ),
        ListColumn(
            "sampai",
            gettext_lazy("Last day"),
            lambda row: date_text(row.valid_until, language()) if row.valid_until else _("until further notice"),
            value=lambda row: row.valid_until,
            sort=("valid_until",),
        ),
    ],
    search=lambda rows, text: rows.filter(Q(part__name__icontains=text) | Q(part__code__icontains=text)),
    empty=gettext_lazy("No part has a plan of its own: all are inspected as the cooperative works (Cara kerja)."),
)


# -- the form of a plan -----------------------------------------------------------------------------------------------


class PlanForm(LinesForm):
    """A plan: level, how each class is checked, what is looked at or measured line by line."""

    columns = ("name", "kind", "class", "unit", "lower", "target", "upper")

    cooperative = CooperativeField()
    part = PartField()
    valid_from = DayField(
        label=gettext_lazy("Holds from"), help_text=gettext_lazy("The plan before ends the day before."), initial=today
    )
    level = forms.ChoiceField(
        label=gettext_lazy("Inspection level"),
        help_text=gettext_lazy("II unless agreed otherwise; S-1 to S-4 where checking destroys the piece."),
        choices=LEVELS,
        initial="II",
    )
    note = forms.CharField(label=gettext_lazy("Note"), max_length=400, required=False)

    def __init__(self, data: Any, *, plan: InspectionPlan | None = None) -> None:
        held = [characteristic_values(one) for one in plan.characteristics.all()] if plan else []
        super().__init__(data, held=held)
        rules = {rule.defect_class: rule for rule in plan.defect_rules.all()} if plan else {}
        for name in CLASSES:
            for key, field in rule_fields(rules.get(name)).items():
                self.fields[f"{name}_{key}"] = field
        if plan is not None:
            self.fields["cooperative"].initial, self.fields["part"].initial = plan.cooperative, plan.part
            self.fields["level"].initial, self.fields["note"].initial = plan.level, plan.note

    def head(self) -> list[forms.BoundField]:
        return [self[name] for name in ("cooperative", "part", "valid_from", "level", "note")]

    def classes(self) -> list[tuple[str, str, list[forms.BoundField]]]:
        keys = ("method", "aql", "n", "ac", "re", "ltpd", "risk")
        return [
            (class_label(name), str(CLASS_HINTS[DefectClass(name)]), [self[f"{name}_{key}"] for key in keys])
            for name in CLASSES
        ]

    def made(self, name: str, value: Any) -> forms.Field:
        if name == "name":
            return forms.CharField(label=_("What is looked at"), required=False, max_length=120, initial=value)
        if name == "kind":
            return forms.ChoiceField(
                label=_("How"), choices=CharacteristicKind.choices, required=False, initial=value or "visual"
            )
        if name == "class":
            return forms.ChoiceField(
                label=_("A defect of it is"), choices=DefectClass.choices, required=False, initial=value or "major"
            )
        if name == "unit":
            return forms.CharField(label=_("Unit"), required=False, max_length=12, initial=value)
        labels = {"lower": _("At least"), "target": _("Wanted"), "upper": _("At most")}
        widget = forms.TextInput(attrs={"inputmode": "decimal", "size": 8})
        return forms.CharField(label=labels[name], required=False, max_length=20, initial=value, widget=widget)

    def clean(self) -> dict[str, Any]:
        facts = super().clean() or {}
        rows = []
        for number, (name, kind, defect_class, unit, *limits) in self.filled():
            read = [
                self.limit(f"{key}_{number}", text)
                for key, text in zip(("lower", "target", "upper"), limits, strict=True)
            ]
            rows.append(CharacteristicRow(name, kind or "visual", defect_class or "major", unit or "", *read))
        facts["characteristics"] = rows
        facts["rules"] = [rule for name in CLASSES if (rule := self.rule(name, facts)) is not None]
        return facts

    def limit(self, field: str, text: str | None) -> Decimal | None:
        if not text:
            return None
        try:
            return signed_read(text)
        except UnitError as mistake:
            self.add_error(field, MISTAKES[mistake.code] % {"typed": mistake.typed[:40]})
            return None

    def rule(self, name: str, facts: dict[str, Any]) -> RuleRow | None:
        told = {key: facts.get(f"{name}_{key}") for key in ("method", "aql", "ltpd", "risk", "n", "ac", "re")}
        if not told["method"]:
            return None
        told["aql"] = Decimal(str(told["aql"])) if told["aql"] else None
        return RuleRow(defect_class=name, **told)  # type: ignore[arg-type]


def rule_fields(rule: DefectRule | None) -> dict[str, forms.Field]:
    """Fields of one class; only those of the chosen way count."""
    aql = next((text for text, aql in zip(AQLS_PRINTED, AQLS, strict=True) if rule and rule.aql == aql), "")

    def whole_number(label: str, value: int | None, hint: str = "") -> forms.Field:
        return forms.IntegerField(
            label=label, required=False, min_value=0, max_value=1_000_000, initial=value, widget=NUMBER, help_text=hint
        )

    return {
        "method": forms.ChoiceField(
            label=_("How it is checked"),
            choices=[("", _("not asked for")), *SamplingMethod.choices],
            required=False,
            initial=rule.method if rule else "",
        ),
        "aql": forms.ChoiceField(label=_("AQL"), choices=AQL_CHOICES, required=False, initial=aql),
        "n": whole_number(
            _("As agreed: to check"), rule.n if rule else None, _("Empty: the same sample as the others.")
        ),
        "ac": whole_number(_("Ac: passes up to"), rule.ac if rule else None),
        "re": whole_number(_("Re: rejected from"), rule.re if rule else None),
        "ltpd": ShareField(
            label=_("Ac = 0: at most so many bad, in percent"), required=False, initial=rule.ltpd if rule else None
        ),
        "risk": ShareField(
            label=_("Ac = 0: with a risk of, in percent"), required=False, initial=rule.risk if rule else None
        ),
    }


def characteristic_values(one: Characteristic) -> list[Any]:
    limits = [whole(value) if value is not None else "" for value in limits_of(one)]
    return [one.name, one.kind, one.defect_class, one.unit, *limits]


def plan_or_404(request: HttpRequest, pk: int) -> InspectionPlan:
    return own_or_404(inspection_plans_kept(managed(request)), pk=pk)


@access(MANAGER, INSPECTOR)
def inspection_plans(request: HttpRequest) -> HttpResponse:
    add = reverse("inspection_plan_add") if managed(request) else ""
    rows = inspection_plans_kept(cooperatives_of(request))
    return list_page(request, LISTING, rows, template="quality/list.html", ways=ways(request), add=add)


@access(MANAGER, methods=("GET", "POST"))
def inspection_plan_add(request: HttpRequest) -> HttpResponse:
    """A new plan; ?barang= names the part."""
    form = PlanForm(request.POST or None)
    narrowed(form, person_of(request).roles, part=request.GET.get("barang", ""))
    return plan_page(request, form, title=_("How lots of a part are inspected"))


@access(MANAGER, INSPECTOR, methods=("GET", "POST"))
def inspection_plan(request: HttpRequest, pk: int) -> HttpResponse:
    """The plan, to be followed by a new version from today on, or corrected today; an inspector reads it."""
    row = own_or_404(inspection_plans_kept(cooperatives_of(request)), pk=pk)
    if row.cooperative_id not in managed(request):
        return plan_seen(request, row)
    form = PlanForm(request.POST or None, plan=row)
    narrowed(form, person_of(request).roles, cooperative=row.cooperative, part=row.part)
    return plan_page(request, form, title=part_name(row.part), row=row, history=history_of_row(row))


def plan_seen(request: HttpRequest, row: InspectionPlan) -> HttpResponse:
    if request.method == "POST":
        raise ReadOnly
    context = {
        "row": row,
        "name": part_name(row.part),
        "rules": [(rule_text(rule), CLASS_HINTS[DefectClass(rule.defect_class)]) for rule in row.defect_rules.all()],
        "looked_at": characteristics_table(row),
        "ways": ways(request),
        "history": history_of_row(row),
    }
    return render(request, "quality/plan_seen.html", context)


def characteristics_table(row: InspectionPlan) -> Table:
    labels = [_("At least"), _("Wanted"), _("At most")]
    table = Table(
        _("What is looked at or measured on each piece"),
        [
            Column(_("What is looked at")),
            Column(_("How")),
            Column(_("A defect of it is")),
            *(Column(label, numeric=True) for label in labels),
            Column(_("Unit")),
        ],
    )
    for one in row.characteristics.all():
        limits = [decimal_text(value, 5, language()) if value is not None else "–" for value in limits_of(one)]
        table.add(one.name, str(one.get_kind_display()), class_label(one.defect_class), *limits, one.unit or "–")
    return table


def limits_of(one: Characteristic) -> tuple[Decimal | None, Decimal | None, Decimal | None]:
    return one.lower, one.target, one.upper


def plan_page(request: HttpRequest, form: PlanForm, *, title: str, **context: Any) -> HttpResponse:
    def act(facts: dict[str, Any]) -> None:
        inspection_plan_set(
            cooperative=facts["cooperative"],
            part=facts["part"],
            valid_from=facts["valid_from"],
            level=facts["level"],
            rules=facts["rules"],
            characteristics=facts["characteristics"],
            note=facts["note"],
            by=user_of(request),
        )

    return act_page(
        request,
        form,
        title=title,
        back=reverse("inspection_plans"),
        act=act,
        done=_("Saved. Inspections that have begun keep their plan."),
        action=_("Save"),
        template="quality/plan.html",
        **context,
    )


class LastDayForm(forms.Form):
    last_day = DayField(label=gettext_lazy("Last day"), initial=today)


@access(MANAGER, methods=("GET", "POST"))
def inspection_plan_stop(request: HttpRequest, pk: int) -> HttpResponse:
    row = plan_or_404(request, pk)
    return act_page(
        request,
        LastDayForm(request.POST or None),
        title=_("End the plan of %(part)s") % {"part": part_name(row.part)},
        back=reverse("inspection_plans"),
        act=lambda facts: inspection_plan_end(plan=row, by=user_of(request), **facts),
        done=_("Ended. After that day the cooperative's way of working holds."),
        action=_("End it"),
    )
