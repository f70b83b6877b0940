"""What members answer to offers: taken whole or in part, declined, left to lapse, and taken back within ten minutes.

Nothing is given twice (docs/work.md W4). Whoever answers locks the package first, then the workshop's hours of that
week (plans.commitments), and decides on what stands there then; the database refuses more than there is besides.
A package that the plan asked for has one offer: what isn't taken of it won't come, and is written down to be mended.
One that a manager offered by hand has several: each may take some until nothing is left.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from wadah.base.clock import JAKARTA, now
from wadah.base.errors import Conflict, Refused
from wadah.base.history import history_record
from wadah.catalogue.saving import quantity_check
from wadah.demand.selectors import lines_to_plan
from wadah.plans.commitments.services import commitment_add, commitment_reduce
from wadah.plans.selectors import run_published
from wadah.units import decimal_text, moment_text
from wadah.work.models import Disruption, Offer, WorkOrder, WorkPackage
from wadah.work.rules.offers import may_undo
from wadah.work.services.disruptions import disruption_close, disruption_open
from wadah.work.services.orders import terms_of, work_order_make
from wadah.work.words import (
    DeclineReason,
    DisruptionKind,
    DisruptionStatus,
    OfferStatus,
    WorkOrderKind,
    WorkOrderStatus,
)

if TYPE_CHECKING:
    from wadah.accounts.models import User
    from wadah.demand.models import OrderLine
    from wadah.register.models import Cooperative

NONE = Decimal(0)


@transaction.atomic
def offer_take(
    *,
    offer: Offer,
    pieces: Decimal,
    by: User | None,
    on_behalf_of: str = "",
    reason: str = "",
    beyond_hours: bool = False,
) -> WorkOrder:
    """The member takes `pieces` (> 0) of an offer: a promise, and the work order that says so.

    on_behalf_of, reason: a manager answers for this member, and why; beyond_hours: also where the hours of that week
    don't hold them, for which the manager answers.

    Raises
    ------
    Refused: too few, too many, not whole, or the hours left don't hold so many (the message says how many they hold).
    Conflict: somebody was faster, or it was answered, withdrawn or too late.
    """
    behalf_check(on_behalf_of, reason)
    locked = offer_lock(offer)
    package = locked.package
    left = package.pieces - package.taken
    open_check(locked)
    take_check(locked, pieces, min(left, locked.pieces))
    terms = terms_of(locked)
    commitment_add(
        cooperative=package.cooperative,
        part=package.part,
        workshop=locked.workshop,
        week_start=package.week_start,
        pieces=pieces,
        pace=terms.pace,
        beyond_hours=beyond_hours,
    )
    order = work_order_make(
        cooperative=package.cooperative,
        part=package.part,
        workshop=locked.workshop,
        week_start=package.week_start,
        pieces=pieces,
        terms=terms,
        kind=WorkOrderKind.SERVICE if package.part.service else WorkOrderKind.PIECES,
        line=line_of(package),
        offer=locked,
        simulated=locked.simulated,
        by=by,
        on_behalf_of=on_behalf_of,
        reason=reason,
    )
    package.taken += pieces
    package.save(update_fields=["taken"])
    whole = pieces >= min(left, locked.pieces)
    answer(locked, OfferStatus.TAKEN if whole else OfferStatus.PART, by, on_behalf_of, taken=pieces, reason_note=reason)
    if package.run_id is None:
        others_close(package)
    elif not whole:
        not_coming(locked, DisruptionKind.PART_TAKEN)
    return order


@transaction.atomic
def offer_decline(*, offer: Offer, reason: str, by: User | None, note: str = "", on_behalf_of: str = "") -> Offer:
    """The member takes nothing of an offer. reason: of words.DeclineReason; note: needed with "other", and where a
    manager answers for the member.

    Raises
    ------
    Refused: no reason. Conflict: it was answered, withdrawn or too late.
    """
    if reason not in DeclineReason.values:
        raise Refused(_("Choose why."), field="reason")
    if reason == DeclineReason.OTHER and not note.strip():
        raise Refused(_("Write the reason in a few words."), field="note")
    behalf_check(on_behalf_of, note, field="note")
    locked = offer_lock(offer)
    open_check(locked)
    answer(locked, OfferStatus.DECLINED, by, on_behalf_of, reason=reason, reason_note=note.strip())
    not_coming(locked, DisruptionKind.DECLINED)
    return locked


@transaction.atomic
def offer_undo(*, offer: Offer, by: User | None, on_behalf_of: str = "", reason: str = "") -> Offer:
    """An answer is taken back within ten minutes: the offer is open again, the promise is none any more.

    Raises
    ------
    Refused: too late, the work has begun, or another plan counts on the answer already.
    """
    behalf_check(on_behalf_of, reason)
    locked = offer_lock(offer)
    if locked.status not in {OfferStatus.TAKEN, OfferStatus.PART, OfferStatus.DECLINED}:
        raise Conflict(_("There is no answer to take back."))
    if not may_undo(locked.answered_at, now()):
        raise Refused(_("An answer can be taken back for ten minutes. Call the manager of the cooperative."))
    counted_check(locked)
    if locked.taken > 0:
        promise_take_back(locked, by)
    for row in Disruption.objects.filter(offer=locked, status=DisruptionStatus.OPEN):
        disruption_close(disruption=row, by=by, note=_("The answer was taken back."))
    locked.taken = NONE
    answer(locked, OfferStatus.OPEN, by, on_behalf_of, act="offer_undo", reason="", reason_note="")
    if locked.package.run_id is None:
        others_reopen(locked.package)
    return locked


@transaction.atomic
def offer_withdraw(*, offer: Offer, by: User | None, note: str) -> Offer:
    """The cooperative takes an open offer back; what the plan counted on it for is to be mended.

    Raises
    ------
    Refused: no reason. Conflict: it was answered a moment ago, or too late.
    """
    if not note.strip():
        raise Refused(_("Write the reason in a few words."), field="note")
    locked = offer_lock(offer)
    open_check(locked)
    answer(locked, OfferStatus.WITHDRAWN, by, "", reason_note=note.strip())
    not_coming(locked, DisruptionKind.DECLINED, note=note.strip())
    return locked


def offers_lapse(cooperative: Cooperative | None = None) -> int:
    """Ends open offers whose time is over, each in a transaction of its own; how many. Swept; done twice, no harm."""
    rows = Offer.objects.filter(status=OfferStatus.OPEN, answer_by__lte=now())
    if cooperative is not None:
        rows = rows.filter(package__cooperative=cooperative)
    return sum(map(offer_lapse, rows.select_related("package")))


@transaction.atomic
def offer_lapse(offer: Offer) -> bool:
    locked = offer_lock(offer)
    if locked.status != OfferStatus.OPEN or locked.answer_by > now():
        return False
    answer(locked, OfferStatus.LAPSED, None, "", act="offer_lapse")
    not_coming(locked, DisruptionKind.LAPSED)
    return True


def offer_see(offer: Offer) -> None:
    """The member has opened it; only the first time is kept."""
    Offer.objects.filter(pk=offer.pk, seen_at=None).update(seen_at=now())


# ---- locks and checks


def offer_lock(offer: Offer) -> Offer:
    """The offer with its package, both locked until the transaction ends, the package first."""
    package = WorkPackage.objects.select_for_update(of=("self",)).select_related("part", "cooperative")
    held = package.get(pk=offer.package_id)
    row = Offer.objects.select_for_update(of=("self",)).select_related("workshop", "workshop__area").get(pk=offer.pk)
    row.package = held
    return row


def open_check(offer: Offer) -> None:
    """Raises Conflict where the offer can't be answered any more."""
    status, package = offer.status, offer.package
    if status in {OfferStatus.TAKEN, OfferStatus.PART}:
        raise Conflict(_("You have taken this already. It stands under “My work”."))
    if status == OfferStatus.DECLINED:
        raise Conflict(_("This offer was declined already."))
    if 0 < package.pieces <= package.taken:
        raise Conflict(_("Already taken: somebody else was faster. You owe nothing."))
    if status == OfferStatus.WITHDRAWN:
        raise Conflict(_("The cooperative took this offer back. You owe nothing."))
    if status == OfferStatus.LAPSED or offer.answer_by <= now():
        words = {"moment": moment_text(offer.answer_by.astimezone(JAKARTA), language())}
        raise Conflict(_("The time to answer ended: %(moment)s. Call the manager of the cooperative.") % words)


def take_check(offer: Offer, pieces: Decimal, most: Decimal) -> None:
    """Raises Refused where `pieces` can't be taken; most: what is left for this offer."""
    quantity_check(offer.package.part, pieces, field="pieces")
    if pieces > most:
        words = {"most": decimal_text(most, 3, language()), "pieces": decimal_text(pieces, 3, language())}
        raise Refused(_("Only %(most)s are left, not %(pieces)s. Choose fewer.") % words, field="pieces")
    least = min(offer.lot_quantity_min, most)
    if pieces < least:
        words = {"least": decimal_text(least, 3, language()), "pieces": decimal_text(pieces, 3, language())}
        raise Refused(
            _("At least %(least)s at once, not %(pieces)s: fewer isn't worth setting up.") % words, field="pieces"
        )


def behalf_check(on_behalf_of: str, reason: str, field: str = "reason") -> None:
    if on_behalf_of and not reason.strip():
        raise Refused(_("Write why you answer for them, for example “by phone”."), field=field)


def counted_check(offer: Offer) -> None:
    """Raises Refused where the plan in force was made with this answer, or something made up for it."""
    run = run_published(offer.package.cooperative)
    read_at = run.promises_read_at if run else None
    mended = Disruption.objects.filter(offer=offer, status=DisruptionStatus.MENDED).exists()
    if mended or (read_at is not None and offer.answered_at is not None and read_at >= offer.answered_at):
        raise Refused(_("A new plan counts on this answer already. Call the manager of the cooperative."))


def language() -> str:
    return "en" if (get_language() or "id").startswith("en") else "id"


# ---- what an answer changes


def answer(offer: Offer, status: str, by: User | None, on_behalf_of: str, *, act: str = "", **columns: Any) -> None:
    """The offer with its answer and a line of history; OPEN: with none."""
    old = {"status": offer.status, "taken": offer.taken}
    opened = status == OfferStatus.OPEN
    offer.status, offer.on_behalf_of = status, "" if opened else on_behalf_of
    offer.answered_at, offer.answered_by = (None, None) if opened else (now(), by)
    for name, value in columns.items():
        setattr(offer, name, value)
    offer.save()
    history_record(
        user=by,
        act=act or f"offer_{status}",
        row=offer,
        old=old,
        new={"status": status, "taken": offer.taken},
        reason=offer.get_reason_display() if offer.reason else offer.reason_note,
        on_behalf_of=on_behalf_of,
    )


def not_coming(offer: Offer, kind: str, *, note: str = "") -> Disruption | None:
    """What won't be made because of this answer, written down to be mended; None where others may still take it."""
    package = offer.package
    left = package.pieces - package.taken
    if left <= 0 or (package.run_id is None and package.offers.filter(status=OfferStatus.OPEN).exists()):
        return None
    return disruption_open(
        cooperative=package.cooperative,
        kind=kind,
        first_week=package.week_start,
        part=package.part,
        workshop=None if package.run_id is None else offer.workshop,
        pieces=left,
        offer=offer,
        note=note,
    )


def others_close(package: WorkPackage) -> None:
    """Nothing is left: whoever hasn't answered yet reads that it is taken."""
    if package.taken >= package.pieces:
        package.offers.filter(status=OfferStatus.OPEN).update(status=OfferStatus.WITHDRAWN, answered_at=now())


def others_reopen(package: WorkPackage) -> None:
    """Something is left again: those who were closed because nothing was (nobody closed them) may answer again."""
    closed = package.offers.filter(status=OfferStatus.WITHDRAWN, answered_by=None, answer_by__gt=now())
    closed.update(status=OfferStatus.OPEN, answered_at=None)


def promise_take_back(offer: Offer, by: User | None) -> None:
    """The promise and its work order are none any more. Raises Refused where the work has begun."""
    package = offer.package
    order = offer.work_orders.exclude(status=WorkOrderStatus.CANCELLED).get()
    commitment_reduce(
        cooperative=package.cooperative,
        part=package.part,
        workshop=offer.workshop,
        week_start=order.week_start,
        pieces=order.pieces,
    )
    locked = WorkOrder.objects.select_for_update(of=("self",)).get(pk=order.pk)
    if locked.status != WorkOrderStatus.OPEN or locked.reported or locked.handed_over or locked.issues.exists():
        raise Refused(_("The work has begun, so it can't be taken back. Say under “My work” what you can't make."))
    locked.status, locked.given_up, locked.closed_at = WorkOrderStatus.CANCELLED, locked.pieces, now()
    locked.save(update_fields=["status", "given_up", "closed_at"])
    history_record(user=by, act="work_order_cancel", row=locked, new={"status": locked.status})
    package.taken -= order.pieces
    package.save(update_fields=["taken"])


def line_of(package: WorkPackage) -> OrderLine | None:
    """The order line that the work is for, where only one asks for this part; of service work the first one due.

    Raises Refused where nobody orders the service any more.
    """
    lines = sorted(
        lines_to_plan(package.cooperative).filter(part=package.part), key=lambda line: line.promised_on or line.due_on
    )
    if package.part.service and not lines:
        raise Refused(_("Nobody orders this service any more. Call the manager of the cooperative."))
    return lines[0] if lines and (package.part.service or len(lines) == 1) else None
