"""IKM, their workshops, what these master and with which machines; experts and certificates."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from wadah.accounts.rules import phone_e164
from wadah.base.errors import Refused
from wadah.register.models import (
    Certificate,
    Expert,
    ExpertSkill,
    Ikm,
    Machine,
    Membership,
    Skill,
    Workshop,
    WorkshopSkill,
)
from wadah.register.services.saving import days_check, row_correct, row_save, rupiah_check

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime

    from wadah.accounts.models import User
    from wadah.register.models import Subsector

IKM_COLUMNS = frozenset(
    {
        "name",
        "owner_name",
        "legal_form",
        "area",
        "phone",
        "workers",
        "investment_rupiah",
        "annual_sales_rupiah",
        "source",
    }
)
WORKSHOP_COLUMNS = frozenset({"name", "kind", "floor_m2", "power_va", "area", "address", "lat", "lng"})


@transaction.atomic
def skill_put(*, code: str, name: str, name_en: str, kbli: str = "") -> Skill:
    """Writes a process or corrects the one with this code."""
    skill = Skill.objects.filter(code=code).first() or Skill(code=code)
    skill.name, skill.name_en, skill.kbli = name, name_en, kbli
    return row_save(skill)


@transaction.atomic
def ikm_register(
    *, name: str, owner_name: str, subsectors: Iterable[Subsector] = (), simulated: bool = False, **facts: Any
) -> Ikm:
    """Registers a firm. facts: columns of IKM_COLUMNS; what isn't given stays unknown; phone as people write it.

    Raises
    ------
    Refused: a phone that can't be dialled, an amount below zero, or a column out of its range.
    """
    ikm = Ikm(simulated=simulated)
    ikm = ikm_correct(ikm=ikm, name=name, owner_name=owner_name, **facts)
    ikm.subsectors.set(subsectors)
    return ikm


@transaction.atomic
def ikm_correct(*, ikm: Ikm, by: User | None = None, **facts: Any) -> Ikm:
    """Writes new facts (columns of IKM_COLUMNS) over the old ones, and who did it; raises as ikm_register does."""
    if facts.get("phone"):
        facts["phone"] = phone_e164(facts["phone"])
    rupiah_check(**{name: facts[name] for name in ("investment_rupiah", "annual_sales_rupiah") if name in facts})
    return row_correct(ikm, facts, IKM_COLUMNS, by=by, act="ikm_correct")


@transaction.atomic
def workshop_open(*, ikm: Ikm, code: str, name: str, simulated: bool = False, **facts: Any) -> Workshop:
    """Opens a place of work of a firm. facts: columns of WORKSHOP_COLUMNS; the area is the firm's unless given.

    Raises
    ------
    Refused: the code is taken, or a column is out of its range.
    """
    if Workshop.objects.filter(code=code).exists():
        raise Refused(_("The code %(code)s is taken by another workshop.") % {"code": code})
    workshop = Workshop(ikm=ikm, code=code, simulated=simulated)
    return workshop_correct(workshop=workshop, name=name, **{"area": ikm.area, **facts})


@transaction.atomic
def workshop_correct(*, workshop: Workshop, by: User | None = None, **facts: Any) -> Workshop:
    """Writes new facts (columns of WORKSHOP_COLUMNS) over the old ones.

    Raises
    ------
    Refused: only one of lat and lng, a place off the globe, or a column out of its range.
    """
    lat, lng = facts.get("lat", workshop.lat), facts.get("lng", workshop.lng)
    if (lat is None) != (lng is None):
        raise Refused(_("A place needs both latitude and longitude, or neither."))
    if lat is not None and lng is not None and not (-90 <= lat <= 90 and -180 <= lng <= 180):
        raise Refused(_("%(lat)s, %(lng)s is no place on the globe.") % {"lat": lat, "lng": lng})
    return row_correct(workshop, facts, WORKSHOP_COLUMNS, by=by, act="workshop_correct")


@transaction.atomic
def workshop_archive(*, workshop: Workshop, at: datetime, by: User | None = None) -> Workshop:
    """Takes a workshop out of future plans; archiving it again changes nothing."""
    row = Workshop.objects.select_for_update().get(pk=workshop.pk)
    if row.archived_at is None:
        row_correct(row, {"archived_at": at}, frozenset({"archived_at"}), by=by, act="workshop_archive")
    return row


@transaction.atomic
def machine_put(
    *, workshop: Workshop, name: str, skill: Skill | None = None, count: int = 1, note: str = ""
) -> Machine:
    """Writes the machines of one name in a workshop, or corrects their number."""
    machine = Machine.objects.filter(workshop=workshop, name=name).first() or Machine(workshop=workshop, name=name)
    machine.skill, machine.count, machine.note = skill, count, note
    return row_save(machine)


@transaction.atomic
def skill_claim(*, workshop: Workshop, skill: Skill, since: date | None = None) -> WorkshopSkill:
    """The workshop says that it masters a process; a claim that was attested or verified already stays so."""
    row, _created = WorkshopSkill.objects.get_or_create(workshop=workshop, skill=skill, defaults={"since": since})
    return row


@transaction.atomic
def skill_attest(
    *, workshop: Workshop, skill: Skill, by: User, verified: bool = False, since: date | None = None
) -> WorkshopSkill:
    """Somebody else says that the workshop masters a process; verified: a test piece was seen.

    Raises
    ------
    Refused: one's own workshop.
    """
    if Membership.objects.filter(ikm=workshop.ikm_id, user=by).exists():
        raise Refused(_("Nobody can attest the skills of their own workshop."))
    row = WorkshopSkill.objects.filter(workshop=workshop, skill=skill).first() or WorkshopSkill(
        workshop=workshop, skill=skill
    )
    row.claim = WorkshopSkill.Claim.VERIFIED if verified else WorkshopSkill.Claim.ATTESTED
    row.attested_by, row.since = by, since or row.since
    return row_save(row)


@transaction.atomic
def expert_register(*, name: str, skills: Iterable[Skill] = (), simulated: bool = False, **facts: Any) -> Expert:
    """Registers somebody who can teach. facts: user, years_experience, background, area."""
    allowed = frozenset({"name", "user", "years_experience", "background", "area"})
    expert = row_correct(Expert(simulated=simulated), {"name": name, **facts}, allowed)
    ExpertSkill.objects.bulk_create(ExpertSkill(expert=expert, skill=skill) for skill in skills)
    return expert


@transaction.atomic
def certificate_record(
    *,
    kind: str,
    number: str,
    issued_on: date,
    expires_on: date | None = None,
    ikm: Ikm | None = None,
    workshop: Workshop | None = None,
) -> Certificate:
    """Records a paper of a firm or of one workshop.

    Raises
    ------
    Refused: no holder or two, or it ends before it starts.
    """
    if (ikm is None) == (workshop is None):
        raise Refused(_("A certificate belongs to a firm or to one of its workshops: name one of them."))
    days_check(issued_on, expires_on)
    return row_save(
        Certificate(kind=kind, number=number, issued_on=issued_on, expires_on=expires_on, ikm=ikm, workshop=workshop)
    )
