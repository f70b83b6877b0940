"""What a manager does with a work order: for a member without a phone (*atas nama*), and on their own account."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from wadah.web.access import MANAGER, access, own_or_404, person_of
from wadah.web.editing import form_page
from wadah.web.views.manager.work.common import lot_url, managed_order, order_url, pieces_text
from wadah.web.views.manager.work.forms import (
    BehalfHandInForm,
    CancelStepForm,
    CounterForm,
    OverForm,
    ShortForm,
    StepsForm,
)
from wadah.web.views.member.work import report_asked
from wadah.work.selectors.orders import milestones_of
from wadah.work.services.handing_over import hand_over
from wadah.work.services.milestones import milestone_cancel, milestone_hand_in, milestones_lay_out
from wadah.work.services.orders import standing, work_order_allow_over, work_order_give_up
from wadah.work.words import MilestoneStatus

if TYPE_CHECKING:
    from django import forms
    from django.http import HttpRequest, HttpResponse

    from wadah.work.models import WorkOrder


def behalf(row: WorkOrder) -> str:
    return row.workshop.ikm.owner_name


@access(MANAGER, methods=("POST",))
def board_report(request: HttpRequest, number: str) -> HttpResponse:
    """Progress noted for a member, with a reason."""
    row = managed_order(request, number)
    report_asked(request, row, by=person_of(request).user, on_behalf_of=behalf(row))
    return HttpResponseRedirect(order_url(row))


@access(MANAGER, methods=("GET", "POST"))
def board_counter(request: HttpRequest, number: str) -> HttpResponse:
    """Brought to the counter without being announced."""
    row = managed_order(request, number)
    at = standing(row)
    form = CounterForm(
        request.POST or None,
        request.FILES or None,
        initial={"pieces": pieces_text(at.to_bring or at.in_work), "reason": _("Brought to the counter")},
    )

    def save(facts: dict[str, Any]) -> str:
        lot = hand_over(work_order=row, by=person_of(request).user, on_behalf_of=behalf(row), **facts)
        messages.success(request, _("Received as %(lot)s. Print its label and the receipt.") % {"lot": lot.number})
        return lot_url(lot)

    title = _("Received at the counter from %(name)s") % {"name": behalf(row)}
    return behalf_page(request, row, form, title=title, action=_("Receive it"), save=save)


def behalf_page(request: HttpRequest, row: WorkOrder, form: forms.Form, **told: Any) -> HttpResponse:
    """A form with the banner that says for whom the manager acts."""
    return form_page(
        request, form, back=order_url(row), template="work/behalf.html", row=row, behalf=behalf(row), **told
    )


@access(MANAGER, methods=("GET", "POST"))
def board_short(request: HttpRequest, number: str) -> HttpResponse:
    """The member can't make all of it, and told the manager."""
    row = managed_order(request, number)
    form = ShortForm(request.POST or None, initial={"pieces": pieces_text(standing(row).may_give_up)})

    def save(facts: dict[str, Any]) -> str:
        work_order_give_up(work_order=row, by=person_of(request).user, on_behalf_of=behalf(row), **facts)
        messages.success(request, _("Noted. The plan has to make up for these."))
        return order_url(row)

    return behalf_page(request, row, form, title=_("Fewer will be made"), action=_("Note it"), save=save)


@access(MANAGER, methods=("GET", "POST"))
def board_over(request: HttpRequest, number: str) -> HttpResponse:
    row = managed_order(request, number)

    def save(facts: dict[str, Any]) -> str:
        work_order_allow_over(work_order=row, by=person_of(request).user, **facts)
        messages.success(request, _("Allowed."))
        return order_url(row)

    form = OverForm(request.POST or None, initial={"over": pieces_text(row.over)})
    title = _("Allow more than asked: %(number)s") % {"number": row.number}
    return form_page(request, form, title=title, back=order_url(row), action=_("Allow it"), save=save)


@access(MANAGER, methods=("GET", "POST"))
def board_steps(request: HttpRequest, number: str) -> HttpResponse:
    """Milestones of service work, laid out or laid out anew."""
    row = managed_order(request, number)
    still = [one for one in milestones_of(row) if one.status == MilestoneStatus.OPEN]
    lines = [f"{pieces_text(one.quantity)}; {one.title}; {one.due_on.isoformat()}" for one in still]
    form = StepsForm(request.POST or None, initial={"steps": "\n".join(lines)})

    def save(facts: dict[str, Any]) -> str:
        milestones_lay_out(work_order=row, by=person_of(request).user, **facts)
        messages.success(request, _("Laid out."))
        return order_url(row)

    return form_page(
        request,
        form,
        title=_("Milestones of %(number)s") % {"number": row.number},
        back=order_url(row),
        save=save,
        template="work/steps.html",
        row=row,
        at=standing(row),
        kept=[one for one in milestones_of(row) if one.status != MilestoneStatus.OPEN],
    )


@access(MANAGER, methods=("GET", "POST"))
def board_step_in(request: HttpRequest, number: str, step: int) -> HttpResponse:
    """A milestone handed in for a member, on paper or by hand."""
    row = managed_order(request, number)
    milestone = own_or_404(row.milestones.all(), number=step)

    def save(facts: dict[str, Any]) -> str:
        milestone_hand_in(milestone=milestone, by=person_of(request).user, on_behalf_of=behalf(row), **facts)
        messages.success(request, _("Handed in."))
        return reverse("milestone", args=[milestone.pk])

    form = BehalfHandInForm(request.POST or None, request.FILES or None)
    return behalf_page(request, row, form, title=milestone.title, action=_("Hand it in"), save=save)


@access(MANAGER, methods=("GET", "POST"))
def board_step_out(request: HttpRequest, number: str, step: int) -> HttpResponse:
    """A milestone that won't be made."""
    row = managed_order(request, number)
    milestone = own_or_404(row.milestones.all(), number=step)

    def save(facts: dict[str, Any]) -> str:
        milestone_cancel(milestone=milestone, by=person_of(request).user, on_behalf_of=behalf(row), **facts)
        messages.success(request, _("Cancelled. Its hours are free again."))
        return order_url(row)

    form = CancelStepForm(request.POST or None)
    return behalf_page(request, row, form, title=milestone.title, action=_("Cancel the milestone"), save=save)
