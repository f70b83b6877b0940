"""Forms about orders and their lines."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wadah.base.clock import today
from wadah.web.editing import RowForm
from wadah.web.forms import PiecesField, RowField, RupiahField

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from wadah.catalogue.models import Part
    from wadah.demand.models import Buyer, OrderLine
    from wadah.register.models import Cooperative


def date_field(label: Any, **columns: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **columns)


def choose(form: forms.Form, **rows: QuerySet[Any]) -> None:
    """What each choice of a row may be."""
    for name, choices in rows.items():
        field = form.fields[name]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = choices


class OrderForm(RowForm):
    buyer = RowField(code="name", search=("name",), label=_("Buyer"))
    ordered_on = date_field(_("Ordered on"))
    note = forms.CharField(label=_("Note"), required=False, max_length=2_000, widget=forms.Textarea({"rows": 3}))

    def __init__(self, *args: Any, buyers: QuerySet[Buyer], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, buyer=buyers)
        if self.row is None:
            self.fields["ordered_on"].initial = today()


class NewOrderForm(OrderForm):
    cooperative: forms.ModelChoiceField[Any] = forms.ModelChoiceField(None, label=_("Cooperative"), empty_label=None)

    def __init__(self, *args: Any, cooperatives: QuerySet[Cooperative], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, cooperative=cooperatives)


class LineForm(RowForm):
    """A line: its price is typed, what being late or short costs follows from it by the cooperative's terms."""

    part = RowField(search=("code", "name", "name_en"), label=_("Part"))
    quantity = PiecesField(label=_("Pieces"), max_length=20)
    due_on = date_field(_("Due on"))
    earliest_on = date_field(_("Not before"), required=False)
    price_rupiah_piece = RupiahField(
        label=_("Price a piece"),
        help_text=_("What being late or short costs follows from it, by your terms."),
        max_length=30,
    )
    partial = forms.BooleanField(label=_("May come in several deliveries"), required=False, initial=True)
    single_source = forms.BooleanField(label=_("All from one workshop"), required=False)

    def __init__(self, *args: Any, parts: QuerySet[Part], line: OrderLine | None = None, **kwargs: Any) -> None:
        super().__init__(*args, row=line, **kwargs)
        choose(self, part=parts)
        if line is not None:
            self.fields["quantity"].initial = f"{line.quantity.normalize():f}".replace(".", ",")


class CancelForm(forms.Form):
    reason = forms.CharField(label=_("Why?"), max_length=1_000, widget=forms.Textarea({"rows": 4}))
