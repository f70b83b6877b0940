"""Incoming requests: the list, one that came by phone or letter, one request, which parts its lines mean."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.db.models import Q
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wadah.demand.rules.pasted import Named, parts_like
from wadah.demand.selectors import buyers_seen, parts_to_name, quotations_seen, requests_seen
from wadah.demand.services import request_decline, request_line_match, request_receive
from wadah.demand.words import RequestStatus
from wadah.register.selectors import cooperatives_named
from wadah.units import date_text
from wadah.web.access import MANAGER, access, own_or_404, person_of
from wadah.web.editing import form_page
from wadah.web.forms import FEW
from wadah.web.history import history_table
from wadah.web.lists import ListColumn, ListFilter, Listing, list_page
from wadah.web.tables import Cell, Column, Table
from wadah.web.views.buyer.forms import how_read
from wadah.web.views.manager.quotes.forms import DeclineForm, MatchForm, ReceivedForm
from wadah.web.views.manager.quotes.words import ACTS, FIELDS
from wadah.web.words import language, part_name, quantity_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.db.models import QuerySet
    from django.http import HttpRequest, HttpResponse

    from wadah.catalogue.models import Part
    from wadah.demand.models import Quotation, Request, RequestLine

OPEN = {RequestStatus.OPEN, RequestStatus.QUOTED, RequestStatus.LAPSED, RequestStatus.DECLINED}
CANDIDATES = 5


def mine(request: HttpRequest) -> QuerySet[Request]:
    return requests_seen(cooperatives=person_of(request).roles.cooperatives_managed, buyers=[])


LISTING = Listing(
    "pesanan-masuk",
    gettext_lazy("Requests that came in"),
    [
        ListColumn(
            "number",
            gettext_lazy("Number"),
            text=lambda row: row.number,
            sort=("number",),
            url=lambda row: reverse("request", args=[row.number]),
            badge=lambda row: "simulated" if row.simulated else "",
        ),
        ListColumn("buyer", gettext_lazy("Buyer"), text=lambda row: row.buyer.name, sort=("buyer__name",)),
        ListColumn(
            "received_on",
            gettext_lazy("Received on"),
            text=lambda row: date_text(row.received_on, language()),
            value=lambda row: row.received_on,
            sort=("received_on",),
        ),
        ListColumn(
            "first_wanted",
            gettext_lazy("First wanted"),
            text=lambda row: date_text(row.first_wanted, language()) if row.first_wanted else "–",
            value=lambda row: row.first_wanted,
            sort=("first_wanted",),
        ),
        ListColumn(
            "lines",
            gettext_lazy("Lines"),
            text=lambda row: quantity_text(row.line_count),
            value=lambda row: row.line_count,
            numeric=True,
        ),
        ListColumn(
            "unmatched",
            gettext_lazy("Without a part"),
            text=lambda row: quantity_text(row.unmatched),
            value=lambda row: row.unmatched,
            numeric=True,
        ),
        ListColumn("status", gettext_lazy("Status"), text=lambda row: row.get_status_display(), sort=("status",)),
        ListColumn(
            "offer",
            gettext_lazy("Quotation"),
            text=lambda row: row.offer or "–",
            url=lambda row: reverse("quotation", args=[row.offer]) if row.offer else "",
        ),
    ],
    search=lambda rows, text: rows.filter(
        Q(number__icontains=text) | Q(buyer__name__icontains=text) | Q(text__icontains=text)
    ),
    filters=[
        ListFilter(
            "keadaan",
            gettext_lazy("Status"),
            choices=lambda: RequestStatus.choices,
            narrow=lambda rows, value: rows.filter(status=value),
        )
    ],
    empty=gettext_lazy(
        "No request has come in yet. Buyers send theirs here; what comes by phone or letter you enter yourself."
    ),
)


@access(MANAGER)
def requests(request: HttpRequest) -> HttpResponse:
    return list_page(request, LISTING, mine(request), add=reverse("request_add"))


@access(MANAGER, methods=("GET", "POST"))
def request_add(request: HttpRequest) -> HttpResponse:
    """A request entered for a buyer."""
    person = person_of(request)
    managed = person.roles.cooperatives_managed
    form = ReceivedForm(
        request.POST or None,
        request.FILES or None,
        buyers=buyers_seen(managed).filter(archived_at__isnull=True),
        cooperatives=cooperatives_named(managed),
        parts=parts_to_name(),
    )

    def save(facts: dict[str, Any]) -> str:
        facts.pop("wanted_on")
        row = request_receive(by=person.user, **facts)
        if form.read_as:
            messages.info(request, how_read(form.read_as))
        return reverse("request", args=[row.number])

    return form_page(
        request,
        form,
        title=_("A request that came in"),
        back=reverse("requests"),
        save=save,
        template="quotes/received.html",
    )


@access(MANAGER)
def request_page(request: HttpRequest, number: str) -> HttpResponse:
    row = own_or_404(mine(request), number=number)
    lines = list(row.lines.select_related("part").order_by("line_no"))
    offers = quotations_seen(cooperatives=[row.cooperative_id], buyers=[]).filter(request=row)
    unmatched = sum(line.part is None for line in lines)
    return render(
        request,
        "quotes/request.html",
        {
            "row": row,
            "table": lines_table(row, lines),
            "offers": offers_table(offers),
            "open": row.status in OPEN,
            "askable": row.status in OPEN and unmatched < len(lines),
            "unmatched": unmatched,
            "history": history_table(row, acts=ACTS, fields=FIELDS),
        },
    )


def lines_table(row: Request, lines: Sequence[RequestLine]) -> Table:
    columns = [Column(_("In the buyer's words")), Column(_("Part")), Column(_("Pieces"), numeric=True)]
    table = Table(_("What they ask for"), [*columns, Column(_("Wanted by"))])
    for line in lines:
        url = reverse("request_match", args=[row.number, line.line_no]) if row.status in OPEN else ""
        table.add(
            line.text,
            Cell(part_name(line.part) if line.part else _("Choose the part"), url=url),
            quantity_text(float(line.quantity)),
            date_text(line.wanted_on, language()),
        )
    return table


def offers_table(offers: QuerySet[Quotation]) -> Table:
    table = Table(_("Quotations"), [Column(_("Number")), Column(_("Status")), Column(_("Valid until"))])
    for offer in offers:
        table.add(
            Cell(offer.number, url=reverse("quotation", args=[offer.number])),
            offer.get_status_display(),
            date_text(offer.valid_until, language()),
        )
    return table


@access(MANAGER, methods=("GET", "POST"))
def request_match(request: HttpRequest, number: str, line_no: int) -> HttpResponse:
    """Which part one line means."""
    row = own_or_404(mine(request), number=number)
    line = own_or_404(row.lines.select_related("part", "request"), line_no=line_no)
    parts = by_likeness(line.text, list(parts_to_name()))
    form = MatchForm(
        request.POST or None,
        parts=parts if len(parts) <= FEW else shortlist(parts, line.part_id),
        all_parts=parts_to_name(),
        initial={"part": line.part_id},
    )
    here = reverse("request", args=[row.number])

    def save(facts: dict[str, Any]) -> str:
        part = next((part for part in parts if part.pk == form.chosen()), None)
        request_line_match(line=line, part=part, by=person_of(request).user)
        return here

    return form_page(request, form, title=_("Which part is “%(text)s”?") % {"text": line.text}, back=here, save=save)


def shortlist(parts: list[Part], chosen: int | None) -> list[Part]:
    """The likeliest, and the one that is chosen."""
    return parts[:CANDIDATES] + [part for part in parts[CANDIDATES:] if part.pk == chosen]


def by_likeness(text: str, parts: list[Part]) -> list[Part]:
    """Those that the words may mean first, then all others by name."""
    known = {part.pk: part for part in parts}
    named = [Named(part.pk, (part.code, part.name, part.name_en)) for part in parts]
    likely = [known.pop(key) for key, _likeness in parts_like(text, named, most=CANDIDATES)]
    return [*likely, *sorted(known.values(), key=part_name)]


@access(MANAGER, methods=("GET", "POST"))
def request_refuse(request: HttpRequest, number: str) -> HttpResponse:
    """We can't: with a reason that the buyer reads."""
    row = own_or_404(mine(request), number=number)
    here = reverse("request", args=[row.number])

    def save(facts: dict[str, Any]) -> str:
        request_decline(request=row, by=person_of(request).user, **facts)
        return here

    title = _("Decline %(number)s") % {"number": row.number}
    return form_page(request, DeclineForm(request.POST or None), title=title, back=here, action=_("Decline"), save=save)
