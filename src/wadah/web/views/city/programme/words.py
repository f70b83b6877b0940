"""A study's numbers as sentences. English is the message, Indonesian its translation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wadah.base.clock import now
from wadah.base.jobs import DIED
from wadah.programme.models import StudyItem
from wadah.programme.packages.giving import NO_RATE, NOT_ASKED, NOT_MEMBER, SAME, TOO_LATE, area_of
from wadah.programme.packages.job import NO_PLAN, OUT_OF_REACH
from wadah.programme.packages.studies import UNDO
from wadah.web.views.city.programme.common import figure, money
from wadah.web.words import quantity_text, share_text

if TYPE_CHECKING:
    from wadah.programme.models import Study
    from wadah.programme.packages.following import Followed


def stage_text(study: Study) -> str:
    """What is going on now."""
    return {
        "": _("Waiting for its turn"),
        "getting ready": _("Getting ready"),
        "planning without": _("Planning without any support, to compare with"),
        "choosing": _("Trying packages, each planned again"),
    }.get(study.stage, study.stage)


def why_text(study: Study) -> str:
    """Why there is no answer, and what can be done."""
    if study.status == study.Status.DISCARDED:
        return _("It was put aside before it began.")
    return {
        OUT_OF_REACH: _(
            "No package within this budget and floor gives every kelurahan what you ask. Raise the budget or the "
            "floor, ask for fewer kelurahan, or propose something there."
        ),
        NO_PLAN: _("Not even without support is there a plan. Look at the cooperative's own plan first."),
        DIED: _("The work stopped unexpectedly. Ask again."),
    }.get(study.stopped, study.stopped)


def answer_sentences(study: Study) -> list[str]:
    """What the package does, planned again: coverage, pieces, jobs."""
    before, after = study.shown["before"], study.shown["after"]
    asked = max(before["asked"], 1e-9)
    words = {
        "before": share_text(before["on_time"] / asked),
        "after": share_text(after["on_time"] / asked),
        "short": quantity_text(before["short"] - after["short"]),
        "late": quantity_text(before["late"] - after["late"]),
        "jobs": figure(after["jobs"] - before["jobs"], 2),
        "hours": figure(after["hours"] - before["hours"], 0),
    }
    if before["asked"] == 0:
        return [_("No orders are open in these weeks, so no support can open any.")]
    return [
        _("Delivered in time: %(before)s of the pieces asked without it, %(after)s with it.") % words,
        _("%(short)s pieces fewer are missing, %(late)s fewer are late.") % words,
        _("%(hours)s hours of work more, %(jobs)s full-time jobs of 40 hours.") % words,
    ]


def both_sentence(study: Study) -> str:
    """Prices alone beside planning again, and why they differ."""
    words = {"promised": money(study.promised_rupiah), "gain": money(study.gain_rupiah)}
    said = _("The plan's prices alone promised %(promised)s; planned again it is %(gain)s.") % words
    promised, gain = study.promised_rupiah or 0.0, study.gain_rupiah or 0.0
    if promised > gain * 1.1 + 1:
        return said + " " + _("Prices hold for the next hour only: with more hours, the bottleneck moves elsewhere.")
    if gain > promised * 1.1 + 1:
        return said + " " + _("Together the parts do more than each by itself.")
    return said


def proof_sentence(study: Study) -> str:
    """What is proven of the choice, and within what the gain lies."""
    words = {
        "most": money(study.most_rupiah),
        "least": money((study.bound_before_rupiah or 0.0) - (study.best_after_rupiah or 0.0)),
        "upper": money((study.best_before_rupiah or 0.0) - (study.bound_after_rupiah or 0.0)),
    }
    if study.shown["proven"]:
        first = _("Proven: no package within these limits saves more.")
    else:
        first = _("Proven: no package within these limits saves more than %(most)s.") % words
    return first + " " + _("By both plans' bounds the true gain lies between %(least)s and %(upper)s.") % words


def spent_sentence(study: Study) -> str:
    words = {
        "cost": money(study.shown["cost"]),
        "budget": money(study.budget_rupiah),
        "space": study.shown["space"],
        "floor": study.floor_m2,
    }
    return _("It takes %(cost)s of %(budget)s, and %(space)s of %(floor)s m².") % words


def fair_sentence(study: Study, chosen: list[StudyItem]) -> str:
    """How many kelurahan get something, and what was asked."""
    areas = {area.pk for item in chosen if (area := area_of(item.intervention))}
    got = ngettext("%(count)s kelurahan gets something.", "%(count)s kelurahan get something.", len(areas))
    said = got % {"count": len(areas)}
    if study.least_areas:
        said += " " + _("At least %(least)s were asked for.") % {"least": study.least_areas}
    return said


def idle_text(why: str) -> str:
    """Why an intervention gave nothing in this study."""
    return {
        TOO_LATE: _("comes to fruit after these weeks"),
        NOT_MEMBER: _("the workshop isn't a member in these weeks"),
        NOT_ASKED: _("no open order needs this part"),
        NO_RATE: _("nobody makes it: enter minutes a piece"),
        SAME: _("the workshop can make it already"),
    }.get(why, why)


def undoable(study: Study) -> bool:
    return study.adopted_at is not None and now() - study.adopted_at <= UNDO


def follow_sentence(rows: list[Followed]) -> str:
    """One sentence on what came of all that was adopted."""
    begun = [row for row in rows if row.item.state == StudyItem.State.BEGUN]
    if not begun:
        return _("Nothing of an adopted package has begun yet.") if rows else ""
    known = [row for row in begun if row.came is not None]
    words = {
        "begun": len(begun),
        "of": len(rows),
        "promised": figure(sum(row.promised for row in known), 0),
        "came": figure(sum(row.came or 0.0 for row in known), 0),
    }
    return _("%(begun)s of %(of)s parts have begun: %(promised)s hours were promised up to now, %(came)s came.") % words
