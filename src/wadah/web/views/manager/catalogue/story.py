"""The page of one part as tables and sentences: who makes it, what goes into it, where it goes, what it costs."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _

from wadah.base.clock import today
from wadah.catalogue.selectors import part_story
from wadah.catalogue.words import Supply
from wadah.demand.selectors import lines_to_plan
from wadah.register.selectors import cooperatives_kept
from wadah.units import rupiah_of
from wadah.web.tables import Cell, Column, Table
from wadah.web.views.manager.catalogue import common
from wadah.web.views.manager.quality.terms import inspected_sentence
from wadah.web.views.manager.register.common import LEVELS
from wadah.web.words import language, part_name
from wadah.work.selectors.asked import inspected_by

if TYPE_CHECKING:
    from fractions import Fraction

    from wadah.catalogue.models import Part
    from wadah.catalogue.selectors import MakerStory, PartStory
    from wadah.register.rules import Roles

INDENT = "· "
NAMED_MAX = 5


def page_of(part: Part, roles: Roles) -> dict[str, Any]:
    """What the page shows."""
    story = part_story(part, roles, today())
    return {
        "part": part,
        "name": part_name(part),
        "reason": part.supply_reason_en if language() == "en" else part.supply_reason,
        "makers": makers_table(story),
        "below": sum(1 for maker in story.makers if maker.rate is not None and maker.rate.__dict__["below_wage"]),
        "tree": tree_table(story),
        "whole": story.whole,
        "used": used_table(story),
        "orders": orders_table(part, story, roles),
        "inspected": inspected_rows(part, roles),
        "cost": cost_sentence(story),
        "history": common.history_of(part),
    }


def inspected_rows(part: Part, roles: Roles) -> list[tuple[str, str, str]]:
    """How its lots are inspected: cooperative, in words, where it stands; empty where it is bought only."""
    if part.supply != Supply.MADE:
        return []
    rows = inspected_by(part, roles.cooperatives_managed, today())
    return [(row.cooperative.name, *inspected_sentence(row)) for row in rows]


def makers_table(story: PartStory) -> Table:
    table = Table(
        _("Who can make it"),
        [
            Column(_("Workshop")),
            Column(_("Leave to make it")),
            Column(_("Process")),
            Column(_("Pay a piece"), numeric=True),
            Column(_("Pay an hour"), numeric=True),
            Column(_("Cost a piece"), numeric=True),
        ],
    )
    for maker in story.makers:
        look, level = LEVELS.get(maker.claim, ("", _("not claimed")))
        rate = maker.rate
        table.add(
            Cell(maker.workshop.name, badge="simulated" if maker.workshop.simulated else ""),
            approval_cell(maker),
            Cell(str(level), badge="ok" if look == "ok" else ""),
            Cell(common.money_text(rate.pay_rupiah_piece), reverse("rate", args=[rate.pk])) if rate else common.NOTHING,
            Cell(common.money_text(rate.pay_rupiah_hour), badge=wage_badge(maker)) if rate else common.NOTHING,
            common.money_text(rate.cost_rupiah_piece) if rate else common.NOTHING,
        )
    return table


def approval_cell(maker: MakerStory) -> Cell:
    row = maker.approval
    if row is None:
        return Cell(_("none"))
    url = reverse("approval", args=[row.pk])
    if row.valid_until is not None and row.valid_until < today():
        return Cell(
            _("%(status)s, ended %(day)s") % {"status": row.get_status_display(), "day": common.until_text(row)}, url
        )
    return Cell(str(row.get_status_display()), url, "ok" if row.status == "approved" else "")


def wage_badge(maker: MakerStory) -> str:
    below = maker.rate is not None and maker.rate.__dict__["below_wage"]
    return str(_("below the minimum wage")) if below else ""


def tree_table(story: PartStory) -> Table:
    table = Table(
        _("What goes into it, all levels down"),
        [Column(_("Part")), Column(_("For one above"), numeric=True), Column(_("For one of these"), numeric=True)],
    )
    for row in story.tree[1:]:
        part = story.parts[row.key]  # type: ignore[index]
        table.add(
            Cell(INDENT * (row.level - 1) + part_name(part), reverse("part", args=[part.pk])),
            exact_text(row.each),
            exact_text(row.all),
        )
    return table


def exact_text(number: Fraction) -> str:
    return common.number_text(Decimal(number.numerator) / Decimal(number.denominator), 4)


def used_table(story: PartStory) -> Table:
    table = Table(_("Where it goes"), [Column(_("Part")), Column(_("Levels up"), numeric=True)])
    for key, level in sorted(story.used.items(), key=lambda pair: (pair[1], story.parts[pair[0]].code)):
        table.add(Cell(part_name(story.parts[key]), reverse("part", args=[key])), str(level))
    return table


def orders_table(part: Part, story: PartStory, roles: Roles) -> Table:
    """Open lines of the manager's cooperatives for the part or for what it goes into."""
    table = Table(
        _("In which open orders"),
        [Column(_("Order")), Column(_("Part ordered")), Column(_("Pieces"), numeric=True), Column(_("Due"))],
    )
    wanted = {part.pk, *story.used}
    for cooperative in cooperatives_kept(roles):
        for line in lines_to_plan(cooperative).filter(part__in=wanted).order_by("due_on", "pk")[:100]:
            table.add(
                Cell(line.order.number, reverse("order", args=[line.order.number])),
                part_name(line.part),
                common.number_text(line.quantity),
                common.day_text(line.due_on),
            )
    return table


def cost_sentence(story: PartStory) -> str:
    """What a good piece costs, from the cheapest makers to the dearest, and what is left out of it."""
    if story.cost is None:
        return _("What it costs isn't known yet: it has no rate and no price.")
    values = {
        "least": common.money_text(rupiah_of(story.cost.least)),
        "most": common.money_text(rupiah_of(story.cost.most)),
    }
    if story.cost.least == story.cost.most:
        told = _("A good piece costs %(least)s to make, with all that goes into it.") % values
    else:
        told = _("A good piece costs %(least)s to %(most)s to make, with all that goes into it.") % values
    told += " " + _("Setting up and trips come on top, by the week.")
    if story.cost.missing:
        codes = [story.parts[key].code for key in story.cost.missing]  # type: ignore[index]
        more = "" if len(codes) <= NAMED_MAX else " …"
        told += " " + _("Without a rate or price, and left out: %(codes)s.") % {
            "codes": ", ".join(codes[:NAMED_MAX]) + more
        }
    return told
