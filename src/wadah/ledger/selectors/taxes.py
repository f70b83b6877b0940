"""What a cooperative is for the tax office on a day, its turnover, and what others already paid for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import F, Q, Sum

from wadah.base.clock import today
from wadah.demand.words import BuyerKind
from wadah.ledger.models import IncomeTax, OpeningLine, Payment, PostingLine, TaxRate, TaxStatus, YearTax
from wadah.ledger.rules import chart
from wadah.ledger.rules.taxes import FACTS, rate_held, tax_rupiah
from wadah.ledger.words import OpeningStatus, Rule, TaxKind

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection, Sequence

    from django.db.models import QuerySet

    from wadah.ledger.models import Invoice
    from wadah.ledger.rules.taxes import Rate
    from wadah.register.models import Cooperative

TURNOVER = (chart.SALES, "4102", chart.FEES, chart.RETURNS)


def tax_status_on(cooperative: Cooperative, on: dt.date) -> TaxStatus | None:
    """None where nobody has said what it is: then it charges no PPN."""
    rows = TaxStatus.objects.filter(cooperative=cooperative, valid_from__lte=on)
    return rows.order_by("-valid_from").first()


def tax_statuses(cooperative: Cooperative) -> QuerySet[TaxStatus]:
    return TaxStatus.objects.filter(cooperative=cooperative).order_by("-valid_from")


def rates_known() -> QuerySet[TaxRate]:
    """Every dated rate, by kind, the latest first."""
    return TaxRate.objects.order_by("kind", "-valid_from")


def turnover(cooperative: Cooperative, first: dt.date, last: dt.date) -> int:
    """Rupiah that were sold for from first to last: whole prices as principal, fees as agent, less returns;
    without what opening balances tell of months before, whose tax was paid then."""
    lines = PostingLine.objects.filter(
        posting__cooperative=cooperative, posting__on__range=(first, last), account__code__in=TURNOVER
    )
    others = (Rule.YEAR_CLOSE, Rule.OPENING)
    closing = Q(posting__rule__in=others) | Q(posting__reverses__rule__in=others)
    sums = lines.exclude(pk__in=lines.filter(closing).values("pk")).aggregate(out=Sum("debit"), came=Sum("credit"))
    return (sums["came"] or 0) - (sums["out"] or 0)


def final_withheld_left(cooperative: Cooperative, last: dt.date) -> int:
    """Final income tax that public treasurers paid for us up to a day, and that no month has used yet."""
    payments = Payment.objects.filter(cooperative=cooperative, on__lte=last, reversed_at=None)
    kept = payments.filter(withheld_rate__kind=TaxKind.PPH22_CERTIFIED).aggregate(all=Sum("withheld"))["all"] or 0
    used = IncomeTax.objects.filter(cooperative=cooperative).aggregate(all=Sum("withheld"))["all"] or 0
    return max(0, kept - used)


def kept_back_left(cooperative: Cooperative, last: dt.date) -> int:
    """PPh 22 and 23 that buyers kept back up to a day, or that opening balances brought, and no year has used yet."""
    payments = Payment.objects.filter(cooperative=cooperative, on__lte=last, reversed_at=None)
    kinds = (TaxKind.PPH22, TaxKind.PPH23)
    kept = payments.filter(withheld_rate__kind__in=kinds).aggregate(all=Sum("withheld"))["all"] or 0
    lines = OpeningLine.objects.filter(opening__cooperative=cooperative, opening__on__lte=last)
    lines = lines.filter(opening__status=OpeningStatus.LOCKED, account__code=chart.WITHHELD)
    brought = lines.aggregate(all=Sum(F("debit") - F("credit")))["all"] or 0
    used = YearTax.objects.filter(cooperative=cooperative, reversed_at=None).aggregate(all=Sum("credited"))["all"] or 0
    return max(0, kept + brought - used)


def final_owed(cooperative: Cooperative, year: int) -> int:
    """Final tax of a year's months that treasurers hadn't paid already."""
    rows = IncomeTax.objects.filter(cooperative=cooperative, month__year=year)
    return rows.aggregate(all=Sum(F("rupiah") - F("withheld")))["all"] or 0


def year_taxes(cooperative: Cooperative) -> QuerySet[YearTax]:
    rows = YearTax.objects.filter(cooperative=cooperative).select_related("rate", "credit_rate", "by", "cooperative")
    return rows.order_by("-year", "-id")


def year_taxes_seen(cooperatives: Collection[int]) -> QuerySet[YearTax]:
    return YearTax.objects.filter(cooperative__in=cooperatives).select_related("cooperative")


def income_taxes(cooperative: Cooperative) -> QuerySet[IncomeTax]:
    return IncomeTax.objects.filter(cooperative=cooperative).select_related("rate", "by").order_by("-month")


def rates_of(kind: str) -> Sequence[Rate]:
    """The dated rates of a tax: the rows, or, while none are laid out, the facts that they will be made of."""
    return list(TaxRate.objects.filter(kind=kind)) or [fact for fact in FACTS if fact.kind == kind]


def withheld_expected(invoice: Invoice) -> list[tuple[str, int]]:
    """What a public treasurer would keep back of an invoice if it were paid today, rupiah by kind of tax."""
    on = today()
    status = tax_status_on(invoice.cooperative, on)
    goods = TaxKind.PPH22_CERTIFIED if status and status.certificate else TaxKind.PPH22
    rate = rate_held(rates_of(goods), on)
    expected = [(str(goods), tax_rupiah(rate, invoice.net) if rate else 0)]
    if invoice.buyer.kind == BuyerKind.GOVERNMENT:
        expected.append((str(TaxKind.PPN_COLLECTOR), invoice.tax))
    return [(kind, rupiah) for kind, rupiah in expected if rupiah]


def stamp_due(rupiah: int, on: dt.date) -> int:
    """Stamp duty on a paper that names an amount, 0 where none is due or known."""
    rate = rate_held(rates_of(TaxKind.STAMP), on)
    return tax_rupiah(rate, rupiah) if rate else 0


def turnover_max(on: dt.date) -> int:
    """The turnover of a year up to which the final income tax holds, 0 where no rate holds on the day."""
    rate = rate_held(rates_of(TaxKind.FINAL_INCOME), on)
    return rate.turnover_max_rupiah if rate else 0
