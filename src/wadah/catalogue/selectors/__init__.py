"""Reading the catalogue: each selector a constant number of queries, however many rows there are."""

from wadah.catalogue.selectors.makers import MakerRate, maker_rates, stock_on
from wadah.catalogue.selectors.parts import bom_graph, part_names_by_code, parts_below

__all__ = ["MakerRate", "bom_graph", "maker_rates", "part_names_by_code", "parts_below", "stock_on"]
