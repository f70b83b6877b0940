"""Papers without which a part may not be made: halal, home food industry (PIRT), national standard (SNI)."""

from __future__ import annotations

from django.db import models

from wadah.catalogue.constraints import filled
from wadah.catalogue.models.parts import Part
from wadah.register.models import Certificate


class PartCertificate(models.Model):
    """A kind of certificate that a workshop, or the firm it belongs to, must hold to make a part."""

    part = models.ForeignKey(Part, on_delete=models.CASCADE, related_name="certificates")
    kind = models.CharField(max_length=8, choices=Certificate.Kind.choices)

    class Meta:
        ordering = ["part", "kind"]
        constraints = [
            *filled("partcertificate", "kind"),
            models.UniqueConstraint(fields=["part", "kind"], name="partcertificate_once"),
        ]

    def __str__(self) -> str:
        return f"{self.part_id}: {self.kind}"
