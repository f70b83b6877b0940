"""What can be made, out of what, by which process; who may make it, at which rate; what lies at the hub; prices."""

from wadah.catalogue.models.certificates import PartCertificate
from wadah.catalogue.models.makers import Approval, HubStock, Rate
from wadah.catalogue.models.motifs import Licence, Motif, MotifSource
from wadah.catalogue.models.parts import BomLine, Part, RoutingStep
from wadah.catalogue.models.prices import CooperativeTerms, MaterialPrice

__all__ = [
    "Approval",
    "BomLine",
    "CooperativeTerms",
    "HubStock",
    "Licence",
    "MaterialPrice",
    "Motif",
    "MotifSource",
    "Part",
    "PartCertificate",
    "Rate",
    "RoutingStep",
]
