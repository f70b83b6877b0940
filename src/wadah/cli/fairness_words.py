"""What `wadah fairness` says, in Indonesian and English."""

from __future__ import annotations

from wadah.cli.words import LANGUAGES

WORDS: dict[str, tuple[str, str]] = {
    "weights": (
        "--key {policy} memerlukan --members CSV dengan kolom workshop dan weight",
        "--key {policy} needs --members CSV with the columns workshop and weight",
    ),
    "none": (
        "Tidak ada jawaban: waktunya habis (--time-limit), atau tidak ada rencana yang mematuhi semua aturan.",
        "No answer: the time ran out (--time-limit), or no plan obeys every rule.",
    ),
    "nobody": (
        "Tidak ada bengkel yang mengharapkan jam kerja, jadi tidak ada yang dibagi.",
        "No workshop wishes for any hours, so there is nothing to share.",
    ),
    "max_min": (
        "Setiap bengkel dapat memperoleh {share} dari jam yang diharapkannya; terbukti, tidak ada rencana yang"
        " memberi semuanya lebih dari {most}.",
        "Every workshop can get {share} of the hours it wishes for; proven, no plan gives all more than {most}.",
    ),
    "left out": (
        "Tidak dihitung, karena dalam rencana mana pun tidak ada pekerjaan untuknya: {names}.",
        "Left out, since no plan has any work for them: {names}.",
    ),
    "curve": (
        "Biaya terhadap pemerataan (relaksasi linear: rencana utuh berbiaya sama atau lebih):",
        "Cost against fairness (the linear relaxation: a whole plan costs this or more):",
    ),
    "merged": (
        "Masalahnya besar: tiap {merged} periode digabung menjadi satu. Terbukti: tidak ada rencana tanpa sisa yang"
        " memberi semuanya lebih dari itu, atau suatu bagian lebih murah daripada kolom paling sedikit. Tidak terbukti:"
        " apakah ada rencana yang mendekatinya; waktu di dalam periode gabungan diabaikan.",
        "The problem is large: every {merged} periods were merged into one. Proven: no plan without leftovers gives"
        " everyone more than that, or a share at less than the column at least. Not proven: whether a plan comes near"
        " it; time within the merged periods is left aside.",
    ),
    "incomplete": (
        "Waktunya tidak cukup untuk semua langkah; beri --time-limit lebih panjang.",
        "The time wasn't enough for every step; give a longer --time-limit.",
    ),
    "share": ("bagian", "share"),
    "gini": ("Gini", "Gini"),
    "cost": ("biaya", "cost"),
    "at least": ("paling sedikit", "at least"),
    "price": ("tambahan", "more"),
    "point": ("tiap poin", "a point"),
    "worst": ("Yang paling sedikit kebagian:", "Those who get least:"),
}  # fmt: skip


def say(language: str, key: str, **values: object) -> str:
    return WORDS[key][LANGUAGES.index(language)].format(**values)
