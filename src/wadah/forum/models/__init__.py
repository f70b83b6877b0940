"""Rows of the forum: communities, rooms and tools with bookings, ideas, experiments, support, graduation (docs/city.md
F). No row of a lower room points here, and none may: what failed here stays here (F9)."""

from wadah.forum.models.communities import Community, CommunityMember, Interest
from wadah.forum.models.experiments import Experiment, ExperimentPhoto
from wadah.forum.models.graduation import Graduation
from wadah.forum.models.ideas import Idea, IdeaSupport
from wadah.forum.models.places import Booking, OpeningHours, Resource
from wadah.forum.models.support import Support

__all__ = [
    "Booking",
    "Community",
    "CommunityMember",
    "Experiment",
    "ExperimentPhoto",
    "Graduation",
    "Idea",
    "IdeaSupport",
    "Interest",
    "OpeningHours",
    "Resource",
    "Support",
]
