"""Reading the catalogue: each selector a constant number of queries, however many rows there are."""

from wadah.catalogue.selectors.makers import MakerRate, maker_rates, stock_on
from wadah.catalogue.selectors.parts import bom_graph, part_names_by_code, parts_below
from wadah.catalogue.selectors.prices import cooperative_terms, material_prices_on, wages_by_cooperative

__all__ = [
    "MakerRate",
    "bom_graph",
    "cooperative_terms",
    "maker_rates",
    "material_prices_on",
    "part_names_by_code",
    "parts_below",
    "stock_on",
    "wages_by_cooperative",
]
