"""Why a run ended, in Indonesian or English: the words behind `stopped` of a plan, and what stands in a plan's way.

`stopped` is kept in the plan file in English, one short phrase; where no plan is possible it is "infeasible: " and the
obstacles, joined by "; ". An obstacle is written by `obstacle` and read back by `obstacles_in`, so that a file is told
in the reader's language whoever wrote it, and with the way out (docs/model.md §5, §9 say what each one breaks).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from wadah.planning.violation import written

if TYPE_CHECKING:
    from wadah.planning.violation import Language

PREFIX = "infeasible: "
DECIMALS = 6  # of pieces

# code: as it stands in `stopped`
STORED: dict[str, str] = {
    "no_capability": "committed {cell}: {workshop} has no capability for {part}",
    "promised_above": "committed {cell}: {promised} promised, at most {most} can be started",
    "promise_missed": "committed {cell}: can't be kept, missed by {pieces} pieces",
    "promise": "committed {cell}",
    "order_short": "order {order}: can't be delivered whole as it must, short by {pieces} pieces",
    "order": "order {order}",
    "perishing": "stock {part}: {pieces} pieces can't be scrapped whole",
}
NUMBERS = ("promised", "most", "pieces")
BETWEEN = re.compile(r"; (?=committed |order |stock )")

# code: (Indonesian, English), each with the way out
SENTENCES: dict[str, tuple[str, str]] = {
    "no_capability": (
        "yang disepakati ({cell}) tidak dapat dibuat, karena {workshop} tidak lagi dapat membuat {part}; hapus dari "
        "daftar committed, atau tambahkan kembali kemampuan itu",
        "what is committed ({cell}) can't be made, since {workshop} has no capability for {part}; take it out of the "
        "list committed, or give the capability back",
    ),
    "promised_above": (
        "yang disepakati ({cell}) {promised} buah, tetapi paling banyak {most} dapat dimulai; sepakati lebih sedikit, "
        "atau tambah jam atau max_per_period",
        "{promised} pieces are committed ({cell}), but {most} at most can be started; commit fewer, or give more hours "
        "or max_per_period",
    ),
    "promise_missed": (
        "yang disepakati ({cell}) tidak dapat dipenuhi, kurang {pieces} buah; sepakati lebih sedikit, atau tambah jam "
        "atau bahan",
        "what is committed ({cell}) can't be kept, {pieces} pieces are missing; commit fewer, or give more hours or "
        "materials",
    ),
    "promise": (
        "yang disepakati ({cell}) mungkin tidak dapat dipenuhi bersama yang lain; longgarkan",
        "what is committed ({cell}) may be impossible together with the rest; loosen it",
    ),
    "order_short": (
        "pesanan {order} tidak boleh kurang, tetapi kurang {pieces} buah; beri short_cost, tempo yang lebih lama, atau "
        "jam tambahan",
        "order {order} may not be short, but {pieces} pieces are; give it a short_cost, a later date, or more hours",
    ),
    "order": (
        "pesanan {order} mungkin tidak dapat dipenuhi bersama yang lain; beri short_cost",
        "order {order} may be impossible together with the rest; give it a short_cost",
    ),
    "perishing": (
        "stok {part} ({pieces} buah) tidak dapat dibuang utuh; bulatkan stoknya",
        "the stock of {part} ({pieces} pieces) can't be scrapped whole; round it",
    ),
}

# the other phrases of `stopped`, and what they are in Indonesian
PHRASES: dict[str, str] = {
    "optimal": "terbukti optimal",
    "time limit": "batas waktu",
    "effort spent": "jatah hitungan habis",
    "asked to stop": "diminta berhenti",
    "nothing better found": "tidak ditemukan yang lebih baik",
    "solver stopped unexpectedly": "penghitung berhenti tiba-tiba",
    "stopped unexpectedly": "berhenti tiba-tiba",
    "first plan": "rencana pertama",
    "promise": "rencana setelah pesanan diterima",
    "replan": "rencana ulang",
}

STAGES: dict[str, str] = {
    "first plan": "rencana awal",
    "bound": "batas",
    "search": "pencarian",
    "improve": "perbaikan",
    "done": "selesai",
}
STATUSES: dict[str, str] = {
    "optimal": "optimal",
    "feasible": "layak",
    "infeasible": "tidak mungkin",
    "none": "tidak ada",
}


def obstacle(code: str, **values: object) -> str:
    """One obstacle as `stopped` holds it: code of STORED, values of its fields; pieces are exact to 6 decimals."""
    shown = {name: f"{round(v, DECIMALS):.15g}" if isinstance(v, float) else v for name, v in values.items()}
    return STORED[code].format(**shown)


def obstacles_in(stopped: str) -> list[tuple[str, dict[str, str]]]:
    """(code, fields) of each obstacle in `stopped` of an infeasible plan; code "" and {"text": …} for what is none."""
    return [read(text) for text in BETWEEN.split(stopped.removeprefix(PREFIX))]


def read(text: str) -> tuple[str, dict[str, str]]:
    for code, pattern in PATTERNS.items():
        if match := pattern.fullmatch(text):
            return code, match.groupdict()
    return "", {"text": text}


def pattern_of(stored: str) -> re.Pattern[str]:
    pieces = re.split(r"\{(\w+)\}", stored)
    groups = [rf"(?P<{text}>.+?)" if odd % 2 else re.escape(text) for odd, text in enumerate(pieces)]
    return re.compile("".join(groups))


PATTERNS = {code: pattern_of(stored) for code, stored in STORED.items()}


def told(stopped: str, language: Language) -> str:
    """`stopped` of a plan for people; a phrase that isn't known stays as it is."""
    if not stopped.startswith(PREFIX):
        return stopped if language == "en" else PHRASES.get(stopped, stopped)
    sentences = "; ".join(sentence(code, fields, language) for code, fields in obstacles_in(stopped))
    return f"{'tidak mungkin dipenuhi' if language == 'id' else 'infeasible'}: {sentences}"


def sentence(code: str, fields: dict[str, str], language: Language) -> str:
    """One obstacle and the way out."""
    if not code:
        return fields["text"]
    shown = {name: number(text, language) if name in NUMBERS else text for name, text in fields.items()}
    return SENTENCES[code][0 if language == "id" else 1].format(**shown)


def number(text: str, language: Language) -> str:
    try:
        return written(float(text), language)
    except ValueError:
        return text
