"""A world in which rubber is scarce: Pak Karim alone can mould bushes, slowly, and more brackets are asked than he can.

`scarce` is a fixture to be imported; it holds the cooperative's first plan, and what is asked of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from cast import MONDAY, Cast
from cast_orders import BracketWorld, bracket_order
from standing import standing
from wadah.base.jobs import jobs_run_waiting
from wadah.catalogue.services import rate_set, stock_count
from wadah.demand.services import order_move
from wadah.plans.models import PlanRun
from wadah.plans.services import plan_run_start
from wadah.programme.packages.bottlenecks import bottlenecks_ask
from wadah.programme.packages.curves import curve_by_code
from wadah.programme.packages.interventions import intervention_add
from wadah.register.services import area_put

if TYPE_CHECKING:
    from wadah.demand.models import Order
    from wadah.programme.models import BottleneckRun, Intervention
    from wadah.register.models import Area

BRACKETS = 2_000
WEEKS = 12


@dataclass
class Scarce:
    order: Order
    run: PlanRun
    bottlenecks: BottleneckRun
    elsewhere: Area


@standing
def scarce(cast: Cast, bracket: BracketWorld) -> Scarce:
    """2,000 brackets need 4,000 bushes of twelve minutes each; Pak Karim has 44 hours a week."""
    rate_set(
        part=bracket.bush,
        workshop=cast.karim.workshop,
        valid_from=date(2026, 2, 1),
        minutes_per_piece=Decimal(12),
        pay_rupiah_piece=900,
        source="simulasi",
        simulated=True,
    )
    elsewhere = area_put(
        code="32.75.01.1002", name="Margahayu", name_spaced="Margahayu", kind="kelurahan", parent=cast.kecamatan
    )
    stock_count(cooperative=cast.cooperative, part=bracket.sheet, as_of=date(2026, 11, 1), quantity=1_000)
    order = bracket_order(cast, bracket, BRACKETS)
    order_move(order=order, to="confirmed")
    run = plan_run_start(
        cooperative=cast.cooperative, start_on=MONDAY, weeks=WEEKS, time_limit_seconds=20, by=cast.manager
    )
    jobs_run_waiting()
    asked = bottlenecks_ask(run=PlanRun.objects.get(pk=run.pk), by=cast.officer)
    jobs_run_waiting()
    run.refresh_from_db()
    asked.refresh_from_db()
    return Scarce(order, run, asked, elsewhere)


def three_proposals(cast: Cast, bracket: BracketWorld, scarce: Scarce) -> tuple[Intervention, ...]:
    """Bu Sari taught rubber, a machine for Pak Karim, and a new group in another kelurahan that is
    as quick as a machine."""
    words = {"cooperative": cast.cooperative, "part": bracket.bush, "by": cast.officer}
    return (
        intervention_add(kind="training", workshop=cast.sari.workshop, **words),
        intervention_add(kind="machine", workshop=cast.karim.workshop, **words),
        intervention_add(kind="new_group", area=scarce.elsewhere, ramp=curve_by_code("machine"), **words),
    )
