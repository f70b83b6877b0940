"""Writing the catalogue: one transaction each, refusals in words that people can act on.

`*_put` writes a row or corrects the one with the same key, so loading a table twice changes nothing. `by`, the person
who does it, goes into the history of each row that changes; a table that is loaded has none and leaves none.
"""

from wadah.catalogue.services.makers import approval_end, approval_record, rate_set, stock_count
from wadah.catalogue.services.motifs import licence_grant, motif_put, motif_source_put
from wadah.catalogue.services.parts import bom_set, part_put, part_route

__all__ = [
    "approval_end",
    "approval_record",
    "bom_set",
    "licence_grant",
    "motif_put",
    "motif_source_put",
    "part_put",
    "part_route",
    "rate_set",
    "stock_count",
]
