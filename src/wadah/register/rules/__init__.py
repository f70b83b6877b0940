"""What follows from the register's facts alone: no database, frozen dataclasses in and out."""

from wadah.register.rules.hours import UsualWeek, horizon_minutes, is_monday, week_minutes
from wadah.register.rules.places import AreaNode, area_codes_above, area_nodes
from wadah.register.rules.roles import Roles
from wadah.register.rules.search import fold_key
from wadah.register.rules.sizes import SizeClass, SizeInputs, size_classes
from wadah.register.rules.spans import day_after, is_open_on, spans_overlap, spans_without

__all__ = [
    "AreaNode",
    "Roles",
    "SizeClass",
    "SizeInputs",
    "UsualWeek",
    "area_codes_above",
    "area_nodes",
    "day_after",
    "fold_key",
    "horizon_minutes",
    "is_monday",
    "is_open_on",
    "size_classes",
    "spans_overlap",
    "spans_without",
    "week_minutes",
]
