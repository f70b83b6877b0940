"""Forms of the open exchange."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wadah.api.rules import BYTES_MAX, LICENCES
from wadah.catalogue.words import Supply, Unit
from wadah.register.selectors import WORKSHOP_KINDS

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from wadah.register.models import Area, Cooperative, Skill, Subsector


class UploadForm(forms.Form):
    file = forms.FileField(
        label=_("File"),
        help_text=_("TOML or JSON, 1 MB at most. Nothing is written before you have seen what it holds."),
        widget=forms.FileInput(attrs={"accept": ".toml,.json,.okh,.okw"}),
    )


class LicenceForm(forms.Form):
    """What the manifest says about who may use the design."""

    lisensi = forms.ChoiceField(label=_("Licence of the design"), choices=[(name, name) for name in LICENCES])
    bentuk = forms.ChoiceField(label=_("Form"), choices=[("toml", "TOML"), ("json", "JSON")])


class PersonalForm(forms.Form):
    pribadi = forms.BooleanField(
        label=_("With the owner's name, phone, street and coordinates"),
        help_text=_("Only with the owner's leave. The history of the workshop notes that you took them out."),
        required=False,
    )


class DocumentForm(forms.Form):
    """The document that was sent stays in the form until it is taken in, so nothing is stored before."""

    document = forms.CharField(widget=forms.HiddenInput, strip=False, max_length=BYTES_MAX)


class PartForm(DocumentForm):
    code = forms.CharField(label=_("Code"), max_length=80)
    name = forms.CharField(label=_("Name"), max_length=120)
    name_en = forms.CharField(label=_("Name in English"), max_length=120, required=False)
    unit = forms.ChoiceField(label=_("Counted in"), choices=Unit.choices)
    subsector: forms.ModelChoiceField[Any] = forms.ModelChoiceField(None, label=_("Subsector"))
    skill: forms.ModelChoiceField[Any] = forms.ModelChoiceField(None, label=_("Skill"), required=False)
    supply = forms.ChoiceField(label=_("Made or bought"), choices=Supply.choices)
    over = forms.BooleanField(label=_("Change the part that has this code already"), required=False)

    def __init__(self, *args: Any, subsectors: QuerySet[Subsector], skills: QuerySet[Skill], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        narrow(self, "subsector", subsectors)
        narrow(self, "skill", skills)


class WorkshopForm(DocumentForm):
    cooperative: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        None, label=_("Member of"), empty_label=None, help_text=_("The firm is a member from today on.")
    )
    firm = forms.CharField(label=_("Firm"), max_length=160)
    owner_name = forms.CharField(label=_("Owner"), max_length=120)
    phone = forms.CharField(label=_("Phone number"), max_length=40, required=False)
    name = forms.CharField(label=_("Workshop"), max_length=160)
    code = forms.CharField(label=_("Code of the workshop"), max_length=20)
    kind = forms.ChoiceField(label=_("Kind of place"), choices=WORKSHOP_KINDS)
    area: forms.ModelChoiceField[Any] = forms.ModelChoiceField(None, label=_("Kelurahan"), required=False)
    even_so = forms.BooleanField(label=_("It is another firm of the same name"), required=False)

    def __init__(self, *args: Any, cooperatives: QuerySet[Cooperative], areas: QuerySet[Area], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        narrow(self, "cooperative", cooperatives)
        narrow(self, "area", areas)


def narrow(form: forms.Form, name: str, rows: QuerySet[Any]) -> None:
    field = form.fields[name]
    assert isinstance(field, forms.ModelChoiceField)
    field.queryset = rows
