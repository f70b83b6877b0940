"""Check constraints that many rows share: a range, a list of words, a period that ends after it starts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import CheckConstraint, F, Q

if TYPE_CHECKING:
    from django.db.models import TextChoices


def not_negative(model: str, *fields: str) -> list[CheckConstraint]:
    """Every field ≥ 0 (an empty one passes)."""
    return [
        CheckConstraint(condition=Q((f"{field}__gte", 0)), name=f"{model}_{field}_not_negative") for field in fields
    ]


def positive(model: str, *fields: str) -> list[CheckConstraint]:
    """Every field > 0 (an empty one passes)."""
    return [CheckConstraint(condition=Q((f"{field}__gt", 0)), name=f"{model}_{field}_positive") for field in fields]


def share(model: str, field: str, *, zero: bool = False) -> CheckConstraint:
    """0 < field ≤ 1, or 0 ≤ field ≤ 1 where `zero`."""
    least = "gte" if zero else "gt"
    return CheckConstraint(condition=Q((f"{field}__{least}", 0), (f"{field}__lte", 1)), name=f"{model}_{field}_share")


def one_of(model: str, field: str, words: type[TextChoices], *, blank: bool = False) -> CheckConstraint:
    """The field holds one of the words, or nothing where `blank`."""
    allowed = [*words.values, ""] if blank else list(words.values)
    return CheckConstraint(condition=Q((f"{field}__in", allowed)), name=f"{model}_{field}_known")


def filled(model: str, *fields: str) -> list[CheckConstraint]:
    """Every text field holds something."""
    return [CheckConstraint(condition=~Q((field, "")), name=f"{model}_{field}_filled") for field in fields]


def period(model: str) -> CheckConstraint:
    """valid_until is the last day that counts: empty, or not before valid_from."""
    return CheckConstraint(
        condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")), name=f"{model}_period"
    )
