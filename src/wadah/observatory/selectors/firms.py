"""Firms of the register on a day: how many, with how many people, how large, of which trade and code (O7).

A fact of an earlier day is today's, taken back through the history of the firm; trades are today's. What isn't known
stays unknown and is counted so.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef

from wadah.base.clock import JAKARTA
from wadah.base.models import Change
from wadah.register.models import Ikm, Membership, SubsectorClassification
from wadah.register.rules.sizes import SizeInputs, size_classes

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable

    from wadah.observatory.selectors.scope import Scope

FACTS = ("workers", "investment_rupiah", "annual_sales_rupiah")
KIND = "register.ikm"


@dataclass(frozen=True, slots=True)
class Firm:
    """A firm as the register knew it on a day; None where it didn't."""

    ikm: int
    area: int | None
    legal_form: str
    simulated: bool
    workers: int | None
    investment_rupiah: int | None
    annual_sales_rupiah: int | None
    subsectors: tuple[int, ...] = ()

    @property
    def people(self) -> int:
        """At least so many people stand behind it."""
        return max(1, self.workers or 1)


@dataclass(slots=True)
class Known:
    """A sum of what is known, of so many firms; unknown: firms of which it isn't."""

    total: int = 0
    known: int = 0
    unknown: int = 0

    def add(self, value: int | None) -> None:
        if value is None:
            self.unknown += 1
        else:
            self.total += value
            self.known += 1


@dataclass(slots=True)
class Count:
    """Firms of one cell. people: who stand behind them at least, for what is hidden in public."""

    firms: int = 0
    people: int = 0
    simulated: int = 0
    workers: Known = field(default_factory=Known)
    investment: Known = field(default_factory=Known)
    sales: Known = field(default_factory=Known)

    def add(self, firm: Firm) -> None:
        self.firms += 1
        self.people += firm.people
        self.simulated += firm.simulated
        self.workers.add(firm.workers)
        self.investment.add(firm.investment_rupiah)
        self.sales.add(firm.annual_sales_rupiah)


def firms_on(day: date, scope: Scope) -> list[Firm]:
    """Firms that the register held at the end of a day, those put away as duplicates aside. Five queries."""
    end = datetime.combine(day + timedelta(days=1), time.min, JAKARTA)
    rows = Ikm.objects.filter(scope.holds("area")).exclude(archived_at__lt=end).order_by("pk")
    trades: dict[int, list[int]] = defaultdict(list)
    for firm, subsector in Ikm.subsectors.through.objects.order_by("pk").values_list("ikm", "subsector"):
        trades[firm].append(subsector)
    before, registered = facts_before(end)
    absent = joined_after(day) | written_after(day, registered)
    told = rows.values_list("pk", "area", "legal_form", "simulated", *FACTS)
    found = []
    for pk, area, legal_form, simulated, *facts in told:
        if pk not in absent:
            known = dict(zip(FACTS, facts, strict=True)) | before.get(pk, {})
            found.append(Firm(pk, area, legal_form, simulated, **known, subsectors=tuple(trades[pk])))
    return found


def joined_after(day: date) -> set[int]:
    """Firms whose first place in a cooperative began after a day: they weren't there yet. One query."""
    later = Membership.objects.filter(joined_on__gt=day, ikm__isnull=False)
    earlier = Membership.objects.filter(joined_on__lte=day, ikm=OuterRef("ikm"))
    return {pk for pk in later.exclude(Exists(earlier)).values_list("ikm", flat=True) if pk is not None}


def written_after(day: date, registered: Collection[int]) -> set[int]:
    """Of firms that were written down after a day, those without a place in a cooperative before. One query."""
    rows = (
        Membership.objects.filter(joined_on__lte=day, ikm__in=registered) if registered else Membership.objects.none()
    )
    return set(registered) - {pk for pk in rows.values_list("ikm", flat=True) if pk is not None}


def facts_before(end: datetime) -> tuple[dict[int, dict[str, int | None]], set[int]]:
    """What history says of the time before a moment: facts that were changed after it, by firm, as they were; and the
    firms that were registered after it. One query, and none of what happened before."""
    facts: dict[int, dict[str, int | None]] = defaultdict(dict)
    registered: set[int] = set()
    later = Change.objects.filter(object_kind=KIND, at__gte=end).order_by("pk")
    for key, act, fields in later.values_list("object_id", "act", "fields"):
        if act == "ikm_register":
            registered.add(int(key))
        for name in FACTS:
            if name in fields:
                facts[int(key)].setdefault(name, fields[name][0])
    return facts, registered


def firms_counted(rows: Iterable[Firm], keys: Callable[[Firm], Iterable[object]]) -> dict[object, Count]:
    """Firms by cell; a firm stands in each cell that `keys` names, so cells needn't add up to all firms."""
    found: dict[object, Count] = defaultdict(Count)
    for firm in rows:
        for key in keys(firm):
            found[key].add(firm)
    return dict(found)


def trades_of(firm: Firm) -> tuple[int | None, ...]:
    """The trades that a firm stands in; None where the register knows none."""
    return firm.subsectors or (None,)


def firms_sized(rows: Iterable[Firm], day: date) -> dict[tuple[str, str], Counter[str]]:
    """Firms by scheme, measure and size; size "" where inputs aren't known. Worked out once a set of inputs."""
    inputs = Counter((row.workers, row.investment_rupiah, row.annual_sales_rupiah) for row in rows)
    found: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for values, count in inputs.items():
        for one in size_classes(SizeInputs(*values), day):
            found[one.scheme, one.measures[-1]][one.size or ""] += count
    return dict(found)


def codes_of(day: date) -> dict[int, list[tuple[str, str]]]:
    """By trade, the codes that it counts under on a day as (scheme and code, title), main ones first. One query."""
    rows = SubsectorClassification.objects.filter(valid_from__lte=day).exclude(valid_until__lt=day)
    found: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for row in rows.select_related("classification").order_by("role", "classification__code"):
        found[row.subsector_id].append((str(row.classification), row.classification.title))
    return found
