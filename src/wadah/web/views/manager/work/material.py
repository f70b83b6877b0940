"""Material of a work order: handed out from lots chosen first-to-expire first, brought back, spoilt."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from wadah.base.errors import NotYours, Refused
from wadah.web.access import MANAGER, access, own_or_404, person_of
from wadah.web.editing import form_page
from wadah.web.views.manager.work.common import managed_order, order_url, pieces_text
from wadah.web.views.manager.work.forms import BackForm, IssueEndForm, takings_asked
from wadah.work.selectors.material import issues_of, issues_seen, needs_of
from wadah.work.services.material import (
    Taking,
    material_counted,
    material_issue,
    material_return,
    material_scrap,
)

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse, QueryDict

    from wadah.work.models import MaterialIssue


@access(MANAGER, methods=("GET", "POST"))
def material(request: HttpRequest, number: str) -> HttpResponse:
    """What is needed, what was handed out, and lots to hand out now, filled in with what is missing."""
    row = managed_order(request, number)
    needs = needs_of(row)
    fault = ""
    if request.method == "POST":
        try:
            lots = [lot for need in needs for lot in need.lots]
            takings = [Taking(lot, pieces) for lot, pieces in takings_asked(request.POST, lots)]
            issues = material_issue(
                work_order=row,
                takings=takings,
                by=person_of(request).user,
                received_by=request.POST.get("received_by", "")[:120],
                reason=request.POST.get("reason", ""),
            )
        except Refused as refused:
            fault = str(refused)
        else:
            words = {"lots": ", ".join(issue.lot.number for issue in issues)}
            messages.success(request, _("Handed out from %(lots)s. Print the slip to be signed.") % words)
            return HttpResponseRedirect(order_url(row))
    typed: QueryDict | None = request.POST if request.method == "POST" else None
    context = {
        "row": row,
        "needs": [(need, [(lot, value_of(typed, need, lot)) for lot in need.lots]) for need in needs],
        "issues": issues_of(row),
        "fault": fault,
        "received_by": typed.get("received_by", "") if typed else "",
        "reason": typed.get("reason", "") if typed else "",
    }
    return render(request, "work/material.html", context, status=400 if fault else 200)


@access(MANAGER, methods=("POST",))
def material_into_lot(request: HttpRequest, number: str, part: int) -> HttpResponse:
    """What was counted of a component before it had lots becomes one, and can be handed out."""
    row = managed_order(request, number)
    need = next((one for one in needs_of(row) if one.part.pk == part), None)
    if need is None:
        raise NotYours
    lot = material_counted(cooperative=row.cooperative, part=need.part, by=person_of(request).user)
    words = {"lot": lot.number, "pieces": pieces_text(lot.quantity)}
    messages.success(request, _("%(lot)s now holds the %(pieces)s that were counted.") % words)
    return HttpResponseRedirect(reverse("material", args=[number]))


def value_of(typed: Any, need: Any, lot: Any) -> str:
    """What stands in a lot's field: what was typed, else what makes up for what is missing."""
    if typed is not None:
        return str(typed.get(f"lot-{lot.pk}", ""))
    return pieces_text(need.picked[lot.pk]) if lot.pk in need.picked else ""


def issue_managed(request: HttpRequest, number: str, pk: int) -> MaterialIssue:
    rows = issues_seen(person_of(request).roles.cooperatives_managed).filter(work_order__number=number)
    return own_or_404(rows, pk=pk)


@access(MANAGER, methods=("GET", "POST"))
def material_back(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    issue = issue_managed(request, number, pk)

    def save(facts: dict[str, Any]) -> str:
        material_return(issue=issue, by=person_of(request).user, **facts)
        messages.success(request, _("Back at the hub."))
        return reverse("material", args=[number])

    title = _("Brought back unused: %(lot)s") % {"lot": issue.lot.number}
    back = reverse("material", args=[number])
    return form_page(request, BackForm(request.POST or None), title=title, back=back, save=save)


@access(MANAGER, methods=("GET", "POST"))
def material_spoilt(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    issue = issue_managed(request, number, pk)

    def save(facts: dict[str, Any]) -> str:
        material_scrap(issue=issue, by=person_of(request).user, **facts)
        messages.success(request, _("Noted. As much can be handed out again."))
        return reverse("material", args=[number])

    title = _("Spoilt at the workshop: %(lot)s") % {"lot": issue.lot.number}
    back = reverse("material", args=[number])
    return form_page(request, IssueEndForm(request.POST or None), title=title, back=back, save=save)
