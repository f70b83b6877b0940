"""Rows of work: offers, work orders, lots, inspections, trials, shipments (docs/work.md)."""

from wadah.work.models.lots import Lot, LotLink, LotMove, MaterialIssue
from wadah.work.models.offers import Disruption, Offer, Reminder, WorkPackage
from wadah.work.models.orders import Milestone, Progress, WorkOrder
from wadah.work.models.quality import (
    Characteristic,
    DefectRule,
    Disposition,
    Inspection,
    InspectionPlan,
    Measurement,
    SwitchingState,
    Tranche,
)
from wadah.work.models.shipping import Claim, Receipt, Shipment, ShipmentLine
from wadah.work.models.terms import WorkTerms
from wadah.work.models.trials import Trial, TrialElement

__all__ = [
    "Characteristic",
    "Claim",
    "DefectRule",
    "Disposition",
    "Disruption",
    "Inspection",
    "InspectionPlan",
    "Lot",
    "LotLink",
    "LotMove",
    "MaterialIssue",
    "Measurement",
    "Milestone",
    "Offer",
    "Progress",
    "Receipt",
    "Reminder",
    "Shipment",
    "ShipmentLine",
    "SwitchingState",
    "Tranche",
    "Trial",
    "TrialElement",
    "WorkOrder",
    "WorkPackage",
    "WorkTerms",
]
