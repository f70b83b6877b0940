"""Two firms of the register that may be one: what somebody decided about them."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from wadah.accounts.models import User
from wadah.register.models.makers import Ikm


class FirmMatch(models.Model):
    """kept and gone are one firm, and gone was put away in favour of kept; or they are two, and aren't asked about.

    moved: what joining them wrote, one list a value: [model, key of the row, column, before, after]; taking it back
    writes what was before, wherever it is still as it was left (docs/city.md D4). undone_at: taken back.
    """

    class Decision(models.TextChoices):
        ONE = "one", _("one and the same")
        TWO = "two", _("two firms")

    kept = models.ForeignKey(Ikm, models.PROTECT, related_name="matches_kept")
    gone = models.ForeignKey(Ikm, models.PROTECT, related_name="matches_gone")
    decision = models.CharField(max_length=3, choices=Decision.choices)
    reason = models.CharField(max_length=240)
    moved = models.JSONField(default=list, blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["-at", "-id"]
        constraints = [
            models.CheckConstraint(condition=~Q(kept=F("gone")), name="firmmatch_of_two"),
            models.CheckConstraint(condition=~Q(reason=""), name="firmmatch_has_a_reason"),
            models.UniqueConstraint(
                fields=["kept", "gone"], condition=Q(undone_at__isnull=True), name="firmmatch_one_in_force"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kept_id}, {self.gone_id}: {self.decision}"
