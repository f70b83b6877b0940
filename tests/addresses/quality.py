"""Inspection, decisions, severity, plans, charts and trials: the manager's; a member's and a buyer's own."""

import io
from decimal import Decimal

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from addresses import (
    BUYER,
    INSPECTOR,
    MANAGER,
    MEMBER,
    OTHER_BUYER,
    OTHER_INSPECTOR,
    OTHER_MANAGER,
    OTHER_MEMBER,
    Rule,
)
from cast import MONDAY
from wadah.base.attachments import attachment_keep
from wadah.base.clock import now, today
from wadah.catalogue.services import approval_record, part_put, rate_set
from wadah.demand.models import Buyer
from wadah.work.models import InspectionPlan, SwitchingState, WorkOrder
from wadah.work.services.disposition import rejected_rework
from wadah.work.services.inspection import (
    Measured,
    inspection_close,
    inspection_open,
    inspection_standing,
    tranche_add,
)
from wadah.work.services.moves import lot_born
from wadah.work.services.trials import element_set, trial_open

MANAGERS, BUYERS = {MANAGER, OTHER_MANAGER}, {BUYER, OTHER_BUYER}
CHECKING = {MANAGER, INSPECTOR}
CHECKERS = CHECKING | {OTHER_MANAGER, OTHER_INSPECTOR}
LOT, OPEN, CLOSED = {"number": "lot waiting"}, {"number": "inspection open"}, {"number": "inspection closed"}
STATE, PLAN, TRIAL = {"pk": "severity state"}, {"pk": "inspection plan"}, {"number": "trial"}
PART = {"pk": "inspected part"}
RULES = {
    "quality": Rule(CHECKERS),
    "inspections": Rule(CHECKERS),
    "quality_lot": Rule(CHECKING, arguments=LOT),
    "inspection_begin": Rule(CHECKING, arguments=LOT, method="post"),
    "disposition_add": Rule(CHECKING, arguments={"number": "lot failed", "kind": "=sortir"}),
    "rework_return": Rule(CHECKING, arguments={"pk": "rework"}),
    "inspection": Rule(CHECKING, arguments=OPEN),
    "inspection_undo": Rule(CHECKING, arguments=OPEN, method="post"),
    "inspection_end": Rule(CHECKING, arguments=OPEN, method="post"),
    "inspection_call_off": Rule(CHECKING, arguments=OPEN),
    "inspection_photo": Rule(CHECKING, arguments=CLOSED | {"tranche": "tranche with photo"}),
    "inspection_paper": Rule(CHECKING, arguments=CLOSED),
    "severities": Rule(CHECKERS),
    "severity": Rule(CHECKING, arguments=STATE),
    "severity_act": Rule({MANAGER}, arguments=STATE | {"act": "=normal"}),
    "inspection_plans": Rule(CHECKERS),
    "inspection_plan_add": Rule(MANAGERS),
    "inspection_plan": Rule(CHECKING, arguments=PLAN),
    "inspection_plan_stop": Rule({MANAGER}, arguments=PLAN),
    "curve": Rule(CHECKERS | BUYERS),
    "charts": Rule(CHECKERS),
    "chart": Rule(CHECKING, arguments={"part": "inspected part", "workshop": "inspected workshop"}),
    "trials": Rule(CHECKERS),
    "trial_add": Rule(MANAGERS),
    "trial": Rule(CHECKING | {BUYER}, arguments=TRIAL),
    "trial_lot": Rule({MANAGER}, arguments=TRIAL),
    "trial_element": Rule(CHECKING, arguments=TRIAL | {"element": "element with file"}),
    "trial_file": Rule(CHECKING | {BUYER}, arguments=TRIAL | {"element": "element with file"}),
    "trial_ask": Rule(CHECKING | {BUYER}, arguments=TRIAL),
    "trial_pass": Rule(CHECKING, arguments=TRIAL),
    "trial_fail": Rule(CHECKING, arguments=TRIAL),
    "trial_stop": Rule({MANAGER}, arguments=TRIAL),
    "trial_paper": Rule(CHECKING | {BUYER}, arguments=TRIAL),
    # The catalogue of parts is everybody's; which workshops are listed is narrowed (tests/web/test_quality_pages.py).
    "part_makers": Rule(MANAGERS, arguments=PART),
    "part_papers": Rule(MANAGERS, arguments=PART),
    "maker_suspend": Rule({MANAGER}, arguments=PART | {"workshop": "inspected workshop"}),
    "work_settings_start": Rule(CHECKERS),
    "work_settings": Rule(CHECKING, arguments={"pk": "inspecting cooperative"}),
    "results": Rule({MEMBER, OTHER_MEMBER}),
    "result": Rule({MEMBER}, arguments=CLOSED),
    "result_photo": Rule({MEMBER}, arguments=CLOSED | {"tranche": "tranche with photo"}),
    "result_decision_photo": Rule({MEMBER}, arguments={"pk": "rework"}),
    "buyer_quality": Rule(BUYERS),
}


def build(cast, users):
    part = part_put(code="PASAK", name="Pasak", subsector=cast.subsector, skill=cast.skills["turning"])
    approval_record(part=part, workshop=cast.sari.workshop, status="approved", valid_from=MONDAY.replace(day=1))
    rate_set(part=part, workshop=cast.sari.workshop, valid_from=MONDAY, minutes_per_piece=1)
    plan = InspectionPlan.objects.create(cooperative=cast.cooperative, part=part, valid_from=MONDAY)
    plan.defect_rules.create(defect_class="major", method="user", n=5, ac=0, re=1)
    plan.characteristics.create(number=1, name="Diameter", kind="measured", unit="mm", lower="7.9", upper="8.1")
    waiting = made(cast, part)
    running = inspection_open(lot=made(cast, part), by=cast.manager)
    failed = made(cast, part)
    closed = failing(cast, failed)
    rework = rejected_rework(
        lot=failed, pieces=Decimal(10), reason="ulir", due_on=today(), by=cast.manager, photo=photo()
    )
    trial = trial_open(
        cooperative=cast.cooperative,
        part=part,
        workshop=cast.tini.workshop,
        buyer=Buyer.objects.get(name="Car maker"),  # made by addresses.demand
        by=cast.manager,
    )
    element_set(trial=trial, number=9, status="given", attachment=photo(), by=cast.manager)
    return {
        "inspected part": part.pk,
        "inspected workshop": cast.sari.workshop.pk,
        "inspecting cooperative": cast.cooperative.pk,
        "inspection plan": plan.pk,
        "lot waiting": waiting.number,
        "lot failed": failed.number,
        "inspection open": running.number,
        "inspection closed": closed.number,
        "tranche with photo": 1,
        "rework": rework.pk,
        "severity state": SwitchingState.objects.get().pk,
        "trial": trial.number,
        "element with file": 9,
    }


def made(cast, part):
    """A lot that Bu Sari handed over."""
    order = WorkOrder.objects.create(
        number=f"SPK-2025-{WorkOrder.objects.count() + 9000}",
        cooperative=cast.cooperative,
        part=part,
        workshop=cast.sari.workshop,
        promise_week=MONDAY,
        week_start=MONDAY,
        due_on=MONDAY,
        pieces=50,
        handed_over=50,
        made_at=now(),
    )
    return lot_born(
        cooperative=cast.cooperative, part=part, origin="made", quantity=Decimal(50), by=cast.manager, work_order=order
    )


def failing(cast, lot):
    """An inspection that rejects the lot, with values and a photo."""
    row = inspection_open(lot=lot, by=cast.manager)
    values = [Measured(1, sample, Decimal("8.0") + Decimal(sample) / 100) for sample in range(1, 6)]
    tranche_add(
        inspection=row, checked=5, defects={"major": 1}, values=values, note="ulir", photo=photo(), by=cast.manager
    )
    assert inspection_standing(row).lot_accepted is False
    return inspection_close(inspection=row, by=cast.manager)


def photo():
    picture = io.BytesIO()
    Image.new("RGB", (20, 20), "red").save(picture, "PNG")
    return attachment_keep(file=SimpleUploadedFile("foto.png", picture.getvalue()))
