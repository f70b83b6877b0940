"""Plans and what may be done with them."""

from addresses import MANAGER, OFFICER, OTHER_MANAGER, Rule
from cast import MONDAY
from wadah.base.clock import now
from wadah.plans.models import PlanRun

PLAN_PAGE = Rule({MANAGER, OFFICER}, arguments={"pk": "run"})
RULES = {
    "plans": Rule({MANAGER, OFFICER, OTHER_MANAGER}),
    "plan": PLAN_PAGE,
    "plan_workshops": PLAN_PAGE,
    "plan_parts": PLAN_PAGE,
    "plan_late": PLAN_PAGE,
    "plan_table": PLAN_PAGE,
    "plan_fair": PLAN_PAGE,
    "plan_file": Rule({MANAGER, OFFICER}, arguments={"pk": "run", "which": "=problem"}),
    "plan_act": Rule({MANAGER}, reads=frozenset({OFFICER}), arguments={"pk": "run", "act": "=buang"}, method="post"),
}


def build(cast, users):
    run = PlanRun.objects.create(
        cooperative=cast.cooperative, status="failed", start_on=MONDAY, weeks=4, created_at=now(), stopped="none: test"
    )
    return {"run": run.pk}
