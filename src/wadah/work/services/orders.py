"""Work orders: made out of a taken offer, or by hand; given up in part; allowed to be more. One transaction each.

Locks are taken in one order, always: the week's hours (plans.commitments), then the work order, then lots.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from wadah.base.clock import monday, now, today
from wadah.base.errors import Refused
from wadah.base.history import history_record
from wadah.base.numbering import number_next, number_text
from wadah.catalogue.saving import quantity_check
from wadah.catalogue.words import MaterialBy
from wadah.plans.commitments.services import Pace, commitment_add
from wadah.work.models import WorkOrder
from wadah.work.rules.orders import due_day
from wadah.work.words import WorkOrderKind

if TYPE_CHECKING:
    from datetime import date

    from wadah.accounts.models import User
    from wadah.catalogue.models import Part, Rate
    from wadah.demand.models import OrderLine
    from wadah.register.models import Cooperative, Workshop
    from wadah.work.models import Offer

PREFIX = "SPK"


@dataclass(frozen=True, slots=True)
class OrderTerms:
    """What a work order takes and pays, frozen when it is made; columns as catalogue.Rate has them."""

    minutes_per_piece: Decimal = Decimal(0)
    setup_minutes: Decimal = Decimal(0)
    pay_rupiah_piece: int = 0
    setup_pay_rupiah: int = 0
    material_by: str = MaterialBy.COOPERATIVE
    material_rupiah_piece: int = 0
    transport_rupiah_piece: int = 0
    transport_rupiah_trip: int = 0

    @property
    def pace(self) -> Pace:
        return Pace(self.minutes_per_piece, self.setup_minutes)


def terms_of(row: Offer | Rate | WorkOrder) -> OrderTerms:
    """The terms that an offer, a rate or another work order has."""
    return OrderTerms(**{field.name: getattr(row, field.name) for field in fields(OrderTerms)})


@transaction.atomic
def work_order_make(
    *,
    cooperative: Cooperative,
    part: Part,
    workshop: Workshop,
    week_start: date,
    pieces: Decimal,
    terms: OrderTerms,
    kind: str = WorkOrderKind.PIECES,
    by: User | None = None,
    on_behalf_of: str = "",
    reason: str = "",
    **columns: Any,
) -> WorkOrder:
    """The one place where a work order is born, with the next number of its year ("SPK-2026-0001").

    Whoever calls has made the commitment first (commitment_add), as the locks' order asks; `work_order_open` does both.
    week_start: any day of the week that was promised; due_on is that week's Saturday unless given. columns: the others
    of WorkOrder (offer, line, due_on, note, simulated). on_behalf_of, reason: of a manager who acts for a member.

    Raises
    ------
    Refused: the quantity doesn't suit the part.
    """
    quantity_check(part, pieces, field="pieces")
    week, year = monday(week_start), today().year
    row = WorkOrder(
        number=number_text(PREFIX, year, number_next(PREFIX, year)),
        cooperative=cooperative,
        part=part,
        workshop=workshop,
        kind=kind,
        promise_week=week,
        week_start=week,
        due_on=columns.pop("due_on", None) or due_day(week),
        pieces=pieces,
        made_at=now(),
        made_by=by,
        **asdict(terms),
        **columns,
    )
    row.save(force_insert=True)
    told = {"number": row.number, "pieces": pieces, "due_on": row.due_on}
    history_record(user=by, act="work_order_make", row=row, new=told, reason=reason, on_behalf_of=on_behalf_of)
    return row


@transaction.atomic
def work_order_open(
    *,
    cooperative: Cooperative,
    part: Part,
    workshop: Workshop,
    week_start: date,
    pieces: Decimal,
    terms: OrderTerms,
    by: User,
    reason: str,
    kind: str = WorkOrderKind.PIECES,
    line: OrderLine | None = None,
    beyond_hours: bool = False,
    **columns: Any,
) -> WorkOrder:
    """A work order that a manager gives out by hand, without an offer: agreed by phone, a trial lot, service work.

    reason: why without an offer, kept in its history. A trial lot is of no plan: the workshop isn't approved for the
    part yet, so it is no commitment. beyond_hours: as commitment_add has it.

    Raises
    ------
    Refused: no reason, the quantity doesn't suit the part, the week is over, or its hours don't hold so many.
    """
    if not reason.strip():
        raise Refused(_("Say why this work is given without an offer."), field="reason")
    quantity_check(part, pieces, field="pieces")
    if monday(week_start) < monday(today()):
        raise Refused(_("This week is over. Choose this week or a later one."), field="week_start")
    if kind == WorkOrderKind.SERVICE and line is None:
        raise Refused(_("Say which order the service is for."), field="line")
    if kind != WorkOrderKind.TRIAL:
        commitment_add(
            cooperative=cooperative,
            part=part,
            workshop=workshop,
            week_start=week_start,
            pieces=pieces,
            pace=terms.pace,
            beyond_hours=beyond_hours,
        )
    return work_order_make(
        cooperative=cooperative,
        part=part,
        workshop=workshop,
        week_start=week_start,
        pieces=pieces,
        terms=terms,
        kind=kind,
        line=line,
        by=by,
        reason=reason,
        **columns,
    )
