"""What can be counted on of each part, worked out from single movements: docs/work.md W14, written a second time.

It shares nothing with plans.balance, plans.snapshot or work.services.under_way: lots are counted by their moves, what
was brought by the lots that were made and taken back, material by its issues. counted() is what a plan counts with.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import timedelta
from fractions import Fraction

from wadah.base.clock import today
from wadah.catalogue.models import BomLine, HubStock, Rate
from wadah.plans.snapshot import problem_of
from wadah.work.models import Lot, LotMove, MaterialIssue, WorkOrder

USABLE = {"accepted", "waiting", "rework"}
CLOSE = 0.02  # pieces: material is rounded to a thousandth a work order and part
WEEKS = 30


def exact(number) -> Fraction:
    return Fraction(str(number))


def reference(cooperative, last_week=None):
    """Pieces by part code: at hand, and to come, less what those to come still take from the hub."""
    bom = defaultdict(dict)
    for line in BomLine.objects.select_related("parent", "component"):
        bom[line.parent.code][line.component.code] = exact(line.quantity)
    found = at_hand(cooperative)
    orders = WorkOrder.objects.filter(cooperative=cooperative).exclude(kind="trial").select_related("part", "workshop")
    for row in orders:
        brought = made_and_kept(row)
        left = max(Fraction(0), exact(row.pieces) - exact(row.given_up) - brought)
        if left == 0 or (last_week is not None and row.week_start > last_week):
            continue
        found[row.part.code] += yield_of(row) * left
        kept = material_of(row)
        for child, each in bom[row.part.code].items():
            lies_there = max(Fraction(0), kept[child] - each * brought)
            found[child] -= each * left - min(each * left, lies_there)
    return found


def at_hand(cooperative):
    """Accepted, to be inspected, being mended; of a part that never had a lot what was counted last."""
    found = Counter()
    for row in HubStock.objects.filter(cooperative=cooperative).order_by("as_of").select_related("part"):
        found[row.part.code] = exact(row.quantity)
    for code in set(Lot.objects.filter(cooperative=cooperative).values_list("part__code", flat=True)):
        found[code] = Fraction(0)
    for move in LotMove.objects.filter(lot__cooperative=cooperative).select_related("lot__part", "lot__work_order"):
        tried = move.lot.work_order is not None and move.lot.work_order.kind == "trial"
        counts = {"accepted"} if tried else USABLE
        signs = (move.to_bucket in counts) - (move.from_bucket in counts)
        found[move.lot.part.code] += signs * exact(move.pieces)
    return found


def made_and_kept(row):
    """What of a work order was brought and not taken back before it was inspected; never more than was asked."""
    moves = LotMove.objects.filter(lot__work_order=row, lot__origin="made")
    born = sum((exact(move.pieces) for move in moves.filter(from_bucket="")), Fraction(0))
    back = moves.filter(kind="return", from_bucket="waiting")
    return born - sum((exact(move.pieces) for move in back), Fraction(0))


def material_of(row):
    kept = defaultdict(Fraction)
    for issue in MaterialIssue.objects.filter(work_order=row).select_related("lot__part"):
        kept[issue.lot.part.code] += exact(issue.pieces) - exact(issue.returned) - exact(issue.scrapped)
    return kept


def yield_of(row) -> Fraction:
    rate = Rate.objects.filter(part=row.part, workshop=row.workshop).order_by("valid_from").last()
    return exact(rate.yield_rate) if rate else Fraction(1)


def counted(problem):
    """The same by a planner's problem: stock, and good pieces of what is committed less what that takes."""
    found = {row.id: row.stock for row in problem.parts}
    for lot in problem.committed:
        found[lot.part] += problem.capability[lot.part, lot.workshop].yield_rate * lot.quantity
        for child, each in problem.part[lot.part].bom:
            found[child] -= each * lot.quantity
    return found


def next_monday():
    return today() - timedelta(days=today().weekday()) + timedelta(weeks=1)


def differences(cooperative, start=None):
    """Parts of which a plan from a Monday on (else the next) would count more or fewer than there are, in words.

    What is bought for promised work and promised orders is there besides, so of bought parts too few are named, and too
    many where no order is promised.
    """
    start = start or next_monday()
    snapshot = problem_of(cooperative, start, WEEKS)
    last_week = start + timedelta(weeks=WEEKS - 1)
    right, promised = reference(cooperative, last_week), any(line.promised_on for line in snapshot.lines.values())
    alone = Counter()
    for key, line in snapshot.lines.items():
        if line.single_source:
            alone[line.part.code] += snapshot.from_stock.get(key, 0.0)
    for code, pieces in counted(snapshot.problem).items():
        part, wanted = snapshot.parts[code], float(right[code])
        if code in alone:
            pieces += sum(
                count for line, count in snapshot.from_stock.items() if snapshot.lines[line].part.code == code
            )
        if part.supply == "bought":
            wanted = max(wanted, 0.0)
        over = part.supply == "bought" and promised
        if pieces < wanted - CLOSE or (pieces > wanted + CLOSE and not over):
            yield f"{code} from {start}: a plan counts {pieces:g}, there are {wanted:g}"
