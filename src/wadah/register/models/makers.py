"""Who can make things, where, with which processes and machines."""

from __future__ import annotations

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wadah.accounts.models import User
from wadah.register.models.fields import folded, in_order, on_the_globe
from wadah.register.models.places import Area, Subsector


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
    source: who said so; simulated: made up for demonstration and shown as such.
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
        ]

    def __str__(self) -> str:
        return self.name


class Workshop(models.Model):
    """One place of work of an IKM: a home, a garage, a workshop. The plan gives work to workshops.

    floor_m2: floor, m²; power_va: the electricity contract, VA. archived_at: no more work is given after it; the row
    stays, for the books name it.
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
    skills = models.ManyToManyField(Skill, through="WorkshopSkill", related_name="workshops")

    class Meta:
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(condition=~Q(code=""), name="workshop_code_filled"),
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

    class Meta:
        ordering = ["workshop", "name"]
        constraints = [models.CheckConstraint(condition=Q(count__gte=1), name="machine_count")]

    def __str__(self) -> str:
        return self.name


class WorkshopSkill(models.Model):
    """A process that a workshop says it masters, that somebody attests, or that a test piece has shown."""

    class Claim(models.TextChoices):
        CLAIMED = "claimed", _("claimed")
        ATTESTED = "attested", _("attested")
        VERIFIED = "verified", _("verified")

    workshop = models.ForeignKey(Workshop, models.CASCADE, related_name="mastered")
    skill = models.ForeignKey(Skill, models.PROTECT, related_name="mastered")
    claim = models.CharField(max_length=10, choices=Claim.choices, default=Claim.CLAIMED)
    since = models.DateField(null=True, blank=True)
    attested_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["workshop", "skill"]
        constraints = [
            models.UniqueConstraint(fields=["workshop", "skill"], name="workshopskill_once"),
            models.CheckConstraint(
                condition=Q(claim="claimed") | Q(attested_by__isnull=False), name="workshopskill_attested_by_somebody"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.workshop}: {self.skill}"


class Expert(models.Model):
    """Somebody who can teach: a retired operator, a lecturer, a maker. user: null while they don't sign in."""

    name = models.CharField(max_length=120)
    user = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    years_experience = models.PositiveSmallIntegerField(null=True, blank=True)
    background = models.CharField(max_length=240, blank=True)
    area = models.ForeignKey(Area, models.PROTECT, null=True, blank=True, related_name="experts")
    skills = models.ManyToManyField(Skill, through="ExpertSkill", related_name="experts")
    simulated = models.BooleanField(default=False)

    class Meta:
        ordering = ["name", "id"]

    def __str__(self) -> str:
        return self.name


class ExpertSkill(models.Model):
    """A process that an expert can teach."""

    expert = models.ForeignKey(Expert, models.CASCADE, related_name="mastered")
    skill = models.ForeignKey(Skill, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["expert", "skill"]
        constraints = [models.UniqueConstraint(fields=["expert", "skill"], name="expertskill_once")]

    def __str__(self) -> str:
        return f"{self.expert}: {self.skill}"


class Certificate(models.Model):
    """A paper of an IKM or of one of its workshops (exactly one of them); expires_on null: no end is printed on it."""

    class Kind(models.TextChoices):
        HALAL = "halal", _("halal")
        PIRT = "pirt", _("home food industry (PIRT)")
        SNI = "sni", _("national standard (SNI)")
        OTHER = "other", _("other")

    ikm = models.ForeignKey(Ikm, models.CASCADE, null=True, blank=True, related_name="certificates")
    workshop = models.ForeignKey(Workshop, models.CASCADE, null=True, blank=True, related_name="certificates")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    number = models.CharField(max_length=60)
    issued_on = models.DateField()
    expires_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["kind", "number"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ikm__isnull=True, workshop__isnull=False) | Q(ikm__isnull=False, workshop__isnull=True),
                name="certificate_of_one_holder",
            ),
            models.CheckConstraint(condition=in_order("issued_on", "expires_on"), name="certificate_dates"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.number}"
