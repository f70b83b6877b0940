"""Forms of members' money: a settlement's last day, how it is paid, advances, savings, terms, accounts, royalties."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy

from wadah.base.clock import today
from wadah.ledger.models import MemberTerms
from wadah.ledger.words import AdvanceKind, SavingKind, Till
from wadah.web.forms import RowField, RupiahField
from wadah.web.quantities import DayField, QuantityField, ReasonField
from wadah.web.views.manager.money.common import cooperative_choose, cooperative_field

if TYPE_CHECKING:
    from collections.abc import Collection

    from django.db.models import QuerySet

    from wadah.register.models import Membership

AMOUNTS = ("principal_saving_rupiah", "mandatory_saving_rupiah_month")


def till_field() -> forms.ChoiceField:
    return forms.ChoiceField(label=gettext_lazy("Cash or bank"), choices=Till.choices, widget=forms.RadioSelect)


def place_field() -> RowField:
    return RowField(
        code="",
        search=("ikm__name", "ikm__owner_name"),
        label=gettext_lazy("Member"),
        told=lambda place: f"{place.ikm.name} · {place.ikm.owner_name}",
    )


class PrepareForm(forms.Form):
    cooperative = cooperative_field()
    until = DayField(
        label=gettext_lazy("Work accepted up to"), help_text=gettext_lazy("Mostly the last day of the month.")
    )

    def __init__(self, *args: Any, cooperatives: Collection[int], **more: Any) -> None:
        super().__init__(*args, **more)
        cooperative_choose(self, cooperatives)


class PayForm(forms.Form):
    till = till_field()
    on = DayField(label=gettext_lazy("Day"))

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["on"].initial = today()


class WhyForm(forms.Form):
    reason = ReasonField()


class MoneyForm(forms.Form):
    """Of one member: an amount on a day. places: members to choose from."""

    place = place_field()
    rupiah = RupiahField(label=gettext_lazy("Amount"), help_text=gettext_lazy("For example 250.000 or 1,5 jt"))
    on = DayField(label=gettext_lazy("Day"))

    def __init__(self, *args: Any, places: QuerySet[Membership], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["place"].queryset = places  # type: ignore[attr-defined]
        self.fields["on"].initial = today()


class AdvanceForm(MoneyForm):
    kind = forms.ChoiceField(
        label=gettext_lazy("Money or material"), choices=AdvanceKind.choices, widget=forms.RadioSelect
    )
    till = forms.ChoiceField(
        label=gettext_lazy("Of money: cash or bank"),
        choices=Till.choices,
        widget=forms.RadioSelect,
        required=False,
    )
    what = ReasonField(label=gettext_lazy("For what"))


class SavingForm(MoneyForm):
    way = forms.ChoiceField(
        label=gettext_lazy("In or out"),
        choices=[("in", gettext_lazy("paid in")), ("out", gettext_lazy("given back"))],
        widget=forms.RadioSelect,
        initial="in",
    )
    kind = forms.ChoiceField(label=gettext_lazy("Which savings"), choices=SavingKind.choices, widget=forms.RadioSelect)
    till = till_field()
    note = forms.CharField(label=gettext_lazy("Note"), max_length=400, required=False)


class TermsForm(forms.Form):
    cooperative = cooperative_field()
    valid_from = DayField(label=gettext_lazy("From this day on"))
    decided_by = forms.CharField(
        label=gettext_lazy("Meeting that decided: its number and day"),
        max_length=200,
        help_text=gettext_lazy("For example: RAT 2026, minutes 3, 14 March 2026"),
    )
    principal_saving_rupiah = RupiahField(label=gettext_lazy("Principal savings, once on joining"))
    mandatory_saving_rupiah_month = RupiahField(label=gettext_lazy("Mandatory savings a month"))
    voluntary_percent = QuantityField(
        label=gettext_lazy("Voluntary savings, percent of each pay"),
        help_text=gettext_lazy("Each member may choose another percentage."),
    )
    recovery_percent_max = QuantityField(label=gettext_lazy("Taken off for advances, percent of each pay at most"))
    penalty_percent_week = QuantityField(
        label=gettext_lazy("Fine for late work, percent a week"), help_text=gettext_lazy("0: no fine.")
    )
    penalty_cap_percent = QuantityField(label=gettext_lazy("Fine in all, percent at most"))

    def __init__(self, *args: Any, cooperatives: Collection[int], held: MemberTerms | None, **more: Any) -> None:
        """held: whose values the form begins with."""
        super().__init__(*args, **more)
        cooperative_choose(self, cooperatives)
        for name in AMOUNTS:
            self.fields[name].initial = getattr(held or MemberTerms(), name)
        for name in MemberTerms.PERCENTS:
            self.fields[name].initial = plain(getattr(held or MemberTerms(), name))


def plain(percent: Decimal | int) -> str:
    """As one types it: "2.5"."""
    return f"{Decimal(percent).normalize():f}"


class AccountForm(forms.Form):
    bank = forms.CharField(label=gettext_lazy("Bank"), max_length=60)
    holder = forms.CharField(label=gettext_lazy("Whose name stands on the account"), max_length=120)
    number = forms.CharField(
        label=gettext_lazy("Account number"),
        max_length=40,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )


class BehalfAccountForm(AccountForm):
    reason = ReasonField(label=gettext_lazy("Why do you do it for the member?"))


class WishForm(forms.Form):
    percent = QuantityField(label=gettext_lazy("Saved of each pay, percent"))
    reason = ReasonField(label=gettext_lazy("Why do you do it for the member?"))


class RepaymentForm(forms.Form):
    rupiah = RupiahField(label=gettext_lazy("Amount"), help_text=gettext_lazy("For example 250.000 or 1,5 jt"))
    till = till_field()
    on = DayField(label=gettext_lazy("Day"))
    note = forms.CharField(label=gettext_lazy("Note"), max_length=400, required=False)

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["on"].initial = today()


class RoyaltyForm(forms.Form):
    rupiah = RupiahField(label=gettext_lazy("Amount"))
    till = till_field()
    on = DayField(label=gettext_lazy("Day"))

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["on"].initial = today()
