"""What can be made, out of what, by which process; who may make it, at which rate; what lies at the hub."""

from wadah.catalogue.models.makers import Approval, HubStock, Rate
from wadah.catalogue.models.motifs import Licence, Motif, MotifSource
from wadah.catalogue.models.parts import BomLine, Part, RoutingStep

__all__ = ["Approval", "BomLine", "HubStock", "Licence", "Motif", "MotifSource", "Part", "Rate", "RoutingStep"]
