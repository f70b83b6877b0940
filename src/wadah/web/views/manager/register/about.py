"""One page about a machine, certificate, expert, holiday or workshop: facts, history, archive and bring back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wadah.base.clock import now
from wadah.base.errors import NotYours
from wadah.register import selectors, services
from wadah.web.access import MANAGER, OFFICER, access, own_or_404, person_of
from wadah.web.history import history_table
from wadah.web.views.manager.register import common
from wadah.web.views.manager.register.papers import holder

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.db.models import QuerySet
    from django.http import HttpRequest, HttpResponse

    from wadah.accounts.models import User
    from wadah.register.rules import Roles
    from wadah.web.lists import Words

ARCHIVE, RESTORE = "arsip", "pulih"


@dataclass(frozen=True, slots=True)
class Kind:
    """seen, kept: rows that a person may read, may change; acts: of archiving and bringing back; edit: the address of
    its form, empty where it has none; back: where the page came from; facts: what is shown of a row."""

    words: Words
    seen: Callable[[Roles], QuerySet[Any]]
    kept: Callable[[Roles], QuerySet[Any]]
    acts: dict[str, Callable[[Any, User | None], Any]]
    edit: str
    back: Callable[[Any], str]
    facts: Callable[[Any], list[tuple[Words, str]]]


def machine_facts(row: Any) -> list[tuple[Words, str]]:
    return [
        (gettext_lazy("Workshop"), row.workshop.name),
        (gettext_lazy("How many"), str(row.count)),
        (gettext_lazy("Process"), common.skill_name(row.skill)),
        (gettext_lazy("Note"), row.note or common.NOTHING),
    ]


def certificate_facts(row: Any) -> list[tuple[Words, str]]:
    return [
        (gettext_lazy("Holder"), holder(row)),
        (gettext_lazy("Number"), row.number or str(common.UNKNOWN)),
        (gettext_lazy("Issued on"), common.day_text(row.issued_on)),
        (gettext_lazy("Valid until"), common.day_text(row.expires_on)),
    ]


def expert_facts(row: Any) -> list[tuple[Words, str]]:
    return [
        (gettext_lazy("Can teach"), ", ".join(common.skill_name(skill) for skill in row.skills.all())),
        (
            gettext_lazy("Years of experience"),
            str(common.UNKNOWN) if row.years_experience is None else str(row.years_experience),
        ),
        (
            gettext_lazy("Of them in multinational firms"),
            str(common.UNKNOWN) if row.multinational_years is None else str(row.multinational_years),
        ),
        (gettext_lazy("Background"), row.background or common.NOTHING),
        (gettext_lazy("Kelurahan"), common.area_name(row.area)),
        (gettext_lazy("Listed by"), row.cooperative.name if row.cooperative else _("the city")),
    ]


def holiday_facts(row: Any) -> list[tuple[Words, str]]:
    return [
        (gettext_lazy("Day"), common.day_text(row.date)),
        (gettext_lazy("Where"), row.area.name_spaced if row.area else _("the whole country")),
    ]


def workshop_facts(row: Any) -> list[tuple[Words, str]]:
    return [(gettext_lazy("Code"), row.code), (gettext_lazy("Member"), row.ikm.name)]


def to_workshop(row: Any) -> str:
    return reverse("workshop", args=[row.workshop_id])


KINDS: dict[str, Kind] = {
    "mesin": Kind(
        gettext_lazy("Machine"),
        lambda roles: selectors.machines_of(selectors.workshops_seen(roles)),
        lambda roles: selectors.machines_of(selectors.workshops_kept(roles)),
        {
            ARCHIVE: lambda row, by: services.machine_archive(machine=row, by=by),
            RESTORE: lambda row, by: services.machine_restore(machine=row, by=by),
        },
        "machine_edit",
        to_workshop,
        machine_facts,
    ),
    "sertifikat": Kind(
        gettext_lazy("Certificate"),
        lambda roles: selectors.certificates_of(selectors.firms_seen(roles)),
        lambda roles: selectors.certificates_of(selectors.firms_kept(roles)),
        {
            ARCHIVE: lambda row, by: services.certificate_archive(certificate=row, by=by),
            RESTORE: lambda row, by: services.certificate_restore(certificate=row, by=by),
        },
        "certificate_edit",
        lambda row: reverse("certificates"),
        certificate_facts,
    ),
    "ahli": Kind(
        gettext_lazy("Expert"),
        selectors.experts_seen,
        selectors.experts_kept,
        {
            ARCHIVE: lambda row, by: services.expert_archive(expert=row, by=by),
            RESTORE: lambda row, by: services.expert_restore(expert=row, by=by),
        },
        "expert_edit",
        lambda row: reverse("experts"),
        expert_facts,
    ),
    "libur": Kind(
        gettext_lazy("Holiday"),
        selectors.holidays_kept,
        selectors.holidays_kept,
        {
            ARCHIVE: lambda row, by: services.holiday_archive(holiday=row, by=by),
            RESTORE: lambda row, by: services.holiday_restore(holiday=row, by=by),
        },
        "",
        lambda row: reverse("holidays"),
        holiday_facts,
    ),
    "bengkel": Kind(
        gettext_lazy("Workshop"),
        selectors.workshops_seen,
        selectors.workshops_kept,
        {
            ARCHIVE: lambda row, by: services.workshop_archive(workshop=row, at=now(), by=by),
            RESTORE: lambda row, by: services.workshop_restore(workshop=row, by=by),
        },
        "workshop_edit",
        lambda row: reverse("workshop", args=[row.pk]),
        workshop_facts,
    ),
}


def kind_of(name: str) -> Kind:
    if name not in KINDS:
        raise NotYours
    return KINDS[name]


@access(MANAGER, readers=(OFFICER,))
def about(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """What stands of it, what was changed, and what may be done with it."""
    found = kind_of(kind)
    roles = person_of(request).roles
    row = own_or_404(found.seen(roles), pk=pk)
    kept = found.kept(roles).filter(pk=pk).exists()
    return render(
        request,
        "register/about.html",
        {
            "kind": kind,
            "words": found.words,
            "row": row,
            "facts": found.facts(row),
            "back": found.back(row),
            "edit": reverse(found.edit, args=[pk]) if kept and found.edit else "",
            "act": (RESTORE if row.archived_at else ARCHIVE) if kept else "",
            "table": history_table(
                row, acts=common.ACTS, fields=common.FIELDS, hidden=() if kept else common.MANAGERS_ACTS
            ),
        },
    )


@access(MANAGER, methods=("POST",))
def about_act(request: HttpRequest, kind: str, pk: int, act: str) -> HttpResponse:
    found = kind_of(kind)
    row = own_or_404(found.kept(person_of(request).roles), pk=pk)
    if act not in found.acts:
        raise NotYours
    found.acts[act](row, person_of(request).user)
    told = _("Brought back.") if act == RESTORE else _("Archived. It can be brought back here.")
    messages.success(request, told)
    return HttpResponseRedirect(reverse("register_about", args=[kind, pk]))
