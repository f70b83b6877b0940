"""Forms of sales: how an order is sold, an invoice's day, payments, what they pay, statements, taxes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wadah.base.clock import today
from wadah.base.imports.reading import FILE_BYTES_MAX
from wadah.demand.selectors import buyers_seen
from wadah.ledger.rules.taxes import WITHHELD_KINDS
from wadah.ledger.words import SoldAs, TaxKind, Till
from wadah.units import rupiah_text
from wadah.web.editing import RowForm
from wadah.web.forms import RowField, RupiahField
from wadah.web.quantities import DayField, QuantityField, ReasonField
from wadah.web.views.manager.money.common import cooperative_choose, cooperative_field, day_text

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from wadah.demand.models import Buyer
    from wadah.ledger.models import Invoice

DAYS_MAX = 365


class TermsForm(RowForm):
    sold_as = forms.ChoiceField(
        label=gettext_lazy("How the cooperative sells"), choices=SoldAs.choices, widget=forms.RadioSelect
    )
    fee_percent = QuantityField(
        label=gettext_lazy("Fee of the cooperative, percent of the price"),
        required=False,
        help_text=gettext_lazy("Only where it sells for its members."),
    )
    due_days = forms.IntegerField(
        label=gettext_lazy("Days to pay"),
        min_value=0,
        max_value=DAYS_MAX,
        widget=forms.TextInput({"inputmode": "numeric", "size": "4"}),
    )


class DayForm(forms.Form):
    on = DayField(label=gettext_lazy("Day"), initial=today)


class WhyForm(forms.Form):
    reason = ReasonField()


class NoteForm(forms.Form):
    pieces = QuantityField(label=gettext_lazy("Pieces"))
    reason = ReasonField(label=gettext_lazy("Why (stands on the credit note)"))


class WithheldForm(forms.Form):
    """Tax that the buyer kept back and pays to the state for us; all three or none."""

    withheld = RupiahField(
        label=gettext_lazy("Tax that the buyer kept back"),
        required=False,
        help_text=gettext_lazy("Only a public treasurer, or a buyer of services, does so. Leave it empty otherwise."),
    )
    withheld_kind = forms.ChoiceField(
        label=gettext_lazy("Which tax"),
        required=False,
        choices=[("", "–"), *((kind.value, kind.label) for kind in map(TaxKind, WITHHELD_KINDS))],
    )
    withheld_slip = forms.CharField(label=gettext_lazy("Number of its slip"), required=False, max_length=60)

    def withheld_facts(self) -> dict[str, Any]:
        """Taken out of the cleaned values."""
        facts = self.cleaned_data
        return {
            "withheld": facts.pop("withheld") or 0,
            "withheld_kind": facts.pop("withheld_kind"),
            "withheld_slip": facts.pop("withheld_slip"),
        }


class PaymentForm(WithheldForm):
    cooperative = cooperative_field()
    buyer: RowField = RowField(code="name", search=("name",), label=gettext_lazy("Buyer"))
    on = DayField(label=gettext_lazy("Day"), initial=today)
    till = forms.ChoiceField(label=gettext_lazy("Where it came in"), choices=Till.choices, initial=Till.BANK)
    rupiah = RupiahField(
        label=gettext_lazy("Amount that came in"),
        required=False,
        help_text=gettext_lazy("Empty where only a slip for tax came."),
    )
    reference = forms.CharField(
        label=gettext_lazy("What the buyer wrote with it"),
        required=False,
        max_length=120,
        help_text=gettext_lazy("Numbers of invoices in it are found."),
    )

    field_order = (
        "cooperative", "buyer", "on", "till", "rupiah", "reference", "withheld", "withheld_kind", "withheld_slip",
    )  # fmt: skip

    def __init__(self, *args: Any, cooperatives: Collection[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cooperative_choose(self, cooperatives)
        self.fields["buyer"].queryset = buyers_seen(cooperatives)  # type: ignore[attr-defined]


class BuyerForm(forms.Form):
    """Whose a line of a statement is; asked by the address."""

    buyer: RowField = RowField(code="name", search=("name",), label=gettext_lazy("Buyer"))

    def __init__(self, *args: Any, cooperative: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["buyer"].queryset = buyers_seen([cooperative])  # type: ignore[attr-defined]

    def key(self, buyer: Buyer) -> str:
        """What the address asks for this buyer with."""
        field = self.fields["buyer"]
        assert isinstance(field, RowField)
        return f"#{buyer.pk}" if field.many else str(buyer.pk)


class PartsForm(forms.Form):
    """How much of each open invoice is paid; empty: nothing of it."""

    def __init__(self, *args: Any, invoices: Iterable[Invoice], suggested: Mapping[int, int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.invoices = list(invoices)
        for row in self.invoices:
            words = {"number": row.number, "open": rupiah_text(row.open_rupiah), "day": day_text(row.due_on)}
            self.fields[f"invoice-{row.pk}"] = RupiahField(
                label=_("%(number)s: %(open)s owed, due %(day)s") % words,
                required=False,
                initial=rupiah_text(suggested[row.pk]) if row.pk in suggested else None,
            )

    def parts(self) -> list[tuple[Invoice, int]]:
        asked = ((row, self.cleaned_data.get(f"invoice-{row.pk}")) for row in self.invoices)
        return [(row, rupiah) for row, rupiah in asked if rupiah]


class MatchForm(WithheldForm, PartsForm):
    """A line of a statement: tax kept back, and what it pays."""


class RefundForm(forms.Form):
    rupiah = RupiahField(label=gettext_lazy("How much is paid back"))
    till = forms.ChoiceField(label=gettext_lazy("Out of"), choices=Till.choices, initial=Till.BANK)
    on = DayField(label=gettext_lazy("Day"), initial=today)
    reason = ReasonField()


class StatementForm(forms.Form):
    cooperative = cooperative_field()
    file = forms.FileField(
        label=gettext_lazy("Bank statement"),
        help_text=gettext_lazy("xlsx, ods or csv as the bank gives it; 5 MB at most."),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.ods,.csv,.txt"}),
        error_messages={
            "required": gettext_lazy("Choose a file first."),
            "empty": gettext_lazy("This file is empty."),
        },
    )

    def __init__(self, *args: Any, cooperatives: Collection[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cooperative_choose(self, cooperatives)

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > FILE_BYTES_MAX:
            raise forms.ValidationError(_("A file may have 5 MB at most. Send it in several files."))
        return file


class StatusForm(forms.Form):
    cooperative = cooperative_field()
    valid_from = DayField(label=gettext_lazy("From which day on"), initial=today)
    npwp = forms.CharField(
        label=gettext_lazy("Tax number (NPWP)"),
        required=False,
        max_length=24,
        help_text=gettext_lazy("Stands on papers."),
    )
    registered = forms.BooleanField(label=gettext_lazy("Charges PPN (is PKP)"), required=False)
    final_income = forms.BooleanField(
        label=gettext_lazy("Pays the final income tax on its turnover (PP 55/2022)"), required=False
    )
    certificate = forms.CharField(
        label=gettext_lazy("Number of its certificate for public treasurers"), required=False, max_length=60
    )

    def __init__(self, *args: Any, cooperatives: Collection[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cooperative_choose(self, cooperatives)


class MonthForm(forms.Form):
    cooperative = cooperative_field()
    month = forms.TypedChoiceField(label=gettext_lazy("Month"), choices=[])

    def __init__(self, *args: Any, cooperatives: Collection[int], months: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cooperative_choose(self, cooperatives)
        self.fields["month"].choices = months  # type: ignore[attr-defined]


class YearTaxForm(forms.Form):
    cooperative = cooperative_field()
    year = forms.TypedChoiceField(label=gettext_lazy("Year"), choices=[], coerce=int)
    taxable_rupiah = RupiahField(
        label=gettext_lazy("Taxable income of the year"),
        help_text=gettext_lazy("As your tax adviser reckons it. Empty where the final tax is paid by months."),
        required=False,
    )

    def __init__(self, *args: Any, cooperatives: Collection[int], years: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cooperative_choose(self, cooperatives)
        self.fields["year"].choices = [(str(year), str(year)) for year in years]  # type: ignore[attr-defined]


def buyer_of(form: BuyerForm) -> Buyer | None:
    return form.cleaned_data["buyer"] if form.is_valid() else None
