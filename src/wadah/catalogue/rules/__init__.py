"""What follows from parts, routings and dated leave alone: no database."""

from wadah.catalogue.rules.loops import find_loop
from wadah.catalogue.rules.quantities import quantity_fault
from wadah.catalogue.rules.routing import RoutedPart, Step, StepsError, routing_parts
from wadah.catalogue.rules.windows import Window, windows_common, windows_overlap

__all__ = [
    "RoutedPart",
    "Step",
    "StepsError",
    "Window",
    "find_loop",
    "quantity_fault",
    "routing_parts",
    "windows_common",
    "windows_overlap",
]
