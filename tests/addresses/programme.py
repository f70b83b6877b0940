"""The programme: an officer asks, proposes and adopts; a manager reads what concerns the own cooperative."""

from datetime import timedelta

from addresses import MANAGER, OFFICER, OTHER_MANAGER, Rule
from cast import MONDAY
from wadah.base.clock import now
from wadah.catalogue.services import part_put
from wadah.planning.plan import Plan
from wadah.planning.plandoc import plan_to_dict
from wadah.planning.problem import Calendar, Problem
from wadah.planning.problem import Part as PlannedPart
from wadah.planning.problemdoc import problem_to_dict
from wadah.plans.keep import packed
from wadah.plans.models import PlanRun
from wadah.programme.models import BottleneckRun, Study, StudyItem
from wadah.programme.packages.interventions import intervention_add

READERS = frozenset({MANAGER, OTHER_MANAGER})
ALL = {OFFICER, MANAGER, OTHER_MANAGER}
STUDY, PROPOSAL, ITEM = {"pk": "programme_study"}, {"pk": "programme_proposal"}, {"pk": "programme_item"}
CURVE = {"pk": "programme_curve"}


def writes(arguments):
    """Only an officer; a manager is told that it may be read alone."""
    return Rule({OFFICER}, reads=READERS, arguments=arguments, method="post")


RULES = {
    "bottlenecks": Rule(ALL),
    "bottlenecks_work_out": writes({"pk": "programme_run"}),
    "bottlenecks_propose": writes({"pk": "programme_bottlenecks"}),
    "programme": Rule(ALL),
    "studies_compare": Rule(ALL),
    "proposals": Rule(ALL),
    "proposal_add": Rule({OFFICER}),
    "curves": Rule(ALL),
    "ramp_add": Rule({OFFICER}),
    "ramp": Rule(ALL, arguments=CURVE),
    "ramp_change": Rule({OFFICER}, arguments=CURVE),
    "proposal": Rule({OFFICER, MANAGER}, arguments=PROPOSAL),
    "proposal_change": Rule({OFFICER}, arguments=PROPOSAL),
    "proposal_drop": writes(PROPOSAL),
    "proposal_back": writes(PROPOSAL),
    "study": Rule({OFFICER, MANAGER}, arguments=STUDY),
    "study_use_best": writes(STUDY),
    "study_discard": writes(STUDY),
    "study_back": writes(STUDY),
    "study_adopt": writes(STUDY),
    "study_adopt_undo": writes(STUDY),
    "study_item": Rule({OFFICER, MANAGER}, arguments=ITEM),
    "study_item_begin": Rule({OFFICER}, arguments=ITEM),
    "study_item_give_up": Rule({OFFICER}, arguments=ITEM),
}
SHOWN = {"asked": 500, "on_time": 400, "late": 60, "short": 40, "lines": 2, "lines_whole": 1, "hours": 90, "jobs": 0.2}
SKILL = {
    "part": "PROG-BUSH", "worth_hour": 12_000, "makers": 1, "hours": 528, "used": 500, "saved": 900_000,
    "most": 950_000, "promised": 1_100_000, "late": 12, "short": 30, "worked": 90, "jobs": 0.2, "settled": True,
}  # fmt: skip


def build(cast, users):
    return kept_answer(cast)


def files(part):
    """A plan of nothing, for one part that nobody makes."""
    problem = Problem(Calendar(MONDAY, 12), parts=(PlannedPart(part.code),), workshops=(), capabilities=(), orders=())
    return {
        "problem_file": packed(problem_to_dict(problem)),
        "plan_file": packed(plan_to_dict(Plan("feasible"))),
    }


def kept_answer(cast):
    """An answer that is adopted, with one part of it, and bottlenecks of a plan: rows as the jobs keep them."""
    bush = part_put(code="PROG-BUSH", name="Karet peredam mesin", subsector=cast.subsector)
    words = {"cooperative": cast.cooperative, "part": bush, "by": cast.officer}
    training = intervention_add(kind="training", workshop=cast.sari.workshop, **words)
    group = intervention_add(kind="new_group", area=cast.kelurahan, **words)
    run = PlanRun.objects.create(
        cooperative=cast.cooperative, start_on=MONDAY, weeks=12, status="draft", created_at=now(), **files(bush)
    )
    asked = BottleneckRun.objects.create(
        run=run, asked_at=now(), result={"skills": [SKILL], "nobody": [{"part": "PROG-BUSH", "pieces": 5}], "weeks": 12}
    )
    better = SHOWN | {"on_time": 450, "late": 40, "short": 10, "hours": 120, "jobs": 0.25}
    study = Study.objects.create(
        cooperative=cast.cooperative, status="done", start_on=MONDAY - timedelta(weeks=8), weeks=12,
        budget_rupiah=500_000_000, floor_m2=400, least_areas=1, time_limit_seconds=60,
        best_before_rupiah=9e6, bound_before_rupiah=8.9e6, best_after_rupiah=7e6, bound_after_rupiah=6.9e6,
        gain_rupiah=2e6, most_rupiah=2.2e6, promised_rupiah=3e6, asked_by=cast.officer, asked_at=now(),
        adopted_by=cast.officer, adopted_at=now(),
        shown={"before": SHOWN, "after": better, "proven": False, "plans": 7, "idle": [], "cost": 6e6, "space": 0},
    )  # fmt: skip
    item = StudyItem.objects.create(
        study=study, intervention=training, cost_rupiah=6_000_000, floor_m2=0, hours_week=20, chosen=True,
        price_rupiah=3e6, alone_rupiah=2e6, planned_pieces=[0.0, *[50.0] * 11], planned_hours=[0.0, *[10.0] * 11],
        shares=[0.0, *[1.0] * 11],
    )  # fmt: skip
    StudyItem.objects.create(study=study, intervention=group, cost_rupiah=90_000_000, floor_m2=60, hours_week=175)
    return {
        "programme_study": study.pk,
        "programme_proposal": training.pk,
        "programme_curve": training.ramp_id,
        "programme_item": item.pk,
        "programme_run": run.pk,
        "programme_bottlenecks": asked.pk,
    }
