"""The mandate's tables as rows: who is counted, which rule asks them for what, and the orders that follow from it.

Heads are totals by kelurahan, level and state or private; the city's employees are one total. Orders go through
demand.services.mandate_order_create: heads × pieces × compliance, by month and kecamatan.
"""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from itertools import groupby
from typing import TYPE_CHECKING

from wadah.cli.examples.tables import BATIK, Row, assumed, assumptions, ordered_on, start_of, table, yes
from wadah.demand.models import Headcount, Institution, MandatePhase, MandateRule
from wadah.demand.services import buyer_put, mandate_order_create, order_move
from wadah.demand.words import BuyerKind, Group, InstitutionKind, Level, Market, OrderStatus

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wadah.catalogue.models import Part
    from wadah.demand.models import Buyer
    from wadah.register.models import Area, Cooperative

SCHOOLS_SOURCE = "Dapodik, Desember 2025 (jumlah per kelurahan dan jenjang)"
MANDATE_SOURCE = "Bisnis.com, 31 Agustus 2014"
OBLIGED_BUYER = "Pemerintah Kota Bekasi (simulasi)"
SCENARIO_BUYER = "Sekolah dan orang tua siswa (simulasi)"
GROUPS = (Group.PUPILS, Group.TEACHERS, Group.STAFF)


def load_heads(areas: dict[str, Area], city: Area) -> None:
    """Schools as totals, and the one figure of city employees that doesn't count teachers twice."""
    rows = table(BATIK, "schools")
    schools = Institution.objects.bulk_create([school_total(row, areas) for row in rows])
    as_of = date.fromisoformat(assumptions(BATIK)["schools_as_of"])
    Headcount.objects.bulk_create(
        [
            Headcount(institution=school, group=group, heads=int(row[group]), as_of=as_of, source=SCHOOLS_SOURCE)
            for row, school in zip(rows, schools, strict=True)
            for group in GROUPS
        ]
    )
    for row in table(BATIK, "offices"):
        if yes(row["used"]):
            load_office(row, city)


def school_total(row: Row, areas: dict[str, Area]) -> Institution:
    area, state = areas[row["kelurahan_code"]], row["status"] == "state"
    label = "negeri" if state else "swasta"
    return Institution(
        code=f"{row['level']}-{row['status']}-{area.code}",
        name=f"{row['level'].upper()} {label}, {area.name_spaced} ({row['schools']} sekolah)",
        kind=InstitutionKind.AGGREGATE,
        level=row["level"],
        state=state,
        count=int(row["schools"]),
        area=area,
    )


def load_office(row: Row, city: Area) -> None:
    office = Institution.objects.create(
        code=row["code"],
        name=row["name"],
        kind=InstitutionKind.AGGREGATE,
        level=Level.OFFICE,
        state=True,
        count=int(row["offices"]),
        area=city,
    )
    Headcount.objects.create(
        institution=office,
        group=Group.EMPLOYEES,
        heads=int(row["counted_heads"]),
        as_of=date.fromisoformat(row["as_of"]),
        source=row["source"],
    )


def load_rules() -> dict[str, MandateRule]:
    rows = table(BATIK, "mandate")
    rules = MandateRule.objects.bulk_create([rule_row(row) for row in rows])
    MandatePhase.objects.bulk_create(
        [
            MandatePhase(
                rule=rule,
                valid_from=rule.valid_from,
                compliance=Decimal(row["compliance"]),
                assumption=row["assumption"],
            )
            for row, rule in zip(rows, rules, strict=True)
        ]
    )
    return {rule.code: rule for rule in rules}


def rule_row(row: Row) -> MandateRule:
    return MandateRule(
        code=row["code"],
        name=row["name"],
        valid_from=date.fromisoformat(row["valid_from"]),
        applies_to_kind=row["kind"],
        applies_to_level=row["level"],
        applies_to_group=row["group"],
        applies_to_state={"yes": True, "no": False}.get(row["state"]),
        pieces_per_head_year=Decimal(row["pieces_per_head_year"]),
        obligation=yes(row["obligation"]),
        source=MANDATE_SOURCE,
        note=assumptions_note(),
    )


def assumptions_note() -> str:
    return next(row["why"] for row in table(BATIK, "assumptions") if row["key"] == "pieces_per_head_year")


def load_orders(cooperative: Cooperative, parts: dict[str, Part], rules: dict[str, MandateRule]) -> None:
    """One confirmed order for each cloth, buyer and calendar year of the horizon."""
    buyers = {
        True: buyer_put(name=OBLIGED_BUYER, market=Market.LOCAL, kind=BuyerKind.GOVERNMENT, simulated=True),
        False: buyer_put(name=SCENARIO_BUYER, market=Market.LOCAL, kind=BuyerKind.SCHOOL, simulated=True),
    }
    single = {row["code"]: yes(row["single_source"]) for row in table(BATIK, "products")}
    for (obligation, cloth), chosen in rules_by_cloth(rules):
        for year, months in months_by_year():
            load_order(cooperative, buyers[obligation], parts[cloth], chosen, year, months, single[cloth])


def rules_by_cloth(rules: dict[str, MandateRule]) -> Iterator[tuple[tuple[bool, str], list[MandateRule]]]:
    """Obligations first, so that they have the lower order numbers."""

    def key(row: Row) -> tuple[bool, str]:
        return not yes(row["obligation"]), row["part"]

    for (scenario, part), rows in groupby(sorted(table(BATIK, "mandate"), key=key), key=key):
        yield (not scenario, part), [rules[row["code"]] for row in rows]


def months_by_year() -> Iterator[tuple[int, list[int]]]:
    """Calendar months that end within the weeks of the plan."""
    start = start_of(BATIK)
    end = start + timedelta(weeks=assumed(BATIK, "weeks"))
    days = (start + timedelta(days=day) for day in range((end - start).days))
    last = [day for day in days if (day + timedelta(days=1)).day == 1]
    for year, ends in groupby(last, key=lambda day: day.year):
        yield year, [day.month for day in ends]


def load_order(
    cooperative: Cooperative,
    buyer: Buyer,
    part: Part,
    rules: list[MandateRule],
    year: int,
    months: list[int],
    single_source: bool,
) -> None:
    short_cost = "obligation_short_cost_rupiah" if rules[0].obligation else "short_cost_rupiah"
    order = mandate_order_create(
        rules=rules,
        cooperative=cooperative,
        buyer=buyer,
        part=part,
        year=year,
        months=months,
        split_by="district",
        ordered_on=ordered_on(BATIK),
        price_rupiah_piece=assumed(BATIK, "price_rupiah"),
        late_cost_rupiah_piece_week=assumed(BATIK, "late_cost_rupiah_week"),
        short_cost_rupiah_piece=assumed(BATIK, short_cost),
        single_source=single_source,
    )
    order_move(order=order, to=OrderStatus.CONFIRMED)
