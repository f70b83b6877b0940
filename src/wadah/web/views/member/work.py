"""A member's work: the list, one work order with its big buttons, what can't be made, milestones."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from wadah.base.clock import today
from wadah.base.errors import Refused
from wadah.web.access import MANAGER, MEMBER, access, own_or_404, person_of
from wadah.web.editing import form_page
from wadah.web.quantities import quantity_asked
from wadah.web.views.member.work_forms import HandInForm, ShortForm
from wadah.web.words import quantity_text
from wadah.work.selectors.material import needs_of
from wadah.work.selectors.orders import (
    OPEN,
    lots_made,
    lots_of_member,
    milestones_of,
    planned_ahead,
    progress_of,
    work_orders_of,
    work_orders_seen,
)
from wadah.work.selectors.pay import pay_of, pays_of
from wadah.work.services.milestones import milestone_hand_in
from wadah.work.services.orders import standing, work_order_give_up
from wadah.work.services.progress import progress_report
from wadah.work.words import MilestoneStatus, WorkOrderKind

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from django.http import HttpRequest

    from wadah.work.models import WorkOrder
    from wadah.work.rules.orders import Standing

DONE_SHOWN = 10
REPORTS_SHOWN = 5
ALL, TYPED, FEWER = "semua", "lain", "kurangi"


def own_order(request: HttpRequest, number: str) -> WorkOrder:
    return own_or_404(work_orders_of(person_of(request).roles.workshops_owned), number=number)


@access(MEMBER)
def work(request: HttpRequest) -> HttpResponse:
    """What is in work, what the plan has in store, and what was done lately."""
    shops = person_of(request).roles.workshops_owned
    rows = list(work_orders_of(shops).filter(status__in=OPEN))
    done = list(work_orders_of(shops).exclude(status__in=OPEN).order_by("-closed_at", "-id")[:DONE_SHOWN])
    pays = pays_of([*rows, *done])
    context = {
        "orders": [(row, standing(row), pays[row.pk]) for row in rows],
        "done": [(row, pays[row.pk]) for row in done],
        "weeks": [(day, list(group)) for day, group in groupby(planned_ahead(shops), key=lambda one: one.week)],
        "accepted": sum(pays[row.pk].rupiah for row in rows),
        "promised": sum(promised(row) for row in rows),
        "coming": lots_of_member(shops).filter(bring_at__isnull=False).count(),
        "today": today(),
    }
    return render(request, "member/work.html", context)


def promised(row: WorkOrder) -> int:
    """Whole rupiah of a work order once all of it is accepted."""
    each = row.pay_rupiah_piece + row.material_rupiah_piece + row.transport_rupiah_piece
    asked = row.pieces - row.given_up
    return int(asked * each) + (row.setup_pay_rupiah + row.transport_rupiah_trip if asked else 0)


@access(MEMBER)
def work_order(request: HttpRequest, number: str) -> HttpResponse:
    """How many are done? Big buttons, and below them all that belongs to this work."""
    row = own_order(request, number)
    return render(request, "member/work_order.html", order_context(row))


def order_context(row: WorkOrder) -> dict[str, Any]:
    at, reports = standing(row), progress_of(row)
    service = row.kind == WorkOrderKind.SERVICE
    return {
        "row": row,
        "at": at,
        "buttons": buttons(at, whole=row.part.integer),
        "service": service,
        "open": row.status in OPEN,
        "late": row.status in OPEN and row.due_on < today(),
        "pay": pay_of(row),
        "promised": promised(row),
        "needs": [] if service else needs_of(row),
        "lots": lots_made(row),
        "reports": reports[:REPORTS_SHOWN],
        "milestones": milestones_of(row) if service else [],
    }


def buttons(at: Standing, *, whole: bool) -> Sequence[tuple[str, str]]:
    """(value, words) of the buttons that make sense now: +1, +10, all."""
    steps = [step for step in (1, 10) if at.to_do >= step] if whole or at.to_do >= 1 else []
    found = [(str(step), f"+{step}") for step in steps]
    if at.to_do > 1 or (at.to_do and not steps):
        found.append((ALL, _("All %(count)s") % {"count": quantity_text(float(at.to_do))}))
    return found


@access(MEMBER, methods=("POST",))
def work_report(request: HttpRequest, number: str) -> HttpResponse:
    """One press on a big button, or a number typed; with a photo where there is one."""
    row = own_order(request, number)
    report_asked(request, row, **{"by": person_of(request).user})
    return HttpResponseRedirect(reverse("work_order", args=[number]))


def report_asked(request: HttpRequest, row: WorkOrder, **who: Any) -> None:
    """Writes what a progress form asks, and says so: `pieces` is 1, 10, "semua", or "lain", "kurangi" of `count`."""
    pressed, photo = request.POST.get("pieces", ""), request.FILES.get("photo")
    reason = request.POST.get("reason", "")
    made = progress_report(work_order=row, pieces=pieces_pressed(request, pressed), photo=photo, reason=reason, **who)
    row.refresh_from_db()
    words = {"pieces": signed(made.pieces), "done": quantity_text(float(row.reported)), "receipt": made.pk}
    messages.success(request, _("Noted: %(pieces)s. %(done)s are done. Receipt no. %(receipt)s.") % words)


def pieces_pressed(request: HttpRequest, pressed: str) -> Decimal | None:
    if pressed == ALL:
        return None
    typed = request.POST.get("count", "") if pressed in {TYPED, FEWER} else pressed
    pieces = quantity_asked(typed)
    return -pieces if pressed == FEWER else pieces


def signed(pieces: Decimal) -> str:
    return f"{'−' if pieces < 0 else '+'}{quantity_text(abs(float(pieces)))}"


@access(MEMBER, methods=("GET", "POST"))
def work_give_up(request: HttpRequest, number: str) -> HttpResponse:
    """I can't make all of it."""
    row = own_order(request, number)
    form = ShortForm(request.POST or None, initial={"pieces": quantity_text(float(standing(row).may_give_up))})

    def save(facts: dict[str, Any]) -> str:
        user = person_of(request).user
        work_order_give_up(work_order=row, pieces=facts["pieces"], reason=form.reason, by=user)
        messages.success(request, _("Noted. Your manager looks for somebody else for these."))
        return reverse("work_order", args=[number])

    return form_page(
        request,
        form,
        title=_("I can't make all of it"),
        back=reverse("work_order", args=[number]),
        action=_("Tell the manager"),
        save=save,
    )


@access(MEMBER, methods=("GET", "POST"))
def work_milestone(request: HttpRequest, number: str, step: int) -> HttpResponse:
    """Hand a milestone in."""
    row = own_order(request, number)
    milestone = own_or_404(row.milestones.exclude(status=MilestoneStatus.CANCELLED), number=step)
    if milestone.status in {MilestoneStatus.HANDED_IN, MilestoneStatus.ACCEPTED}:
        messages.info(request, _("It is handed in already."))
        return HttpResponseRedirect(reverse("work_order", args=[number]))

    def save(facts: dict[str, Any]) -> str:
        milestone_hand_in(milestone=milestone, by=person_of(request).user, **facts)
        messages.success(request, _("Handed in. You see here when it is accepted."))
        return reverse("work_order", args=[number])

    return form_page(
        request,
        HandInForm(request.POST or None, request.FILES or None),
        title=milestone.title,
        back=reverse("work_order", args=[number]),
        action=_("Hand it in"),
        save=save,
        template="member/work_milestone.html",
        milestone=milestone,
    )


@access(MEMBER, MANAGER)
def work_photo(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """A photo of a report, for the member and the manager."""
    person = person_of(request)
    rows = work_orders_of(person.roles.workshops_owned) | work_orders_seen(person.roles.cooperatives_managed)
    row = own_or_404(rows, number=number)
    report = own_or_404(row.progress.filter(photo__isnull=False).select_related("photo"), pk=pk)
    if report.photo is None:
        raise Refused(_("There is no photo here."))
    return HttpResponse(bytes(report.photo.content), content_type=report.photo.media_type)
