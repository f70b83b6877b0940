"""The mandate's rules and their phases, as dated rows that the officer writes and changes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from wadah.base.clock import today
from wadah.base.errors import Refused
from wadah.demand.selectors import mandate_rules_listed
from wadah.demand.services import mandate_phase_put, mandate_rule_put
from wadah.demand.words import Group, Level, RuleKind
from wadah.units import date_text, decimal_text, percent_text
from wadah.web.access import MANAGER, OFFICER, access, own_or_404, person_of
from wadah.web.editing import RowForm, form_page
from wadah.web.history import YES_NO, history_table
from wadah.web.quantities import DayField, QuantityField
from wadah.web.tables import Column, Table
from wadah.web.views.manager.demand.words import ACTS, FIELDS
from wadah.web.words import language

if TYPE_CHECKING:
    from decimal import Decimal

    from django.http import HttpRequest, HttpResponse

    from wadah.demand.models import MandateRule

STATES = [("", _("state and private")), ("yes", _("state only")), ("no", _("private only"))]
STATE_OF = {"": None, "yes": True, "no": False}
PIECES_MOST = 100


class RuleForm(RowForm):
    name = forms.CharField(label=_("Name"), max_length=160)
    valid_from = DayField(label=_("From"))
    valid_until = DayField(label=_("Last day"), required=False)
    applies_to_kind = forms.ChoiceField(label=_("Kind of institution"), choices=RuleKind.choices)
    applies_to_level = forms.ChoiceField(
        label=_("Level"), choices=[("", _("all levels")), *Level.choices], required=False
    )
    state = forms.ChoiceField(label=_("Run by the state"), choices=STATES, required=False)
    applies_to_group = forms.ChoiceField(label=_("Who"), choices=Group.choices)
    pieces_per_head_year = QuantityField(label=_("Pieces a head and year"))
    obligation = forms.BooleanField(
        label=_("Duty"),
        help_text=_("Ticked: the city can order it for its own people. Not ticked: a scenario, somebody may buy."),
        required=False,
    )
    source = forms.CharField(label=_("Source"), max_length=500)
    note = forms.CharField(label=_("Note"), required=False, max_length=2_000, widget=forms.Textarea({"rows": 2}))

    def __init__(self, *args: Any, row: MandateRule | None = None, **kwargs: Any) -> None:
        super().__init__(*args, row=row, **kwargs)
        if row is not None:
            self.fields["state"].initial = {None: "", True: "yes", False: "no"}[row.applies_to_state]
            self.fields["pieces_per_head_year"].initial = decimal_text(row.pieces_per_head_year, 4, language())

    def clean_pieces_per_head_year(self) -> Decimal:
        pieces: Decimal = self.cleaned_data["pieces_per_head_year"]
        if not 0 < pieces <= PIECES_MOST:
            raise forms.ValidationError(gettext("Write a number above 0, at most 100."))
        return pieces

    def clean(self) -> dict[str, Any]:
        facts = super().clean()
        facts["applies_to_state"] = STATE_OF[facts.pop("state", "")]
        first, last = facts.get("valid_from"), facts.get("valid_until")
        if first and last and last < first:
            self.add_error("valid_until", gettext("The last day lies before the first day."))
        office = facts.get("applies_to_kind") == RuleKind.OFFICE
        if facts.get("applies_to_group") and office != (facts["applies_to_group"] == Group.EMPLOYEES):
            self.add_error("applies_to_group", gettext("Offices have city employees; schools have the other groups."))
        level = facts.get("applies_to_level")
        if level and office != (level == Level.OFFICE):
            self.add_error("applies_to_level", gettext("That level isn't one of this kind of institution."))
        return facts


class NewRuleForm(RuleForm):
    code = forms.SlugField(
        label=_("Code"), help_text=_("A short name without spaces, “sd-pupils-2027”."), max_length=40
    )
    field_order = ("code",)


class PhaseForm(forms.Form):
    valid_from = DayField(label=_("From"))
    compliance = QuantityField(label=_("Share that buys, in percent"))
    assumption = forms.CharField(label=_("Why one thinks so"), max_length=500, widget=forms.Textarea({"rows": 2}))

    def clean_compliance(self) -> Decimal:
        percent: Decimal = self.cleaned_data["compliance"]
        if not 0 <= percent <= 100:
            raise forms.ValidationError(gettext("Write a number from 0 to 100."))
        return percent / 100


@access(OFFICER, methods=("GET", "POST"))
def mandate_rule_add(request: HttpRequest) -> HttpResponse:
    def save(facts: dict[str, Any]) -> str:
        if mandate_rules_listed().filter(code=facts["code"]).exists():
            raise Refused(gettext("“%(code)s” is taken. Change that one, or write another code.") % facts, field="code")
        row = mandate_rule_put(by=person_of(request).user, **facts)
        messages.info(request, gettext("Saved. Now say from when which share buys."))
        return reverse("mandate_phase_add", args=[row.code])

    form = NewRuleForm(request.POST or None, initial={"valid_from": today()})
    return form_page(
        request, form, title=gettext("A new rule of the mandate"), back=reverse("mandate_rules"), save=save
    )


@access(OFFICER, readers=(MANAGER,), methods=("GET", "POST"))
def mandate_rule(request: HttpRequest, code: str) -> HttpResponse:
    """One rule with its phases; the officer changes it here, a manager reads it."""
    row = own_or_404(mandate_rules_listed(), code=code)
    here = reverse("mandate_rule", args=[row.code])

    def save(facts: dict[str, Any]) -> str:
        mandate_rule_put(code=row.code, by=person_of(request).user, **facts)
        messages.success(request, gettext("Saved."))
        return here

    shown: dict[str, Any] = {"row": row, "table": phases_table(row), "facts": facts_of(row), "history": histories(row)}
    if not person_of(request).holds(OFFICER):
        return render(request, "city/mandate_rule_seen.html", shown)
    return form_page(
        request,
        RuleForm(request.POST or None, row=row),
        title=row.name,
        back=reverse("mandate_rules"),
        save=save,
        template="city/mandate_rule.html",
        **shown,
    )


@access(OFFICER, methods=("GET", "POST"))
def mandate_phase_add(request: HttpRequest, code: str) -> HttpResponse:
    row = own_or_404(mandate_rules_listed(), code=code)
    here = reverse("mandate_rule", args=[row.code])

    def save(facts: dict[str, Any]) -> str:
        if facts["valid_from"] < row.valid_from:
            raise Refused(gettext("The rule holds only from then on."), field="valid_from")
        mandate_phase_put(rule=row, by=person_of(request).user, **facts)
        return here

    form = PhaseForm(request.POST or None, initial={"valid_from": max(row.valid_from, today())})
    title = gettext("From when which share buys: %(rule)s") % {"rule": row.name}
    return form_page(request, form, title=title, back=here, save=save)


def phases_table(row: MandateRule) -> Table:
    table = Table(
        gettext("Share that buys, by day"),
        [Column(gettext("From")), Column(gettext("Share"), numeric=True), Column(gettext("Why one thinks so"))],
    )
    for phase in row.phases.all():
        table.add(
            date_text(phase.valid_from, language()),
            percent_text(phase.compliance, 1, language()),
            phase.assumption,
        )
    return table


def facts_of(row: MandateRule) -> list[tuple[str, str]]:
    last = date_text(row.valid_until, language()) if row.valid_until else gettext("until further notice")
    level = str(row.get_applies_to_level_display()) if row.applies_to_level else gettext("all levels")
    return [
        (gettext("Who"), f"{row.get_applies_to_group_display()}, {row.get_applies_to_kind_display()}, {level}"),
        (gettext("Pieces a head and year"), decimal_text(row.pieces_per_head_year, 4, language())),
        (gettext("From"), date_text(row.valid_from, language())),
        (gettext("Last day"), last),
        (gettext("Duty"), str(YES_NO[row.obligation])),
        (gettext("Source"), row.source or "–"),
    ]


def histories(row: MandateRule) -> list[Table]:
    """The history of the rule, and of each of its phases."""
    tables = [history_table(row, acts=ACTS, fields=FIELDS)]
    for phase in row.phases.all():
        caption = gettext("From %(day)s") % {"day": date_text(phase.valid_from, language())}
        tables.append(history_table(phase, acts=ACTS, fields=FIELDS, caption=caption))
    return [table for table in tables if table.rows]
