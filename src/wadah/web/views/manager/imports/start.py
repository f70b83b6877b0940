"""Where an import begins: what can be imported, templates, sending a file, and the receipts so far."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from wadah.base.clock import JAKARTA, today
from wadah.base.errors import NotYours
from wadah.base.imports.kinds import KINDS, kind_known
from wadah.base.imports.reading import FILE_BYTES_MAX
from wadah.base.imports.selectors import batches_listed
from wadah.base.imports.services import import_template, import_upload
from wadah.register.selectors import cooperatives_named
from wadah.units import moment_text
from wadah.web.access import MANAGER, access, person_of
from wadah.web.editing import form_page
from wadah.web.exports import FORMATS
from wadah.web.lists import ListColumn, Listing, list_page
from wadah.web.views.manager.imports.words import counts_text, status_text
from wadah.web.words import language

if TYPE_CHECKING:
    from django.http import HttpRequest

    from wadah.base.imports.kinds import Kind
    from wadah.base.models import ImportBatch
    from wadah.register.models import Cooperative

ORDER = ("members", "workshops", "parts", "rates", "orders", "institutions")


class UploadForm(forms.Form):
    """Which file, and for which cooperative where the person manages several."""

    cooperative: forms.ModelChoiceField[Cooperative] = forms.ModelChoiceField(
        cooperatives_named([]), label=_("Cooperative"), empty_label=None
    )
    file = forms.FileField(
        label=_("File"),
        help_text=_("xlsx, ods or csv; 5 MB and 50,000 rows at most."),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.ods,.csv,.txt,.tsv"}),
        error_messages={"required": _("Choose a file first."), "empty": _("This file is empty.")},
    )

    def __init__(self, *args: Any, cooperatives: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["cooperative"].queryset = cooperatives  # type: ignore[attr-defined]
        if len(cooperatives) == 1:
            self.fields["cooperative"].widget = forms.HiddenInput()
            self.fields["cooperative"].initial = cooperatives[0].pk

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > FILE_BYTES_MAX:
            raise forms.ValidationError(_("A file may have 5 MB at most. Send it in several files."))
        return file


def kind_or_404(key: str) -> Kind:
    if key not in KINDS:
        raise NotYours
    return KINDS[key]


def kind_label(batch: ImportBatch) -> str:
    kind = kind_known(batch.kind)
    return str(kind.label) if kind else batch.kind


def when(batch: ImportBatch) -> str:
    return moment_text((batch.done_at or batch.created_at).astimezone(JAKARTA), language())


LISTING = Listing(
    "impor",
    _("Imports so far"),
    [
        ListColumn(
            "number",
            _("Receipt"),
            text=lambda batch: batch.number or status_text(batch),
            url=lambda batch: reverse("import_batch", args=[batch.pk]),
        ),
        ListColumn("kind", _("What"), text=kind_label),
        ListColumn("file", _("File"), text=lambda batch: batch.file_name),
        ListColumn("rows", _("Rows"), text=counts_text),
        ListColumn("who", _("Who"), text=lambda batch: batch.user_name),
        ListColumn("when", _("When"), text=when),
        ListColumn("status", _("Status"), text=status_text),
    ],
    empty=_("Nothing has been imported yet. Take a template above, fill it in, and send it."),
)


@access(MANAGER)
def imports(request: HttpRequest) -> HttpResponse:
    """What can be imported, and every import with its receipt."""
    rows = batches_listed(person_of(request).roles.cooperatives_managed)
    kinds = [KINDS[key] for key in ORDER if key in KINDS]
    return list_page(request, LISTING, rows, template="imports/list.html", kinds=kinds)


@access(MANAGER, methods=("GET", "POST"))
def upload(request: HttpRequest, kind: str) -> HttpResponse:
    """Send a file of one kind."""
    sort = kind_or_404(kind)
    person = person_of(request)
    cooperatives = cooperatives_named(person.roles.cooperatives_managed)
    form = UploadForm(request.POST or None, request.FILES or None, cooperatives=cooperatives)

    def save(facts: dict[str, Any]) -> str:
        batch = import_upload(
            kind=sort.key,
            cooperative_id=facts["cooperative"].pk,
            file_name=facts["file"].name or "",
            content=facts["file"].read(),
            by=person.user,
        )
        return reverse("import_settle" if batch.preview.get("asks") else "import_batch", args=[batch.pk])

    return form_page(
        request,
        form,
        title=sort.label,
        save=save,
        back=reverse("imports"),
        action=_("See what it would change"),
        template="imports/upload.html",
        kind=sort,
        cooperatives=cooperatives,
    )


@access(MANAGER)
def template(request: HttpRequest, kind: str) -> HttpResponse:
    """The template with what is there now; `koperasi` says of which cooperative where the person manages several."""
    sort = kind_or_404(kind)
    person = person_of(request)
    managed = sorted(person.roles.cooperatives_managed)
    asked = request.GET.get("koperasi", "")
    cooperative = int(asked) if asked.isdecimal() and len(asked) < 10 else managed[0]
    if cooperative not in managed:
        raise NotYours
    content = import_template(kind=sort.key, cooperative_id=cooperative, by=person.user)
    return xlsx_answer(content, f"templat-{sort.key}")


def xlsx_answer(content: bytes, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=FORMATS["xlsx"])
    answer["Content-Disposition"] = f'attachment; filename="{name}-{today():%Y-%m-%d}.xlsx"'
    return answer


def page(request: HttpRequest, name: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    return render(request, f"imports/{name}.html", context, status=status)
