"""A large cooperative as rows, made up: the simulated city (planning.city) put into the register, and what it works on.

In: a cooperative with a manager, and how large it is to be. Out: members with a login, a usual week, skills and
machines; parts with what goes into them; approvals and rates; orders; a plan made by the planner and put into force,
its offers sent, most of them taken, work orders, lots at the hub. All of it is marked simulated. The same seed gives
the same rows, but for what the planner finds in its seconds.
"""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from random import Random

from wadah.accounts.models import User
from wadah.base.clock import monday, now, today
from wadah.base.jobs import jobs_run_waiting
from wadah.base.models import Change
from wadah.base.numbering import numbers_next
from wadah.catalogue.models import Approval, BomLine, HubStock, MaterialPrice, Part, Rate
from wadah.demand.models import Buyer, Order, OrderLine
from wadah.planning.city import FAMILIES, generate
from wadah.plans.models import CapacityBucket, Commitment, PartOutput, PlanRun
from wadah.plans.services import plan_publish, plan_run_start
from wadah.register.models import (
    Area,
    Holiday,
    Ikm,
    Leave,
    Machine,
    Membership,
    Skill,
    Subsector,
    WeekPattern,
    Workshop,
    WorkshopSkill,
)
from wadah.work.models import Lot, Offer, WorkOrder, WorkPackage
from wadah.work.services.offering import offers_sync

PERIODS = 12
AT_ONCE = 2_000  # rows written by one statement
KECAMATAN, KELURAHAN, BUYERS, CHANGES = 12, 56, 60, 50_000
WEEK = timedelta(weeks=1)
SINCE = "2025-01-01"
MADE_UP = {"simulated": True}


def cooperative_fill(*, cooperative, manager, city, workshops, parts, orders, seed, plan_seconds):
    """All of it; returns the plan in force."""
    made = generate(workshops=workshops, parts=parts, orders=orders, periods=PERIODS, seed=seed)
    dice = Random(seed)
    shops = members_put(cooperative, made.workshops, areas_put(city, dice), dice)
    catalogue = parts_put(made.parts, dice)
    makers_put(made.capabilities, catalogue, shops)
    stock_put(cooperative, [part for part in catalogue.values() if part.supply == "bought"], dice)
    orders_put(cooperative, made.orders, catalogue, dice)
    outputs_put(cooperative, catalogue.values(), dice)
    changes_put(shops.values(), manager, dice)
    Holiday.objects.get_or_create(date=date(today().year + 1, 1, 1), defaults={"name": "Tahun Baru"})
    Commitment.objects.all().delete()  # of the few objects that were there: nobody has the material for them
    CapacityBucket.objects.all().delete()
    run = plan_run_start(
        cooperative=cooperative, start_on=today(), weeks=PERIODS, time_limit_seconds=plan_seconds, by=manager
    )
    jobs_run_waiting(limit=1)
    run.refresh_from_db()
    assert run.has_plan, run.stopped
    plan_publish(run=run, by=manager)
    numbers_next("TW", today().year, 100)  # the offers that were there were numbered by hand
    offers_sync(cooperative=cooperative, by=manager)
    work_begin(cooperative, manager, dice)
    return PlanRun.objects.defer("problem_file", "plan_file").get(pk=run.pk)


def put(model, rows):
    return model.objects.bulk_create(rows, batch_size=AT_ONCE)


def areas_put(city, dice):
    districts = put(
        Area, [area(f"32.75.{n:02d}", f"Kecamatan {n}", "kecamatan", city, dice) for n in range(50, 50 + KECAMATAN)]
    )
    return put(
        Area,
        [
            area(f"{district.code}.{n:04d}", f"Kelurahan {n}", "kelurahan", district, dice)
            for n in range(KELURAHAN)
            for district in [districts[n % KECAMATAN]]
        ],
    )


def area(code, name, kind, parent, dice):
    place = {"lat": -6.2 - dice.random() / 5, "lng": 106.9 + dice.random() / 5}
    return Area(code=code, name=name, name_spaced=name, kind=kind, parent=parent, **place)


def members_put(cooperative, workshops, areas, dice):
    """Firms, people, memberships, workshops and their usual week; workshops by the city's id of them."""
    users = put(
        User,
        [
            User(phone=f"+62819{number:08d}", name=f"Bapak Slamet Widodo {number}", password="!")
            for number in range(len(workshops))
        ],
    )
    firms = put(
        Ikm,
        [
            Ikm(
                name=f"Usaha Karya Mandiri {row.id}",
                owner_name=user.name,
                phone=user.phone,
                area=dice.choice(areas),
                workers=dice.randint(1, 9),
                **MADE_UP,
            )
            for row, user in zip(workshops, users, strict=True)
        ],
    )
    put(
        Membership,
        [
            Membership(cooperative=cooperative, ikm=firm, user=user, role="member", joined_on=SINCE)
            for firm, user in zip(firms, users, strict=True)
        ],
    )
    shops = put(
        Workshop,
        [
            Workshop(ikm=firm, code=f"S-{row.id}", name=f"Bengkel {firm.owner_name}", confirmed_at=now(), **MADE_UP)
            for row, firm in zip(workshops, firms, strict=True)
        ],
    )
    known_put(firms, shops, dice)
    put(WeekPattern, [week(shop, row) for shop, row in zip(shops, workshops, strict=True)])
    return {row.id: shop for row, shop in zip(workshops, shops, strict=True)}


def week(shop, row):
    """The city's usual hours over five days, no day longer than a day; its overtime."""
    day = min(1440, round(max(row.hours) * 60 / 5))
    days = dict.fromkeys(("minutes_monday", "minutes_tuesday", "minutes_wednesday", "minutes_thursday"), day)
    return WeekPattern(
        workshop=shop,
        valid_from=SINCE,
        minutes_friday=day,
        overtime_minutes_week=min(2 * 1440, round(max(row.overtime_hours) * 60)),
        overtime_cost_rupiah_hour=round(row.overtime_cost),
        **days,
    )


def known_put(firms, shops, dice):
    """Subsectors, skills and machines of each workshop, and leave of every tenth."""
    subsectors = list(Subsector.objects.all())
    skills = put(Skill, [Skill(code=f"city-{name}", name=name, name_en=name) for name in FAMILIES])
    sector_of = Ikm.subsectors.through
    put(sector_of, [sector_of(ikm_id=firm.pk, subsector_id=dice.choice(subsectors).pk) for firm in firms])
    for shop in shops:
        shop.makes = dice.sample(skills, dice.randint(1, 3))
    put(WorkshopSkill, [WorkshopSkill(workshop=shop, skill=skill) for shop in shops for skill in shop.makes])
    put(Machine, [Machine(workshop=shop, skill=shop.makes[0], name="Mesin bangku") for shop in shops])
    put(
        Leave,
        [Leave(workshop=shop, first_day=today(), last_day=today() + WEEK, reason="hajatan") for shop in shops[::10]],
    )


def parts_put(parts, dice):
    """Parts and what goes into them, by the city's id of them."""
    subsector, skills = Subsector.objects.first(), list(Skill.objects.filter(code__startswith="city-"))
    rows = put(
        Part,
        [
            Part(
                code=f"S-{row.id}",
                name=f"Komponen rangka {row.id}",
                integer=row.integer,
                subsector=subsector,
                skill=dice.choice(skills),
                lead_time_weeks=row.lead_time,
                shelf_life_weeks=row.shelf_life,
                holding_cost_rupiah=round(row.holding_cost),
                max_share=Decimal(str(row.max_share)),
                min_sources=row.min_sources,
                source="simulated city",
            )
            for row in parts
        ],
    )
    found = {row.id: part for row, part in zip(parts, rows, strict=True)}
    bom = [(found[row.id], found[component], quantity) for row in parts for component, quantity in row.bom]
    put(BomLine, [BomLine(parent=parent, component=part, quantity=Decimal(str(q))) for parent, part, q in bom])
    return found


def makers_put(capabilities, parts, shops):
    """Who may make what, at which rate."""
    pairs = [(row, parts[row.part], shops[row.workshop]) for row in capabilities]
    put(
        Approval,
        [Approval(part=part, workshop=shop, status="approved", valid_from=SINCE, by="x") for _, part, shop in pairs],
    )
    put(
        Rate,
        [
            Rate(
                part=part,
                workshop=shop,
                valid_from=SINCE,
                minutes_per_piece=Decimal(str(round(row.hours_per_unit * 60, 4))),
                setup_minutes=Decimal(str(round(row.setup_hours * 60, 2))),
                setup_pay_rupiah=round(row.setup_cost),
                pay_rupiah_piece=round(row.cost_per_unit),
                lot_quantity_min=Decimal(str(row.min_lot)),
                yield_rate=Decimal(str(row.yield_rate)),
                source="simulated city",
                **MADE_UP,
            )
            for row, part, shop in pairs
        ],
    )


def stock_put(cooperative, parts, dice):
    put(HubStock, [HubStock(cooperative=cooperative, part=part, as_of=SINCE, quantity=50) for part in parts])
    put(
        MaterialPrice,
        [
            MaterialPrice(
                cooperative=cooperative,
                part=part,
                valid_from=SINCE,
                price_rupiah=dice.randint(1_000, 90_000),
                source="x",
                **MADE_UP,
            )
            for part in parts
        ],
    )


def orders_put(cooperative, asked, parts, dice):
    """The city's orders, confirmed, each with one line; the buyers of the matrix have their share of them."""
    new = [Buyer(name=f"Pembeli {n} (simulasi)", market="national", kind="factory", **MADE_UP) for n in range(BUYERS)]
    put(Buyer, new)
    buyers = list(Buyer.objects.all())
    rows = put(
        Order,
        [
            Order(
                number=f"PO-2026-{number:05d}",
                buyer=dice.choice(buyers),
                cooperative=cooperative,
                status="confirmed",
                ordered_on=today() - timedelta(days=dice.randint(1, 60)),
                **MADE_UP,
            )
            for number in range(10_000, 10_000 + len(asked))
        ],
    )
    put(OrderLine, [line(order, row, parts) for order, row in zip(rows, asked, strict=True)])


def line(order, row, parts):
    return OrderLine(
        order=order,
        line_no=1,
        part=parts[row.part],
        quantity=Decimal(str(row.quantity)),
        due_on=monday(today()) + row.due * WEEK + timedelta(days=4),
        price_rupiah_piece=round(row.short_cost),
        late_cost_rupiah_piece_week=round(row.late_cost),
        short_cost_rupiah_piece=round(row.short_cost),
        partial=row.partial,
        single_source=row.single_source,
    )


def outputs_put(cooperative, parts, dice):
    """How many of each part can be made a week, as the background work would have noted."""
    rows = [(part, dice.randint(0, 900)) for part in parts]
    facts = {"cooperative": cooperative, "week_on": monday(today()), "worked_out_at": now()}
    put(PartOutput, [PartOutput(part=part, week_quantity=most, week_bound=most, **facts) for part, most in rows])


def changes_put(shops, manager, dice):
    """What was done over the years."""
    shops = list(shops)
    put(
        Change,
        [
            Change(
                at=now(),
                user_id=manager.pk,
                user_name=manager.name,
                act="workshop_correct",
                object_kind="register.workshop",
                object_id=str(dice.choice(shops).pk),
                fields={"floor_m2": [n, n + 1]},
            )
            for n in range(CHANGES)
        ],
    )


def work_begin(cooperative, manager, dice):
    """Three of four open offers are taken; half of that work is at the hub, a third of it inspected."""
    offers = [
        offer
        for offer in Offer.objects.filter(package__cooperative=cooperative, status="open").select_related("package")
        if dice.random() < 0.75
    ]
    for offer in offers:
        offer.status, offer.taken, offer.answered_at = "taken", offer.pieces, now()
        offer.package.taken += offer.pieces
    Offer.objects.bulk_update(offers, ["status", "taken", "answered_at"], batch_size=AT_ONCE // 4)
    WorkPackage.objects.bulk_update({offer.package for offer in offers}, ["taken"], batch_size=AT_ONCE // 4)
    orders = put(WorkOrder, [work_order(cooperative, offer, number) for number, offer in enumerate(offers)])
    done = orders[::2]
    for order in done:
        order.reported = order.handed_over = order.pieces
        order.status = "done"
    WorkOrder.objects.bulk_update(done, ["reported", "handed_over", "status"], batch_size=AT_ONCE // 4)
    put(Lot, [lot(cooperative, order, number, number % 3 == 0) for number, order in enumerate(done)])


def work_order(cooperative, offer, number):
    frozen = ("minutes_per_piece", "setup_minutes", "pay_rupiah_piece", "setup_pay_rupiah", "material_by")
    week_start = offer.package.week_start
    return WorkOrder(
        number=f"SPK-2026-{number:05d}",
        cooperative=cooperative,
        offer=offer,
        part_id=offer.package.part_id,
        workshop_id=offer.workshop_id,
        promise_week=week_start,
        week_start=week_start,
        due_on=week_start + timedelta(days=5),
        pieces=offer.pieces,
        made_at=now(),
        **MADE_UP,
        **{column: getattr(offer, column) for column in frozen},
    )


def lot(cooperative, order, number, inspected):
    where = {"accepted": order.pieces} if inspected else {"waiting": order.pieces}
    return Lot(
        number=f"LOT-2026-{number:05d}",
        cooperative=cooperative,
        part_id=order.part_id,
        origin="made",
        work_order=order,
        received_on=today(),
        quantity=order.pieces,
        made_at=now(),
        **MADE_UP,
        **where,
    )
