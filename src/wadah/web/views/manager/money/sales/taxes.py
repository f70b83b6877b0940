"""Taxes: what the cooperative is for the tax office, the final income tax by month, and every dated rate."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from wadah.base.clock import today
from wadah.ledger.rules.months import first_of, last_of, months_between
from wadah.ledger.selectors.taxes import (
    income_taxes,
    kept_back_left,
    rates_known,
    tax_statuses,
    turnover,
    turnover_max,
    year_taxes,
    year_taxes_seen,
)
from wadah.ledger.services.books import month_name
from wadah.ledger.services.taxes import income_tax_post, tax_status_put, taxes_lay_out
from wadah.ledger.services.year_taxes import year_tax_post, year_tax_take_back
from wadah.register.selectors import cooperatives_named
from wadah.web.access import MANAGER, TREASURER, access, own_or_404, person_of
from wadah.web.editing import form_page
from wadah.web.exports import FORMATS, file_answer
from wadah.web.views.manager.money.common import cooperatives_of
from wadah.web.views.manager.money.sales.forms import MonthForm, StatusForm, WhyForm, YearTaxForm
from wadah.web.views.manager.money.sales.tables import income_table, rates_table, statuses_table, year_taxes_table

if TYPE_CHECKING:
    import datetime as dt

    from django.http import HttpRequest, HttpResponse

MONTHS_SHOWN = 12


def months_over() -> list[dt.date]:
    """First days of this year's and last year's months that are over, the latest first."""
    day = today()
    months = months_between(day.replace(year=day.year - 1, month=1, day=1), day)
    return [month for month in reversed(months) if last_of(month) < day][: 2 * MONTHS_SHOWN]


@access(MANAGER, TREASURER)
def taxes(request: HttpRequest) -> HttpResponse:
    """GET lays the known rates out where that wasn't done yet: the same for everybody, once."""
    taxes_lay_out()
    rates = rates_table(rates_known())
    if request.GET.get("unduh") in FORMATS:
        head = [column.label for column in rates.columns]
        return file_answer(
            request.GET["unduh"], "tarif-pajak", head, ([cell.text for cell in row] for row in rates.rows)
        )
    shown, day = [], today()
    for one in cooperatives_named(cooperatives_of(request)):
        sold = turnover(one, first_of(day).replace(month=1), day)
        limit = turnover_max(day)
        shown.append(
            {
                "cooperative": one,
                "statuses": statuses_table(tax_statuses(one)),
                "income": income_table(income_taxes(one)),
                "kept": kept_back_left(one, day),
                "years": year_taxes_table(year_taxes(one)),
                "sold": sold,
                "limit": limit,
                "above": bool(limit) and sold > limit,
            }
        )
    context = {"shown": shown, "rates": rates, "formats": list(FORMATS), "year": day.year}
    return render(request, "money/sales/taxes.html", context)


@access(MANAGER, TREASURER, methods=("GET", "POST"))
def tax_status_add(request: HttpRequest) -> HttpResponse:
    form = StatusForm(request.POST or None, cooperatives=cooperatives_of(request))

    def save(facts: dict[str, Any]) -> str:
        tax_status_put(by=person_of(request).user, **facts)
        return reverse("taxes")

    return form_page(
        request, form, title=_("What the cooperative is for the tax office"), back=reverse("taxes"), save=save
    )


@access(MANAGER, TREASURER, methods=("GET", "POST"))
def income_tax_add(request: HttpRequest) -> HttpResponse:
    """The final income tax of one month that is over."""
    months = {month.isoformat(): month for month in months_over()}
    form = MonthForm(
        request.POST or None,
        cooperatives=cooperatives_of(request),
        months=[(key, month_name(month)) for key, month in months.items()],
    )

    def save(facts: dict[str, Any]) -> str:
        user = person_of(request).user
        assert user is not None
        row = income_tax_post(cooperative=facts["cooperative"], month=months[facts["month"]], by=user)
        messages.success(request, _("The tax of %(month)s is worked out.") % {"month": month_name(row.month)})
        return reverse("taxes")

    return form_page(
        request,
        form,
        title=_("Final income tax of a month"),
        back=reverse("taxes"),
        action=_("Work it out"),
        save=save,
    )


@access(MANAGER, TREASURER, methods=("GET", "POST"))
def year_tax_add(request: HttpRequest) -> HttpResponse:
    """The end of a tax year that is over: its tax, and what of PPh 22 and 23 kept back counts against it."""
    years = [today().year - back for back in (1, 2)]
    form = YearTaxForm(request.POST or None, cooperatives=cooperatives_of(request), years=years)

    def save(facts: dict[str, Any]) -> str:
        user = person_of(request).user
        assert user is not None
        facts["taxable_rupiah"] = facts["taxable_rupiah"] or 0
        row = year_tax_post(by=user, **facts)
        messages.success(request, _("The tax of %(year)s is worked out.") % {"year": row.year})
        return reverse("taxes")

    return form_page(
        request,
        form,
        title=_("Tax of a year, and what buyers kept back"),
        back=reverse("taxes"),
        action=_("Work it out"),
        save=save,
        template="money/sales/year_tax.html",
    )


@access(MANAGER, TREASURER, methods=("GET", "POST"))
def year_tax_undo(request: HttpRequest, pk: int) -> HttpResponse:
    row = own_or_404(year_taxes_seen(cooperatives_of(request)), pk=pk)

    def save(facts: dict[str, Any]) -> str:
        user = person_of(request).user
        assert user is not None
        year_tax_take_back(year_tax=row, by=user, **facts)
        messages.success(request, _("Taken back."))
        return reverse("taxes")

    title = _("Take the tax of %(year)s back") % {"year": row.year}
    return form_page(
        request, WhyForm(request.POST or None), title=title, back=reverse("taxes"), action=title, save=save
    )
