"""Columns that several rows of the register share."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Lower, Replace


def folded(source: str) -> models.GeneratedField:
    """A column kept by the database: `source` without spaces and in small letters, as rules.fold_key makes it.

    "Medansatria" and "Medan Satria" are one place and "bu sari" finds Bu Sari. Kept by the database, it can't go stale.
    """
    return models.GeneratedField(
        expression=Lower(Replace(models.F(source), models.Value(" "), models.Value(""))),
        output_field=models.CharField(max_length=160),
        db_persist=True,
    )


def on_the_globe() -> models.Q:
    """A place is known by both numbers, in degrees, or by neither."""
    # A check that comes to null passes, so half a position must be told apart by "is not null".
    known = models.Q(lat__isnull=False, lng__isnull=False, lat__range=(-90.0, 90.0), lng__range=(-180.0, 180.0))
    return known | models.Q(lat__isnull=True, lng__isnull=True)


def in_order(first: str, last: str) -> models.Q:
    """`last` is open (null) or not before `first`."""
    return models.Q(**{f"{last}__isnull": True}) | models.Q(**{f"{last}__gte": models.F(first)})
