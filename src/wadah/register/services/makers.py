"""IKM, their workshops and with which machines they work."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from wadah.accounts.rules import phone_e164
from wadah.base.clock import now
from wadah.base.errors import Refused
from wadah.base.history import history_record, history_values
from wadah.register.models import Ikm, Machine, Skill, Workshop
from wadah.register.services.saving import (
    row_archive,
    row_correct,
    row_create,
    row_restore,
    row_save,
    rupiah_check,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

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
MACHINE_COLUMNS = frozenset({"name", "skill", "count", "note"})
IKM_TOLD = ("name", "owner_name", "area")
WORKSHOP_TOLD = ("code", "name", "kind", "area")
"""What the history says of a new firm, and of a new workshop."""
WORKSHOP_COLUMNS = frozenset({"name", "kind", "floor_m2", "power_va", "area", "address", "lat", "lng"})


@transaction.atomic
def skill_put(*, code: str, name: str, name_en: str, kbli: str = "") -> Skill:
    """Writes a process or corrects the one with this code."""
    skill = Skill.objects.filter(code=code).first() or Skill(code=code)
    skill.name, skill.name_en, skill.kbli = name, name_en, kbli
    return row_save(skill)


@transaction.atomic
def ikm_register(
    *,
    name: str,
    owner_name: str,
    subsectors: Iterable[Subsector] = (),
    simulated: bool = False,
    by: User | None = None,
    **facts: Any,
) -> Ikm:
    """Registers a firm. facts: columns of IKM_COLUMNS; what isn't given stays unknown; phone as people write it.

    Raises
    ------
    Refused: a phone that can't be dialled, an amount below zero, or a column out of its range.
    """
    ikm = ikm_correct(ikm=Ikm(simulated=simulated), name=name, owner_name=owner_name, **facts)
    ikm.subsectors.set(subsectors)
    if by:
        history_record(user=by, act="ikm_register", row=ikm, new=history_values(ikm, IKM_TOLD))
    return ikm


@transaction.atomic
def ikm_correct(
    *, ikm: Ikm, by: User | None = None, subsectors: Iterable[Subsector] | None = None, **facts: Any
) -> Ikm:
    """Writes new facts (columns of IKM_COLUMNS) over the old ones, and who did it; raises as ikm_register does.

    subsectors: the firm's trades from now on; None leaves them as they are.
    """
    row = row_correct(ikm, firm_facts(facts), IKM_COLUMNS, by=by, act="ikm_correct")
    if subsectors is not None:
        old = trades(row)
        row.subsectors.set(subsectors)
        if by and old != trades(row):
            history_record(
                user=by, act="ikm_correct", row=row, old={"subsectors": old}, new={"subsectors": trades(row)}
            )
    return row


def firm_facts(facts: Mapping[str, Any]) -> dict[str, Any]:
    """The facts with the phone as it is kept. Raises Refused: no phone, or an amount below zero."""
    rupiah_check(**{name: facts[name] for name in ("investment_rupiah", "annual_sales_rupiah") if name in facts})
    return {**facts, "phone": phone_e164(facts["phone"])} if facts.get("phone") else dict(facts)


def trades(ikm: Ikm) -> str:
    return ", ".join(ikm.subsectors.values_list("code", flat=True))


@transaction.atomic
def workshop_open(
    *, ikm: Ikm, code: str, name: str, simulated: bool = False, by: User | None = None, **facts: Any
) -> Workshop:
    """Opens a place of work of a firm. facts: columns of WORKSHOP_COLUMNS; the area is the firm's unless given.

    Raises
    ------
    Refused: the code is taken, or a column is out of its range.
    """
    if Workshop.objects.filter(code=code).exists():
        raise Refused(taken_text(code))
    workshop = Workshop(ikm=ikm, code=code, simulated=simulated)
    workshop = workshop_correct(workshop=workshop, name=name, **{"area": ikm.area, **facts})
    if by:
        history_record(user=by, act="workshop_open", row=workshop, new=history_values(workshop, WORKSHOP_TOLD))
    return workshop


def taken_text(code: str) -> str:
    return _("The code %(code)s is taken by another workshop.") % {"code": code}


@transaction.atomic
def workshop_correct(*, workshop: Workshop, by: User | None = None, **facts: Any) -> Workshop:
    """Writes new facts (columns of WORKSHOP_COLUMNS) over the old ones.

    Raises
    ------
    Refused: only one of lat and lng, a place off the globe, or a column out of its range.
    """
    place_check(facts.get("lat", workshop.lat), facts.get("lng", workshop.lng))
    return row_correct(workshop, facts, WORKSHOP_COLUMNS, by=by, act="workshop_correct")


def place_check(lat: float | None, lng: float | None) -> None:
    if (lat is None) != (lng is None):
        raise Refused(_("A place needs both latitude and longitude, or neither."))
    if lat is not None and lng is not None and not (-90 <= lat <= 90 and -180 <= lng <= 180):
        raise Refused(_("%(lat)s, %(lng)s is no place on the globe.") % {"lat": lat, "lng": lng})


@transaction.atomic
def workshop_archive(*, workshop: Workshop, at: datetime, by: User | None = None) -> Workshop:
    """Takes a workshop out of future plans; archiving it again changes nothing."""
    row = Workshop.objects.select_for_update().get(pk=workshop.pk)
    if row.archived_at is None:
        row_correct(row, {"archived_at": at}, frozenset({"archived_at"}), by=by, act="workshop_archive")
    return row


@transaction.atomic
def workshop_restore(*, workshop: Workshop, by: User | None = None) -> Workshop:
    """Brings an archived workshop back into future plans; bringing it back again changes nothing."""
    return row_restore(workshop, by=by, act="workshop_restore")


@transaction.atomic
def workshop_confirm(*, workshop: Workshop, by: User | None = None) -> Workshop:
    """Says that what the register holds of a workshop (processes, machines, hours) is still right today."""
    row = Workshop.objects.select_for_update().get(pk=workshop.pk)
    return row_correct(row, {"confirmed_at": now()}, frozenset({"confirmed_at"}), by=by, act="workshop_confirm")


@transaction.atomic
def machine_put(
    *,
    workshop: Workshop,
    name: str,
    skill: Skill | None = None,
    count: int = 1,
    note: str = "",
    by: User | None = None,
) -> Machine:
    """Writes the machines of one name in a workshop, or corrects their number; one that was put away is back then."""
    machine = Machine.objects.filter(workshop=workshop, name=name).first()
    if machine is None:
        machine = Machine(workshop=workshop, name=name, skill=skill, count=count, note=note)
        return row_create(machine, by=by, act="machine_add", told=("name", "count", "skill"))
    facts = {"skill": skill, "count": count, "note": note, "archived_at": None}
    return row_correct(machine, facts, MACHINE_COLUMNS | {"archived_at"}, by=by, act="machine_correct")


@transaction.atomic
def machine_correct(*, machine: Machine, by: User | None = None, **facts: Any) -> Machine:
    """Writes new facts (columns of MACHINE_COLUMNS) over the old ones.

    Raises
    ------
    Refused: another machine of this workshop has that name, or fewer than one.
    """
    name = facts.get("name", machine.name)
    if Machine.objects.filter(workshop=machine.workshop_id, name=name).exclude(pk=machine.pk).exists():
        raise Refused(
            _("This workshop has “%(name)s” already: change its number there.") % {"name": name}, field="name"
        )
    return row_correct(machine, facts, MACHINE_COLUMNS, by=by, act="machine_correct")


@transaction.atomic
def machine_archive(*, machine: Machine, by: User | None = None) -> Machine:
    """Says that a workshop no longer has these machines."""
    return row_archive(machine, by=by, act="machine_archive")


@transaction.atomic
def machine_restore(*, machine: Machine, by: User | None = None) -> Machine:
    """Says that a workshop has these machines after all."""
    return row_restore(machine, by=by, act="machine_restore")
