"""A manifest becomes a part with its bill of materials and steps."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from wadah.api.selectors.parts import part_preview
from wadah.base.errors import Refused
from wadah.base.history import history_record
from wadah.catalogue.services import bom_set, part_put, part_route

if TYPE_CHECKING:
    from collections.abc import Iterable
    from decimal import Decimal

    from wadah.accounts.models import User
    from wadah.api.rules import PartDraft, Unread
    from wadah.api.selectors import ComponentMatch
    from wadah.catalogue.models import Part
    from wadah.catalogue.rules.routing import Step
    from wadah.register.models import Subsector


@transaction.atomic
def part_import(
    *, by: User, draft: PartDraft, code: str, subsector: Subsector, over: bool = False, **facts: Any
) -> Part:
    """Writes the part of a manifest, its components that aren't here yet, its bill of materials and its steps.

    code: what it is called here; facts: columns of Part that somebody corrected (name, name_en, unit, skill, supply);
    over: write over the part that has this code. A manifest without components or steps leaves those that are here.
    What has no column is kept in the part's history.

    Raises
    ------
    Refused: the code is taken and `over` isn't said, or the catalogue refuses a row (named).
    """
    preview = part_preview(draft, code)
    if preview.here is not None and not over:
        words = {"code": code, "name": preview.here.name}
        raise Refused(
            _("%(code)s is here already: %(name)s. Give it another code, or tick that it is to be changed.") % words,
            field="code",
        )
    part = part_put(code=code, by=by, **columns(draft, preview.here), **facts, subsector=subsector)
    parts = [(component_put(match, subsector, by), match.draft.quantity) for match in preview.components]
    if draft.steps and preview.routable:
        part_route(part=part, steps=draft.steps, materials=parts, by=by)
    elif parts:
        steps_check(part)
        bom_set(part=part, components=merged(parts), by=by)
    kept = unread_kept(draft.unread) | {"source": draft.source}
    if not preview.routable:
        kept |= {f"file step {step.name}": step_told(step) for step in draft.steps}
    history_record(user=by, act="part_import", row=part, new=kept)
    return part


def step_told(step: Step) -> str:
    return f"{step.skill}, {step.minutes_per_piece} + {step.setup_minutes}"


def columns(draft: PartDraft, here: Part | None) -> dict[str, Any]:
    """Columns that the manifest sets; one that it says nothing of stays as it is."""
    told: dict[str, Any] = {
        "integer": draft.integer,
        "service": draft.service,
        "pack_size": draft.pack_size,
        "shelf_life_weeks": draft.shelf_life_weeks,
        "lead_time_weeks": draft.lead_time_weeks,
        "supply_reason": draft.supply_reason,
        "supply_reason_en": draft.supply_reason_en,
    }
    found = {name: value for name, value in told.items() if value not in (None, "")}
    return found | ({} if here is not None and here.source else {"source": draft.source})


def component_put(match: ComponentMatch, subsector: Subsector, by: User) -> Part:
    """The component that is here, else a new one of the part's trade."""
    if match.part is not None:
        return match.part
    draft = match.draft
    return part_put(
        code=match.code,
        by=by,
        name=draft.name,
        name_en=draft.name_en,
        unit=draft.unit,
        integer=draft.integer,
        supply=draft.supply,
        subsector=subsector,
    )


def merged(parts: Iterable[tuple[Part, Decimal]]) -> list[tuple[Part, Decimal]]:
    """Components that are one part here are one line."""
    found: dict[int, tuple[Part, Decimal]] = {}
    for part, quantity in parts:
        found[part.pk] = (part, quantity + (found[part.pk][1] if part.pk in found else 0))
    return list(found.values())


def steps_check(part: Part) -> None:
    """Raises Refused where the part's own steps stand between it and its materials."""
    if part.stages.exists():
        raise Refused(
            _("%(part)s goes through steps here, and the manifest has none: give it another code.")
            % {"part": part.code},
            field="code",
        )


def unread_kept(unread: Iterable[Unread]) -> dict[str, str]:
    return {f"file {found.path}": found.value for found in unread}
