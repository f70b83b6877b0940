"""Pure rules of the forum: opening hours and bookings, tags and addresses of pages, how long an act can be undone."""

from wadah.forum.rules.hours import (
    AHEAD_DAYS,
    OPEN_MOST,
    STEP_MINUTES,
    BookingFault,
    Span,
    booking_fault,
    open_minutes,
    overlapping,
)
from wadah.forum.rules.tags import TAGS_MAX, slug_made, tags_read
from wadah.forum.rules.undo import UNDO_MINUTES, undo_left

__all__ = [
    "AHEAD_DAYS",
    "OPEN_MOST",
    "STEP_MINUTES",
    "TAGS_MAX",
    "UNDO_MINUTES",
    "BookingFault",
    "Span",
    "booking_fault",
    "open_minutes",
    "overlapping",
    "slug_made",
    "tags_read",
    "undo_left",
]
