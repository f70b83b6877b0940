"""Rows of the register: where, who, with what, when free, and in which cooperative. It owns no orders and no prices.

places: areas, subsectors, classifications · makers: skills, IKM, workshops, machines ·
claims: what is mastered and who says so, experts, certificates · hours: working weeks, holidays, leave ·
cooperatives: cooperatives, memberships, appointments of the city · enrolment: workshops that are being registered ·
matches: firms that may be one.
Money is in whole rupiah, time in whole minutes. What isn't known stays null: nothing is filled in by guess. Nobody
under 18 works here and no date of birth or citizen number is stored.
"""

from wadah.register.models.claims import Certificate, Expert, ExpertSkill, WorkshopSkill
from wadah.register.models.cooperatives import Appointment, Cooperative, Membership
from wadah.register.models.enrolment import Enrolment
from wadah.register.models.hours import Holiday, Leave, WeekPattern
from wadah.register.models.makers import Ikm, Machine, Skill, Workshop
from wadah.register.models.matches import FirmMatch
from wadah.register.models.places import Area, Classification, Subsector, SubsectorClassification

__all__ = [
    "Appointment",
    "Area",
    "Certificate",
    "Classification",
    "Cooperative",
    "Enrolment",
    "Expert",
    "ExpertSkill",
    "FirmMatch",
    "Holiday",
    "Ikm",
    "Leave",
    "Machine",
    "Membership",
    "Skill",
    "Subsector",
    "SubsectorClassification",
    "WeekPattern",
    "Workshop",
    "WorkshopSkill",
]
