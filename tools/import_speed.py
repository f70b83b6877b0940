"""How long large files take the importer, and how much memory, in a database that is thrown away.

    python tools/import_speed.py [ROWS] [KIND …]

A made-up xlsx of each kind is sent, looked at and written as a manager's would be, each kind in a process of its own.
One line a kind: megabytes of the file; processor seconds, and seconds on the wall, until it was looked at, until it was
written, of sending it again ("nothing to do") and of taking it back; and the most memory of the process. A database
server's own processor seconds aren't counted. WADAH_DATABASE says which database; SQLite in a folder of its own unless
given. A second run of a kind needs an empty database.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
import time
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROWS = 50_000
WORKSHOPS = 2_500
"""Of a file of rates: each makes so many parts that pairs come to the number of rows."""
CHAIN = 5
"""Parts of a file of parts: each goes into the one above, so many levels deep."""
AREAS = 56

Made = tuple[list[str], "Iterator[list[Any]]"]


def members(rows: int) -> Made:
    head = ["Usaha", "Pemilik", "No HP", "Kelurahan", "Subsektor", "Tenaga kerja", "Omzet", "Kode bengkel", "Alamat"]
    return head, (
        [f"Usaha {n}", f"Pemilik {n}", f"0812-{n // 10_000:04d}-{n % 10_000:04d}", f"Kelurahan {n % AREAS}",
         "Komponen otomotif", n % 40, f"{n % 90 + 1}.000.000", f"M-{n:05d}", f"Jl. Mawar {n}"]
        for n in range(rows)
    )  # fmt: skip


def workshops(rows: int) -> Made:
    head = ["Kode bengkel", "Nama bengkel", "Usaha", "Keahlian", "Jam per minggu", "Nama mesin", "Jumlah mesin"]
    return head, (
        [
            f"B-{n // 5:05d}",
            f"Bengkel {n // 5}",
            f"Usaha {n // 5 % WORKSHOPS}",
            "Bubut",
            40,
            f"Mesin {n % 5}",
            1 + n % 3,
        ]
        for n in range(rows)
    )


def parts(rows: int) -> Made:
    head = ["Kode", "Nama", "Subsektor", "Proses", "Satuan", "Component", "Jumlah"]
    return head, (
        [f"P-{n:05d}", f"Barang {n}", "Komponen otomotif", "Bubut", "buah", *below(n, rows)] for n in range(rows)
    )


def below(number: int, rows: int) -> list[Any]:
    return [f"P-{number + 1:05d}", 2] if number % CHAIN < CHAIN - 1 and number + 1 < rows else ["", ""]


def rates(rows: int) -> Made:
    head = ["Kode komponen", "Bengkel", "Menit", "Upah", "Disetujui", "Mulai"]
    return head, (
        [f"P-{n // WORKSHOPS:05d}", f"W-{n % WORKSHOPS:05d}", f"{n % 30 + 1},5", 500 + n % 900, "ya", "01/01/2026"]
        for n in range(rows)
    )


def orders(rows: int) -> Made:
    head = ["Pembeli", "Nomor PO", "Kode barang", "Jumlah", "Jatuh tempo", "Harga"]
    return head, (
        [f"PT {n // 10 % 100}", f"PO-{n // 10}", f"P-{n % 10:05d}", 10 + n % 90, "04/12/2027", 5_000]
        for n in range(rows)
    )


def institutions(rows: int) -> Made:
    head = ["NPSN", "Nama sekolah", "Jenis", "Jenjang", "Negeri", "Kelurahan", "Siswa", "Guru"]
    return head, (
        [f"2{n:07d}", f"SDN Uji {n}", "sekolah", "sd", "ya", f"Kelurahan {n % AREAS}", 100 + n % 300, 12]
        for n in range(rows)
    )


KINDS: dict[str, Callable[[int], Made]] = {
    "members": members,
    "workshops": workshops,
    "parts": parts,
    "rates": rates,
    "orders": orders,
    "institutions": institutions,
}
BEFORE = {"workshops": ("members",), "rates": ("parts", "workshops"), "orders": ("parts",)}


def main(arguments: list[str]) -> int:
    rows = int(next((text for text in arguments if text.isdecimal()), ROWS))
    wanted = [text for text in arguments if text in KINDS] or list(KINDS)
    if "WADAH_SPEED_KIND" in os.environ:
        measure(os.environ["WADAH_SPEED_KIND"], rows)
        return 0
    print(
        f"{'kind':14}{'rows':>7}{'MB':>6}{'look':>16}{'write':>16}{'again':>16}{'back':>16}{'memory MB':>11}",
        flush=True,
    )
    return max(of_kind(kind, rows) for kind in wanted)


def of_kind(kind: str, rows: int) -> int:
    with tempfile.TemporaryDirectory(prefix="wadah-speed-") as room:
        env = {**os.environ, "WADAH_VAR": room, "WADAH_SPEED_KIND": kind}
        return subprocess.call([sys.executable, __file__, str(rows)], env=env)


def measure(kind: str, rows: int) -> None:
    by, cooperative = founded(kind)
    content = written(*KINDS[kind](rows))
    look, batch = timed(lambda: sent(kind, cooperative, content, by))
    counts = batch.preview["counts"]
    assert batch.preview["writable"] == rows, (counts, batch.preview["faults"][:3], batch.error)
    write, _nothing = timed(lambda: pressed(batch, by))
    assert batch.status == "done", (batch.error, batch.preview["faults"][:3])
    again, second = timed(lambda: sent(kind, cooperative, content, by))
    assert second.preview["counts"]["same"] == rows, second.preview["counts"]
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    back, _nothing = timed(lambda: taken_back(batch, by))
    told = "".join(f"{f'{processor:.1f} ({wall:.0f})':>16}" for processor, wall in (look, write, again, back))
    print(f"{kind:14}{rows:7d}{len(content) / 1e6:6.1f}{told}{memory:11.0f}", flush=True)


def timed(act: Callable[[], Any]) -> tuple[tuple[float, float], Any]:
    """((processor seconds, seconds), what it returned)."""
    processor, wall = time.process_time(), time.perf_counter()
    found = act()
    return (time.process_time() - processor, time.perf_counter() - wall), found


def sent(kind: str, cooperative: Any, content: bytes, by: Any) -> Any:
    from wadah.base.imports.services import import_upload
    from wadah.base.jobs import jobs_run_waiting

    batch = import_upload(kind=kind, cooperative_id=cooperative.pk, file_name="a.xlsx", content=content, by=by)
    jobs_run_waiting()
    batch.refresh_from_db()
    return batch


def pressed(batch: Any, by: Any) -> None:
    from wadah.base.imports.services import import_commit
    from wadah.base.jobs import jobs_run_waiting

    import_commit(batch=batch, fingerprint=batch.preview["fingerprint"], by=by)
    jobs_run_waiting()
    batch.refresh_from_db()


def taken_back(batch: Any, by: Any) -> None:
    from wadah.base.imports.services import import_cancel
    from wadah.base.jobs import jobs_run_waiting

    import_cancel(batch=batch, by=by)
    jobs_run_waiting()
    batch.refresh_from_db()
    assert batch.status == "cancelled", batch.error


def written(head: list[str], rows: Iterator[list[Any]]) -> bytes:
    import io

    import xlsxwriter

    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"constant_memory": True})
    page = book.add_worksheet("Data")
    for line, cells in enumerate([head, *rows]):
        page.write_row(line, 0, cells)
    book.close()
    return buffer.getvalue()


def founded(kind: str) -> tuple[Any, Any]:
    """A migrated database with a cooperative, its manager, and what files of this kind refer to."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wadah.site.settings")
    import django

    django.setup()
    from django.core.management import call_command

    from wadah.accounts.services import user_create
    from wadah.register.services import area_put, cooperative_found, skill_put, subsector_put

    call_command("migrate", verbosity=0)
    city = area_put(code="99.75", name="Kota Uji", kind="city")
    district = area_put(code="99.75.01", name="Kecamatan Uji", kind="kecamatan", parent=city)
    for number in range(AREAS):
        code = f"99.75.01.{1000 + number}"
        area_put(code=code, name=f"Kelurahan {number}", kind="kelurahan", parent=district)
    trade = subsector_put(code="komponen-otomotif", name="Komponen otomotif", name_en="Auto parts")
    skill_put(code="turning", name="Bubut", name_en="Turning", kbli="25910")
    cooperative = cooperative_found(code="uji", name="Koperasi Uji", simulated=True)
    by = user_create(phone="0812-9999-9999", name="Uji", password=None, adult=True)
    for needed in BEFORE.get(kind, ()):
        FOUND[needed](cooperative, trade)
    return by, cooperative


def found_members(cooperative: Any, trade: Any) -> None:
    import datetime as dt

    from wadah.register.models import Ikm, Membership

    firms = Ikm.objects.bulk_create(
        Ikm(name=f"Usaha {n}", name_key=f"usaha {n}", owner_name="Uji", simulated=True) for n in range(WORKSHOPS)
    )
    day = dt.date(2026, 1, 1)
    Membership.objects.bulk_create(
        Membership(cooperative=cooperative, ikm=firm, role="member", joined_on=day) for firm in firms
    )


def found_workshops(cooperative: Any, trade: Any) -> None:
    from wadah.register.models import Ikm, Workshop

    found_members(cooperative, trade)
    firms = Ikm.objects.order_by("pk")
    Workshop.objects.bulk_create(
        Workshop(ikm=firm, code=f"W-{n:05d}", name=f"Bengkel {n}", simulated=True) for n, firm in enumerate(firms)
    )


def found_parts(cooperative: Any, trade: Any) -> None:
    from wadah.catalogue.models import Part

    Part.objects.bulk_create(Part(code=f"P-{n:05d}", name=f"Barang {n}", subsector=trade) for n in range(100))


FOUND = {"members": found_members, "workshops": found_workshops, "parts": found_parts}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
