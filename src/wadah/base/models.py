"""What every room needs and none owns: jobs, idempotency keys, history, counters, throttles.

Base lies below accounts, so people are kept as a number and a name at the time, not as a foreign key.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class Job(models.Model):
    """Work done outside a request. The row is the truth: who holds it is `worker`, alive is `heartbeat_at`.

    name: the handler in the registry ("plans.plan_run"); payload, progress, result: small JSON objects;
    key: unique while given, so that the same work isn't queued twice; error: a sentence for people, or empty.
    """

    class Status(models.TextChoices):
        QUEUED = "queued"
        RUNNING = "running"
        DONE = "done"
        FAILED = "failed"
        STOPPED = "stopped"

    name = models.CharField(max_length=80)
    payload = models.JSONField(default=dict)
    key = models.CharField(max_length=120, null=True, blank=True, unique=True)
    status = models.CharField(max_length=8, choices=Status.choices, default=Status.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    worker = models.CharField(max_length=80, blank=True)
    stop_asked = models.BooleanField(default=False)
    progress = models.JSONField(default=dict)
    result = models.JSONField(null=True, blank=True)
    error = models.TextField(blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    started_at = models.DateTimeField(null=True, blank=True)
    heartbeat_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["id"]
        indexes = [
            models.Index(fields=["status", "heartbeat_at"], name="job_waiting"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(status="running") | (~Q(worker="") & Q(heartbeat_at__isnull=False)),
                name="job_running_has_a_worker",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} #{self.pk}: {self.status}"

    @property
    def finished(self) -> bool:
        return self.status in {self.Status.DONE, self.Status.FAILED, self.Status.STOPPED}


class IdempotencyKey(models.Model):
    """One press of one button. The same key again gives the same receipt; with another body it is refused.

    receipt: {"location": address that the writer was sent to}; kept for 30 days.
    """

    key = models.CharField(max_length=64, unique=True)
    user_id = models.BigIntegerField(null=True)
    route = models.CharField(max_length=200)
    body_hash = models.CharField(max_length=64)
    receipt = models.JSONField(default=dict)
    created_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"{self.route} {self.key}"


class Change(models.Model):
    """One line of history, written once: at `at`, `user_name` did `act` to `object_kind` `object_id`.

    fields: {"field": [old, new]} as text or numbers; never holds NIK, bank account, phone or password.
    on_behalf_of: the member for whom a manager acted, empty otherwise.
    """

    at = models.DateTimeField()
    user_id = models.BigIntegerField(null=True)
    user_name = models.CharField(max_length=120, blank=True)
    on_behalf_of = models.CharField(max_length=120, blank=True)
    act = models.CharField(max_length=80)
    object_kind = models.CharField(max_length=80)
    object_id = models.CharField(max_length=64)
    fields = models.JSONField(default=dict)
    reason = models.TextField(blank=True)

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["object_kind", "object_id"], name="change_of_an_object")]

    def __str__(self) -> str:
        return f"{self.act} {self.object_kind} {self.object_id}"


class Counter(models.Model):
    """The last number given out of a kind of paper in a year."""

    kind = models.CharField(max_length=40)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "year"], name="counter_kind_year")]

    def __str__(self) -> str:
        return f"{self.kind} {self.year}: {self.last}"


class Throttle(models.Model):
    """How often something was tried since `since`; key is a hash, so that no phone number is stored here."""

    key = models.CharField(max_length=64, unique=True)
    since = models.DateTimeField(db_index=True)
    count = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.count} since {self.since:%H:%M}"


class ImportBatch(models.Model):
    """A file on its way into the books: looked at (open), being looked at or written (working), written (done), or
    taken back (cancelled).

    kind: of base.imports.kinds; cooperative_id: for whom, a number as base lies below the register; layout: where the
    table stands, found out or said; corrections: {"17": {"column": "text"}}, typed on screen; preview: what would be
    written, from base.imports.preview; number: the receipt's, once written; effects: each row before and after, to take
    it back; content: the file, until the import can't be taken back any more; error: a sentence for people.
    """

    class Status(models.TextChoices):
        OPEN = "open"
        WORKING = "working"
        DONE = "done"
        CANCELLED = "cancelled"

    kind = models.CharField(max_length=40)
    cooperative_id = models.BigIntegerField()
    user_id = models.BigIntegerField()
    user_name = models.CharField(max_length=120)
    file_name = models.CharField(max_length=120)
    content = models.BinaryField()
    digest = models.CharField(max_length=64)
    layout = models.JSONField(default=dict)
    corrections = models.JSONField(default=dict)
    preview = models.JSONField(default=dict)
    status = models.CharField(max_length=9, choices=Status.choices, default=Status.OPEN)
    job_id = models.BigIntegerField(null=True, blank=True)
    number = models.CharField(max_length=20, null=True, blank=True, unique=True)
    effects = models.JSONField(default=list)
    error = models.TextField(blank=True)
    created_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    cancelled_by = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["cooperative_id", "status"], name="import_of_a_cooperative")]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=["open", "working"], number__isnull=True)
                | Q(status__in=["done", "cancelled"], number__isnull=False, done_at__isnull=False),
                name="import_done_has_a_number",
            ),
        ]

    def __str__(self) -> str:
        return self.number or f"{self.kind}: {self.file_name}"


class ImportMatch(models.Model):
    """Which column is which, as somebody chose it for files with these headings; used again without asking."""

    kind = models.CharField(max_length=40)
    cooperative_id = models.BigIntegerField()
    headings = models.CharField(max_length=64)
    columns = models.JSONField(default=dict)
    fixed = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "cooperative_id", "headings"], name="importmatch_once"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.headings[:8]}"


class Attachment(models.Model):
    """A photo or a paper that somebody added, 100 KB at most a photo, with its hash; never changed.

    name: as it was called on the phone, for people; media_type: found out from the content, not believed.
    """

    content = models.BinaryField()
    media_type = models.CharField(max_length=40)
    name = models.CharField(max_length=120, blank=True)
    digest = models.CharField(max_length=64, help_text="SHA-256 of the content")
    user_id = models.BigIntegerField(null=True)
    user_name = models.CharField(max_length=120, blank=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.name or self.media_type} #{self.pk}"
