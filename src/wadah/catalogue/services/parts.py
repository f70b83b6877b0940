"""Parts, bills of materials, routings."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from wadah.base.clock import now
from wadah.base.errors import Refused
from wadah.catalogue.models import BomLine, Part, RoutingStep
from wadah.catalogue.rules import StepsError, find_loop, routing_parts
from wadah.catalogue.saving import change_record, changes_tell, quantity_check, row_save, rows_save, told
from wadah.catalogue.selectors.parts import bom_graph
from wadah.register.models import Skill

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from wadah.accounts.models import User
    from wadah.catalogue.rules import RoutedPart, Step

    Component = tuple[Part, Decimal | int]


@transaction.atomic
def part_put(*, code: str, by: User | None = None, **columns: Any) -> Part:
    """Writes a part or corrects the one with this code. columns: those of Part.

    Raises
    ------
    Refused: a column is out of range, packs of a whole part hold broken pieces, or a part with a bill of materials
    is to be bought.
    """
    part = Part.objects.filter(code=code).first() or Part(code=code)
    row_save(part, columns, by=by, act="part_put")
    pack_check(part)
    if part.supply == "bought" and part.bom.exists():
        raise Refused(made_text(part), field="supply")
    return part


@transaction.atomic
def parts_put(*, rows: Mapping[str, Mapping[str, Any]], by: User | None = None) -> list[Part]:
    """Writes many parts, each as `part_put` does. rows: code → columns of Part.

    Raises
    ------
    Refused, IntegrityError, DataError: the first that is refused; `part_put` says in words why.
    """
    held = Part.objects.filter(code__in=list(rows)).in_bulk(field_name="code")
    parts = rows_save([(held.get(code) or Part(code=code), rows[code]) for code in rows], by=by, act="part_put")
    with_bom = set(BomLine.objects.filter(parent__in=parts).values_list("parent_id", flat=True))
    for part in parts:
        pack_check(part)
        if part.supply == "bought" and part.pk in with_bom:
            raise Refused(made_text(part), field="supply")
    return parts


def pack_check(part: Part) -> None:
    if part.pack_size is not None:
        quantity_check(part, part.pack_size, field="pack_size")


def made_text(part: Part) -> str:
    return _("%(part)s has a bill of materials, so it is made.") % {"part": part.code}


@transaction.atomic
def part_archive(*, part: Part, by: User | None = None) -> Part:
    """Puts a part away: it is no longer offered for anything new. What is under way goes on; again changes nothing.

    Raises
    ------
    Refused: it goes into a part that isn't archived (named).
    """
    bom_lock()
    part = Part.objects.select_for_update().get(pk=part.pk)
    above = BomLine.objects.filter(component=part, parent__archived_at__isnull=True).order_by("parent__code")
    codes = list(above.values_list("parent__code", flat=True)[:5])
    if codes:
        words = {"part": part.code, "parts": ", ".join(codes)}
        raise Refused(_("%(part)s goes into %(parts)s. Take it out of there first, or archive those.") % words)
    if part.archived_at is not None:
        return part
    return row_save(part, {"archived_at": now()}, by=by, act="part_archive")


@transaction.atomic
def part_restore(*, part: Part, by: User | None = None) -> Part:
    """Brings a part back that was put away; doing it again changes nothing."""
    part = Part.objects.select_for_update().get(pk=part.pk)
    return row_save(part, {"archived_at": None}, by=by, act="part_restore")


class BomRefused(Refused):
    """The bill of materials of `part` is refused."""

    def __init__(self, part: Part, message: str, *, field: str | None = None) -> None:
        super().__init__(message, field=field)
        self.part = part


@transaction.atomic
def bom_set(*, part: Part, components: Sequence[Component], by: User | None = None) -> list[BomLine]:
    """Replaces the bill of materials of one piece of `part`; quantities > 0, and nothing goes into itself.

    Raises
    ------
    Refused: the part is bought, a component is given twice, a quantity isn't > 0, or the lines close a loop (named).
    """
    return boms_set(boms=[(part, components)], by=by)


@transaction.atomic
def boms_set(*, boms: Sequence[tuple[Part, Sequence[Component]]], by: User | None = None) -> list[BomLine]:
    """Replaces the bills of materials of many parts at once, each part once; what counts is what they come to.

    Raises
    ------
    BomRefused: as `bom_set`, with the part.
    """
    bom_lock()
    for part, components in boms:
        components_check(part, components)
    loops_check(boms)
    parts = [part for part, _components in boms]
    old = boms_values(parts)
    BomLine.objects.filter(parent__in=parts).delete()
    pairs: list[tuple[BomLine, dict[str, Any]]] = [
        (BomLine(parent=part, component=component, quantity=Decimal(quantity)), {})
        for part, components in boms
        for component, quantity in components
    ]
    lines = rows_save(pairs)
    new = boms_values(parts)
    changes_tell(parts, old, new, by=by, act="bom_set")
    return lines


def components_check(part: Part, components: Sequence[Component]) -> None:
    if part.supply == "bought" and components:
        raise BomRefused(part, _("%(part)s is bought: it has no bill of materials.") % {"part": part.code})
    seen: set[int] = set()
    for component, quantity in components:
        if component.pk in seen:
            raise BomRefused(part, _("%(part)s is in the list twice.") % {"part": component.code}, field="component")
        seen.add(component.pk)
        if component.archived_at is not None:
            words = _("%(part)s is archived. Bring it back first.") % {"part": component.code}
            raise BomRefused(part, words, field="component")
        if not Decimal(quantity) > 0:
            told_words = {"part": component.code, "quantity": quantity}
            raise BomRefused(part, _("%(part)s: the quantity must be more than zero, got %(quantity)s.") % told_words)


def boms_values(parts: Sequence[Part]) -> dict[int, dict[str, Any]]:
    """By part, {"bom BUSH": "2"}: pieces of each component in one piece of it, for its history."""
    found: dict[int, dict[str, Any]] = {part.pk: {} for part in parts}
    for line in BomLine.objects.filter(parent__in=parts).select_related("component").order_by("pk"):
        found[line.parent_id][f"bom {line.component.code}"] = told(line.quantity)
    return found


def bom_lock() -> None:
    """One bill of materials at a time, held by the first part's row: two edits could close a loop between them."""
    Part.objects.select_for_update().order_by("pk").first()


def loops_check(boms: Sequence[tuple[Part, Sequence[Component]]]) -> None:
    graph = {parent: [component for component, _quantity in lines] for parent, lines in bom_graph().items()}
    graph |= {part.pk: [component.pk for component, _quantity in components] for part, components in boms}
    loop = find_loop(graph)
    if loop is not None:
        codes = dict(Part.objects.filter(pk__in=loop).values_list("pk", "code"))
        chain = " → ".join(codes[key] for key in loop)
        part = next((part for part, _components in boms if part.pk in loop), boms[0][0])
        raise BomRefused(part, _("A part can't go into itself: %(chain)s.") % {"chain": chain}, field="component")


@transaction.atomic
def part_route(
    *, part: Part, steps: Sequence[Step], materials: Sequence[Component] = (), by: User | None = None
) -> list[Part]:
    """Writes the routing of a part and the chain of parts that it makes, the finished part last.

    Skills are given by code. Materials go into the first of the chain. Routing again replaces the chain.

    Raises
    ------
    Refused: steps that don't hold together, an unknown skill, or a stage that is already used and would vanish.
    """
    try:
        chain = routing_parts(part.code, steps, [(row.code, Decimal(quantity)) for row, quantity in materials])
    except StepsError as error:
        raise Refused(steps_text(part, error), field="steps") from error
    skills = {skill.code: skill for skill in Skill.objects.filter(code__in={step.skill for step in steps})}
    missing = sorted({step.skill for step in steps} - set(skills))
    if missing:
        raise Refused(_("There is no skill %(codes)s.") % {"codes": ", ".join(missing)}, field="steps")
    old = step_values(part)
    steps_write(part, steps, skills)
    change_record(part, by=by, act="part_route", old=old, new=step_values(part))
    parts = [stage_put(part, stage, skills[stage.main_skill], by) for stage in chain]
    for stage, row, below in zip(chain, parts, [None, *parts[:-1]], strict=True):
        bom_set(part=row, components=materials if below is None else [(below, stage.bom[0][1])], by=by)
    stages_drop(part, keep=[row.pk for row in parts], by=by)
    return parts


def steps_text(part: Part, error: StepsError) -> str:
    words = {"part": part.code, "name": error.name}
    if error.code == "none":
        return _("%(part)s needs one step or more.") % words
    if error.code == "first":
        return _("%(part)s: the first step (%(name)s) has none before it to go with.") % words
    return _("%(part)s: each step needs a name of its own, without “/”, got “%(name)s”.") % words


def steps_write(part: Part, steps: Sequence[Step], skills: dict[str, Skill]) -> None:
    part.routing.all().delete()
    for sequence, step in enumerate(steps, 1):
        row = RoutingStep(part=part, sequence=sequence, skill=skills[step.skill], name=step.name)
        columns = {
            "minutes_per_piece": step.minutes_per_piece,
            "setup_minutes": step.setup_minutes,
            "with_previous": step.with_previous,
        }
        row_save(row, columns)


def step_values(part: Part) -> dict[str, Any]:
    """{"step 1": "headed, heading, 0.2 + 20"}: name, skill, minutes a piece and a set-up of each step, for history."""
    values = {}
    for step in part.routing.select_related("skill").order_by("sequence"):
        minutes = f"{told(step.minutes_per_piece)} + {told(step.setup_minutes)}"
        joined = ", with the step before" if step.with_previous else ""
        values[f"step {step.sequence}"] = f"{step.name}, {step.skill.code}, {minutes}{joined}"
    return values


def stage_put(part: Part, stage: RoutedPart, skill: Skill, by: User | None) -> Part:
    """The row of one stage. It takes after the finished part in all but its name and the rules of the whole."""
    if stage.code == part.code:
        return row_save(part, {"skill": skill}, by=by, act="part_route")
    columns = {
        "name": f"{part.name}, {' + '.join(stage.steps)}",
        "name_en": f"{part.name_en}, {' + '.join(stage.steps)}" if part.name_en else "",
        "unit": part.unit,
        "integer": part.integer,
        "subsector": part.subsector,
        "skill": skill,
        "service": part.service,
        "motif": part.motif,
        "shelf_life_weeks": part.shelf_life_weeks,
        "routed_from": part,
        "source": part.source,
    }
    return part_put(code=stage.code, by=by, **columns)


def stages_drop(part: Part, keep: Sequence[int], by: User | None) -> None:
    """Stages of an earlier routing that the new one hasn't got any more."""
    gone = Part.objects.filter(routed_from=part).exclude(pk__in=keep)
    for row in gone:
        change_record(row, by=by, act="part_route", old={"code": row.code}, new={"code": None})
    BomLine.objects.filter(parent__in=gone).delete()
    try:
        gone.delete()
    except ProtectedError as error:
        codes = ", ".join(gone.values_list("code", flat=True))
        raise Refused(_("%(codes)s is already in use, so the steps can't be changed.") % {"codes": codes}) from error
