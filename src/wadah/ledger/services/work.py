"""What work accepted, or took back, comes into the books: each move of pieces once (docs/ledger.md P1).

The ledger looks at work; work knows nothing of it. So this runs before the ledger is read or written, and every hour.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, Sum

from wadah.base.clock import business_date
from wadah.base.inserting import rows_insert
from wadah.catalogue.models import Licence
from wadah.ledger.models import WorkEntry
from wadah.ledger.rules.work import royalty_between, weeks_late
from wadah.ledger.services.books import book_lock
from wadah.ledger.services.posting import rows_post
from wadah.ledger.words import Rule
from wadah.register.models import Cooperative, Membership
from wadah.work.selectors.pay import COUNTED_IN, COUNTED_OUT, PAY_COLUMNS, moves_of, paid_for

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection, Sequence

    from django.db.models import QuerySet

    from wadah.work.models import LotMove

AT_ONCE = 2_000
LATE = timedelta(days=2)
NONE = Decimal(0)
READ = (
    "to_bucket", "pieces", "at", "by_id", "lot__number", "lot__received_on", "lot__part__motif_id",
    "lot__work_order__due_on", "lot__work_order__workshop__ikm_id",
    *(f"lot__work_order__{name}" for name in PAY_COLUMNS),
)  # fmt: skip
"""All that an entry and its posting are made of."""
COLUMNS = (
    "cooperative_id", "move_id", "work_order_id", "ikm_id", "on", "is_member", "pieces", "accepted_after", "rupiah",
    "late_weeks", "motif_id", "royalty_rupiah_piece", "royalty_rupiah",
)  # fmt: skip
Spans = dict[int, list[tuple["dt.date", "dt.date | None"]]]


def work_post_all() -> int:
    """For every cooperative; how many entries were made."""
    return sum(work_post(cooperative=one) for one in Cooperative.objects.order_by("pk"))


def work_post(*, cooperative: Cooperative, whole: bool = False) -> int:
    """Post all moves that count for pay and aren't in the books yet, oldest first; how many there were.

    whole: look at every move there ever was, not only at those since the last that were entered (`entered_up_to`).
    """
    done = 0
    while some := some_post(cooperative, whole):
        done += some
    return done


@transaction.atomic
def some_post(cooperative: Cooperative, whole: bool) -> int:
    """At most AT_ONCE of them, in one transaction."""
    after = 0 if whole else entered_up_to(cooperative)
    if not moves_unposted(cooperative, after).exists():
        return 0
    book_lock(cooperative)
    moves = list(moves_unposted(cooperative, after)[:AT_ONCE])
    entries = entries_insert(entries_of(cooperative, moves))
    lots = {move.pk: move for move in moves}
    for entry in entries:
        entry.move = lots[entry.move_id]
    rows_post(cooperative=cooperative, rule=Rule.ACCEPTED, rows=entries)
    return len(entries)


def moves_counted(cooperative: int) -> QuerySet[LotMove]:
    """Moves of pieces that a maker is paid for, or isn't any more."""
    return moves_of(cooperative).filter(COUNTED_IN | COUNTED_OUT)


def entered_up_to(cooperative: Cooperative) -> int:
    """The key of a move up to which all are in the books: of the last one entered that is older than LATE before the
    newest. A move's key is drawn when it is made, and no transaction stays open so long. Two queries.

    So the hourly posting looks at the moves of some days, however many years there are.
    """
    entries = WorkEntry.objects.filter(cooperative=cooperative).order_by("-pk")
    newest = entries.values_list("move__at", flat=True).first()
    if newest is None:
        return 0
    return entries.filter(move__at__lt=newest - LATE).values_list("move_id", flat=True).first() or 0


def moves_unposted(cooperative: Cooperative, after: int = 0) -> QuerySet[LotMove]:
    """Those of them without an entry, with a key above `after`."""
    rows = moves_counted(cooperative.pk).filter(~Exists(WorkEntry.objects.filter(move=OuterRef("pk"))), pk__gt=after)
    return rows.select_related("lot__work_order__workshop", "lot__part").only(*READ).order_by("pk")


def entries_insert(entries: list[WorkEntry]) -> list[WorkEntry]:
    """Written at once, as they are; with their keys."""
    rows_insert(WorkEntry, COLUMNS, [tuple(getattr(one, name) for name in COLUMNS) for one in entries])
    keys = dict(WorkEntry.objects.filter(move__in=[one.move_id for one in entries]).values_list("move", "pk"))
    for one in entries:
        one.pk = keys[one.move_id]
    return entries


def entries_of(cooperative: Cooperative, moves: Sequence[LotMove]) -> list[WorkEntry]:
    """One entry a move, not saved yet; the amount is what its work order pays after it, less what it paid before."""
    accepted = accepted_so_far({move.lot.work_order_id for move in moves if move.lot.work_order_id})
    makers = {move.lot.work_order.workshop.ikm_id for move in moves if move.lot.work_order}
    spans, royalties = member_spans(cooperative, makers), licences(makers)
    return [entry_of(cooperative, move, accepted, spans, royalties) for move in moves]


def entry_of(
    cooperative: Cooperative,
    move: LotMove,
    accepted: dict[int, Decimal],
    spans: Spans,
    royalties: dict[tuple[int, int], list[Licence]],
) -> WorkEntry:
    order, on = move.lot.work_order, business_date(move.at)
    assert order is not None
    pieces = move.pieces if move.to_bucket == "accepted" else -move.pieces
    before = accepted[order.pk]
    after = accepted[order.pk] = before + pieces
    ikm, motif = order.workshop.ikm_id, move.lot.part.motif_id
    royalty = royalty_on(royalties[motif, ikm], on) if motif else 0
    return WorkEntry(
        cooperative=cooperative,
        move=move,
        work_order=order,
        ikm_id=ikm,
        on=on,
        is_member=any(since <= on and (until is None or on < until) for since, until in spans[ikm]),
        pieces=pieces,
        accepted_after=after,
        rupiah=paid_for(order, after) - paid_for(order, before),
        late_weeks=weeks_late(order.due_on, move.lot.received_on),
        motif_id=motif if royalty else None,
        royalty_rupiah_piece=royalty,
        royalty_rupiah=royalty_between(before, after, royalty),
    )


def accepted_so_far(work_orders: Collection[int]) -> dict[int, Decimal]:
    """Pieces by work order id that are in the books as accepted. One query."""
    rows = WorkEntry.objects.filter(work_order__in=work_orders).order_by().values_list("work_order")
    return defaultdict(Decimal, {key: total or NONE for key, total in rows.annotate(total=Sum("pieces"))})


def member_spans(cooperative: Cooperative, makers: Collection[int]) -> Spans:
    """From when to when each maker is a member; the second day is the first outside. One query."""
    found: Spans = defaultdict(list)
    rows = Membership.objects.filter(cooperative=cooperative, role=Membership.Role.MEMBER, ikm__in=makers)
    for ikm, joined, left in rows.values_list("ikm", "joined_on", "left_on"):
        found[ikm].append((joined, left))
    return found


def licences(makers: Collection[int]) -> dict[tuple[int, int], list[Licence]]:
    found: dict[tuple[int, int], list[Licence]] = defaultdict(list)
    for row in Licence.objects.filter(Q(ikm__in=makers)):
        found[row.motif_id, row.ikm_id].append(row)
    return found


def royalty_on(rows: Sequence[Licence], on: dt.date) -> int:
    """Rupiah a piece on a day, 0 without a licence."""
    held = [row for row in rows if row.valid_from <= on and (row.valid_until is None or on <= row.valid_until)]
    return max(held, key=lambda row: row.valid_from).royalty_rupiah_piece if held else 0
