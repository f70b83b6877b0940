"""Hasil periksa, on a member's phone: was my work good, what was wrong, what do I do now?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wadah.base.clock import today
from wadah.units import date_long_text, decimal_text
from wadah.web.access import MEMBER, access, own_or_404, person_of
from wadah.web.views.manager.quality.common import file_answer
from wadah.web.words import language
from wadah.work.selectors.inspections import (
    dispositions_seen_by,
    inspection_photos,
    results_of,
    reworks_of,
    tranche_photo,
)
from wadah.work.services.inspection import inspection_standing
from wadah.work.words import DefectClass, DispositionKind, InspectionStatus

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from wadah.work.models import Disposition, Inspection

PAGE = 20


@dataclass(frozen=True, slots=True)
class ToMend:
    """One thing to mend. row: the decision; out: pieces still at the workshop; day: by when; late: it is over."""

    row: Disposition
    out: str
    day: str
    late: bool


def workshops(request: HttpRequest) -> frozenset[int]:
    return person_of(request).roles.workshops_owned


def text(pieces: Any) -> str:
    return decimal_text(pieces, 3, language())


@access(MEMBER)
def results(request: HttpRequest) -> HttpResponse:
    """What is to be mended, then what was checked lately."""
    page = Paginator(results_of(workshops(request)), PAGE).get_page(request.GET.get("page"))
    context = {
        "mend": [to_mend(row) for row in reworks_of(workshops(request))],
        "page": page,
        "shown": [(row, short_sentence(row)) for row in page.object_list],
    }
    return render(request, "member/results.html", context)


def to_mend(row: Disposition) -> ToMend:
    day = date_long_text(row.due_on, language()) if row.due_on else ""
    return ToMend(row, text(row.pieces - row.back), day, bool(row.due_on and row.due_on < today()))


def short_sentence(row: Inspection) -> str:
    return _("Good. It counts for your pay.") if row.status == InspectionStatus.PASSED else _("Not good enough yet.")


@access(MEMBER)
def result(request: HttpRequest, number: str) -> HttpResponse:
    """One check: what was found, and what happens now."""
    row = own_or_404(results_of(workshops(request)).prefetch_related("tranches"), number=number)
    decisions = list(dispositions_seen_by(workshops(request)).filter(lot=row.lot).order_by("pk"))
    context = {
        "row": row,
        "passed": row.status == InspectionStatus.PASSED,
        "sentences": sentences(row),
        "found": found_sentences(row),
        "notes": [one.note for one in row.tranches.all() if one.note],
        "photos": inspection_photos(row),
        "decisions": [(one, decision_sentence(one)) for one in decisions],
        "undecided": row.lot.rejected > 0,
    }
    return render(request, "member/result.html", context)


def sentences(row: Inspection) -> list[str]:
    """What the check says, in short sentences."""
    now = inspection_standing(row)
    words = {"checked": text(now.checked), "pieces": text(row.pieces)}
    told = [_("The hub checked %(checked)s of your %(pieces)s pieces.") % words]
    bad = sum(now.found.values())
    if row.status == InspectionStatus.PASSED:
        told.append(_("All of them are good.") if not bad else _("Your work has passed."))
        if bad:
            told.append(
                ngettext("%(bad)s had a fault. It isn't counted.", "%(bad)s had a fault. They aren't counted.", bad)
                % {"bad": text(bad)}
            )
        return told
    told.append(_("Too many had a fault."))
    told.append(_("So none of these pieces counts for your pay yet."))
    return told


def found_sentences(row: Inspection) -> list[str]:
    """Faults by how bad they are."""
    now = inspection_standing(row)
    words = {
        DefectClass.CRITICAL: _("%(count)s dangerous faults"),
        DefectClass.MAJOR: _("%(count)s big faults"),
        DefectClass.MINOR: _("%(count)s small faults"),
    }
    return [words[DefectClass(name)] % {"count": text(count)} for name, count in sorted(now.found.items()) if count]


def decision_sentence(row: Disposition) -> str:
    """What was decided, as one says it to the member."""
    pieces = {"pieces": text(row.pieces)}
    if row.kind == DispositionKind.REWORK:
        day = {"day": date_long_text(row.due_on, language())} if row.due_on else {"day": "–"}
        return _("Please mend %(pieces)s pieces. Bring them back by %(day)s.") % {**pieces, **day}
    if row.kind == DispositionKind.SORT:
        words = {"good": text(row.accepted), "bad": text(row.rejected)}
        return _("The hub looked at each piece. %(good)s are good, %(bad)s are not.") % words
    if row.kind == DispositionKind.ACCEPT:
        return _("%(pieces)s pieces are accepted as they are. They count for your pay.") % pieces
    if row.kind == DispositionKind.SCRAP:
        return _("%(pieces)s pieces can't be used. They aren't paid.") % pieces
    return _("%(pieces)s pieces go back to you. They aren't paid.") % pieces


@access(MEMBER)
def result_photo(request: HttpRequest, number: str, tranche: int) -> HttpResponse:
    row = own_or_404(results_of(workshops(request)), number=number)
    return file_answer(tranche_photo(row, tranche))


@access(MEMBER)
def result_decision_photo(request: HttpRequest, pk: int) -> HttpResponse:
    return file_answer(own_or_404(dispositions_seen_by(workshops(request)), pk=pk).photo)
