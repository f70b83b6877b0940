"""Motifs of batik: who holds which right, what the sources say, and who has leave to make them."""

from __future__ import annotations

from django.db import models

from wadah.catalogue.constraints import filled, not_negative, one_of, period
from wadah.catalogue.words import Aspect, RightKind
from wadah.register.models import Ikm


class Motif(models.Model):
    """A pattern with a holder. A right is dated and numbered only where a source gives date and number."""

    name = models.CharField(max_length=80, unique=True)
    aspect = models.CharField(max_length=10, choices=Aspect)
    holder = models.CharField(max_length=120)
    right_kind = models.CharField(max_length=12, choices=RightKind)
    right_number = models.CharField(max_length=40, blank=True)
    right_date = models.DateField(null=True, blank=True)
    note = models.TextField(blank=True)

    class Meta:
        ordering = ["name"]
        constraints = [
            *filled("motif", "name", "holder"),
            one_of("motif", "aspect", Aspect),
            one_of("motif", "right_kind", RightKind),
        ]

    def __str__(self) -> str:
        return self.name


class MotifSource(models.Model):
    """What one source says of a motif. Sources that disagree stand side by side; none is dropped."""

    motif = models.ForeignKey(Motif, on_delete=models.CASCADE, related_name="sources")
    title = models.CharField(max_length=200)
    published_on = models.DateField(null=True, blank=True)
    says = models.TextField()

    class Meta:
        ordering = ["published_on", "title"]
        constraints = [
            *filled("motifsource", "title", "says"),
            models.UniqueConstraint(fields=["motif", "title"], name="motifsource_once"),
        ]

    def __str__(self) -> str:
        return f"{self.motif_id}: {self.title}"


class Licence(models.Model):
    """Leave for an IKM to make a motif from valid_from to valid_until (its last day), for a royalty a piece.

    terms: what else was agreed, in the words of the licence.
    """

    motif = models.ForeignKey(Motif, on_delete=models.PROTECT, related_name="licences")
    ikm = models.ForeignKey(Ikm, on_delete=models.PROTECT, related_name="+")
    number = models.CharField(max_length=40)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True)
    royalty_rupiah_piece = models.BigIntegerField(default=0)
    terms = models.TextField(blank=True)
    simulated = models.BooleanField(default=False)

    class Meta:
        constraints = [
            *filled("licence", "number"),
            *not_negative("licence", "royalty_rupiah_piece"),
            period("licence"),
            models.UniqueConstraint(fields=["motif", "number"], name="licence_number_once"),
            models.UniqueConstraint(
                fields=["motif", "ikm"], condition=models.Q(valid_until__isnull=True), name="licence_one_open"
            ),
        ]

    def __str__(self) -> str:
        return self.number
