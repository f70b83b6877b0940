"""Parts, what one piece is put together from, and the operations it goes through."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from wadah.catalogue.constraints import filled, not_negative, one_of, positive, share
from wadah.catalogue.models.motifs import Motif
from wadah.catalogue.words import Supply, Unit
from wadah.register.models import Skill, Subsector


class Part(models.Model):
    """Anything made, bought, stocked or ordered; a service is a part in hours that need not be whole.

    lead_time_weeks: its components leave the hub so many weeks ahead; holding_cost_rupiah: a piece and week at the
    hub; shelf_life_weeks: empty keeps for ever; max_share: 0 < share ≤ 1 of its pieces that one workshop may make;
    min_sources: ≥ 1 workshops; pack_size: what is bought comes in packs of so many; routed_from: the finished part of
    which this one is a step (docs/model.md §14); archived_at: since when it is no longer offered for anything new.
    """

    code = models.CharField(max_length=80, unique=True)
    name = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120, blank=True)
    unit = models.CharField(max_length=5, choices=Unit, default=Unit.PIECE)
    integer = models.BooleanField(default=True)
    subsector = models.ForeignKey(Subsector, on_delete=models.PROTECT, related_name="+")
    skill = models.ForeignKey(Skill, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    supply = models.CharField(max_length=6, choices=Supply, default=Supply.MADE)
    supply_reason = models.CharField(max_length=240, blank=True)
    supply_reason_en = models.CharField(max_length=240, blank=True)
    pack_size = models.DecimalField(max_digits=12, decimal_places=3, null=True, blank=True)
    lead_time_weeks = models.PositiveSmallIntegerField(default=0)
    holding_cost_rupiah = models.BigIntegerField(default=0)
    shelf_life_weeks = models.PositiveSmallIntegerField(null=True, blank=True)
    max_share = models.DecimalField(max_digits=5, decimal_places=4, default=1)
    min_sources = models.PositiveSmallIntegerField(default=1)
    service = models.BooleanField(default=False)
    motif = models.ForeignKey(Motif, on_delete=models.PROTECT, related_name="parts", null=True, blank=True)
    routed_from = models.ForeignKey("self", on_delete=models.PROTECT, related_name="stages", null=True, blank=True)
    source = models.TextField(blank=True)
    archived_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["code"]
        constraints = [
            *filled("part", "code", "name"),
            *not_negative("part", "holding_cost_rupiah"),
            *positive("part", "pack_size", "min_sources"),
            one_of("part", "unit", Unit),
            one_of("part", "supply", Supply),
            share("part", "max_share"),
            models.CheckConstraint(condition=Q(service=False) | Q(unit="hour", integer=False), name="part_service"),
            models.CheckConstraint(condition=Q(pack_size__isnull=True) | Q(supply="bought"), name="part_packs_bought"),
        ]

    def __str__(self) -> str:
        return self.code


class BomLine(models.Model):
    """One line of a bill of materials: so much of the component goes into one piece of the parent."""

    parent = models.ForeignKey(Part, on_delete=models.PROTECT, related_name="bom")
    component = models.ForeignKey(Part, on_delete=models.PROTECT, related_name="used_in")
    quantity = models.DecimalField(max_digits=14, decimal_places=6)

    class Meta:
        ordering = ["parent_id", "id"]
        constraints = [
            *positive("bomline", "quantity"),
            models.UniqueConstraint(fields=["parent", "component"], name="bomline_once"),
            models.CheckConstraint(condition=~Q(parent=F("component")), name="bomline_not_itself"),
        ]

    def __str__(self) -> str:
        return f"{self.parent_id} ← {self.quantity} × {self.component_id}"


class RoutingStep(models.Model):
    """One operation of a part, in order of `sequence`; `name` says what the piece is after it ("headed").

    with_previous: always done in the same workshop as the step before, so no workshop may take it alone.
    """

    part = models.ForeignKey(Part, on_delete=models.CASCADE, related_name="routing")
    sequence = models.PositiveSmallIntegerField()
    skill = models.ForeignKey(Skill, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=40)
    minutes_per_piece = models.DecimalField(max_digits=12, decimal_places=4)
    setup_minutes = models.DecimalField(max_digits=9, decimal_places=2, default=0)
    with_previous = models.BooleanField(default=False)

    class Meta:
        ordering = ["part_id", "sequence"]
        constraints = [
            *filled("routingstep", "name"),
            *not_negative("routingstep", "minutes_per_piece", "setup_minutes"),
            *positive("routingstep", "sequence"),
            models.UniqueConstraint(fields=["part", "sequence"], name="routingstep_sequence_once"),
            models.UniqueConstraint(fields=["part", "name"], name="routingstep_name_once"),
            models.CheckConstraint(
                condition=Q(with_previous=False) | Q(sequence__gt=1), name="routingstep_first_has_no_previous"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.part_id}/{self.name}"
