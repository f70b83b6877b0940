"""A school that owes the city's batik, a licensed group that makes it and one without a licence. `school_build(cast)`.

Bu Sari's group stamps and finishes Kain Kecapi and has leave; Pak Karim's could, and has none.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from cast_orders import may_make
from wadah.base.clock import today
from wadah.catalogue.models import Rate
from wadah.catalogue.services import bom_set, licence_grant, motif_put, motif_source_put, part_put
from wadah.demand.lines import LineOffered
from wadah.demand.services import (
    headcount_record,
    institution_open,
    institution_put,
    mandate_phase_put,
    mandate_rule_put,
    quotation_draft,
    quotation_send,
    quotation_variant_put,
    small_share_put,
)
from wadah.work.models import Lot
from wadah.work.services.handing_over import hand_over
from wadah.work.services.inspection import inspection_close, inspection_open, inspection_standing, tranche_add
from wadah.work.services.material import Taking, material_issue
from wadah.work.services.orders import terms_of, work_order_open
from wadah.work.services.shipping import shipment_open, shipment_pick, shipment_send

if TYPE_CHECKING:
    from cast import Cast, Member
    from wadah.accounts.models import User
    from wadah.catalogue.models import Licence, Motif, Part
    from wadah.demand.models import Institution, Order, Quotation, Request
    from wadah.work.models import Shipment

SINCE = date(2026, 1, 1)
COUNTED = date(2026, 7, 20)
YEAR = 2027
PHONE = "0812-0000-0777"
PRICE = 150_000
HEADS = {"pupils": 400, "teachers": 20, "staff": 4}


@dataclass(frozen=True)
class SchoolWorld:
    cast: Cast
    motif: Motif
    licence: Licence
    stamped: Part
    cloth: Part
    school: Institution
    user: User


def school_build(cast: Cast) -> SchoolWorld:
    motif = motif_put(name="Kecapi", aspect="culture", holder="Pemerintah Kota Bekasi", right_kind="copyright")
    motif_source_put(motif=motif, title="Blog 2013", says="Sudah dipatenkan oleh dinas", published_on=date(2013, 6, 4))
    motif_source_put(motif=motif, title="Penamerdeka 2018", says="Hak cipta motif sejak 2016")
    licence = licence_grant(
        motif=motif,
        ikm=cast.sari.ikm,
        number="LIS/1",
        valid_from=SINCE,
        royalty_rupiah_piece=1_000,
        terms="Pakem tetap; warna hijau atau ungu.",
    )
    stamped = part_put(code="KAIN/cap", name="Kain Kecapi: dicap", subsector=cast.subsector, motif=motif)
    cloth = part_put(code="KAIN", name="Kain Kecapi", subsector=cast.subsector, motif=motif)
    bom_set(part=cloth, components=[(stamped, 1)])
    for part in (stamped, cloth):
        for maker in (cast.sari, cast.karim):
            may_make(part, maker)
    rules_write()
    school = institution_put(
        code="20221234", name="SDN Bekasi Jaya 1", kind="school", level="sd", state=True, area=cast.kelurahan
    )
    for group, heads in HEADS.items():
        headcount_record(institution=school, group=group, heads=heads, as_of=COUNTED, source="Dapodik")
    contact = institution_open(
        institution=school, cooperative=cast.cooperative, phone=PHONE, name="Bu Guru", adult=True
    )
    school.refresh_from_db()
    return SchoolWorld(cast, motif, licence, stamped, cloth, school, contact.user)


def rules_write() -> None:
    """Pupils are a scenario of which half buy; teachers and staff a duty. 40 % from small firms."""
    for group, duty, share in (("pupils", False, "0.5"), ("teachers", True, "1"), ("staff", True, "1")):
        rule = mandate_rule_put(
            code=group,
            name=group,
            valid_from=SINCE,
            applies_to_kind="school",
            applies_to_group=group,
            pieces_per_head_year=Decimal(1),
            obligation=duty,
            source="Bisnis.com, 31 Agustus 2014",
        )
        mandate_phase_put(rule=rule, valid_from=SINCE, compliance=Decimal(share), assumption="dugaan")
    small_share_put(percent=Decimal(40), regulation="Perpres 46/2025", valid_from=date(2021, 2, 2), source="pasal 65")


def offered(world: SchoolWorld, request: Request, price: int = PRICE) -> Quotation:
    """The cooperative's answer: all lines as they were asked, in time for the year."""
    manager = world.cast.manager
    quotation = quotation_draft(request=request, by=manager)
    lines = [
        LineOffered(world.cloth, int(line.quantity), date(YEAR, 2, 26), price)
        for line in request.lines.order_by("line_no")
    ]
    quotation_variant_put(quotation=quotation, code="A", label="all", lines=lines, by=manager)
    return quotation_send(quotation=quotation, by=manager)


def made(world: SchoolWorld, pieces: int, maker: Member | None = None) -> Lot:
    """Stamped and finished by one group, inspected and accepted."""
    who = maker or world.cast.sari
    stamped = brought(world, world.stamped, who, pieces)
    return brought(world, world.cloth, who, pieces, stamped)


def brought(world: SchoolWorld, part: Part, maker: Member, pieces: int, material: Lot | None = None) -> Lot:
    rate = Rate.objects.filter(part=part, workshop=maker.workshop).latest("valid_from")
    told = {"by": world.cast.manager, "reason": "Disepakati lewat telepon"}
    work = work_order_open(
        cooperative=world.cast.cooperative,
        part=part,
        workshop=maker.workshop,
        week_start=today(),
        pieces=Decimal(pieces),
        terms=terms_of(rate),
        beyond_hours=True,
        **told,
    )
    if material is not None:
        takings = [Taking(material, Decimal(pieces))]
        material_issue(work_order=work, takings=takings, received_by="Bu Sari", by=world.cast.manager)
    lot = hand_over(work_order=work, pieces=Decimal(pieces), on_behalf_of=maker.ikm.owner_name, **told)
    inspection = inspection_open(lot=lot, by=world.cast.manager)
    while (standing := inspection_standing(inspection)).lot_accepted is None:
        tranche_add(inspection=inspection, checked=standing.next_pieces, defects={}, by=world.cast.manager)
    inspection_close(inspection=inspection, by=world.cast.manager)
    return Lot.objects.get(pk=lot.pk)


def sent(world: SchoolWorld, order: Order) -> Shipment:
    """Everything of an order, from one lot, on its way."""
    manager = world.cast.manager
    shipment = shipment_open(order=order, by=manager)
    lot = made(world, int(sum(line.quantity for line in order.lines.all())))
    for line in order.lines.order_by("line_no"):
        shipment_pick(shipment=shipment, line=line, lot=lot, pieces=line.quantity, by=manager)
    return shipment_send(shipment=shipment, driver="Pak Udin", vehicle="B 1 X", by=manager)


def later(days: int) -> str:
    return (today() + timedelta(days=days)).isoformat()
