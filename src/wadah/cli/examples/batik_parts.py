"""The batik tables as parts: plain cloth, and each motif's cloth through its steps. No database.

`KAIN-KECAPI/cap` is stamped, `KAIN-KECAPI/celup` dyed and boiled off, `KAIN-KECAPI` finished; every one of them bears
the motif, so only a group with a licence for it may make it.
"""

from __future__ import annotations

from dataclasses import dataclass

from wadah.cli.examples.parts import PartSpec, RateSpec, Step
from wadah.cli.examples.tables import BATIK, Row, assumed, pay_rupiah, table, trip_rupiah

MORI = "MORI"
DAY_MINUTES = 480
STEPS_SOURCE = "SNI 8303; laju: pengetahuan umum (examples/bekasi-batik/steps.csv)"
RATES_SOURCE = "Simulasi dalam rentang examples/bekasi-batik/steps.csv"
REASON = ("Batik cap: dikerjakan kelompok berlisensi motif", "Stamped batik: made by groups with a licence")
MORI_REASON = ("Kain mori: ditenun pabrik tekstil, dibeli per gulung", "Plain cloth: woven in a mill, bought in bolts")


@dataclass(frozen=True, slots=True)
class StepRow:
    """A step of the table. day_output: cloths a day, low end; rate_column: the group's own output, if it has one."""

    suffix: str
    name: str
    name_en: str
    skill: str
    setup_minutes: float
    yield_rate: float
    day_output: int
    rate_column: str | None


RATE_COLUMNS = {"batik_cap": "stamped_a_day", "batik_celup_lorod": "dyed_a_day", "batik_finishing": None}


def steps() -> list[StepRow]:
    return [
        StepRow(
            row["suffix"],
            row["name"],
            row["name_en"],
            row["skill"],
            float(row["setup_minutes"]),
            float(row["yield"]),
            int(row["rate_low"]),
            RATE_COLUMNS[row["skill"]],
        )
        for row in table(BATIK, "steps")
    ]


def person_minutes(step: StepRow, group: Row) -> float:
    """Minutes that one artisan of the group takes for one cloth in this step."""
    return DAY_MINUTES / (int(group[step.rate_column]) if step.rate_column else step.day_output)


def batik_parts() -> list[PartSpec]:
    mori = PartSpec(
        code=MORI,
        name="Kain mori 2,1 m",
        name_en="Plain cotton cloth 2.1 m",
        pack_size=assumed(BATIK, "mori_pack"),
        reason=MORI_REASON[0],
        reason_en=MORI_REASON[1],
    )
    return [mori, *(spec for row in table(BATIK, "products") for spec in cloth_parts(row))]


def cloth_parts(product: Row) -> list[PartSpec]:
    """One cloth and the steps before it, first step first."""
    found: list[PartSpec] = []
    for step in steps():
        finished = not step.suffix
        found.append(
            PartSpec(
                code=cloth_code(product["code"], step),
                name=product["name"] if finished else f"{product['name']}: {step.name}",
                name_en=product["name_en"] if finished else f"{product['name_en']}: {step.name_en}",
                skill=step.skill,
                reason=REASON[0],
                reason_en=REASON[1],
                holding_cost_rupiah=assumed(BATIK, "holding_cost_rupiah_week"),
                motif=product["motif"],
                routed_from=None if finished else product["code"],
                bom=((found[-1].code if found else MORI, 1),),
                steps=routing() if finished else (),
                source=STEPS_SOURCE,
            )
        )
    return found


def cloth_code(product: str, step: StepRow) -> str:
    return f"{product}/{step.suffix}" if step.suffix else product


def routing() -> tuple[Step, ...]:
    """The steps at the low end of their rates, one artisan."""
    return tuple(
        Step(step.suffix or "selesai", step.skill, DAY_MINUTES / step.day_output, step.setup_minutes)
        for step in steps()
    )


def batik_rates(sites: dict[str, Row], hub: Row) -> list[RateSpec]:
    """A rate for every group, step and motif that the group holds a licence for.

    sites: kelurahan code → row with lat and lng. A group's clock runs once for all its artisans, so n of them make a
    cloth in an n-th of the minutes; each is paid for their own. The trip to the hub is made with finished cloth.
    """
    product_of = {row["motif"]: row["code"] for row in table(BATIK, "products")}
    groups = {row["code"]: row for row in table(BATIK, "groups")}
    return [
        batik_rate(step, product_of[licence["motif"]], groups[licence["group"]], sites, hub)
        for licence in table(BATIK, "licences")
        for step in steps()
    ]


def batik_rate(step: StepRow, product: str, group: Row, sites: dict[str, Row], hub: Row) -> RateSpec:
    minutes, site = person_minutes(step, group), sites[group["kelurahan_code"]]
    trip = trip_rupiah(float(site["lat"]), float(site["lng"]), hub, assumed(BATIK, "transport_rupiah_km"))
    return RateSpec(
        part=cloth_code(product, step),
        workshop=group["code"],
        minutes_per_piece=minutes / int(group["artisans"]),
        setup_minutes=step.setup_minutes,
        trip_rupiah=0 if step.suffix else trip,
        pay_rupiah=pay_rupiah(minutes, assumed(BATIK, "wage_rupiah_hour")),
        yield_rate=step.yield_rate,
    )
