"""A year on the way to its members: closed → the meeting decides → shared → paid, each step with what is missing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wadah.base.clock import today
from wadah.base.errors import NotYours
from wadah.ledger.selectors.books import book_of, stock_counts_of
from wadah.ledger.selectors.result import year_days, year_result
from wadah.ledger.selectors.surplus import meeting_of, shares_unpaid, year_standing, years_seen
from wadah.ledger.selectors.years import year_missing
from wadah.ledger.services.meetings import meeting_record, meeting_withdraw
from wadah.ledger.services.meetings import surplus_share as share_out
from wadah.ledger.services.years import year_close as close_year
from wadah.ledger.services.years import year_propose as propose_year
from wadah.ledger.services.years import year_withdraw as withdraw_year
from wadah.ledger.words import YearStatus
from wadah.register.selectors import cooperative_members
from wadah.units import date_text, rupiah_text
from wadah.web.access import MANAGER, TREASURER, access
from wadah.web.editing import form_page
from wadah.web.history import history_table
from wadah.web.tables import Cell, Column, Table
from wadah.web.views.manager.money.books.common import cooperative_or_404, shell, user_of
from wadah.web.views.manager.money.books.pack import pools_of
from wadah.web.views.manager.money.years.forms import MeetingForm, WhyForm
from wadah.web.views.manager.money.years.words import ACTS, FIELDS, VALUES
from wadah.web.words import language

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from wadah.ledger.models import BookYear, Meeting
    from wadah.register.models import Cooperative


@dataclass(frozen=True, slots=True)
class Step:
    """One of the steps of a year. done: when and by whom; missing: what has to come first, in words."""

    name: str
    done: str = ""
    missing: str = ""


@access(MANAGER, TREASURER)
def surplus_years(request: HttpRequest, code: str) -> HttpResponse:
    cooperative = cooperative_or_404(request, code)
    book, known = book_of(cooperative.pk), {row.year: row for row in years_seen([cooperative.pk])}
    years = sorted({*known, *(range(book.opened_on.year, today().year + 1) if book else [])}, reverse=True)
    table = Table(
        _("Years, the newest first"), [Column(_("Year")), Column(_("Result"), numeric=True), Column(_("State"))]
    )
    for year in years:
        row = known.get(year)
        url = reverse("surplus_year", args=[code, year])
        table.add(
            Cell(str(year), url),
            rupiah_text(row.result) if row else "–",
            str(YearStatus(row.status).label) if row else _("not closed yet"),
        )
    return render(request, "money/years/years.html", shell(request, cooperative, table=table))


@access(MANAGER, TREASURER)
def surplus_year(request: HttpRequest, code: str, year: int) -> HttpResponse:
    """Where a year is on its way, and what comes next."""
    cooperative = cooperative_or_404(request, code)
    year_check(cooperative, year)
    row = year_standing(cooperative.pk, year)
    meeting = meeting_of(row) if row else None
    missing = year_missing(cooperative.pk, year) if row is None else []
    shares = shares_unpaid(meeting) if meeting and meeting.shared_at else []
    counted = stock_counts_of(cooperative.pk).filter(on=year_days(year)[1]).exists()
    context = shell(
        request,
        cooperative,
        year=year,
        row=row,
        meeting=meeting,
        steps=steps_of(row, meeting, missing, len(shares)),
        so_far=year_result(cooperative.pk, year) if row is None else None,
        counted=counted,
        missing=missing,
        mine=bool(row and row.proposed_by_id == user_of(request).pk),
        loss=bool(row and row.result <= 0),
        pools=pools_of(row, meeting) if row else [],
        left=sum(share.unpaid for share in shares),
        history=history_table(row, acts=ACTS, fields=FIELDS, values=VALUES) if row else None,
        decided=history_table(meeting, acts=ACTS, fields=FIELDS, values=VALUES, caption=_("History of the decision"))
        if meeting
        else None,
    )
    return render(request, "money/years/year.html", context)


def year_check(cooperative: Cooperative, year: int) -> None:
    """Years in which there were books. Raises NotYours."""
    book = book_of(cooperative.pk)
    if book is None or not book.opened_on.year <= year <= today().year:
        raise NotYours


def steps_of(row: BookYear | None, meeting: Meeting | None, missing: list[str], unpaid: int) -> list[Step]:
    closed = bool(row and row.closed_at)
    shared = bool(meeting and meeting.shared_at)
    loss = bool(row and row.result <= 0)
    return [
        Step(_("Proposed"), done=row.proposed_by.name if row else "", missing=" ".join(missing)),
        Step(
            _("Closed by a second person"),
            done=row.closed_by.name if row and row.closed_by else "",
            missing="" if row else _("Somebody proposes it first."),
        ),
        Step(
            _("Decided by the annual meeting"),
            done=f"{meeting.reference}, {date_text(meeting.held_on, language())}" if meeting else "",
            missing="" if closed else _("The meeting decides on closed books."),
        ),
        Step(
            _("Shared"),
            done=meeting.shared_by.name if meeting and meeting.shared_by else "",
            missing=_("A loss isn't shared.") if loss else "" if meeting else _("The meeting's decision comes first."),
        ),
        Step(
            _("Paid"),
            done=_("all paid") if shared and not unpaid else "",
            missing=waiting(unpaid) if shared else _("Nothing is paid before it is shared."),
        ),
    ]


def waiting(unpaid: int) -> str:
    words = ngettext("%(count)s member still waits.", "%(count)s members still wait.", unpaid)
    return words % {"count": unpaid}


def standing_or_404(request: HttpRequest, code: str, year: int) -> BookYear:
    row = year_standing(cooperative_or_404(request, code).pk, year)
    if row is None:
        raise NotYours
    return row


def meeting_or_404(request: HttpRequest, code: str, year: int) -> Meeting:
    row = meeting_of(standing_or_404(request, code, year))
    if row is None:
        raise NotYours
    return row


def home(code: str, year: int) -> str:
    return reverse("surplus_year", args=[code, year])


def done(request: HttpRequest, words: str, code: str, year: int) -> HttpResponse:
    messages.success(request, words)
    return HttpResponseRedirect(home(code, year))


@access(MANAGER, TREASURER, methods=("POST",))
def year_propose(request: HttpRequest, code: str, year: int) -> HttpResponse:
    cooperative = cooperative_or_404(request, code)
    propose_year(cooperative=cooperative, year=year, by=user_of(request))
    return done(request, _("Proposed. Another person with the office closes it."), code, year)


@access(MANAGER, TREASURER, methods=("POST",))
def year_close(request: HttpRequest, code: str, year: int) -> HttpResponse:
    close_year(book_year=standing_or_404(request, code, year), by=user_of(request))
    return done(request, _("%(year)s is closed.") % {"year": year}, code, year)


@access(MANAGER, TREASURER, methods=("GET", "POST"))
def year_withdraw(request: HttpRequest, code: str, year: int) -> HttpResponse:
    row = standing_or_404(request, code, year)

    def save(facts: dict[str, Any]) -> str:
        withdraw_year(book_year=row, reason=facts["reason"], by=user_of(request))
        messages.success(request, _("The proposal is withdrawn. Nothing was posted."))
        return home(code, year)

    title = _("Withdraw the proposal of %(year)s") % {"year": year}
    form = WhyForm(request.POST or None)
    return form_page(request, form, title=title, back=home(code, year), save=save, action=_("Withdraw"))


@access(MANAGER, TREASURER, methods=("GET", "POST"))
def meeting_add(request: HttpRequest, code: str, year: int) -> HttpResponse:
    """What the annual meeting decided about a year's surplus."""
    row = standing_or_404(request, code, year)
    members = cooperative_members(row.cooperative).count()
    form = MeetingForm(request.POST or None, members_now=members, loss=row.result <= 0)

    def save(facts: dict[str, Any]) -> str:
        columns = {name: facts[name] for name in facts if not name.startswith("pool-")}
        meeting_record(book_year=row, percents=form.percents(), by=user_of(request), **columns)
        messages.success(request, _("The decision is recorded. Nothing is shared yet."))
        return home(code, year)

    return form_page(
        request,
        form,
        title=_("What the annual meeting decided on %(year)s") % {"year": year},
        back=home(code, year),
        save=save,
        action=_("Record the decision"),
        template="money/years/meeting.html",
        row=row,
    )


@access(MANAGER, TREASURER, methods=("GET", "POST"))
def meeting_back(request: HttpRequest, code: str, year: int) -> HttpResponse:
    row = meeting_or_404(request, code, year)

    def save(facts: dict[str, Any]) -> str:
        meeting_withdraw(meeting=row, reason=facts["reason"], by=user_of(request))
        messages.success(request, _("The decision is taken out. Record it again."))
        return home(code, year)

    title = _("Record the decision again")
    form = WhyForm(request.POST or None)
    return form_page(request, form, title=title, back=home(code, year), save=save, action=_("Take it out"))


@access(MANAGER, TREASURER, methods=("POST",))
def surplus_share(request: HttpRequest, code: str, year: int) -> HttpResponse:
    """Share the surplus as the meeting decided."""
    shares = share_out(meeting=meeting_or_404(request, code, year), by=user_of(request))
    words = _("The surplus is shared among %(count)s members.") % {"count": len(shares)}
    return done(request, words, code, year)
