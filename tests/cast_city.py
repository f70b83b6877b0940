"""A small city at work for the observatory: firms in several kelurahan, two trades, a year of accepted work, orders.

What is known of firms, and what each makes, is drawn by a seed; some of it is left unknown on purpose. Build with
`city_build(cast)`. Work is accepted on days of both half-years of 2026 and posted to the books; a surplus is shared.
"""

from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from random import Random
from unittest.mock import patch

from cast import JOINED, Cast
from cast_ledger import Making
from cast_sales import selling_build
from wadah.base.clock import now
from wadah.catalogue.models import MaterialPrice, Part
from wadah.catalogue.services import rate_set
from wadah.ledger.models import BookYear, Meeting, SurplusShare
from wadah.ledger.services.books import book_open
from wadah.ledger.services.work import work_post
from wadah.register.models import Area, Ikm, Subsector, Workshop
from wadah.register.services import (
    area_put,
    classification_put,
    ikm_register,
    machine_put,
    membership_open,
    subsector_classify,
    subsector_put,
    week_pattern_set,
    workshop_open,
)
from wadah.work.models import MaterialIssue
from wadah.work.services.moves import lot_born
from wadah.work.words import Bucket, MoveKind

DAYS = (
    date(2026, 2, 10),
    date(2026, 5, 20),
    date(2026, 6, 30),
    date(2026, 7, 1),
    date(2026, 10, 5),
    date(2026, 11, 20),
)
"""On which work is accepted: both sides of the border between the half-years among them."""
PLACES = (
    ("32.75.01.1001", "Bekasijaya", "Bekasi Jaya", -6.2334, 107.0136, 3.5),
    ("32.75.01.1002", "Margahayu", "Margahayu", -6.2480, 107.0122, 4.1),
    ("32.75.01.1003", "Duren Jaya", "Duren Jaya", -6.2376, 107.0288, 3.9),
    ("32.75.01.1004", "Aren Jaya", "Aren Jaya", -6.2464, 107.0336, 2.8),
)
MINUTES = (480, 480, 480, 480, 420, 300, 0)


@dataclass(frozen=True)
class Maker:
    """As much of cast.Member as makes work orders."""

    ikm: Ikm
    workshop: Workshop


@dataclass(frozen=True)
class City:
    cast: Cast
    areas: list[Area]
    trades: list[Subsector]
    parts: list[Part]
    makers: list[Maker]
    making: Making


@contextmanager
def on_day(day: date):
    """The clock shows noon in Bekasi of this day."""
    with patch("django.utils.timezone.now", lambda: datetime(day.year, day.month, day.day, 5, tzinfo=UTC)):
        yield


def city_build(cast: Cast, *, areas=None, firms=16, seed=1, days=DAYS) -> City:
    random = Random(seed)
    areas = areas or places_build(cast)
    dolls = subsector_put(code="mainan_boneka", name="Mainan dan boneka", name_en="Toys and dolls")
    trades = [cast.subsector, dolls]
    for trade, code, title in ((cast.subsector, "29300", "Suku cadang kendaraan"), (dolls, "32402", "Mainan anak")):
        row = classification_put(scheme="KBLI", version="2020", code=code, title=title)
        subsector_classify(subsector=trade, classification=row, valid_from=date(2020, 9, 24))
    parts = [
        Part.objects.create(code=f"KOTA-{trade.code[:5]}-{number}".upper(), name=f"Barang {number}", subsector=trade)
        for trade in trades
        for number in (1, 2)
    ]
    makers = [maker_build(cast, random, number, random.choice(areas), trades) for number in range(100, 100 + firms)]
    city = City(cast, areas, trades, parts, makers, Making(cast, parts[0]))
    with on_day(min(days)):
        book_open(cooperative=cast.cooperative, opened_on=min(days).replace(day=1), by=None)
    for day in days:
        with on_day(day):
            work_day(city, random)
    work_post(cooperative=cast.cooperative)
    orders_build(city)
    material_build(city)
    surplus_build(city)
    return city


def places_build(cast):
    areas = []
    for code, name, spaced, lat, lng, km2 in PLACES:
        areas.append(
            area_put(
                code=code, name=name, name_spaced=spaced, kind="kelurahan", parent=cast.kecamatan, lat=lat, lng=lng
            )
        )
        Area.objects.filter(code=code).update(area_km2=km2)
    return areas


def maker_build(cast, random, number, area, trades):
    known = lambda value: value if random.random() < 0.75 else None  # noqa: E731
    ikm = ikm_register(
        name=f"Usaha {number}",
        owner_name=f"Pemilik {number}",
        area=area,
        phone=f"0813-1000-{number:04d}" if random.random() < 0.7 else "",
        subsectors=random.choice([[trades[0]], [trades[1]], trades, []]),
        workers=known(random.randint(1, 25)),
        investment_rupiah=known(random.randint(1, 3_000) * 1_000_000),
        annual_sales_rupiah=known(random.randint(1, 20_000) * 1_000_000),
        simulated=True,
    )
    shop = workshop_open(
        ikm=ikm,
        code=f"W-{number}",
        name=f"Bengkel {number}",
        floor_m2=known(random.randint(9, 120)),
        simulated=True,
        **({"lat": area.lat, "lng": area.lng} if random.random() < 0.6 else {}),
    )
    if random.random() < 0.6:
        machine_put(workshop=shop, name="Mesin jahit")
    if random.random() < 0.7:
        week_pattern_set(workshop=shop, valid_from=JOINED, minutes=MINUTES)
    confirmed = random.choice([None, now(), now() - timedelta(days=200)])
    Workshop.objects.filter(pk=shop.pk).update(confirmed_at=confirmed)
    membership_open(cooperative=cast.cooperative, joined_on=JOINED, ikm=ikm)
    return Maker(ikm, Workshop.objects.get(pk=shop.pk))


def work_day(city, random):
    """Some makers hand in a lot: most of it passes; of the rest, some is sorted out as good, some comes back mended."""
    for maker in random.sample(city.makers, k=max(1, len(city.makers) * 2 // 3)):
        part = random.choice(city.parts)
        minutes = Decimal(random.choice([6, 8, 12, 20])) / 4
        rate_set(part=part, workshop=maker.workshop, valid_from=now().date(), minutes_per_piece=minutes, source="uji")
        order = city.making.work_order(
            maker,
            pieces := random.randint(50, 400),
            part=part,
            minutes_per_piece=minutes,
            setup_minutes=Decimal(random.choice([0, 30, 90])),
            material_rupiah_piece=random.choice([0, 0, 150]),
            due_on=now().date(),
            simulated=True,
        )
        lot = city.making.lot(order, pieces)
        bad = random.choice([0, 0, pieces // 10])
        city.making.moved(lot, "accept", pieces - bad)
        if bad:
            city.making.moved(lot, "reject", bad)
            city.making.moved(lot, "sort_accept", bad // 2)
    if random.random() < 0.5 and lot.accepted > 5:
        lot.refresh_from_db()
        city.making.moved(lot, "ship_back", 5)


def orders_build(city):
    selling = selling_build(city.cast)
    with on_day(date(2026, 9, 1)):
        selling.shipped(selling.order(pieces=300, price=2_000), pieces=100)
        selling.order(pieces=50, price=0)


def material_build(city):
    """Thread at Rp90 a metre, handed out twice; glue that nobody has a price of."""
    cast = city.cast
    order = city.making.work_order(city.makers[0], 10, part=city.parts[2])
    for code, price, pieces, back in (("BENANG", 90, 40, 10), ("LEM", None, 3, 0)):
        part = Part.objects.create(code=code, name=code.title(), subsector=cast.subsector, supply="bought")
        if price:
            MaterialPrice.objects.create(
                cooperative=cast.cooperative,
                part=part,
                valid_from=JOINED,
                price_rupiah=price * 10,
                quantity=10,
                source="uji",
            )
        with on_day(date(2026, 8, 3)):
            lot = lot_born(
                cooperative=cast.cooperative,
                part=part,
                origin="bought",
                quantity=Decimal(pieces),
                bucket=Bucket.ACCEPTED,
                kind=MoveKind.RECEIVE,
                by=cast.manager,
            )
            MaterialIssue.objects.create(
                work_order=order, lot=lot, pieces=Decimal(pieces), returned=Decimal(back), at=now(), by=cast.manager
            )


def surplus_build(city):
    cast = city.cast
    at = datetime(2026, 3, 14, 3, tzinfo=UTC)
    year = BookYear.objects.create(
        cooperative=cast.cooperative,
        year=2025,
        status="closed",
        result=5_000_000,
        members_part=5_000_000,
        proposed_at=at,
        proposed_by=cast.manager,
        closed_at=at,
        closed_by=cast.officer,
    )
    meeting = Meeting.objects.create(
        book_year=year,
        reference="RAT/1",
        held_on=at.date(),
        present=9,
        members=9,
        at=at,
        by=cast.manager,
        shared_at=at,
        shared_by=cast.officer,
    )
    for number, maker in enumerate(city.makers[:6], 1):
        SurplusShare.objects.create(
            meeting=meeting, ikm=maker.ikm, patronage_base=1, capital_base=1, patronage=100_000 * number, capital=5_000
        )
