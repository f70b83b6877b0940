"""All that a manager is told of one part: what goes into it, where it goes, who makes it, and what it costs."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from wadah.catalogue.models import MaterialPrice, Part
from wadah.catalogue.rules.costs import CostRange, MakerCost, TreeRow, cost_range, levels_above, tree_rows
from wadah.catalogue.selectors.parts import bom_graph
from wadah.catalogue.selectors.seen import approvals_kept, on_day, rates_kept
from wadah.catalogue.words import MaterialBy
from wadah.register.selectors import claims_of, workshops_kept

if TYPE_CHECKING:
    from datetime import date

    from wadah.catalogue.models import Approval, Rate
    from wadah.register.models import Workshop
    from wadah.register.rules import Roles


@dataclass
class MakerStory:
    """One workshop. rate, approval: what holds today, or the last that did; claim: how sure the part's process is."""

    workshop: Workshop
    rate: Rate | None = None
    approval: Approval | None = None
    claim: str = ""


@dataclass(frozen=True)
class PartStory:
    """tree: what goes into it, the part itself first; whole: whether that is all; used: parts that it goes into and how
    many levels up; parts: by id; cost: None where nobody has a rate."""

    tree: list[TreeRow]
    whole: bool
    used: dict[int, int]
    parts: dict[int, Part]
    makers: list[MakerStory]
    cost: CostRange | None


def part_story(part: Part, roles: Roles, on: date) -> PartStory:
    """As many queries for a large tree as for a small one; only the manager's own workshops."""
    graph = bom_graph()
    tree, whole = tree_rows(part.pk, graph)
    used = levels_above(part.pk, graph)
    wanted: set[Any] = {*used, *(row.key for row in tree)}
    rates = list(rates_kept(roles, on).filter(on_day(on), part__in=wanted))
    makers: dict[int, list[MakerCost]] = defaultdict(list)
    for rate in rates:
        buys = rate.material_by == MaterialBy.COOPERATIVE
        makers[rate.part_id].append(MakerCost(Fraction(rate.cost_rupiah_piece), Fraction(rate.yield_rate), buys))
    return PartStory(
        tree=tree,
        whole=whole,
        used=used,
        parts=Part.objects.select_related("motif", "skill").in_bulk(wanted),
        makers=part_makers(part, roles, on, [rate for rate in rates if rate.part_id == part.pk]),
        cost=cost_range(part.pk, graph, makers, unit_prices(roles, on)),
    )


def unit_prices(roles: Roles, on: date) -> dict[int, list[Fraction]]:
    """Rupiah a unit of what is bought, in each cooperative of the manager that has a price, by part id."""
    rows = MaterialPrice.objects.filter(cooperative__in=roles.cooperatives_managed, valid_from__lte=on)
    latest = {(row.part_id, row.cooperative_id): row for row in rows.order_by("valid_from")}
    found: dict[int, list[Fraction]] = defaultdict(list)
    for (part, _cooperative), row in latest.items():
        found[part].append(Fraction(row.price_rupiah) / Fraction(row.quantity))
    return dict(found)


def part_makers(part: Part, roles: Roles, on: date, rates: list[Rate]) -> list[MakerStory]:
    """Every workshop with a rate or an approval for the part, by code."""
    found = {rate.workshop_id: MakerStory(rate.workshop, rate) for rate in rates}
    for approval in approvals_kept(roles).filter(part=part, valid_from__lte=on).order_by("valid_from", "pk"):
        found.setdefault(approval.workshop_id, MakerStory(approval.workshop)).approval = approval
    claims = claims_of(workshops_kept(roles)).filter(skill=part.skill_id, workshop__in=found)
    for workshop, claim in claims.values_list("workshop_id", "claim"):
        found[workshop].claim = claim
    return sorted(found.values(), key=lambda maker: maker.workshop.code)
