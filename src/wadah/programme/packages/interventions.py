"""Interventions: entered by hand, or proposed where the plan's prices point; changed and dropped with their history."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from wadah.base.clock import now
from wadah.base.errors import Conflict, Refused
from wadah.base.history import history_record, history_values
from wadah.programme.models import Intervention
from wadah.programme.models.interventions import HOURS_WEEK_MAX, RUPIAH_MAX
from wadah.programme.packages.curves import curve_by_code
from wadah.programme.rules.kinds import USUAL

if TYPE_CHECKING:
    from decimal import Decimal

    from wadah.accounts.models import User
    from wadah.catalogue.models import Part
    from wadah.plans.models import PlanRun
    from wadah.programme.models import RampCurve
    from wadah.register.models import Area, Cooperative, Workshop

Kind = Intervention.Kind
FLOOR_MAX = 1_000_000  # m²
FIELDS = ["name", "hours_week", "minutes_piece", "people", "cost_rupiah", "floor_m2", "ramp", "basis", "assumed"]


@transaction.atomic
def intervention_add(
    *,
    cooperative: Cooperative,
    kind: str,
    by: User | None,
    part: Part | None = None,
    workshop: Workshop | None = None,
    area: Area | None = None,
    hours_week: int | None = None,
    minutes_piece: Decimal | None = None,
    people: int | None = None,
    cost_rupiah: int | None = None,
    floor_m2: int | None = None,
    ramp: RampCurve | None = None,
    basis: str = "",
    name: str = "",
    proposed_from: PlanRun | None = None,
    worth_rupiah_hour: float | None = None,
) -> Intervention:
    """One more intervention; what is left out is as usual for its kind, and marked as assumed without a basis.

    Raises Refused where the kind lacks whom or what it is for, or a number is out of range; Conflict where the same is
    proposed already.
    """
    usual = USUAL[kind]
    row = Intervention(
        cooperative=cooperative,
        kind=kind,
        part=None if kind == Kind.FLOOR else part,
        workshop=None if kind == Kind.NEW_GROUP else workshop,
        area=area if kind == Kind.NEW_GROUP else None,
        hours_week=usual.hours_week if hours_week is None else hours_week,
        minutes_piece=minutes_piece,
        people=usual.people if people is None else people,
        cost_rupiah=usual.cost_rupiah if cost_rupiah is None else cost_rupiah,
        floor_m2=usual.floor_m2 if floor_m2 is None else floor_m2,
        ramp=ramp or curve_by_code(usual.curve),
        basis=" ".join(basis.split()),
        assumed=not basis.strip(),
        proposed_from=proposed_from,
        worth_rupiah_hour=worth_rupiah_hour,
        created_by=by,
        created_at=now(),
    )
    whom_check(row)
    numbers_check(row)
    row.name = " ".join(name.split())[:160] or name_of(row)
    same = Intervention.objects.filter(
        cooperative=cooperative, kind=kind, part=row.part, workshop=row.workshop, area=row.area, dropped_at=None
    )
    if same.exists():
        raise Conflict(_("The same is proposed already: %(name)s. Change that one.") % {"name": row.name})
    row.save()
    history_record(user=by, act="intervention_add", row=row, new=history_values(row, FIELDS))
    return row


def whom_check(row: Intervention) -> None:
    """Raises Refused in words that name what is missing."""
    if row.kind != Kind.FLOOR and row.part is None:
        raise Refused(_("Choose the part that would be made with it."), field="part")
    if row.kind == Kind.NEW_GROUP and row.area is None:
        raise Refused(_("Choose the kelurahan in which the new group would work."), field="area")
    if row.kind != Kind.NEW_GROUP and row.workshop is None:
        raise Refused(_("Choose the workshop that gets it."), field="workshop")


def numbers_check(row: Intervention) -> None:
    ranges = (
        ("hours_week", row.hours_week, 1, HOURS_WEEK_MAX),
        ("cost_rupiah", row.cost_rupiah, 0, RUPIAH_MAX),
        ("floor_m2", row.floor_m2, 0, FLOOR_MAX),
        ("people", row.people, 0, HOURS_WEEK_MAX),
    )
    for field, value, least, most in ranges:
        if not least <= value <= most:
            words = {"least": least, "most": most, "got": value}
            raise Refused(_("Choose %(least)s to %(most)s, not %(got)s.") % words, field=field)
    if row.minutes_piece is not None and row.minutes_piece <= 0:
        raise Refused(_("Minutes a piece are above 0. Leave the field empty if you don't know."), field="minutes_piece")


def name_of(row: Intervention) -> str:
    """What it is called unless somebody names it: kind, part, and whom it is for."""
    whom = row.workshop.name if row.workshop else row.area.name_spaced if row.area else ""
    return " · ".join(word for word in (str(Kind(row.kind).label), row.part.name if row.part else "", whom) if word)[
        :160
    ]


@transaction.atomic
def intervention_change(*, intervention: Intervention, by: User, **values: Any) -> Intervention:
    """Change figures: any of FIELDS. Studies keep what they saw. Raises Refused, and Conflict where it was dropped."""
    row = Intervention.objects.select_for_update().get(pk=intervention.pk)
    if row.dropped_at is not None:
        raise Conflict(_("This proposal was dropped. Bring it back first."))
    old = history_values(row, FIELDS)
    for name in FIELDS:
        if name in values:
            setattr(row, name, values[name])
    row.assumed = not row.basis.strip()
    numbers_check(row)
    if not row.name.strip():
        raise Refused(_("Give it a name."), field="name")
    row.save()
    history_record(user=by, act="intervention_change", row=row, old=old, new=history_values(row, FIELDS))
    return row


@transaction.atomic
def intervention_drop(*, intervention: Intervention, by: User, back: bool = False) -> None:
    """Propose it no longer; back: again. Studies that hold it stay. Raises Conflict where it is so already."""
    row = Intervention.objects.select_for_update().get(pk=intervention.pk)
    if (row.dropped_at is None) == back:
        raise Conflict(_("That was done already."))
    row.dropped_at = None if back else now()
    row.save(update_fields=["dropped_at"])
    history_record(user=by, act="intervention_back" if back else "intervention_drop", row=row)
