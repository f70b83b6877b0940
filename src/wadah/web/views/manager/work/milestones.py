"""A milestone of service work: what was handed in, accepted or sent back, by the manager or the buyer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from wadah.base.errors import NotYours
from wadah.web.access import BUYER, MANAGER, access, own_or_404, person_of
from wadah.web.editing import form_page
from wadah.web.history import history_table
from wadah.web.views.manager.work.common import pieces_text
from wadah.web.views.manager.work.forms import AcceptForm, SendBackWorkForm
from wadah.web.views.manager.work.words import ACTS, FIELDS
from wadah.work.selectors.orders import milestones_seen, milestones_waiting
from wadah.work.services.milestones import milestone_accept, milestone_send_back
from wadah.work.words import MilestoneStatus

if TYPE_CHECKING:
    from django.http import HttpRequest

    from wadah.work.models import Milestone


def seen(request: HttpRequest, pk: int) -> Milestone:
    person = person_of(request)
    rows = milestones_seen(cooperatives=person.roles.cooperatives_managed, buyers=person.buyers)
    return own_or_404(rows, pk=pk)


def managed(request: HttpRequest, row: Milestone) -> bool:
    return row.work_order.cooperative_id in person_of(request).roles.cooperatives_managed


@access(MANAGER, BUYER)
def milestones(request: HttpRequest) -> HttpResponse:
    """What was handed in and waits for a yes or a no."""
    person = person_of(request)
    rows = milestones_waiting(cooperatives=person.roles.cooperatives_managed, buyers=person.buyers)
    return render(request, "work/milestones.html", {"rows": rows})


@access(MANAGER, BUYER)
def milestone(request: HttpRequest, pk: int) -> HttpResponse:
    row = seen(request, pk)
    manager = managed(request, row)
    context = {
        "row": row,
        "manager": manager,
        "waiting": row.status == MilestoneStatus.HANDED_IN,
        "history": history_table(row, acts=ACTS, fields=FIELDS) if manager else None,
    }
    return render(request, "work/milestone.html", context)


@access(MANAGER, BUYER, methods=("GET", "POST"))
def milestone_yes(request: HttpRequest, pk: int) -> HttpResponse:
    row = seen(request, pk)
    form = AcceptForm(request.POST or None, initial={"quantity": pieces_text(row.quantity)})

    def save(facts: dict[str, Any]) -> str:
        lot = milestone_accept(milestone=row, by=person_of(request).user, **facts)
        messages.success(request, _("Accepted, as %(lot)s.") % {"lot": lot.number})
        return reverse("milestone", args=[pk])

    return form_page(
        request,
        form,
        title=_("Accept: %(title)s") % {"title": row.title},
        back=reverse("milestone", args=[pk]),
        action=_("Accept it"),
        save=save,
    )


@access(MANAGER, BUYER, methods=("GET", "POST"))
def milestone_no(request: HttpRequest, pk: int) -> HttpResponse:
    row = seen(request, pk)

    def save(facts: dict[str, Any]) -> str:
        milestone_send_back(milestone=row, by=person_of(request).user, **facts)
        messages.success(request, _("Sent back to work, with what is still missing."))
        return reverse("milestone", args=[pk])

    return form_page(
        request,
        SendBackWorkForm(request.POST or None),
        title=_("Send back: %(title)s") % {"title": row.title},
        back=reverse("milestone", args=[pk]),
        action=_("Send it back"),
        save=save,
    )


@access(MANAGER, BUYER)
def milestone_file(request: HttpRequest, pk: int) -> HttpResponse:
    """The photo or paper that was handed in."""
    row = seen(request, pk)
    if row.attachment is None:
        raise NotYours
    response = HttpResponse(bytes(row.attachment.content), content_type=row.attachment.media_type)
    response["Content-Disposition"] = "inline" if row.attachment.media_type == "image/jpeg" else "attachment"
    return response
