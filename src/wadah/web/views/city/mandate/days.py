"""Batik days, and the least share that public buyers owe to small firms: dated rows with their regulation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from wadah.base.clock import today
from wadah.demand.selectors.schools import batik_days as days_listed
from wadah.demand.selectors.schools import small_shares as shares_listed
from wadah.demand.services import batik_day_put, small_share_put
from wadah.demand.words import RuleKind, Weekday
from wadah.units import MONTHS, date_text, decimal_text
from wadah.web.access import OFFICER, access, own_or_404, person_of
from wadah.web.editing import RowForm, form_page
from wadah.web.history import history_table
from wadah.web.lists import ListColumn, ListFilter, Listing, list_page
from wadah.web.quantities import DayField, QuantityField
from wadah.web.views.city.public_words import batik_day_words
from wadah.web.views.manager.demand.words import ACTS, FIELDS
from wadah.web.words import language

if TYPE_CHECKING:
    from collections.abc import Callable
    from decimal import Decimal

    from django.http import HttpRequest, HttpResponse

DAYS_OF_MONTH = 31


def until(row: Any) -> str:
    return date_text(row.valid_until, language()) if row.valid_until else gettext("until further notice")


def dated_columns() -> list[ListColumn]:
    return [
        ListColumn(
            "dari",
            _("From"),
            text=lambda row: date_text(row.valid_from, language()),
            value=lambda row: row.valid_from,
            sort=("valid_from",),
        ),
        ListColumn("sampai", _("Last day"), text=until, value=lambda row: row.valid_until),
        ListColumn("sumber", _("Source"), text=lambda row: row.source),
    ]


def holds_filter() -> ListFilter:
    held = Q(valid_until__isnull=True)
    return ListFilter(
        "berlaku",
        _("Holds"),
        lambda: [("kini", gettext("today")), ("lain", gettext("another time"))],
        lambda rows, value: (
            rows.filter(held | Q(valid_until__gte=today()), valid_from__lte=today())
            if value == "kini"
            else rows.exclude(held | Q(valid_until__gte=today()), valid_from__lte=today())
        ),
    )


DAYS = Listing(
    "hari-batik",
    _("Days on which batik is worn"),
    [
        ListColumn("hari", _("Day"), text=batik_day_words, url=lambda row: reverse("batik_day", args=[row.pk])),
        ListColumn("siapa", _("Who"), text=lambda row: str(row.get_applies_to_kind_display())),
        ListColumn("aturan", _("Regulation"), text=lambda row: row.regulation, sort=("regulation",)),
        *dated_columns(),
    ],
    search=lambda rows, text: rows.filter(Q(regulation__icontains=text) | Q(source__icontains=text)),
    filters=[holds_filter()],
    empty=_("No batik day is written down yet. Add one with the regulation that says so."),
)

SHARES = Listing(
    "usaha-kecil",
    _("Least share for small firms"),
    [
        ListColumn(
            "bagian",
            _("Share"),
            text=lambda row: decimal_text(row.percent, 2, language()) + "%",
            value=lambda row: row.percent,
            numeric=True,
            sort=("percent",),
            url=lambda row: reverse("small_share", args=[row.pk]),
        ),
        ListColumn("aturan", _("Regulation"), text=lambda row: row.regulation),
        *dated_columns(),
    ],
    filters=[holds_filter()],
    empty=_("No share is written down yet, so none is missing anywhere."),
)


class DayForm(RowForm):
    applies_to_kind = forms.ChoiceField(label=_("Who"), choices=RuleKind.choices)
    weekday = forms.TypedChoiceField(
        label=_("Every week on"),
        choices=[("", "–"), *Weekday.choices],
        required=False,
        coerce=int,
        empty_value=None,
    )
    day = forms.TypedChoiceField(
        label=_("Or each year on the"),
        choices=[("", "–"), *((day, str(day)) for day in range(1, DAYS_OF_MONTH + 1))],
        required=False,
        coerce=int,
        empty_value=None,
    )
    month = forms.TypedChoiceField(label=_("of"), required=False, coerce=int, empty_value=None)
    regulation = forms.CharField(label=_("Regulation"), max_length=160)
    valid_from = DayField(label=_("From"))
    valid_until = DayField(label=_("Last day"), required=False)
    source = forms.CharField(label=_("Source"), max_length=500)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = [(number, name) for number, name in enumerate(MONTHS[language()], 1)]
        self.fields["month"].choices = [("", "–"), *names]  # type: ignore[attr-defined]


class ShareForm(RowForm):
    percent = QuantityField(label=_("Least share, in percent"))
    regulation = forms.CharField(label=_("Regulation"), max_length=160)
    valid_from = DayField(label=_("From"))
    valid_until = DayField(label=_("Last day"), required=False)
    source = forms.CharField(label=_("Source"), max_length=500)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.row is not None:
            self.fields["percent"].initial = decimal_text(self.row.percent, 2, language())  # type: ignore[attr-defined]

    def clean_percent(self) -> Decimal:
        percent: Decimal = self.cleaned_data["percent"]
        if not 0 <= percent <= 100:
            raise forms.ValidationError(gettext("Write a number from 0 to 100."))
        return percent


@access(OFFICER)
def batik_days(request: HttpRequest) -> HttpResponse:
    return list_page(request, DAYS, days_listed(), add=reverse("batik_day_add"))


@access(OFFICER, methods=("GET", "POST"))
def batik_day_add(request: HttpRequest) -> HttpResponse:
    form = DayForm(request.POST or None, initial={"valid_from": today()})
    return dated_page(request, form, batik_day_put, reverse("batik_days"), gettext("A day on which batik is worn"))


@access(OFFICER, methods=("GET", "POST"))
def batik_day(request: HttpRequest, pk: int) -> HttpResponse:
    row = own_or_404(days_listed(), pk=pk)
    form = DayForm(request.POST or None, row=row)
    return dated_page(request, form, batik_day_put, reverse("batik_days"), batik_day_words(row))


@access(OFFICER)
def small_shares(request: HttpRequest) -> HttpResponse:
    return list_page(request, SHARES, shares_listed(), add=reverse("small_share_add"))


@access(OFFICER, methods=("GET", "POST"))
def small_share_add(request: HttpRequest) -> HttpResponse:
    form = ShareForm(request.POST or None, initial={"valid_from": today()})
    title = gettext("A least share for small firms")
    return dated_page(request, form, small_share_put, reverse("small_shares"), title)


@access(OFFICER, methods=("GET", "POST"))
def small_share(request: HttpRequest, pk: int) -> HttpResponse:
    row = own_or_404(shares_listed(), pk=pk)
    form = ShareForm(request.POST or None, row=row)
    return dated_page(request, form, small_share_put, reverse("small_shares"), row.regulation)


def dated_page(request: HttpRequest, form: RowForm, put: Callable[..., object], back: str, title: str) -> HttpResponse:
    """Adds a dated row, or changes that of the form, which then shows its history."""
    row = form.row
    kept = {} if row is None else {"row": row}
    more: dict[str, Any] = {}
    if row is not None:
        more = {"template": "city/dated.html", "history": history_table(row, acts=ACTS, fields=FIELDS)}

    def save(facts: dict[str, Any]) -> str:
        put(by=person_of(request).user, **kept, **facts)
        return back

    return form_page(request, form, title=title, back=back, save=save, **more)
