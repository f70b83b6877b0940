"""Registers as they were published, through the importer, into a database that is thrown away: three of makers, and
all schools of Kota Bekasi with their pupils, teachers and staff.

    python tools/real_data.py FOLDER

Every row ends in the books or in the list of refused rows with its reason; the counts by reason are printed, and the
exit code is 1 where they don't add up. Nothing of the files is kept.
"""

from __future__ import annotations

import csv
import os
import sys
import tempfile
from collections import Counter
from pathlib import Path

FILES = [
    (
        "umkm_solo/ikm_surakarta_anon.csv",
        "Kota Surakarta",
        {"name": 3, "workshop_code": 0, "subsectors": 1, "lat": 4, "lng": 5},
    ),
    (
        "ikm_bogor/ikm_kriya_kota_bogor.csv",
        "Kota Bogor",
        {"name": 1, "district": 2, "subsectors": 4},
    ),
    (
        "ikm_probolinggo/ikm_probolinggo_anon.csv",
        "Kota Probolinggo",
        {"name": 1, "area": 2, "district": 3, "lat": 6, "lng": 7},
    ),
]
SCHOOLS = "schools_dapodik/sekolah_kota_bekasi.csv"
SCHOOL_COLUMNS = {
    "code": 0, "name": 1, "level": 2, "state": 3, "district": 4, "area": 7, "teachers": 13, "staff": 16, "pupils": 20,
}  # fmt: skip
GROUPS = ("pupils", "teachers", "staff")
UNKNOWN_OWNER = "belum diketahui"


def main(folder: Path) -> int:
    with tempfile.TemporaryDirectory(prefix="wadah-real-") as room:
        os.environ["WADAH_VAR"] = room
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wadah.site.settings")
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        wrong = [name for number, (name, *rest) in enumerate(FILES, 1) if not load(folder / name, number, *rest)]
        wrong += [] if load_schools(folder / SCHOOLS) else [SCHOOLS]
    for name in wrong:
        print(f"{name}: rows are lost")
    return 1 if wrong else 0


def load(path: Path, number: int, city: str, columns: dict[str, int]) -> bool:
    """Import one register; whether every row is in the books or refused with a reason."""
    from wadah.accounts.services import user_create
    from wadah.base.imports.services import import_commit, import_settle, import_upload
    from wadah.base.jobs import jobs_run_waiting
    from wadah.register.models import Membership
    from wadah.register.services import cooperative_found

    with path.open(encoding="utf-8-sig", newline="") as file:
        records = list(csv.reader(file))[1:]
    references(number, city, records, columns)
    cooperative = cooperative_found(code=f"real-{number}", name=city)
    by = user_create(phone=f"0812-0000-10{number:02d}", name="Real data", password=None, adult=True)
    batch = import_upload(
        kind="members", cooperative_id=cooperative.pk, file_name=path.name, content=path.read_bytes(), by=by
    )
    jobs_run_waiting()
    batch.refresh_from_db()
    layout = {name: batch.layout[name] for name in ("sheet", "header", "encoding", "delimiter")}
    fixed = {"owner": UNKNOWN_OWNER, "source": path.name}
    import_settle(batch=batch, by=by, decimal=".", columns=columns, fixed=fixed, **layout)
    jobs_run_waiting()
    batch.refresh_from_db()
    refused = {fault[0] for fault in batch.preview["faults"]}
    reasons = Counter(f"{column or 'row'}: {message}" for _row, column, message in batch.preview["faults"])
    if refused:  # what can't be in the books is left out, as a person would do with the list in hand
        content = without(path, refused)
        batch = import_upload(
            kind="members", cooperative_id=cooperative.pk, file_name=path.name, content=content, by=by
        )
        jobs_run_waiting()
        batch.refresh_from_db()
    if batch.preview["counts"]["new"]:
        import_commit(batch=batch, fingerprint=batch.preview["fingerprint"], by=by)
    jobs_run_waiting()
    batch.refresh_from_db()
    written = Membership.objects.filter(cooperative=cooperative).count()
    print(f"{path.name}: {len(records)} rows = {written} in the books ({batch.number}) + {len(refused)} refused")
    for reason, count in reasons.most_common():
        print(f"  {count:5d}  {reason}")
    if batch.error:
        print(f"  {batch.error} {batch.preview['faults'][:3]}")
    return batch.status == "done" and written + len(refused) == len(records)


def load_schools(path: Path) -> bool:
    """Import all schools; whether each is in the books, and every head with it."""
    from django.db.models import Sum

    from wadah.accounts.services import user_create
    from wadah.base.imports.services import import_commit, import_settle, import_upload
    from wadah.base.jobs import jobs_run_waiting
    from wadah.cli.examples.city import load_areas
    from wadah.demand.models import Headcount, Institution
    from wadah.register.services import cooperative_found

    load_areas()
    with path.open(encoding="utf-8-sig", newline="") as file:
        records = list(csv.reader(file))[1:]
    cooperative = cooperative_found(code="real-schools", name="Kota Bekasi")
    by = user_create(phone="0812-0000-1099", name="Real data", password=None, adult=True)
    batch = import_upload(
        kind="institutions", cooperative_id=cooperative.pk, file_name=path.name, content=path.read_bytes(), by=by
    )
    jobs_run_waiting()
    batch.refresh_from_db()
    layout = {name: batch.layout[name] for name in ("sheet", "header", "encoding", "delimiter")}
    fixed = {"kind": "school", "as_of": "2025-12-01", "source": f"{path.name}, Dapodik, December 2025"}
    import_settle(batch=batch, by=by, decimal=".", columns=SCHOOL_COLUMNS, fixed=fixed, **layout)
    jobs_run_waiting()
    batch.refresh_from_db()
    refused = {fault[0] for fault in batch.preview["faults"]}
    if not refused:
        import_commit(batch=batch, fingerprint=batch.preview["fingerprint"], by=by)
        jobs_run_waiting()
        batch.refresh_from_db()
    written = Institution.objects.count()
    print(f"{path.name}: {len(records)} rows = {written} in the books ({batch.number}) + {len(refused)} refused")
    faults = Counter(f"{column or 'row'}: {told}" for _row, column, told in batch.preview["faults"])
    for reason, count in faults.items():
        print(f"  {count:5d}  {reason}")
    heads = dict(Headcount.objects.order_by().values_list("group").annotate(heads=Sum("heads")))
    asked = {group: sum(int(record[SCHOOL_COLUMNS[group]] or 0) for record in records) for group in GROUPS}
    for group in GROUPS:
        print(f"  {heads.get(group, 0):,} of {asked[group]:,} {group}")
    return batch.status == "done" and written == len(records) and heads == asked


def references(number: int, city: str, records: list[list[str]], columns: dict[str, int]) -> None:
    """The areas and trades that a register speaks of: an installation has them before it takes in members."""
    from wadah.register.services import area_put, subsector_put

    top = area_put(code=f"9{number}.00", name=city, kind="city")
    if "subsectors" in columns:
        for code in sorted({record[columns["subsectors"]] for record in records}):
            slug = code.replace("_", "-").lower()
            subsector_put(code=slug, name=code.replace("_", " "), name_en=code.replace("_", " "))
    districts: dict[str, object] = {}
    seen: set[tuple[str, str]] = set()
    for record in records:
        district = record[columns["district"]].strip() if "district" in columns else ""
        if district and district not in districts:
            code = f"{top.code}.{len(districts) + 1:02d}"
            districts[district] = area_put(code=code, name=district, kind="kecamatan", parent=top)
        area = record[columns["area"]].strip() if "area" in columns else ""
        if area and district and (area, district) not in seen:
            seen.add((area, district))
            parent = districts[district]
            area_put(code=f"{parent.code}.{1000 + len(seen)}", name=area, kind="kelurahan", parent=parent)  # type: ignore[attr-defined]


def without(path: Path, refused: set[int]) -> bytes:
    """The file without the refused rows, with its heading."""
    import io

    with path.open(encoding="utf-8-sig", newline="") as file:
        kept = [row for number, row in enumerate(csv.reader(file), 1) if number not in refused]
    buffer = io.StringIO(newline="")
    csv.writer(buffer).writerows(kept)
    return buffer.getvalue().encode()


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
