"""Mentoring: a manager keeps the own cooperative's, an officer reads all, a member sees the own mentor."""

from datetime import timedelta

from addresses import MANAGER, MEMBER, OFFICER, OTHER_MANAGER, OTHER_MEMBER, Rule
from wadah.base.clock import today
from wadah.programme.mentoring.services import expert_hours_set, mentoring_start, visit_plan
from wadah.register.services import expert_register

MENTORING, VISIT = {"pk": "mentoring"}, {"pk": "visit"}
KEPT = Rule({MANAGER}, reads=frozenset(), arguments=MENTORING)
RULES = {
    "mentorings": Rule({MANAGER, OTHER_MANAGER, OFFICER}),
    "mentoring_find": Rule({MANAGER, OTHER_MANAGER, OFFICER}),
    "mentoring_add": Rule({MANAGER, OTHER_MANAGER}),
    "mentoring_report": Rule({MANAGER, OTHER_MANAGER, OFFICER}),
    "mentoring": Rule({MANAGER, OFFICER}, arguments=MENTORING),
    "mentoring_end": KEPT,
    "visit_add": KEPT,
    "visit_held": Rule({MANAGER}, arguments=VISIT),
    "visit_called_off": Rule({MANAGER}, arguments=VISIT),
    "expert_hours": Rule({MANAGER}, arguments={"pk": "mentor"}),
    "my_mentor": Rule({MEMBER, OTHER_MEMBER}),
}


def build(cast, users):
    skill = cast.skills["turning"]
    expert = expert_register(name="Pak Mulyono", skills=[skill], cooperative=cast.cooperative, simulated=True)
    expert_hours_set(expert=expert, valid_from=today(), hours_week=8)
    row = mentoring_start(
        expert=expert,
        workshop=cast.sari.workshop,
        cooperative=cast.cooperative,
        skill=skill,
        purpose="Baut tanpa cacat",
        starts_on=today(),
        ends_on=today() + timedelta(days=60),
    )
    visit = visit_plan(mentoring=row, on=today() + timedelta(days=7), minutes=120)
    return {"mentoring": row.pk, "visit": visit.pk, "mentor": expert.pk}
