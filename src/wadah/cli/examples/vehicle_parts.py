"""The vehicle's tables as parts: bought lines, made lines with their steps, sections, the vehicle. No database.

A step that another workshop could do is a part of its own (docs/model.md §14.2): `RV-S12/lapped` holds one
`RV-S12/milled`, and the line `RV-S12` is what comes out of the last step.
"""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass
from functools import cache

from wadah.cli.examples.parts import PartSpec, RateSpec, Step
from wadah.cli.examples.tables import VEHICLE, Row, assumed, assumptions, pay_rupiah, table, trip_rupiah

VEHICLE_CODE = "RV"
PARTS_SOURCE = "nasa-jpl/open-source-rover, 03bc792"
TIMES_SOURCE = "D. Levy 2014, 4TU.ResearchData; kecepatan bengkel disimulasikan"
ASSEMBLY_REASON = (
    "Rakitan: disusun dari bagian lain oleh bengkel perakit",
    "Assembly: put together from other parts by an assembling workshop",
)


@dataclass(frozen=True, slots=True)
class Work:
    """What one piece of a part takes at normal speed: minutes, set-up minutes, good pieces for each started."""

    skill: str
    minutes: float
    setup_minutes: float
    yield_rate: float
    lot_quantity_min: int


def code_of(ref: str) -> str:
    return f"{VEHICLE_CODE}-{ref}"


def vehicle_parts() -> list[PartSpec]:
    """Every part of the vehicle, components before what holds them."""
    lines = table(VEHICLE, "parts-list")
    bought = [bought_part(row) for row in lines if row["supply"] == "bought"]
    made = [spec for row in lines if row["supply"] == "made" for spec in made_parts(row)]
    return [*bought, *made, *(section_part(row) for row in table(VEHICLE, "sections"))]


def bought_part(row: Row) -> PartSpec:
    return PartSpec(
        code=code_of(row["ref"]),
        name=row["name"],
        name_en=row["name_en"],
        pack_size=int(row["pack_size"]),
        reason=row["reason"],
        reason_en=row["reason_en"],
        source=PARTS_SOURCE,
    )


def packs_needed(row: Row, vehicles: int) -> int:
    """Whole packs of a bought line for so many vehicles."""
    return -(-int(row["quantity"]) * vehicles // int(row["pack_size"]))


def made_parts(row: Row) -> list[PartSpec]:
    """A made line and the steps before it, first step first."""
    line, steps = code_of(row["ref"]), route(row["kind"])
    codes = [stage_code(line, step) for step in steps]
    many = int(row["quantity"]) * assumed(VEHICLE, "vehicles") > assumed(VEHICLE, "many_pieces")
    return [
        PartSpec(
            code=code,
            name=stage_name(row["name"], operation_names(step)),
            name_en=stage_name(row["name_en"], operation_names(step, "name_en")),
            skill=step["skill"],
            reason=row["reason"],
            reason_en=row["reason_en"],
            lead_time_weeks=int(step["lead_time_weeks"]),
            holding_cost_rupiah=holding_rupiah(sum(work_of_step(before).minutes for before in steps[: place + 1])),
            max_share=float(assumptions(VEHICLE)["max_share"]) if many else 1.0,
            min_sources=2 if many else 1,
            routed_from=None if code == line else line,
            bom=((codes[place - 1], 1),) if place else (),
            steps=tuple(routing_step(one) for one in steps) if code == line else (),
            source=PARTS_SOURCE,
        )
        for place, (code, step) in enumerate(zip(codes, steps, strict=True))
    ]


def stage_code(line: str, step: Row) -> str:
    return f"{line}/{step['suffix']}" if step["suffix"] else line


def stage_name(name: str, operations: str) -> str:
    return f"{name}: {operations}" if operations else name


def operation_names(step: Row, column: str = "name") -> str:
    """What an unfinished piece has been through; nothing for the finished line."""
    if not step["suffix"]:
        return ""
    return operations()[step["operations"].split("+")[0]][column].lower()


def routing_step(step: Row) -> Step:
    work = work_of_step(step)
    return Step(step["suffix"] or "finished", work.skill, work.minutes, work.setup_minutes)


@cache
def operations() -> dict[str, Row]:
    return {row["code"]: row for row in table(VEHICLE, "operations")}


def route(kind: str) -> list[Row]:
    return [row for row in table(VEHICLE, "routes") if row["route"] == kind]


def work_of_step(step: Row) -> Work:
    """Operations that are always done together: minutes and set-ups add up, good shares multiply."""
    rows = [operations()[code] for code in step["operations"].split("+")]
    setups = [float(row["setup_minutes"]) for row in rows if row["setup_minutes"]]
    return Work(
        skill=step["skill"],
        minutes=sum(float(row["minutes_per_piece"]) for row in rows),
        setup_minutes=sum(setups) if setups else assumed(VEHICLE, "setup_unmeasured_minutes"),
        yield_rate=math.prod(1 - float(row["rejection_rate"]) for row in rows),
        lot_quantity_min=assumed(VEHICLE, "lot_quantity_min"),
    )


@cache
def section_bom() -> dict[str, tuple[tuple[str, int], ...]]:
    """What each section and the vehicle hold: lines with quantities, and one of each section inside."""
    found: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for row in table(VEHICLE, "section-lines"):
        found[code_of(row["section"])].append((code_of(row["ref"]), int(row["quantity"])))
    for row in table(VEHICLE, "sections"):
        if row["parent"]:
            found[row["parent"]].append((row["code"], 1))
    return {code: tuple(lines) for code, lines in found.items()}


def section_part(row: Row) -> PartSpec:
    return PartSpec(
        code=row["code"],
        name=row["name"],
        name_en=row["name_en"],
        skill=row["skill"],
        reason=ASSEMBLY_REASON[0],
        reason_en=ASSEMBLY_REASON[1],
        lead_time_weeks=int(row["lead_time_weeks"]),
        holding_cost_rupiah=holding_rupiah(minutes_inside(row["code"])),
        bom=section_bom()[row["code"]],
        source=PARTS_SOURCE,
    )


@cache
def works() -> dict[str, Work]:
    """Every part that is made, and what one piece of it takes."""
    found = {row["code"]: section_work(row) for row in table(VEHICLE, "sections")}
    for row in table(VEHICLE, "parts-list"):
        if row["supply"] == "made":
            for step in route(row["kind"]):
                found[stage_code(code_of(row["ref"]), step)] = work_of_step(step)
    return found


def section_work(row: Row) -> Work:
    return Work(row["skill"], float(row["minutes_per_piece"]), float(row["setup_minutes"]), 1.0, 1)


@cache
def minutes_inside(code: str) -> float:
    """All the work in one piece of a section or line, down to the first steps; bought parts hold none."""
    lines = {code_of(row["ref"]): row for row in table(VEHICLE, "parts-list")}
    if code in lines:
        row = lines[code]
        return sum(work_of_step(step).minutes for step in route(row["kind"])) if row["supply"] == "made" else 0.0
    return works()[code].minutes + sum(quantity * minutes_inside(part) for part, quantity in section_bom()[code])


def holding_rupiah(minutes: float) -> int:
    """Rupiah a piece and week: a share of the pay in it, rounded to whole rupiah."""
    pay = pay_rupiah(minutes, assumed(VEHICLE, "wage_rupiah_hour"))
    return round(pay * float(assumptions(VEHICLE)["holding_share_week"]))


def vehicle_rates(hub: Row) -> list[RateSpec]:
    """One rate for each approved pair: published minutes at the workshop's simulated speed, paid by the hour."""
    workshops = {row["code"]: row for row in table(VEHICLE, "workshops")}
    return [rate(row["part"], workshops[row["workshop"]], hub) for row in table(VEHICLE, "approvals")]


def rate(part: str, workshop: Row, hub: Row) -> RateSpec:
    work, speed = works()[part], float(workshop["speed"])
    lat, lng = float(workshop["lat"]), float(workshop["lng"])
    return RateSpec(
        part=part,
        workshop=workshop["code"],
        minutes_per_piece=work.minutes * speed,
        setup_minutes=work.setup_minutes,
        trip_rupiah=trip_rupiah(lat, lng, hub, assumed(VEHICLE, "transport_rupiah_km")),
        pay_rupiah=pay_rupiah(work.minutes * speed, assumed(VEHICLE, "wage_rupiah_hour")),
        yield_rate=work.yield_rate,
        lot_quantity_min=work.lot_quantity_min,
    )
