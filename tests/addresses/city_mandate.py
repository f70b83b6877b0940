"""The officer's pages about the mandate, and what anybody may know of motifs and of a cloth."""

from datetime import date
from decimal import Decimal

from addresses import EVERYBODY, MANAGER, OFFICER, OTHER_MANAGER, Rule
from wadah.base.clock import today
from wadah.catalogue.models import Motif
from wadah.catalogue.services import licence_grant, part_put
from wadah.demand.services import batik_day_put, mandate_phase_put, mandate_rule_put, small_share_put
from wadah.work.services.moves import lot_born
from wadah.work.services.orders import OrderTerms, work_order_open

RULE = {"code": "mandate rule"}
MANAGERS = frozenset({MANAGER, OTHER_MANAGER})
SCHOOL = {"code": "institution"}
RULES = {
    "mandate": Rule({OFFICER}),
    "mandate_institutions": Rule({OFFICER}),
    "mandate_rule_add": Rule({OFFICER}),
    "mandate_rule": Rule({OFFICER} | MANAGERS, arguments=RULE),
    "mandate_phase_add": Rule({OFFICER}, arguments=RULE),
    "batik_days": Rule({OFFICER}),
    "batik_day_add": Rule({OFFICER}),
    "batik_day": Rule({OFFICER}, arguments={"pk": "batik day"}),
    "small_shares": Rule({OFFICER}),
    "small_share_add": Rule({OFFICER}),
    "small_share": Rule({OFFICER}, arguments={"pk": "small share"}),
    "institution_account": Rule({OFFICER} | MANAGERS, arguments=SCHOOL),
    "budget_add": Rule({OFFICER}, arguments=SCHOOL),
    "city_motifs": Rule(EVERYBODY),
    "city_motif": Rule(EVERYBODY, arguments={"pk": "city motif"}),
    "cloth_certificate": Rule(EVERYBODY, arguments={"number": "cloth lot", "code": "cloth code"}),
}


def build(cast, users):
    rule = mandate_rule_put(
        code="guru",
        name="Guru",
        valid_from=date(2026, 1, 1),
        applies_to_kind="school",
        applies_to_group="teachers",
        pieces_per_head_year=Decimal(1),
        obligation=True,
    )
    mandate_phase_put(rule=rule, valid_from=rule.valid_from, compliance=Decimal("0.5"), assumption="setengahnya")
    held = {"regulation": "Permendagri 10/2024", "valid_from": date(2024, 8, 20), "source": "pers"}
    day = batik_day_put(applies_to_kind="office", weekday=3, **held)
    share = small_share_put(percent=Decimal(40), **held)
    motif = Motif.objects.create(name="Kecapi", aspect="culture", holder="Kota Bekasi", right_kind="copyright")
    licence_grant(motif=motif, ikm=cast.sari.ikm, number="L-9", valid_from=date(2024, 1, 1))
    part = part_put(code="KAIN", name="Kain Kecapi", subsector=cast.subsector, motif=motif)
    order = work_order_open(
        cooperative=cast.cooperative,
        part=part,
        workshop=cast.sari.workshop,
        week_start=today(),
        pieces=Decimal(10),
        terms=OrderTerms(minutes_per_piece=Decimal(1)),
        reason="disepakati",
        beyond_hours=True,
    )
    lot = lot_born(
        cooperative=cast.cooperative,
        part=part,
        origin="made",
        quantity=Decimal(10),
        bucket="accepted",
        work_order=order,
    )
    return {
        "mandate rule": rule.code,
        "batik day": day.pk,
        "small share": share.pk,
        "city motif": motif.pk,
        "cloth lot": lot.number,
        "cloth code": lot.check_code,
    }
