"""Writing the register: one transaction each, refusals in words that people can act on.

`*_put` writes a row of reference data or corrects the one with the same key, so loading a table twice changes nothing.
"""

from wadah.register.services.cooperatives import (
    appointment_end,
    appointment_make,
    cooperative_found,
    cooperative_policy_set,
    membership_close,
    membership_open,
    membership_user_set,
)
from wadah.register.services.hours import holiday_put, leave_cancel, leave_record, week_pattern_set
from wadah.register.services.makers import (
    certificate_record,
    expert_register,
    ikm_correct,
    ikm_register,
    machine_put,
    skill_attest,
    skill_claim,
    skill_put,
    workshop_archive,
    workshop_correct,
    workshop_open,
)
from wadah.register.services.places import area_put, classification_put, subsector_classify, subsector_put

__all__ = [
    "appointment_end",
    "appointment_make",
    "area_put",
    "certificate_record",
    "classification_put",
    "cooperative_found",
    "cooperative_policy_set",
    "expert_register",
    "holiday_put",
    "ikm_correct",
    "ikm_register",
    "leave_cancel",
    "leave_record",
    "machine_put",
    "membership_close",
    "membership_open",
    "membership_user_set",
    "skill_attest",
    "skill_claim",
    "skill_put",
    "subsector_classify",
    "subsector_put",
    "week_pattern_set",
    "workshop_archive",
    "workshop_correct",
    "workshop_open",
]
