"""Which cloth a rule of the mandate asks a cooperative for, read off the orders that it made."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from wadah.demand.models import MandateRule, OrderLine
from wadah.demand.words import OrderStatus

if TYPE_CHECKING:
    from wadah.catalogue.models import Part
    from wadah.register.models import Cooperative


@dataclass(frozen=True, slots=True)
class RuleCloth:
    """part: of the newest line that the rule made; None where it made none here."""

    rule: MandateRule
    part: Part | None


def mandate_cloths(cooperative: Cooperative) -> list[RuleCloth]:
    """Every rule, by code, with its cloth. Three queries."""
    lines = OrderLine.objects.filter(mandate__isnull=False, order__cooperative=cooperative)
    lines = lines.exclude(order__status=OrderStatus.CANCELLED).select_related("part").order_by("due_on", "pk")
    newest = {line.mandate_id: line for line in lines}
    rules = MandateRule.objects.prefetch_related("phases")
    return [RuleCloth(rule, newest[rule.pk].part if rule.pk in newest else None) for rule in rules]
