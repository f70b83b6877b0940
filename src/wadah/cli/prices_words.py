"""What `wadah prices` says, in Indonesian and English."""

from __future__ import annotations

from wadah.cli.words import LANGUAGES

WORDS: dict[str, tuple[str, str]] = {
    "none": (
        "Tidak ada harga: rencana tidak memuatnya dan waktunya tidak cukup untuk menghitungnya (--time-limit).",
        "No prices: the plan holds none and there was no time to work them out (--time-limit).",
    ),
    "free": (
        "Tidak ada keahlian yang langka: satu jam lagi tidak bernilai apa pun di mana pun.",
        "No skill is scarce: one hour more would be worth nothing anywhere.",
    ),
    "skills": (
        "Nilai satu jam tambahan tiap keahlian, rupiah (harga marginal dari batas bawah rencana):",
        "What one more hour of each skill is worth, rupiah (marginal, from the plan's bound):",
    ),
    "skill": ("keahlian", "skill"),
    "makers": ("bengkel", "makers"),
    "load": ("terpakai", "used for it"),
    "mean": ("rata-rata", "mean"),
    "best": ("tertinggi", "highest"),
    "period": ("periode", "period"),
    "weeks": ("Tiap periode, ribuan rupiah sejam:", "Each period, thousands of rupiah an hour:"),
    "growth": (
        "Direncanakan ulang dengan {hours} jam lagi tiap periode untuk satu keahlian:",
        "Planned again with {hours} hours more each period for one skill:",
    ),
    "saved": ("hemat", "saved"),
    "most": ("paling banyak", "at most"),
    "price": ("menurut harga", "by price"),
    "late": ("terlambat −", "late −"),
    "short": ("kurang −", "short −"),
    "worked": ("jam kerja", "hours worked"),
    "jobs": ("pekerjaan 40 jam", "jobs of 40 h"),
    "untried": (
        "Tidak sempat direncanakan ulang: {skills}; beri --time-limit lebih panjang.",
        "There was no time to plan again with: {skills}; give a longer --time-limit.",
    ),
    "not settled": ("belum pasti", "not settled"),
    "not settled means": (
        "Belum pasti: pencarian sampai batasnya tanpa menemukan penghematan dan tanpa bukti bahwa tidak ada.",
        "Not settled: the search reached its limit without finding a saving, and without proof that there is none.",
    ),
    "near": (
        "Masalahnya besar: tiap keahlian direncanakan ulang hanya bersama yang ada di sekitarnya, mulai dari rencana"
        " ini. Merencanakan ulang seluruh kota mungkin menghemat lebih banyak: itu tidak terbukti.",
        "The problem is large: each skill was planned again only with what surrounds it, starting from this plan."
        " Planning the whole city again may save more: about that nothing is proven.",
    ),
}


def say(language: str, key: str, **values: object) -> str:
    return WORDS[key][LANGUAGES.index(language)].format(**values)
