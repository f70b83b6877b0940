"""What `wadah promise` says, in Indonesian and English."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from wadah.cli.words import LANGUAGES, number, reason, rupiah

if TYPE_CHECKING:
    from wadah.planning.problem import Calendar
    from wadah.planning.promise import Answers, Displaced, Offer, Stop

DAYS = {"day": 1, "week": 7}
SHOWN = 8  # hours, makers and orders named in one answer

WORDS: dict[str, tuple[str, str]] = {
    "asked": ("{quantity} {part} sampai {when}", "{quantity} of {part} by {when}"),
    "yes": ("Bisa: semuanya sampai {when}.", "Yes: all of it by {when}."),
    "part": ("Sampai {when}: {quantity} saja.", "By {when}: {quantity} only."),
    "nothing": ("Sampai {when}: tidak satu pun.", "By {when}: none."),
    "at_most": (
        "Terbukti sampai {when}: paling banyak {quantity}.",
        "Proven by {when}: at most {quantity}.",
    ),
    "earliest": ("Paling cepat semuanya: {when}.", "All of it at the earliest: {when}."),
    "not_before": ("Terbukti: tidak sebelum {when}.", "Proven: not before {when}."),
    "never": ("Terbukti: tidak bisa semuanya sampai {when}.", "Proven: not all of it by {when}, the last period."),
    "no_date": (
        "Belum ditemukan tanggal untuk semuanya; beri waktu lebih (--time-limit).",
        "No date for all of it was found in the time given; give it more (--time-limit).",
    ),
    "cost": (
        "  biaya tambahan {cost}, harga terendah {price} sebuah (terbukti sedikitnya {least})",
        "  costs {cost} more, lowest price {price} each (proven: no less than {least} in all)",
    ),
    "cost_unproven": (
        "  biaya tambahan {cost}, harga terendah {price} sebuah (belum terbukti yang termurah)",
        "  costs {cost} more, lowest price {price} each (not proven to be the least)",
    ),
    "too_early": (
        "Tanggal itu sebelum pekerjaan bisa dimulai.",
        "That date is before the work could start.",
    ),
    "no_maker": (
        "Yang menahan: {part}. Tidak ada bengkel yang bisa membuatnya.",
        "What stops it: {part}. No workshop can make it.",
    ),
    "hours_full": (
        "Yang menahan: {part}. {count} bengkel pembuatnya tinggal punya {hours} jam sampai {when}: {makers}",
        "What stops it: {part}. Its {count} makers have {hours} hours left by {when}: {makers}",
    ),
    "rules": (
        "Yang menahan: {part}. Jamnya ada ({hours} di {count} bengkel sampai {when}), tetapi lot terkecil, bilangan "
        "bulat atau aturan jumlah sumber tidak mengizinkan: {makers}",
        "What stops it: {part}. There are hours ({hours} at {count} makers by {when}), but smallest lots, whole "
        "pieces or sourcing rules don't allow it: {makers}",
    ),
    "hour": (
        "  {workshop} {when}: sisa {left} jam; satu jam lagi memberi {gain}",
        "  {workshop} {when}: {left} hours left; one more would give {gain}",
    ),
    "proof_hours": (
        "Bukti: harga jam-jam ini membatasi jumlahnya, apa pun yang dikerjakan.",
        "Proof: the prices of these hours bound the quantity, whatever is done.",
    ),
    "proof_search": ("Bukti: semua kemungkinan sudah diperiksa.", "Proof: every possibility has been searched."),
    "proof_none": (
        "Belum terbukti; beri waktu lebih (--time-limit).",
        "Not proven yet; give it more time (--time-limit).",
    ),
    "moved": ("Bila pekerjaan lain boleh digeser:", "If other work may be moved:"),
    "displaced": (
        "  {order}: kurang {short} lagi, terlambat {late} buah-periode lagi ({cost})",
        "  {order}: {short} more short, {late} more piece-periods late ({cost})",
    ),
    "displaces_none": ("  tidak ada pesanan yang dirugikan", "  no order is worse off"),
    "and_more": ("  … dan {count} lagi", "  … and {count} more"),
    "planning": ("Tanpa --plan: merencanakan dahulu …", "No --plan given: planning first …"),
    "no_plan": ("Tidak ada rencana: {why}", "There is no plan: {why}"),
    "written": ("Ditulis: {file}", "Written: {file}"),
    "nothing_to_take": ("Tidak ada yang bisa diterima; {file} tidak ditulis.", "Nothing to take; {file} not written."),
}  # fmt: skip


def say(language: str, key: str, **values: object) -> str:
    """One sentence; `why` is given as a plan holds it (`stopped`)."""
    if "why" in values:
        values["why"] = reason(str(values["why"]), language)
    return WORDS[key][LANGUAGES.index(language)].format(**values)


def when(calendar: Calendar, t: int) -> str:
    """`9 (2027-02-08)`: the period and the day it starts on, where the calendar says how long a period is."""
    days = DAYS.get(calendar.period)
    return str(t) if days is None else f"{t} ({(calendar.start + timedelta(days=days * t)).isoformat()})"


def lines(answers: Answers, due: int, quantity: float, calendar: Calendar, language: str) -> list[str]:
    """What can be had, for people."""
    last = when(calendar, answers.periods - 1)
    found = quantity_lines(answers, due, quantity, calendar, language)
    if answers.whole is not None and answers.whole.period != due:
        found.append(say(language, "earliest", when=when(calendar, answers.whole.period)))
        found.append(cost_line(answers.whole, language))
    if answers.whole is None and answers.no_earlier >= answers.periods:
        return [*found, say(language, "never", when=last)]
    if answers.whole is None:
        found.append(say(language, "no_date"))
    if answers.whole is None or answers.no_earlier < answers.whole.period:
        found.append(say(language, "not_before", when=when(calendar, answers.no_earlier)))
    return found


def quantity_lines(answers: Answers, due: int, quantity: float, calendar: Calendar, language: str) -> list[str]:
    most, date = answers.most, when(calendar, due)
    if most is None:
        found = [say(language, "nothing", when=date)]
    elif most.quantity >= quantity - 1e-6:
        return [say(language, "yes", when=date), cost_line(most, language)]
    else:
        found = [say(language, "part", when=date, quantity=number(most.quantity, language)), cost_line(most, language)]
    if answers.most_bound < quantity:
        found.append(say(language, "at_most", when=date, quantity=number(answers.most_bound, language)))
    return found


def cost_line(offer: Offer, language: str) -> str:
    """What an offer costs, and how much of it is proven: less than nothing, beside a cost, is no proof worth a word."""
    key = "cost" if offer.least_cost >= min(0.0, offer.cost) else "cost_unproven"
    price, least = rupiah(-(-offer.price // 1)), rupiah(offer.least_cost)
    return say(language, key, cost=rupiah(offer.cost), price=price, least=least)


def stop_lines(stop: Stop, calendar: Calendar, language: str) -> list[str]:
    """What stops it, the hours named, and the proof."""
    makers = ", ".join(f"{name} {number(left, language, 1)}" for name, left in stop.makers[:SHOWN])
    more = ", …" if len(stop.makers) > SHOWN else ""
    found = [
        say(
            language,
            stop.code,
            part=stop.part,
            count=len(stop.makers),
            hours=number(sum(left for _, left in stop.makers), language, 1),
            when=when(calendar, stop.period),
            makers=makers + more,
        )
    ]
    for hours in stop.hours[:SHOWN]:
        at, left = when(calendar, hours.period), number(hours.left, language)
        gain = number(hours.price, language)
        found.append(say(language, "hour", workshop=hours.workshop, when=at, left=left, gain=gain))
    if len(stop.hours) > SHOWN:
        found.append(say(language, "and_more", count=len(stop.hours) - SHOWN))
    return [*found, say(language, f"proof_{stop.proof}")]


def displaced_lines(rows: tuple[Displaced, ...], language: str) -> list[str]:
    """Who gives way."""
    found = [
        say(
            language,
            "displaced",
            order=row.order,
            short=number(row.short, language),
            late=number(row.late, language),
            cost=rupiah(row.cost),
        )
        for row in rows[:SHOWN]
    ]
    if len(rows) > SHOWN:
        found.append(say(language, "and_more", count=len(rows) - SHOWN))
    return found or [say(language, "displaces_none")]
