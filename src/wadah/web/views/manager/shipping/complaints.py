"""Claims: a buyer complains of received pieces, the cooperative answers, and what comes back finds its lot again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wadah.base.attachments import attachment_keep
from wadah.base.clock import business_date
from wadah.units import date_text
from wadah.web.access import BUYER, MANAGER, access, own_or_404, person_of
from wadah.web.editing import form_page
from wadah.web.history import history_table
from wadah.web.lists import ListColumn, ListFilter, Listing, list_page
from wadah.web.views.manager.shipping.forms import AnswerForm, BackForm, ClaimForm
from wadah.web.views.manager.shipping.shipments import seen as shipments_of
from wadah.web.views.manager.shipping.words import ACTS, FIELDS
from wadah.web.words import language, part_name, quantity_text
from wadah.work.selectors.shipping import claims_seen
from wadah.work.services.receipts import claim_decide, claim_make, claim_settle, claim_take_back
from wadah.work.words import ClaimStatus

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest

    from wadah.work.models import Claim

LISTING = Listing(
    "klaim",
    gettext_lazy("Claims"),
    [
        ListColumn(
            "number",
            gettext_lazy("Number"),
            text=lambda row: row.number,
            sort=("number",),
            url=lambda row: reverse("complaint", args=[row.number]),
        ),
        ListColumn("buyer", gettext_lazy("Buyer"), text=lambda row: row.shipment_line.shipment.order.buyer.name),
        ListColumn("part", gettext_lazy("Part"), text=lambda row: part_name(row.shipment_line.line.part)),
        ListColumn("lot", gettext_lazy("Lot"), text=lambda row: row.shipment_line.lot.number),
        ListColumn(
            "pieces",
            gettext_lazy("Pieces"),
            text=lambda row: quantity_text(float(row.pieces)),
            value=lambda row: float(row.pieces),
            numeric=True,
            sort=("pieces",),
        ),
        ListColumn("kind", gettext_lazy("What is wrong"), text=lambda row: row.get_kind_display(), sort=("kind",)),
        ListColumn(
            "made",
            gettext_lazy("Made on"),
            text=lambda row: date_text(business_date(row.made_at), language()),
            value=lambda row: business_date(row.made_at),
            sort=("made_at",),
        ),
        ListColumn("status", gettext_lazy("Status"), text=lambda row: row.get_status_display(), sort=("status",)),
    ],
    search=lambda rows, text: rows.filter(Q(number__icontains=text) | Q(shipment_line__lot__number__icontains=text)),
    filters=[
        ListFilter(
            "keadaan",
            gettext_lazy("Status"),
            choices=lambda: ClaimStatus.choices,
            narrow=lambda rows, value: rows.filter(status=value),
        )
    ],
    empty=gettext_lazy("Nobody has complained. A buyer complains on the page of a shipment that was signed for."),
)


def seen(request: HttpRequest) -> QuerySet[Claim]:
    person = person_of(request)
    return claims_seen(cooperatives=person.roles.cooperatives_managed, buyers=person.buyers)


def managed(request: HttpRequest, number: str) -> Claim:
    rows = claims_seen(cooperatives=person_of(request).roles.cooperatives_managed, buyers=[])
    return own_or_404(rows, number=number)


def address(row: Claim) -> str:
    return reverse("complaint", args=[row.number])


@access(MANAGER, BUYER)
def complaints(request: HttpRequest) -> HttpResponse:
    return list_page(request, LISTING, seen(request))


@access(MANAGER, BUYER)
def complaint(request: HttpRequest, number: str) -> HttpResponse:
    row = own_or_404(seen(request), number=number)
    cooperative = row.shipment_line.shipment.order.cooperative_id
    manager = cooperative in person_of(request).roles.cooperatives_managed
    context = {
        "row": row,
        "manager": manager,
        "answerable": manager and row.status == ClaimStatus.OPEN,
        "open_end": manager and row.status == ClaimStatus.ACCEPTED,
        "still_out": row.pieces - row.returned,
        "history": history_table(row, acts=ACTS, fields=FIELDS) if manager else None,
    }
    return render(request, "shipping/claim.html", context)


@access(MANAGER, BUYER, methods=("GET", "POST"))
def complaint_add(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """Complain of a line of a shipment; a manager writes down what the buyer told on the phone."""
    shipment = own_or_404(shipments_of(request), number=number)
    line = own_or_404(shipment.lines.select_related("line__part", "lot"), pk=pk)
    person = person_of(request)

    def save(facts: dict[str, Any]) -> str:
        photo = facts.pop("photo")
        kept = attachment_keep(file=photo, by=person.user) if photo else None
        row = claim_make(line=line, photo=kept, by=person.user, **facts)
        messages.success(request, _("%(number)s is noted. You will find the answer here.") % {"number": row.number})
        return address(row)

    return form_page(
        request,
        ClaimForm(request.POST or None, request.FILES or None),
        title=_("What is wrong with %(part)s of %(lot)s?")
        % {"part": part_name(line.line.part), "lot": line.lot.number},
        back=reverse("shipment", args=[shipment.number]),
        action=_("Complain"),
        save=save,
    )


@access(MANAGER, methods=("GET", "POST"))
def complaint_answer(request: HttpRequest, number: str) -> HttpResponse:
    row = managed(request, number)

    def save(facts: dict[str, Any]) -> str:
        accept = facts["decision"] != "refuse"
        claim_decide(
            claim=row,
            accept=accept,
            replace=facts["decision"] == "replace",
            answer=facts["answer"],
            by=person_of(request).user,
        )
        return address(row)

    return form_page(
        request,
        AnswerForm(request.POST or None),
        title=_("Answer %(number)s") % {"number": row.number},
        back=address(row),
        action=_("Send the answer"),
        save=save,
    )


@access(MANAGER, methods=("GET", "POST"))
def complaint_back(request: HttpRequest, number: str) -> HttpResponse:
    row = managed(request, number)

    def save(facts: dict[str, Any]) -> str:
        claim_take_back(claim=row, by=person_of(request).user, **facts)
        messages.success(request, _("They lie blocked in their lot. Decide there what becomes of them."))
        return address(row)

    return form_page(
        request,
        BackForm(request.POST or None, initial={"pieces": quantity_text(float(row.pieces - row.returned))}),
        title=_("Pieces of %(number)s came back") % {"number": row.number},
        back=address(row),
        save=save,
    )


@access(MANAGER, methods=("POST",))
def complaint_end(request: HttpRequest, number: str) -> HttpResponse:
    row = managed(request, number)
    claim_settle(claim=row, by=person_of(request).user)
    return HttpResponseRedirect(address(row))


@access(MANAGER, BUYER)
def complaint_photo(request: HttpRequest, number: str) -> HttpResponse:
    """The photo of a claim."""
    row = own_or_404(seen(request).filter(photo__isnull=False).select_related("photo"), number=number)
    assert row.photo is not None
    return HttpResponse(bytes(row.photo.content), content_type=row.photo.media_type)
