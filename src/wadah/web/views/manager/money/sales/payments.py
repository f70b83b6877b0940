"""Uang masuk: payments of buyers, what each pays, what is left of it, paid back, or taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wadah.ledger.selectors.sales import invoices_owed, invoices_seen, payments_seen
from wadah.ledger.selectors.statements import bank_rows_waiting
from wadah.ledger.services.allocating import allocation_take_back, payment_allocate, payment_suggested
from wadah.ledger.services.payments import payment_record, payment_refund, payment_reverse, refund_reverse
from wadah.ledger.words import Till
from wadah.units import rupiah_text
from wadah.web.access import BUYER, MANAGER, TREASURER, access, own_or_404, person_of
from wadah.web.editing import form_page
from wadah.web.history import history_table
from wadah.web.lists import ListColumn, ListFilter, Listing, list_page
from wadah.web.views.manager.money.common import cooperatives_of, day_text, managed, postings_table
from wadah.web.views.manager.money.sales.forms import PartsForm, PaymentForm, RefundForm, WhyForm
from wadah.web.views.manager.money.sales.tables import paid_table
from wadah.web.views.manager.money.sales.words import ACTS, FIELDS

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest, HttpResponse

    from wadah.ledger.models import Payment, Refund

LEFT, BACK = "sisa", "ditarik"

LISTING = Listing(
    "uang-masuk",
    gettext_lazy("Payments"),
    [
        ListColumn(
            "number",
            gettext_lazy("Number"),
            text=lambda row: row.number,
            sort=("number",),
            url=lambda row: reverse("payment", args=[row.number]),
            badge=lambda row: "simulated" if row.simulated else "",
        ),
        ListColumn("buyer", gettext_lazy("Buyer"), text=lambda row: row.buyer.name, sort=("buyer__name",)),
        ListColumn(
            "on", gettext_lazy("Day"), text=lambda row: day_text(row.on), value=lambda row: row.on, sort=("on",)
        ),
        ListColumn("till", gettext_lazy("Where it came in"), text=lambda row: row.get_till_display()),
        ListColumn(
            "rupiah", gettext_lazy("Came in"), text=lambda row: rupiah_text(row.rupiah), value=lambda row: row.rupiah,
            numeric=True, sort=("rupiah",),
        ),
        ListColumn(
            "withheld", gettext_lazy("Tax kept back"), text=lambda row: rupiah_text(row.withheld),
            value=lambda row: row.withheld, numeric=True, sort=("withheld",),
        ),
        ListColumn(
            "left", gettext_lazy("Balance left"), text=lambda row: rupiah_text(row.left), value=lambda row: row.left,
            numeric=True,
        ),
        ListColumn(
            "reversed", gettext_lazy("Taken back"), text=lambda row: _("yes") if row.reversed_at else "–",
        ),
    ],
    search=lambda rows, text: rows.filter(
        Q(number__icontains=text) | Q(reference__icontains=text) | Q(buyer__name__icontains=text)
    ),
    filters=[
        ListFilter(
            "keadaan",
            gettext_lazy("Status"),
            choices=lambda: [(LEFT, gettext_lazy("with a balance left")), (BACK, gettext_lazy("taken back"))],
            narrow=lambda rows, value: (
                rows.filter(reversed_at=None, left_over__gt=0) if value == LEFT else rows.exclude(reversed_at=None)
            ),
        )
    ],
    empty=gettext_lazy("No payment has come in yet. Write one down, or read a bank statement in."),
)  # fmt: skip


def seen(request: HttpRequest) -> QuerySet[Payment]:
    return payments_seen(cooperatives=cooperatives_of(request), buyers=person_of(request).buyers)


def kept(request: HttpRequest, number: str) -> Payment:
    return own_or_404(payments_seen(cooperatives=cooperatives_of(request), buyers=[]), number=number)


def address(row: Payment) -> str:
    return reverse("payment", args=[row.number])


def user_of(request: HttpRequest) -> Any:
    return person_of(request).user


@access(MANAGER, TREASURER, BUYER)
def payments(request: HttpRequest) -> HttpResponse:
    """Every payment; for the cooperative, also how many lines of bank statements wait."""
    cooperatives = cooperatives_of(request)
    return list_page(
        request,
        LISTING,
        seen(request),
        template="money/sales/payments.html",
        add=reverse("payment_add") if cooperatives else "",
        keeper=bool(cooperatives),
        waiting=bank_rows_waiting(cooperatives).count() if cooperatives else 0,
    )


@access(MANAGER, TREASURER, BUYER)
def payment(request: HttpRequest, number: str) -> HttpResponse:
    """One payment: what it pays, what is left, and its postings."""
    row = own_or_404(seen(request), number=number)
    keeper = row.cooperative_id in cooperatives_of(request)
    paid = list(row.allocations.select_related("payment", "invoice").order_by("pk"))
    refunds = list(row.refunds.order_by("pk"))
    sources = {
        "payment": [row.pk],
        "allocation": [one.pk for one in paid],
        "refund": [one.pk for one in refunds],
    }
    held = {one.invoice: sum(part.rupiah for part in paid if part.invoice_id == one.invoice_id) for one in paid}
    valid = row.reversed_at is None
    context = {
        "row": row,
        "keeper": keeper,
        "valid": valid,
        "paid": paid_table(paid, by_invoice=True),
        "held": [(invoice, rupiah) for invoice, rupiah in held.items() if rupiah and keeper and valid],
        "refunds": refunds,
        "postings": postings_table(sources, lots=managed(request, row.cooperative_id)) if keeper else None,
        "history": history_table(row, acts=ACTS, fields=FIELDS) if keeper else None,
    }
    return render(request, "money/sales/payment.html", context)


@access(MANAGER, TREASURER, methods=("GET", "POST"))
def payment_add(request: HttpRequest) -> HttpResponse:
    """Money that came in; then what it pays, if the buyer owes something."""
    form = PaymentForm(request.POST or None, cooperatives=cooperatives_of(request))

    def save(facts: dict[str, Any]) -> str:
        kept_back = form.withheld_facts()
        facts["rupiah"] = facts["rupiah"] or 0
        row = payment_record(by=user_of(request), **facts, **kept_back)
        messages.success(request, _("%(number)s is written down.") % {"number": row.number})
        return reverse("payment_set", args=[row.number]) if payment_suggested(row)[0] else address(row)

    return form_page(
        request, form, title=_("Money from a buyer"), back=reverse("payments"), action=_("Write it down"), save=save
    )


@access(MANAGER, TREASURER, methods=("GET", "POST"))
def payment_set(request: HttpRequest, number: str) -> HttpResponse:
    """What a payment pays, filled in as Wadah suggests."""
    row = kept(request, number)
    owed = invoices_owed(cooperative=row.cooperative, buyer=row.buyer)
    parts, sure = payment_suggested(row)
    form = PartsForm(request.POST or None, invoices=owed, suggested=dict(parts))

    def save(_facts: dict[str, Any]) -> str:
        payment_allocate(payment=row, parts=form.parts(), by=user_of(request))
        return address(row)

    return form_page(
        request,
        form,
        title=_("What %(number)s pays") % {"number": row.number},
        back=address(row),
        action=_("Set it against these invoices"),
        save=save,
        template="money/sales/payment_set.html",
        row=row,
        sure=sure,
    )


@access(MANAGER, TREASURER, methods=("GET", "POST"))
def payment_unset(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """A payment is taken off an invoice. pk: the invoice's."""
    row = kept(request, number)
    rows = invoices_seen(cooperatives=cooperatives_of(request), buyers=[])
    invoice = own_or_404(rows.filter(allocations__payment=row).distinct(), pk=pk)

    def save(facts: dict[str, Any]) -> str:
        allocation_take_back(payment=row, invoice=invoice, by=user_of(request), **facts)
        return address(row)

    return form_page(
        request,
        WhyForm(request.POST or None),
        title=_("Take %(payment)s off %(invoice)s") % {"payment": row.number, "invoice": invoice.number},
        back=address(row),
        action=_("Take it off"),
        save=save,
    )


@access(MANAGER, TREASURER, methods=("GET", "POST"))
def payment_give_back(request: HttpRequest, number: str) -> HttpResponse:
    row = kept(request, number)

    def save(facts: dict[str, Any]) -> str:
        payment_refund(payment=row, by=user_of(request), **facts)
        messages.success(request, _("Paid back to the buyer."))
        return address(row)

    return form_page(
        request,
        RefundForm(request.POST or None, initial={"rupiah": rupiah_text(row.left), "till": Till.BANK}),
        title=_("Pay back what is left of %(number)s") % {"number": row.number},
        back=address(row),
        action=_("It is paid back"),
        save=save,
    )


@access(MANAGER, TREASURER, methods=("GET", "POST"))
def refund_undo(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    row = kept(request, number)
    refund: Refund = own_or_404(row.refunds.select_related("payment__cooperative"), pk=pk)

    def save(facts: dict[str, Any]) -> str:
        refund_reverse(refund=refund, by=user_of(request), **facts)
        return address(row)

    return form_page(
        request,
        WhyForm(request.POST or None),
        title=_("%(rupiah)s weren't paid back after all") % {"rupiah": rupiah_text(refund.rupiah)},
        back=address(row),
        action=_("Take it back"),
        save=save,
    )


@access(MANAGER, TREASURER, methods=("GET", "POST"))
def payment_undo(request: HttpRequest, number: str) -> HttpResponse:
    row = kept(request, number)
    if row.reversed_at is not None:
        messages.info(request, _("%(number)s was taken back.") % {"number": row.number})
        return HttpResponseRedirect(address(row))

    def save(facts: dict[str, Any]) -> str:
        payment_reverse(payment=row, by=user_of(request), **facts)
        messages.success(request, _("Taken back. What it paid is owed again."))
        return address(row)

    return form_page(
        request,
        WhyForm(request.POST or None),
        title=_("Take %(number)s back") % {"number": row.number},
        back=address(row),
        action=_("Take it back"),
        save=save,
    )
