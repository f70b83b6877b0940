"""Two firms that are one: joining them, and parting them again (docs/city.md D4).

What the register holds of the one goes over to the other; what other rooms hold (work, money, prices) is never changed:
a firm that they name can't be put away, and a workshop that they name goes over whole.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from wadah.base.clock import now, today
from wadah.base.errors import Conflict, Refused
from wadah.base.history import column_of, history_record, plain
from wadah.register.models import Certificate, FirmMatch, Ikm, Machine, Membership, WeekPattern, Workshop, WorkshopSkill

if TYPE_CHECKING:
    from django.db.models import Model

    from wadah.accounts.models import User

FACTS = ("phone", "area_id", "workers", "investment_rupiah", "annual_sales_rupiah")
"""Taken over where the firm that stays lacks them."""
CLAIM = ("claim", "attested_by_id", "expert_id", "attested_on", "evidence", "since")
CLAIM_ORDER = [WorkshopSkill.Claim.CLAIMED, WorkshopSkill.Claim.ATTESTED, WorkshopSkill.Claim.VERIFIED]
ROOM = "register"
MOVED: dict[str, Any] = {
    model.__name__: model for model in (Certificate, Ikm, Machine, Membership, WeekPattern, Workshop, WorkshopSkill)
}
"""What joining writes to."""
TRADES = "subsectors"
"""In `moved`: a trade that was added, in place of a column."""


@dataclass(slots=True)
class Mover:
    """Writes columns and remembers what stood there before, a row at a time."""

    moved: list[list[Any]] = field(default_factory=list)

    def put(self, row: Model, outside: int = 0, **values: Any) -> None:
        """outside: how many rows of other rooms name this one; parting asks whether more came."""
        old = {name: plain_day(getattr(row, name)) for name in values}
        MOVED[type(row).__name__].objects.filter(pk=row.pk).update(**values)
        told = {name: [old[name], plain_day(value)] for name, value in values.items()}
        self.moved.append([type(row).__name__, row.pk, told, outside])
        for name, value in values.items():
            setattr(row, name, value)


def plain_day(value: Any) -> Any:
    """As JSON keeps it; days and moments in ISO."""
    return value.isoformat() if hasattr(value, "isoformat") else plain(value)


@transaction.atomic
def firms_join(*, keep: Ikm, gone: Ikm, reason: str, by: User) -> FirmMatch:
    """Puts `gone` away in favour of `keep`, which gets its workshops, machines, processes, papers, trades and places,
    and the facts that it lacks.

    Raises
    ------
    Refused: the two are one row; work or money of other rooms stands in the name of `gone`; two people sign in for
    them. Conflict: one of them was put away meanwhile.
    """
    keep, gone = firms_locked(keep, gone)
    money_check(keep, gone)
    mover = Mover()
    places_join(keep, gone, mover)
    workshops_join(keep, gone, mover)
    facts_join(keep, gone, mover)
    for paper in Certificate.objects.filter(ikm=gone):
        mover.put(paper, ikm_id=keep.pk)
    mover.put(gone, archived_at=now(), merged_into_id=keep.pk)
    match = match_write(keep, gone, FirmMatch.Decision.ONE, reason, by, mover.moved)
    history_record(user=by, act="firms_join", row=keep, new={"joined": gone.name}, reason=reason)
    history_record(user=by, act="firms_join", row=gone, new={"merged_into": keep.pk}, reason=reason)
    return match


@transaction.atomic
def firms_differ(*, one: Ikm, other: Ikm, reason: str, by: User) -> FirmMatch:
    """Says that two firms aren't one: they aren't asked about any more. Raises as `firms_join` does."""
    one, other = firms_locked(one, other)
    match = match_write(one, other, FirmMatch.Decision.TWO, reason, by, [])
    for row, told in ((one, other), (other, one)):
        history_record(user=by, act="firms_differ", row=row, new={"differs_from": told.name}, reason=reason)
    return match


@transaction.atomic
def firms_part(*, match: FirmMatch, by: User) -> FirmMatch:
    """Takes a decision back: each value that joining wrote, and that still stands, becomes what it was before.

    Raises
    ------
    Conflict: taken back already. Refused: work came to a workshop that went over, so that it can't go back.
    """
    row = FirmMatch.objects.select_for_update().get(pk=match.pk)
    if row.undone_at is not None:
        raise Conflict(_("This decision has been taken back already."))
    for kind, key, told, outside in reversed(row.moved):
        value_back(kind, key, told, outside)
    row.undone_at, row.undone_by = now(), by
    row.save(update_fields=["undone_at", "undone_by"])
    for firm in (row.kept, row.gone):
        history_record(user=by, act="firms_part", row=firm, reason=row.reason)
    return row


def firms_locked(one: Ikm, other: Ikm) -> tuple[Ikm, Ikm]:
    rows = {row.pk: row for row in Ikm.objects.select_for_update().filter(pk__in=[one.pk, other.pk]).order_by("pk")}
    if len(rows) < 2:
        raise Refused(_("“%(name)s” is one row: choose two firms.") % {"name": one.name})
    for row in rows.values():
        if row.archived_at is not None:
            raise Conflict(_("“%(name)s” has been put away already. Look at the list again.") % {"name": row.name})
    return rows[one.pk], rows[other.pk]


def match_write(
    kept: Ikm, gone: Ikm, decision: FirmMatch.Decision, reason: str, by: User, moved: list[list[Any]]
) -> FirmMatch:
    """The decision as a row; one about these two that is in force already is a Conflict."""
    if FirmMatch.objects.filter(kept__in=[kept, gone], gone__in=[kept, gone], undone_at__isnull=True).exists():
        raise Conflict(_("Somebody has decided about these two firms already. Look at the list again."))
    if not reason.strip():
        raise Refused(_("Write why, for whoever looks at it later."), field="reason")
    return FirmMatch.objects.create(
        kept=kept, gone=gone, decision=decision, reason=reason.strip()[:240], moved=moved, at=now(), by=by
    )


def rows_outside(row: Model) -> int:
    """How many rows of other rooms name this one. One query a relation, whatever rooms there are."""
    count = 0
    for relation in type(row)._meta.get_fields(include_hidden=True):  # noqa: SLF001 (documented by Django as public)
        if relation.auto_created and not relation.concrete and not relation.many_to_many:
            model: Any = relation.related_model
            if model._meta.app_label != ROOM:  # noqa: SLF001 (the same)
                count += model.objects.filter(**{relation.field.name: row.pk}).count()  # type: ignore[union-attr]
    return count


def money_check(keep: Ikm, gone: Ikm) -> None:
    """Work and money stay with the name that they were written for."""
    if not rows_outside(gone):
        return
    names = {"gone": gone.name, "keep": keep.name}
    if rows_outside(keep):
        raise Refused(
            _(
                "Work or money stands in the books for both “%(gone)s” and “%(keep)s”, so they can't be joined. "
                "End the place of one of them in the cooperative instead."
            )
            % names
        )
    raise Refused(_("Work or money stands in the books for “%(gone)s”: keep it, and put “%(keep)s” away.") % names)


def places_join(keep: Ikm, gone: Ikm, mover: Mover) -> None:
    """Places of today and to come in cooperatives: one a cooperative is left."""
    held = {row.cooperative_id: row for row in places(keep)}
    for row in places(gone):
        own = held.get(row.cooperative_id)
        if own is None:
            mover.put(row, ikm_id=keep.pk)
            continue
        if row.user_id and own.user_id and row.user_id != own.user_id:
            raise Refused(
                _("Two people sign in for “%(keep)s” and “%(gone)s”. End the place of one of them first.")
                % {"keep": keep.name, "gone": gone.name}
            )
        if row.user_id and not own.user_id:
            mover.put(own, user_id=row.user_id)
        mover.put(row, left_on=max(today(), row.joined_on))
        if row.joined_on < own.joined_on:
            mover.put(own, joined_on=row.joined_on)


def places(firm: Ikm) -> list[Membership]:
    rows = Membership.objects.select_for_update().filter(ikm=firm, role=Membership.Role.MEMBER)
    return [row for row in rows.order_by("pk") if row.left_on is None or row.left_on > today()]


def workshops_join(keep: Ikm, gone: Ikm, mover: Mover) -> None:
    """A workshop that other rooms name goes over whole; of the others, what stands in them goes into the kept firm's
    first open one, and they are archived."""
    open_ones = Workshop.objects.select_for_update().filter(archived_at__isnull=True).order_by("pk")
    target = open_ones.filter(ikm=keep).first()
    for shop in open_ones.filter(ikm=gone):
        outside = rows_outside(shop)
        if target is None or outside:
            mover.put(shop, outside, ikm_id=keep.pk)
            continue
        contents_join(target, shop, mover)
        mover.put(shop, archived_at=now())


def contents_join(target: Workshop, shop: Workshop, mover: Mover) -> None:
    names = set(Machine.objects.filter(workshop=target).values_list("name", flat=True))
    for machine in Machine.objects.filter(workshop=shop).exclude(name__in=names):
        mover.put(machine, workshop_id=target.pk)
    mastered = {row.skill_id: row for row in WorkshopSkill.objects.filter(workshop=target)}
    for claim in WorkshopSkill.objects.filter(workshop=shop):
        own = mastered.get(claim.skill_id)
        if own is None:
            mover.put(claim, workshop_id=target.pk)
        elif CLAIM_ORDER.index(claim.claim) > CLAIM_ORDER.index(own.claim):  # type: ignore[arg-type]
            mover.put(own, **{name: getattr(claim, name) for name in CLAIM})
    if not WeekPattern.objects.filter(workshop=target).exists():
        for pattern in WeekPattern.objects.filter(workshop=shop):
            mover.put(pattern, workshop_id=target.pk)
    for paper in Certificate.objects.filter(workshop=shop):
        mover.put(paper, workshop_id=target.pk)
    if target.lat is None and shop.lat is not None:
        mover.put(target, lat=shop.lat, lng=shop.lng)
    lacking = {name: getattr(shop, name) for name in ("floor_m2", "power_va") if getattr(target, name) is None}
    if lacking:
        mover.put(target, **lacking)


def facts_join(keep: Ikm, gone: Ikm, mover: Mover) -> None:
    lacking = {name: getattr(gone, name) for name in FACTS if getattr(keep, name) in (None, "")}
    told = {name: value for name, value in lacking.items() if value not in (None, "")}
    if told:
        mover.put(keep, **told)
    held = set(keep.subsectors.values_list("pk", flat=True))
    for key in gone.subsectors.order_by("pk").values_list("pk", flat=True):
        if key not in held:
            keep.subsectors.add(key)
            mover.moved.append([TRADES, keep.pk, {TRADES: [None, key]}, 0])


def value_back(kind: str, key: int, told: dict[str, list[Any]], outside: int) -> None:
    """One row's columns as they were, where they are still as joining left them."""
    if kind == TRADES:
        Ikm.objects.get(pk=key).subsectors.remove(told[TRADES][1])
        return
    rows = MOVED[kind].objects.filter(pk=key)
    row = rows.select_for_update().first()
    if row is None or any(plain_day(getattr(row, name)) != after for name, (_before, after) in told.items()):
        return
    if kind == Workshop.__name__ and "ikm_id" in told and rows_outside(row) > outside:
        raise Refused(
            _("Work came to %(workshop)s since, in the name of the firm that was kept: they can't be parted any more.")
            % {"workshop": row.name}
        )
    rows.update(**{name: column_read(row, name, old) for name, (old, _new) in told.items()})


def column_read(row: Model, name: str, kept: Any) -> Any:
    """What JSON kept of a column, as the column has it."""
    column = column_of(type(row), name.removesuffix("_id"))
    return column.to_python(kept)
