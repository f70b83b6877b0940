"""From an experiment that worked to a capability in the register (docs/city.md F8): only ever forward, by people.

    graduation_ask (author) → graduation_take (manager: who makes it) → graduation_trial (manager: work's own trial)

From there the trial goes its ordinary way: lot, inspection, elements, approval (work.services.trials).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from wadah.base.clock import now, today
from wadah.base.errors import Conflict, Refused
from wadah.base.history import history_record
from wadah.catalogue.models import Part
from wadah.catalogue.services import part_put
from wadah.forum.models import Experiment, Graduation
from wadah.forum.services.common import locked, numbered
from wadah.forum.words import GraduationStatus, Result
from wadah.register.selectors import cooperative_workshops
from wadah.register.services import skill_claim
from wadah.register.services.saving import row_save
from wadah.work.services.trials import trial_open
from wadah.work.words import TrialStatus

if TYPE_CHECKING:
    from collections.abc import Collection

    from wadah.accounts.models import User
    from wadah.register.models import Cooperative, Skill, Subsector, Workshop

PREFIX = "LULUS"
Status = GraduationStatus


@transaction.atomic
def graduation_ask(
    *, experiment: Experiment, product: str, cooperative: Cooperative, by: User, message: str = ""
) -> Graduation:
    """Offers an experiment that worked to a cooperative, as a product with a name.

    Raises
    ------
    Refused: it hasn't worked, or was taken back. Conflict: this cooperative has it already.
    """
    row = locked(experiment)
    if row.result != Result.WORKED or row.withdrawn_at is not None:
        raise Refused(_("Only an experiment that worked can become a product. Its lesson stays here either way."))
    open_ones = Graduation.objects.filter(experiment=row, cooperative=cooperative)
    if open_ones.exclude(status=Status.STOPPED).exists():
        raise Conflict(_("%(name)s has it on the table already.") % {"name": cooperative})
    made = Graduation(
        number=numbered(PREFIX),
        experiment=row,
        product=" ".join(product.split()),
        message=message.strip(),
        cooperative=cooperative,
        asked_by=by,
        asked_at=now(),
    )
    row_save(made)
    history_record(user=by, act="graduation_ask", row=made, new={"product": made.product})
    return made


@transaction.atomic
def graduation_take(*, graduation: Graduation, workshop: Workshop, skill: Skill, by: User) -> Graduation:
    """The cooperative takes it up: a member's workshop makes it as a trial product, and says that it masters the
    process (a claim like any other, worth nothing to a plan until it is shown).

    Raises
    ------
    Refused: not a member's workshop. Conflict: taken up or ended already.
    """
    row = standing(graduation, {Status.ASKED})
    if not cooperative_workshops(row.cooperative, today()).filter(pk=workshop.pk).exists():
        raise Refused(_("%(workshop)s isn't a member's workshop.") % {"workshop": workshop}, field="workshop")
    skill_claim(workshop=workshop, skill=skill, by=by)
    row.workshop, row.skill, row.status, row.product_at = workshop, skill, Status.PRODUCT, now()
    row.save(update_fields=["workshop", "skill", "status", "product_at"])
    history_record(user=by, act="graduation_take", row=row, new={"workshop": workshop.pk, "skill": skill.pk})
    return row


@transaction.atomic
def graduation_trial(
    *,
    graduation: Graduation,
    by: User,
    part: Part | None = None,
    code: str = "",
    subsector: Subsector | None = None,
    level: int = 1,
) -> Graduation:
    """Opens the trial (work.Trial) of the product as a part: one of the catalogue, or a new one under `code`. After a
    trial that was refused or stopped another may be opened.

    Raises
    ------
    Refused: neither part nor code, a code that is taken, or as `trial_open` refuses. Conflict: a trial is open or
    approved, or the way has ended.
    """
    row = standing(graduation, {Status.PRODUCT, Status.TRIAL})
    if row.trial is not None and row.trial.status in {TrialStatus.OPEN, TrialStatus.APPROVED}:
        raise Conflict(_("%(number)s is on its way already.") % {"number": row.trial.number})
    assert row.workshop is not None
    row.part = part or part_new(row, code, subsector, by)
    row.trial = trial_open(cooperative=row.cooperative, part=row.part, workshop=row.workshop, level=level, by=by)
    row.status, row.trial_at = Status.TRIAL, now()
    row.save(update_fields=["part", "trial", "status", "trial_at"])
    history_record(user=by, act="graduation_trial", row=row, new={"part": row.part.pk, "trial": row.trial.number})
    return row


def part_new(row: Graduation, code: str, subsector: Subsector | None, by: User) -> Part:
    """The product as a new part of the catalogue. Raises Refused."""
    if not code.strip() or subsector is None:
        raise Refused(_("Choose a part, or give a new one its code and its trade."), field="part")
    if Part.objects.filter(code=code.strip()).exists():
        raise Refused(_("The code %(code)s is taken by another part.") % {"code": code.strip()}, field="code")
    columns: dict[str, Any] = {"name": row.product, "subsector": subsector, "skill": row.skill}
    return part_put(code=code.strip(), by=by, **columns)


@transaction.atomic
def graduation_stop(*, graduation: Graduation, reason: str, by: User) -> Graduation:
    """Ends the way: the cooperative doesn't take it up, or gives it up. The experiment keeps its result, and may be
    offered again. A trial that is open goes on by itself, in the cooperative's own list.

    Raises
    ------
    Refused: no reason. Conflict: ended, or approved already.
    """
    row = standing(graduation, {Status.ASKED, Status.PRODUCT, Status.TRIAL})
    if not reason.strip():
        raise Refused(_("Say why: whoever tried it will read it."), field="reason")
    if row.trial is not None and row.trial.status == TrialStatus.APPROVED:
        raise Conflict(_("It is in the register already."))
    row.status, row.reason, row.stopped_at, row.stopped_by = Status.STOPPED, reason.strip(), now(), by
    row.save(update_fields=["status", "reason", "stopped_at", "stopped_by"])
    history_record(user=by, act="graduation_stop", row=row, reason=reason.strip())
    return row


def standing(graduation: Graduation, allowed: Collection[str]) -> Graduation:
    """The row as it is now, locked. Raises Conflict where it doesn't stand at one of these."""
    rows = Graduation.objects.select_for_update(of=("self",))
    row = rows.select_related("cooperative", "workshop", "skill", "trial").get(pk=graduation.pk)
    if row.status not in allowed:
        words = {"number": row.number, "status": row.get_status_display()}
        raise Conflict(_("%(number)s stands at “%(status)s” by now. Open it again.") % words)
    return row
