"""A small batik cooperative in the database: two groups, one cloth in two steps, and who must wear it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from growth_world import curve
from wadah.base.clock import today
from wadah.catalogue.models import BomLine, HubStock, Part
from wadah.catalogue.services import approval_record, rate_set
from wadah.demand.services import (
    buyer_put,
    headcount_record,
    institution_put,
    mandate_order_create,
    mandate_phase_put,
    mandate_rule_put,
)
from wadah.programme.growth.services import growth_figure_put
from wadah.register.services import skill_put

PUPILS, EMPLOYEES = 24_000, 400
SINCE = date(2024, 1, 1)
PRESS = "pers: sepuluh kain seminggu saat kering, dua minggu saat hujan"


def batik_build(cast):
    """Bu Sari's and Bu Tini's workshops stamp and dye; Pak Karim's can't. Returns the cloth."""
    wax, dye = (
        skill_put(code=code, name=name, name_en=name_en, kbli="13134")
        for code, name, name_en in (("cap", "Mengecap malam", "Waxing"), ("celup", "Mencelup", "Dyeing"))
    )
    mori = Part.objects.create(code="MORI", name="Kain mori", subsector=cast.subsector, supply="bought")
    stamped = Part.objects.create(code="KAIN/cap", name="Dicap", subsector=cast.subsector, skill=wax)
    cloth = Part.objects.create(code="KAIN", name="Kain batik", subsector=cast.subsector, skill=dye)
    for parent, component in ((stamped, mori), (cloth, stamped)):
        BomLine.objects.create(parent=parent, component=component, quantity=1)
    HubStock.objects.create(cooperative=cast.cooperative, part=mori, as_of=SINCE, quantity=10)
    for maker, minutes in ((cast.sari, 12), (cast.tini, 24)):
        maker.ikm.workers = 4
        maker.ikm.save()
        for part, each in ((stamped, minutes), (cloth, minutes)):
            rate_set(
                part=part,
                workshop=maker.workshop,
                valid_from=SINCE,
                minutes_per_piece=each,
                setup_minutes=30,
                pay_rupiah_piece=1_000,
            )
            approval_record(part=part, workshop=maker.workshop, status="approved", valid_from=SINCE)
    rules = [rule_build(cast, *row) for row in ((PUPILS, "pupils", False), (EMPLOYEES, "employees", True))]
    buyer = buyer_put(name="Sekolah (simulasi)", market="local", kind="school", simulated=True)
    for rule in rules:
        mandate_order_create(
            rules=[rule],
            cooperative=cast.cooperative,
            buyer=buyer,
            part=cloth,
            year=today().year + 1,
            months=[3],
            split_by="district",
            ordered_on=today(),
            price_rupiah_piece=150_000,
            late_cost_rupiah_piece_week=1_500,
            short_cost_rupiah_piece=150_000,
        )
    for month in range(1, 13):
        growth_figure_put(
            kind="weather",
            skill=dye,
            month=month,
            value=Decimal(2 if 4 <= month <= 11 else 1),
            valid_from=SINCE,
            source=PRESS,
            confidence="published",
        )
    growth_figure_put(kind="training", value=Decimal(15_000_000), valid_from=SINCE, source="asumsi")
    curve()
    return cloth


def rule_build(cast, heads, group, obligation):
    kind, level = ("office", "office") if obligation else ("school", "sd")
    institution = institution_put(
        code=group.upper(), name=group, kind="aggregate", level=level, area=cast.kelurahan, count=1
    )
    headcount_record(institution=institution, group=group, heads=heads, as_of=SINCE, source="Dapodik")
    rule = mandate_rule_put(
        code=group,
        name=group,
        valid_from=SINCE,
        applies_to_kind=kind,
        applies_to_group=group,
        pieces_per_head_year=Decimal(1),
        obligation=obligation,
        source="Bisnis.com, 31 Agustus 2014",
    )
    mandate_phase_put(rule=rule, valid_from=SINCE, compliance=Decimal(1), assumption="semua membeli (asumsi)")
    return rule
