"""What the pages of inspection share: whose they are, the ways between them, one form that acts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy

from wadah.base.attachments import attachment_keep
from wadah.base.errors import NotYours
from wadah.web.access import own_or_404, person_of
from wadah.web.editing import form_page
from wadah.web.history import history_table
from wadah.web.views.manager.quality.words import ACTS, FIELDS
from wadah.work.selectors.inspections import inspections_kept, lots_kept

if TYPE_CHECKING:
    from collections.abc import Callable

    from django import forms
    from django.core.files.uploadedfile import UploadedFile
    from django.db.models import Model
    from django.http import HttpRequest
    from django.utils.functional import _StrPromise

    from wadah.base.models import Attachment
    from wadah.web.tables import Table
    from wadah.work.models import Inspection, Lot

    Words = str | _StrPromise

WAYS: list[tuple[str, Words]] = [
    ("quality", gettext_lazy("To decide")),
    ("inspections", gettext_lazy("Inspections")),
    ("severities", gettext_lazy("How severely")),
    ("inspection_plans", gettext_lazy("Plans")),
    ("work_settings_start", gettext_lazy("How we work")),
    ("trials", gettext_lazy("Trials")),
    ("charts", gettext_lazy("Measured values")),
    ("curve", gettext_lazy("What a plan lets through")),
]


def cooperatives_of(request: HttpRequest) -> frozenset[int]:
    """Cooperatives that the person manages or inspects for."""
    roles = person_of(request).roles
    return roles.cooperatives_managed | roles.cooperatives_inspected


def managed(request: HttpRequest) -> frozenset[int]:
    return person_of(request).roles.cooperatives_managed


def ways(request: HttpRequest) -> list[tuple[str, Words, bool]]:
    here = request.resolver_match.url_name if request.resolver_match else ""
    return [(reverse(name), words, here in {name, name.removesuffix("_start")}) for name, words in WAYS]


def lot_or_404(request: HttpRequest, number: str) -> Lot:
    return own_or_404(lots_kept(cooperatives_of(request)), number=number)


def inspection_or_404(request: HttpRequest, number: str) -> Inspection:
    return own_or_404(inspections_kept(cooperatives_of(request)), number=number)


def history_of_row(row: Model) -> Table:
    return history_table(row, acts=ACTS, fields=FIELDS)


def kept_photo(request: HttpRequest, file: UploadedFile[Any] | None) -> Attachment | None:
    return attachment_keep(file=file, by=person_of(request).user) if file else None


def act_page(
    request: HttpRequest,
    form: forms.Form,
    *,
    title: Words,
    back: str,
    act: Callable[[dict[str, Any]], object],
    done: Words,
    action: Words = "",
    to: str = "",
    template: str = "forms/form.html",
    **context: Any,
) -> HttpResponse:
    """A form that does one thing: `act` takes its values with `photo` as an attachment, or None where none was sent."""

    def save(facts: dict[str, Any]) -> str:
        if "photo" in facts:
            facts["photo"] = kept_photo(request, facts["photo"])
        act(facts)
        messages.success(request, str(done))
        return to or back

    return form_page(request, form, title=title, back=back, save=save, action=action, template=template, **context)


def acted(request: HttpRequest, words: Words, to: str) -> HttpResponse:
    messages.success(request, str(words))
    return HttpResponseRedirect(to)


def file_answer(kept: Attachment | None) -> HttpResponse:
    """A photo or a paper that somebody added; nothing in it is run by a browser."""
    if kept is None:
        raise NotYours
    response = HttpResponse(bytes(kept.content), content_type=kept.media_type)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Disposition"] = "inline"
    return response


def user_of(request: HttpRequest) -> Any:
    return person_of(request).user
