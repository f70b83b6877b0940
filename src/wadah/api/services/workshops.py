"""A record becomes a member firm with its workshop."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from wadah.api.selectors.workshops import workshop_preview
from wadah.api.services.parts import unread_kept
from wadah.base.clock import today
from wadah.base.errors import Refused
from wadah.base.history import history_record
from wadah.register.models import Ikm
from wadah.register.rules import fold_key
from wadah.register.services import (
    ikm_register,
    machine_put,
    membership_open,
    skill_claim,
    week_pattern_set,
    workshop_open,
)

if TYPE_CHECKING:
    from wadah.accounts.models import User
    from wadah.api.rules import WorkshopDraft
    from wadah.api.selectors import WorkshopPreview
    from wadah.register.models import Area, Cooperative, Workshop


@transaction.atomic
def workshop_import(
    *,
    by: User,
    draft: WorkshopDraft,
    cooperative: Cooperative,
    code: str,
    firm: str,
    owner_name: str,
    phone: str = "",
    name: str,
    kind: str,
    area: Area | None,
    even_so: bool = False,
) -> Workshop:
    """Registers the firm of a record as a member from today on, and opens its workshop with claims, machines, hours.

    Its processes are claims, whatever the record says of proof. What has no column is kept in the workshop's history,
    personal data aside. even_so: though a firm of this name is here already.

    Raises
    ------
    Refused: the code is taken, such a firm is here, or the register refuses a row (named).
    """
    preview = workshop_preview(draft)
    if not even_so:
        twins_check(firm)
    legal_form = draft.legal_form if draft.legal_form in Ikm.LegalForm.values else Ikm.LegalForm.OTHER
    ikm = ikm_register(
        name=firm,
        owner_name=owner_name,
        legal_form=legal_form,
        phone=phone,
        area=area,
        workers=draft.workers,
        source=draft.source,
        subsectors=preview.subsectors,
        simulated=draft.simulated,
        by=by,
    )
    workshop = workshop_open(
        ikm=ikm,
        code=code,
        name=name,
        kind=kind,
        floor_m2=draft.floor_m2,
        power_va=draft.power_va,
        address=draft.address,
        lat=draft.lat,
        lng=draft.lng,
        simulated=draft.simulated,
        by=by,
    )
    equip(workshop, preview, by)
    membership_open(cooperative=cooperative, joined_on=today(), ikm=ikm, by=by)
    kept = unread_kept(draft.unread) | {"file processes": ", ".join(preview.unknown), "source": draft.source}
    history_record(user=by, act="workshop_import", row=workshop, new={key: text for key, text in kept.items() if text})
    return workshop


def twins_check(firm: str) -> None:
    """Raises Refused where a firm of this name is here."""
    if Ikm.objects.filter(name_key=fold_key(firm)).exists():
        raise Refused(
            _("A firm called %(firm)s is here already. Give it another name, or tick that it is another one.")
            % {"firm": firm},
            field="firm",
        )


def equip(workshop: Workshop, preview: WorkshopPreview, by: User) -> None:
    """Claims, machines and the usual week, as far as the record has them."""
    draft = preview.draft
    for skill in preview.skills:
        skill_claim(workshop=workshop, skill=skill, by=by)
    for machine, serves in preview.machines:
        machine_put(workshop=workshop, name=machine.name, skill=serves, count=machine.count, note=machine.note, by=by)
    if draft.minutes is not None:
        week_pattern_set(
            workshop=workshop,
            valid_from=today(),
            minutes=draft.minutes,
            overtime_minutes_week=draft.overtime_minutes_week,
            by=by,
        )


@transaction.atomic
def personal_exported(*, workshop: Workshop, by: User, reason: str = "") -> None:
    """Notes that somebody took a workshop's personal data out of Wadah."""
    history_record(user=by, act="workshop_export_personal", row=workshop, reason=reason)
