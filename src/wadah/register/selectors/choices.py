"""What may be chosen in forms and filters: kinds and roles with their words, places, trades, processes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wadah.register.models import (
    Area,
    Certificate,
    Cooperative,
    Ikm,
    Machine,
    Membership,
    Skill,
    Subsector,
    Workshop,
    WorkshopSkill,
)
from wadah.register.rules import fold_key

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.utils.functional import _StrPromise

Choices = list[tuple[str, "str | _StrPromise"]]

LEGAL_FORMS: Choices = list(Ikm.LegalForm.choices)
WORKSHOP_KINDS: Choices = list(Workshop.Kind.choices)
CERTIFICATE_KINDS: Choices = list(Certificate.Kind.choices)
FAIRNESS_KEYS: Choices = list(Cooperative.FairnessKey.choices)
CLAIM_LEVELS: Choices = list(WorkshopSkill.Claim.choices)
OFFICES: Choices = [(value, words) for value, words in Membership.Role.choices if value != Membership.Role.MEMBER]
CERTIFICATES_LATEST_DAYS = 60
"""A paper that ends within so many days is shown as ending soon."""


def kelurahan_all() -> QuerySet[Area]:
    """Kelurahan by name, each with its kecamatan."""
    return Area.objects.filter(kind=Area.Kind.KELURAHAN).select_related("parent").order_by("name_spaced", "code")


def kelurahan_found(text: str) -> list[Area]:
    """Kelurahan that `text` means: the one whose name it is, spaces, case and a "(kecamatan)" after it aside; else all
    whose name holds it."""
    name, _bracket, district = text.partition("(")
    key, above = fold_key(name), fold_key(district.rstrip(") "))
    rows = [row for row in kelurahan_all() if not above or (row.parent and row.parent.name_key == above)]
    exact = [row for row in rows if key in {row.name_key, row.code, fold_key(row.name)}]
    return exact or [row for row in rows if key and key in row.name_key]


def skills_all() -> QuerySet[Skill]:
    return Skill.objects.order_by("name", "code")


def subsectors_all() -> QuerySet[Subsector]:
    return Subsector.objects.order_by("name", "code")


def machine_names() -> list[str]:
    """What machines are called in the register, the most common first: proposals for a form."""
    from django.db.models import Count

    rows = Machine.objects.values("name").annotate(many=Count("pk")).order_by("-many", "name")
    return [row["name"] for row in rows[:40]]
