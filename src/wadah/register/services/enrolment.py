"""A home workshop joins a cooperative: told step by step, kept after each, written to the register at the end."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from wadah.accounts.rules import phone_e164
from wadah.accounts.selectors import user_by_phone
from wadah.accounts.services import user_create
from wadah.base.clock import monday, now, today
from wadah.base.errors import Conflict, Refused
from wadah.base.numbering import number_next
from wadah.register.models import Area, Enrolment, Membership, Skill, Subsector, Workshop
from wadah.register.rules import enrolment as rules
from wadah.register.selectors.cooperatives import member_with_phone
from wadah.register.selectors.makers import workshop_next_code
from wadah.register.services.claims import certificate_record, skills_claim
from wadah.register.services.cooperatives import membership_open
from wadah.register.services.hours import week_pattern_set
from wadah.register.services.makers import ikm_register, machine_put, workshop_open
from wadah.register.services.saving import row_correct, row_save

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wadah.accounts.models import User
    from wadah.register.models import Cooperative

    Told = dict[str, Any]

NAME_MAX = 120


@transaction.atomic
def enrolment_start(*, cooperative: Cooperative, by: User, **who: Any) -> Enrolment:
    """Begins with the person: name, phone (may be empty), adult (must be said), area (id or None).

    Raises
    ------
    Refused: no name, under 18, a phone that can't be dialled or that a member of this cooperative has.
    """
    moment = now()
    row = Enrolment(cooperative=cooperative, started_by=by, started_at=moment, changed_at=moment)
    row.told = {rules.WHO: who_checked(cooperative, who)}
    return row_save(row)


@transaction.atomic
def enrolment_tell(*, enrolment: Enrolment, step: str, answer: Told) -> Enrolment:
    """Keeps what was answered at a step (rules.STEPS, or "place" for a point on the map), over an earlier answer.

    Raises
    ------
    Refused: as enrolment_start does. Conflict: it was finished or dropped meanwhile.
    """
    row = open_one(enrolment)
    if step == rules.WHO:
        answer = who_checked(row.cooperative, answer)
    changes = {"told": {**row.told, step: answer}, "changed_at": now()}
    return row_correct(row, changes, frozenset(changes))


@transaction.atomic
def enrolment_drop(*, enrolment: Enrolment) -> Enrolment:
    """Puts a registration away; it can be brought back."""
    row = open_one(enrolment)
    return row_correct(row, {"dropped_at": now()}, frozenset({"dropped_at"}))


@transaction.atomic
def enrolment_restore(*, enrolment: Enrolment) -> Enrolment:
    """Brings back a registration that was put away; doing it again changes nothing."""
    row = Enrolment.objects.select_for_update().get(pk=enrolment.pk)
    return row_correct(row, {"dropped_at": None}, frozenset({"dropped_at"}))


@transaction.atomic
def enrolment_finish(*, enrolment: Enrolment, by: User, papers: Sequence[Told] = ()) -> Membership:
    """Writes the firm, its workshop, claims, machines, usual week, papers and place in the cooperative; once.

    papers: certificates, each {"kind", "number" ("" while not known)}. Who gave a phone gets an account that can't sign
    in until a link is handed over. Finished already: that place.

    Raises
    ------
    Refused: a step is missing, or the phone has come into use meanwhile. Conflict: it was dropped.
    """
    row = Enrolment.objects.select_for_update().select_related("cooperative").get(pk=enrolment.pk)
    if row.membership is not None:
        return row.membership
    row = open_one(row)
    if rules.steps_left(row.told):
        raise Refused(_("Something is still missing: answer every step first."))
    who = who_checked(row.cooperative, row.told[rules.WHO])
    ikm = ikm_register(
        name=who["firm"] or who["name"],
        owner_name=who["name"],
        phone=who["phone"],
        area=Area.objects.filter(pk=who["area"]).first(),
        subsectors=Subsector.objects.filter(pk__in=row.told[rules.WHAT]["subsectors"]),
        source=_("said at the workshop to %(name)s") % {"name": by.name},
        by=by,
    )
    place_opened(row, by, ikm=ikm, name=who["firm"] or who["name"])
    for paper in papers:
        certificate_record(kind=paper["kind"], number=paper["number"], ikm=ikm, by=by)
    membership = membership_open(cooperative=row.cooperative, joined_on=today(), ikm=ikm, user=account_of(who), by=by)
    row_correct(row, {"membership": membership, "told": {}, "changed_at": now()}, FINISHED)
    return membership


FINISHED = frozenset({"membership", "told", "changed_at"})


def place_opened(row: Enrolment, by: User, **facts: Any) -> Workshop:
    """The workshop with all that was said of it. The counter is taken only to let one after the other find a code."""
    number_next("workshop", 0)
    told = row.told
    point = told.get("place") or {}
    workshop = workshop_open(
        code=workshop_next_code(),
        kind=told[rules.WHAT].get("kind", Workshop.Kind.HOME),
        lat=point.get("lat"),
        lng=point.get("lng"),
        by=by,
        **facts,
    )
    skills_claim(workshop=workshop, skills=Skill.objects.filter(pk__in=told[rules.WHAT]["skills"]), by=by)
    for name, count in told[rules.WHAT]["machines"]:
        machine_put(workshop=workshop, name=name, count=count, by=by)
    minutes = told[rules.HOURS]["minutes"]
    if minutes is not None:
        week_pattern_set(workshop=workshop, valid_from=monday(today()), minutes=minutes, by=by)
    return workshop


def account_of(who: Told) -> User | None:
    """The account that signs in for the firm; none without a phone, the manager acts for them then."""
    if not who["phone"]:
        return None
    return user_by_phone(who["phone"]) or user_create(
        phone=who["phone"], name=who["name"], password=None, adult=who["adult"]
    )


def who_checked(cooperative: Cooperative, who: Told) -> Told:
    name = " ".join(str(who.get("name") or "").split())
    if not 1 <= len(name) <= NAME_MAX:
        raise Refused(_("A name has 1 to %(high)d letters.") % {"high": NAME_MAX}, field="name")
    if who.get("adult") is not True:
        raise Refused(_("Only people aged 18 or older can be registered."), field="adult")
    phone = phone_e164(who["phone"]) if who.get("phone") else ""
    if phone and member_with_phone(cooperative, phone):
        raise Refused(_("A member of this cooperative already has this phone number."), field="phone")
    firm = " ".join(str(who.get("firm") or "").split())
    return {"name": name, "phone": phone, "adult": True, "area": who.get("area"), "firm": firm}


def open_one(enrolment: Enrolment) -> Enrolment:
    row = Enrolment.objects.select_for_update().select_related("cooperative").get(pk=enrolment.pk)
    if row.membership_id is not None:
        raise Conflict(_("This workshop has been registered already."))
    if row.dropped_at is not None:
        raise Conflict(_("This registration was put away. Bring it back first."))
    return row
