"""Plans and what may be done with them."""

from addresses import MANAGER, OFFICER, OTHER_MANAGER, Rule
from cast import MONDAY
from wadah.base.clock import now
from wadah.demand.models import OrderLine
from wadah.plans.models import PlanEdit, PlannedLine, PlannedLot, PlanRun

WHY = {"pk": "run", "line": "planned_line"}
EDIT = {"pk": "run", "edit": "plan_edit"}
PLAN_PAGE = Rule({MANAGER, OFFICER}, arguments={"pk": "run"})
RULES = {
    "plans": Rule({MANAGER, OFFICER, OTHER_MANAGER}),
    "plan": PLAN_PAGE,
    "plan_workshops": PLAN_PAGE,
    "plan_parts": PLAN_PAGE,
    "plan_late": PLAN_PAGE,
    "plan_table": PLAN_PAGE,
    "plan_fair": PLAN_PAGE,
    "plan_compare": PLAN_PAGE,
    "plan_why": Rule({MANAGER, OFFICER}, arguments=WHY),
    "plan_why_ask": Rule({MANAGER}, reads=frozenset({OFFICER}), arguments=WHY, method="post"),
    "plan_why_apply": Rule({MANAGER}, reads=frozenset({OFFICER}), arguments=WHY | {"place": "=0"}, method="post"),
    "plan_edits": PLAN_PAGE,
    "plan_edit_lot": Rule({MANAGER, OFFICER}, arguments={"pk": "run", "lot": "planned_lot"}),
    "plan_edit_workshop": Rule({MANAGER, OFFICER}, arguments={"pk": "run", "workshop": "edited_workshop"}),
    "plan_edit_act": Rule({MANAGER}, reads=frozenset({OFFICER}), arguments=EDIT | {"act": "=urungkan"}, method="post"),
    "plan_edits_act": Rule(
        {MANAGER}, reads=frozenset({OFFICER}), arguments={"pk": "run", "act": "=buang"}, method="post"
    ),
    "plan_file": Rule({MANAGER, OFFICER}, arguments={"pk": "run", "which": "=problem"}),
    "plan_act": Rule({MANAGER}, reads=frozenset({OFFICER}), arguments={"pk": "run", "act": "=buang"}, method="post"),
}


def build(cast, users):
    run = PlanRun.objects.create(
        cooperative=cast.cooperative, status="failed", start_on=MONDAY, weeks=4, created_at=now(), stopped="none: test"
    )
    line = OrderLine.objects.order_by("pk").first()  # the line that the rules of demand's addresses build
    row = PlannedLine.objects.create(run=run, line=line, short=5, due_period=0)
    lot = PlannedLot.objects.create(
        run=run, part=line.part, workshop=cast.sari.workshop, period=1, quantity=40, hours=8, pay_rupiah=12_000
    )
    edit = PlanEdit.objects.create(
        run=run,
        kind="pin",
        workshop=lot.workshop,
        part=lot.part,
        first_period=1,
        last_period=1,
        made_by=cast.manager,
        made_at=now(),
    )
    return {
        "run": run.pk,
        "planned_line": row.pk,
        "planned_lot": lot.pk,
        "plan_edit": edit.pk,
        "edited_workshop": lot.workshop_id,
    }
