"""Work orders, the hub, lots, their trace, milestones: a member's own, the manager's, the buyer's milestones."""

from datetime import date, timedelta
from decimal import Decimal

from addresses import (
    BUYER,
    EVERYBODY,
    INSPECTOR,
    MANAGER,
    MEMBER,
    OTHER_BUYER,
    OTHER_INSPECTOR,
    OTHER_MANAGER,
    OTHER_MEMBER,
    Rule,
)
from wadah.base.clock import now, today
from wadah.catalogue.services import bom_set, part_put, stock_count
from wadah.demand.models import Buyer
from wadah.demand.services import order_draft, order_line_add
from wadah.work.services.handing_over import hand_over
from wadah.work.services.material import Taking, material_issue, material_receive
from wadah.work.services.milestones import Step, milestone_hand_in, milestones_lay_out
from wadah.work.services.orders import OrderTerms, work_order_open
from wadah.work.services.progress import progress_report

MANAGERS = {MANAGER, OTHER_MANAGER}
CHECKING = {MANAGER, INSPECTOR}
CHECKERS = CHECKING | {OTHER_MANAGER, OTHER_INSPECTOR}
ORDER, LOT, STEP = {"number": "work order"}, {"number": "announced lot"}, {"pk": "milestone"}
SERVICE = {"number": "service order", "step": "step"}
RULES = {
    "work_order": Rule({MEMBER}, arguments=ORDER),
    "work_report": Rule({MEMBER}, arguments=ORDER, method="post", form={"pieces": "1"}),
    "work_give_up": Rule({MEMBER}, arguments=ORDER),
    "work_bring": Rule({MEMBER}, arguments=ORDER),
    "work_milestone": Rule({MEMBER}, arguments=SERVICE),
    "work_photo": Rule({MEMBER, MANAGER}, arguments=ORDER | {"pk": "report with photo"}),
    "work_order_paper": Rule({MEMBER, MANAGER}, arguments=ORDER),
    "bring": Rule({MEMBER, OTHER_MEMBER}),
    "bring_lot": Rule({MEMBER}, arguments=LOT),
    "bring_cancel": Rule({MEMBER}, arguments=LOT),
    "hand_over_paper": Rule({MEMBER, MANAGER}, arguments=LOT),
    "board": Rule(MANAGERS),
    "work_orders": Rule(MANAGERS),
    "work_order_new": Rule(MANAGERS),
    "board_order": Rule({MANAGER}, arguments=ORDER),
    "board_report": Rule({MANAGER}, arguments=ORDER, method="post", form={"pieces": "1"}),
    "board_counter": Rule({MANAGER}, arguments=ORDER),
    "board_short": Rule({MANAGER}, arguments=ORDER),
    "board_over": Rule({MANAGER}, arguments=ORDER),
    "board_steps": Rule({MANAGER}, arguments={"number": "service order"}),
    "board_step_in": Rule({MANAGER}, arguments=SERVICE),
    "board_step_out": Rule({MANAGER}, arguments=SERVICE),
    "material": Rule({MANAGER}, arguments=ORDER),
    "material_into_lot": Rule({MANAGER}, arguments=ORDER | {"part": "counted oil"}, method="post"),
    "material_back": Rule({MANAGER}, arguments=ORDER | {"pk": "issue"}),
    "material_spoilt": Rule({MANAGER}, arguments=ORDER | {"pk": "issue"}),
    "material_paper": Rule({MANAGER}, arguments=ORDER),
    "store": Rule(CHECKERS),
    "store_moves": Rule(CHECKERS),
    "material_add": Rule(MANAGERS),
    "lot_labels": Rule(CHECKING, arguments={"number": "sheet lot"}),
    "lot": Rule(CHECKING, arguments={"number": "sheet lot"}),
    "lot_receive": Rule({MANAGER}, arguments=LOT),
    "lot_take_back": Rule({MANAGER}, arguments=LOT),
    "lot_part": Rule({MANAGER}, arguments={"number": "sheet lot"}),
    "lot_join": Rule({MANAGER}, arguments={"number": "sheet lot"}),
    "lot_label": Rule({MANAGER}, arguments={"number": "sheet lot"}),
    "lot_send_back": Rule({MANAGER}, arguments={"number": "sheet lot"}),
    "lot_scrap": Rule({MANAGER}, arguments={"number": "sheet lot"}),
    "lot_check": Rule(EVERYBODY, arguments={"number": "sheet lot", "code": "sheet code"}),
    "trace": Rule(CHECKERS),
    "recall": Rule(CHECKERS),
    "milestones": Rule({MANAGER, BUYER, OTHER_MANAGER, OTHER_BUYER}),
    "milestone": Rule({MANAGER, BUYER}, arguments=STEP),
    "milestone_yes": Rule({MANAGER, BUYER}, arguments=STEP),
    "milestone_no": Rule({MANAGER, BUYER}, arguments=STEP),
    "milestone_file": Rule({MANAGER, BUYER}, arguments=STEP),
}


def build(cast, users):
    def part(code, **more):
        return part_put(code=code, name=code.title(), subsector=cast.subsector, **more)

    pin, sheet = part("PIN-KUNCI"), part("PELAT-BAJA", unit="kg", integer=False, supply="bought")
    film = part("ANIMASI-IKLAN", unit="hour", integer=False, service=True)
    oil = part("OLI", unit="kg", integer=False, supply="bought")
    bom_set(part=pin, components=[(sheet, Decimal("0.1")), (oil, Decimal("0.01"))])
    stock_count(cooperative=cast.cooperative, part=oil, as_of=today(), quantity=Decimal(5))
    row = given(cast, pin, 40)
    report = progress_report(work_order=row, pieces=Decimal(20), by=cast.sari.user)
    report.photo = photo()
    report.save()
    lot = hand_over(work_order=row, pieces=Decimal(10), bring_at=now() + timedelta(days=1), by=cast.sari.user)
    store = material_receive(
        cooperative=cast.cooperative, part=sheet, quantity=Decimal(20), supplier="Toko Baja", batch="B-1"
    )
    issue = material_issue(work_order=row, takings=[Taking(store, Decimal(2))])[0]
    buyer = Buyer.objects.get(name="Car maker")  # made by addresses.demand
    order = order_draft(buyer=buyer, cooperative=cast.cooperative, ordered_on=date(2025, 12, 2))
    line = order_line_add(
        order=order, part=film, quantity=30, due_on=today() + timedelta(days=30), short_cost_rupiah_piece=1
    )
    service = given(cast, film, 30, kind="service", line=line)
    due = today() + timedelta(days=9)
    first, second = milestones_lay_out(
        work_order=service, steps=[Step("Adegan satu", Decimal(10), due), Step("Adegan dua", Decimal(20), due)]
    )
    first = milestone_hand_in(milestone=first, link="https://contoh.id/1", by=cast.sari.user)
    first.attachment = photo()
    first.save()
    return {
        "work order": row.number,
        "report with photo": report.pk,
        "announced lot": lot.number,
        "sheet lot": store.number,
        "sheet code": store.check_code,
        "issue": issue.pk,
        "counted oil": oil.pk,
        "service order": service.number,
        "step": second.number,
        "milestone": first.pk,
    }


def given(cast, part, pieces, **more):
    return work_order_open(
        cooperative=cast.cooperative,
        part=part,
        workshop=cast.sari.workshop,
        week_start=today(),
        pieces=Decimal(pieces),
        terms=OrderTerms(pay_rupiah_piece=900, minutes_per_piece=Decimal(1)),
        by=cast.manager,
        reason="disepakati lewat telepon",
        beyond_hours=True,
        **more,
    )


def photo():
    from wadah.base.models import Attachment

    return Attachment.objects.create(content=b"\xff\xd8", media_type="image/jpeg", digest="0" * 64, at=now())
