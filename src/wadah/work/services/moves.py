"""Pieces move from bucket to bucket, here and nowhere else: none is lost, none is made, every move is written down.

The lot's row is the lock. A move takes from one bucket and adds to another in one write; the database holds that no
bucket is below zero and that all of them add up to what the lot was born with (docs/work.md W1). What is accepted at
the hub is what the planner finds in stock there (W2), what waits or is being mended counts beside it (W14).
"""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext as _

from wadah.base.clock import now, today
from wadah.base.errors import Refused
from wadah.base.numbering import number_next, number_text
from wadah.catalogue.models import Part
from wadah.catalogue.saving import quantity_check
from wadah.catalogue.selectors import stock_on
from wadah.catalogue.services import stock_count
from wadah.register.models import Cooperative
from wadah.units import decimal_text
from wadah.work.models import Lot, LotMove
from wadah.work.services.under_way import TO_COME, lot_under_way
from wadah.work.words import Bucket, LotOrigin, MoveKind

if TYPE_CHECKING:
    from wadah.accounts.models import User

PREFIX = "LOT"
DAY = timedelta(days=1)


def lot_lock(lot: Lot | int) -> Lot:
    """The lot, locked until the transaction ends, with what it is now."""
    key = lot if isinstance(lot, int) else lot.pk
    return Lot.objects.select_for_update(of=("self",)).select_related("part", "work_order").get(pk=key)


@transaction.atomic
def lot_born(
    *,
    cooperative: Cooperative,
    part: Part,
    origin: str,
    quantity: Decimal,
    bucket: str = Bucket.WAITING,
    kind: str = MoveKind.RECEIVE,
    by: User | None = None,
    move: dict[str, Any] | None = None,
    **columns: Any,
) -> Lot:
    """A new lot with all its pieces in one bucket, and the next number of its year ("LOT-2026-0001").

    columns: the others of Lot; move: the others of its first LotMove (reason, on_behalf_of, other_lot …).

    Raises
    ------
    Refused: the quantity doesn't suit the part.
    """
    quantity_check(part, quantity)
    opening_count(cooperative, part, by=by)
    day = columns.pop("received_on", None) or today()
    lot = Lot(
        number=number_text(PREFIX, day.year, number_next(PREFIX, day.year)),
        cooperative=cooperative,
        part=part,
        origin=origin,
        quantity=quantity,
        received_on=day,
        made_at=now(),
        made_by=by,
        **columns,
    )
    setattr(lot, bucket, quantity)
    lot.save()
    LotMove.objects.create(lot=lot, kind=kind, to_bucket=bucket, pieces=quantity, at=now(), by=by, **(move or {}))
    if bucket == Bucket.ACCEPTED:
        stock_push(cooperative, part)
    elif bucket in TO_COME:
        lot_under_way(lot)
    return lot


@transaction.atomic
def lot_move(
    *, lot: Lot, kind: str, source: str, target: str, pieces: Decimal, by: User | None = None, **columns: Any
) -> LotMove:
    """Moves `pieces` (> 0) of a lot from bucket `source` to bucket `target`; columns: the others of LotMove.

    Raises
    ------
    Refused: there are fewer in that bucket by now, or the quantity doesn't suit the part.
    """
    locked = lot_lock(lot)
    quantity_check(locked.part, pieces, field="pieces")
    held: Decimal = getattr(locked, source)
    if pieces > held:
        words = {"lot": locked.number, "held": decimal_text(held, 3), "where": Bucket(source).label}
        raise Refused(_("%(lot)s: only %(held)s are %(where)s. Open the page again.") % words, field="pieces")
    setattr(locked, source, held - pieces)
    setattr(locked, target, getattr(locked, target) + pieces)
    locked.save(update_fields=[source, target])
    for name in (source, target):
        setattr(lot, name, getattr(locked, name))
    made = LotMove.objects.create(
        lot=locked, kind=kind, from_bucket=source, to_bucket=target, pieces=pieces, at=now(), by=by, **columns
    )
    if Bucket.ACCEPTED in {source, target}:
        stock_push(locked.cooperative, locked.part)
    if TO_COME & {source, target}:
        lot_under_way(locked)
    return made


def stock_push(cooperative: Cooperative, part: Part) -> None:
    """What the hub holds of a part from tomorrow's beginning on: the accepted pieces of all its lots."""
    held = Lot.objects.filter(cooperative=cooperative, part=part).aggregate(all=Sum("accepted"))["all"] or Decimal(0)
    stock_count(cooperative=cooperative, part=part, as_of=today() + DAY, quantity=held.quantize(Decimal("0.001")))


def stock_follow() -> int:
    """Counts the hub's stock once more for all parts that have lots; how many were out of line. Swept.

    Two lots of a part that move at one moment each don't see the other's move yet where rows alone are locked, so the
    later of them may have told a sum of before.
    """
    sums = Lot.objects.order_by("cooperative", "part").values_list("cooperative", "part").annotate(held=Sum("accepted"))
    told = {key: stock_on(cooperative=key, on=today() + DAY) for key in {row[0] for row in sums}}
    wrong = [
        (cooperative, part)
        for cooperative, part, held in sums
        if told[cooperative].get(part, Decimal(0)) != held.quantize(Decimal("0.001"))
    ]
    for cooperative, part in wrong:
        with transaction.atomic():
            stock_push(Cooperative.objects.get(pk=cooperative), Part.objects.get(pk=part))
    return len(wrong)


def opening_count(cooperative: Cooperative, part: Part, *, by: User | None) -> Lot | None:
    """Before a part's first lot: what was counted at the hub without lots becomes one, so that it isn't forgotten."""
    if Lot.objects.filter(cooperative=cooperative, part=part).exists():
        return None
    counted = stock_on(cooperative=cooperative, on=today()).get(part.pk, Decimal(0))
    if counted <= 0:
        return None
    lot = Lot.objects.create(
        number=number_text(PREFIX, today().year, number_next(PREFIX, today().year)),
        cooperative=cooperative,
        part=part,
        origin=LotOrigin.COUNTED,
        quantity=counted,
        accepted=counted,
        received_on=today(),
        made_at=now(),
        made_by=by,
    )
    LotMove.objects.create(lot=lot, kind=MoveKind.RECEIVE, to_bucket=Bucket.ACCEPTED, pieces=counted, at=now(), by=by)
    return lot
