"""Sentences about batik days and the share that public buyers owe to small firms, for schools and for officers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from wadah.units import DAYS, MONTHS, date_text, decimal_text, rupiah_text
from wadah.web.words import language, share_text

if TYPE_CHECKING:
    from wadah.demand.models import BatikDay
    from wadah.demand.rules.public import SmallBuying


def batik_day_words(row: BatikDay) -> str:
    """ "Thursday", or "2 October"."""
    if row.weekday is not None:
        return DAYS[language()][row.weekday]
    assert row.month is not None
    return f"{row.day} {MONTHS[language()][row.month - 1]}"


def batik_day_text(row: BatikDay) -> str:
    """The day with the regulation that says so."""
    words = {"day": batik_day_words(row), "regulation": row.regulation, "since": date_text(row.valid_from, language())}
    if row.weekday is not None:
        return _("Every %(day)s, since %(since)s (%(regulation)s)") % words
    return _("Each year on %(day)s, since %(since)s (%(regulation)s)") % words


def small_sentence(small: SmallBuying, year: int) -> str:
    """What of the budget went to small firms, and what is missing; what nobody knows is said to be unknown."""
    words = {"year": year, "bought": rupiah_text(small.bought), "known": rupiah_text(small.known)}
    if small.budget is None:
        return _("%(bought)s was bought from cooperatives in %(year)s. The budget isn't known, so no share is.") % words
    words |= {"budget": rupiah_text(small.budget), "share": share_text(small.share or 0)}
    told = (
        _("%(known)s of a budget of %(budget)s for %(year)s went to small firms: %(share)s.")
        if small.elsewhere is not None
        else _("At least %(known)s of a budget of %(budget)s for %(year)s went to small firms: %(share)s.")
    ) % words
    return f"{told} {missing_sentence(small)}".rstrip()


def missing_sentence(small: SmallBuying) -> str:
    if small.missing is None or small.percent is None:
        return ""
    words = {"percent": decimal_text(small.percent, 2, language()), "missing": rupiah_text(small.missing)}
    if not small.missing:
        return _("The %(percent)s%% that are asked for are reached.") % words
    if small.elsewhere is None:
        return _("At most %(missing)s are missing to %(percent)s%%.") % words
    return _("%(missing)s are missing to %(percent)s%%.") % words
