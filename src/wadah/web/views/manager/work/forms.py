"""Forms of the manager's pages of work: work by hand, over, short, the counter, material, lots, milestones."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wadah.units import UnitError, number_read
from wadah.web.forms import RowField
from wadah.web.quantities import DayField, PhotoField, QuantityField, ReasonField, quantity_asked
from wadah.web.words import part_name
from wadah.work.services.milestones import Step
from wadah.work.words import Bucket

if TYPE_CHECKING:
    from collections.abc import Iterable
    from decimal import Decimal

    from django.db.models import QuerySet

STEPS_MOST = 12
STILL = [(bucket, bucket.label) for bucket in (Bucket.ACCEPTED, Bucket.WAITING, Bucket.REJECTED)]


def choose(form: forms.Form, **rows: QuerySet[Any]) -> None:
    """Puts the rows to choose from into fields."""
    for name, found in rows.items():
        field: Any = form.fields[name]
        field.queryset = found


class NewWorkForm(forms.Form):
    """Work given out by hand. makers: rates in force, one a part and workshop."""

    maker = RowField(
        code="",
        search=("part__code", "part__name", "part__name_en", "workshop__code", "workshop__name"),
        label=gettext_lazy("Who makes what"),
        told=lambda rate: f"{part_name(rate.part)} · {rate.workshop.name}",
    )
    line = RowField(
        code="",
        search=("order__number", "part__code", "part__name", "part__name_en"),
        label=gettext_lazy("For which order line"),
        required=False,
        told=lambda line: f"{line.order.number}/{line.line_no} · {part_name(line.part)}",
    )
    pieces = QuantityField(label=gettext_lazy("How many"))
    week_start = DayField(label=gettext_lazy("A day of the week in which it is made"))
    beyond_hours = forms.BooleanField(
        label=gettext_lazy("Also where the hours of that week don't hold it: agreed with the member"), required=False
    )
    reason = ReasonField(label=gettext_lazy("Why without an offer?"))

    def __init__(self, *args: Any, makers: QuerySet[Any], lines: QuerySet[Any], **more: Any) -> None:
        super().__init__(*args, **more)
        choose(self, maker=makers, line=lines)


class OverForm(forms.Form):
    over = QuantityField(label=gettext_lazy("How many beyond those asked"))
    reason = ReasonField()


class ShortForm(forms.Form):
    pieces = QuantityField(label=gettext_lazy("How many won't be made"))
    reason = ReasonField()


class CounterForm(forms.Form):
    """At the hub's counter: brought without being announced."""

    pieces = QuantityField(label=gettext_lazy("How many were brought (counted)"))
    reason = ReasonField(label=gettext_lazy("Why is it written down for the member?"))
    beyond = forms.BooleanField(label=gettext_lazy("Take more than was asked"), required=False)
    photo = PhotoField()


class CountedForm(forms.Form):
    pieces = QuantityField(label=gettext_lazy("How many were counted"))
    note = forms.CharField(label=gettext_lazy("Note"), max_length=400, required=False)


class ReceiveForm(forms.Form):
    """A batch that came in. cooperatives: whose hubs the manager runs; asked for only where there are several."""

    cooperative = RowField(
        code="name", search=("name",), label=gettext_lazy("To whose hub?"), told=lambda cooperative: cooperative.name
    )
    part = RowField(search=("code", "name", "name_en"), label=gettext_lazy("What came in"), told=part_name)
    quantity = QuantityField(label=gettext_lazy("How much"))
    supplier = forms.CharField(label=gettext_lazy("Bought from"), max_length=120, required=False)
    owner = RowField(
        code="name",
        search=("name",),
        label=gettext_lazy("Or lent by the buyer"),
        required=False,
        told=lambda buyer: buyer.name,
    )
    batch = forms.CharField(label=gettext_lazy("Batch or dye lot"), max_length=60, required=False)
    received_on = DayField(label=gettext_lazy("Came in on"))
    expires_on = DayField(label=gettext_lazy("Use by"), required=False)
    inspect = forms.BooleanField(label=gettext_lazy("Has to be checked before it goes out"), required=False)
    note = forms.CharField(label=gettext_lazy("Note"), max_length=400, required=False)

    def __init__(
        self, *args: Any, parts: QuerySet[Any], buyers: QuerySet[Any], cooperatives: QuerySet[Any], **more: Any
    ) -> None:
        super().__init__(*args, **more)
        choose(self, part=parts, owner=buyers, cooperative=cooperatives)
        own = list(cooperatives[:2])
        self.only = own[0] if len(own) == 1 else None
        if self.only is not None:
            del self.fields["cooperative"]

    def clean(self) -> dict[str, Any]:
        facts = super().clean() or {}
        return facts if self.only is None else facts | {"cooperative": self.only}


class IssueEndForm(forms.Form):
    """Material that comes back, or was spoilt."""

    pieces = QuantityField(label=gettext_lazy("How much"))
    reason = ReasonField()


class BackForm(IssueEndForm):
    reason = ReasonField(label=gettext_lazy("Note"), required=False)


class SplitForm(forms.Form):
    pieces = QuantityField(label=gettext_lazy("How many go into a lot of their own"))
    source = forms.ChoiceField(label=gettext_lazy("Of those that are"), choices=STILL)
    reason = ReasonField(label=gettext_lazy("Why?"), required=False)


class MergeForm(forms.Form):
    """Other lots of the same part."""

    lots: Any = forms.ModelMultipleChoiceField(
        queryset=None, label=gettext_lazy("Together with"), widget=forms.CheckboxSelectMultiple
    )
    source = forms.ChoiceField(label=gettext_lazy("All that are"), choices=STILL)
    reason = ReasonField(label=gettext_lazy("Why?"), required=False)

    def __init__(self, *args: Any, lots: QuerySet[Any], **more: Any) -> None:
        super().__init__(*args, **more)
        choose(self, lots=lots)
        field: Any = self.fields["lots"]
        field.label_from_instance = lambda lot: lot.number


class LabelForm(forms.Form):
    supplier = forms.CharField(label=gettext_lazy("Bought from"), max_length=120, required=False)
    batch = forms.CharField(label=gettext_lazy("Batch or dye lot"), max_length=60, required=False)
    expires_on = DayField(label=gettext_lazy("Use by"), required=False)
    note = forms.CharField(label=gettext_lazy("Note"), max_length=400, required=False)
    reason = ReasonField(label=gettext_lazy("Why is the label changed?"))


class SendBackForm(forms.Form):
    pieces = QuantityField(label=gettext_lazy("How much"))
    source = forms.ChoiceField(label=gettext_lazy("Of those that are"), choices=STILL)
    reason = ReasonField()


class ScrapForm(forms.Form):
    pieces = QuantityField(label=gettext_lazy("How much"))
    reason = ReasonField()


class TakeBackForm(forms.Form):
    pieces = QuantityField(label=gettext_lazy("How many go back to their maker"))
    reason = ReasonField()


class StepsForm(forms.Form):
    """Milestones, one a line: hours; title; day. A line may be written as it comes from Excel, with tabs."""

    steps = forms.CharField(
        label=gettext_lazy("Milestones, one a line: hours; title; day (2026-12-31)"),
        widget=forms.Textarea(attrs={"rows": 8}),
    )

    def clean_steps(self) -> list[Step]:
        lines = [line for line in self.cleaned_data["steps"].splitlines() if line.strip()]
        if len(lines) > STEPS_MOST:
            raise forms.ValidationError(_("At most %(most)s milestones."), params={"most": STEPS_MOST})
        return [self.step(number, line) for number, line in enumerate(lines, 1)]

    def step(self, number: int, line: str) -> Step:
        cells = [cell.strip() for cell in line.replace("\t", ";").split(";")]
        try:
            hours, title, day = cells
            due_on = forms.DateField().clean(day)
            return Step(title, number_read(hours), due_on)
        except (ValueError, UnitError, forms.ValidationError):
            words = _("Line %(line)s: write hours; title; day, for example 10; First scene; 2026-12-31.")
            raise forms.ValidationError(words, params={"line": number}) from None


class AcceptForm(forms.Form):
    quantity = QuantityField(label=gettext_lazy("Hours that are accepted"))
    note = forms.CharField(label=gettext_lazy("Note"), max_length=400, required=False)


class SendBackWorkForm(forms.Form):
    reason = ReasonField(label=gettext_lazy("What is still missing?"))


class CancelStepForm(forms.Form):
    reason = ReasonField(label=gettext_lazy("Why won't it be made?"))


class BehalfHandInForm(forms.Form):
    """A milestone handed in for a member; at least one of the first three."""

    link = forms.URLField(label=gettext_lazy("A link"), required=False, assume_scheme="https")
    file = PhotoField(label=gettext_lazy("A photo or a PDF"))
    note = forms.CharField(label=gettext_lazy("A note"), max_length=400, required=False)
    reason = ReasonField(label=gettext_lazy("Why is it written down for the member?"))


class RecallForm(forms.Form):
    """By batch and supplier, or by workshop and week."""

    batch = forms.CharField(label=gettext_lazy("Batch or dye lot"), max_length=60, required=False)
    supplier = forms.CharField(label=gettext_lazy("Bought from"), max_length=120, required=False)
    workshop = RowField(label=gettext_lazy("Workshop"), required=False, told=lambda shop: shop.name)
    day = DayField(label=gettext_lazy("A day of the week in which it was brought"), required=False)

    def __init__(self, *args: Any, workshops: QuerySet[Any], **more: Any) -> None:
        super().__init__(*args, **more)
        choose(self, workshop=workshops)


def takings_asked(posted: Any, lots: Iterable[Any]) -> list[tuple[Any, Decimal]]:
    """Quantities typed beside lots ("lot-17"), those that are none left out. Raises Refused for what isn't a number."""
    typed = [(lot, quantity_asked(posted.get(f"lot-{lot.pk}", ""), field="lots")) for lot in lots]
    return [(lot, pieces) for lot, pieces in typed if pieces]
