"""Taking a document in with a receipt, so that it can be taken back as an import can."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from wadah.api.selectors.parts import part_preview
from wadah.api.services.parts import part_import
from wadah.api.services.workshops import workshop_import
from wadah.base.imports.kinds import ELSEWHERE, Desk, Kind
from wadah.base.imports.services import import_taken
from wadah.base.imports.undo import Watch
from wadah.catalogue.models import BomLine, Part, RoutingStep
from wadah.register.models import Ikm, Machine, Membership, WeekPattern, WorkshopSkill

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from django.db.models import Model

    from wadah.accounts.models import User
    from wadah.api.rules import PartDraft, WorkshopDraft
    from wadah.base.models import ImportBatch
    from wadah.register.models import Cooperative, Workshop

PART, WORKSHOP = "okh", "okw"
ELSEWHERE[PART] = Kind(PART, _("Part from an open file"), "", (), Desk)
ELSEWHERE[WORKSHOP] = Kind(WORKSHOP, _("Workshop from an open file"), "", (), Desk)


@transaction.atomic
def part_take_in(
    *, by: User, cooperative_id: int, file_name: str, document: str, draft: PartDraft, code: str, **told: Any
) -> tuple[Part, ImportBatch]:
    """`part_import` with a receipt. cooperative_id: whose manager takes it in; document: the file's text;
    told: the others of `part_import`. Raises as that does."""
    watch = Watch()
    codes = [code, *(match.code for match in part_preview(draft, code).components)]
    watch.before(part_rows(codes))
    part = part_import(by=by, draft=draft, code=code, **told)
    watch.after(part_rows(codes))
    return part, receipt(PART, cooperative_id, file_name, document, watch, by)


def part_rows(codes: Sequence[str]) -> Iterable[Model]:
    """The parts with their stages, steps and bills of materials, what points to others after those."""
    parts = list(Part.objects.filter(code__in=codes).order_by("pk"))
    stages = list(Part.objects.filter(routed_from__in=parts).order_by("pk"))
    whole = [*parts, *stages]
    return chain(
        whole,
        RoutingStep.objects.filter(part__in=whole).order_by("pk"),
        BomLine.objects.filter(parent__in=whole).order_by("pk"),
    )


@transaction.atomic
def workshop_take_in(
    *, by: User, cooperative: Cooperative, file_name: str, document: str, draft: WorkshopDraft, **told: Any
) -> tuple[Workshop, ImportBatch]:
    """`workshop_import` with a receipt; told: the others of that service. Raises as that does."""
    watch = Watch()
    workshop = workshop_import(by=by, draft=draft, cooperative=cooperative, **told)
    watch.after(workshop_rows(workshop, cooperative))
    return workshop, receipt(WORKSHOP, cooperative.pk, file_name, document, watch, by)


def workshop_rows(workshop: Workshop, cooperative: Cooperative) -> Iterable[Model]:
    """All that a new workshop of a new firm is made of."""
    ikm = workshop.ikm
    return chain(
        [ikm],
        Ikm.subsectors.through.objects.filter(ikm=ikm),
        Membership.objects.filter(ikm=ikm, cooperative=cooperative),
        [workshop],
        WorkshopSkill.objects.filter(workshop=workshop),
        Machine.objects.filter(workshop=workshop),
        WeekPattern.objects.filter(workshop=workshop),
    )


def receipt(kind: str, cooperative_id: int, file_name: str, document: str, watch: Watch, by: User) -> ImportBatch:
    return import_taken(
        kind=kind, cooperative_id=cooperative_id, file_name=file_name, content=document.encode(), watch=watch, by=by
    )
