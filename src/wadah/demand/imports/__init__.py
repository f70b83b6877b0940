"""What of the demand can come from a file: buyers with their orders, and institutions with their heads."""

from wadah.demand.imports.institutions import INSTITUTIONS
from wadah.demand.imports.orders import ORDERS

__all__ = ["INSTITUTIONS", "ORDERS"]
