"""The refusals of the rules of quality, put into words: what was given, what it was held against, and the way out."""

from __future__ import annotations

from contextlib import contextmanager
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy

from wadah.base.errors import Refused
from wadah.units import decimal_text
from wadah.work.rules.faults import QualityError
from wadah.work.words import DefectClass

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.utils.functional import _StrPromise

WORDS: dict[str, _StrPromise] = {
    # a sampling plan
    "lot_size": gettext_lazy("A lot has at least %(limit)s pieces, got %(value)s."),
    "level": gettext_lazy("There is no inspection level %(value)s. Choose one of: %(limit)s."),
    "letter": gettext_lazy("There is no code letter %(value)s. Choose one of: %(limit)s."),
    "severity": gettext_lazy("There is no inspection called %(value)s. Choose one of: %(limit)s."),
    "aql": gettext_lazy("There is no AQL %(value)s in the tables. Choose one of: %(limit)s."),
    "aql_defects_only": gettext_lazy("Above AQL %(limit)s only faults are counted, not failed pieces; got %(value)s."),
    "n": gettext_lazy("At least %(limit)s piece has to be checked, got %(value)s."),
    "ac": gettext_lazy("The acceptance number can't be below %(limit)s, got %(value)s."),
    "re": gettext_lazy("The rejection number has to be above the acceptance number %(limit)s, got %(value)s."),
    "gap": gettext_lazy("The rejection number has to be %(limit)s, one above the acceptance number; got %(value)s."),
    "never_rejects": gettext_lazy(
        "With %(limit)s pieces checked, a lot could never be rejected from %(value)s on. Check more, or reject earlier."
    ),
    "n_over_lot": gettext_lazy("More pieces are asked for (%(value)s) than the lot has (%(limit)s)."),
    "ltpd": gettext_lazy("The share of bad pieces lies between 0 and 1, got %(value)s."),
    "consumers_risk": gettext_lazy("The risk lies between 0 and 1, got %(value)s."),
    "incomplete": gettext_lazy("This way of checking needs a number for: %(value)s."),
    # counting
    "checked": gettext_lazy("%(limit)s pieces are asked for, got %(value)s."),
    "defects": gettext_lazy("There can't be %(value)s failed ones here; at most %(limit)s."),
    "tranche_pieces": gettext_lazy("Between 1 and %(limit)s pieces are still to be checked, got %(value)s."),
    "tranche_class": gettext_lazy("Defects of class %(value)s aren't asked for in this inspection."),
    "tranche_defects": gettext_lazy("There can't be %(value)s failed ones here; at most %(limit)s."),
    "tranche_across": gettext_lazy(
        "Of class “%(value)s” only the next %(limit)s pieces count. Enter these first, then the others."
    ),
    # switching
    "not_normal": gettext_lazy("Only normal inspection can become reduced; now it is: %(value)s."),
    "score": gettext_lazy("Reduced inspection needs a score of %(limit)s; it is %(value)s."),
    "not_steady": gettext_lazy("Reduced inspection is only for production that runs regularly. Say so first."),
    "not_agreed": gettext_lazy("Reduced inspection needs the manager's word. Say so first."),
    "not_reduced": gettext_lazy("Only reduced inspection can be ended like this; now it is: %(value)s."),
    "not_discontinued": gettext_lazy("Only stopped inspection can begin again; now it is: %(value)s."),
    # charts
    "subgroup_size": gettext_lazy("A chart of means needs groups of 2 to 10 values, got %(value)s."),
    "subgroup_uneven": gettext_lazy("All groups of a chart of means have %(limit)s values, got one with %(value)s."),
    "sample_size": gettext_lazy("A sample has at least %(limit)s piece, got %(value)s."),
    "failed": gettext_lazy("There can't be %(value)s failed ones in a sample of %(limit)s."),
    "limits": gettext_lazy("The lower limit (%(value)s) has to lie below the upper one (%(limit)s)."),
}
"""By the codes of rules; tests hold that none is missing."""

STATES: dict[str, _StrPromise] = {
    "normal": gettext_lazy("normal"),
    "tightened": gettext_lazy("tightened"),
    "reduced": gettext_lazy("reduced"),
    "discontinued": gettext_lazy("stopped"),
}
"""What an inspection's severity is called."""

REASONS: dict[str, _StrPromise] = {
    "rejected_2_of_5": gettext_lazy("two of five lots or fewer were rejected"),
    "accepted_5_in_a_row": gettext_lazy("five lots in a row were accepted"),
    "rejected_5_on_tightened": gettext_lazy("five lots were rejected on tightened inspection"),
    "score_reached": gettext_lazy("the switching score (ISO-style) reached 30"),
    "reduced_agreed": gettext_lazy("production is steady and the manager agreed"),
    "rejected_on_reduced": gettext_lazy("a lot was rejected on reduced inspection"),
    "gap_on_reduced": gettext_lazy("a lot lay between accepting and rejecting: accepted, but back to normal"),
    "production_irregular": gettext_lazy("production was irregular"),
    "asked": gettext_lazy("somebody asked for it"),
    "corrective_action": gettext_lazy("the cause was corrected"),
    "resubmitted": gettext_lazy("the lot had been inspected before, so it doesn't count"),
    "other_severity": gettext_lazy("the lot was sampled on another severity, so it doesn't count"),
    "not_in_tables": gettext_lazy("the plan isn't one of the tables, so it doesn't count"),
    "stopped": gettext_lazy("the sample was stopped before this class was decided, so it doesn't count"),
}
"""Why the state is as it is, by the codes of rules.switching, and "stopped" of this room."""


def refused(error: QualityError, *, field: str | None = None) -> Refused:
    """The same refusal for people; field: of the form, where there is one."""
    return Refused(WORDS[error.code] % {"value": said(error.value), "limit": said(error.limit)}, field=field)


def said(value: Any) -> str:
    """A value as it is read: words of the room translated, choices one after the other."""
    if isinstance(value, tuple):
        return ", ".join(said(one) for one in value)
    if isinstance(value, Decimal):
        return decimal_text(value, 5)
    if value in DefectClass.values:
        return str(DefectClass(value).label)
    return str(STATES.get(value, value)) if isinstance(value, str) else str(value)


def reasons_text(codes: list[str] | tuple[str, ...]) -> str:
    """Why, in one line; empty without codes."""
    return "; ".join(str(REASONS[code]) for code in codes)


@contextmanager
def in_words(field: str | None = None) -> Iterator[None]:
    """Turns a QualityError of what is done inside into a Refused."""
    try:
        yield
    except QualityError as error:
        raise refused(error, field=field) from error
