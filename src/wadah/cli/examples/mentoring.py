"""Experts for trying mentoring out: made up, with hours, one of them beside a batik group."""

from __future__ import annotations

from datetime import timedelta

from wadah.base.clock import today
from wadah.cli.examples.tables import RECORDS_SINCE
from wadah.programme.mentoring.services import expert_hours_set, mentoring_start, visit_hold, visit_plan
from wadah.register.models import Area, Cooperative, Expert, Skill, Workshop
from wadah.register.services import expert_register

WORKSHOP = "BTK-1"
PROCESS = "batik_celup_lorod"
EXPERTS = (
    ("Mulyono (simulasi)", ("turning", "lapping"), 22, 15, "32.75.01.1003", 6, "Operator bubut di pabrik mobil"),
    ("Rahayu (simulasi)", (PROCESS,), 18, 7, "32.75.02.1002", 8, "Penyelia celup di pabrik tekstil"),
    ("Santoso (simulasi)", ("marking_inspection", "turning"), 25, 20, "32.75.09.1002", 4, "Kepala mutu komponen"),
)
"""Name, processes (those that the examples have), years, of them in multinational firms, kelurahan, hours, who."""


def load_mentoring(cooperative: Cooperative) -> None:
    """Writes them unless an expert is there already."""
    if Expert.objects.exists():
        return
    for row in EXPERTS:
        add(*row, cooperative=cooperative)
    begin(cooperative)


def add(
    name: str,
    skills: tuple[str, ...],
    years: int,
    multinational: int,
    area: str,
    hours: int,
    background: str,
    *,
    cooperative: Cooperative,
) -> None:
    expert = expert_register(
        name=name,
        skills=Skill.objects.filter(code__in=skills),
        years_experience=years,
        multinational_years=multinational,
        background=background,
        area=Area.objects.get(code=area),
        cooperative=cooperative,
        simulated=True,
    )
    expert_hours_set(expert=expert, valid_from=RECORDS_SINCE, hours_week=hours)


def begin(cooperative: Cooperative) -> None:
    """Two weeks ago, with a visit held and the next one planned."""
    day = today()
    row = mentoring_start(
        expert=Expert.objects.get(skills__code=PROCESS),
        workshop=Workshop.objects.get(code=WORKSHOP),
        cooperative=cooperative,
        skill=Skill.objects.get(code=PROCESS),
        purpose="Warna tidak luntur, supaya lot uji lulus (simulasi)",
        starts_on=day - timedelta(days=14),
        ends_on=day + timedelta(days=70),
    )
    held = visit_plan(mentoring=row, on=day - timedelta(days=7), minutes=120)
    visit_hold(visit=held, minutes=135, done="Suhu lorod diukur, takaran soda abu dicatat (simulasi)")
    visit_plan(mentoring=row, on=day + timedelta(days=7), minutes=120)
