"""What the pages of the register share: the ways between its lists, words of acts and columns, choices of filters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wadah.accounts.rules import phone_local
from wadah.register.selectors import CLAIM_LEVELS, kelurahan_all, skills_all, subsectors_all
from wadah.units import date_text, decimal_text
from wadah.web.access import person_of
from wadah.web.lists import ListFilter, list_page
from wadah.web.words import language

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from typing import Any

    from django.db.models import QuerySet
    from django.http import HttpRequest, HttpResponse

    from wadah.register.models import Area, Skill, Subsector, WeekPattern, WorkshopSkill
    from wadah.web.lists import Listing, Words

NOTHING = "–"
UNKNOWN = gettext_lazy("not known")

WAYS: Sequence[tuple[str, Words, bool]] = (
    ("members", gettext_lazy("Members"), True),
    ("workshops", gettext_lazy("Workshops"), True),
    ("claims", gettext_lazy("Processes"), True),
    ("machines", gettext_lazy("Machines"), True),
    ("week_hours", gettext_lazy("Hours a week"), True),
    ("leaves", gettext_lazy("Closed days"), True),
    ("holidays", gettext_lazy("Holidays"), True),
    ("certificates", gettext_lazy("Certificates"), True),
    ("experts", gettext_lazy("Experts"), True),
    ("mentorings", gettext_lazy("Mentoring"), True),
    ("cooperatives", gettext_lazy("The cooperative"), False),
)
"""Address, words, and whether an officer has it."""

ACTS = {
    "ikm_register": gettext_lazy("Registered"),
    "ikm_correct": gettext_lazy("Corrected"),
    "firms_join": gettext_lazy("Found twice: joined"),
    "firms_differ": gettext_lazy("Said to be another firm"),
    "firms_part": gettext_lazy("Decision about two firms taken back"),
    "workshop_open": gettext_lazy("Workshop added"),
    "workshop_correct": gettext_lazy("Corrected"),
    "workshop_archive": gettext_lazy("Archived"),
    "workshop_restore": gettext_lazy("Brought back"),
    "workshop_confirm": gettext_lazy("Said to be still right"),
    "machine_add": gettext_lazy("Added"),
    "machine_correct": gettext_lazy("Corrected"),
    "machine_archive": gettext_lazy("Archived"),
    "machine_restore": gettext_lazy("Brought back"),
    "skill_claim": gettext_lazy("Process claimed"),
    "skill_attest": gettext_lazy("Process attested"),
    "skill_verify": gettext_lazy("Test piece seen"),
    "skill_withdraw": gettext_lazy("Process taken back"),
    "week_pattern_set": gettext_lazy("Usual week set"),
    "workshop_wish_set": gettext_lazy("Wish told"),
    "workshop_need_set": gettext_lazy("Need weighed"),
    "leave_record": gettext_lazy("Days closed"),
    "leave_cancel": gettext_lazy("Days opened again"),
    "holiday_add": gettext_lazy("Added"),
    "holiday_correct": gettext_lazy("Corrected"),
    "holiday_archive": gettext_lazy("Archived"),
    "holiday_restore": gettext_lazy("Brought back"),
    "certificate_record": gettext_lazy("Added"),
    "certificate_correct": gettext_lazy("Corrected"),
    "certificate_archive": gettext_lazy("Archived"),
    "certificate_restore": gettext_lazy("Brought back"),
    "expert_register": gettext_lazy("Added"),
    "expert_correct": gettext_lazy("Corrected"),
    "expert_archive": gettext_lazy("Archived"),
    "expert_restore": gettext_lazy("Brought back"),
    "expert_hours_set": gettext_lazy("Hours for mentoring set"),
    "membership_open": gettext_lazy("Joined"),
    "membership_close": gettext_lazy("Left"),
    "membership_reopen": gettext_lazy("Brought back"),
    "membership_user_set": gettext_lazy("Another person signs in"),
    "cooperative_correct": gettext_lazy("Corrected"),
    "cooperative_policy_set": gettext_lazy("Sharing of work set"),
}

MANAGERS_ACTS = {"workshop_need_set"}
"""Acts in a history that only who manages the cooperative reads."""

FIELDS = {
    "joined": gettext_lazy("Joined to it"),
    "merged_into": gettext_lazy("Put away in favour of"),
    "differs_from": gettext_lazy("Another than"),
    "name": gettext_lazy("Name"),
    "owner_name": gettext_lazy("Owner"),
    "legal_form": gettext_lazy("Legal form"),
    "area": gettext_lazy("Kelurahan"),
    "workers": gettext_lazy("Workers"),
    "investment_rupiah": gettext_lazy("Investment"),
    "annual_sales_rupiah": gettext_lazy("Sales a year"),
    "source": gettext_lazy("Source"),
    "subsectors": gettext_lazy("Trades"),
    "code": gettext_lazy("Code"),
    "kind": gettext_lazy("Kind"),
    "floor_m2": gettext_lazy("Floor in m²"),
    "power_va": gettext_lazy("Electricity in VA"),
    "address": gettext_lazy("Address"),
    "lat": gettext_lazy("Latitude"),
    "lng": gettext_lazy("Longitude"),
    "archived_at": gettext_lazy("Archived on"),
    "confirmed_at": gettext_lazy("Last confirmed"),
    "count": gettext_lazy("How many"),
    "skill": gettext_lazy("Process"),
    "note": gettext_lazy("Note"),
    "claim": gettext_lazy("How sure"),
    "attested_on": gettext_lazy("Seen or said on"),
    "evidence": gettext_lazy("What was seen"),
    "expert": gettext_lazy("Expert"),
    "minutes_week": gettext_lazy("Minutes a week"),
    "wish_minutes_week": gettext_lazy("Wish in minutes a week"),
    "need_weight": gettext_lazy("Weight of its need"),
    "need_reason": gettext_lazy("Why"),
    "valid_from": gettext_lazy("From"),
    "first_day": gettext_lazy("First day"),
    "last_day": gettext_lazy("Last day"),
    "date": gettext_lazy("Day"),
    "number": gettext_lazy("Number"),
    "issued_on": gettext_lazy("Issued on"),
    "expires_on": gettext_lazy("Valid until"),
    "years_experience": gettext_lazy("Years of experience"),
    "hours_week": gettext_lazy("Hours a week for mentoring"),
    "multinational_years": gettext_lazy("Of them in multinational firms"),
    "background": gettext_lazy("Background"),
    "cooperative": gettext_lazy("Cooperative"),
    "user": gettext_lazy("Who signs in"),
    "role": gettext_lazy("Role"),
    "joined_on": gettext_lazy("Member since"),
    "left_on": gettext_lazy("Left on"),
    "legal_number": gettext_lazy("Legal number"),
    "founded_on": gettext_lazy("Founded on"),
    "fairness_key": gettext_lazy("Work is shared"),
    "target_percent": gettext_lazy("Target in percent"),
    "below_target_cost_rupiah_hour": gettext_lazy("Weight of an hour below the target"),
    "engage_cost_rupiah": gettext_lazy("Cost of one more workshop in a plan"),
}

LEVELS = {
    "claimed": ("stated", gettext_lazy("claimed")),
    "attested": ("measured", gettext_lazy("attested")),
    "verified": ("ok", gettext_lazy("verified")),
}
"""Level of a claim → look of its badge, its word."""


def register_page(
    request: HttpRequest, listing: Listing, rows: QuerySet[Any], *, add: str = "", **context: Any
) -> HttpResponse:
    """A list of the register, with the ways to the others above it."""
    return list_page(request, listing, rows, template="register/list.html", add=add, ways=ways(request), **context)


def ways(request: HttpRequest) -> list[tuple[str, Words, bool]]:
    """Address, words, and whether it is this page; an officer gets those that they may read."""
    manager = bool(person_of(request).roles.cooperatives_managed)
    return [(reverse(name), words, reverse(name) == request.path) for name, words, shared in WAYS if shared or manager]


def keeps(request: HttpRequest) -> bool:
    """Whether the person is a manager, who may change what stands here."""
    return bool(person_of(request).roles.cooperatives_managed)


def skill_name(skill: Skill | Subsector | None) -> str:
    """A process or trade in the language of the page."""
    if skill is None:
        return NOTHING
    return skill.name_en if language() == "en" and skill.name_en else skill.name


def area_name(area: Area | None) -> str:
    return area.name_spaced if area else NOTHING


def day_text(day: date | None) -> str:
    return date_text(day, language()) if day else NOTHING


def hours_text(minutes: int | None) -> str:
    """Minutes as hours with at most two decimals; a dash where nothing is known."""
    return NOTHING if minutes is None else decimal_text(minutes / 60, 2, language())


def phone_text(phone: str, *, whole: bool = True) -> str:
    """A phone as people read it; not whole: only its last three digits, for whoever needn't call."""
    if not phone:
        return NOTHING
    return phone_local(phone) if whole else f"•••{phone[-3:]}"


def week_minutes_of(pattern: WeekPattern | None) -> int | None:
    return None if pattern is None else sum(day_minutes_of(pattern))


def day_minutes_of(pattern: WeekPattern) -> list[int]:
    days = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
    return [getattr(pattern, f"minutes_{day}") for day in days]


def claim_sentence(claim: WorkshopSkill) -> str:
    """Who says that the workshop masters it, and when; what was seen."""
    if claim.claim == "claimed":
        return _("The workshop says so itself.")
    who = claim.expert.name if claim.expert else claim.attested_by.name if claim.attested_by else NOTHING
    values = {"who": who, "day": day_text(claim.attested_on), "what": claim.evidence}
    if claim.claim == "verified":
        told = _("%(who)s saw a test piece on %(day)s.") % values
    elif claim.attested_on:
        told = _("%(who)s says so, on %(day)s.") % values
    else:
        told = _("%(who)s says so.") % values
    return f"{told} {claim.evidence}".strip()


def kelurahan_choices() -> list[tuple[str, Words]]:
    return [(str(row.pk), row.name_spaced) for row in kelurahan_all()]


def skill_choices() -> list[tuple[str, Words]]:
    return [(str(row.pk), skill_name(row)) for row in skills_all()]


def subsector_choices() -> list[tuple[str, Words]]:
    return [(str(row.pk), skill_name(row)) for row in subsectors_all()]


def kelurahan_filter(column: str) -> ListFilter:
    return ListFilter(
        "kelurahan",
        gettext_lazy("Kelurahan"),
        kelurahan_choices,
        lambda rows, value: rows.filter(**{column: value}),
    )


def skill_filter(column: str) -> ListFilter:
    return ListFilter(
        "keterampilan",
        gettext_lazy("Process"),
        skill_choices,
        lambda rows, value: rows.filter(**{column: value}).distinct(),
    )


def subsector_filter(column: str) -> ListFilter:
    return ListFilter(
        "subsektor",
        gettext_lazy("Trade"),
        subsector_choices,
        lambda rows, value: rows.filter(**{column: value}).distinct(),
    )


def level_filter() -> ListFilter:
    return ListFilter(
        "tingkat", gettext_lazy("How sure"), lambda: CLAIM_LEVELS, lambda rows, value: rows.filter(claim=value)
    )


def archive_filter() -> ListFilter:
    """What stands here now, unless what was archived is asked for."""
    return ListFilter(
        "keadaan",
        gettext_lazy("State"),
        lambda: [("ada", _("in use")), ("arsip", _("archived"))],
        lambda rows, value: rows.filter(archived_at__isnull=value == "ada"),
        initial="ada",
    )


def simulated(row: Any) -> str:
    return "simulated" if row.simulated else ""
