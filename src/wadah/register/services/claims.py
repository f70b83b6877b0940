"""What workshops are said to master, who says so, who can teach it, and the papers that firms hold.

A claim rises from *claimed* (the workshop's own word) over *attested* (somebody else's) to *verified* (a test piece
was seen on a day). Nobody raises the claims of a firm of their own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from wadah.base.clock import today
from wadah.base.errors import Refused
from wadah.base.history import history_record, history_values
from wadah.register.models import Certificate, Expert, ExpertSkill, Membership, WorkshopSkill
from wadah.register.services.saving import days_check, row_archive, row_correct, row_create, row_restore

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from wadah.accounts.models import User
    from wadah.register.models import Ikm, Skill, Workshop

Claim = WorkshopSkill.Claim
CLAIM_COLUMNS = frozenset({"claim", "attested_by", "expert", "attested_on", "evidence", "since"})
EXPERT_COLUMNS = frozenset(
    {"name", "user", "years_experience", "multinational_years", "background", "area", "cooperative"}
)
CERTIFICATE_COLUMNS = frozenset({"kind", "number", "issued_on", "expires_on"})


@transaction.atomic
def skill_claim(
    *, workshop: Workshop, skill: Skill, since: date | None = None, by: User | None = None
) -> WorkshopSkill:
    """The workshop says that it masters a process; a claim that was attested or verified already stays so."""
    row, created = WorkshopSkill.objects.get_or_create(workshop=workshop, skill=skill, defaults={"since": since})
    if created and by:
        told(workshop, "skill_claim", by, new={"skill": skill.name, "claim": row.claim})
    return row


@transaction.atomic
def skills_claim(*, workshop: Workshop, skills: Iterable[Skill], by: User | None = None) -> None:
    """The workshop says that it masters several processes."""
    for skill in skills:
        skill_claim(workshop=workshop, skill=skill, by=by)


@transaction.atomic
def skill_attest(
    *,
    workshop: Workshop,
    skill: Skill,
    by: User,
    verified: bool = False,
    since: date | None = None,
    expert: Expert | None = None,
    on: date | None = None,
    evidence: str = "",
) -> WorkshopSkill:
    """Somebody else says that the workshop masters a process; verified: a test piece was seen.

    expert: whose word it is, written down by `by`; on: the day of the word or the test piece, today unless given;
    evidence: what was seen.

    Raises
    ------
    Refused: one's own workshop, an expert of the workshop's own firm or of another process, or a day to come.
    """
    own_check(workshop, by, expert)
    if expert and not ExpertSkill.objects.filter(expert=expert, skill=skill).exists():
        raise Refused(
            _("%(who)s isn't listed as an expert in %(what)s.") % {"who": expert, "what": skill}, field="expert"
        )
    day = on or today()
    if day > today():
        raise Refused(_("%(day)s is still to come: give the day on which it was seen.") % {"day": day}, field="on")
    row = WorkshopSkill.objects.select_for_update().filter(workshop=workshop, skill=skill).first() or WorkshopSkill(
        workshop=workshop, skill=skill
    )
    old = claim_values(row) if row.pk else {}
    facts = {
        "claim": Claim.VERIFIED if verified else Claim.ATTESTED,
        "attested_by": by,
        "expert": expert,
        "attested_on": day,
        "evidence": evidence,
        "since": since or row.since,
    }
    row = row_correct(row, facts, CLAIM_COLUMNS)
    told(workshop, "skill_verify" if verified else "skill_attest", by, old=old, new=claim_values(row))
    return row


@transaction.atomic
def skill_withdraw(*, workshop: Workshop, skill: Skill, by: User | None = None) -> None:
    """Takes a claim back, whatever its level; the workshop may claim the process again. Twice changes nothing."""
    row = WorkshopSkill.objects.select_for_update().filter(workshop=workshop, skill=skill).first()
    if row is not None:
        if by:
            told(workshop, "skill_withdraw", by, old=claim_values(row))
        row.delete()


def own_check(workshop: Workshop, by: User, expert: Expert | None) -> None:
    people = {by.pk} | ({expert.user_id} if expert and expert.user_id else set())
    if Membership.objects.filter(ikm=workshop.ikm_id, user__in=people).exists():
        raise Refused(_("Nobody can attest the skills of their own workshop."))


def claim_values(row: WorkshopSkill) -> dict[str, Any]:
    told_of = history_values(row, ["claim", "attested_on", "evidence"])
    return {"skill": row.skill.name, **told_of, "expert": str(row.expert or "")}


def told(
    workshop: Workshop, act: str, by: User, *, old: dict[str, Any] | None = None, new: dict[str, Any] | None = None
) -> None:
    history_record(user=by, act=act, row=workshop, old=old, new=new)


@transaction.atomic
def expert_register(
    *, name: str, skills: Iterable[Skill] = (), simulated: bool = False, by: User | None = None, **facts: Any
) -> Expert:
    """Registers somebody who can teach. facts: columns of EXPERT_COLUMNS.

    Raises Refused: more years in multinational firms than years in all.
    """
    years_check(facts.get("years_experience"), facts.get("multinational_years"))
    expert = row_correct(Expert(simulated=simulated), {"name": name, **facts}, EXPERT_COLUMNS)
    ExpertSkill.objects.bulk_create(ExpertSkill(expert=expert, skill=skill) for skill in skills)
    if by:
        history_record(user=by, act="expert_register", row=expert, new=history_values(expert, ["name"]))
    return expert


def years_check(years: int | None, multinational: int | None) -> None:
    if years is not None and multinational is not None and multinational > years:
        raise Refused(
            _("Of %(years)s years of experience, %(more)s can't have been in multinational firms.")
            % {"years": years, "more": multinational},
            field="multinational_years",
        )


@transaction.atomic
def expert_correct(
    *, expert: Expert, skills: Iterable[Skill] | None = None, by: User | None = None, **facts: Any
) -> Expert:
    """Writes new facts over the old ones; skills: what they can teach from now on, None leaves it as it is.

    Raises Refused: more years in multinational firms than years in all.
    """
    years_check(
        facts.get("years_experience", expert.years_experience),
        facts.get("multinational_years", expert.multinational_years),
    )
    row = row_correct(expert, facts, EXPERT_COLUMNS, by=by, act="expert_correct")
    if skills is not None:
        wanted = {skill.pk: skill for skill in skills}
        held = set(ExpertSkill.objects.filter(expert=row).values_list("skill_id", flat=True))
        ExpertSkill.objects.filter(expert=row).exclude(skill__in=wanted).delete()
        ExpertSkill.objects.bulk_create(
            ExpertSkill(expert=row, skill=skill) for key, skill in wanted.items() if key not in held
        )
    return row


@transaction.atomic
def expert_archive(*, expert: Expert, by: User | None = None) -> Expert:
    """Takes an expert off the list; what they attested stays."""
    return row_archive(expert, by=by, act="expert_archive")


@transaction.atomic
def expert_restore(*, expert: Expert, by: User | None = None) -> Expert:
    """Puts an expert back on the list."""
    return row_restore(expert, by=by, act="expert_restore")


@transaction.atomic
def certificate_record(
    *,
    kind: str,
    number: str = "",
    issued_on: date | None = None,
    expires_on: date | None = None,
    ikm: Ikm | None = None,
    workshop: Workshop | None = None,
    by: User | None = None,
) -> Certificate:
    """Records a paper of a firm or of one workshop; number and days that aren't known stay empty.

    Raises
    ------
    Refused: no holder or two, or it ends before it starts.
    """
    if (ikm is None) == (workshop is None):
        raise Refused(_("A certificate belongs to a firm or to one of its workshops: name one of them."))
    if issued_on is not None:
        days_check(issued_on, expires_on)
    row = Certificate(kind=kind, number=number, issued_on=issued_on, expires_on=expires_on, ikm=ikm, workshop=workshop)
    return row_create(row, by=by, act="certificate_record", told=CERTIFICATE_COLUMNS)


@transaction.atomic
def certificate_correct(*, certificate: Certificate, by: User | None = None, **facts: Any) -> Certificate:
    """Writes new facts (columns of CERTIFICATE_COLUMNS) over the old ones. Raises Refused: it ends before it starts."""
    issued_on = facts.get("issued_on", certificate.issued_on)
    if issued_on is not None:
        days_check(issued_on, facts.get("expires_on", certificate.expires_on))
    return row_correct(certificate, facts, CERTIFICATE_COLUMNS, by=by, act="certificate_correct")


@transaction.atomic
def certificate_archive(*, certificate: Certificate, by: User | None = None) -> Certificate:
    """Puts a paper away that no longer counts."""
    return row_archive(certificate, by=by, act="certificate_archive")


@transaction.atomic
def certificate_restore(*, certificate: Certificate, by: User | None = None) -> Certificate:
    """Brings a paper back that was put away."""
    return row_restore(certificate, by=by, act="certificate_restore")
