"""Parts are everybody's; approvals, rates, licences, prices, counts and terms are the cooperative's own."""

from datetime import date

from addresses import MANAGER, OFFICER, OTHER_MANAGER, Rule
from wadah.catalogue.models import Part
from wadah.catalogue.services import (
    approval_record,
    licence_grant,
    material_price_set,
    motif_put,
    part_put,
    rate_set,
    stock_count,
    terms_set,
)

EVERY_MANAGER = {MANAGER, OTHER_MANAGER}
CITY = EVERY_MANAGER | {OFFICER}
SINCE = date(2026, 1, 1)


def shared(key, **more):
    return Rule(EVERY_MANAGER, arguments={"pk": key}, **more)


def own(key):
    return Rule({MANAGER}, arguments={"pk": key})


LISTS = ("parts", "approvals", "rates", "material_prices", "stock_counts", "terms")
ADDING = (
    "part_add",
    "approval_add",
    "rate_add",
    "material_price_add",
    "stock_add",
    "terms_add",
)

RULES = {
    **{name: Rule(EVERY_MANAGER) for name in (*LISTS, *ADDING)},
    **{name: shared("part") for name in ("part", "part_change", "part_bom", "part_routing")},
    **{name: shared("part", method="post") for name in ("part_archive", "part_restore")},
    **{name: Rule(CITY) for name in ("motifs", "licences", "motif_add", "licence_add")},
    "motif": Rule(CITY, arguments={"pk": "motif"}),
    "motif_source_add": Rule(CITY, arguments={"pk": "motif"}),
    "approval": own("approval"),
    "rate": own("rate"),
    "rate_end": own("rate"),
    "licence": Rule({MANAGER, OFFICER}, arguments={"pk": "licence"}),
    "material_price": own("material_price"),
    "stock_one": own("stock_one"),
    "terms_one": own("terms_one"),
}


def build(cast, users):
    part = part_put(code="MATRIX", name="Braket", subsector=cast.subsector)
    bought = part_put(code="MATRIX-SHEET", name="Pelat", subsector=cast.subsector, supply="bought")
    pair = {"part": part, "workshop": cast.sari.workshop, "valid_from": SINCE}
    motif = motif_put(name="Teratai", aspect="flora", holder="Kota", right_kind="copyright")
    rows = {
        "motif": motif,
        "approval": approval_record(**pair, status="approved"),
        "rate": rate_set(**pair, minutes_per_piece=1, pay_rupiah_piece=500),
        "licence": licence_grant(motif=motif, ikm=cast.sari.ikm, number="L-1", valid_from=SINCE),
        "material_price": material_price_set(
            cooperative=cast.cooperative, part=bought, valid_from=SINCE, price_rupiah=1_000, source="toko"
        ),
        "stock_one": stock_count(cooperative=cast.cooperative, part=bought, as_of=SINCE, quantity=5),
        "terms_one": terms_set(
            cooperative=cast.cooperative,
            valid_from=SINCE,
            margin_percent=10,
            late_penalty_percent_week=1,
            late_penalty_cap_percent=5,
            quotation_valid_days=14,
        ),
    }
    return {"part": Part.objects.get(code="MATRIX").pk, **{key: row.pk for key, row in rows.items()}}
