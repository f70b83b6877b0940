"""A file comes in: read, shown with all that it would change, and taken in only then."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from wadah.api.rules import document_kind, document_read, part_draft, workshop_draft
from wadah.api.selectors import kelurahan_known, part_preview, skills_known, subsectors_known, workshop_preview
from wadah.api.services import part_take_in, workshop_take_in
from wadah.base.errors import Refused
from wadah.register.selectors import cooperatives_named
from wadah.web.access import MANAGER, access, person_of
from wadah.web.forms import refuse
from wadah.web.views.manager.exchange import tables
from wadah.web.views.manager.exchange.forms import PartForm, UploadForm, WorkshopForm

if TYPE_CHECKING:
    from django import forms
    from django.http import HttpRequest

    from wadah.api.rules import PartDraft, WorkshopDraft
    from wadah.base.models import ImportBatch


@access(MANAGER, methods=("GET", "POST"))
def exchange(request: HttpRequest) -> HttpResponse:
    """What can be exchanged, and the form that a file is sent with; a file that can be read is shown, not taken in."""
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            return read_page(request, file.read(), file.name or "")
        except Refused as refused:
            refuse(form, Refused(refused.message, field="file"))
    return render(request, "exchange/start.html", {"form": form}, status=400 if form.errors else 200)


def read_page(request: HttpRequest, content: bytes, name: str) -> HttpResponse:
    document = document_read(content, name)
    text = content.decode("utf-8-sig")
    if document_kind(document) == "part":
        return part_page(request, part_form(request, part_draft(document), text), part_draft(document))
    draft = workshop_draft(document)
    return workshop_page(request, workshop_form(request, draft, text), draft)


# -- parts ------------------------------------------------------------------------------------------------------------


def part_form(request: HttpRequest, draft: PartDraft | None, text: str) -> PartForm:
    choices: dict[str, Any] = {"subsectors": subsectors_known(), "skills": skills_known()}
    if draft is None:
        return PartForm(request.POST, **choices)
    preview = part_preview(draft)
    subsector, skill = draft.subsector, draft.skill
    first = {
        "document": text,
        "code": preview.code,
        "name": draft.name,
        "name_en": draft.name_en,
        "unit": draft.unit,
        "supply": draft.supply,
        "subsector": choices["subsectors"].filter(code=subsector).first(),
        "skill": choices["skills"].filter(code=skill).first(),
    }
    return PartForm(initial=first, **choices)


def part_page(request: HttpRequest, form: PartForm, draft: PartDraft) -> HttpResponse:
    preview = part_preview(draft, str(form["code"].value() or ""))
    shown = {
        "form": form,
        "draft": draft,
        "preview": preview,
        "components": tables.components(preview),
        "steps": tables.steps(draft),
        "unread": tables.unread(draft.unread),
    }
    return render(request, "exchange/part_in.html", shown, status=400 if form.errors else 200)


@access(MANAGER, methods=("POST",))
def part_take(request: HttpRequest) -> HttpResponse:
    """Takes in the part that was shown."""
    form = part_form(request, None, "")
    draft = draft_again(form, part_draft)
    if draft is None:
        return start_again(request)
    if form.is_valid():
        facts = {name: value for name, value in form.cleaned_data.items() if name != "document"}
        try:
            part, batch = part_take_in(
                by=signed(request),
                cooperative_id=min(person_of(request).roles.cooperatives_managed),
                file_name=f"{facts['code']}.okh",
                document=form.cleaned_data["document"],
                draft=draft,
                **facts,
            )
        except Refused as refused:
            refuse(form, refused)
        else:
            messages.success(request, f"{_('%(code)s is taken in.') % {'code': part.code}} {way_back(batch)}")
            return HttpResponseRedirect(reverse("exchange_part", args=[part.pk]))
    return part_page(request, form, draft)


# -- workshops --------------------------------------------------------------------------------------------------------


def workshop_form(request: HttpRequest, draft: WorkshopDraft | None, text: str) -> WorkshopForm:
    managed = cooperatives_named(person_of(request).roles.cooperatives_managed)
    choices: dict[str, Any] = {"cooperatives": managed, "areas": kelurahan_known()}
    if draft is None:
        return WorkshopForm(request.POST, **choices)
    preview = workshop_preview(draft)
    first = {
        "document": text,
        "firm": draft.firm or draft.name,
        "owner_name": draft.owner,
        "phone": draft.phone,
        "name": draft.name,
        "code": preview.code,
        "kind": draft.kind,
        "area": preview.area,
    }
    return WorkshopForm(initial=first, **choices)


def workshop_page(request: HttpRequest, form: WorkshopForm, draft: WorkshopDraft) -> HttpResponse:
    preview = workshop_preview(draft)
    shown = {
        "form": form,
        "draft": draft,
        "preview": preview,
        "machines": tables.machines(preview),
        "unread": tables.unread(draft.unread),
    }
    return render(request, "exchange/workshop_in.html", shown, status=400 if form.errors else 200)


@access(MANAGER, methods=("POST",))
def workshop_take(request: HttpRequest) -> HttpResponse:
    """Takes in the workshop that was shown."""
    form = workshop_form(request, None, "")
    draft = draft_again(form, workshop_draft)
    if draft is None:
        return start_again(request)
    if form.is_valid():
        facts = {name: value for name, value in form.cleaned_data.items() if name != "document"}
        try:
            workshop, batch = workshop_take_in(
                by=signed(request),
                file_name=f"{facts['code']}.okw",
                document=form.cleaned_data["document"],
                draft=draft,
                **facts,
            )
        except Refused as refused:
            refuse(form, refused)
        else:
            told = _("%(name)s is a member now.") % {"name": workshop.ikm.name}
            messages.success(request, f"{told} {way_back(batch)}")
            return HttpResponseRedirect(reverse("exchange_workshop", args=[workshop.pk]))
    return workshop_page(request, form, draft)


# -- both -------------------------------------------------------------------------------------------------------------


def way_back(batch: ImportBatch) -> str:
    return _("It can be taken back for 7 days: see %(number)s in the list of imports.") % {"number": batch.number}


def signed(request: HttpRequest) -> Any:
    return person_of(request).user


def draft_again(form: forms.Form, draft_of: Any) -> Any:
    """The draft of the document in a form that comes back; None where it can't be read any more."""
    try:
        return draft_of(document_read(form.data.get("document", "").encode("utf-8", "surrogatepass")))
    except Refused:
        return None


def start_again(request: HttpRequest) -> HttpResponse:
    """The page with the upload, for a form whose document was lost on the way."""
    upload = UploadForm({})
    upload.is_valid()
    upload.errors.clear()
    upload.add_error(None, _("The file was lost on the way. Choose it again; nothing was written."))
    return render(request, "exchange/start.html", {"form": upload}, status=400)
