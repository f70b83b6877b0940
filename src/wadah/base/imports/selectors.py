"""Reading imports: what is on its way and what was written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wadah.base.models import ImportBatch, Job

if TYPE_CHECKING:
    from collections.abc import Collection

    from django.db.models import QuerySet


def batches_of(cooperatives: Collection[int]) -> QuerySet[ImportBatch]:
    """The imports of these cooperatives, newest first; what they did, which may be long, only where asked for."""
    return ImportBatch.objects.filter(cooperative_id__in=cooperatives).defer("effects").order_by("-id")


def batches_listed(cooperatives: Collection[int]) -> QuerySet[ImportBatch]:
    """The same without the files and what they did, which a list doesn't show."""
    return batches_of(cooperatives).defer("content", "effects", "corrections")


def earlier_receipt(batch: ImportBatch) -> ImportBatch | None:
    """The import by which the very same file came into the books and still stands."""
    same = ImportBatch.objects.filter(
        kind=batch.kind, cooperative_id=batch.cooperative_id, digest=batch.digest, status=ImportBatch.Status.DONE
    )
    return same.exclude(pk=batch.pk).defer("content", "effects").order_by("-id").first()


def batch_progress(batch: ImportBatch) -> tuple[int, int]:
    """Rows looked at so far, of how many; (0, 0) while it waits or writes."""
    job = Job.objects.filter(pk=batch.job_id or 0).first()
    told = job.progress if job else {}
    return int(told.get("done", 0)), int(told.get("of", 0))


def batch_busy(batch: ImportBatch) -> bool:
    """Whether it is being looked at, written or taken back."""
    if batch.status == ImportBatch.Status.DONE:
        return Job.objects.filter(pk=batch.job_id or 0, status__in=[Job.Status.QUEUED, Job.Status.RUNNING]).exists()
    return batch.status == ImportBatch.Status.WORKING
