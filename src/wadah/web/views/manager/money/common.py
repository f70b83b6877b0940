"""What the pages about money share: whose books a person works with, amounts and days as text, and their postings."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wadah.base.clock import today
from wadah.ledger.selectors.postings import account_name, postings_from
from wadah.register.selectors import cooperatives_named
from wadah.units import date_text, rupiah_text
from wadah.web.access import person_of
from wadah.web.lists import ListColumn
from wadah.web.tables import Cell, Column, Table
from wadah.web.words import language

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from django.http import HttpRequest

    from wadah.register.models import Cooperative


def cooperatives_of(request: HttpRequest) -> frozenset[int]:
    """Cooperatives whose money the person works with: as manager or as treasurer."""
    roles = person_of(request).roles
    return roles.cooperatives_managed | roles.cooperatives_kept


def managed(request: HttpRequest, cooperative: int) -> bool:
    """Whether the person manages it: only then lead links to orders, shipments and lots."""
    return cooperative in person_of(request).roles.cooperatives_managed


def day_text(day: date | None) -> str:
    return date_text(day, language()) if day else "–"


def day_asked(request: HttpRequest, name: str = "pada") -> date:
    """The day that the address asks for; today where there is none, or it can't be, or is still to come."""
    try:
        return min(date.fromisoformat(request.GET.get(name, "")), today())
    except ValueError:
        return today()


def rupiah_column(key: str, label: Any, of: str = "", **more: Any) -> ListColumn:
    """An amount of each row, its attribute `of` (else `key`); more: other fields of the column."""
    name = of or key
    return ListColumn(
        key,
        label,
        text=lambda row: rupiah_text(getattr(row, name)),
        value=lambda row: getattr(row, name),
        numeric=True,
        **{"sort": (name,), **more},
    )


def cooperative_field() -> forms.ModelChoiceField[Cooperative]:
    return forms.ModelChoiceField(cooperatives_named([]), label=gettext_lazy("Cooperative"), empty_label=None)


def cooperative_choose(form: forms.Form, cooperatives: Collection[int]) -> None:
    """The form's field `cooperative`: hidden where there is only one."""
    rows = cooperatives_named(cooperatives)
    form.fields["cooperative"].queryset = rows  # type: ignore[attr-defined]
    if len(rows) == 1:
        form.fields["cooperative"].widget = forms.HiddenInput()
        form.fields["cooperative"].initial = rows[0].pk


def postings_table(sources: Mapping[str, Iterable[int]], *, lots: bool) -> Table:
    """What documents came to in the books. lots: whether the reader may follow a line to its lot."""
    columns: list[tuple[str, dict[str, Any]]] = [
        (_("Posting"), {}),
        (_("Day"), {}),
        (_("Why"), {}),
        (_("Account"), {}),
        (_("Lot"), {}),
        (_("Debit"), {"numeric": True}),
        (_("Credit"), {"numeric": True}),
    ]
    table = Table(_("In the books"), [Column(label, **told) for label, told in columns])
    for posting in postings_from(sources):
        for line in posting.lines.all():
            lot = line.lot
            table.add(
                Cell(
                    f"{posting.seq}/{line.line_no}",
                    reverse("book_posting", args=[posting.cooperative.code, posting.seq]),
                ),
                day_text(posting.on),
                posting.get_rule_display(),
                f"{line.account.code} {account_name(line.account)}",
                Cell(lot.number, reverse("lot", args=[lot.number]) if lots else "") if lot else "",
                rupiah_text(line.debit) if line.debit else "",
                rupiah_text(line.credit) if line.credit else "",
            )
    return table
