"""What is shown of one workshop, ready for a template: claims with their words, machines, hours, leave, papers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from wadah.base.clock import today
from wadah.register.selectors import pattern_on
from wadah.web.views.manager.register import common
from wadah.web.views.manager.register.forms import DAYS

if TYPE_CHECKING:
    from wadah.register.models import Certificate, Leave, Machine, WeekPattern, Workshop, WorkshopSkill
    from wadah.web.lists import Words


@dataclass(frozen=True, slots=True)
class ClaimPart:
    """look, word: of its badge; sentence: who says so."""

    row: WorkshopSkill
    name: str
    look: str
    word: Words
    sentence: str


@dataclass(frozen=True, slots=True)
class WorkshopPart:
    """total: minutes of the usual week, None while not known; days: name of the day and its hours as text; coming: the
    pattern that takes its place later."""

    row: Workshop
    claims: list[ClaimPart]
    machines: list[tuple[Machine, str]]
    pattern: WeekPattern | None
    total: int | None
    days: list[tuple[Words, str]]
    coming: WeekPattern | None
    leaves: list[Leave]
    papers: list[Certificate]

    @property
    def pattern_hours(self) -> str:
        """Hours of the usual week, as people read them."""
        return common.hours_text(self.total)


def claim_part(row: WorkshopSkill) -> ClaimPart:
    look, word = common.LEVELS[row.claim]
    return ClaimPart(row, common.skill_name(row.skill), look, word, common.claim_sentence(row))


def workshop_part(row: Workshop) -> WorkshopPart:
    """row: with everything at hand (selectors.workshops_whole), so nothing is asked of the database here."""
    day = today()
    patterns = list(row.week_patterns.all())
    pattern = pattern_on(patterns, day)
    minutes = common.day_minutes_of(pattern) if pattern else []
    return WorkshopPart(
        row=row,
        claims=[claim_part(claim) for claim in row.mastered.all()],
        machines=[
            (machine, common.skill_name(machine.skill) if machine.skill else "")
            for machine in row.machines.all()
            if machine.archived_at is None
        ],
        pattern=pattern,
        total=sum(minutes) if pattern else None,
        days=[(words, common.hours_text(value)) for (_day, words), value in zip(DAYS, minutes, strict=False)],
        coming=next((one for one in patterns if one.valid_from > day), None),
        leaves=[leave for leave in row.leaves.all() if leave.last_day >= day],
        papers=[paper for paper in row.certificates.all() if paper.archived_at is None],
    )
