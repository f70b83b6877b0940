"""What the pages of mentoring share: the ways between them, hours, rates, and words of acts and columns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wadah.units import decimal_text, percent_text
from wadah.web.words import language, quantity_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpRequest

    from wadah.programme.mentoring.rules import Judged
    from wadah.programme.mentoring.selectors import Outcome
    from wadah.web.lists import Words

NOTHING = "–"

WAYS: Sequence[tuple[str, Words]] = (
    ("mentorings", gettext_lazy("Mentoring")),
    ("mentoring_find", gettext_lazy("Find an expert")),
    ("mentoring_report", gettext_lazy("What came of it")),
    ("experts", gettext_lazy("Experts")),
)

ACTS = {
    "mentoring_start": gettext_lazy("Begun"),
    "mentoring_end": gettext_lazy("Ended"),
    "visit_plan": gettext_lazy("Visit planned"),
    "visit_held": gettext_lazy("Visit held"),
    "visit_called_off": gettext_lazy("Visit called off"),
}
FIELDS = {
    "expert": gettext_lazy("Expert"),
    "workshop": gettext_lazy("Workshop"),
    "skill": gettext_lazy("Process"),
    "purpose": gettext_lazy("What for"),
    "starts_on": gettext_lazy("From"),
    "ends_on": gettext_lazy("Last day"),
    "status": gettext_lazy("State"),
    "outcome": gettext_lazy("What came of it"),
    "ended_on": gettext_lazy("Ended on"),
    "on": gettext_lazy("Day"),
    "minutes": gettext_lazy("Minutes"),
    "done": gettext_lazy("What was done"),
}


def ways(request: HttpRequest) -> list[tuple[str, Words, bool]]:
    """Address, words, and whether it is this page."""
    return [(reverse(name), words, reverse(name) == request.path) for name, words in WAYS]


def hours_text(minutes: float | None) -> str:
    """Minutes as hours, at most one decimal."""
    return decimal_text((minutes or 0) / 60, 1, language())


def rate_text(judged: Judged) -> str:
    """ "4,2% of 120 pieces"."""
    if judged.rate is None:
        return NOTHING
    values = {"share": percent_text(judged.rate, 1, language()), "pieces": quantity_text(float(judged.pieces))}
    return _("%(share)s of %(pieces)s pieces") % values


def outcome_sentence(found: Outcome) -> str:
    """One sentence from the numbers; it says what is so, not that the mentoring is its cause."""
    before, since = found.before.rate, found.since.rate
    if before is None and since is None:
        told = _("Nothing of this process has been inspected yet, before or since.")
    elif since is None:
        told = _("Before, %(before)s were rejected; nothing has been inspected since.") % {
            "before": rate_text(found.before)
        }
    elif before is None:
        told = _("Since it began, %(since)s were rejected; there is nothing from before to compare with.") % {
            "since": rate_text(found.since)
        }
    else:
        values = {"before": rate_text(found.before), "since": rate_text(found.since)}
        told = _("Rejected in the 90 days before: %(before)s; since it began: %(since)s.") % values
    return told
