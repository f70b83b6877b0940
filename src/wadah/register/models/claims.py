"""What workshops are said to master and by whom, who can teach it, and the papers that firms hold."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from wadah.accounts.models import User
from wadah.register.models.cooperatives import Cooperative
from wadah.register.models.fields import folded, in_order
from wadah.register.models.makers import Ikm, Skill, Workshop
from wadah.register.models.places import Area


class Expert(models.Model):
    """Somebody who can teach: a retired operator, a lecturer, a maker.

    user: null while they don't sign in; cooperative: who keeps this row, null for those that the city lists;
    multinational_years: of years_experience, in multinational firms; null: not told.
    """

    name = models.CharField(max_length=120)
    user = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    years_experience = models.PositiveSmallIntegerField(null=True, blank=True)
    multinational_years = models.PositiveSmallIntegerField(null=True, blank=True)
    background = models.CharField(max_length=240, blank=True)
    area = models.ForeignKey(Area, models.PROTECT, null=True, blank=True, related_name="experts")
    skills = models.ManyToManyField(Skill, through="ExpertSkill", related_name="experts")
    simulated = models.BooleanField(default=False)
    cooperative = models.ForeignKey(Cooperative, models.PROTECT, null=True, blank=True, related_name="experts")
    name_key = folded("name")
    archived_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(years_experience__isnull=True)
                | Q(multinational_years__isnull=True)
                | Q(multinational_years__lte=F("years_experience")),
                name="expert_multinational_years_of_all",
            )
        ]

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


class WorkshopSkill(models.Model):
    """A process that a workshop says it masters, that somebody attests, or that a test piece has shown.

    since: since when they master it; attested_by: who attested or saw the test piece, or wrote down an expert's word;
    expert: whose word it is, null where it is attested_by's own; attested_on: the day of that word or test piece;
    evidence: what was seen, "20 bolts M8, gauge passed".
    """

    class Claim(models.TextChoices):
        CLAIMED = "claimed", _("claimed")
        ATTESTED = "attested", _("attested")
        VERIFIED = "verified", _("verified")

    workshop = models.ForeignKey(Workshop, models.CASCADE, related_name="mastered")
    skill = models.ForeignKey(Skill, models.PROTECT, related_name="mastered")
    claim = models.CharField(max_length=10, choices=Claim.choices, default=Claim.CLAIMED)
    since = models.DateField(null=True, blank=True)
    attested_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    expert = models.ForeignKey(Expert, models.PROTECT, null=True, blank=True, related_name="+")
    attested_on = models.DateField(null=True, blank=True)
    evidence = models.CharField(max_length=240, blank=True)

    class Meta:
        ordering = ["workshop", "skill"]
        constraints = [
            models.UniqueConstraint(fields=["workshop", "skill"], name="workshopskill_once"),
            models.CheckConstraint(
                condition=Q(claim="claimed") | Q(attested_by__isnull=False), name="workshopskill_attested_by_somebody"
            ),
            models.CheckConstraint(
                condition=~Q(claim="verified") | Q(attested_on__isnull=False), name="workshopskill_verified_on_a_day"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.workshop}: {self.skill}"


class Certificate(models.Model):
    """A paper of an IKM or of one of its workshops (exactly one of them).

    number empty, issued_on null: not known yet; expires_on null: no end is printed on it.
    """

    class Kind(models.TextChoices):
        HALAL = "halal", _("halal")
        PIRT = "pirt", _("home food industry (PIRT)")
        SNI = "sni", _("national standard (SNI)")
        OTHER = "other", _("other")

    ikm = models.ForeignKey(Ikm, models.CASCADE, null=True, blank=True, related_name="certificates")
    workshop = models.ForeignKey(Workshop, models.CASCADE, null=True, blank=True, related_name="certificates")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    number = models.CharField(max_length=60, blank=True)
    issued_on = models.DateField(null=True, blank=True)
    expires_on = models.DateField(null=True, blank=True)
    archived_at = models.DateTimeField(null=True, blank=True)

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
        return f"{self.get_kind_display()} {self.number}".strip()
