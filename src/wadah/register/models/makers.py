"""Who can make things, where, and with which machines."""

from __future__ import annotations

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wadah.register.models.fields import folded, on_the_globe
from wadah.register.models.places import Area, Subsector

WEEK_MINUTES_MAX = 7 * 24 * 60
NEED_WEIGHT_MAX = 10


class Skill(models.Model):
    """A process that somebody masters: turning, zinc plating, batik_cap. kbli: the code it usually counts under."""

    code = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=80)
    name_en = models.CharField(max_length=80)
    kbli = models.CharField(max_length=16, blank=True)

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name


class Ikm(models.Model):
    """A small or medium maker (industri kecil dan menengah): the firm; where it works is a Workshop.

    workers: people, the owner included; investment_rupiah: without land and building; annual_sales_rupiah: last book
    year. Null is "not known", never 0. A size class isn't stored: rules.size_classes works it out by the law of a date.
    source: who said so; simulated: made up for demonstration and shown as such. archived_at: put away as a duplicate of
    merged_into (docs/city.md D4); the row stays, for its history names it.
    """

    class LegalForm(models.TextChoices):
        INDIVIDUAL = "individual", _("individual")
        UD = "ud", _("trading house (UD)")
        CV = "cv", _("limited partnership (CV)")
        FIRM = "firm", _("partnership (firma)")
        PT = "pt", _("limited company (PT)")
        PT_INDIVIDUAL = "pt_individual", _("one-person company (PT perorangan)")
        COOPERATIVE = "cooperative", _("cooperative")
        OTHER = "other", _("other")

    name = models.CharField(max_length=160)
    name_key = folded("name")
    owner_name = models.CharField(max_length=120)
    owner_key = folded("owner_name")
    legal_form = models.CharField(max_length=16, choices=LegalForm.choices, default=LegalForm.INDIVIDUAL)
    area = models.ForeignKey(Area, models.PROTECT, null=True, blank=True, related_name="ikm")
    phone = models.CharField(max_length=16, blank=True)
    subsectors = models.ManyToManyField(Subsector, blank=True, related_name="ikm")
    workers = models.PositiveIntegerField(null=True, blank=True)
    investment_rupiah = models.BigIntegerField(null=True, blank=True)
    annual_sales_rupiah = models.BigIntegerField(null=True, blank=True)
    simulated = models.BooleanField(default=False)
    source = models.CharField(max_length=200, blank=True)
    archived_at = models.DateTimeField(null=True, blank=True)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="merged")

    class Meta:
        ordering = ["name", "id"]
        indexes = [models.Index(fields=["name_key"], name="ikm_name_key")]
        constraints = [
            models.CheckConstraint(condition=Q(phone="") | Q(phone__startswith="+"), name="ikm_phone_e164"),
            models.CheckConstraint(
                condition=Q(investment_rupiah__isnull=True) | Q(investment_rupiah__gte=0), name="ikm_investment"
            ),
            models.CheckConstraint(
                condition=Q(annual_sales_rupiah__isnull=True) | Q(annual_sales_rupiah__gte=0), name="ikm_annual_sales"
            ),
            models.CheckConstraint(
                condition=Q(archived_at__isnull=True, merged_into__isnull=True)
                | Q(archived_at__isnull=False, merged_into__isnull=False),
                name="ikm_put_away_in_favour_of_another",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Workshop(models.Model):
    """One place of work of an IKM: a home, a garage, a workshop. The plan gives work to workshops.

    floor_m2: floor, m²; power_va: the electricity contract, VA. archived_at: no more work is given after it; the row
    stays, for the books name it. confirmed_at: when somebody last said that it is still right; null: never.

    wish_minutes_week: of work that the member wishes for in a week, null while not told. need_weight: how much of the
    work the cooperative means for it where work is shared by need (1: like everybody), and need_reason why; both are
    the managers' alone to see.
    """

    class Kind(models.TextChoices):
        HOME = "home", _("home")
        GARAGE = "garage", _("garage")
        WORKSHOP = "workshop", _("workshop")

    ikm = models.ForeignKey(Ikm, models.PROTECT, related_name="workshops")
    code = models.CharField(max_length=20, unique=True)
    name = models.CharField(max_length=160)
    name_key = folded("name")
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.WORKSHOP)
    floor_m2 = models.PositiveIntegerField(null=True, blank=True)
    power_va = models.PositiveIntegerField(null=True, blank=True)
    area = models.ForeignKey(Area, models.PROTECT, null=True, blank=True, related_name="workshops")
    address = models.CharField(max_length=240, blank=True)
    lat = models.FloatField(null=True, blank=True)
    lng = models.FloatField(null=True, blank=True)
    simulated = models.BooleanField(default=False)
    archived_at = models.DateTimeField(null=True, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    wish_minutes_week = models.PositiveIntegerField(null=True, blank=True)
    need_weight = models.DecimalField(max_digits=4, decimal_places=2, default=1)
    need_reason = models.CharField(max_length=240, blank=True)
    skills = models.ManyToManyField(Skill, through="WorkshopSkill", related_name="workshops")

    class Meta:
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(condition=~Q(code=""), name="workshop_code_filled"),
            models.CheckConstraint(
                condition=Q(wish_minutes_week__isnull=True) | Q(wish_minutes_week__lte=WEEK_MINUTES_MAX),
                name="workshop_wish",
            ),
            models.CheckConstraint(
                condition=Q(need_weight__gte=0, need_weight__lte=NEED_WEIGHT_MAX), name="workshop_need"
            ),
            models.CheckConstraint(condition=Q(need_weight=1) | ~Q(need_reason=""), name="workshop_need_has_a_reason"),
            models.CheckConstraint(condition=on_the_globe(), name="workshop_on_the_globe"),
        ]

    def __str__(self) -> str:
        return self.name


class Machine(models.Model):
    """Machines of one sort in a workshop; skill: the process they serve, null for a tool of general use."""

    workshop = models.ForeignKey(Workshop, models.CASCADE, related_name="machines")
    skill = models.ForeignKey(Skill, models.PROTECT, null=True, blank=True, related_name="machines")
    name = models.CharField(max_length=120)
    count = models.PositiveSmallIntegerField(default=1, validators=[MinValueValidator(1)])
    note = models.CharField(max_length=240, blank=True)
    archived_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["workshop", "name"]
        constraints = [models.CheckConstraint(condition=Q(count__gte=1), name="machine_count")]

    def __str__(self) -> str:
        return self.name
