"""Cooperatives, places in them, and offices of the city."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from wadah.accounts.selectors import user_by_phone
from wadah.accounts.services import user_create
from wadah.base.errors import Refused
from wadah.register.models import Appointment, Cooperative, Membership
from wadah.register.rules import day_after, spans_overlap
from wadah.register.services.saving import days_check, row_correct, row_create, row_save, rupiah_check

if TYPE_CHECKING:
    from datetime import date

    from wadah.accounts.models import User
    from wadah.register.models import Area, Ikm

COOPERATIVE_COLUMNS = frozenset({"legal_number", "area", "founded_on"})
POLICY_COLUMNS = frozenset({"fairness_key", "target_percent", "below_target_cost_rupiah_hour", "engage_cost_rupiah"})
Role = Membership.Role


@transaction.atomic
def cooperative_found(*, code: str, name: str, simulated: bool = False, **facts: Any) -> Cooperative:
    """Writes a new cooperative. facts: columns of COOPERATIVE_COLUMNS.

    Raises
    ------
    Refused: the code is taken.
    """
    if Cooperative.objects.filter(code=code).exists():
        raise Refused(_("The code %(code)s is taken by another cooperative.") % {"code": code})
    return row_correct(Cooperative(code=code, name=name, simulated=simulated), facts, COOPERATIVE_COLUMNS)


@transaction.atomic
def cooperative_policy_set(
    *,
    cooperative: Cooperative,
    fairness_key: str,
    target_percent: int,
    below_target_cost_rupiah_hour: int,
    engage_cost_rupiah: int = 0,
    by: User | None = None,
) -> Cooperative:
    """Sets how the cooperative shares work (docs/model.md §11: below-target hours and engagement cost).

    Raises
    ------
    Refused: target_percent outside 0 … 100, an unknown key, or an amount below zero.
    """
    rupiah_check(below_target_cost_rupiah_hour=below_target_cost_rupiah_hour, engage_cost_rupiah=engage_cost_rupiah)
    row = Cooperative.objects.select_for_update().get(pk=cooperative.pk)
    policy = {
        "fairness_key": fairness_key,
        "target_percent": target_percent,
        "below_target_cost_rupiah_hour": below_target_cost_rupiah_hour,
        "engage_cost_rupiah": engage_cost_rupiah,
    }
    return row_correct(row, policy, POLICY_COLUMNS, by=by, act="cooperative_policy_set")


@transaction.atomic
def membership_open(
    *,
    cooperative: Cooperative,
    joined_on: date,
    role: str = Role.MEMBER,
    ikm: Ikm | None = None,
    user: User | None = None,
    by: User | None = None,
) -> Membership:
    """Gives an IKM (a member) or a person (manager, treasurer, inspector) a place from a day on.

    Raises
    ------
    Refused: a member without an IKM, an office without a person, or a place held on that day or later already.
    """
    if role == Role.MEMBER and ikm is None:
        raise Refused(_("A member of a cooperative is a firm (IKM): register it first."))
    if role != Role.MEMBER and user is None:
        raise Refused(_("This office is held by a person who can sign in."))
    Cooperative.objects.select_for_update().get(pk=cooperative.pk)
    holder = {"ikm": ikm} if role == Role.MEMBER else {"user": user}
    held = Membership.objects.filter(cooperative=cooperative, role=role, **holder).values_list("joined_on", "left_on")
    if any(spans_overlap((joined_on, None), span) for span in held):
        raise Refused(_("%(who)s already has this place in %(where)s.") % {"who": ikm or user, "where": cooperative})
    row = Membership(cooperative=cooperative, ikm=ikm, user=user, role=role, joined_on=joined_on)
    return row_create(row, by=by, act="membership_open", told=("role", "joined_on"))


@transaction.atomic
def office_open(
    *, cooperative: Cooperative, role: str, phone: str, name: str, adult: bool, joined_on: date, by: User
) -> Membership:
    """Gives a person an office (manager, treasurer, inspector), with a new account where the phone has none.

    Raises
    ------
    Refused: no office, no phone, no name for a new account, under 18, or the office is held already.
    """
    if role == Role.MEMBER:
        raise Refused(_("A member of a cooperative is a firm (IKM): register it first."), field="role")
    user = user_by_phone(phone) or user_create(phone=phone, name=name, password=None, adult=adult)
    return membership_open(cooperative=cooperative, joined_on=joined_on, role=role, user=user, by=by)


@transaction.atomic
def membership_close(*, membership: Membership, left_on: date, by: User | None = None) -> Membership:
    """Ends a place; left_on is the first day outside.

    Raises
    ------
    Refused: it has ended already, would end before it started, or is the last open place of a manager.
    """
    row = Membership.objects.select_for_update().get(pk=membership.pk)
    if row.left_on is not None:
        raise Refused(_("This place ended on %(day)s already.") % {"day": row.left_on})
    days_check(row.joined_on, left_on)
    if row.role == Role.MANAGER:
        others = Membership.objects.filter(cooperative=row.cooperative_id, role=Role.MANAGER, left_on__isnull=True)
        if not others.exclude(pk=row.pk).exists():
            raise Refused(_("This is the last manager of the cooperative: name another one first."))
    return row_correct(row, {"left_on": left_on}, frozenset({"left_on"}), by=by, act="membership_close")


@transaction.atomic
def membership_reopen(*, membership: Membership, by: User | None = None) -> Membership:
    """Brings an ended place back as if it had never ended.

    Raises
    ------
    Refused: it is open, or the same firm or person has another open place like it.
    """
    row = Membership.objects.select_for_update().get(pk=membership.pk)
    if row.left_on is None:
        raise Refused(_("This place is open."))
    others = Membership.objects.filter(
        cooperative=row.cooperative_id, role=row.role, ikm=row.ikm_id, left_on__isnull=True
    )
    if row.role != Role.MEMBER:
        others = others.filter(user=row.user_id)
    if others.exists():
        raise Refused(
            _("%(who)s already has this place in %(where)s.") % {"who": row.ikm or row.user, "where": row.cooperative}
        )
    return row_correct(row, {"left_on": None}, frozenset({"left_on"}), by=by, act="membership_reopen")


@transaction.atomic
def cooperative_correct(*, cooperative: Cooperative, by: User | None = None, **facts: Any) -> Cooperative:
    """Writes a new name or new facts (columns of COOPERATIVE_COLUMNS) over the old ones, and who did it."""
    row = Cooperative.objects.select_for_update().get(pk=cooperative.pk)
    return row_correct(row, facts, COOPERATIVE_COLUMNS | {"name"}, by=by, act="cooperative_correct")


@transaction.atomic
def membership_user_set(*, membership: Membership, user: User | None, by: User | None = None) -> Membership:
    """Says who signs in for a member firm; None: nobody, the manager acts for them.

    Raises
    ------
    Refused: the place isn't a member's, or has ended.
    """
    row = Membership.objects.select_for_update().get(pk=membership.pk)
    if row.role != Role.MEMBER or row.left_on is not None:
        raise Refused(_("Only a member firm of today can name who signs in for it."))
    return row_correct(row, {"user": user}, frozenset({"user"}), by=by, act="membership_user_set")


@transaction.atomic
def appointment_make(*, user: User, role: str, valid_from: date, area: Area | None = None) -> Appointment:
    """Puts a person into an office of the city from a day on; area None: the whole city.

    Raises
    ------
    Refused: the person holds this office on that day or later already.
    """
    held = Appointment.objects.select_for_update().filter(user=user, role=role).values_list("valid_from", "valid_until")
    for first, last in held:
        if spans_overlap((valid_from, None), (first, last and day_after(last))):
            raise Refused(_("%(who)s already holds this office.") % {"who": user})
    return row_save(Appointment(user=user, role=role, area=area, valid_from=valid_from))


@transaction.atomic
def appointment_end(*, appointment: Appointment, valid_until: date, by: User | None = None) -> Appointment:
    """Ends an office; valid_until is its last day.

    Raises
    ------
    Refused: it has ended already, or would end before it started.
    """
    row = Appointment.objects.select_for_update().get(pk=appointment.pk)
    if row.valid_until is not None:
        raise Refused(_("This office ended on %(day)s already.") % {"day": row.valid_until})
    days_check(row.valid_from, valid_until)
    return row_correct(row, {"valid_until": valid_until}, frozenset({"valid_until"}), by=by, act="appointment_end")
