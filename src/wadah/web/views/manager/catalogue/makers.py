"""Part × workshop: approvals and rates, as lists and forms; pay an hour beside the minimum wage, as a warning only."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wadah.base.clock import today
from wadah.catalogue.selectors import approvals_kept, on_day, rates_kept
from wadah.catalogue.services import approval_end, approval_record, rate_end, rate_set
from wadah.catalogue.words import ApprovalStatus, MaterialBy
from wadah.register.selectors import folded_search
from wadah.web.access import MANAGER, access, own_or_404, person_of
from wadah.web.editing import RowForm
from wadah.web.forms import RupiahField
from wadah.web.lists import ListColumn, ListFilter, Listing
from wadah.web.quantities import DayField
from wadah.web.views.manager.catalogue import common
from wadah.web.views.manager.catalogue.forms import (
    NumberField,
    PartField,
    ShareField,
    WorkshopField,
    from_day,
    narrowed,
)
from wadah.web.words import part_name

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from wadah.catalogue.models import Rate

SEARCHED = ("part__name", "part__name_en", "part__code", "workshop__name", "workshop__code", "workshop__ikm__name")

APPROVALS = Listing(
    "persetujuan",
    gettext_lazy("Approvals"),
    [
        common.part_column(),
        common.workshop_column(),
        common.code_column("workshop", gettext_lazy("Code of the workshop")),
        ListColumn(
            "status",
            gettext_lazy("Status"),
            lambda row: str(row.get_status_display()),
            sort=("status",),
            url=lambda row: reverse("approval", args=[row.pk]),
            badge=lambda row: "ok" if row.status == ApprovalStatus.APPROVED else "",
        ),
        common.day_column("dari", gettext_lazy("From"), "valid_from"),
        ListColumn(
            "sampai",
            gettext_lazy("Last day"),
            common.until_text,
            value=lambda row: row.valid_until,
            sort=("valid_until",),
        ),
        ListColumn("oleh", gettext_lazy("Decided by"), lambda row: row.by or common.NOTHING),
        ListColumn("catatan", gettext_lazy("Note"), lambda row: row.note, hidden=True),
    ],
    search=lambda rows, text: folded_search(rows, text, *SEARCHED),
    filters=[
        ListFilter(
            "status",
            gettext_lazy("Status"),
            lambda: list(ApprovalStatus.choices),
            lambda rows, value: rows.filter(status=value),
        ),
        common.time_filter(on_day),
    ],
    empty=gettext_lazy("No workshop is approved for a part yet. A plan gives work only where there is an approval."),
)

RATES = Listing(
    "tarif",
    gettext_lazy("Rates"),
    [
        common.part_column(),
        common.workshop_column(),
        common.code_column("workshop", gettext_lazy("Code of the workshop")),
        ListColumn(
            "upah",
            gettext_lazy("Pay a piece"),
            lambda row: common.money_text(row.pay_rupiah_piece),
            value=lambda row: row.pay_rupiah_piece,
            numeric=True,
            sort=("pay_rupiah_piece",),
            url=lambda row: reverse("rate", args=[row.pk]),
        ),
        ListColumn(
            "upah_jam",
            gettext_lazy("Pay an hour"),
            lambda row: common.money_text(row.pay_rupiah_hour),
            value=lambda row: row.pay_rupiah_hour,
            numeric=True,
            badge=lambda row: str(_("below the minimum wage")) if row.below_wage else "",
        ),
        common.number_column("menit", "minutes_per_piece", 4),
        ListColumn(
            "biaya",
            gettext_lazy("Cost a piece"),
            lambda row: common.money_text(row.cost_rupiah_piece),
            value=lambda row: row.cost_rupiah_piece,
            numeric=True,
        ),
        ListColumn("bahan_oleh", common.FIELDS["material_by"], lambda row: str(row.get_material_by_display())),
        common.amount_column("bahan", "material_rupiah_piece", hidden=True),
        common.amount_column("angkut_potong", "transport_rupiah_piece", hidden=True),
        common.amount_column("angkut_jalan", "transport_rupiah_trip", hidden=True),
        common.amount_column("upah_siap", "setup_pay_rupiah", hidden=True),
        common.number_column("menit_siap", "setup_minutes", 2, hidden=True),
        common.number_column("lot", "lot_quantity_min", hidden=True),
        common.number_column("maks", "quantity_max_week", hidden=True),
        common.number_column("hasil_baik", "yield_rate", 5, hidden=True),
        common.day_column("dari", gettext_lazy("From"), "valid_from"),
        ListColumn(
            "sampai", gettext_lazy("Last day"), common.until_text, value=lambda row: row.valid_until, hidden=True
        ),
        ListColumn("sumber", gettext_lazy("Source"), lambda row: row.source, hidden=True),
    ],
    search=lambda rows, text: folded_search(rows, text, *SEARCHED),
    filters=[
        ListFilter(
            "upah",
            gettext_lazy("Pay"),
            lambda: [("kurang", _("below the minimum wage"))],
            lambda rows, value: rows.filter(below_wage=True),
        ),
        common.time_filter(on_day),
    ],
    empty=gettext_lazy("No rate is agreed yet. It says what a workshop takes and is paid for a part."),
)


class ApprovalForm(forms.Form):
    part = PartField()
    workshop = WorkshopField()
    status = forms.ChoiceField(
        label=gettext_lazy("Status"), choices=ApprovalStatus.choices, initial=ApprovalStatus.APPROVED
    )
    valid_from = from_day()
    valid_until = DayField(label=gettext_lazy("Last day"), required=False)
    decided_by = forms.CharField(
        label=gettext_lazy("Decided by"), required=False, max_length=120, help_text=gettext_lazy("Name and office")
    )
    note = forms.CharField(label=gettext_lazy("Note"), required=False, widget=forms.Textarea(attrs={"rows": 2}))


class ApprovalEndForm(forms.Form):
    last_day = DayField(label=gettext_lazy("Last day of the approval"), initial=today)
    status = forms.ChoiceField(
        label=gettext_lazy("From the next day on"),
        choices=[(word.value, word.label) for word in (ApprovalStatus.SUSPENDED, ApprovalStatus.WITHDRAWN)],
    )
    decided_by = forms.CharField(label=gettext_lazy("Decided by"), required=False, max_length=120)
    note = forms.CharField(label=gettext_lazy("Note"), required=False, widget=forms.Textarea(attrs={"rows": 2}))


class RateForm(RowForm):
    """What a part takes and is paid at a workshop."""

    valid_from = from_day(help_text=gettext_lazy("The rate before ends the day before. The same day corrects it."))
    minutes_per_piece = NumberField(label=common.FIELDS["minutes_per_piece"], places=4)
    pay_rupiah_piece = RupiahField(label=common.FIELDS["pay_rupiah_piece"])
    yield_rate = ShareField(
        label=gettext_lazy("Good pieces out of 100"), initial=Decimal(1), help_text=gettext_lazy("Only these are paid.")
    )
    material_by = forms.ChoiceField(label=common.FIELDS["material_by"], choices=MaterialBy.choices)
    material_rupiah_piece = RupiahField(
        label=common.FIELDS["material_rupiah_piece"],
        initial=0,
        help_text=gettext_lazy("Only where the member brings it."),
    )
    transport_rupiah_piece = RupiahField(label=common.FIELDS["transport_rupiah_piece"], initial=0)
    transport_rupiah_trip = RupiahField(
        label=common.FIELDS["transport_rupiah_trip"],
        initial=0,
        help_text=gettext_lazy("To the hub and back, once a week in which it is made."),
    )
    setup_minutes = NumberField(label=common.FIELDS["setup_minutes"], places=2, initial=Decimal(0))
    setup_pay_rupiah = RupiahField(label=common.FIELDS["setup_pay_rupiah"], initial=0)
    lot_quantity_min = NumberField(label=common.FIELDS["lot_quantity_min"], initial=Decimal(0))
    quantity_max_week = NumberField(label=common.FIELDS["quantity_max_week"], required=False)
    source = forms.CharField(label=common.FIELDS["source"], required=False, widget=forms.Textarea(attrs={"rows": 2}))


class NewRateForm(RateForm):
    part = PartField()
    workshop = WorkshopField()
    field_order = ("part", "workshop")


@access(MANAGER)
def approvals(request: HttpRequest) -> HttpResponse:
    rows = approvals_kept(common.roles_of(request))
    return common.catalogue_list(request, APPROVALS, rows, add=reverse("approval_add"))


@access(MANAGER, methods=("GET", "POST"))
def approval_add(request: HttpRequest) -> HttpResponse:
    form = ApprovalForm(request.POST or None)
    narrowed(form, common.roles_of(request), part=request.GET.get("barang"), workshop=request.GET.get("bengkel"))
    return common.catalogue_form(
        request,
        form,
        title=_("A workshop's leave to make a part"),
        back=common.back_of(request, "approvals"),
        write=lambda facts: approval_record(by=person_of(request).user, **facts),
    )


@access(MANAGER, methods=("GET", "POST"))
def approval(request: HttpRequest, pk: int) -> HttpResponse:
    """One decision: its facts, the form that ends it, its history."""
    row = own_or_404(approvals_kept(common.roles_of(request)), pk=pk)
    return common.catalogue_form(
        request,
        ApprovalEndForm(request.POST or None),
        title=f"{part_name(row.part)}, {row.workshop.name}",
        back=reverse("approvals"),
        write=lambda facts: approval_end(approval=row, by=person_of(request).user, **facts),
        action=_("End this approval"),
        row=row,
        over=row.status != ApprovalStatus.APPROVED or row.valid_until is not None,
        facts=[
            (_("Status"), row.get_status_display()),
            (_("From"), common.day_text(row.valid_from)),
            (_("Last day"), common.until_text(row)),
            (_("Decided by"), row.by or common.NOTHING),
            (_("Note"), row.note or common.NOTHING),
        ],
    )


@access(MANAGER)
def rates(request: HttpRequest) -> HttpResponse:
    roles = common.roles_of(request)
    rows, imports = rates_kept(roles, today()), reverse("import_kind", args=["rates"])
    return common.catalogue_list(request, RATES, rows, add=reverse("rate_add"), imports=imports)


@access(MANAGER, methods=("GET", "POST"))
def rate_add(request: HttpRequest) -> HttpResponse:
    form = NewRateForm(request.POST or None)
    narrowed(form, common.roles_of(request), part=request.GET.get("barang"), workshop=request.GET.get("bengkel"))
    return common.catalogue_form(
        request,
        form,
        title=_("What a part takes and is paid at a workshop"),
        back=common.back_of(request, "rates"),
        write=lambda facts: rate_set(by=person_of(request).user, **facts),
        template="catalogue/rate.html",
    )


@access(MANAGER, methods=("GET", "POST"))
def rate(request: HttpRequest, pk: int) -> HttpResponse:
    """A new rate from a day on, begun with the one that is open; its warning, its history."""
    row = own_or_404(rates_kept(common.roles_of(request), today()), pk=pk)
    form = RateForm(request.POST or None, row=row)
    if row.valid_until is None:
        form.fields["valid_from"].initial = max(today(), row.valid_from)
    values: dict[str, Any] = {"part": row.part, "workshop": row.workshop, "by": person_of(request).user}
    return common.catalogue_form(
        request,
        form,
        title=f"{part_name(row.part)}, {row.workshop.name}",
        back=reverse("rates"),
        write=lambda facts: rate_set(**values, **facts),
        row=row,
        rate=row,
        warning=wage_warning(row),
        end=reverse("rate_end", args=[pk]) if row.valid_until is None else "",
        template="catalogue/rate.html",
    )


class LastDayForm(forms.Form):
    last_day = DayField(label=gettext_lazy("Last day"), initial=today)


@access(MANAGER, methods=("GET", "POST"))
def rate_finish(request: HttpRequest, pk: int) -> HttpResponse:
    row = own_or_404(rates_kept(common.roles_of(request), today()), pk=pk)
    return common.catalogue_form(
        request,
        LastDayForm(request.POST or None),
        title=_("The last day of a rate"),
        back=reverse("rates"),
        write=lambda facts: rate_end(rate=row, by=person_of(request).user, **facts),
        row=row,
        facts=[(_("Part"), part_name(row.part)), (_("Workshop"), row.workshop.name)],
    )


def wage_warning(row: Rate) -> str:
    """A sentence where the pay of an hour lies below the minimum wage; empty otherwise, and where none is known."""
    told = row.__dict__
    if not told["below_wage"]:
        return ""
    values = {"pay": common.money_text(row.pay_rupiah_hour), "wage": common.money_text(told["wage_rupiah_hour"])}
    return _(
        "An hour pays %(pay)s: that is below the minimum wage of %(wage)s an hour. It can be saved all the same."
    ) % (values)
