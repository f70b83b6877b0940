"""Buyers and the people who speak for them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from wadah.accounts.rules import phone_e164
from wadah.accounts.selectors import user_by_phone
from wadah.accounts.services import user_create
from wadah.base.clock import now
from wadah.base.errors import Refused
from wadah.catalogue.saving import change_record, row_save
from wadah.demand.models import Buyer, BuyerContact
from wadah.demand.words import Market

if TYPE_CHECKING:
    from wadah.accounts.models import User
    from wadah.register.models import Cooperative


@transaction.atomic
def buyer_put(*, name: str, by: User | None = None, **columns: Any) -> Buyer:
    """Writes a buyer or corrects the one of this name. columns: those of Buyer."""
    return row_save(Buyer.objects.filter(name=name).first() or Buyer(name=name), columns, by=by, act="buyer_put")


@transaction.atomic
def buyer_add(*, name: str, cooperative: Cooperative, by: User | None = None, **columns: Any) -> Buyer:
    """Writes a new buyer, brought in by a cooperative. Raises Refused where one of this name stands."""
    standing = Buyer.objects.filter(name__iexact=name).first()
    if standing is not None:
        text = _("There is already a buyer “%(name)s”. If yours is another, write its town or branch behind the name.")
        raise Refused(text % {"name": standing.name}, field="name")
    buyer = row_save(Buyer(name=name), columns, by=by, act="buyer_add")
    buyer.cooperatives.add(cooperative)
    return buyer


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
def buyer_contact_invite(*, buyer: Buyer, phone: str, name: str, adult: bool, by: User | None = None) -> BuyerContact:
    """Lets whoever has this phone speak for the buyer; opens an account without a password where there is none.

    name, adult: of a new account only; an account that stands keeps its name. A new account of a buyer abroad begins
    in English.

    Raises
    ------
    Refused: as `user_create`.
    """
    language = "en" if buyer.market == Market.EXPORT else "id"
    user = user_by_phone(phone_e164(phone)) or user_create(
        phone=phone, name=name, password=None, adult=adult, language=language
    )
    return buyer_contact_add(buyer=buyer, user=user, by=by)


@transaction.atomic
def buyer_contact_remove(*, contact: BuyerContact, by: User | None = None) -> None:
    """The person no longer sees the buyer's orders; what they did stays in the history."""
    contacts_told(contact.buyer, by, "buyer_contact_remove", contact.user.name, None)
    contact.delete()


def contacts_told(buyer: Buyer, by: User | None, act: str, old: str | None, new: str | None) -> None:
    """Who speaks for a buyer stands in the buyer's history, by name."""
    change_record(buyer, by=by, act=act, old={"contact": old}, new={"contact": new})
