"""A buyer's requests: the list, a new one, one with its answer, and taking it back."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from wadah.base.clock import today
from wadah.base.errors import NotYours
from wadah.demand.imports.requested import COLUMNS, example_bytes
from wadah.demand.selectors import buyers_of, cooperatives_asked, parts_to_name, quotations_seen, requests_seen
from wadah.demand.services import request_receive, request_withdraw
from wadah.demand.words import Channel, RequestStatus
from wadah.units import date_text
from wadah.web.access import BUYER, MANAGER, access, own_or_404, person_of
from wadah.web.editing import form_page
from wadah.web.exports import FORMATS, file_answer
from wadah.web.lists import ListColumn, ListFilter, Listing, list_page
from wadah.web.tables import Column, Table
from wadah.web.views.buyer.forms import ReasonForm, RequestForm, how_read
from wadah.web.words import language, part_name, quantity_text

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest

    from wadah.demand.models import Request

EXAMPLE_ROWS, EXAMPLE_WEEKS = 2, 8


def mine(request: HttpRequest) -> QuerySet[Request]:
    return requests_seen(cooperatives=[], buyers=person_of(request).buyers)


LISTING = Listing(
    "permintaan",
    _("What you asked for"),
    [
        ListColumn(
            "number",
            _("Number"),
            text=lambda row: row.number,
            sort=("number",),
            url=lambda row: reverse("buyer_request", args=[row.number]),
            badge=lambda row: "simulated" if row.simulated else "",
        ),
        ListColumn(
            "received_on",
            _("Sent on"),
            text=lambda row: date_text(row.received_on, language()),
            value=lambda row: row.received_on,
            sort=("received_on",),
        ),
        ListColumn("cooperative", _("Cooperative"), text=lambda row: row.cooperative.name, sort=("cooperative__name",)),
        ListColumn(
            "lines",
            _("Lines"),
            text=lambda row: quantity_text(row.line_count),
            value=lambda row: row.line_count,
            numeric=True,
        ),
        ListColumn("status", _("Status"), text=lambda row: row.get_status_display(), sort=("status",)),
        ListColumn("offer", _("Quotation"), text=lambda row: row.offer or "–", url=lambda row: offer_url(row)),
    ],
    search=lambda rows, text: rows.filter(Q(number__icontains=text) | Q(text__icontains=text)),
    filters=[
        ListFilter(
            "keadaan",
            _("Status"),
            choices=lambda: RequestStatus.choices,
            narrow=lambda rows, value: rows.filter(status=value),
        )
    ],
    empty=_("You haven't asked for anything yet. One message is enough: what, how many, by when."),
)


def offer_url(row: Any) -> str:
    return reverse("buyer_quotation", args=[row.offer]) if row.offer else ""


@access(BUYER)
def buyer_requests(request: HttpRequest) -> HttpResponse:
    return list_page(request, LISTING, mine(request), add=reverse("buyer_request_add"))


@access(BUYER, methods=("GET", "POST"))
def buyer_request_add(request: HttpRequest) -> HttpResponse:
    person = person_of(request)
    cooperatives = cooperatives_asked(person.buyers)
    form = RequestForm(
        request.POST or None,
        request.FILES or None,
        buyers=buyers_of(person.buyers),
        cooperatives=cooperatives,
        parts=parts_to_name(),
        initial={
            "text": begun(request.GET.get("part", "")),
            "cooperative": cooperatives.filter(code=request.GET.get("dari", "")).first(),
        },
    )

    def save(facts: dict[str, Any]) -> str:
        facts.pop("wanted_on")
        channel = Channel.EXCEL if form.read_as else Channel.FORM
        row = request_receive(by=person.user, channel=channel, **facts)
        if form.read_as:
            messages.info(request, how_read(form.read_as))
        return reverse("buyer_request", args=[row.number])

    return form_page(
        request,
        form,
        title=gettext("Ask for an offer"),
        back=reverse("buyer_requests"),
        action=gettext("Send"),
        template="buyer/ask.html",
        save=save,
    )


@access(BUYER, MANAGER)
def buyer_request_example(request: HttpRequest, kind: str) -> HttpResponse:
    """A file to write over, as xlsx or csv: the headings that are understood, and two rows."""
    if kind not in FORMATS:
        raise NotYours
    parts = list(parts_to_name()[:EXAMPLE_ROWS])
    day = today() + timedelta(weeks=EXAMPLE_WEEKS)
    rows: list[dict[str, Any]] = [
        {"code": part.code, "text": part_name(part), "quantity": 100 * (index + 1), "wanted_on": day}
        for index, part in enumerate(parts)
    ]
    if kind == "csv":
        head = [str(column.label) for column in COLUMNS]
        return file_answer(kind, "permintaan", head, ([row[column.key] for column in COLUMNS] for row in rows))
    answer = HttpResponse(example_bytes(rows), content_type=FORMATS["xlsx"])
    answer["Content-Disposition"] = 'attachment; filename="permintaan.xlsx"'
    return answer


def begun(code: str) -> str:
    """The message begins with the part that was chosen; how many and by when is left to the buyer."""
    part = parts_to_name().filter(code=code).first()
    return f"{part_name(part)}, " if part else ""


@access(BUYER)
def buyer_request(request: HttpRequest, number: str) -> HttpResponse:
    row = own_or_404(mine(request), number=number)
    offers = quotations_seen(cooperatives=[], buyers=person_of(request).buyers).filter(request=row)
    return render(
        request,
        "buyer/request.html",
        {
            "row": row,
            "table": lines_table(row),
            "offers": offers,
            "open": row.status in {RequestStatus.OPEN, RequestStatus.QUOTED, RequestStatus.LAPSED},
        },
    )


def lines_table(row: Request) -> Table:
    table = Table(
        gettext("What you asked for"),
        [
            Column(gettext("In your words")),
            Column(gettext("Part")),
            Column(gettext("Pieces"), numeric=True),
            Column(gettext("By")),
        ],
    )
    for line in row.lines.select_related("part").order_by("line_no"):
        table.add(
            line.text,
            part_name(line.part) if line.part else gettext("not matched yet"),
            quantity_text(float(line.quantity)),
            date_text(line.wanted_on, language()),
        )
    return table


@access(BUYER, methods=("GET", "POST"))
def buyer_request_withdraw(request: HttpRequest, number: str) -> HttpResponse:
    row = own_or_404(mine(request), number=number)
    here = reverse("buyer_request", args=[row.number])

    def save(facts: dict[str, Any]) -> str:
        request_withdraw(request=row, by=person_of(request).user, **facts)
        return here

    title = gettext("Take back %(number)s") % {"number": row.number}
    return form_page(
        request, ReasonForm(request.POST or None), title=title, back=here, action=gettext("Take it back"), save=save
    )
