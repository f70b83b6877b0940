"""Parts on their way out and in."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db.models import Q

from wadah.api.rules import ComponentDraft, PartDraft, code_proposal, filled_codes, part_manifest
from wadah.base.clock import today
from wadah.catalogue.models import Part
from wadah.catalogue.rules.routing import Step
from wadah.register.models import Skill, Subsector
from wadah.register.rules import fold_key

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.db.models import QuerySet

    from wadah.api.rules import Document
    from wadah.catalogue.models import BomLine


@dataclass(frozen=True, slots=True)
class ComponentMatch:
    """code: what it will be called; part: the one that is here already, None for one that will be made new."""

    draft: ComponentDraft
    code: str
    part: Part | None


@dataclass(frozen=True, slots=True)
class PartPreview:
    """What taking a manifest in would do. here: the part that already has the code; skills_missing: that steps need."""

    draft: PartDraft
    code: str
    here: Part | None
    components: tuple[ComponentMatch, ...]
    skills_missing: tuple[str, ...]

    @property
    def routable(self) -> bool:
        return bool(self.draft.steps) and not self.skills_missing


def exchange_parts() -> QuerySet[Part]:
    """Parts that a manifest can be made of, by code: all but the steps of another part."""
    return Part.objects.filter(routed_from__isnull=True).select_related("subsector", "skill").order_by("code")


def subsectors_known() -> QuerySet[Subsector]:
    return Subsector.objects.order_by("name", "code")


def skills_known() -> QuerySet[Skill]:
    return Skill.objects.order_by("name", "code")


def materials_of(part: Part) -> list[BomLine]:
    """What one piece is put together from, below the steps that the part goes through itself; a query a step."""
    lines = list(part.bom.select_related("component"))
    while len(lines) == 1 and lines[0].component.routed_from_id == part.pk:
        lines = list(lines[0].component.bom.select_related("component"))
    return lines


def draft_of(part: Part) -> PartDraft:
    """The part as a manifest would have it."""
    return PartDraft(
        name=part.name,
        code=part.code,
        name_en=part.name_en,
        unit=part.unit,
        integer=part.integer,
        service=part.service,
        subsector=part.subsector.code,
        skill=part.skill.code if part.skill else "",
        supply=part.supply,
        supply_reason=part.supply_reason,
        supply_reason_en=part.supply_reason_en,
        pack_size=part.pack_size,
        lead_time_weeks=part.lead_time_weeks,
        shelf_life_weeks=part.shelf_life_weeks,
        components=tuple(component_of(line.component, line.quantity) for line in materials_of(part)),
        steps=tuple(
            Step(step.name, step.skill.code, step.minutes_per_piece, step.setup_minutes, step.with_previous)
            for step in part.routing.select_related("skill").order_by("sequence")
        ),
    )


def component_of(part: Part, quantity: Decimal) -> ComponentDraft:
    return ComponentDraft(part.name, Decimal(quantity), part.code, part.name_en, part.unit, part.integer, part.supply)


def part_file(part: Part, *, repo: str, licensor: str, licence: str) -> Document:
    """The manifest of a part. repo: the address of its page; licensor: the cooperative; licence: one of LICENCES."""
    subsector = part.subsector.name_en or part.subsector.name
    return part_manifest(
        draft_of(part),
        repo=repo,
        licensor=licensor,
        licence=licence,
        function=f"{part.name_en or part.name} ({subsector})",
        on=today(),
    )


def part_preview(draft: PartDraft, code: str = "") -> PartPreview:
    """What taking a manifest in would do, under `code` or the manifest's own, or one made out of its name."""
    components = components_matched(draft.components)
    wanted = code or draft.code or free_code(draft.name)
    needed = {step.skill for step in draft.steps}
    known = set(Skill.objects.filter(code__in=needed).values_list("code", flat=True))
    return PartPreview(
        draft=draft,
        code=wanted,
        here=Part.objects.filter(code=wanted).select_related("subsector", "skill").first(),
        components=components,
        skills_missing=tuple(sorted(needed - known)),
    )


def free_code(name: str) -> str:
    stem = code_proposal(name)
    return code_proposal(name, Part.objects.filter(code__startswith=stem).values_list("code", flat=True))


def components_matched(components: Sequence[ComponentDraft]) -> tuple[ComponentMatch, ...]:
    """Each component with the part that it is here: the one with its code, else, if it has none, with its name."""
    rows = list(Part.objects.filter(routed_from__isnull=True)) if components else []
    by_code = {row.code: row for row in rows}
    by_name: dict[str, Part] = {}
    for row in rows:
        by_name.setdefault(fold_key(row.name), row)
        if row.name_en:
            by_name.setdefault(fold_key(row.name_en), row)
    codes = filled_codes(components, by_code)
    found = []
    for draft, code in zip(components, codes, strict=True):
        part = by_code.get(draft.code) if draft.code else by_name.get(fold_key(draft.name))
        found.append(ComponentMatch(draft, part.code if part else code, part))
    return tuple(found)


def parts_search(rows: QuerySet[Part], text: str) -> QuerySet[Part]:
    """Of these parts, those whose code or name holds `text`."""
    return rows.filter(Q(code__icontains=text) | Q(name__icontains=text) | Q(name_en__icontains=text))
