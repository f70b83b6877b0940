"""A school or office by itself: whom it clothes, what the rules ask of it, its sizes, what is asked for already."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q, Sum

from wadah.catalogue.models import Part
from wadah.demand.models import (
    BatikDay,
    GoodsBudget,
    Headcount,
    Institution,
    MandateRule,
    Order,
    Request,
    RequestSize,
    SizeCount,
    SmallShare,
)
from wadah.demand.rules import Counted
from wadah.demand.rules.mandate import applies, in_force, pieces_asked, pieces_expected, year_share
from wadah.demand.selectors.buyers import parts_offerable
from wadah.demand.selectors.mandate import mandate_of
from wadah.demand.words import Group, Level, OrderStatus, RequestStatus

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from django.db.models import QuerySet

    from wadah.register.models import Cooperative

SCHOOL_GROUPS = (Group.PUPILS.value, Group.TEACHERS.value, Group.STAFF.value)
OVER = (RequestStatus.DECLINED, RequestStatus.WITHDRAWN)


@dataclass(frozen=True, slots=True)
class Asked:
    """What one rule asks of one institution (its id) in a year.

    duty: pieces if everybody buys; expected: with the share that buys, by month.
    """

    institution: int
    rule: MandateRule
    group: str
    heads: int
    duty: int
    expected: int


def groups_of(institution: Institution) -> tuple[str, ...]:
    """Whom it clothes."""
    return (Group.EMPLOYEES.value,) if institution.level == Level.OFFICE else SCHOOL_GROUPS


def institutions_spoken_for(buyers: Collection[int]) -> QuerySet[Institution]:
    """Schools and offices that order as these buyers, by name."""
    return Institution.objects.filter(buyer__in=buyers).select_related("area__parent", "buyer").order_by("name", "pk")


def group_heads(institution: Institution, year: int) -> dict[str, Headcount]:
    """The last count of each group up to the end of the year. One query."""
    rows = institution.headcounts.filter(as_of__lte=date(year, 12, 31)).order_by("as_of", "pk")
    return {row.group: row for row in rows}


def rules_of_year(year: int) -> list[MandateRule]:
    """Rules that hold on any day of a year, with their phases. Two queries."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    rows = MandateRule.objects.filter(valid_from__lte=last).exclude(valid_until__lt=first)
    return list(rows.prefetch_related("phases").order_by("-obligation", "code"))


def asked_of(institution: Institution, year: int) -> list[Asked]:
    """What the rules ask of one institution, obligations first. Three queries."""
    heads = group_heads(institution, year).values()
    return asked_by_rules(rules_of_year(year), heads, year, {institution.pk: institution})


def asked_by_rules(
    rules: Iterable[MandateRule], counts: Iterable[Headcount], year: int, institutions: Mapping[int, Institution]
) -> list[Asked]:
    """What each rule asks of each institution (by id) for the heads counted there."""
    found = []
    held = list(counts)
    for rule in rules:
        facts = mandate_of(rule)
        if not in_force(facts, year):
            continue
        share = year_share(facts, year)
        for count in held:
            of = institutions[count.institution_id]
            if applies(facts, Counted(of.code, of.level, of.state, count.group, count.heads)):
                duty, expected = pieces_asked(facts, count.heads), pieces_expected(facts, count.heads, share)
                found.append(Asked(of.pk, rule, count.group, count.heads, duty, expected))
    return found


def heads_of_year(year: int, kept: QuerySet[Institution] | None = None) -> list[Headcount]:
    """The last count of each group at each institution up to the end of a year. One query."""
    rows = Headcount.objects.filter(as_of__lte=date(year, 12, 31)).order_by("as_of", "pk")
    if kept is not None:
        rows = rows.filter(institution__in=kept.order_by().values("pk"))
    return list({(row.institution_id, row.group): row for row in rows}.values())


def sizes_counted(institution: Institution, year: int) -> list[SizeCount]:
    """The year's sizes as they were last saved, in their order."""
    return list(SizeCount.objects.filter(institution=institution, year=year).order_by("place", "pk"))


def sizes_asked(institution: Institution, year: int) -> dict[tuple[str, str], int]:
    """Pieces by group and size that requests asked for, but for those declined, taken back, or whose order was
    cancelled. One query."""
    orders = Order.objects.filter(quotation__request=OuterRef("request"))
    alive = ~Exists(orders) | Exists(orders.exclude(status=OrderStatus.CANCELLED))
    rows = RequestSize.objects.filter(alive, request__buyer=institution.buyer_id, year=year)
    rows = rows.exclude(request__status__in=OVER)
    summed = rows.order_by().values_list("group", "size").annotate(pieces=Sum("pieces"))
    return {(group, size): pieces for group, size, pieces in summed}


def sizes_open(institution: Institution, year: int) -> list[SizeCount]:
    """What of the year's sizes nobody has asked for yet; `pieces` of each row is what is left. Two queries."""
    asked = sizes_asked(institution, year)
    rows = sizes_counted(institution, year)
    for row in rows:
        row.pieces -= asked.get((row.group, row.size), 0)
    return [row for row in rows if row.pieces > 0]


def request_sizes(request: Request) -> list[RequestSize]:
    """The sizes that a request asked for, by group; none where it wasn't made of sizes."""
    return list(RequestSize.objects.filter(request=request).order_by("group", "place", "pk"))


def sizes_by_group(rows: Iterable[RequestSize | SizeCount]) -> dict[str, list[tuple[str, int]]]:
    """Group → its sizes with pieces, in order."""
    found: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for row in rows:
        found[row.group].append((row.size, row.pieces))
    return dict(found)


def school_requests(institution: Institution) -> QuerySet[Request]:
    """What the institution asked for and wasn't answered for good, the newest first."""
    rows = Request.objects.filter(buyer=institution.buyer_id, status__in=[RequestStatus.OPEN, RequestStatus.QUOTED])
    return rows.prefetch_related("quotations").order_by("-received_on", "-pk")


def school_orders(institution: Institution) -> QuerySet[Order]:
    """Its orders but for drafts, reserved and cancelled ones, the newest first."""
    hidden = [OrderStatus.DRAFT, OrderStatus.RESERVED, OrderStatus.CANCELLED]
    rows = Order.objects.filter(buyer=institution.buyer_id).exclude(status__in=hidden)
    return rows.select_related("cooperative").prefetch_related("lines__part").order_by("-ordered_on", "-pk")


def batik_days(kind: str | None = None, on: date | None = None) -> QuerySet[BatikDay]:
    """Days on which batik is worn; kind: by schools or offices; on: as the rules stand that day, all where None."""
    rows = BatikDay.objects.all() if kind is None else BatikDay.objects.filter(applies_to_kind=kind)
    held = Q(valid_until__isnull=True) | Q(valid_until__gte=on)
    return rows if on is None else rows.filter(held, valid_from__lte=on)


def small_shares() -> QuerySet[SmallShare]:
    return SmallShare.objects.order_by("-valid_from", "-pk")


def small_share_on(day: date) -> SmallShare | None:
    """The least share for small firms that holds on a day."""
    held = Q(valid_until__isnull=True) | Q(valid_until__gte=day)
    return SmallShare.objects.filter(held, valid_from__lte=day).order_by("-valid_from", "-pk").first()


def budgets_of(institution: Institution) -> QuerySet[GoodsBudget]:
    return institution.budgets.order_by("-year", "-stated_on")


def budgets_stated(year: int) -> dict[int, GoodsBudget]:
    """The newest statement of each institution for a year, by institution id. One query."""
    rows = GoodsBudget.objects.filter(year=year).order_by("stated_on", "pk")
    return {row.institution_id: row for row in rows}


def cloths_offered(cooperatives: QuerySet[Cooperative]) -> list[tuple[Cooperative, Part]]:
    """Finished cloth with a motif that licensed groups of these cooperatives may make, by cooperative and name."""
    offered = parts_offerable(cooperatives)
    parts = Part.objects.filter(motif__isnull=False).in_bulk({key for _cooperative, key in offered})
    return [(cooperative, parts[key]) for cooperative, key in offered if key in parts]
