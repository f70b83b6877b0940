"""The lots of a plan as a list: by workshop, part and week, as Excel and CSV too."""

from __future__ import annotations

from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from wadah.plans.drafts import LIVE
from wadah.plans.edits.selectors import workshops_to_edit
from wadah.plans.rules import Horizon
from wadah.plans.selectors.lots import plan_lot_choices, plan_lots
from wadah.units import date_short_text, date_text, decimal_text, rupiah_of
from wadah.web.access import MANAGER, OFFICER, access, person_of
from wadah.web.lists import ListColumn, ListFilter, Listing, list_page
from wadah.web.views.manager.plans.plans import run_or_404
from wadah.web.views.manager.plans.tables import money
from wadah.web.words import language, part_name, quantity_text

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest, HttpResponse

    from wadah.plans.models import PlannedLot, PlanRun


@access(MANAGER, readers=(OFFICER,))
def plan_table(request: HttpRequest, pk: int) -> HttpResponse:
    run = run_or_404(request, pk)
    own = run.cooperative_id in person_of(request).roles.cooperatives_managed
    edit = own and run.status in LIVE
    asked = request.GET.get("w", "")
    workshop = workshops_to_edit(run).filter(code=asked).first() if edit and asked else None
    listing = lots_listing(run, request.GET, edit=edit)
    return list_page(request, listing, plan_lots(run), template="plans/table_lots.html", run=run, workshop=workshop)


def lots_listing(run: PlanRun, asked: Any, *, edit: bool = False) -> Listing:
    """asked: parameters of the address; edit: each lot leads to the forms that edit it."""
    horizon = Horizon(run.start_on, run.weeks)
    return Listing(
        f"rencana-{run.pk}",
        _("Who makes what, and when"),
        [*columns(horizon), *([edit_column(run)] if edit else [])],
        search=lots_searched,
        filters=filters(run, horizon, workshop=asked.get("w", ""), part=asked.get("p", "")),
        empty=_("This plan gives work to nobody."),
    )


def columns(horizon: Horizon) -> list[ListColumn]:
    return [
        ListColumn(
            "minggu",
            _("Week of"),
            lambda lot: date_text(horizon.monday(lot.period), language()),
            value=lambda lot: horizon.monday(lot.period),
            sort=("period",),
        ),
        ListColumn("kode", _("Code of the workshop"), lambda lot: str(lot.workshop.code), hidden=True),
        ListColumn(
            "bengkel",
            _("Workshop"),
            lambda lot: f"{lot.workshop.code} {lot.workshop.name}",
            sort=("workshop__code",),
            badge=lambda lot: "simulated" if lot.workshop.simulated else "",
        ),
        ListColumn("kode_bagian", _("Code of the part"), lambda lot: str(lot.part.code), hidden=True),
        ListColumn("bagian", _("Part"), lambda lot: part_name(lot.part), sort=("part__code",)),
        ListColumn(
            "buah",
            _("Pieces"),
            lambda lot: quantity_text(lot.quantity),
            value=lambda lot: round(float(lot.quantity), 3),
            numeric=True,
            sort=("quantity",),
        ),
        ListColumn(
            "jam",
            _("Hours"),
            lambda lot: decimal_text(round(lot.hours, 1), 1, language()),
            value=lambda lot: round(float(lot.hours), 2),
            numeric=True,
            sort=("hours",),
        ),
        ListColumn(
            "upah",
            _("Pay and costs"),
            lambda lot: money(lot.pay_rupiah),
            value=lambda lot: int(rupiah_of(lot.pay_rupiah)),
            numeric=True,
            sort=("pay_rupiah",),
        ),
    ]


def edit_column(run: PlanRun) -> ListColumn:
    return ListColumn(
        "sunting",
        _("Edit"),
        lambda lot: _("Edit %(part)s") % {"part": part_name(lot.part)},
        url=lambda lot: reverse("plan_edit_lot", args=[run.pk, lot.pk]),
        screen=True,
    )


def filters(run: PlanRun, horizon: Horizon, **asked: str) -> list[ListFilter]:
    """asked: codes of the workshop and part that the address asks for."""
    found = plan_lot_choices(run, **asked)
    workshops = [(row.code, f"{row.code} {row.name}") for row in found.workshops]
    parts = [(row.code, part_name(row)) for row in found.parts]
    weeks = [(str(t), date_short_text(horizon.monday(t), language())) for t in found.periods]
    narrowing = [
        ListFilter("w", _("Workshop"), lambda: workshops, lambda rows, value: rows.filter(workshop__code=value)),
        ListFilter("p", _("Part"), lambda: parts, lambda rows, value: rows.filter(part__code=value)),
        ListFilter("t", _("Week of"), lambda: weeks, lambda rows, value: rows.filter(period=int(value))),
    ]
    return [one for one in narrowing if one.choices()]


def lots_searched(rows: QuerySet[PlannedLot], text: str) -> QuerySet[PlannedLot]:
    """Lots whose workshop or part holds each of the words, in its code or name."""
    for word in text.split():
        places = ("workshop__code", "workshop__name", "part__code", "part__name", "part__name_en")
        rows = rows.filter(reduce(or_, (Q(**{f"{place}__icontains": word}) for place in places)))
    return rows
