"""What `wadah replan` says, in Indonesian and English."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wadah.cli.promise_words import when
from wadah.cli.words import LANGUAGES, number, reason

if TYPE_CHECKING:
    from collections.abc import Iterable

    from wadah.planning.problem import Calendar, Lot
    from wadah.planning.repair import Difference

SHOWN = 12  # rows of one kind

WORDS: dict[str, tuple[str, str]] = {
    "bad_decline": (
        "--decline {text}: tulis BAGIAN,BENGKEL atau BAGIAN,BENGKEL,PERIODE dengan nama yang ada di masalah ini",
        "--decline {text}: write PART,WORKSHOP or PART,WORKSHOP,PERIOD with names of this problem",
    ),
    "bad_out": (
        "--out {text}: tulis BENGKEL,DARI,SAMPAI dengan bengkel dan periode yang ada di masalah ini",
        "--out {text}: write WORKSHOP,FROM,TO with a workshop and periods of this problem",
    ),
    "nothing": (
        "Tidak ada perubahan: beri --decline, --out atau --order",
        "Nothing has changed: give --decline, --out or --order",
    ),
    "committed": (
        "Sudah disepakati {quantity} {part} oleh {workshop} pada periode {when}; lepaskan dahulu (--release)",
        "{quantity} of {part} are committed by {workshop} in period {when}; release them first (--release)",
    ),
    "cost": (
        "Biaya seluruhnya {after}, sebelumnya {before}",
        "Cost in all {after}, before {before}",
    ),
    "bound": (
        "Terbukti: paling sedikit {bound} (selisih paling banyak {gap})",
        "Proven: no less than {bound} (at most {gap} apart)",
    ),
    "bound_carried": (
        "Paling sedikit {bound}, bila batas rencana semula benar (selisih paling banyak {gap})",
        "No less than {bound}, if the bound of the plan before is true (at most {gap} apart)",
    ),
    "seconds": ("Waktu: {seconds} detik", "Time: {seconds} seconds"),
    "same": ("Rencana tetap seperti semula.", "The plan stays as it was."),
    "lots": ("Lot yang berubah ({count}):", "Lots that change ({count}):"),
    "lot": (
        "  {workshop} {part} periode {when}: {before} menjadi {after}",
        "  {workshop} {part} period {when}: {before} becomes {after}",
    ),
    "less": ("  {workshop} mendapat {hours} jam lebih sedikit", "  {workshop} gets {hours} hours less"),
    "more": ("  {workshop} mendapat {hours} jam lebih banyak", "  {workshop} gets {hours} hours more"),
    "workshops": ("Bengkel ({count}):", "Workshops ({count}):"),
    "orders": ("Pesanan ({count}):", "Orders ({count}):"),
    "order": (
        "  {order}: kurang {short_before} menjadi {short_after}, terlambat {late_before} menjadi {late_after} "
        "buah-periode",
        "  {order}: short {short_before} becomes {short_after}, late {late_before} becomes {late_after} piece-periods",
    ),
    "and_more": ("  … dan {count} lagi (--all menampilkan semua)", "  … and {count} more (--all shows them)"),
    "no_plan": ("Tidak ada rencana: {why}", "No plan: {why}"),
    "written": ("Ditulis: {file}", "Written: {file}"),
}  # fmt: skip


def say(language: str, key: str, **values: object) -> str:
    """One sentence; `why` is given as a plan holds it (`stopped`)."""
    if "why" in values:
        values["why"] = reason(str(values["why"]), language)
    return WORDS[key][LANGUAGES.index(language)].format(**values)


def committed_lines(rows: Iterable[Lot], calendar: Calendar, language: str) -> list[str]:
    """A sentence for each committed row that a change would lose."""
    return [
        say(
            language,
            "committed",
            quantity=number(row.quantity, language),
            part=row.part,
            workshop=row.workshop,
            when=when(calendar, row.period),
        )
        for row in rows
    ]


def lines(found: Difference, calendar: Calendar, language: str, most: int | None = SHOWN) -> list[str]:
    """The difference of two plans, for people; most: rows of a kind, None for all."""
    if not (found.lots or found.orders):
        return [say(language, "same")]
    return [
        *block("lots", lot_lines(found, calendar, language), language, most),
        *block("workshops", workshop_lines(found, language), language, most),
        *block("orders", order_lines(found, language), language, most),
    ]


def block(key: str, rows: list[str], language: str, most: int | None) -> list[str]:
    if not rows:
        return []
    cut = len(rows) if most is None else most
    more = [say(language, "and_more", count=len(rows) - cut)] if len(rows) > cut else []
    return [say(language, key, count=len(rows)), *rows[:cut], *more]


def lot_lines(found: Difference, calendar: Calendar, language: str) -> list[str]:
    return [
        say(
            language,
            "lot",
            workshop=row.workshop,
            part=row.part,
            when=when(calendar, row.period),
            before=number(row.before, language),
            after=number(row.after, language),
        )
        for row in found.lots
    ]


def workshop_lines(found: Difference, language: str) -> list[str]:
    return [
        say(
            language,
            "less" if row.after < row.before else "more",
            workshop=row.workshop,
            hours=number(abs(row.after - row.before), language),
        )
        for row in found.workshops
    ]


def order_lines(found: Difference, language: str) -> list[str]:
    return [
        say(
            language,
            "order",
            order=row.order,
            short_before=number(row.short_before, language),
            short_after=number(row.short_after, language),
            late_before=number(row.late_before, language),
            late_after=number(row.late_after, language),
        )
        for row in found.orders
    ]
