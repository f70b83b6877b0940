"""Trials of workshops for a part: all of a cooperative's, those that a buyer asked for, and one with its elements."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Case, Q, When

from wadah.catalogue.models import Approval, Part
from wadah.catalogue.selectors.certified import certificates_asked
from wadah.catalogue.selectors.gaps import Gap, maker_gaps
from wadah.catalogue.words import ApprovalStatus
from wadah.register.selectors import workshops_working
from wadah.work.models import Inspection, SwitchingState, Trial, TrialElement
from wadah.work.rules.ppap import ELEMENTS, WARRANT, Element, asked, by_level
from wadah.work.words import ElementStatus, TrialStatus

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from django.db.models import QuerySet

    from wadah.base.models import Attachment
    from wadah.register.models import Workshop


def trials_seen(*, cooperatives: Collection[int], buyers: Collection[int] = ()) -> QuerySet[Trial]:
    """Trials of these cooperatives and those that these buyers asked for; open ones first, then the newest."""
    rows = Trial.objects.filter(Q(cooperative__in=cooperatives) | Q(buyer__in=buyers))
    rows = rows.annotate(waiting=Case(When(status=TrialStatus.OPEN, then=1), default=0))
    return rows.select_related(
        "part", "workshop", "buyer", "cooperative__area", "work_order", "approval", "expert", "decided_by"
    ).order_by("-waiting", "-pk")


@dataclass(frozen=True, slots=True)
class ElementStanding:
    """One of the 18. asked: whether it has to be accepted; usual: whether the level asks for it by itself; row: what
    was handed in, None where nothing was."""

    element: Element
    asked: bool
    usual: bool
    row: TrialElement | None

    @property
    def status(self) -> str:
        if not self.asked:
            return ElementStatus.NOT_NEEDED
        return self.row.status if self.row else ElementStatus.MISSING

    @property
    def fixed(self) -> bool:
        """Whether it can't be ticked off."""
        return self.element.number == WARRANT


def elements_of(trial: Trial) -> list[ElementStanding]:
    """All 18, in order. One query."""
    rows = {row.number: row for row in trial.elements.select_related("by")}
    wanted = asked(trial.level, {number: row.status for number, row in rows.items()})
    usual = by_level(trial.level)
    return [
        ElementStanding(element, element.number in wanted, element.number in usual, rows.get(element.number))
        for element in ELEMENTS
    ]


def element_file(trial: Trial, number: int) -> Attachment | None:
    row = trial.elements.filter(number=number).select_related("attachment").first()
    return row.attachment if row else None


def trial_inspections(trial: Trial) -> list[Inspection]:
    """Inspections of the trial lot, first to last."""
    if trial.work_order_id is None:
        return []
    rows = Inspection.objects.filter(lot__work_order=trial.work_order_id).select_related("lot")
    return list(rows.order_by("lot_id", "attempt"))


# -- who may make a part, and what stands in the way ------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class MakerStanding:
    """One workshop of a member. gaps: what stands between it and the part; approval: what holds today; trial: the open
    one; severities: of its lots, by class."""

    workshop: Workshop
    gaps: list[Gap]
    approval: Approval | None
    trial: Trial | None
    severities: dict[str, str]


def maker_standings(part: Part, cooperatives: Collection[int], on: date) -> list[MakerStanding]:
    """Workshops of members that have a rate, an approval or a trial for the part. Eight queries at most."""
    concerned = Q(pk__in=part.rates.values("workshop")) | Q(pk__in=part.approvals.values("workshop"))
    concerned |= Q(pk__in=Trial.objects.filter(part=part).values("workshop"))
    shops = workshops_working(cooperatives, on).filter(concerned)
    gaps = maker_gaps(part, shops, on)
    held = Approval.objects.filter(part=part, status=ApprovalStatus.APPROVED, valid_from__lte=on)
    held = held.filter(Q(valid_until__isnull=True) | Q(valid_until__gte=on))
    approvals = {row.workshop_id: row for row in held.filter(workshop__in=shops.order_by().values("pk"))}
    running = Trial.objects.filter(part=part, status=TrialStatus.OPEN, workshop__in=shops.order_by().values("pk"))
    trials = {row.workshop_id: row for row in running}
    severities: dict[int, dict[str, str]] = {}
    for row in SwitchingState.objects.filter(part=part, cooperative__in=cooperatives):
        severities.setdefault(row.workshop_id, {})[row.defect_class] = row.severity
    return [
        MakerStanding(shop, gaps[shop.pk], approvals.get(shop.pk), trials.get(shop.pk), severities.get(shop.pk, {}))
        for shop in shops.select_related("ikm")
    ]


def part_asks(part: Part) -> list[str]:
    """Kinds of certificate that a part asks for."""
    return certificates_asked([part.pk]).get(part.pk, [])
