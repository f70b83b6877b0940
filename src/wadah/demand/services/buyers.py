"""Buyers and the people who speak for them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from wadah.base.clock import now
from wadah.base.errors import Refused
from wadah.catalogue.saving import change_record, row_save
from wadah.demand.models import Buyer, BuyerContact

if TYPE_CHECKING:
    from wadah.accounts.models import User


@transaction.atomic
def buyer_put(*, name: str, by: User | None = None, **columns: Any) -> Buyer:
    """Writes a buyer or corrects the one of this name. columns: those of Buyer."""
    return row_save(Buyer.objects.filter(name=name).first() or Buyer(name=name), columns, by=by, act="buyer_put")


@transaction.atomic
def buyer_add(*, name: str, by: User | None = None, **columns: Any) -> Buyer:
    """Writes a new buyer. Raises Refused where one of this name stands already, archived ones too."""
    standing = Buyer.objects.filter(name__iexact=name).first()
    if standing is not None:
        text = _("There is already a buyer “%(name)s”. Change that one, or bring it back if it is archived.")
        raise Refused(text % {"name": standing.name}, field="name")
    return row_save(Buyer(name=name), columns, by=by, act="buyer_add")


@transaction.atomic
def buyer_correct(*, buyer: Buyer, by: User | None = None, **columns: Any) -> Buyer:
    """Corrects a buyer, the name too. Raises Refused where another has this name."""
    buyer = Buyer.objects.select_for_update().get(pk=buyer.pk)
    return row_save(buyer, columns, by=by, act="buyer_correct")


@transaction.atomic
def buyer_archive(*, buyer: Buyer, by: User | None = None) -> Buyer:
    """Takes a buyer out of the lists to choose from; orders, papers and history stay."""
    buyer = Buyer.objects.select_for_update().get(pk=buyer.pk)
    return row_save(buyer, {"archived_at": buyer.archived_at or now()}, by=by, act="buyer_archive")


@transaction.atomic
def buyer_bring_back(*, buyer: Buyer, by: User | None = None) -> Buyer:
    """Undoes an archiving."""
    buyer = Buyer.objects.select_for_update().get(pk=buyer.pk)
    return row_save(buyer, {"archived_at": None}, by=by, act="buyer_bring_back")


@transaction.atomic
def buyer_contact_add(*, buyer: Buyer, user: User, by: User | None = None) -> BuyerContact:
    """Lets a person see and place the buyer's orders."""
    contact, created = BuyerContact.objects.get_or_create(buyer=buyer, user=user)
    if created:
        contacts_told(buyer, by, "buyer_contact_add", None, user.name)
    return contact


@transaction.atomic
def buyer_contact_remove(*, contact: BuyerContact, by: User | None = None) -> None:
    """The person no longer sees the buyer's orders; what they did stays in the history."""
    contacts_told(contact.buyer, by, "buyer_contact_remove", contact.user.name, None)
    contact.delete()


def contacts_told(buyer: Buyer, by: User | None, act: str, old: str | None, new: str | None) -> None:
    """Who speaks for a buyer stands in the buyer's history, by name."""
    change_record(buyer, by=by, act=act, old={"contact": old}, new={"contact": new})
