"""What the pages of the catalogue share: the ways between its lists, words of acts and columns, lists and forms."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wadah.base.clock import today
from wadah.register.selectors import CERTIFICATES_LATEST_DAYS
from wadah.units import date_text, decimal_text, rupiah_text
from wadah.web.access import person_of
from wadah.web.editing import form_page
from wadah.web.history import history_table
from wadah.web.lists import ListColumn, ListFilter, list_page
from wadah.web.views.manager.catalogue.kept import kept_values
from wadah.web.words import language, part_name

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date
    from decimal import Decimal

    from django import forms
    from django.db.models import Model, Q, QuerySet
    from django.http import HttpRequest, HttpResponse

    from wadah.register.rules import Roles
    from wadah.web.lists import Listing, Words
    from wadah.web.tables import Table

NOTHING = "–"

WAYS: Sequence[tuple[str, Words]] = (
    ("parts", gettext_lazy("Parts")),
    ("approvals", gettext_lazy("Approvals")),
    ("rates", gettext_lazy("Rates")),
    ("material_prices", gettext_lazy("Material prices")),
    ("stock_counts", gettext_lazy("Stock")),
    ("motifs", gettext_lazy("Motifs")),
    ("licences", gettext_lazy("Licences")),
    ("terms", gettext_lazy("Terms")),
)

CITY_WAYS = ("motifs", "licences")
"""What of it an officer of the city keeps, too."""

ACTS = {
    "part_put": gettext_lazy("Written"),
    "part_archive": gettext_lazy("Archived"),
    "part_restore": gettext_lazy("Brought back"),
    "part_route": gettext_lazy("Steps set"),
    "bom_set": gettext_lazy("Materials set"),
    "part_certificates_set": gettext_lazy("Certificates set"),
    "import_cancel": gettext_lazy("Import taken back"),
    "approval_record": gettext_lazy("Recorded"),
    "approval_end": gettext_lazy("Approval ended"),
    "rate_set": gettext_lazy("Rate set"),
    "rate_end": gettext_lazy("Rate ended"),
    "stock_count": gettext_lazy("Counted"),
    "motif_put": gettext_lazy("Written"),
    "motif_source_put": gettext_lazy("Source written"),
    "licence_grant": gettext_lazy("Granted"),
    "licence_end": gettext_lazy("Ended"),
    "material_price_set": gettext_lazy("Price set"),
    "terms_set": gettext_lazy("Terms set"),
}

FIELDS = {
    "code": gettext_lazy("Code"),
    "name": gettext_lazy("Name"),
    "name_en": gettext_lazy("Name in English"),
    "unit": gettext_lazy("Unit"),
    "supply": gettext_lazy("Made or bought"),
    "pack_size": gettext_lazy("Units in a pack"),
    "lead_time_weeks": gettext_lazy("Weeks that materials leave ahead"),
    "holding_cost_rupiah": gettext_lazy("Cost of keeping a piece a week"),
    "max_share": gettext_lazy("Largest share of one workshop"),
    "min_sources": gettext_lazy("Workshops at least"),
    "archived_at": gettext_lazy("Archived on"),
    "status": gettext_lazy("Status"),
    "valid_from": gettext_lazy("From"),
    "valid_until": gettext_lazy("Last day"),
    "by": gettext_lazy("Decided by"),
    "note": gettext_lazy("Note"),
    "minutes_per_piece": gettext_lazy("Minutes a piece"),
    "setup_minutes": gettext_lazy("Minutes to set up"),
    "pay_rupiah_piece": gettext_lazy("Pay a piece"),
    "setup_pay_rupiah": gettext_lazy("Pay for setting up"),
    "material_by": gettext_lazy("Who brings the material"),
    "material_rupiah_piece": gettext_lazy("Paid for material a piece"),
    "transport_rupiah_piece": gettext_lazy("Transport a piece"),
    "transport_rupiah_trip": gettext_lazy("Transport a trip"),
    "lot_quantity_min": gettext_lazy("Least in a week"),
    "quantity_max_week": gettext_lazy("Most in a week"),
    "yield_rate": gettext_lazy("Share that turns out well"),
    "source": gettext_lazy("Source"),
    "quantity": gettext_lazy("Quantity"),
    "price_rupiah": gettext_lazy("Price"),
    "margin_percent": gettext_lazy("Margin in percent"),
    "late_penalty_percent_week": gettext_lazy("Penalty a week late, in percent"),
    "late_penalty_cap_percent": gettext_lazy("Penalty at most, in percent"),
    "quotation_valid_days": gettext_lazy("Days that a quotation holds"),
    "wage_rupiah_hour": gettext_lazy("Minimum wage an hour"),
    "wage_source": gettext_lazy("Regulation"),
    "wage_on": gettext_lazy("Date of the regulation"),
    "overtime_rupiah_hour": gettext_lazy("Extra pay for an extra hour"),
    "royalty_rupiah_piece": gettext_lazy("Royalty a piece"),
    "integer": gettext_lazy("Whole pieces only"),
    "subsector": gettext_lazy("Trade"),
    "skill": gettext_lazy("Process"),
    "supply_reason": gettext_lazy("Why it is bought"),
    "supply_reason_en": gettext_lazy("Why it is bought, in English"),
    "shelf_life_weeks": gettext_lazy("Weeks that it keeps"),
    "service": gettext_lazy("A service"),
    "motif": gettext_lazy("Motif"),
    "routed_from": gettext_lazy("A step of"),
    "part": gettext_lazy("Part"),
    "workshop": gettext_lazy("Workshop"),
    "cooperative": gettext_lazy("Cooperative"),
    "as_of": gettext_lazy("Counted on"),
    "simulated": gettext_lazy("Simulated"),
    "ikm": gettext_lazy("Member"),
    "number": gettext_lazy("Number"),
    "terms": gettext_lazy("Terms of the licence"),
    "aspect": gettext_lazy("Aspect"),
    "holder": gettext_lazy("Holder"),
    "right_kind": gettext_lazy("Right"),
    "right_number": gettext_lazy("Number of the right"),
    "right_date": gettext_lazy("Date of the right"),
    "title": gettext_lazy("Title"),
    "published_on": gettext_lazy("Published on"),
    "says": gettext_lazy("What it says"),
    "certificates": gettext_lazy("Certificates"),
    "bom %s": gettext_lazy("Component %s"),
    "step %s": gettext_lazy("Step %s"),
}


def roles_of(request: HttpRequest) -> Roles:
    return person_of(request).roles


def catalogue_list(
    request: HttpRequest, listing: Listing, rows: QuerySet[Any], *, add: str = "", **context: Any
) -> HttpResponse:
    """A list of the catalogue, with the ways to the others above it."""
    ways = WAYS if roles_of(request).manager else [way for way in WAYS if way[0] in CITY_WAYS]
    here = [(reverse(name), words, reverse(name) == request.path) for name, words in ways]
    return list_page(request, listing, rows, template="catalogue/list.html", add=add, ways=here, **context)


def catalogue_form(
    request: HttpRequest,
    form: forms.Form,
    *,
    title: Words,
    back: str,
    write: Callable[[dict[str, Any]], object],
    row: Model | None = None,
    **context: Any,
) -> HttpResponse:
    """A form about one row of the catalogue, its history below; `write` takes the values and the page goes `back`."""

    def save(facts: dict[str, Any]) -> str:
        write(facts)
        messages.success(request, _("Saved."))
        return back

    history = history_of(row) if row is not None else None
    template = context.pop("template", "catalogue/form.html")
    return form_page(request, form, title=title, back=back, save=save, template=template, history=history, **context)


def history_of(row: Model) -> Table:
    """The history of a row of the catalogue in words."""
    return history_table(row, acts=ACTS, fields=FIELDS, values=kept_values())


def back_of(request: HttpRequest, name: str) -> str:
    """Where a form leads back to: the part that it was opened from (?barang=), else the list of this name."""
    part = request.GET.get("barang", "")
    return reverse("part", args=[part]) if part.isascii() and part.isdecimal() else reverse(name)


def day_text(day: date | None) -> str:
    return date_text(day, language()) if day else NOTHING


def number_text(value: Decimal | int | None, places: int = 3) -> str:
    return NOTHING if value is None else decimal_text(value, places, language())


def money_text(amount: int | None) -> str:
    return NOTHING if amount is None else rupiah_text(amount)


def until_text(row: Any) -> str:
    return day_text(row.valid_until) if row.valid_until else _("until further notice")


def part_column(column: str = "part") -> ListColumn:
    return ListColumn(
        "barang",
        gettext_lazy("Part"),
        lambda row: f"{part_name(row.part)} ({row.part.code})",
        value=lambda row: row.part.code,
        sort=(f"{column}__code",),
        url=lambda row: reverse("part", args=[row.part_id]),
    )


def workshop_column() -> ListColumn:
    return ListColumn(
        "bengkel",
        gettext_lazy("Workshop"),
        lambda row: row.workshop.name,
        sort=("workshop__name",),
        badge=lambda row: "simulated" if row.workshop.simulated else "",
    )


def code_column(column: str, label: Words) -> ListColumn:
    """For files: the code by which a row is found again."""
    return ListColumn("kode", label, lambda row: str(getattr(row, column).code), hidden=True)


def amount_column(key: str, name: str, *, hidden: bool = False) -> ListColumn:
    return ListColumn(
        key,
        FIELDS[name],
        lambda row: money_text(getattr(row, name)),
        value=lambda row: getattr(row, name),
        numeric=True,
        sort=(name,),
        hidden=hidden,
    )


def number_column(key: str, name: str, places: int = 3, *, hidden: bool = False) -> ListColumn:
    return ListColumn(
        key,
        FIELDS[name],
        lambda row: number_text(getattr(row, name), places),
        value=lambda row: getattr(row, name),
        numeric=True,
        sort=(name,),
        hidden=hidden,
    )


def day_column(key: str, label: Words, name: str) -> ListColumn:
    return ListColumn(
        key, label, lambda row: day_text(getattr(row, name)), value=lambda row: getattr(row, name), sort=(name,)
    )


def time_filter(on_day: Callable[[date], Q]) -> ListFilter:
    """What holds today, unless what is about to end, is over or is to come is asked for."""

    def narrow(rows: QuerySet[Any], value: str) -> QuerySet[Any]:
        day = today()
        if value == "segera":
            return rows.filter(valid_until__range=(day, day + timedelta(days=CERTIFICATES_LATEST_DAYS)))
        return rows.filter(on_day(day)) if value == "kini" else rows.exclude(on_day(day))

    return ListFilter(
        "berlaku",
        gettext_lazy("Holds"),
        lambda: [("kini", _("today")), ("segera", _("ends within 60 days")), ("lain", _("another time"))],
        narrow,
        initial="kini",
    )
