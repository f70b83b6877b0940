"""Finding firms, workshops and papers."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db.models import Q

from wadah.register.models import Certificate, Ikm, Workshop
from wadah.register.rules import SizeClass, SizeInputs, fold_key, size_classes
from wadah.register.selectors.cooperatives import cooperative_members, cooperative_workshops

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet

    from wadah.register.models import Cooperative, Skill

CODE = re.compile(r"W-([0-9]{1,6})")
"""Codes that count on; a longer number is somebody's own."""


def ikm_sizes(ikm: Ikm, on: date) -> tuple[SizeClass, ...]:
    """The firm's size by every scheme in force on a day."""
    return size_classes(SizeInputs(ikm.workers, ikm.investment_rupiah, ikm.annual_sales_rupiah), on)


def ikm_search(text: str, cooperative: Cooperative | None = None) -> QuerySet[Ikm]:
    """Firms whose name or owner holds `text`, spaces and case aside; within one cooperative's members if given."""
    key = fold_key(text)
    found = Ikm.objects.filter(Q(name_key__contains=key) | Q(owner_key__contains=key)).select_related("area")
    if cooperative is not None:
        found = found.filter(pk__in=cooperative_members(cooperative).order_by().values("ikm"))
    return found.order_by("name", "id")


def skill_workshops(cooperative: Cooperative, skill: Skill) -> QuerySet[Workshop]:
    """A cooperative's workshops that master a process, by claim, attestation or test."""
    return cooperative_workshops(cooperative).filter(mastered__skill=skill)


def workshop_next_code() -> str:
    """The code after the highest of the form W-001. A proposal for a form: `workshop_open` says if it was taken."""
    return workshop_codes_filled([""])[0]


def workshop_codes_filled(codes: Iterable[str]) -> list[str]:
    """The codes, each empty one replaced by the one after the highest so far, those before it in the list counted."""
    held = Workshop.objects.filter(code__startswith="W-").values_list("code", flat=True)
    highest = max((number_of(code) for code in held.iterator()), default=0)
    filled = []
    for code in codes:
        filled.append(code or f"W-{highest + 1:03d}")
        highest = max(highest, number_of(filled[-1]))
    return filled


def number_of(code: str) -> int:
    match = CODE.fullmatch(code)
    return int(match[1]) if match else 0


def certificates_expiring(cooperative: Cooperative, on: date, days: int) -> QuerySet[Certificate]:
    """Papers of member firms and their workshops that have ended or end within `days` of a day, soonest first."""
    firms = cooperative_members(cooperative, on).order_by().values("ikm")
    mine = Q(ikm__in=firms) | Q(workshop__ikm__in=firms)
    found = Certificate.objects.filter(mine, archived_at__isnull=True, expires_on__lte=on + timedelta(days=days))
    return found.select_related("ikm", "workshop").order_by("expires_on", "id")
