"""One file: how it was read, what it would change, what is wrong with it; writing it and taking it back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from wadah.base.clock import JAKARTA
from wadah.base.errors import Conflict, NotYours, Refused
from wadah.base.imports.check import choice_text
from wadah.base.imports.faults import place_text
from wadah.base.imports.kinds import kind_known
from wadah.base.imports.selectors import batch_busy, batch_progress, batches_of, earlier_receipt
from wadah.base.imports.services import (
    CORRECTED_MAX,
    cancel_until,
    import_cancel,
    import_commit,
    import_correct,
    import_discard,
    import_marked,
    import_settle,
)
from wadah.units import moment_text
from wadah.web.access import MANAGER, access, own_or_404, person_of
from wadah.web.forms import refuse
from wadah.web.tables import Column, Table
from wadah.web.views.manager.imports.forms import SettleForm
from wadah.web.views.manager.imports.start import kind_or_404, page, xlsx_answer
from wadah.web.views.manager.imports.words import counts_text, status_text
from wadah.web.words import language

if TYPE_CHECKING:
    from django.http import HttpRequest

    from wadah.base.imports.kinds import Kind
    from wadah.base.models import ImportBatch

NEW_COLUMNS = 6


def batch_or_404(request: HttpRequest, pk: int) -> ImportBatch:
    return own_or_404(batches_of(person_of(request).roles.cooperatives_managed), pk=pk)


@access(MANAGER)
def shown(request: HttpRequest, pk: int) -> HttpResponse:
    """The preview, the progress or the receipt, as far as the file is."""
    return batch_page(request, batch_or_404(request, pk))


def batch_page(request: HttpRequest, batch: ImportBatch, refused: str = "", status: int = 200) -> HttpResponse:
    kind = kind_known(batch.kind)
    if kind is None:
        raise NotYours
    preview = batch.preview
    working = batch_busy(batch)
    done, of = batch_progress(batch) if working else (0, 0)
    counts = preview.get("counts") or {}
    wrong = preview.get("wrong", [])
    until = cancel_until(batch)
    context = {
        "batch": batch,
        "working": working,
        "kind": kind,
        "refused": refused or batch.error,
        "counts": counts,
        "counts_text": counts_text(batch),
        "status_text": status_text(batch),
        "total": sum(counts.values()),
        "writable": preview.get("writable", 0) if not counts.get("wrong") else 0,
        "done": done,
        "of": of,
        "changed": changed_table(batch, kind) if preview.get("changed") else None,
        "new": new_table(batch, kind) if preview.get("new") else None,
        "faults": faults_table(batch, kind) if wrong else None,
        "fixable": fixable(batch, kind) if wrong and counts["wrong"] <= CORRECTED_MAX else [],
        "earlier": earlier_receipt(batch) if batch.status == "open" else None,
        "until": moment_text(until.astimezone(JAKARTA), language()) if until else "",
        "read": read_facts(batch),
        "asks": [kind.label_of(key) for key in preview.get("asks", [])],
    }
    return page(request, "batch", context, status)


def read_facts(batch: ImportBatch) -> list[tuple[str, str]]:
    """How the file was read, in words."""
    layout, preview = batch.layout, batch.preview
    if "format" not in preview:
        return [(_("File"), batch.file_name)]
    facts = [(_("File"), f"{batch.file_name} ({preview['format']})")]
    if layout["sheet"]:
        facts.append((_("Sheet"), layout["sheet"]))
    if layout["encoding"]:
        facts.append((_("Encoding"), layout["encoding"].upper()))
    if layout["delimiter"]:
        facts.append((_("Between the cells"), "Tab" if layout["delimiter"] == "\t" else layout["delimiter"]))
    facts.append((_("Row of the headings"), str(layout["header"])))
    facts.append((_("Decimal sign"), layout["decimal"]))
    if preview["unused"]:
        facts.append((_("Columns that aren't used"), ", ".join(preview["unused"])))
    return facts


def row_name(kind: Kind, texts: dict[str, str]) -> str:
    names = [texts.get(column.key, "") for column in kind.columns if column.required]
    return " · ".join([name for name in names if name][:2])


def changed_table(batch: ImportBatch, kind: Kind) -> Table:
    table = Table(
        _("What would change"), [Column(_("Row")), Column(_("Which")), Column(_("Column")), Column(_("Old → new"))]
    )
    for one in batch.preview["changed"]:
        for key, old, new in one["changes"]:
            column = kind.column(key)
            words = f"{choice_text(column, old) or '–'} → {choice_text(column, new) or '–'}"
            table.add(str(one["row"]), row_name(kind, one["texts"]), kind.label_of(key), words)
    return table


def new_table(batch: ImportBatch, kind: Kind) -> Table:
    used = [column for column in kind.columns if any(one["texts"].get(column.key) for one in batch.preview["new"])]
    columns = used[:NEW_COLUMNS]
    table = Table(_("What would be new"), [Column(_("Row")), *(Column(str(column.label)) for column in columns)])
    for one in batch.preview["new"]:
        table.add(str(one["row"]), *(one["texts"].get(column.key, "") or "–" for column in columns))
    return table


def faults_table(batch: ImportBatch, kind: Kind) -> Table:
    table = Table(_("What is wrong"), [Column(_("Where")), Column(_("What stands there")), Column(_("What to do"))])
    for one in batch.preview["wrong"]:
        for key, message in one["faults"]:
            label = kind.place_label(key, batch.layout["columns"])
            table.add(place_text(batch.layout["sheet"], one["row"], label), one["texts"].get(key, "") or "–", message)
    return table


def fixable(batch: ImportBatch, kind: Kind) -> list[dict[str, Any]]:
    """A field for each wrong cell; where the row as a whole is wrong, one for each column that it must have."""
    rows = []
    for one in batch.preview["wrong"]:
        keys = [key for key, _message in one["faults"] if key]
        keys = keys or [column.key for column in kind.columns if column.required]
        fields = [
            {"name": f"{one['row']}.{key}", "label": kind.label_of(key), "text": one["texts"].get(key, "")}
            for key in dict.fromkeys(keys)
        ]
        rows.append({"row": one["row"], "faults": [message for _key, message in one["faults"]], "fields": fields})
    return rows


@access(MANAGER, methods=("GET", "POST"))
def settle(request: HttpRequest, pk: int) -> HttpResponse:
    """Say how the file is to be read and which column is which."""
    batch = batch_or_404(request, pk)
    if batch.status != "open" or not batch.preview:
        return HttpResponseRedirect(reverse("import_batch", args=[pk]))
    kind = kind_or_404(batch.kind)
    form = SettleForm(request.POST or None, batch=batch, kind=kind)
    if request.method == "POST" and form.is_valid():
        moved = any(form.layout[name] != batch.layout[name] for name in form.layout)
        chosen: dict[str, Any] = {} if moved else {"columns": form.places, "fixed": form.fixed}
        try:
            settled = import_settle(batch=batch, by=person_of(request).user, **form.layout, **chosen)
            again = settled.preview.get("asks") or moved
            return HttpResponseRedirect(reverse("import_settle" if again else "import_batch", args=[pk]))
        except Refused as refused:
            refuse(form, refused)
    asks = [kind.label_of(key) for key in batch.preview["asks"]]
    context = {"batch": batch, "kind": kind, "form": form, "asks": asks, "read": read_facts(batch)}
    return page(request, "settle", context, 400 if form.errors else 200)


@access(MANAGER, methods=("POST",))
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    """Type other texts into wrong rows."""
    batch = batch_or_404(request, pk)
    texts: dict[str, dict[str, str]] = {}
    for name, text in request.POST.items():
        number, dot, key = name.partition(".")
        if dot and number.isdecimal():
            texts.setdefault(number, {})[key] = str(text)
    import_correct(batch=batch, texts=texts, by=person_of(request).user)
    return HttpResponseRedirect(reverse("import_batch", args=[pk]))


@access(MANAGER)
def marked(request: HttpRequest, pk: int) -> HttpResponse:
    """The file with its wrong cells red, and a note on each."""
    batch = batch_or_404(request, pk)
    return xlsx_answer(import_marked(batch=batch), f"perbaiki-{batch.kind}")


@access(MANAGER, methods=("POST",))
def act(request: HttpRequest, pk: int, act: str) -> HttpResponse:
    """tulis: write it; buang: forget the file; batal: take it back."""
    batch = batch_or_404(request, pk)
    user = person_of(request).user
    here = reverse("import_batch", args=[pk])
    try:
        if act == "tulis":
            written = import_commit(batch=batch, fingerprint=request.POST.get("fingerprint", ""), by=user)
            if written.number:
                messages.success(request, _("Written. The receipt is %(number)s.") % {"number": written.number})
        elif act == "buang":
            import_discard(batch=batch)
            messages.success(request, _("The file is forgotten. Nothing was written."))
            here = reverse("imports")
        elif act == "batal":
            cancelled = import_cancel(batch=batch, by=user)
            if cancelled.status == "cancelled":
                messages.success(request, _("%(number)s is taken back.") % {"number": cancelled.number})
        else:
            raise NotYours
    except Conflict:
        raise
    except Refused as refused:
        return batch_page(request, batch, str(refused), 400)
    return HttpResponseRedirect(here)
