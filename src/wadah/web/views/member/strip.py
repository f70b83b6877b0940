"""The strip of coming weeks, ready for a template: each day a button that closes it or opens it again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from wadah.units import DAYS, date_short_text
from wadah.web.views.manager.register.common import hours_text
from wadah.web.words import language

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from wadah.register.selectors import Day, Week

SHORT = 3
"""Letters of a day's name on its button."""


@dataclass(frozen=True, slots=True)
class DayPart:
    """state: as selectors.Day has it; value: what its button sends, "" for a day that can't be changed; name, mark: on
    the button; words: all of it, for who can't see it."""

    state: str
    value: str
    name: str
    number: int
    mark: str
    words: str


@dataclass(frozen=True, slots=True)
class WeekPart:
    """title: its days; hours: what is left of it; value, action: of the button for the whole week."""

    title: str
    hours: str
    value: str
    action: str
    days: list[DayPart]


def week_parts(weeks: Sequence[Week], today: date) -> list[WeekPart]:
    return [week_part(week, today) for week in weeks]


def week_part(week: Week, today: date) -> WeekPart:
    to_come = [day for day in week.days if day.date >= today]
    close = any(day.state != "closed" for day in to_come)
    span = f"{to_come[0].date}:{to_come[-1].date}"
    hours = _("hours not known") if week.usual is None else _("%(hours)s hours") % {"hours": hours_text(week.minutes)}
    return WeekPart(
        title=f"{date_short_text(week.monday, language())} – {date_short_text(week.sunday, language())}",
        hours=hours,
        value=f"{'tutup' if close else 'buka'}:{span}",
        action=_("Close the week") if close else _("Open the week"),
        days=[day_part(day, today) for day in week.days],
    )


def day_part(day: Day, today: date) -> DayPart:
    name = DAYS[language()][day.date.weekday()]
    words = {
        "open": _("open"),
        "closed": _("closed"),
        "holiday": day.holiday,
        "rest": _("day off"),
        "unknown": _("hours not known"),
    }[day.state]
    act = ""
    if day.date >= today:
        act = "buka" if day.state == "closed" else "tutup" if day.state in {"open", "unknown"} else ""
    told = {"buka": _("tap to open"), "tutup": _("tap to close")}.get(act, "")
    return DayPart(
        state=day.state,
        value=f"{act}:{day.date}:{day.date}" if act else "",
        name=name[:SHORT],
        number=day.date.day,
        mark={"open": hours_text(day.minutes), "closed": "✕", "holiday": "★", "rest": "–", "unknown": "?"}[day.state],
        words=", ".join(part for part in (f"{name} {day.date.day}", words, told) if part),
    )
