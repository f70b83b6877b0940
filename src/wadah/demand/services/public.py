"""Dated rows that public buyers go by: batik days, the share for small firms, budgets; opening an account to order."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from django.db import transaction
from django.utils.translation import gettext as _

from wadah.base.errors import Refused
from wadah.catalogue.saving import days_check, row_save
from wadah.demand.models import BatikDay, Buyer, GoodsBudget, Institution, SmallShare
from wadah.demand.services.buyers import buyer_contact_invite
from wadah.demand.words import BuyerKind, Level, Market

if TYPE_CHECKING:
    from datetime import date

    from wadah.accounts.models import User
    from wadah.demand.models import BuyerContact
    from wadah.register.models import Cooperative

Ending = TypeVar("Ending", BatikDay, SmallShare)


@transaction.atomic
def batik_day_put(*, row: BatikDay | None = None, by: User | None = None, **columns: Any) -> BatikDay:
    """Writes a new day, or corrects `row`. columns: those of BatikDay, either weekday or month and day.

    Raises
    ------
    Refused: neither a weekday nor a day of the year, or both.
    """
    weekly = columns.get("weekday") is not None
    yearly = columns.get("month") is not None and columns.get("day") is not None
    if weekly == yearly:
        raise Refused(_("Choose a day of the week, or write a day and a month. Not both."), field="weekday")
    days_check(columns["valid_from"], columns.get("valid_until"))
    return row_save(row or BatikDay(), columns, by=by, act="batik_day_put")


@transaction.atomic
def small_share_put(*, row: SmallShare | None = None, by: User | None = None, **columns: Any) -> SmallShare:
    """Writes the least share from a day on, or corrects `row`. columns: those of SmallShare.

    Raises
    ------
    Refused: another one holds on some of its days.
    """
    first, last = columns["valid_from"], columns.get("valid_until")
    days_check(first, last)
    for other in SmallShare.objects.select_for_update():
        if row is not None and other.pk == row.pk:
            continue
        if (last is None or other.valid_from <= last) and (other.valid_until is None or first <= other.valid_until):
            words = {"regulation": other.regulation}
            raise Refused(
                _("“%(regulation)s” holds on these days. Give it a last day first.") % words, field="valid_from"
            )
    return row_save(row or SmallShare(), columns, by=by, act="small_share_put")


@transaction.atomic
def row_end(*, row: Ending, last_day: date, by: User | None = None) -> Ending:
    """Lets a dated row end with `last_day`; what held until then stays written. Raises Refused before its first day."""
    row = type(row).objects.select_for_update().get(pk=row.pk)
    days_check(row.valid_from, last_day)
    return row_save(row, {"valid_until": last_day}, by=by, act="row_end")


@transaction.atomic
def budget_state(
    *,
    institution: Institution,
    year: int,
    rupiah: int,
    stated_on: date,
    source: str,
    small_elsewhere_rupiah: int | None = None,
    by: User | None = None,
) -> GoodsBudget:
    """Writes what an institution stated of its budget for goods on a day; the same day again corrects it.

    Raises
    ------
    Refused: more is said to be bought from small firms than the whole budget.
    """
    if small_elsewhere_rupiah is not None and small_elsewhere_rupiah > rupiah:
        raise Refused(_("That is more than the whole budget."), field="small_elsewhere_rupiah")
    key = {"institution": institution, "year": year, "stated_on": stated_on}
    row = GoodsBudget.objects.filter(**key).first() or GoodsBudget(**key)
    columns = {"rupiah": rupiah, "small_elsewhere_rupiah": small_elsewhere_rupiah, "source": source}
    return row_save(row, columns, by=by, act="budget_state")


@transaction.atomic
def institution_open(
    *,
    institution: Institution,
    cooperative: Cooperative,
    phone: str,
    name: str,
    adult: bool,
    address: str = "",
    simulated: bool = False,
    by: User | None = None,
) -> BuyerContact:
    """Lets a person order and receive for an institution, from a cooperative that it may ask.

    The institution's buyer is made the first time, under its own name, or with its code behind it where another buyer
    has that name; later calls add people and cooperatives.

    Raises
    ------
    Refused: as `buyer_contact_invite`.
    """
    row = Institution.objects.select_for_update(of=("self",)).select_related("buyer").get(pk=institution.pk)
    buyer = row.buyer
    if buyer is None:
        taken = Buyer.objects.filter(name__iexact=row.name).exists()
        kind = BuyerKind.GOVERNMENT if row.level == Level.OFFICE else BuyerKind.SCHOOL
        columns = {
            "market": Market.LOCAL,
            "kind": kind,
            "address": address or row.area.name_spaced,
            "simulated": simulated,
        }
        buyer = row_save(
            Buyer(name=f"{row.name[:115]} ({row.code})" if taken else row.name), columns, by=by, act="buyer_add"
        )
        row_save(row, {"buyer": buyer}, by=by, act="institution_open")
    buyer.cooperatives.add(cooperative)
    return buyer_contact_invite(buyer=buyer, phone=phone, name=name, adult=adult, by=by)
