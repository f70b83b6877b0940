"""What a plan breaks: one rule of docs/model.md, who and when, and the numbers, as a sentence in two languages."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

Language = Literal["id", "en"]


@dataclass(frozen=True, slots=True)
class Violation:
    """One rule that a plan breaks.

    rule: "§1" … "§10" of docs/model.md, "rows" (a row that can't be read) or "objective" (a claimed number);
    code: which sentence says it (a key of SENTENCES); found: what the plan has; limit: what the rule asks for;
    table: the list the row is in; part, workshop, order: ids; period: 0-based. None where it doesn't apply.
    """

    rule: str
    code: str
    found: object = None
    limit: object = None
    table: str | None = None
    part: str | None = None
    workshop: str | None = None
    order: str | None = None
    period: object = None


# code: (Indonesian, English); the fields are those of Violation
SENTENCES: dict[str, tuple[str, str]] = {
    "row_length": (
        "Daftar {table}: baris {found} harus berisi {limit} kolom",
        "List {table}: row {found} must hold {limit} cells",
    ),
    "row_twice": (
        "Daftar {table}: {found} tertulis dua kali; gabungkan menjadi satu baris",
        "List {table}: {found} is given twice; put it in one row",
    ),
    "unknown_id": (
        "Daftar {table}: {found} tidak dikenal sebagai {limit}",
        "List {table}: {found} is not a known {limit}",
    ),
    "not_able": (
        "Daftar {table}: {workshop} tidak dapat membuat {part}, tetapi diberi {found} pada periode {period}",
        "List {table}: {workshop} has no capability for {part}, but is given {found} in period {period}",
    ),
    "period_outside": (
        "Daftar {table}: periode {found} bukan bilangan bulat antara 0 dan {limit}",
        "List {table}: period {found} is not a whole number from 0 to {limit}",
    ),
    "bad_quantity": (
        "Daftar {table}: jumlah {found} harus berupa bilangan berhingga, sedikitnya {limit}",
        "List {table}: quantity {found} must be a finite number of at least {limit}",
    ),
    "stock_negative": (
        "Stok {part} pada akhir periode {period} menjadi {found}; tidak boleh kurang dari {limit}",
        "Stock of {part} at the end of period {period} comes to {found}; it may not fall below {limit}",
    ),
    "hours_over": (
        "{workshop} memakai {found} jam pada periode {period}; jam kerja dan lembur hanya {limit}",
        "{workshop} uses {found} hours in period {period}; regular hours and overtime are {limit}",
    ),
    "overtime_differs": (
        "Lembur {workshop} pada periode {period} tertulis {found} jam; dari jam yang dipakai seharusnya {limit}",
        "Overtime of {workshop} in period {period} is given as {found} hours; by the hours used it is {limit}",
    ),
    "lot_small": (
        "{workshop} memulai {found} {part} pada periode {period}; lot terkecil {limit}",
        "{workshop} starts {found} of {part} in period {period}; the minimum lot is {limit}",
    ),
    "lot_large": (
        "{workshop} memulai {found} {part} pada periode {period}; paling banyak {limit}",
        "{workshop} starts {found} of {part} in period {period}; the most allowed is {limit}",
    ),
    "half_started": (
        "{workshop} memulai {found} {part} pada periode {period}; harus bilangan bulat, misalnya {limit}",
        "{workshop} starts {found} of {part} in period {period}; it must be whole, such as {limit}",
    ),
    "half_delivered": (
        "Pesanan {order}: {found} {part} dikirim pada periode {period}; harus bilangan bulat, misalnya {limit}",
        "Order {order}: {found} of {part} delivered in period {period}; it must be whole, such as {limit}",
    ),
    "half_scrapped": (
        "{found} {part} dibuang pada periode {period}; harus bilangan bulat, misalnya {limit}",
        "{found} of {part} are scrapped in period {period}; it must be whole, such as {limit}",
    ),
    "order_sum": (
        "Pesanan {order}: yang dikirim dan yang kurang berjumlah {found}; pesanannya {limit}",
        "Order {order}: delivered and short come to {found}; the order is for {limit}",
    ),
    "too_early": (
        "Pesanan {order}: {found} dikirim pada periode {period}; paling awal periode {limit}",
        "Order {order}: {found} delivered in period {period}; the earliest is period {limit}",
    ),
    "too_late": (
        "Pesanan {order}: {found} dikirim pada periode {period}; tidak boleh terlambat dari periode {limit}",
        "Order {order}: {found} delivered in period {period}; it may not be later than period {limit}",
    ),
    "short_forbidden": (
        "Pesanan {order}: kurang {found}; pesanan ini tidak boleh kurang",
        "Order {order}: {found} short; this order may not be short",
    ),
    "several_deliveries": (
        "Pesanan {order}: dikirim dalam {found} periode; harus sekaligus",
        "Order {order}: delivered in {found} periods; it must leave all at once",
    ),
    "part_delivery": (
        "Pesanan {order}: {found} dikirim dari {limit}; harus seluruhnya atau tidak sama sekali",
        "Order {order}: {found} delivered of {limit}; it must be all or nothing",
    ),
    "share_over": (
        "{workshop} memulai {found} {part}; bagian terbesarnya {limit}",
        "{workshop} starts {found} of {part}; its largest share is {limit}",
    ),
    "sources_few": (
        "{part} dibuat di {found} bengkel; sedikitnya {limit}",
        "{part} is made at {found} workshops; it takes at least {limit}",
    ),
    "assign_missing": (
        "Pesanan {order}: {found} dikirim tanpa bengkel yang ditunjuk",
        "Order {order}: {found} delivered with no workshop assigned",
    ),
    "assign_needless": (
        "Pesanan {order} bukan pesanan satu sumber, tetapi ditunjuk ke {workshop}",
        "Order {order} is not a single-source order, but is assigned to {workshop}",
    ),
    "assign_unable": (
        "Pesanan {order} ditunjuk ke {workshop}, yang tidak dapat membuat {part}",
        "Order {order} is assigned to {workshop}, which has no capability for {part}",
    ),
    "source_outrun": (
        "Sampai periode {period}, {found} {part} dikirim dari {workshop}; yang selesai di sana baru {limit}",
        "By period {period}, {found} of {part} are delivered from {workshop}; it has finished only {limit}",
    ),
    "promise_broken": (
        "{workshop} memulai {found} {part} pada periode {period}; sudah disepakati {limit}",
        "{workshop} starts {found} of {part} in period {period}; {limit} are committed",
    ),
    "scrap_needless": (
        "{found} {part} dibuang pada periode {period}; barang ini tidak punya masa simpan",
        "{found} of {part} are scrapped in period {period}; this part has no shelf life",
    ),
    "too_old": (
        "Stok {part} pada akhir periode {period} adalah {found}; yang masih dalam masa simpan hanya {limit}",
        "Stock of {part} at the end of period {period} is {found}; only {limit} came in within its shelf life",
    ),
    "status_unknown": (
        "Status {found} tidak dikenal; pilih salah satu dari {limit}",
        "Status {found} is not known; it is one of {limit}",
    ),
    "status_impossible": (
        "Status {found} tidak mungkin: tanpa membuat apa pun rencana ini sudah sah",
        "Status {found} cannot be: making nothing at all is a plan",
    ),
    "number_needless": (
        "Rencana berstatus {limit} tidak boleh memuat {table} {found}",
        "A plan of status {limit} may not claim {table} {found}",
    ),
    "number_missing": (
        "{table} tertulis {found}; seharusnya bilangan {limit}",
        "{table} is given as {found}; it should be the number {limit}",
    ),
    "number_differs": (
        "{table} tertulis {found}; dari baris rencana seharusnya {limit}",
        "{table} is given as {found}; by the plan's rows it is {limit}",
    ),
    "cost_unknown": (
        "Jenis biaya {found} tidak dikenal; pilih salah satu dari {limit}",
        "Cost kind {found} is not known; it is one of {limit}",
    ),
    "bound_negative": (
        "Batas bawah {found} harus berupa bilangan berhingga, sedikitnya {limit}",
        "Bound {found} must be a finite number of at least {limit}",
    ),
    "bound_over": (
        "Batas bawah {found} melebihi biaya rencana {limit}",
        "Bound {found} is above the plan's cost {limit}",
    ),
    "gap_wide": (
        "Status optimal dengan selisih {found}; paling besar {limit}",
        "Status optimal with a gap of {found}; it may be at most {limit}",
    ),
}

KINDS = {"part": "bagian", "workshop": "bengkel", "order": "pesanan"}  # of unknown_id, in Indonesian
FIELDS = ("found", "limit", "table", "part", "workshop", "order", "period")


def text(violation: Violation, language: Language = "id") -> str:
    """One sentence that names the rule, who and when, and the numbers; numbers in the language's own writing."""
    sentence = SENTENCES[violation.code][0 if language == "id" else 1]
    values = {field: written(getattr(violation, field), language) for field in FIELDS}
    if violation.code == "unknown_id" and language == "id":
        values["limit"] = KINDS.get(values["limit"], values["limit"])
    return f"{violation.rule}: {sentence.format(**values)}."


def written(value: object, language: Language) -> str:
    """A value for a sentence: 1234.5 becomes 1,234.5 in English and 1.234,5 in Indonesian."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return str(value)
    digits = f"{value:,}" if isinstance(value, int) else shortest(value)
    return digits if language == "en" else digits.translate(str.maketrans(",.", ".,"))


def shortest(value: float) -> str:
    """Nine decimals at most, so that a breach just over a tolerance of 1e-6 still shows."""
    if not math.isfinite(value) or abs(value) >= 1e15:
        return f"{value:g}"
    digits = f"{value:,.9f}".rstrip("0").rstrip(".")
    return f"{value:.3g}" if digits in {"0", "-0"} and value != 0 else digits
