"""What a settlement is worked out from: where each maker stands, and what the slip says.

A constant number of queries, whatever the number of makers.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from django.db.models import F, Max, Q, Sum

from wadah.ledger.models import Advance, Book, MemberTerms, Repayment, Saving, SettlementRow, VoluntarySaving, WorkEntry
from wadah.ledger.rules.settlement import (
    Late,
    Standing,
    Terms,
    Told,
    mandatory_months,
    penalty_of,
    terms_on,
)
from wadah.ledger.words import SavingKind, SettlementStatus
from wadah.register.models import Membership
from wadah.register.selectors import cooperative_members
from wadah.units import rupiah_of
from wadah.work.models import Lot
from wadah.work.selectors.pay import UNPAID, moves_of, why_not_paid
from wadah.work.words import Bucket, MoveKind

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection, Iterator, Sequence

    from django.db.models import Aggregate, QuerySet

    from wadah.register.models import Cooperative

NONE = Decimal(0)


@dataclass(frozen=True, slots=True)
class Ground:
    """Where all makers with work to settle stand; advances: (id, what is left) of each, as in Standing.advances."""

    terms: MemberTerms | None
    standings: dict[int, Standing]
    advances: dict[int, list[tuple[int, int]]] = field(default_factory=dict)


def ground(cooperative: Cooperative, until: dt.date) -> Ground:
    """Where everybody who has work accepted up to `until`, not settled yet, stands that day. Ten queries."""
    rows = list(MemberTerms.objects.filter(cooperative=cooperative).order_by("valid_from"))
    terms = [terms_of(row) for row in rows]
    held = terms_on(terms, until)
    entries = entries_open(cooperative, until)
    work = dict(entries.order_by().values_list("ikm").annotate(all=Sum("rupiah")))
    penalties, owed = penalties_open(entries, terms), debts(cooperative)
    advances, saving = advances_left(cooperative, until), savings_due(cooperative, terms, until)
    wishes = voluntary_wishes(cooperative, until)
    standings = {}
    for ikm, rupiah in sorted(work.items()):
        member = ikm in saving
        standings[ikm] = Standing(
            work=rupiah,
            penalty=penalties.get(ikm, 0),
            owed=owed.get(ikm, 0),
            advances=tuple(left for _key, left in advances.get(ikm, ())),
            recovery_percent=held.recovery_percent_max if held else NONE,
            mandatory_due=saving.get(ikm, 0),
            voluntary_percent=wishes.get(ikm, held.voluntary_percent if held else NONE) if member else NONE,
        )
    valid = [row for row in rows if row.valid_from <= until]
    return Ground(valid[-1] if valid else None, standings, advances)


def terms_of(row: MemberTerms) -> Terms:
    return Terms(
        valid_from=row.valid_from,
        mandatory_rupiah_month=row.mandatory_saving_rupiah_month,
        voluntary_percent=row.voluntary_percent,
        recovery_percent_max=row.recovery_percent_max,
        penalty_percent_week=row.penalty_percent_week,
        penalty_cap_percent=row.penalty_cap_percent,
    )


def entries_open(cooperative: Cooperative, until: dt.date) -> QuerySet[WorkEntry]:
    """Accepted up to the end of a day and not settled."""
    return WorkEntry.objects.filter(cooperative=cooperative, settled=None, on__lte=until)


def penalties_open(entries: QuerySet[WorkEntry], terms: Sequence[Terms]) -> dict[int, int]:
    """By maker, what late pieces cost by the members' rule. One query."""
    late: dict[int, list[Late]] = defaultdict(list)
    rows = entries.filter(late_weeks__gt=0).order_by()
    for ikm, rupiah, weeks, came_on in rows.values_list("ikm", "rupiah", "late_weeks", "move__lot__received_on"):
        late[ikm].append(Late(rupiah, weeks, came_on))
    return {ikm: penalty_of(some, terms) for ikm, some in late.items()}


def debts(cooperative: Cooperative) -> dict[int, int]:
    """By maker, what locked settlements left owed to the cooperative and nobody paid back (account 1111). Two
    queries."""
    rows = SettlementRow.objects.filter(Q(carried_out__gt=0) | Q(carried_in__gt=0), settlement__cooperative=cooperative)
    rows = rows.exclude(settlement__status=SettlementStatus.DRAFT).order_by()
    sums = dict(rows.values_list("ikm").annotate(left=Sum(F("carried_out") - F("carried_in"))))
    repaid = Repayment.objects.filter(cooperative=cooperative, debt__gt=0, reversed_at=None).order_by()
    for ikm, rupiah in repaid.values_list("ikm").annotate(all=Sum("debt")):
        sums[ikm] = sums.get(ikm, 0) - rupiah
    return {ikm: left for ikm, left in sums.items() if left}


def debts_of(ikms: Collection[int]) -> int:
    """What these makers owe together. Two queries."""
    rows = SettlementRow.objects.filter(ikm__in=ikms).exclude(settlement__status=SettlementStatus.DRAFT)
    left = rows.aggregate(left=Sum(F("carried_out") - F("carried_in")))["left"] or 0
    repaid = Repayment.objects.filter(ikm__in=ikms, reversed_at=None).aggregate(all=Sum("debt"))["all"] or 0
    return left - repaid


def advances_left(cooperative: Cooperative, until: dt.date) -> dict[int, list[tuple[int, int]]]:
    """By maker, each advance given up to a day that isn't recovered: its id and what is left, the oldest first."""
    rows = Advance.objects.filter(cooperative=cooperative, on__lte=until, reversed_at=None, recovered__lt=F("rupiah"))
    found: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for key, ikm, rupiah, recovered in rows.order_by("on", "id").values_list("pk", "ikm", "rupiah", "recovered"):
        found[ikm].append((key, rupiah - recovered))
    return dict(found)


def savings_due(cooperative: Cooperative, terms: Sequence[Terms], until: dt.date) -> dict[int, int]:
    """By member on a day, mandatory savings of months since joining that aren't saved yet; 0: all are. Three queries.

    Months before the members first agreed on terms, or before the books were opened, don't count, nor what was saved
    then.
    """
    opened = Book.objects.filter(cooperative=cooperative).values_list("opened_on", flat=True).first() or until
    start = max(opened, terms[0].valid_from) if terms else until
    joined = dict(cooperative_members(cooperative, until).order_by().values_list("ikm", "joined_on"))
    saved = mandatory_saved(cooperative, start, until)
    months: dict[dt.date, int] = {}
    due = {}
    for ikm, day in joined.items():
        since = max(day, start)
        if since not in months:
            months[since] = mandatory_months(terms, since, until)
        due[ikm] = max(0, months[since] - saved.get(ikm, 0))
    return due


def mandatory_saved(cooperative: Cooperative, start: dt.date, until: dt.date) -> dict[int, int]:
    """By maker, mandatory savings since the first day of start's month, and since they took the place that they held on
    the day `until`, whatever became of it later. One query."""
    open_then = Q(ikm__memberships__left_on=None) | Q(ikm__memberships__left_on__gt=until)
    place = open_then & Q(
        ikm__memberships__cooperative=cooperative,
        ikm__memberships__role=Membership.Role.MEMBER,
        ikm__memberships__joined_on__lte=until,
        on__gte=F("ikm__memberships__joined_on"),
    )
    rows = Saving.objects.filter(
        place, cooperative=cooperative, kind=SavingKind.MANDATORY, on__gte=start.replace(day=1)
    )
    return dict(rows.order_by().values_list("ikm").annotate(all=Sum("rupiah")))


def voluntary_wishes(cooperative: Cooperative, until: dt.date) -> dict[int, Decimal]:
    """By member, the percentage that they asked for last. One query."""
    rows = VoluntarySaving.objects.filter(cooperative=cooperative, valid_from__lte=until).order_by("valid_from", "id")
    return dict(rows.values_list("ikm", "percent"))


# -- what the slip says ------------------------------------------------------------------------------------------------


def slips_told(cooperative: Cooperative, until: dt.date, since: dt.datetime | None) -> dict[int, list[Told]]:
    """By maker, what each work order brought, and what of it isn't paid and why; since: of the settlement before.

    Words are message ids, so that a slip reads the same in either language at any time.
    """
    orders: dict[int, tuple[Any, ...]] = {}
    brought: dict[int, tuple[Decimal, int, int]] = {}
    lying: dict[int, dict[str, Decimal]] = defaultdict(dict)
    sums = {"all_pieces": Sum("pieces"), "all_rupiah": Sum("rupiah"), "weeks": Max("late_weeks")}
    for key, order, came in by_order(entries_open(cooperative, until), "work_order", sums):
        orders[key], brought[key] = order, came
    makers = {order[0] for order in orders.values()}
    for key, order, left in unpaid_since(cooperative, since):
        if order[0] in makers:
            orders[key] = order
            lying[key] |= left
    found: dict[int, list[Told]] = defaultdict(list)
    for key, (ikm, *order) in sorted(orders.items()):
        found[ikm].append(told(order, brought.get(key), lying.get(key, {})))
    return found


def by_order(rows: QuerySet[Any], path: str, sums: dict[str, Aggregate]) -> Iterator[tuple[int, Any, Any]]:
    """By work order: its key, its maker with what `told` asks first, and the sums. One query.

    path: from the rows to the work order. The order's own columns come with the sums: looked up by key afterwards, a
    city's orders of a month cost more than all the rest.
    """
    each = sum(
        (F(f"{path}__{name}_rupiah_piece") for name in ("material", "transport")), F(f"{path}__pay_rupiah_piece")
    )
    columns = [f"{path}__{name}" for name in ("number", "part__name", "pieces", "given_up", "handed_over")]
    found = rows.order_by().values_list(path, f"{path}__workshop__ikm", each, *columns).annotate(**sums)
    last = 3 + len(columns)
    for row in found.iterator():
        yield row[0], row[1:last], row[last:]


def unpaid_since(cooperative: Cooperative, since: dt.datetime | None) -> Iterator[tuple[int, Any, dict[str, Decimal]]]:
    """Of work orders, pieces that lie at the hub unpaid, and those scrapped since. Two queries."""
    lots = Lot.objects.filter(cooperative=cooperative, work_order__isnull=False)
    waiting = [name for name in UNPAID if name != Bucket.SCRAPPED]
    lying = lots.filter(Q(waiting__gt=0) | Q(rejected__gt=0) | Q(rework__gt=0))
    for key, order, sums in by_order(lying, "work_order", {f"all_{name}": Sum(name) for name in waiting}):
        yield key, order, dict(zip(waiting, sums, strict=True))
    moves = moves_of(cooperative.pk).filter(kind=MoveKind.SCRAP, to_bucket=Bucket.SCRAPPED)
    moves = moves.filter(at__gt=since) if since else moves
    for key, order, (pieces,) in by_order(moves, "lot__work_order", {"all_pieces": Sum("pieces")}):
        yield key, order, {Bucket.SCRAPPED: pieces}


def told(order: Sequence[Any], brought: tuple[Decimal, int, int] | None, lying: dict[str, Decimal]) -> Told:
    """order: of `by_order` from its pay a piece on; brought: pieces, rupiah and weeks late of this settlement."""
    each, number, part, promised, given_up, handed_over = order
    pieces, rupiah, weeks = brought or (NONE, 0, 0)
    unpaid = why_not_paid(max(NONE, promised - given_up - handed_over), lying)
    return Told(
        work_order=number,
        part=part,
        pieces=piece_words(pieces),
        each=each,
        once=rupiah - rupiah_of(pieces * each),
        rupiah=rupiah,
        late_weeks=weeks,
        rejected=[[piece_words(some), words] for some, words in unpaid],
    )


@lru_cache(maxsize=4_096)
def piece_words(pieces: Decimal) -> str:
    """ "12" or "12.5"."""
    return f"{pieces.quantize(Decimal('0.001')).normalize():f}"
