"""How a cooperative works by default."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wadah.work.models import WorkTerms

if TYPE_CHECKING:
    from wadah.register.models import Cooperative


def work_terms(cooperative: Cooperative) -> WorkTerms:
    """The cooperative's row, or one with the defaults that isn't saved. One query."""
    return WorkTerms.objects.filter(cooperative=cooperative).first() or WorkTerms(cooperative=cooperative)
