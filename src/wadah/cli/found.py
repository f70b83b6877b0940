"""`wadah found`: a cooperative begins on an empty site: the city's tables, the cooperative, its manager, a way in.

No example and nothing simulated is loaded. The one-time link that it prints opens the manager's account; run again with
the same names it changes nothing and prints a new link, for a manager who is locked out. Whoever may run commands on
the server may do that; the account's history tells of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from wadah.cli.asking import complain
from wadah.cli.database import database_open
from wadah.cli.words import say

if TYPE_CHECKING:
    import argparse

    from wadah.accounts.models import User
    from wadah.register.models import Cooperative

NEEDS_DATABASE = True


def add(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = subparsers.add_parser("found", help="begin with a cooperative of your own")
    parser.add_argument("--cooperative", required=True, metavar="NAME", help="name of the cooperative")
    parser.add_argument("--manager", required=True, metavar="NAME", help="name of its manager, aged 18 or older")
    parser.add_argument("--phone", required=True, metavar="PHONE", help="the manager's phone, like 0812-3456-7890")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Founds what isn't there yet and prints the link. 2 where a name or phone can't be taken."""
    database_open(args.lang)  # first: rows can be imported only once Django is set up
    from django.urls import reverse
    from django.utils import translation

    from wadah.accounts.services import link_make
    from wadah.base.errors import Refused

    with translation.override(args.lang):
        try:
            cooperative, manager = found(args.cooperative, args.manager, args.phone)
            _link, token = link_make(user=manager, by=None)
        except Refused as refused:
            return complain(str(refused))
        print(say(args.lang, "founded", cooperative=cooperative.name, manager=manager.name))
        print(say(args.lang, "way in", address=reverse("link_show", args=[token])))
    return 0


def found(cooperative_name: str, manager_name: str, phone: str) -> tuple[Cooperative, User]:
    """The cooperative of this name and the manager with this phone; what isn't there yet is made, all or nothing.

    The first manager of a site is its administrator too. Raises Refused.
    """
    from django.db import transaction
    from django.utils.text import slugify

    from wadah.accounts.selectors import user_by_phone
    from wadah.accounts.services import user_create
    from wadah.base.clock import today
    from wadah.register.models import Appointment, Cooperative, Membership
    from wadah.register.services import appointment_make, cooperative_found, membership_open

    with transaction.atomic():
        area = city_tables()
        cooperative = Cooperative.objects.filter(name_key="".join(cooperative_name.split()).lower()).first()
        if cooperative is None:
            code = slugify(cooperative_name)[:40]
            cooperative = cooperative_found(code=code, name=" ".join(cooperative_name.split()), area=area)
        manager = user_by_phone(phone) or user_create(phone=phone, name=manager_name, password=None, adult=True)
        if not Membership.objects.filter(cooperative=cooperative, user=manager, role="manager", left_on=None).exists():
            membership_open(cooperative=cooperative, joined_on=today(), role="manager", user=manager)
        if not Appointment.objects.filter(role="admin").exists():
            appointment_make(user=manager, role="admin", valid_from=today())
    return cooperative, manager


def city_tables() -> object:
    """Areas, holidays, subsectors and processes; returns the city's area."""
    from wadah.cli.examples.city import CITY_CODE, load_city, load_skills
    from wadah.cli.examples.tables import BATIK, VEHICLE
    from wadah.programme.packages.curves import curves_put

    curves_put()
    areas = load_city()
    for example in (BATIK, VEHICLE):
        load_skills(example)
    return areas[CITY_CODE]
