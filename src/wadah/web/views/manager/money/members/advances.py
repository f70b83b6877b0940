"""Uang muka: what members got ahead of their pay, and what is left of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wadah.ledger.selectors.members_money import advances_seen
from wadah.ledger.selectors.repaying import recoveries_of_advance
from wadah.ledger.services.advances import advance_give, advance_take_back
from wadah.units import rupiah_text
from wadah.web.access import MANAGER, TREASURER, access, own_or_404
from wadah.web.editing import form_page
from wadah.web.history import history_table
from wadah.web.lists import ListColumn, ListFilter, Listing, list_page
from wadah.web.tables import Cell, Column, Table
from wadah.web.views.manager.money.common import cooperatives_of, day_text, managed, postings_table
from wadah.web.views.manager.money.members.common import act_page, firm_of, keeper, places, shelf
from wadah.web.views.manager.money.members.forms import AdvanceForm, WhyForm
from wadah.web.views.manager.money.members.words import ACTS, FIELDS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.http import HttpRequest, HttpResponse

    from wadah.ledger.models import Advance, Recovery

LISTING = Listing(
    "uang-muka",
    gettext_lazy("Advances"),
    [
        ListColumn(
            "number",
            gettext_lazy("Number"),
            text=lambda row: row.number,
            sort=("number",),
            url=lambda row: reverse("advance", args=[row.number]),
        ),
        ListColumn("member", gettext_lazy("Member"), text=lambda row: row.ikm.name, sort=("ikm__name",)),
        ListColumn(
            "on", gettext_lazy("Day"), text=lambda row: day_text(row.on), value=lambda row: row.on, sort=("on",)
        ),
        ListColumn("kind", gettext_lazy("Kind"), text=lambda row: row.get_kind_display()),
        ListColumn("what", gettext_lazy("For what"), text=lambda row: row.what),
        ListColumn(
            "rupiah", gettext_lazy("Rupiah"), text=lambda row: rupiah_text(row.rupiah), value=lambda row: row.rupiah,
            numeric=True, sort=("rupiah",),
        ),
        ListColumn(
            "left", gettext_lazy("Left"), text=lambda row: left_text(row), value=lambda row: left(row),
            numeric=True, sort=("left",),
        ),
    ],
    search=lambda rows, text: rows.filter(Q(ikm__name__icontains=text) | Q(number__icontains=text)),
    filters=[
        ListFilter(
            "keadaan",
            gettext_lazy("Show"),
            choices=lambda: [("sisa", gettext_lazy("not paid back yet")), ("tarik", gettext_lazy("taken back"))],
            narrow=lambda rows, value: (
                rows.filter(left__gt=0, reversed_at=None) if value == "sisa" else rows.exclude(reversed_at=None)
            ),
        )
    ],
    empty=gettext_lazy("Nobody has had an advance. Money or material given ahead of pay is written down here."),
)  # fmt: skip


def left(row: Advance) -> int:
    return 0 if row.reversed_at else row.rupiah - row.recovered


def left_text(row: Advance) -> str:
    return _("taken back") if row.reversed_at else rupiah_text(left(row))


@access(MANAGER, TREASURER)
def advances(request: HttpRequest) -> HttpResponse:
    rows = advances_seen(cooperatives_of(request))
    return list_page(request, LISTING, rows, add=reverse("advance_add"), **shelf(request))


@access(MANAGER, TREASURER, methods=("GET", "POST"))
def advance_add(request: HttpRequest) -> HttpResponse:
    form = AdvanceForm(request.POST or None, places=places(request), initial={"kind": "money", "till": "cash"})

    def save(facts: dict[str, Any]) -> str:
        place = facts.pop("place")
        row = advance_give(cooperative=place.cooperative, ikm=firm_of(place), by=keeper(request), **facts)
        return reverse("advance", args=[row.number])

    title = _("Give an advance")
    return form_page(request, form, title=title, back=reverse("advances"), save=save, action=_("Write it down"))


@access(MANAGER, TREASURER)
def advance(request: HttpRequest, number: str) -> HttpResponse:
    row = own_or_404(advances_seen(cooperatives_of(request)), number=number)
    context = {
        "row": row,
        "left": left(row),
        "recovered": recovered_table(recoveries_of_advance(row)),
        "history": history_table(row, acts=ACTS, fields=FIELDS),
        "postings": postings_table({"advance": [row.pk]}, lots=managed(request, row.cooperative_id)),
    }
    return render(request, "money/members/advance.html", context)


def recovered_table(rows: Iterable[Recovery]) -> Table:
    heads = (_("How"), _("Day"), _("Rupiah"))
    table = Table(_("Paid back so far"), [Column(head, head == _("Rupiah")) for head in heads])
    for one in rows:
        if one.repayment is not None:
            how = Cell(one.repayment.number, reverse("repayment", args=[one.repayment.number]))
            table.add(how, day_text(one.repayment.on), rupiah_text(one.rupiah))
        elif one.row is not None:
            settlement = one.row.settlement
            how = Cell(
                _("off the pay of %(number)s") % {"number": settlement.number},
                reverse("settlement_row", args=[settlement.pk, one.row.ikm_id]),
            )
            table.add(how, day_text(settlement.on), rupiah_text(one.rupiah))
    return table


@access(MANAGER, TREASURER, methods=("GET", "POST"))
def advance_undo(request: HttpRequest, number: str) -> HttpResponse:
    """What was entered by mistake."""
    row = own_or_404(advances_seen(cooperatives_of(request)), number=number)

    def act(facts: dict[str, Any]) -> None:
        advance_take_back(advance=row, by=keeper(request), **facts)

    return act_page(
        request,
        WhyForm(request.POST or None),
        title=_("Take %(number)s back") % {"number": row.number},
        back=reverse("advance", args=[number]),
        act=act,
        done=_("Taken back."),
        action=_("Take it back"),
    )
