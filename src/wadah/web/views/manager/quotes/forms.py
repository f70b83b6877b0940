"""What a manager fills in between a request and an order."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wadah.base.clock import today
from wadah.demand.words import AnsweredHow, Channel
from wadah.web.editing import RowForm
from wadah.web.forms import RowField
from wadah.web.views.buyer.forms import RequestForm
from wadah.web.words import part_name, way_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.db.models import QuerySet

    from wadah.catalogue.models import Part
    from wadah.demand.models import Quotation


def day_field(label: object, **more: Any) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, **more)  # type: ignore[arg-type]


class ReceivedForm(RequestForm):
    """A request that came by phone, message, letter or Excel: the buyer's lines, and how and when they came."""

    channel = forms.ChoiceField(label=_("How did it come?"), choices=Channel.choices, initial=Channel.PHONE)
    received_on = day_field(_("Received on"))
    field_order = ("buyer", "cooperative", "channel", "received_on", "text", "file", "wanted_on", "note")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["received_on"].initial = today()
        self.fields["buyer"].label, self.fields["cooperative"].label = _("Buyer"), _("Cooperative")
        self.fields["text"].label = _("What do they need?")


class MatchForm(forms.Form):
    """Which part a line means; the likeliest stand first, and of many parts the others are typed."""

    part = forms.TypedChoiceField(label=_("Part"), required=False, coerce=int, empty_value=None)
    other = RowField(search=("code", "name", "name_en"), label=_("Or another part"), required=False, told=part_name)

    def __init__(self, *args: Any, parts: Sequence[Part], all_parts: QuerySet[Part], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        other = self.fields["other"]
        assert isinstance(other, RowField)
        other.queryset = all_parts
        if not other.many:
            del self.fields["other"]
        field = self.fields["part"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("none of these")), *((part.pk, part_name(part)) for part in parts)]

    def chosen(self) -> int | None:
        """The part's key."""
        other = self.cleaned_data.get("other")
        key: int | None = other.pk if other else self.cleaned_data["part"]
        return key


class DeclineForm(forms.Form):
    reason = forms.CharField(
        label=_("Why?"), help_text=_("The buyer reads this."), max_length=1_000, widget=forms.Textarea({"rows": 4})
    )


class QuotationForm(RowForm):
    """A draft's margin, validity and reservation."""

    margin_percent = forms.DecimalField(
        label=_("Margin, in per cent of the cost"),
        help_text=_("The prices are worked out anew. The buyer never sees it."),
        min_value=0,
        max_value=999,
        decimal_places=2,
        localize=True,
    )
    valid_until = day_field(_("Valid until"))
    reserves_hours = forms.BooleanField(
        label=_("Keep hours free until then"),
        help_text=_("From sending on, the hours stand in the plan in force, and nobody else can be promised them."),
        required=False,
    )
    note = forms.CharField(
        label=_("Note to the buyer"), required=False, max_length=2_000, widget=forms.Textarea({"rows": 3})
    )


class SendForm(forms.Form):
    """Which variant the hours are kept for."""

    reserve = forms.ChoiceField(label=_("Keep hours for"))

    def __init__(self, *args: Any, quotation: Quotation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["reserve"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = variants(quotation)
        if not quotation.reserves_hours:
            del self.fields["reserve"]


class LetterForm(forms.Form):
    """The buyer's letter that accepts a variant."""

    variant = forms.ChoiceField(label=_("Variant"))
    letter_reference = forms.CharField(label=_("Number of the letter"), max_length=80)
    letter_on = day_field(_("Date of the letter"))
    answered_by = forms.CharField(label=_("Signed by"), max_length=120)

    def __init__(self, *args: Any, quotation: Quotation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["variant"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = variants(quotation)


class DeclinedForm(forms.Form):
    """The buyer said no by letter or on the phone: who, how it can be found again, when and why."""

    how = forms.ChoiceField(
        label=_("How did they say so?"),
        widget=forms.RadioSelect,
        choices=[(how.value, how.label) for how in (AnsweredHow.LETTER, AnsweredHow.PHONE)],
        initial=AnsweredHow.LETTER,
    )
    letter_reference = forms.CharField(
        label=_("Number of the letter, or who called whom"),
        help_text=_("“015/PUR/XI/2026”, or “Mr Tanaka called 0812-3456-7890 at 10”."),
        max_length=80,
    )
    letter_on = day_field(_("Date of the letter or call"))
    answered_by = forms.CharField(label=_("Who said no"), help_text=_("Name and office"), max_length=120)
    reason = forms.CharField(
        label=_("Why?"),
        help_text=_("In their words: price, day, quality … It helps with the next offer."),
        required=False,
        max_length=1_000,
        widget=forms.Textarea({"rows": 4}),
    )


def variants(quotation: Quotation) -> list[tuple[str, str]]:
    return [(row.code, f"{row.code} · {way_text(row.label)}") for row in quotation.variants.all()]
