"""Prices of materials, counts of the hub's stock, and the terms on which a cooperative sells."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wadah.base.clock import today
from wadah.catalogue.rules.prices import TERMS_DEFAULT
from wadah.catalogue.selectors import material_prices_kept, stock_counts_kept, terms_kept
from wadah.catalogue.services import material_price_set, stock_count, terms_set
from wadah.register.selectors import folded_search
from wadah.units import rupiah_of
from wadah.web.access import MANAGER, access, own_or_404, person_of
from wadah.web.editing import RowForm
from wadah.web.forms import RupiahField
from wadah.web.lists import ListColumn, Listing
from wadah.web.quantities import DayField
from wadah.web.views.manager.catalogue import common
from wadah.web.views.manager.catalogue.forms import CooperativeField, NumberField, PartField, from_day, narrowed
from wadah.web.views.manager.register.forms import WholeField
from wadah.web.words import part_name

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from wadah.catalogue.models import MaterialPrice

DAYS_MAX = 365

PRICES = Listing(
    "harga-bahan",
    gettext_lazy("Material prices"),
    [
        common.part_column(),
        ListColumn(
            "harga",
            gettext_lazy("Price"),
            lambda row: common.money_text(row.price_rupiah),
            value=lambda row: row.price_rupiah,
            numeric=True,
            sort=("price_rupiah",),
            url=lambda row: reverse("material_price", args=[row.pk]),
            badge=lambda row: "simulated" if row.simulated else "",
        ),
        ListColumn(
            "untuk",
            gettext_lazy("For so many"),
            lambda row: f"{common.number_text(row.quantity)} {row.part.get_unit_display()}",
            value=lambda row: row.quantity,
            numeric=True,
        ),
        ListColumn(
            "satuan",
            gettext_lazy("A unit, about"),
            lambda row: common.money_text(unit_rupiah(row)),
            value=lambda row: unit_rupiah(row),
            numeric=True,
        ),
        common.day_column("dari", gettext_lazy("From"), "valid_from"),
        ListColumn("sumber", gettext_lazy("Source"), lambda row: row.source),
        ListColumn("koperasi", gettext_lazy("Cooperative"), lambda row: row.cooperative.name, hidden=True),
    ],
    search=lambda rows, text: folded_search(rows, text, "part__name", "part__name_en", "part__code", "source"),
    empty=gettext_lazy("No price of a material is known yet. Without it a quotation can't count what is bought."),
)

STOCK = Listing(
    "stok",
    gettext_lazy("Stock at the hub, as counted"),
    [
        common.part_column(),
        ListColumn(
            "jumlah",
            gettext_lazy("Counted"),
            lambda row: f"{common.number_text(row.quantity)} {row.part.get_unit_display()}",
            value=lambda row: row.quantity,
            numeric=True,
            sort=("quantity",),
            url=lambda row: reverse("stock_one", args=[row.pk]),
        ),
        common.day_column("tanggal", gettext_lazy("As the day begins"), "as_of"),
        ListColumn("koperasi", gettext_lazy("Cooperative"), lambda row: row.cooperative.name),
    ],
    search=lambda rows, text: folded_search(rows, text, "part__name", "part__name_en", "part__code"),
    empty=gettext_lazy("Nothing was counted yet. A plan takes what isn't counted as not there."),
)

TERMS = Listing(
    "ketentuan",
    gettext_lazy("Terms of sale"),
    [
        ListColumn(
            "koperasi",
            gettext_lazy("Cooperative"),
            lambda row: row.cooperative.name,
            url=lambda row: reverse("terms_one", args=[row.pk]),
            badge=lambda row: "simulated" if row.simulated else "",
        ),
        common.day_column("dari", gettext_lazy("From"), "valid_from"),
        common.number_column("margin", "margin_percent", 2),
        common.number_column("denda", "late_penalty_percent_week", 3),
        common.number_column("denda_maks", "late_penalty_cap_percent", 2),
        common.number_column("hari", "quotation_valid_days", 0),
        common.amount_column("upah_minimum", "wage_rupiah_hour"),
        common.amount_column("lembur", "overtime_rupiah_hour"),
        ListColumn("peraturan", gettext_lazy("Regulation"), lambda row: row.wage_source or common.NOTHING),
    ],
    empty=gettext_lazy("No terms are set yet. Until then a tenth on top, 0.7% a week late and 5% at most, 14 days."),
)


class PriceForm(RowForm):
    valid_from = from_day()
    price_rupiah = RupiahField(label=gettext_lazy("Price"))
    quantity = NumberField(
        label=gettext_lazy("For so many"), required=False, help_text=gettext_lazy("Empty: for one whole pack.")
    )
    source = forms.CharField(
        label=gettext_lazy("Source"), max_length=200, help_text=gettext_lazy("Whose price list or receipt, and when")
    )


class NewPriceForm(PriceForm):
    cooperative = CooperativeField()
    part = PartField()
    field_order = ("cooperative", "part")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        part = self.fields["part"]
        part.queryset = part.queryset.filter(supply="bought")  # type: ignore[attr-defined]


class CountForm(RowForm):
    as_of = DayField(label=gettext_lazy("As the day begins"), initial=today)
    quantity = NumberField(label=gettext_lazy("Counted"))


class NewCountForm(CountForm):
    cooperative = CooperativeField()
    part = PartField()
    field_order = ("cooperative", "part")


class TermsForm(RowForm):
    valid_from = from_day(help_text=gettext_lazy("What was quoted before keeps its terms."))
    margin_percent = NumberField(
        label=common.FIELDS["margin_percent"],
        places=2,
        most=Decimal(999),
        initial=TERMS_DEFAULT.margin_percent,
        help_text=gettext_lazy("On top of the cost."),
    )
    late_penalty_percent_week = NumberField(
        label=common.FIELDS["late_penalty_percent_week"],
        most=Decimal(100),
        initial=TERMS_DEFAULT.late_penalty_percent_week,
        help_text=gettext_lazy("Of the price. A thousandth a day is 0.7 a week."),
    )
    late_penalty_cap_percent = NumberField(
        label=common.FIELDS["late_penalty_cap_percent"],
        places=2,
        most=Decimal(100),
        initial=TERMS_DEFAULT.late_penalty_cap_percent,
    )
    quotation_valid_days = WholeField(
        label=common.FIELDS["quotation_valid_days"], most=DAYS_MAX, initial=TERMS_DEFAULT.quotation_valid_days
    )
    wage_rupiah_hour = RupiahField(
        label=common.FIELDS["wage_rupiah_hour"],
        required=False,
        help_text=gettext_lazy("Rates that pay less get a warning. Empty: nothing is compared."),
    )
    wage_source = forms.CharField(label=common.FIELDS["wage_source"], required=False, max_length=200)
    wage_on = DayField(label=common.FIELDS["wage_on"], required=False)
    overtime_rupiah_hour = RupiahField(
        label=common.FIELDS["overtime_rupiah_hour"],
        required=False,
        help_text=gettext_lazy(
            "On top of the usual pay, for workshops that have agreed on none of their own. Plans and ways out count it."
        ),
    )


class NewTermsForm(TermsForm):
    cooperative = CooperativeField()
    field_order = ("cooperative",)


def unit_rupiah(row: MaterialPrice) -> int:
    return rupiah_of(Fraction(row.price_rupiah) / Fraction(row.quantity))


@access(MANAGER)
def material_prices(request: HttpRequest) -> HttpResponse:
    rows = material_prices_kept(common.roles_of(request))
    return common.catalogue_list(request, PRICES, rows, add=reverse("material_price_add"))


@access(MANAGER, methods=("GET", "POST"))
def material_price_add(request: HttpRequest) -> HttpResponse:
    form = NewPriceForm(request.POST or None)
    narrowed(form, common.roles_of(request), part=request.GET.get("barang"))
    return common.catalogue_form(
        request,
        form,
        title=_("The price of a material"),
        back=common.back_of(request, "material_prices"),
        write=lambda facts: material_price_set(by=person_of(request).user, **facts),
    )


@access(MANAGER, methods=("GET", "POST"))
def material_price(request: HttpRequest, pk: int) -> HttpResponse:
    row = own_or_404(material_prices_kept(common.roles_of(request)), pk=pk)
    values: dict[str, Any] = {"cooperative": row.cooperative, "part": row.part, "by": person_of(request).user}
    return common.catalogue_form(
        request,
        PriceForm(request.POST or None, row=row),
        title=part_name(row.part),
        back=reverse("material_prices"),
        write=lambda facts: material_price_set(**values, **facts),
        row=row,
    )


@access(MANAGER)
def stock_counts(request: HttpRequest) -> HttpResponse:
    rows = stock_counts_kept(common.roles_of(request))
    return common.catalogue_list(request, STOCK, rows, add=reverse("stock_add"))


@access(MANAGER, methods=("GET", "POST"))
def stock_add(request: HttpRequest) -> HttpResponse:
    form = NewCountForm(request.POST or None)
    narrowed(form, common.roles_of(request), part=request.GET.get("barang"))
    return common.catalogue_form(
        request,
        form,
        title=_("What lies at the hub"),
        back=reverse("stock_counts"),
        write=lambda facts: stock_count(by=person_of(request).user, **facts),
    )


@access(MANAGER, methods=("GET", "POST"))
def stock_one(request: HttpRequest, pk: int) -> HttpResponse:
    row = own_or_404(stock_counts_kept(common.roles_of(request)), pk=pk)
    values: dict[str, Any] = {"cooperative": row.cooperative, "part": row.part, "by": person_of(request).user}
    return common.catalogue_form(
        request,
        CountForm(request.POST or None, row=row),
        title=part_name(row.part),
        back=reverse("stock_counts"),
        write=lambda facts: stock_count(**values, **facts),
        row=row,
    )


@access(MANAGER)
def terms(request: HttpRequest) -> HttpResponse:
    rows = terms_kept(common.roles_of(request))
    return common.catalogue_list(request, TERMS, rows, add=reverse("terms_add"))


@access(MANAGER, methods=("GET", "POST"))
def terms_add(request: HttpRequest) -> HttpResponse:
    form = NewTermsForm(request.POST or None)
    narrowed(form, common.roles_of(request))
    return common.catalogue_form(
        request,
        form,
        title=_("Terms of sale"),
        back=reverse("terms"),
        write=lambda facts: terms_set(by=person_of(request).user, **facts),
    )


@access(MANAGER, methods=("GET", "POST"))
def terms_one(request: HttpRequest, pk: int) -> HttpResponse:
    row = own_or_404(terms_kept(common.roles_of(request)), pk=pk)
    return common.catalogue_form(
        request,
        TermsForm(request.POST or None, row=row),
        title=_("Terms of %(name)s") % {"name": row.cooperative.name},
        back=reverse("terms"),
        write=lambda facts: terms_set(cooperative=row.cooperative, by=person_of(request).user, **facts),
        row=row,
    )
