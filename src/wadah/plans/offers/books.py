"""The book that questions are put to: the plan in force as of today, or an empty one where nothing is planned yet.

It counts what the plan in force can't know. Lots that only an order cancelled since needed are taken out. Orders
confirmed since are put in first, oldest first, each at its earliest without moving anything; where they are more than
UNPLANNED_MAX lines, a plan must be made first. The calendar reaches as far ahead of today as the plan did of its first
week, and to the last day wanted; where something perishes it stays as long as it is: a plan scraps what is too old.

Whoever accepts has a book made anew. For questions the last few are kept, by plan, day and parts, until the next line
is written into any history.
"""

from __future__ import annotations

import threading
from collections import OrderedDict, defaultdict
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from wadah.base.clock import business_date, monday, today
from wadah.base.errors import Refused
from wadah.base.models import Change
from wadah.demand.selectors import lines_handed_over
from wadah.planning.plan import Plan, priced
from wadah.planning.promise import Book, accepted, promise, warm
from wadah.planning.repair.changes import altered
from wadah.plans.bought import below_first, bought_most, supplied
from wadah.plans.keep import plan_kept, problem_kept
from wadah.plans.models import PlanRun
from wadah.plans.offers.fit import fitted, hours_used, lots_of, strained
from wadah.plans.offers.freeing import freed
from wadah.plans.promised import less_hours
from wadah.plans.rules import Horizon
from wadah.plans.snapshot import order_row, problem_of

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from wadah.catalogue.models import Part
    from wadah.demand.models import OrderLine
    from wadah.planning.problem import Order, Problem, Workshop
    from wadah.planning.promise import Promise
    from wadah.plans.snapshot import Snapshot
    from wadah.register.models import Cooperative

WEEKS = 26  # of a plan that begins with a promise
WEEKS_MAX = 104
UNPLANNED_MAX = 20
UNPLANNED_SECONDS = 0.5  # for each line confirmed since the plan was made
KEPT_MAX = 8
UNHURRIED_SECONDS = 6.0  # where a question came back with less than was asked, and without a proof
PIECES = 1e-6

_kept: OrderedDict[object, OpenBook] = OrderedDict()
_guard = threading.Lock()
_warmed = threading.Event()


@dataclass(frozen=True)
class OpenBook:
    """book: what is promised; run: the plan in force, None where there is none; now: the period of today.

    snapshot: the rows that ids stand for; entered: ids of lines that the plan in force didn't have; strained: codes of
    workshops of which it takes hours, or leave to make a part, that aren't there any more.
    """

    book: Book
    run: PlanRun | None
    snapshot: Snapshot
    now: int
    entered: tuple[str, ...] = ()
    strained: tuple[str, ...] = ()

    @property
    def horizon(self) -> Horizon:
        calendar = self.book.problem.calendar
        return Horizon(calendar.start, calendar.periods)

    def last_day(self, period: int) -> date:
        """The Sunday of a period: what is handed over in a week has left the hub by its end."""
        return self.horizon.monday(period) + timedelta(days=6)

    def supplied(self, wanted: Mapping[str, float]) -> OpenBook:
        """With what is bought for so many pieces (by part code) at the hub."""
        problem = self.book.problem
        bought = {code for code, part in self.snapshot.parts.items() if part.supply == "bought"}
        more = supplied(problem, bought_most(problem, bought, wanted))
        return self if more is problem else self.holding(more, self.book.plan)

    def holding(self, problem: Problem, plan: Plan) -> OpenBook:
        """With another problem and plan of the same calendar."""
        return replace(self, book=Book(problem, priced(problem, plan)))


def book_open(
    cooperative: Cooperative, parts: Collection[Part], until: date, *, anew: bool = False, leaving: int | None = None
) -> OpenBook:
    """The book of today, with everything that `parts` are made of; until: the last day asked about.

    anew: never one that was made a moment ago; leaving: id of an order whose lines aren't put in, since they are about
    to be asked for.

    Raises
    ------
    Refused: orders are confirmed and nothing is planned yet, or too many since the plan was made.
    """
    run = PlanRun.objects.filter(cooperative=cooperative, status=PlanRun.Status.PUBLISHED).first()
    if anew or run is None or leaving is not None:
        return made(cooperative, run, parts, until, leaving)
    written = Change.objects.order_by("-pk").values_list("pk", flat=True).first()
    key = (run.pk, run.published_at, today(), until, written, frozenset(part.pk for part in parts))
    with _guard:
        found = _kept.get(key)
    if found is None:
        found = made(cooperative, run, parts, until, None)
        with _guard:
            _kept[key] = found
            while len(_kept) > KEPT_MAX:
                _kept.popitem(last=False)
    return found


def put(book: Book, row: Order, *, seconds: float, may_move: bool, whole: bool = False) -> Promise:
    """One question. Where no day for all of it was found and none disproven, once more and unhurried: never a no for
    lack of time.

    whole: also where less than all by the day asked was found, and not proven to be the most.
    """
    if not _warmed.is_set():
        warm()
        _warmed.set()
    told = promise(book, row, time_limit=seconds, may_move=may_move)
    most = 0.0 if told.firm.most is None else told.firm.most.quantity
    lacking = most < row.quantity - PIECES if whole else told.firm.whole is None
    if lacking and not told.firm.proven and seconds < UNHURRIED_SECONDS:
        return promise(book, row, time_limit=UNHURRIED_SECONDS, may_move=may_move)
    return told


def made(
    cooperative: Cooperative, run: PlanRun | None, parts: Collection[Part], until: date, leaving: int | None
) -> OpenBook:
    opened = begun(cooperative, parts, until) if run is None else carried(run, parts, until)
    known = opened.book.problem.order
    waiting = {
        key: line for key, line in opened.snapshot.lines.items() if key not in known and line.order_id != leaving
    }
    if waiting and run is None:
        raise Refused(_("Orders are confirmed, but no plan is in force. Make a plan, publish it, then ask again."))
    if len(waiting) > UNPLANNED_MAX:
        words = {"count": len(waiting)}
        raise Refused(_("%(count)s order lines aren't in the plan in force. Make a new plan, then ask again.") % words)
    return entered(opened, waiting)


def begun(cooperative: Cooperative, parts: Collection[Part], until: date) -> OpenBook:
    """An empty plan from this week on."""
    start = monday(today())
    snapshot = problem_of(cooperative, start, weeks_to(start, WEEKS, until), parts=parts)
    problem = without_promised(replace(snapshot.problem, orders=(), previous=(), change_cost=0.0))
    return OpenBook(Book(problem, priced(problem, Plan("feasible"))), None, snapshot, 0)


def without_promised(problem: Problem) -> Problem:
    """What is left beside the work that was given by hand: without the hours and the components that it takes."""
    hours: dict[tuple[str, int], float] = defaultdict(float)
    pieces: dict[str, float] = defaultdict(float)
    for lot in problem.committed:
        row = problem.capability[lot.part, lot.workshop]
        hours[lot.workshop, lot.period] += row.setup_hours + row.hours_per_unit * lot.quantity
        for child, each in problem.part[lot.part].bom:
            pieces[child] += each * lot.quantity
    return replace(
        problem,
        committed=(),
        workshops=tuple(less_hours(row, hours) for row in problem.workshops),
        parts=tuple(replace(row, stock=max(0.0, row.stock - pieces.get(row.id, 0.0))) for row in problem.parts),
    )


def carried(run: PlanRun, parts: Collection[Part], until: date) -> OpenBook:
    """The plan in force, as far as the orders in it still stand."""
    kept, plan = problem_kept(run), plan_kept(run)
    now = max(0, Horizon(run.start_on, run.weeks).period(today()))
    weeks = kept.periods
    if all(part.shelf_life is None for part in kept.parts):
        weeks = weeks_to(run.start_on, max(now, 0) + kept.periods, until)
    snapshot = problem_of(run.cooperative, run.start_on, weeks, parts=parts, in_force=True)
    fresh = as_it_began(run, kept, snapshot.problem) if now == 0 else snapshot.problem
    changed_check(kept, fresh, parts)
    now = min(now, weeks)
    gone = cancelled(run.cooperative, kept, snapshot)
    problem, plan = fitted(kept, plan, fresh, now, gone)
    lots = lots_of(plan)
    used = hours_used(problem.capability, lots, weeks)
    plan = freed(problem, plan, {kept.order[name].part for name in gone})
    return OpenBook(Book(problem, plan), run, snapshot, now, strained=strained(fresh, lots, used, now))


def as_it_began(run: PlanRun, kept: Problem, fresh: Problem) -> Problem:
    """In the first week of a plan that was made within that week: the hours that were left by then, at the most."""
    if run.stock_read_at is None or business_date(run.stock_read_at) < run.start_on:
        return fresh
    rows = (capped(row, kept.workshop.get(row.id)) for row in fresh.workshops)
    return altered(fresh, workshops=tuple(rows))


def capped(row: Workshop, before: Workshop | None) -> Workshop:
    if before is None or (row.hours[0] <= before.hours[0] and row.overtime_hours[0] <= before.overtime_hours[0]):
        return row
    hours, overtime = min(row.hours[0], before.hours[0]), min(row.overtime_hours[0], before.overtime_hours[0])
    return replace(row, hours=(hours, *row.hours[1:]), overtime_hours=(overtime, *row.overtime_hours[1:]))


def weeks_to(start: date, weeks: int, until: date) -> int:
    """At least so many weeks, and as many as reach the week of `until`, up to WEEKS_MAX."""
    return min(max(weeks, (until - start).days // 7 + 1), max(weeks, WEEKS_MAX))


def changed_check(kept: Problem, fresh: Problem, parts: Collection[Part]) -> None:
    """Raises Refused where a part that is asked for is put together otherwise than it was when the plan was made."""
    for name in below_first(fresh, [part.code for part in parts]):
        before, today_ = kept.part.get(name), fresh.part[name]
        if before is not None and (dict(before.bom), before.lead_time) != (dict(today_.bom), today_.lead_time):
            words = {"part": name}
            raise Refused(
                _("%(part)s is put together otherwise than in the plan in force. Make a new plan, then ask again.")
                % words
            )


def cancelled(cooperative: Cooperative, kept: Problem, snapshot: Snapshot) -> set[str]:
    """Orders of the plan that are neither open nor delivered: cancelled, or a reservation that is over."""
    missing = {order.id for order in kept.orders if order.id not in snapshot.lines}
    return missing and missing - lines_handed_over(cooperative)


def entered(opened: OpenBook, waiting: Mapping[str, OrderLine]) -> OpenBook:
    """With the lines confirmed since, as early as nothing moves; what doesn't fit at all is left out."""
    wanted: dict[str, float] = {}
    for line in waiting.values():
        wanted[line.part.code] = wanted.get(line.part.code, 0.0) + float(line.outstanding)
    opened = opened.supplied(wanted) if waiting else opened
    done = []
    for key, line in waiting.items():
        row = order_row(key, line, opened.horizon)
        row = replace(row, earliest=max(row.earliest, opened.now))
        answer = put(opened.book, row, seconds=UNPLANNED_SECONDS, may_move=False)
        offer = answer.firm.whole or answer.firm.most
        if offer is not None and (offer.quantity >= row.quantity or row.short_cost is not None):
            problem, plan = accepted(answer, offer, row)
            rest = row.quantity - offer.quantity
            if rest > 0:
                problem = replace(problem, orders=(*problem.orders[:-1], row))
                plan = replace(plan, short=(*plan.short, (key, rest)))
            opened = opened.holding(problem, plan)
            done.append(key)
    return replace(opened, entered=tuple(done))
