"""Schools and offices with the heads they count, and the rules of the city's mandate."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.db.models import Q
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from wadah.base.clock import today
from wadah.base.errors import Refused
from wadah.demand.selectors import buyer_contacts, headcounts_of, institutions_listed, mandate_rules_listed
from wadah.demand.selectors.schools import budgets_of
from wadah.demand.services import headcount_record, institution_put
from wadah.demand.words import Group, InstitutionKind, Level
from wadah.ledger.selectors.mandate import covered_of, small_buying_of
from wadah.register.selectors import area_search
from wadah.units import date_text, decimal_text, percent_text, rupiah_text
from wadah.web.access import MANAGER, OFFICER, access, own_or_404, person_of
from wadah.web.editing import RowForm, form_page
from wadah.web.forms import PiecesField
from wadah.web.history import YES_NO, history_table
from wadah.web.lists import ListColumn, ListFilter, Listing, list_page
from wadah.web.tables import Column, Table
from wadah.web.views.city.public_words import small_sentence
from wadah.web.views.manager.demand.forms import choose, date_field
from wadah.web.views.manager.demand.words import ACTS, FIELDS
from wadah.web.views.school.common import year_now
from wadah.web.words import language, quantity_text

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from wadah.demand.models import Institution, MandateRule

INSTITUTIONS = Listing(
    "sekolah-dan-kantor",
    _("Schools and offices"),
    [
        ListColumn(
            "name",
            _("Name"),
            text=lambda row: row.name,
            sort=("name",),
            url=lambda row: reverse("institution", args=[row.code]),
        ),
        ListColumn("code", _("Code"), text=lambda row: row.code, sort=("code",)),
        ListColumn("kind", _("Kind"), text=lambda row: row.get_kind_display(), sort=("kind",)),
        ListColumn("level", _("Level"), text=lambda row: row.get_level_display(), sort=("level",)),
        ListColumn("area", _("Area"), text=lambda row: row.area.name, sort=("area__name",)),
        ListColumn(
            "heads",
            _("Heads"),
            text=lambda row: "–" if row.heads is None else quantity_text(row.heads),
            value=lambda row: row.heads,
            numeric=True,
            sort=("heads",),
        ),
    ],
    search=lambda rows, text: rows.filter(
        Q(name__icontains=text) | Q(code__icontains=text) | Q(area__name__icontains=text)
    ),
    filters=[
        ListFilter(
            "jenjang", _("Level"), choices=lambda: Level.choices, narrow=lambda rows, value: rows.filter(level=value)
        )
    ],
    empty=_("No school or office is known yet. The mandate counts their heads."),
)

RULES = Listing(
    "aturan-wajib-batik",
    _("Rules of the mandate"),
    [
        ListColumn(
            "name",
            _("Name"),
            text=lambda row: row.name,
            sort=("name",),
            url=lambda row: reverse("mandate_rule", args=[row.code]),
        ),
        ListColumn("code", _("Code"), text=lambda row: row.code, sort=("code",)),
        ListColumn("from", _("From"), text=lambda row: date_text(row.valid_from, language()), sort=("valid_from",)),
        ListColumn("group", _("Who"), text=lambda row: row.get_applies_to_group_display()),
        ListColumn(
            "pieces",
            _("Pieces a head and year"),
            text=lambda row: decimal_text(row.pieces_per_head_year, 2, language()),
            value=lambda row: row.pieces_per_head_year,
            numeric=True,
        ),
        ListColumn("duty", _("Duty"), text=lambda row: str(YES_NO[row.obligation])),
        ListColumn("phases", _("Share that buys"), text=lambda row: phases_text(row)),
        ListColumn("source", _("Source"), text=lambda row: row.source, hidden=True),
    ],
    search=lambda rows, text: rows.filter(Q(name__icontains=text) | Q(code__icontains=text)),
    empty=_("No rule of the mandate is recorded yet."),
)


def phases_text(row: MandateRule) -> str:
    return "; ".join(
        gettext("%(share)s from %(day)s")
        % {"share": percent_text(phase.compliance, 1, language()), "day": date_text(phase.valid_from, language())}
        for phase in row.phases.all()
    )


class InstitutionForm(RowForm):
    name = forms.CharField(label=_("Name"), max_length=160)
    kind = forms.ChoiceField(label=_("Kind"), choices=InstitutionKind.choices)
    level = forms.ChoiceField(label=_("Level"), choices=Level.choices)
    state = forms.NullBooleanField(label=_("Run by the state"), required=False)
    area: forms.ModelChoiceField[Any] = forms.ModelChoiceField(None, label=_("Area"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, area=area_search("").order_by("code"))


class NewInstitutionForm(InstitutionForm):
    code = forms.CharField(label=_("Code"), help_text=_("The school's NPSN, or a short name."), max_length=40)
    field_order = ("code",)


class HeadcountForm(forms.Form):
    group = forms.ChoiceField(label=_("Who"), choices=Group.choices)
    heads = PiecesField(label=_("Heads"), max_length=12)
    as_of = date_field(_("Counted on"))
    source = forms.CharField(label=_("Source"), required=False, max_length=500)


@access(MANAGER, OFFICER)
def institutions(request: HttpRequest) -> HttpResponse:
    return list_page(request, INSTITUTIONS, institutions_listed(), add=reverse("institution_add"))


@access(MANAGER, OFFICER)
def mandate_rules(request: HttpRequest) -> HttpResponse:
    add = reverse("mandate_rule_add") if person_of(request).holds(OFFICER) else ""
    return list_page(request, RULES, mandate_rules_listed(), add=add)


@access(MANAGER, OFFICER, methods=("GET", "POST"))
def institution_add(request: HttpRequest) -> HttpResponse:
    def save(facts: dict[str, Any]) -> str:
        if institutions_listed().filter(code=facts["code"]).exists():
            raise Refused(gettext("“%(code)s” is taken. Change that one, or write another code.") % facts, field="code")
        return reverse("institution", args=[institution_put(by=person_of(request).user, **facts).code])

    form = NewInstitutionForm(request.POST or None)
    return form_page(request, form, title=gettext("A new school or office"), back=reverse("institutions"), save=save)


@access(MANAGER, OFFICER)
def institution(request: HttpRequest, code: str) -> HttpResponse:
    row = own_or_404(institutions_listed(), code=code)
    officer = person_of(request).holds(OFFICER)
    context = {
        "row": row,
        "table": heads_table(row),
        "history": history_table(row, acts=ACTS, fields=FIELDS),
        "officer": officer,
        "contacts": buyer_contacts(row.buyer) if row.buyer else [],
        "year": year_now(),
        "covered": covered_of(row, year_now()) if officer else None,
        "budgets": budgets_table(row) if officer else None,
        "small": small_sentence(small_buying_of(row, year_now()), year_now()) if officer else "",
    }
    return render(request, "demand/institution.html", context)


def budgets_table(row: Institution) -> Table:
    table = Table(
        gettext("Budgets for goods, as stated"),
        [
            Column(gettext("Year")),
            Column(gettext("Stated on")),
            Column(gettext("Budget"), numeric=True),
            Column(gettext("Small firms outside Wadah"), numeric=True),
            Column(gettext("Source")),
        ],
    )
    for budget in budgets_of(row):
        elsewhere = budget.small_elsewhere_rupiah
        table.add(
            str(budget.year),
            date_text(budget.stated_on, language()),
            rupiah_text(budget.rupiah),
            gettext("not said") if elsewhere is None else rupiah_text(elsewhere),
            budget.source,
        )
    return table


def heads_table(row: Institution) -> Table:
    table = Table(
        gettext("Heads counted, newest first"),
        [
            Column(gettext("Counted on")),
            Column(gettext("Who")),
            Column(gettext("Heads"), numeric=True),
            Column(gettext("Source")),
        ],
    )
    for count in headcounts_of(row):
        day = date_text(count.as_of, language())
        table.add(day, str(count.get_group_display()), quantity_text(count.heads), count.source or "–")
    return table


@access(MANAGER, OFFICER, methods=("GET", "POST"))
def institution_change(request: HttpRequest, code: str) -> HttpResponse:
    row = own_or_404(institutions_listed(), code=code)
    here = reverse("institution", args=[row.code])

    def save(facts: dict[str, Any]) -> str:
        institution_put(code=row.code, by=person_of(request).user, **facts)
        return here

    return form_page(request, InstitutionForm(request.POST or None, row=row), title=row.name, back=here, save=save)


@access(MANAGER, OFFICER, methods=("GET", "POST"))
def headcount_add(request: HttpRequest, code: str) -> HttpResponse:
    row = own_or_404(institutions_listed(), code=code)
    here = reverse("institution", args=[row.code])

    def save(facts: dict[str, Any]) -> str:
        headcount_record(institution=row, by=person_of(request).user, **facts)
        return here

    form = HeadcountForm(request.POST or None, initial={"as_of": today()})
    title = gettext("Heads of %(name)s") % {"name": row.name}
    return form_page(request, form, title=title, back=here, save=save)
