"""Where makers are and what trade they follow."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wadah.register.models.fields import folded, in_order, on_the_globe


class Area(models.Model):
    """A city, a kecamatan or a kelurahan.

    code: of the interior ministry (Kemendagri), "32.75.01.1001": a child's code begins with its parent's and a dot;
    bps_code: of the statistics office, no transform of the other and blank where not known; name_spaced: the spelling
    with spaces; area_km2: from the polygons, not the official figure.
    """

    class Kind(models.TextChoices):
        CITY = "city", _("city")
        KECAMATAN = "kecamatan", _("kecamatan")
        KELURAHAN = "kelurahan", _("kelurahan")

    code = models.CharField(max_length=16, unique=True)
    bps_code = models.CharField(max_length=16, blank=True)
    name = models.CharField(max_length=80)
    name_spaced = models.CharField(max_length=80)
    name_key = folded("name_spaced")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    lat = models.FloatField(null=True, blank=True)
    lng = models.FloatField(null=True, blank=True)
    area_km2 = models.FloatField(null=True, blank=True)

    class Meta:
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="city", parent__isnull=True) | (~Q(kind="city") & Q(parent__isnull=False)),
                name="area_only_a_city_has_no_parent",
            ),
            models.CheckConstraint(condition=on_the_globe(), name="area_on_the_globe"),
            models.UniqueConstraint(fields=["bps_code"], condition=~Q(bps_code=""), name="area_bps_code"),
        ]

    def __str__(self) -> str:
        return self.name_spaced


class Subsector(models.Model):
    """A trade as the city speaks of it (dolls, auto parts, batik …): its own list, tied to no national scheme.

    perishable: what it makes doesn't keep (food and drinks, ornamental fish).
    """

    class Kind(models.TextChoices):
        GOODS = "goods", _("goods")
        SERVICES = "services", _("services")

    code = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=80)
    name_en = models.CharField(max_length=80)
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.GOODS)
    perishable = models.BooleanField(default=False)
    classifications: models.ManyToManyField[Classification, SubsectorClassification] = models.ManyToManyField(
        "Classification", through="SubsectorClassification", related_name="subsectors"
    )

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name


class Classification(models.Model):
    """One code of a published scheme, such as KBLI 2020 32402; a new version of a scheme is new rows."""

    scheme = models.CharField(max_length=40)
    version = models.CharField(max_length=16)
    code = models.CharField(max_length=16)
    title = models.CharField(max_length=300)

    class Meta:
        ordering = ["scheme", "version", "code"]
        constraints = [
            models.UniqueConstraint(fields=["scheme", "version", "code"], name="classification_code"),
        ]

    def __str__(self) -> str:
        return f"{self.scheme} {self.version} {self.code}"


class SubsectorClassification(models.Model):
    """A subsector counts under a code between two dates (both included; valid_until null: still)."""

    class Role(models.TextChoices):
        MAIN = "main", _("main")
        RELATED = "related", _("related")

    subsector = models.ForeignKey(Subsector, models.CASCADE, related_name="coded")
    classification = models.ForeignKey(Classification, models.PROTECT, related_name="coded")
    role = models.CharField(max_length=8, choices=Role.choices, default=Role.MAIN)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["subsector", "role", "classification"]
        constraints = [
            models.UniqueConstraint(
                fields=["subsector", "classification", "valid_from"], name="subsectorclassification_once"
            ),
            models.CheckConstraint(
                condition=in_order("valid_from", "valid_until"), name="subsectorclassification_dates"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subsector}: {self.classification}"
