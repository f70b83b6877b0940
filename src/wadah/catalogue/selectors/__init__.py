"""Reading the catalogue: each selector a constant number of queries, however many rows there are."""

from wadah.catalogue.selectors.ending import approvals_ending, licences_ending
from wadah.catalogue.selectors.makers import (
    MakerRate,
    maker_rates,
    makers_by_part,
    makers_known,
    parts_makable,
    stock_on,
)
from wadah.catalogue.selectors.parts import bom_graph, part_names_by_code, parts_below
from wadah.catalogue.selectors.prices import (
    cooperative_terms,
    cooperative_terms_overtime,
    material_prices_on,
    wages_by_cooperative,
)
from wadah.catalogue.selectors.seen import (
    approvals_kept,
    licences_kept,
    material_prices_kept,
    motifs_all,
    on_day,
    parts_all,
    parts_open,
    rates_kept,
    stock_counts_kept,
    terms_kept,
)
from wadah.catalogue.selectors.story import MakerStory, PartStory, part_story

__all__ = [
    "MakerRate",
    "MakerStory",
    "PartStory",
    "approvals_ending",
    "approvals_kept",
    "bom_graph",
    "cooperative_terms",
    "cooperative_terms_overtime",
    "licences_ending",
    "licences_kept",
    "maker_rates",
    "makers_by_part",
    "makers_known",
    "material_prices_kept",
    "material_prices_on",
    "motifs_all",
    "on_day",
    "part_names_by_code",
    "part_story",
    "parts_all",
    "parts_below",
    "parts_makable",
    "parts_open",
    "rates_kept",
    "stock_counts_kept",
    "stock_on",
    "terms_kept",
    "wages_by_cooperative",
]
