"""The city's mandate to wear its batik: who is counted, which rule obliges them, and how many really buy."""

from __future__ import annotations

from django.db import models

from wadah.catalogue.constraints import filled, one_of, period, positive, share
from wadah.demand.models.buyers import Buyer
from wadah.demand.words import Group, InstitutionKind, Level, RuleKind
from wadah.register.models import Area


class Institution(models.Model):
    """A school, an office, or an aggregate that stands for `count` of them in one area and level.

    state: run by the state (True), private (False), or not known or not told apart (empty); buyer: what it orders and
    receives as, and the people who may speak for it; empty until somebody has opened it.
    """

    code = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=160)
    kind = models.CharField(max_length=9, choices=InstitutionKind)
    level = models.CharField(max_length=6, choices=Level)
    state = models.BooleanField(null=True, blank=True)
    count = models.PositiveIntegerField(default=1)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    buyer = models.OneToOneField(Buyer, models.PROTECT, null=True, blank=True, related_name="institution")

    class Meta:
        ordering = ["code"]
        constraints = [
            *filled("institution", "code", "name"),
            *positive("institution", "count"),
            one_of("institution", "kind", InstitutionKind),
            one_of("institution", "level", Level),
            models.CheckConstraint(condition=~models.Q(kind="school", level="office"), name="institution_school_level"),
            models.CheckConstraint(
                condition=~models.Q(kind="office") | models.Q(level="office"), name="institution_office_level"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Headcount(models.Model):
    """How many people of one group an institution had on a day, and who says so."""

    institution = models.ForeignKey(Institution, on_delete=models.PROTECT, related_name="headcounts")
    group = models.CharField(max_length=9, choices=Group)
    heads = models.PositiveIntegerField()
    as_of = models.DateField()
    source = models.TextField(blank=True)

    class Meta:
        constraints = [
            one_of("headcount", "group", Group),
            models.UniqueConstraint(fields=["institution", "group", "as_of"], name="headcount_once"),
        ]

    def __str__(self) -> str:
        return f"{self.institution_id}: {self.heads} {self.group} on {self.as_of}"


class MandateRule(models.Model):
    """Who has to wear how many pieces a head and year, from valid_from to valid_until (its last day).

    applies_to_kind: schools or offices; applies_to_level and applies_to_state narrow it (empty: all of them);
    obligation: the city can order it for its own offices; otherwise it is a scenario, for parents or schools pay.
    """

    code = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=160)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True)
    applies_to_kind = models.CharField(max_length=6, choices=RuleKind)
    applies_to_level = models.CharField(max_length=6, choices=Level, blank=True)
    applies_to_group = models.CharField(max_length=9, choices=Group)
    applies_to_state = models.BooleanField(null=True, blank=True)
    pieces_per_head_year = models.DecimalField(max_digits=8, decimal_places=4)
    obligation = models.BooleanField()
    source = models.TextField(blank=True)
    note = models.TextField(blank=True)

    class Meta:
        ordering = ["code"]
        constraints = [
            *filled("mandaterule", "code", "name"),
            *positive("mandaterule", "pieces_per_head_year"),
            one_of("mandaterule", "applies_to_kind", RuleKind),
            one_of("mandaterule", "applies_to_level", Level, blank=True),
            one_of("mandaterule", "applies_to_group", Group),
            period("mandaterule"),
        ]

    def __str__(self) -> str:
        return self.name


class MandatePhase(models.Model):
    """From valid_from on, this share of the heads (0 … 1) really buys; `assumption` says why one thinks so."""

    rule = models.ForeignKey(MandateRule, on_delete=models.CASCADE, related_name="phases")
    valid_from = models.DateField()
    compliance = models.DecimalField(max_digits=5, decimal_places=4)
    assumption = models.TextField()

    class Meta:
        ordering = ["rule_id", "valid_from"]
        constraints = [
            share("mandatephase", "compliance", zero=True),
            *filled("mandatephase", "assumption"),
            models.UniqueConstraint(fields=["rule", "valid_from"], name="mandatephase_once"),
        ]

    def __str__(self) -> str:
        return f"{self.rule_id}: {self.compliance} from {self.valid_from}"
