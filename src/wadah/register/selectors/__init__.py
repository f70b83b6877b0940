"""Reading the register: each selector a constant number of queries, however many rows there are."""

from wadah.register.selectors.cooperatives import (
    cooperative_members,
    cooperative_workshops,
    cooperatives_named,
    user_roles,
)
from wadah.register.selectors.hours import Hours, workshop_hours, workshop_overtime_costs, workshop_week
from wadah.register.selectors.makers import (
    certificates_expiring,
    ikm_search,
    ikm_sizes,
    skill_workshops,
    workshop_next_code,
)
from wadah.register.selectors.places import area_search, area_tree, subsector_codes, workshops_by_area

__all__ = [
    "Hours",
    "area_search",
    "area_tree",
    "certificates_expiring",
    "cooperative_members",
    "cooperative_workshops",
    "cooperatives_named",
    "ikm_search",
    "ikm_sizes",
    "skill_workshops",
    "subsector_codes",
    "user_roles",
    "workshop_hours",
    "workshop_next_code",
    "workshop_overtime_costs",
    "workshop_week",
    "workshops_by_area",
]
