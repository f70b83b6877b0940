"""Tagihan: what can be invoiced, what is owed and since when, one invoice with all that belongs to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wadah.base.clock import today
from wadah.base.errors import NotYours
from wadah.demand.selectors import orders_seen
from wadah.ledger.rules.contracts import is_public
from wadah.ledger.selectors.sales import (
    creditable,
    invoice_lines_of,
    invoices_seen,
    order_due,
    orders_to_invoice,
    receivables_aged,
    sale_terms,
)
from wadah.ledger.selectors.taxes import withheld_expected
from wadah.ledger.services.credit_notes import credit_note_make
from wadah.ledger.services.invoices import invoice_cancel, invoice_make, invoiced, sale_terms_set
from wadah.ledger.words import TaxKind
from wadah.units import decimal_text, rupiah_text
from wadah.web.access import BUYER, MANAGER, TREASURER, access, own_or_404, person_of
from wadah.web.editing import form_page
from wadah.web.exports import FORMATS, file_answer
from wadah.web.history import history_table
from wadah.web.lists import ListColumn, ListFilter, Listing, list_page
from wadah.web.views.manager.money.common import cooperatives_of, day_asked, day_text, managed, postings_table
from wadah.web.views.manager.money.sales.forms import DayForm, NoteForm, TermsForm, WhyForm
from wadah.web.views.manager.money.sales.tables import (
    aged_table,
    due_table,
    lines_table,
    notes_table,
    paid_table,
    to_invoice_table,
)
from wadah.web.views.manager.money.sales.words import ACTS, FIELDS, contract_sentence, ppn_words, sold_words
from wadah.web.words import language, quantity_text

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from django.db.models import QuerySet
    from django.http import HttpRequest, HttpResponse

    from wadah.demand.models import Order
    from wadah.ledger.models import CreditNote, Invoice

OPEN, LATE, PAID, BACK = "terbuka", "terlambat", "lunas", "ditarik"


def narrowed(rows: QuerySet[Any], value: str) -> QuerySet[Any]:
    if value == BACK:
        return rows.filter(taken_back=True)
    if value == PAID:
        return rows.filter(open=0, taken_back=False)
    rows = rows.filter(open__gt=0)
    return rows.filter(due_on__lt=today()) if value == LATE else rows


def late(row: Invoice) -> bool:
    return row.open_rupiah > 0 and row.due_on < today()


LISTING = Listing(
    "tagihan",
    gettext_lazy("Invoices"),
    [
        ListColumn(
            "number",
            gettext_lazy("Number"),
            text=lambda row: row.number,
            sort=("number",),
            url=lambda row: reverse("invoice", args=[row.number]),
            badge=lambda row: "simulated" if row.simulated else "",
        ),
        ListColumn("buyer", gettext_lazy("Buyer"), text=lambda row: row.buyer.name, sort=("buyer__name",)),
        ListColumn(
            "order", gettext_lazy("Order"), text=lambda row: row.order.number if row.order else "–",
            sort=("order__number",),
        ),
        ListColumn(
            "on", gettext_lazy("Day"), text=lambda row: day_text(row.on), value=lambda row: row.on, sort=("on",)
        ),
        ListColumn(
            "due",
            gettext_lazy("Due"),
            text=lambda row: day_text(row.due_on),
            value=lambda row: row.due_on,
            sort=("due_on",),
            badge=lambda row: "late" if late(row) else "",
        ),
        ListColumn(
            "net", gettext_lazy("Before PPN"), text=lambda row: rupiah_text(row.net), value=lambda row: row.net,
            numeric=True, hidden=True,
        ),
        ListColumn(
            "tax", gettext_lazy("PPN"), text=lambda row: rupiah_text(row.tax), value=lambda row: row.tax,
            numeric=True, hidden=True,
        ),
        ListColumn(
            "total", gettext_lazy("Total"), text=lambda row: rupiah_text(row.total), value=lambda row: row.total,
            numeric=True, sort=("total",),
        ),
        ListColumn(
            "open", gettext_lazy("Still owed"), text=lambda row: rupiah_text(row.open), value=lambda row: row.open,
            numeric=True, sort=("open",),
        ),
    ],
    search=lambda rows, text: rows.filter(
        Q(number__icontains=text) | Q(order__number__icontains=text) | Q(buyer__name__icontains=text)
    ),
    filters=[
        ListFilter(
            "keadaan",
            gettext_lazy("Status"),
            choices=lambda: [
                (OPEN, gettext_lazy("still owed")),
                (LATE, gettext_lazy("overdue")),
                (PAID, gettext_lazy("paid")),
                (BACK, gettext_lazy("taken back")),
            ],
            narrow=narrowed,
        )
    ],
    empty=gettext_lazy(
        "There is no invoice yet. As soon as a buyer has signed for pieces of an order, they can be invoiced here."
    ),
)  # fmt: skip


def seen(request: HttpRequest) -> QuerySet[Invoice]:
    return invoices_seen(cooperatives=cooperatives_of(request), buyers=person_of(request).buyers)


def kept(request: HttpRequest, number: str) -> Invoice:
    return own_or_404(invoices_seen(cooperatives=cooperatives_of(request), buyers=[]), number=number)


def order_kept(request: HttpRequest, number: str) -> Order:
    return own_or_404(orders_seen(cooperatives=cooperatives_of(request), buyers=[]), number=number)


def address(row: Invoice) -> str:
    return reverse("invoice", args=[row.number])


@access(MANAGER, TREASURER, BUYER)
def invoices(request: HttpRequest) -> HttpResponse:
    """All invoices; above them, for the cooperative, what can be invoiced and what is owed by age."""
    cooperatives = cooperatives_of(request)
    day = day_asked(request)
    aged = aged_table(receivables_aged(cooperatives, day), day) if cooperatives else None
    if request.GET.get("umur") in FORMATS and aged is not None:
        head = [column.label for column in aged.columns]
        return file_answer(request.GET["umur"], f"umur-piutang-{day}", head, ages_values(cooperatives, day))
    return list_page(
        request,
        LISTING,
        seen(request),
        template="money/sales/invoices.html",
        keeper=bool(cooperatives),
        ready=to_invoice_table(orders_to_invoice(cooperatives)) if cooperatives else None,
        aged=aged,
        aged_on=day,
        day_most=today(),
        formats=list(FORMATS),
    )


def ages_values(cooperatives: frozenset[int], day: date) -> list[list[str | int]]:
    return [[row.name, *row.rupiah, row.total] for row in receivables_aged(cooperatives, day)]


@access(MANAGER, TREASURER, BUYER)
def invoice(request: HttpRequest, number: str) -> HttpResponse:
    """One invoice: its lines back to shipment and lot, what was paid and credited, and its postings."""
    row = own_or_404(seen(request), number=number)
    keeper, manager = row.cooperative_id in cooperatives_of(request), managed(request, row.cooperative_id)
    buys = row.buyer_id in person_of(request).buyers
    notes = list(row.credit_notes.select_related("claim").order_by("pk"))
    paid = list(row.allocations.select_related("payment", "invoice").order_by("pk"))
    sources = {
        "invoice": [row.pk],
        "credit_note": [note.pk for note in notes],
        "allocation": [one.pk for one in paid],
    }
    context = {
        "row": row,
        "late": late(row),
        "keeper": keeper,
        "follow": manager or buys,
        "lines": lines_table(invoice_lines_of(row), shipments=manager or buys, lots=manager),
        "ppn": ppn_words(row.tax_rate) if row.tax_rate else "",
        "sold": sold_words(row) if keeper else "",
        "contract": contract_sentence(row.order) if row.order else "",
        "expected": expected(row) if keeper else [],
        "notes": notes_table(notes),
        "paid": paid_table(paid, by_invoice=False),
        "creditable": creditable(row) if keeper else [],
        "cancellable": keeper and cancellable(row, notes),
        "postings": postings_table(sources, lots=manager) if keeper else None,
        "history": history_table(row, acts=ACTS, fields=FIELDS) if keeper else None,
    }
    return render(request, "money/sales/invoice.html", context)


def cancellable(row: Invoice, notes: Sequence[CreditNote]) -> bool:
    """Whether something is left to be taken back; what came with opening balances is taken back with them."""
    taken_back: bool = row.taken_back  # type: ignore[attr-defined]
    return row.order is not None and not taken_back and sum(note.net for note in notes) < row.net


def expected(row: Invoice) -> list[tuple[str, int]]:
    """What a public buyer's treasurer would keep back of what is owed: tax in words, and rupiah."""
    if not row.open_rupiah or not is_public(row.buyer.kind):
        return []
    return [(str(TaxKind(kind).label), rupiah) for kind, rupiah in withheld_expected(row)]


@access(MANAGER, TREASURER, methods=("GET", "POST"))
def invoice_add(request: HttpRequest, number: str) -> HttpResponse:
    """What would stand on the order's next invoice, and how the order is sold; then the invoice."""
    order = order_kept(request, number)

    def save(facts: dict[str, Any]) -> str:
        row = invoice_make(order=order, on=facts["on"], by=user_of(request))
        messages.success(request, _("%(number)s is made. Send it to the buyer.") % {"number": row.number})
        return address(row)

    due = order_due(order)
    return form_page(
        request,
        DayForm(request.POST or None),
        title=_("Invoice %(number)s") % {"number": order.number},
        back=reverse("invoices"),
        action=_("Make the invoice"),
        save=save,
        template="money/sales/invoice_add.html",
        order=order,
        due=due_table(due, lots=managed(request, order.cooperative_id)) if due else None,
        net=sum(one.rupiah for one in due),
        terms=sale_terms(order),
        frozen=invoiced(order),
        contract=contract_sentence(order),
    )


def user_of(request: HttpRequest) -> Any:
    return person_of(request).user


@access(MANAGER, TREASURER, methods=("GET", "POST"))
def sale_terms_change(request: HttpRequest, number: str) -> HttpResponse:
    order = order_kept(request, number)
    terms = sale_terms(order)

    def save(facts: dict[str, Any]) -> str:
        facts["fee_percent"] = facts["fee_percent"] or 0
        sale_terms_set(order=order, by=user_of(request), **facts)
        return reverse("invoice_add", args=[order.number])

    initial = {"sold_as": terms.sold_as, "due_days": terms.due_days}
    form = TermsForm(request.POST or None, row=terms if terms.pk else None, initial=initial)
    form.fields["fee_percent"].initial = decimal_text(terms.fee_percent, 3, language()) if terms.fee_percent else ""
    return form_page(
        request,
        form,
        title=_("How %(number)s is sold") % {"number": order.number},
        back=reverse("invoice_add", args=[order.number]),
        save=save,
    )


@access(MANAGER, TREASURER, methods=("GET", "POST"))
def invoice_call_off(request: HttpRequest, number: str) -> HttpResponse:
    row = kept(request, number)

    def save(facts: dict[str, Any]) -> str:
        note = invoice_cancel(invoice=row, by=user_of(request), **facts)
        messages.success(request, _("Taken back by %(note)s. Its pieces can be invoiced anew.") % {"note": note.number})
        return address(row)

    return form_page(
        request,
        WhyForm(request.POST or None),
        title=_("Take %(number)s back") % {"number": row.number},
        back=address(row),
        action=_("Take it back whole"),
        save=save,
    )


@access(MANAGER, TREASURER, methods=("GET", "POST"))
def credit_note_add(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """A credit note for what came back by a claim. pk: the claim's."""
    row = kept(request, number)
    found = next((one for one in creditable(row) if one.claim.pk == pk), None)
    if found is None:
        if not row.credit_notes.filter(claim=pk).exists():
            raise NotYours
        messages.info(request, _("What came back by this claim is credited already."))
        return HttpResponseRedirect(address(row))

    def save(facts: dict[str, Any]) -> str:
        note = credit_note_make(invoice=row, claim=found.claim, by=user_of(request), **facts)
        messages.success(request, _("%(number)s is made.") % {"number": note.number})
        return address(row)

    initial = {"pieces": quantity_text(float(found.pieces)), "reason": found.claim.note}
    return form_page(
        request,
        NoteForm(request.POST or None, initial=initial),
        title=_("Credit what came back by %(claim)s") % {"claim": found.claim.number},
        back=address(row),
        action=_("Make the credit note"),
        save=save,
    )
