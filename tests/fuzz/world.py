"""What stands in the books when a file comes: parts to two levels, a rate with its approval, an order, a school."""

import datetime as dt

from wadah.catalogue.services import approval_record, bom_set, part_put, rate_set
from wadah.demand.services import buyer_put, headcount_record, institution_put, order_draft, order_line_add
from wadah.register.services import machine_put

FIRST = dt.date(2026, 1, 1)


def world_build(cast):
    parts = {
        code: part_put(code=code, name=code.title(), subsector=cast.subsector) for code in ("BAUT", "PINTU", "ENGSEL")
    }
    bom_set(part=parts["PINTU"], components=[(parts["ENGSEL"], 3), (parts["BAUT"], 8)])
    bom_set(part=parts["ENGSEL"], components=[(parts["BAUT"], 4)])
    place = {"part": parts["BAUT"], "workshop": cast.sari.workshop, "valid_from": FIRST}
    rate_set(**place, minutes_per_piece=2, pay_rupiah_piece=500)
    approval_record(**place, status="approved")
    machine_put(workshop=cast.sari.workshop, name="Mesin bubut", skill=cast.skills["turning"], count=2)
    buyer = buyer_put(name="PT Uji", market="local", kind="other")
    order = order_draft(buyer=buyer, cooperative=cast.cooperative, note="77/X")
    order_line_add(
        order=order, part=parts["BAUT"], quantity=100, due_on=dt.date(2026, 12, 4), short_cost_rupiah_piece=5
    )
    school = institution_put(code="20222", name="SDN Uji 1", kind="school", level="sd", area=cast.kelurahan)
    headcount_record(institution=school, group="pupils", heads=240, as_of=FIRST)
