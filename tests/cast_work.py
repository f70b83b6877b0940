"""Work in the cast's cooperative: the bracket's parts, a work order of Bu Sari's, lots. Build with `work_build()`."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from cast import Cast, cast_build
from cast_orders import BracketWorld, bracket_build
from wadah.base.clock import monday, today
from wadah.catalogue.models import Rate
from wadah.work.services.orders import terms_of, work_order_open

if TYPE_CHECKING:
    from cast import Member
    from wadah.catalogue.models import Part
    from wadah.work.models import WorkOrder


@dataclass(frozen=True)
class WorkWorld:
    cast: Cast
    bracket: BracketWorld


def work_build() -> WorkWorld:
    cast = cast_build()
    return WorkWorld(cast, bracket_build(cast))


def week(ahead: int = 0):
    """The Monday of this week, or of one so many weeks ahead."""
    return monday(today()) + timedelta(weeks=ahead)


def order_open(world: WorkWorld, part: Part, maker: Member, pieces: int = 100, **more) -> WorkOrder:
    """Work given by hand, at the rate that the maker has."""
    rate = Rate.objects.filter(part=part, workshop=maker.workshop).latest("valid_from")
    # A few minutes a piece, so that many fit into what is left of a week, on whatever day the tests run.
    terms = replace(terms_of(rate), minutes_per_piece=Decimal("0.5"))
    told = {"by": world.cast.manager, "reason": "Disepakati lewat telepon", "beyond_hours": True, **more}
    return work_order_open(
        cooperative=world.cast.cooperative,
        part=part,
        workshop=maker.workshop,
        week_start=told.pop("week_start", week()),
        pieces=Decimal(pieces),
        terms=terms,
        **told,
    )
