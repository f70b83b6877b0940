"""A workshop tries to be approved for a part: a trial lot, the elements of a PPAP, and somebody who decides.

    trial_open → trial_order → (hand over, inspect) → element_set … → trial_decide

Each workshop is a stream of its own: a trial is of one part at one workshop, and what another was approved for says
nothing about it. An approval is catalogue's row, with a first and a last day, and gates planning. Locks: the trial.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from wadah.base.clock import now, today
from wadah.base.errors import Conflict, Refused
from wadah.base.history import history_record
from wadah.base.numbering import number_next, number_text
from wadah.catalogue.models import Rate
from wadah.catalogue.selectors import on_day
from wadah.catalogue.services import approval_record
from wadah.catalogue.words import ApprovalStatus
from wadah.register.selectors import cooperative_workshops
from wadah.register.services import skill_attest
from wadah.work.models import Inspection, Trial, TrialElement
from wadah.work.rules.ppap import DEFAULT_LEVEL, ELEMENTS, LEVELS, NUMBERS, WARRANT, changes, lacking
from wadah.work.selectors.asked import plain
from wadah.work.services.approvals import own_work_check
from wadah.work.services.orders import OrderTerms, terms_of, work_order_open
from wadah.work.words import ElementStatus, InspectionStatus, TrialStatus, WorkOrderKind

if TYPE_CHECKING:
    from collections.abc import Collection
    from decimal import Decimal

    from wadah.accounts.models import User
    from wadah.base.models import Attachment
    from wadah.catalogue.models import Approval, Part
    from wadah.demand.models import Buyer
    from wadah.register.models import Cooperative, Expert, Workshop
    from wadah.work.models import WorkOrder

PREFIX = "UJI"
VALID_DAYS = 365
"""For how long an approval is proposed: a year, then the workshop shows again that it can."""
EVIDENCE_LENGTH_MAX = 240


@transaction.atomic
def trial_open(
    *,
    cooperative: Cooperative,
    part: Part,
    workshop: Workshop,
    buyer: Buyer | None = None,
    level: int = DEFAULT_LEVEL,
    by: User | None = None,
) -> Trial:
    """A workshop tries to be approved for a part: "UJI-2026-0001". level: 1 … 5, what the buyer wants to see.

    Raises
    ------
    Refused: the part is bought, the workshop isn't a member's, or there is no such level. Conflict: it is trying
    already.
    """
    if part.supply == "bought":
        raise Refused(_("%(part)s is bought: no workshop is approved for it.") % {"part": part.code}, field="part")
    if not cooperative_workshops(cooperative, today()).filter(pk=workshop.pk).exists():
        raise Refused(_("%(workshop)s isn't a member's workshop.") % {"workshop": workshop}, field="workshop")
    level_check(level)
    held = Trial.objects.filter(part=part, workshop=workshop, status=TrialStatus.OPEN).first()
    if held is not None:
        words = {"workshop": workshop, "part": part.code, "number": held.number}
        raise Conflict(_("%(workshop)s is trying %(part)s already: %(number)s.") % words)
    row = Trial.objects.create(
        number=number_text(PREFIX, today().year, number_next(PREFIX, today().year)),
        cooperative=cooperative,
        part=part,
        workshop=workshop,
        buyer=buyer,
        level=level,
        opened_at=now(),
        opened_by=by,
    )
    history_record(user=by, act="trial_open", row=row, new={"level": level})
    return row


def level_check(level: int) -> None:
    if level not in LEVELS:
        raise Refused(_("There is no level %(level)s: choose 1 to 5.") % {"level": level}, field="level")


@transaction.atomic
def trial_order(*, trial: Trial, pieces: Decimal, week_start: date, by: User) -> WorkOrder:
    """The work order of the trial lot, at the workshop's rate of today where it has one, unpaid otherwise.

    Raises
    ------
    Refused: there is one already, the trial is decided, or as `work_order_open` refuses.
    """
    row = trial_lock(trial)
    if row.work_order_id is not None:
        raise Conflict(_("%(number)s has a trial lot already.") % {"number": row.number})
    rate = Rate.objects.filter(on_day(today()), part=row.part, workshop=row.workshop).first()
    row.work_order = work_order_open(
        cooperative=row.cooperative,
        part=row.part,
        workshop=row.workshop,
        week_start=week_start,
        pieces=pieces,
        terms=terms_of(rate) if rate else OrderTerms(),
        kind=WorkOrderKind.TRIAL,
        by=by,
        reason=_("Trial lot of %(number)s") % {"number": row.number},
        note=row.number,
    )
    row.save(update_fields=["work_order"])
    history_record(
        user=by, act="trial_order", row=row, new={"work_order": row.work_order.number, "pieces": plain(pieces)}
    )
    return row.work_order


@transaction.atomic
def elements_ask(*, trial: Trial, wanted: Collection[int], level: int, by: User | None = None) -> Trial:
    """What the buyer wants to see: a level, and elements ticked besides or off; the warrant stays. What was handed in
    for an element stays with it.

    Raises
    ------
    Refused: an unknown element or level, or the trial is decided.
    """
    level_check(level)
    unknown = sorted(set(wanted) - set(NUMBERS))
    if unknown:
        raise Refused(_("There is no element %(number)s: there are 18.") % {"number": unknown[0]}, field="wanted")
    row = trial_lock(trial)
    old = {"level": row.level, "asked": asked_text(row)}
    row.level = level
    row.save(update_fields=["level"])
    for number, status in sorted(changes(level, statuses_of(row), wanted).items()):
        element_write(row, number, by, status=status)
    history_record(user=by, act="elements_ask", row=row, old=old, new={"level": level, "asked": asked_text(row)})
    return row


def asked_text(trial: Trial) -> str:
    return " ".join(str(number) for number in lacking(trial.level, statuses_of(trial)))


@transaction.atomic
def element_set(
    *,
    trial: Trial,
    number: int,
    status: str,
    note: str = "",
    attachment: Attachment | None = None,
    by: User | None = None,
) -> TrialElement:
    """Where one of the 18 elements stands, with a file where there is one; without a new file the old one stays.

    Raises
    ------
    Refused: an unknown element, the warrant left out, refused without a word why, one's own work accepted, or the
    trial is decided.
    """
    if number not in NUMBERS:
        raise Refused(_("There is no element %(number)s: there are 18.") % {"number": number}, field="number")
    if number == WARRANT and status == ElementStatus.NOT_NEEDED:
        raise Refused(_("The warrant is asked for at every level."), field="status")
    if status == ElementStatus.REFUSED and not note.strip():
        raise Refused(_("Say what is missing."), field="note")
    row = trial_lock(trial)
    if status == ElementStatus.ACCEPTED:
        own_work_check(row.workshop, by)
    columns = {"status": status, "note": note.strip(), **({"attachment": attachment} if attachment else {})}
    element = element_write(row, number, by, **columns)
    history_record(user=by, act=f"element_{status}", row=row, new={"element": number}, reason=note.strip())
    return element


def element_write(trial: Trial, number: int, by: User | None, **columns: object) -> TrialElement:
    element = TrialElement.objects.filter(trial=trial, number=number).first() or TrialElement(
        trial=trial, number=number
    )
    for name, value in {**columns, "at": now(), "by": by}.items():
        setattr(element, name, value)
    element.save()
    return element


def statuses_of(trial: Trial) -> dict[int, str]:
    return dict(TrialElement.objects.filter(trial=trial).values_list("number", "status"))


@transaction.atomic
def trial_approve(
    *,
    trial: Trial,
    valid_from: date,
    valid_until: date | None,
    reason: str = "",
    expert: Expert | None = None,
    by: User,
) -> Approval:
    """The workshop may make the part from `valid_from` to `valid_until`, once its trial lot has passed and everything
    that is asked for is accepted. The process that it needs counts as shown (skill *verified*).

    expert: whose word it is, where not `by`'s own.

    Raises
    ------
    Refused: no passed trial lot, elements lacking, one's own workshop, an expert of another process, days that lie in
    another approval, or an end before the beginning. Conflict: the trial is decided.
    """
    row = trial_lock(trial)
    own_work_check(row.workshop, by)
    passed = passed_inspection(row)
    if passed is None:
        raise Refused(_("%(number)s: no trial lot has passed inspection yet.") % {"number": row.number})
    left = lacking(row.level, statuses_of(row))
    if left:
        words = {"number": row.number, "left": "; ".join(element_names(left))}
        raise Refused(_("%(number)s: not accepted yet: %(left)s.") % words)
    row.approval = approval_record(
        part=row.part,
        workshop=row.workshop,
        status=ApprovalStatus.APPROVED,
        valid_from=valid_from,
        valid_until=valid_until,
        decided_by=decider(expert, by),
        note=" ".join([row.number, reason.strip()]).strip(),
        by=by,
    )
    if row.part.skill is not None:
        evidence = f"{row.number}, {passed.lot.number}: {passed.number}"
        skill_attest(
            workshop=row.workshop,
            skill=row.part.skill,
            by=by,
            verified=True,
            expert=expert,
            evidence=evidence[:EVIDENCE_LENGTH_MAX],
        )
    decided(row, TrialStatus.APPROVED, reason, by, expert)
    return row.approval


@transaction.atomic
def trial_refuse(*, trial: Trial, reason: str, expert: Expert | None = None, by: User) -> Trial:
    """The workshop isn't approved this time; reason: what has to be better. It may try again.

    Raises
    ------
    Refused: no reason, or one's own workshop. Conflict: the trial is decided.
    """
    row = trial_lock(trial)
    own_work_check(row.workshop, by)
    if not reason.strip():
        raise Refused(_("Say what has to be better."), field="reason")
    return decided(row, TrialStatus.REFUSED, reason, by, expert)


@transaction.atomic
def trial_withdraw(*, trial: Trial, reason: str, by: User) -> Trial:
    """The workshop stops trying. Raises Refused without a reason, Conflict where the trial is decided."""
    row = trial_lock(trial)
    if not reason.strip():
        raise Refused(_("Say why."), field="reason")
    return decided(row, TrialStatus.WITHDRAWN, reason, by, None)


def decided(row: Trial, status: str, reason: str, by: User, expert: Expert | None) -> Trial:
    row.status, row.reason, row.expert = status, reason.strip(), expert
    row.decided_at, row.decided_by = now(), by
    row.save(update_fields=["status", "reason", "expert", "decided_at", "decided_by", "approval"])
    history_record(user=by, act=f"trial_{status}", row=row, reason=reason.strip())
    return row


def trial_lock(trial: Trial) -> Trial:
    """The trial as it is now, locked. Raises Conflict where it is decided."""
    rows = Trial.objects.select_for_update(of=("self",)).select_related("part__skill", "workshop", "cooperative")
    row = rows.get(pk=trial.pk)
    if row.status != TrialStatus.OPEN:
        words = {"number": row.number, "status": TrialStatus(row.status).label}
        raise Conflict(_("%(number)s is decided already: %(status)s.") % words)
    return row


def passed_inspection(trial: Trial) -> Inspection | None:
    """The inspection that the trial lot has passed."""
    if trial.work_order_id is None:
        return None
    rows = Inspection.objects.filter(lot__work_order=trial.work_order_id, status=InspectionStatus.PASSED)
    return rows.select_related("lot").order_by("-closed_at").first()


def element_names(numbers: Collection[int]) -> list[str]:
    english = (get_language() or "id").startswith("en")
    return [
        f"{element.number} {element.name_en if english else element.name}"
        for element in ELEMENTS
        if element.number in numbers
    ]


def decider(expert: Expert | None, by: User) -> str:
    return expert.name if expert is not None else by.name


def valid_until_proposed(valid_from: date) -> date:
    return valid_from + timedelta(days=VALID_DAYS)
