"""What the command line says, in Indonesian and English, and how it writes numbers."""

from __future__ import annotations

import os

from wadah.planning.obstacles import STAGES, STATUSES, told
from wadah.units import decimal_text, number_text, percent_text, rupiah_of, rupiah_text

LANGUAGES = ("id", "en")

WORDS: dict[str, tuple[str, str]] = {
    "unreachable": ("{file}: tidak dapat dibuka atau ditulis ({why})", "{file}: can't be opened or written ({why})"),
    "getting ready": (
        "Menyiapkan perencana untuk pertama kali, satu atau dua menit …",
        "Getting the planner ready for the first time, a minute or two …",
    ),
    "sound": ("Rencana ini mematuhi semua aturan.", "This plan obeys every rule."),
    "broken": ("{count} aturan dilanggar:", "{count} rules are broken:"),
    "objective": ("Biaya seluruhnya", "Cost in all"),
    "bound": ("Batas bawah terbukti", "Proven lower bound"),
    "gap": ("Selisih paling banyak", "Gap at most"),
    "status": ("Status", "Status"),
    "seconds": ("Detik", "Seconds"),
    "stopped": ("Berhenti karena", "Stopped because"),
    "orders": ("Pesanan", "Orders"),
    "on time": ("tepat", "on time"),
    "late": ("terlambat", "late"),
    "short": ("kurang", "short"),
    "quantity": ("diminta", "asked"),
    "due": ("tempo", "due"),
    "order": ("pesanan", "order"),
    "part": ("bagian", "part"),
    "workshop": ("bengkel", "workshop"),
    "hours": ("jam", "hours"),
    "work": ("pekerjaan", "work"),
    "gantt": (
        "Beban, satu huruf tiap {each} periode: 0-9 persepuluhan jam kerja, # penuh, + lembur, . kosong",
        "Load, a letter for each {each} period(s): 0-9 tenths of the hours, # full, + overtime, . none",
    ),
    "more": ("… dan {count} lagi (--all menampilkan semua)", "… and {count} more (--all shows them)"),
    "written": ("Rencana ditulis ke {file}", "Plan written to {file}"),
    "no plan": ("Tidak ada rencana: {why}", "No plan: {why}"),
    "no plan in file": (
        "Berkas ini tidak memuat rencana ({status}): {why}",
        "This file holds no plan ({status}): {why}",
    ),
    "best so far": ("Dihentikan; ini rencana terbaik sejauh ini.", "Stopped; this is the best plan so far."),
    "make": ("pembuatan", "making"),
    "setup": ("persiapan", "set-ups"),
    "overtime": ("lembur", "overtime"),
    "engage": ("mengajak bengkel", "engaging workshops"),
    "holding": ("persediaan", "stock"),
    "fairness": ("pemerataan", "fairness"),
    "change": ("perubahan", "changes"),
    "generated": ("{file}: kota simulasi, {workshops} bengkel", "{file}: a simulated city, {workshops} workshops"),
    "system": ("sistem menolak ({why})", "the system refuses ({why})"),
    "cold": (
        "perencana tidak dapat disiapkan: {why}; beri ruang di disk dan memori, lalu coba lagi",
        "the planner can't be made ready: {why}; make room on the disk and in memory, then try again",
    ),
    "setting": ("pengaturan tidak dapat dipakai: {what}", "a setting can't be used: {what}"),
    "setting value": (
        "variabel lingkungan {name} berisi {found}; isi dengan {expected}",
        "the environment variable {name} holds {found}; give it {expected}",
    ),
    "database": (
        "basis data tidak dapat dipakai ({why}); periksa WADAH_DATABASE, dan apakah basis data itu berjalan",
        "the database can't be used ({why}); check WADAH_DATABASE, and whether that database is running",
    ),
    "database too old": (
        "basis data ini dibuat oleh versi sebelum rilis pertama, yang tabelnya berbeda; buka sekali dengan "
        "versi itu yang terakhir, atau mulai dengan basis data baru (WADAH_DATABASE)",
        "this database was made by a version from before the first release, whose tables differ; open it once with the "
        "last of those versions, or begin with a new database (WADAH_DATABASE)",
    ),
    "host unknown": (
        "--host: {host} bukan alamat yang dikenal; beri alamat komputer ini, misalnya 127.0.0.1",
        "--host: {host} is not a known address; give one of this machine, such as 127.0.0.1",
    ),
    "port taken": (
        "--port: {port} sudah dipakai program lain; pilih yang lain",
        "--port: {port} is in use; choose another one",
    ),
    "example": (
        "{file}: {parts} bagian, {workshops} bengkel, {orders} pesanan",
        "{file}: {parts} parts, {workshops} workshops, {orders} orders",
    ),
    "founded": ("{cooperative}: pengelola {manager}", "{cooperative}: managed by {manager}"),
    "way in": (
        "Buka alamat ini di situs Anda dalam 24 jam, sekali saja: {address}",
        "Open this address on your site within 24 hours, once: {address}",
    ),
    "accounts": ("Akun coba:", "Demo accounts:"),
    "manager": ("pengelola", "manager"),
    "member": ("anggota", "member"),
    "buyer": ("pembeli", "buyer"),
    "officer": ("petugas kota", "city officer"),
    "school": ("sekolah", "school"),
    "admin": ("admin", "admin"),
    "password": ("Kata sandi semua akun: {password}", "The password of all: {password}"),
}  # fmt: skip


def language_of(asked: str | None) -> str:
    """--lang, else WADAH_LANG, else English where the locale is English, else Indonesian."""
    chosen = asked or os.environ.get("WADAH_LANG", "")
    if chosen in LANGUAGES:
        return chosen
    locale = next((os.environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(name)), "")
    return "en" if locale.lower().startswith("en") else "id"


def say(language: str, key: str, **values: object) -> str:
    return WORDS[key][LANGUAGES.index(language)].format(**values)


def reason(stopped: str, language: str) -> str:
    """Why a run ended, for people; what stands in the way of a plan with the way out."""
    return told(stopped, "en" if language == "en" else "id")


def stage(word: str, language: str) -> str:
    """What the planner is doing."""
    return word if language == "en" else STAGES.get(word, word)


def status(word: str, language: str) -> str:
    """Status of a plan."""
    return word if language == "en" else STATUSES.get(word, word)


def rupiah(amount: float) -> str:
    return rupiah_text(rupiah_of(amount))


def number(value: float, language: str, places: int = 2) -> str:
    return decimal_text(round(value, places), places, language)


def whole(value: int, language: str) -> str:
    return number_text(value, language)


def percent(ratio: float, language: str) -> str:
    return percent_text(round(ratio, 8), 4 if ratio < 0.001 else 2, language)
