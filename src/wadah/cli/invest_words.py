"""What `wadah invest` says, in Indonesian and English."""

from __future__ import annotations

from wadah.cli.words import LANGUAGES

WORDS: dict[str, tuple[str, str]] = {
    "no plan": (
        "Tanpa kandidat mana pun tidak ada rencana dalam waktu itu; beri --time-limit lebih panjang.",
        "Without any candidate there was no plan in that time; give a longer --time-limit.",
    ),
    "no group": (
        "Tidak ada kandidat dari {groups}: tulis kelompoknya pada kandidat (group), atau hapus dari --least-each.",
        "No candidate is of {groups}: write the group with a candidate (group), or take it out of --least-each.",
    ),
    "out of reach": (
        "Tidak ada paket dalam anggaran dan luas itu yang memenuhi --least-groups dan --least-each; "
        "naikkan --budget atau --space, atau turunkan syaratnya.",
        "No package within that budget and space meets --least-groups and --least-each; "
        "raise --budget or --space, or ask for less.",
    ),
    "nothing": (
        "Tidak ada paket dalam batas ini yang menghemat apa pun.",
        "No package within these limits saves anything.",
    ),
    "best": ("Paket terbaik: {chosen}", "Best package: {chosen}"),
    "spends": (
        "  biaya {cost} dari anggaran {budget}, luas {space} m²",
        "  it costs {cost} of a budget of {budget}, and takes {space} m²",
    ),
    "saves": (
        "  rencana {before} menjadi {after}: hemat {saved} (menurut harga {promised})",
        "  the plan {before} becomes {after}: {saved} saved (by the prices {promised})",
    ),
    "pieces": (
        "  buah terlambat berkurang {late}, buah kurang berkurang {short}",
        "  {late} fewer pieces late, {short} fewer short",
    ),
    "proven": (
        "  Terbukti: tidak ada paket dalam batas ini yang menghemat lebih banyak.",
        "  Proven: no package within these limits saves more.",
    ),
    "gap": (
        "  Terbukti hanya bahwa tidak ada paket dalam batas ini yang menghemat lebih dari {most}.",
        "  Proven only that no package within these limits saves more than {most}.",
    ),
    "each": ("Tiap kandidat sendiri:", "Each candidate by itself:"),
    "candidate": ("kandidat", "candidate"),
    "cost": ("biaya", "cost"),
    "space": ("m²", "m²"),
    "price": ("menurut harga", "by price"),
    "alone": ("direncanakan ulang", "planned again"),
    "untried": ("–", "–"),
    "untried means": (
        "–: muat dalam batas, tetapi tidak sempat direncanakan ulang; beri --time-limit lebih panjang.",
        "–: it fits the limits, but there was no time to plan again with it; give a longer --time-limit.",
    ),
    "not settled": ("belum pasti", "not settled"),
    "not settled means": (
        "Belum pasti: pencarian sampai batasnya tanpa menemukan penghematan dan tanpa bukti bahwa tidak ada.",
        "Not settled: the search reached its limit without finding a saving, and without proof that there is none.",
    ),
    "chosen": ("terpilih", "chosen"),
    "yes": ("ya", "yes"),
}


def say(language: str, key: str, **values: object) -> str:
    return WORDS[key][LANGUAGES.index(language)].format(**values)
