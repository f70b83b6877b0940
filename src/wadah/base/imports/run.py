"""Large files in the background: the batch's row and the job's end are one write."""

from __future__ import annotations

import logging

from django.utils.translation import gettext as _
from django.utils.translation import override

from wadah.base.errors import WadahError
from wadah.base.imports.kinds import KINDS
from wadah.base.imports.layout import Layout
from wadah.base.imports.services import JOB, book_of, language_of, person
from wadah.base.imports.write import batch_cancel, batch_look, batch_write
from wadah.base.jobs import JobLost, JobRun, job
from wadah.base.models import ImportBatch

log = logging.getLogger("wadah.imports")


@job(JOB)
def import_run(run: JobRun) -> None:
    """Look at the batch that the job names, write it, or take it back. Whatever stands in the way is said on it."""
    batch = ImportBatch.objects.get(pk=run.payload["batch"])
    by = person(run.payload.get("by", batch.user_id))
    if batch.status != (ImportBatch.Status.DONE if run.payload["act"] == "cancel" else ImportBatch.Status.WORKING):
        return
    with override(language_of(by)):
        try:
            work(run, batch, by)
        except JobLost:
            raise
        except WadahError as refused:
            give_up(run, batch, str(refused))
        except Exception:  # the batch must not look as if it were still at work
            log.exception("import %s failed", batch.pk)
            give_up(run, batch, _("Wadah made a mistake here. Nothing was changed. It has been written to the log."))


def work(run: JobRun, batch: ImportBatch, by: object) -> None:
    act = run.payload["act"]
    if act == "cancel":
        run.progress({"act": act})
        with run.effect():
            batch_cancel(batch, by)
        return
    kind = KINDS[batch.kind]
    book = book_of(batch, Layout(**batch.layout))
    if act == "look":
        batch_look(batch, kind, book, by, lambda done, of: run.progress({"done": done, "of": of, "act": act}))
        with run.effect():
            batch.status = ImportBatch.Status.OPEN
            batch.save()
        return
    run.progress({"act": act})
    with run.effect():
        batch_write(batch, kind, book, by)


def give_up(run: JobRun, batch: ImportBatch, message: str) -> None:
    """Say why; a batch that was to be looked at or written is open again, one to be taken back stays done."""
    with run.effect():
        told = {"error": message}
        if run.payload["act"] != "cancel":
            told["status"] = ImportBatch.Status.OPEN
        ImportBatch.objects.filter(pk=batch.pk).update(**told)
