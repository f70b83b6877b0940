"""How many pieces of which size a school or office needs, and which of them a request asked for."""

from __future__ import annotations

from django.db import models

from wadah.catalogue.constraints import filled, one_of, positive
from wadah.demand.models.mandate import Institution
from wadah.demand.models.quotes import Request
from wadah.demand.rules.sizes import SIZE_LENGTH_MAX
from wadah.demand.words import Group


class SizeCount(models.Model):
    """So many of one group wear this size, counted for one year. size: as the institution writes it ("M", "13")."""

    institution = models.ForeignKey(Institution, models.PROTECT, related_name="sizes")
    year = models.PositiveSmallIntegerField()
    group = models.CharField(max_length=9, choices=Group)
    size = models.CharField(max_length=SIZE_LENGTH_MAX)
    place = models.PositiveSmallIntegerField(default=0)
    pieces = models.PositiveIntegerField()

    class Meta:
        ordering = ["institution_id", "-year", "group", "place", "size"]
        constraints = [
            *filled("sizecount", "size"),
            *positive("sizecount", "pieces"),
            one_of("sizecount", "group", Group),
            models.UniqueConstraint(fields=["institution", "year", "group", "size"], name="sizecount_once"),
        ]

    def __str__(self) -> str:
        return f"{self.institution_id}: {self.pieces} {self.group} {self.size} of {self.year}"


class RequestSize(models.Model):
    """So many of a size that a request asked for, as they stood when it was sent; year: whose duty they count for."""

    request = models.ForeignKey(Request, models.PROTECT, related_name="sizes")
    year = models.PositiveSmallIntegerField()
    group = models.CharField(max_length=9, choices=Group)
    size = models.CharField(max_length=SIZE_LENGTH_MAX)
    place = models.PositiveSmallIntegerField(default=0)
    pieces = models.PositiveIntegerField()

    class Meta:
        ordering = ["request_id", "group", "place", "size"]
        constraints = [
            *filled("requestsize", "size"),
            *positive("requestsize", "pieces"),
            one_of("requestsize", "group", Group),
            models.UniqueConstraint(fields=["request", "group", "size"], name="requestsize_once"),
        ]

    def __str__(self) -> str:
        return f"{self.request_id}: {self.pieces} {self.group} {self.size}"
