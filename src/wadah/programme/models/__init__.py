"""The rows of the programme; what they mean stands in docs/city.md, section G."""

from wadah.programme.models.growth import GrowthFigure, GrowthPoint, GrowthRun
from wadah.programme.models.interventions import BottleneckRun, Intervention
from wadah.programme.models.mentoring import ExpertHours, Mentoring, MentoringVisit
from wadah.programme.models.ramps import RampCurve
from wadah.programme.models.studies import Study, StudyItem

__all__ = [
    "BottleneckRun",
    "ExpertHours",
    "GrowthFigure",
    "GrowthPoint",
    "GrowthRun",
    "Intervention",
    "Mentoring",
    "MentoringVisit",
    "RampCurve",
    "Study",
    "StudyItem",
]
