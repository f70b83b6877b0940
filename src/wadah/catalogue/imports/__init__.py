"""What of the catalogue can come from a file: parts with what goes into them, and who makes them at which rate."""

from wadah.catalogue.imports.parts import PARTS
from wadah.catalogue.imports.rates import RATES

__all__ = ["PARTS", "RATES"]
