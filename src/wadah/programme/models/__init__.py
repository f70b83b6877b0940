"""The rows of the programme; what they mean stands in docs/city.md, section G."""

from wadah.programme.models.growth import GrowthFigure, GrowthPoint, GrowthRun
from wadah.programme.models.mentoring import ExpertHours, Mentoring, MentoringVisit
from wadah.programme.models.ramps import RampCurve

__all__ = [
    "ExpertHours",
    "GrowthFigure",
    "GrowthPoint",
    "GrowthRun",
    "Mentoring",
    "MentoringVisit",
    "RampCurve",
]
