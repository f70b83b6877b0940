"""People to sign in as, one for each role: plainly fictional, with phone numbers that belong to nobody.

0899-0000-00nn follows the form of a mobile number, so that it can be typed like a real one. One password for all is
for trying Wadah out; never load these into a database that holds real people.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction

from wadah.accounts.models import User
from wadah.accounts.rules import phone_e164
from wadah.accounts.services import user_create
from wadah.cli.examples import school, vehicle
from wadah.cli.examples.tables import RECORDS_SINCE
from wadah.demand.models import Buyer
from wadah.demand.services import buyer_contact_add
from wadah.register.models import Appointment, Membership
from wadah.register.services import appointment_make, membership_open

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from wadah.register.models import Cooperative

PASSWORD = "wadah-coba-2026"
CITY_OFFICES = {"officer": Appointment.Role.OFFICER, "admin": Appointment.Role.ADMIN}


@dataclass(frozen=True, slots=True)
class Person:
    """One demo account. role: as `make run` prints it; about: what the person stands for (a workshop, a buyer)."""

    role: str
    phone: str
    name: str
    about: str = ""


PEOPLE = (
    Person("manager", "0899-0000-0001", "Ratna (simulasi)"),
    Person("member", "0899-0000-0002", "Sari (simulasi)", "BR-001"),
    Person("member", "0899-0000-0003", "Tini (simulasi)", "BTK-1"),
    Person("buyer", "0899-0000-0004", "Bima (simulasi)", vehicle.BUYER),
    Person("officer", "0899-0000-0005", "Dewi (simulasi)"),
    Person("school", "0899-0000-0006", "Hadi (simulasi)", school.SCHOOL),
    Person("admin", "0899-0000-0007", "Yusuf (simulasi)"),
)


@transaction.atomic
def load_accounts(cooperatives: Sequence[Cooperative]) -> User:
    """Opens the accounts that aren't there yet, each with its role; returns the manager."""
    for person in PEOPLE:
        if not User.objects.filter(phone=phone_e164(person.phone)).exists():
            user = user_create(phone=person.phone, name=person.name, password=PASSWORD, adult=True)
            GRANTS[person.role](user, person, cooperatives)
    return User.objects.get(phone=phone_e164(PEOPLE[0].phone))


def grant_manager(user: User, person: Person, cooperatives: Sequence[Cooperative]) -> None:
    for cooperative in cooperatives:
        membership_open(cooperative=cooperative, role=Membership.Role.MANAGER, user=user, joined_on=RECORDS_SINCE)


def grant_member(user: User, person: Person, cooperatives: Sequence[Cooperative]) -> None:
    """The firm is a member already; now somebody signs in for it."""
    Membership.objects.filter(
        cooperative__in=cooperatives, ikm__workshops__code=person.about, role=Membership.Role.MEMBER
    ).update(user=user)


def grant_buyer(user: User, person: Person, cooperatives: Sequence[Cooperative]) -> None:
    buyer_contact_add(buyer=Buyer.objects.get(name=person.about), user=user)


def grant_office(user: User, person: Person, cooperatives: Sequence[Cooperative]) -> None:
    appointment_make(user=user, role=CITY_OFFICES[person.role], valid_from=RECORDS_SINCE)


GRANTS: dict[str, Callable[[User, Person, Sequence[Cooperative]], None]] = {
    "manager": grant_manager,
    "member": grant_member,
    "buyer": grant_buyer,
    "school": grant_buyer,
    "officer": grant_office,
    "admin": grant_office,
}
