"""Write the tables under examples/ that are computed from published figures or from a seed.

    python tools/make_examples.py --shared FOLDER [--out examples]

FOLDER holds the sources as they were gathered: data/schools_dapodik, data/bom_rover, data/production_log_4tu and
domain/. Only facts and totals are carried over, no row of a source is copied. The other tables under examples/ (groups,
motifs, licences, the mandate, assumptions) are written by hand; nothing here touches them.
"""

from __future__ import annotations

import argparse
import csv
from collections import defaultdict
from pathlib import Path
from typing import Any

from simulated_register import simulated_approvals, simulated_workshops
from vehicle_lines import (
    BOUGHT_REASONS,
    LINES,
    MADE_REASONS,
    OPERATIONS,
    ROUTES,
    SECTIONS,
    SECTIONS_ASSUMED,
)

Row = dict[str, Any]
SEED = 2014
FASTENER_MINUTES, PIECE_MINUTES = 0.5, 2.0  # assembly, assumed: see assumptions.csv
SECTION_SETUP_MINUTES, VEHICLE_MINUTES, VEHICLE_SETUP_MINUTES = 30, 240, 60


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, required=True)
    parser.add_argument("--out", type=Path, default=Path(__file__).parents[1] / "examples")
    options = parser.parse_args()
    batik, vehicle = options.out / "bekasi-batik", options.out / "pooled-vehicle"

    kelurahan = kelurahan_rows(read(options.shared / "domain/bekasi_kelurahan.csv"))
    write(batik / "kelurahan.csv", kelurahan)
    write(batik / "holidays.csv", holiday_rows(read(options.shared / "domain/holidays_id.csv")))
    write(batik / "schools.csv", school_totals(read(options.shared / "data/schools_dapodik/sekolah_kota_bekasi.csv")))

    published = read(options.shared / "data/bom_rover/rover_bom.csv")
    lines, shares = line_rows(published), section_line_rows(published)
    write(vehicle / "parts-list.csv", lines)
    write(vehicle / "section-lines.csv", shares)
    write(vehicle / "sections.csv", section_rows(shares))
    write(vehicle / "operations.csv", operation_rows(read(options.shared / "data/production_log_4tu/times_by_op.csv")))
    write(vehicle / "routes.csv", route_rows())
    workshops = simulated_workshops(kelurahan, seed=SEED)
    write(vehicle / "workshops.csv", workshops)
    write(vehicle / "approvals.csv", simulated_approvals(workshops, skill_of_part(lines), seed=SEED + 1))


def read(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write(path: Path, rows: list[Row]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def kelurahan_rows(source: list[Row]) -> list[Row]:
    return [
        {
            "code": row["kemendagri_code"],
            "bps_code": row["bps_code"],
            "name": row["kelurahan"],
            "name_spaced": row["kelurahan_spaced"],
            "kecamatan_code": row["kecamatan_code"],
            "kecamatan": row["kecamatan"],
            "lat": row["lat"],
            "lng": row["lng"],
            "area_km2": row["area_km2_calc"],
        }
        for row in source
    ]


def holiday_rows(source: list[Row]) -> list[Row]:
    """Public holidays and days of collective leave from the first plan's start to the end of 2027."""
    kinds = {"libur_nasional": "national", "cuti_bersama": "collective_leave"}
    return [
        {"date": row["date"], "name": row["name"], "kind": kinds[row["type"]]}
        for row in source
        if row["date"] >= "2026-12-07"
    ]


def school_totals(source: list[Row]) -> list[Row]:
    """Schools, pupils, teachers and staff as totals by kelurahan, level and state or private."""
    columns = {"pupils": "Peserta_Didik_Total", "teachers": "Guru_Total", "staff": "Tendik_Total"}
    totals: dict[tuple[str, str, str], Row] = defaultdict(lambda: dict.fromkeys(("schools", *columns), 0))
    for row in source:
        status = "state" if row["Status"] == "Negeri" else "private"
        total = totals[row["kode_kelurahan"], row["Bentuk_Pendidikan"].lower(), status]
        total["schools"] += 1
        for ours, theirs in columns.items():
            total[ours] += int(row[theirs] or 0)
    keys = ("kelurahan_code", "level", "status")
    return [dict(zip(keys, key, strict=True)) | totals[key] for key in sorted(totals)]


def line_rows(published: list[Row]) -> list[Row]:
    return [_line(row, *LINES[row["ref"]]) for row in published]


def _line(row: Row, name: str, name_en: str, kind: str) -> Row:
    made = kind in MADE_REASONS
    reason, reason_en = (MADE_REASONS if made else BOUGHT_REASONS)[kind]
    return {
        "ref": row["ref"],
        "name": name,
        "name_en": name_en,
        "quantity": row["qty_per_rover"],
        "pack_size": row["sold_in_packs_of"],
        "supply": "made" if made else "bought",
        "kind": kind,
        "reason": reason,
        "reason_en": reason_en,
    }


def section_line_rows(published: list[Row]) -> list[Row]:
    """Quantity of each line in each section. A line of several sections has only its total published: we share it
    equally in whole pieces, the first sections getting the remainder, and mark the row as assumed."""
    codes = {name: code for code, (name, _, _) in SECTIONS.items()}
    rows = []
    for row in published:
        names = SECTIONS_ASSUMED.get(row["ref"], row["used_in_sections"]).split(";")
        assumed = len(names) > 1 or (row["ref"] in SECTIONS_ASSUMED)
        each, rest = divmod(int(row["qty_per_rover"]), len(names))
        for place, name in enumerate(names):
            quantity = each + (place < rest)
            rows.append(
                {
                    "section": codes[name],
                    "ref": row["ref"],
                    "quantity": quantity,
                    "share": "assumed" if assumed else "published",
                }
            )
    return rows


def section_rows(shares: list[Row]) -> list[Row]:
    """Sub-assemblies, their parents and the assumed assembly minutes; the last row is the whole vehicle."""
    rows = []
    for code, (name_en, name, parent) in SECTIONS.items():
        mine = [row for row in shares if row["section"] == code]
        minutes = sum(_assembly_minutes(row) for row in mine)
        skill = "assembly_electric" if code in ("PCB", "ELEC") else "assembly"
        rows.append(_section(f"RV-{code}", name, name_en, parent, skill, minutes, SECTION_SETUP_MINUTES))
    rows.append(_section("RV", "Kendaraan", "Vehicle", "", "assembly", VEHICLE_MINUTES, VEHICLE_SETUP_MINUTES))
    return rows


def _assembly_minutes(row: Row) -> float:
    each = FASTENER_MINUTES if LINES[row["ref"]][2] == "fastener" else PIECE_MINUTES
    return float(row["quantity"] * each)


def _section(code: str, name: str, name_en: str, parent: str, skill: str, minutes: float, setup: int) -> Row:
    return {
        "code": code,
        "name": name,
        "name_en": name_en,
        "parent": parent,
        "skill": skill,
        "minutes_per_piece": f"{minutes:g}",
        "setup_minutes": setup,
        "lead_time_weeks": 1 if not parent else 0,
    }


def operation_rows(times: list[Row]) -> list[Row]:
    """Published minutes a piece, median set-up and share sent to review, for the operations that our routes use."""
    by_name = {row["op"]: row for row in times}
    rows = []
    for code, (theirs, name, name_en) in OPERATIONS.items():
        found = by_name[theirs]
        rows.append(
            {
                "code": code,
                "name": name,
                "name_en": name_en,
                "minutes_per_piece": found["min_per_piece"],
                "setup_minutes": found["setup_median"],
                "rejection_rate": found["mrb_rate"],
                "orders_measured": found["orders"],
                "pieces_measured": found["qty"],
            }
        )
    return rows


def route_rows() -> list[Row]:
    return [
        {
            "route": route,
            "sequence": place,
            "suffix": suffix,
            "operations": operations,
            "skill": skill,
            "lead_time_weeks": lead,
        }
        for route, steps in ROUTES.items()
        for place, (suffix, operations, skill, lead) in enumerate(steps, 1)
    ]


def skill_of_part(lines: list[Row]) -> dict[str, str]:
    """Every part that somebody must be approved for: each step of each made line, each section, the vehicle."""
    steps = {
        f"RV-{line['ref']}" + (f"/{suffix}" if suffix else ""): skill
        for line in lines
        if line["supply"] == "made"
        for suffix, _, skill, _ in ROUTES[line["kind"]]
    }
    electric = {"PCB", "ELEC"}
    sections = {f"RV-{code}": "assembly_electric" if code in electric else "assembly" for code in SECTIONS}
    return steps | sections | {"RV": "assembly"}


if __name__ == "__main__":
    main()
