"""For whom a person may make one-time links, and whose second step they may take away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wadah.accounts.selectors import accounts_all
from wadah.demand.models import BuyerContact
from wadah.register.selectors.signing_in import accounts_within

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from wadah.accounts.models import User
    from wadah.web.access import Person


def accounts_in_reach(person: Person) -> QuerySet[User]:
    """An administrator: everybody. A manager: whose every right lies in the manager's own cooperatives, so that no link
    opens more than the manager sees anyway; a buyer's contact isn't among them."""
    if person.roles.admin:
        return accounts_all()
    return accounts_within(person.roles.cooperatives_managed).exclude(pk__in=BuyerContact.objects.values("user"))
