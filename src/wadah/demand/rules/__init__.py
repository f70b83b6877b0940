"""What follows from orders and heads alone: explosions, steps of an order, the mandate's pieces. No database."""

from wadah.demand.rules.explosion import ExplosionRow, Item, Requirement, explode, explosion_rows
from wadah.demand.rules.mandate import (
    CellMonths,
    Counted,
    Mandate,
    Phase,
    compliance_on,
    mandate_months,
    month_factors,
    month_last_day,
)
from wadah.demand.rules.orders import quotation_may_become, request_may_become, status_may_become
from wadah.demand.rules.papers import check_code_new

__all__ = [
    "CellMonths",
    "Counted",
    "ExplosionRow",
    "Item",
    "Mandate",
    "Phase",
    "Requirement",
    "check_code_new",
    "compliance_on",
    "explode",
    "explosion_rows",
    "mandate_months",
    "month_factors",
    "month_last_day",
    "quotation_may_become",
    "request_may_become",
    "status_may_become",
]
