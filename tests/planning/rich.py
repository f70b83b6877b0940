"""One problem that uses every rule, and a plan for it made by hand: what the referee must accept, and mutants of it.

Bu Sari turns bolts, Pak Karim and Bu Tini make brackets from them; there are batik cloths, fish and an animation too.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from wadah.planning.plan import Plan, priced
from wadah.planning.problem import Calendar, Capability, Lot, Order, Part, Problem, Workshop

PROBLEM = Problem(
    Calendar(date(2026, 12, 7), 4),
    parts=(
        Part("BRACKET", bom=(("BOLT", 2),), lead_time=1, holding_cost=2.0, max_share=0.6, min_sources=2),
        Part("BOLT", stock=4, holding_cost=1.0),
        Part("FISH", stock=3, shelf_life=1),
        Part("BATIK", holding_cost=5.0),
        Part("FILM", integer=False),
    ),
    workshops=(
        Workshop("SARI", (40.0,) * 4, (8.0,) * 4, 100.0, engage_cost=50.0, target_hours=100.0, below_target_cost=10.0),
        Workshop("KARIM", (40.0,) * 4, (8.0,) * 4, 100.0, engage_cost=50.0),
        Workshop("TINI", (20.0, 20.0, 16.0, 20.0), (8.0,) * 4, 100.0, engage_cost=50.0),
    ),
    capabilities=(
        Capability(
            "BOLT", "SARI", 0.5, 2.0, 30.0, 5.0, min_lot=20.0, max_per_period=(60.0, 60.0, 0.0, 60.0), yield_rate=0.9
        ),
        Capability("BRACKET", "KARIM", 1.0, 1.0, 0.0, 20.0, min_lot=5.0),
        Capability("BRACKET", "TINI", 1.5, 0.0, 0.0, 22.0, min_lot=5.0),
        Capability("FISH", "TINI", 0.2, cost_per_unit=3.0),
        Capability("BATIK", "TINI", 2.0, cost_per_unit=40.0),
        Capability("BATIK", "KARIM", 2.0, cost_per_unit=40.0),
        Capability("FILM", "KARIM", 1.0, cost_per_unit=10.0),
    ),
    orders=(
        Order("CAR", "BRACKET", 20.0, due=2, short_cost=500.0, late_cost=5.0),
        Order("JIG", "BRACKET", 4.0, due=3, short_cost=100.0, partial=False),
        Order("MEAL", "FISH", 10.0, due=2, short_cost=50.0, earliest=1, late_cost=None),
        Order("CLOTH-1", "BATIK", 3.0, due=2, short_cost=None, single_source=True),
        Order("CLOTH-2", "BATIK", 2.0, due=3, short_cost=30.0, single_source=True),
        Order("AD", "FILM", 2.5, due=2, short_cost=10.0, earliest=1),
    ),
    committed=(Lot("BRACKET", "TINI", 1, 2.0), Lot("BRACKET", "TINI", 1, 2.0)),
    previous=(Lot("BRACKET", "KARIM", 1, 10.0), Lot("BRACKET", "SARI", 2, 3.0)),
    change_cost=7.0,
)

ROWS = Plan(
    "feasible",
    bound=1000.0,
    make=(
        ("BOLT", "SARI", 0, 60.0),
        ("BRACKET", "KARIM", 1, 12.0),
        ("BRACKET", "TINI", 1, 4.0),
        ("BRACKET", "TINI", 2, 8.0),
        ("FISH", "TINI", 2, 10.0),
        ("BATIK", "TINI", 1, 1.0),
        ("BATIK", "TINI", 2, 2.0),
        ("BATIK", "KARIM", 1, 2.0),
        ("FILM", "KARIM", 1, 2.5),
    ),
    deliver=(
        ("CAR", 1, 14.0),
        ("CAR", 2, 3.0),
        ("CAR", 3, 1.0),
        ("JIG", 3, 4.0),
        ("MEAL", 2, 10.0),
        ("CLOTH-1", 2, 3.0),
        ("CLOTH-2", 3, 2.0),
        ("AD", 1, 2.5),
    ),
    short=(("CAR", 2.0),),
    scrap=(("FISH", 0, 3.0),),
    overtime=(("TINI", 2, 2.0),),
    assign=(("CLOTH-1", "TINI"), ("CLOTH-2", "KARIM")),
)

PLAN = priced(PROBLEM, ROWS)


def changed(table: str, *rows: tuple) -> Plan:
    """The plan with these rows in the place of those with the same key; a quantity of None takes the row out."""
    ids = {row[:-1] for row in rows}
    kept = [row for row in getattr(ROWS, table) if row[:-1] not in ids]
    return replace(ROWS, **{table: (*kept, *(row for row in rows if row[-1] is not None))})


def also(plan: Plan, table: str, *rows: tuple) -> Plan:
    """A second list changed in the same way."""
    return replace(plan, **{table: getattr(changed(table, *rows), table)})


def added(table: str, *rows: tuple) -> Plan:
    """The plan with these rows put after its own."""
    return replace(ROWS, **{table: (*getattr(ROWS, table), *rows)})
