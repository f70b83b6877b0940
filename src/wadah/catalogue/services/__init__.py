"""Writing the catalogue: one transaction each, refusals in words that people can act on.

`*_put` writes a row or corrects the one with the same key, so loading a table twice changes nothing. `by`, the person
who does it, goes into the history of each row that changes; a table that is loaded has none and leaves none.
"""

from wadah.catalogue.services.makers import (
    approval_end,
    approval_record,
    approvals_record,
    rate_end,
    rate_set,
    rates_set,
    stock_count,
)
from wadah.catalogue.services.motifs import licence_end, licence_grant, motif_put, motif_source_put
from wadah.catalogue.services.parts import (
    bom_set,
    boms_set,
    part_archive,
    part_put,
    part_restore,
    part_route,
    parts_put,
)
from wadah.catalogue.services.prices import material_price_set, terms_set

__all__ = [
    "approval_end",
    "approval_record",
    "approvals_record",
    "bom_set",
    "boms_set",
    "licence_end",
    "licence_grant",
    "material_price_set",
    "motif_put",
    "motif_source_put",
    "part_archive",
    "part_put",
    "part_restore",
    "part_route",
    "parts_put",
    "rate_end",
    "rate_set",
    "rates_set",
    "stock_count",
    "terms_set",
]
