"""Workshops on their way out and in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q

from wadah.api.rules import MachineDraft, WorkshopDraft, workshop_record
from wadah.base.clock import today
from wadah.register.models import Area, Ikm, Membership, Skill, Subsector, Workshop
from wadah.register.models.hours import DAYS
from wadah.register.rules import fold_key
from wadah.register.selectors.cooperatives import open_on
from wadah.register.selectors.makers import workshop_next_code

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from django.db.models import QuerySet

    from wadah.api.rules import Document

COUNTRY = "Indonesia"


@dataclass(frozen=True, slots=True)
class WorkshopPreview:
    """What taking a record in would do.

    code: the next that is free; area: where it lies, None where the record doesn't say it in a name known here;
    skills: processes known here, unknown: those that aren't; machines: each with the process that it serves;
    twins: firms here with the same name.
    """

    draft: WorkshopDraft
    code: str
    area: Area | None
    subsectors: tuple[Subsector, ...]
    skills: tuple[Skill, ...]
    unknown: tuple[str, ...]
    machines: tuple[tuple[MachineDraft, Skill | None], ...]
    twins: tuple[Ikm, ...]


def exchange_workshops(cooperatives: Collection[int]) -> QuerySet[Workshop]:
    """Workshops of today's member firms of these cooperatives, by code."""
    members = Membership.objects.filter(open_on(today()), cooperative__in=cooperatives, role=Membership.Role.MEMBER)
    rows = Workshop.objects.filter(ikm__in=members.values("ikm"))
    return rows.select_related("ikm", "area", "area__parent", "area__parent__parent").order_by("code")


def workshops_search(rows: QuerySet[Workshop], text: str) -> QuerySet[Workshop]:
    """Of these workshops, those whose code, name or firm holds `text`."""
    key = fold_key(text)
    return rows.filter(Q(code__icontains=text) | Q(name_key__contains=key) | Q(ikm__name_key__contains=key))


def kelurahan_known() -> QuerySet[Area]:
    """Kelurahan by name, each with its kecamatan."""
    return Area.objects.filter(kind=Area.Kind.KELURAHAN).select_related("parent").order_by("name_spaced", "code")


def draft_of(workshop: Workshop) -> WorkshopDraft:
    """The workshop as a record would have it."""
    ikm = workshop.ikm
    pattern = workshop.week_patterns.filter(valid_from__lte=today()).order_by("-valid_from").first()
    machines = workshop.machines.filter(archived_at__isnull=True).select_related("skill").order_by("name")
    return WorkshopDraft(
        name=workshop.name,
        code=workshop.code,
        firm=ikm.name,
        owner=ikm.owner_name,
        legal_form=ikm.legal_form,
        phone=ikm.phone,
        workers=ikm.workers,
        kind=workshop.kind,
        area=workshop.area.code if workshop.area else "",
        address=workshop.address,
        lat=workshop.lat,
        lng=workshop.lng,
        floor_m2=workshop.floor_m2,
        power_va=workshop.power_va,
        simulated=workshop.simulated,
        subsectors=tuple(ikm.subsectors.order_by("code").values_list("code", flat=True)),
        processes=tuple(workshop.skills.order_by("code").values_list("code", flat=True)),
        machines=tuple(
            MachineDraft(row.name, row.skill.code if row.skill else "", row.count, row.note) for row in machines
        ),
        minutes=tuple(getattr(pattern, f"minutes_{day}") for day in DAYS) if pattern else None,
        overtime_minutes_week=pattern.overtime_minutes_week if pattern else 0,
    )


def workshop_file(workshop: Workshop, *, affiliations: Iterable[str], personal: bool = False) -> Document:
    """The record of a workshop. affiliations: names of its cooperatives; personal: rules.workshop_record says what."""
    return workshop_record(
        draft_of(workshop),
        processes=dict(Skill.objects.values_list("code", "name_en")),
        places=places_of(workshop.area),
        affiliations=sorted(affiliations),
        closed=workshop.archived_at is not None,
        personal=personal,
    )


def places_of(area: Area | None) -> dict[str, str]:
    """The area and those above it by the address's words: district is the kelurahan."""
    words = {Area.Kind.KELURAHAN: "district", Area.Kind.KECAMATAN: "subdistrict", Area.Kind.CITY: "city"}
    places = {}
    while area is not None:
        places[words[Area.Kind(area.kind)].strip()] = area.name_spaced
        area = area.parent
    return {**places, "country": COUNTRY} if places else {}


def workshop_preview(draft: WorkshopDraft) -> WorkshopPreview:
    """What taking a record in would do."""
    skills = skills_by_word()
    wanted = [(word, skills.get(word_key(word))) for word in draft.processes]
    machines = tuple((machine, skills.get(word_key(machine.process))) for machine in draft.machines)
    found = {skill.pk: skill for _word, skill in wanted if skill}
    told = [machine.process for machine, skill in machines if machine.process and skill is None]
    firm = fold_key(draft.firm or draft.name)
    return WorkshopPreview(
        draft=draft,
        code=workshop_next_code(),
        area=area_named(draft.area),
        subsectors=tuple(Subsector.objects.filter(code__in=draft.subsectors).order_by("code")),
        skills=tuple(sorted(found.values(), key=lambda skill: skill.code)),
        unknown=tuple(dict.fromkeys([*(word for word, skill in wanted if skill is None), *told])),
        machines=machines,
        twins=tuple(Ikm.objects.filter(name_key=firm).order_by("pk")[:5]),
    )


def word_key(word: str) -> str:
    return "".join(sign for sign in word.lower() if sign.isalnum())


def skills_by_word() -> dict[str, Skill]:
    """Skills by code and by both names, spelling aside."""
    found: dict[str, Skill] = {}
    for skill in Skill.objects.order_by("code"):
        for word in (skill.code, skill.name, skill.name_en):
            found.setdefault(word_key(word), skill)
    found.pop("", None)
    return found


def area_named(text: str) -> Area | None:
    """The kelurahan with this code or name; None where no or more than one has it."""
    if not text:
        return None
    key = fold_key(text)
    rows = list(kelurahan_known().filter(Q(code=text) | Q(name_key=key) | Q(name_spaced=text))[:2])
    return rows[0] if len(rows) == 1 else None
