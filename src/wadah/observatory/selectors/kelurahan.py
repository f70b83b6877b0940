"""One measure by kelurahan, for the map: known, not known, or not for the public (docs/city.md O3, O11)."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Count as Counted
from django.db.models import F, OuterRef, Subquery, Sum
from django.utils.translation import gettext_lazy as _

from wadah.base.clock import today
from wadah.observatory.rules.hidden import cells_hidden
from wadah.observatory.selectors.firms import firms_counted, firms_on
from wadah.observatory.selectors.gaps import gaps_by_area
from wadah.observatory.selectors.labour import WEEK_HOURS, work_done
from wadah.observatory.selectors.orders import demand_unmet_by_area
from wadah.observatory.selectors.output import pay_earned
from wadah.register.models import Area, WeekPattern, Workshop
from wadah.register.models.hours import DAYS

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.utils.functional import _StrPromise

    from wadah.observatory.rules.spans import Span
    from wadah.observatory.selectors.scope import Scope

Values = dict[int | None, float | None]
HOUR = 60


@dataclass(frozen=True, slots=True)
class Measured:
    """values: by area id, None where nobody knows; an area that isn't there has nothing of it. people: who stand behind
    each value; partly: areas of which some firms aren't known, so that the value is too low."""

    values: Values
    people: dict[int | None, int]
    partly: dict[int | None, int]


@dataclass(frozen=True, slots=True)
class Measure:
    """name: on the map's heading; unit: "places", "firms", "rupiah", "hours", "hours_m2", "pieces", "share"; public:
    whether everybody may see it; by_trade: whether it can be told of one trade alone; by_span: whether it differs by
    half-year; read: what works it out."""

    code: str
    name: _StrPromise
    unit: str
    read: Callable[[Span, Scope, int | None], Measured]
    public: bool = True
    by_trade: bool = True
    by_span: bool = True


def jobs(span: Span, scope: Scope, trade: int | None) -> Measured:
    """Full-time places of accepted work, at least."""
    values: dict[int | None, float] = defaultdict(float)
    weeks, firms = span.weeks(today()), defaultdict(set)
    for row in work_done(span, scope):
        if trade in (None, row.subsector):
            values[row.area] += row.hours / (weeks * WEEK_HOURS) if weeks else 0.0
            firms[row.area].add(row.ikm)
    return Measured(dict(values), {area: len(found) for area, found in firms.items()}, {})


def hours_m2(span: Span, scope: Scope, trade: int | None) -> Measured:
    """Hours of accepted work a m² of the workshops that worked; None where the register knows no floor."""
    hours: dict[int | None, float] = defaultdict(float)
    floors: dict[int | None, dict[int, int]] = defaultdict(dict)
    firms, unknown = defaultdict(set), defaultdict(set)
    for row in work_done(span, scope):
        if trade not in (None, row.subsector) or row.hours <= 0:
            continue
        firms[row.area].add(row.ikm)
        if row.floor_m2:
            hours[row.area] += row.hours
            floors[row.area][row.workshop] = row.floor_m2
        else:
            unknown[row.area].add(row.workshop)
    values: Values = {area: hours[area] / sum(floors[area].values()) if floors[area] else None for area in firms}
    return Measured(values, {area: len(found) for area, found in firms.items()}, lengths(unknown))


def lengths(found: dict[int | None, set[int]]) -> dict[int | None, int]:
    return {area: len(those) for area, those in found.items()}


def firms(span: Span, scope: Scope, trade: int | None) -> Measured:
    cells = counted(span, scope, trade)
    return Measured({area: float(cell.firms) for area, cell in cells.items()}, people_of(cells), {})


def workers(span: Span, scope: Scope, trade: int | None) -> Measured:
    """People who work in firms, as the register has it; None where it knows of none of them."""
    cells = counted(span, scope, trade)
    values: Values = {area: float(cell.workers.total) if cell.workers.known else None for area, cell in cells.items()}
    people = {area: cell.workers.total for area, cell in cells.items()}
    return Measured(values, people, {area: cell.workers.unknown for area, cell in cells.items()})


def counted(span: Span, scope: Scope, trade: int | None) -> dict[Any, Any]:
    rows = firms_on(span.until(today()), scope)
    return firms_counted((row for row in rows if trade is None or trade in row.subsectors), lambda firm: [firm.area])


def people_of(cells: dict[Any, Any]) -> dict[int | None, int]:
    return {area: cell.people for area, cell in cells.items()}


def pay(span: Span, scope: Scope, trade: int | None) -> Measured:
    """Pay for accepted work, rupiah."""
    values: dict[int | None, float] = defaultdict(float)
    firms = defaultdict(set)
    for row in pay_earned(span, scope):
        if trade in (None, row.subsector):
            values[row.area] += row.rupiah
            firms[row.area].add(row.ikm)
    return Measured(dict(values), lengths(firms), {})


def capacity(span: Span, scope: Scope, trade: int | None) -> Measured:
    """Hours a week that open workshops say they work, without overtime; None where none has said."""
    told = WeekPattern.objects.filter(workshop=OuterRef("pk"), valid_from__lte=span.until(today()))
    total = sum((F(f"minutes_{day}") for day in DAYS[1:]), F(f"minutes_{DAYS[0]}"))
    latest = told.order_by("-valid_from").annotate(total=total).values("total")[:1]
    rows = Workshop.objects.filter(scope.holds("area"), archived_at__isnull=True, ikm__archived_at__isnull=True)
    if trade is not None:
        rows = rows.filter(ikm__subsectors=trade)
    summed = rows.annotate(minutes=Subquery(latest)).order_by().values("area")
    found = list(
        summed.annotate(
            all_minutes=Sum("minutes"),
            shops=Counted("pk"),
            told=Counted("minutes"),
            firms=Counted("ikm", distinct=True),
        )
    )
    return Measured(
        {row["area"]: row["all_minutes"] / HOUR if row["told"] else None for row in found},
        {row["area"]: row["firms"] for row in found},
        {row["area"]: row["shops"] - row["told"] for row in found},
    )


def unmet(span: Span, scope: Scope, trade: int | None) -> Measured:
    """Pieces ordered for a kelurahan, due in the span, that its buyers haven't received."""
    return Measured({area: pieces for area, pieces in demand_unmet_by_area(span).items()}, {}, {})


def gaps(span: Span, scope: Scope, trade: int | None) -> Measured:
    """Of what the register should hold of firms, the share that is missing, as it is today."""
    rows = gaps_by_area(scope)
    return Measured({row.area: row.share for row in rows}, {row.area: row.firms for row in rows}, {})


MEASURES = {
    measure.code: measure
    for measure in (
        Measure("pekerjaan", _("Jobs, measured: full-time places of accepted work"), "places", jobs),
        Measure("ikm", _("Firms in the register"), "firms", firms),
        Measure("pekerja", _("People who work in firms, as the register has it"), "people", workers),
        Measure("upah", _("Pay for accepted work"), "rupiah", pay),
        Measure("kapasitas", _("Hours a week that workshops say they work"), "hours", capacity),
        Measure("per-m2", _("Hours of accepted work a m² of workshop floor"), "hours_m2", hours_m2),
        Measure("kurang", _("Pieces ordered and not received"), "pieces", unmet, public=False, by_trade=False),
        Measure("data", _("Missing in the register"), "share", gaps, by_trade=False, by_span=False),
    )
}


@dataclass(frozen=True, slots=True)
class Place:
    """A kelurahan on the map. value None: not known; hidden: of fewer than five people; partly: firms or workshops
    whose part isn't known."""

    area: Area
    value: float | None
    hidden: bool
    partly: int

    @property
    def known(self) -> bool:
        return self.value is not None and not self.hidden


@dataclass(frozen=True, slots=True)
class CityMap:
    """elsewhere: the value of firms whose kelurahan isn't known, 0 where there is none; None where hidden."""

    measure: Measure
    span: Span
    places: list[Place]
    elsewhere: float | None

    @property
    def total(self) -> float:
        """Of what is shown."""
        return sum(place.value or 0.0 for place in self.places if place.known)


def city_map(measure: Measure, span: Span, scope: Scope, trade: int | None = None) -> CityMap:
    """The measure of every kelurahan of the scope, by code. At most six queries."""
    found = measure.read(span, scope, trade)
    areas = Area.objects.filter(scope.places(), kind=Area.Kind.KELURAHAN).select_related("parent").order_by("code")
    hidden = cells_hidden(found.people) if scope.public else frozenset()
    places = [
        Place(area, found.values.get(area.pk, 0.0), area.pk in hidden, found.partly.get(area.pk, 0)) for area in areas
    ]
    return CityMap(measure, span, places, None if None in hidden else found.values.get(None, 0.0))
