"""Edits of a plan, and what they come to, as sentences and tables for a manager."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from wadah.plans.edits.rules import FORBID, OUT, PIN
from wadah.plans.edits.selectors import plain
from wadah.units import date_text, decimal_text, percent_text
from wadah.web.tables import Cell, Column, Table
from wadah.web.views.manager.plans.compare_tables import signed_money
from wadah.web.views.manager.plans.tables import cost_label, money
from wadah.web.words import language, quantity_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from wadah.plans.edits.rules import Edit, Key
    from wadah.plans.models import PlanEdit
    from wadah.plans.rules import Horizon
    from wadah.register.models import Workshop

    Told = Mapping[str, Any]

PIECES = 1e-6
RUPIAH = 0.5
OPTIMAL_GAP = 1e-6
ORDERS_MAX, LOTS_MAX, WORK_MAX = 10, 60, 30  # rows shown; once applied, the comparison of both plans has all
WORTH_SAYING = 1e-4  # of what the plan costs

ACTS = {
    "plan_edit_pin": gettext_lazy("Edit added: keep a lot"),
    "plan_edit_forbid": gettext_lazy("Edit added: not this part there"),
    "plan_edit_out": gettext_lazy("Edit added: workshop away"),
    "plan_edit_move": gettext_lazy("Edit added: move a lot"),
    "plan_edit_take_back": gettext_lazy("Edit taken back"),
    "plan_edit_bring_back": gettext_lazy("Edit brought back"),
    "plan_edits_discard": gettext_lazy("All edits dropped"),
    "plan_edits_apply": gettext_lazy("Edits made a draft"),
    "plan_publish": gettext_lazy("Put into force"),
    "plan_discard": gettext_lazy("Put aside"),
    "plan_way_apply": gettext_lazy("Made from a way out"),
}
FIELDS = {
    "workshop": gettext_lazy("workshop"),
    "part": gettext_lazy("part"),
    "first_week": gettext_lazy("from the week of"),
    "last_week": gettext_lazy("to the week of"),
    "quantity": gettext_lazy("pieces"),
    "to_workshop": gettext_lazy("to workshop"),
    "to_week": gettext_lazy("in the week of"),
    "edits": gettext_lazy("edits"),
    "draft": gettext_lazy("draft"),
    "based_on": gettext_lazy("made from plan"),
    "status": gettext_lazy("status"),
}


@dataclass(frozen=True)
class EditShown:
    """number: its place among all edits of the plan, from 1; holds: it isn't taken back; blamed: no plan obeys it."""

    number: int
    row: PlanEdit
    sentence: str
    holds: bool
    blamed: bool


def edits_shown(
    rows: Sequence[PlanEdit],
    lots: Mapping[Key, float],
    horizon: Horizon,
    names: Mapping[str, str],
    blame: Iterable[int] = (),
) -> list[EditShown]:
    blamed = set(blame)
    return [
        EditShown(
            number,
            row,
            edit_sentence(plain(row), lots, horizon, names),
            holds=row.undone_at is None,
            blamed=row.undone_at is None and row.pk in blamed,
        )
        for number, row in enumerate(rows, 1)
    ]


def week(horizon: Horizon, period: int) -> str:
    return date_text(horizon.monday(period), language())


def edit_sentence(edit: Edit, lots: Mapping[Key, float], horizon: Horizon, names: Mapping[str, str]) -> str:
    """What an edit asks for."""
    words = {
        "part": names.get(edit.part, edit.part),
        "workshop": edit.workshop,
        "first": week(horizon, edit.first),
        "last": week(horizon, edit.last),
    }
    if edit.kind == PIN:
        words["pieces"] = quantity_text(lots.get(edit.lot, 0.0))
        return _("%(workshop)s keeps %(pieces)s × %(part)s in the week of %(first)s, or makes more.") % words
    if edit.kind == FORBID:
        if edit.first == edit.last:
            return _("%(workshop)s makes no %(part)s in the week of %(first)s.") % words
        return _("%(workshop)s makes no %(part)s from the week of %(first)s to the week of %(last)s.") % words
    if edit.kind == OUT:
        if edit.first == edit.last:
            return _("%(workshop)s makes nothing in the week of %(first)s.") % words
        return _("%(workshop)s makes nothing from the week of %(first)s to the week of %(last)s.") % words
    return move_sentence(edit, words, horizon)


def move_sentence(edit: Edit, words: dict[str, str], horizon: Horizon) -> str:
    words |= {
        "pieces": quantity_text(edit.quantity or 0.0),
        "there": edit.to_workshop,
        "then": week(horizon, edit.target[2]),
    }
    if edit.resizes:
        return _("%(workshop)s makes %(pieces)s × %(part)s in the week of %(first)s.") % words
    if edit.to_workshop == edit.workshop:
        return (
            _("%(pieces)s × %(part)s at %(workshop)s move from the week of %(first)s to the week of %(then)s.") % words
        )
    if edit.target[2] == edit.first:
        return _("%(pieces)s × %(part)s of the week of %(first)s move from %(workshop)s to %(there)s.") % words
    return _("%(pieces)s × %(part)s move from %(workshop)s, week of %(first)s, to %(there)s, week of %(then)s.") % words


# ---- what they come to


def cost_sentences(result: Told) -> list[str]:
    """How much more or less it costs, who fares worse, and who gets more or less work."""
    more = result["after"] - result["before"]
    if abs(more) < RUPIAH:
        said = [_("The edited plan costs as much as this one.")]
    elif more > 0:
        said = [_("The edited plan costs %(rupiah)s more than this one.") % {"rupiah": money(more)}]
    else:
        said = [_("The edited plan costs %(rupiah)s less than this one.") % {"rupiah": money(-more)}]
    worse = sum(fares(row) == "worse" for row in result["orders"])
    if worse:
        said.append(
            ngettext("%(count)s order line fares worse.", "%(count)s order lines fare worse.", worse) % {"count": worse}
        )
    else:
        said.append(_("No order line fares worse."))
    less, gain = (sum(sign * (after - before) > 0 for _code, before, after in result["work"]) for sign in (-1, 1))
    if less or gain:
        said.append(_("Members with less work: %(less)s; with more: %(gain)s.") % {"less": less, "gain": gain})
    return said


def bound_sentence(result: Told) -> str:
    """What is proven of the edited plan's cost."""
    if result["gap"] <= OPTIMAL_GAP:
        return _("Proven: no plan with these edits costs less.")
    if not result["bound"]:
        return _("How near it is to the best plan with these edits is not known.")
    above = result["after"] / result["bound"] - 1
    words = {
        "bound": money(result["bound"]),
        "percent": percent_text(round(above, 6), 1 if above < 1 else 0, language()),
    }
    return _("Proven: no plan with these edits costs less than %(bound)s; this one at most %(percent)s more.") % words


def moving_sentence(result: Told) -> str:
    """Why the rest stays where it is, and what that costs."""
    words = {"moving": money(result["moving"]), "saved": money(result["after"] - result["cheapest"])}
    if result["after"] - result["cheapest"] > max(RUPIAH, WORTH_SAYING * result["after"]):
        return (
            _("Other lots stay unless moving a piece saves %(moving)s. Moving more lots would save %(saved)s.") % words
        )
    return _("Other lots stay unless moving a piece saves %(moving)s.") % words


def costs(result: Told) -> Table:
    table = Table(
        _("Cost by kind"),
        [
            Column(_("Kind")),
            Column(_("Before"), numeric=True),
            Column(_("After"), numeric=True),
            Column(_("Difference"), numeric=True),
        ],
    )
    for kind, before, after in result["cost"]:
        if max(before, after) > RUPIAH:
            table.add(cost_label(kind), money(before), money(after), signed_money(after - before))
    before, after = result["before"], result["after"]
    table.add(_("In all"), money(before), money(after), signed_money(after - before))
    return table


def fares(row: Sequence[Any]) -> str:
    """ "worse" or "better": missing pieces count first, then late ones, then the week of the last delivery."""
    _name, late, short, last, late_now, short_now, last_now = row
    for old, now in ((short, short_now), (late, late_now)):
        if abs(now - old) > PIECES:
            return "worse" if now > old else "better"
    return "worse" if (last_now if last_now is not None else 0) > (last if last is not None else 0) else "better"


def orders(result: Told, horizon: Horizon) -> Table:
    """Those that fare worse first."""
    table = Table(
        _("Orders that come earlier, later or short"),
        [Column(_("Order")), Column(_("What becomes of it")), Column(_("Before")), Column(_("After"))],
    )
    for row in sorted(result["orders"], key=lambda row: (fares(row) != "worse", row[0]))[:ORDERS_MAX]:
        name, worse = row[0], fares(row) == "worse"
        table.add(
            Cell(name, reverse("order", args=[name.rsplit("/", 1)[0]])),
            Cell(_("worse") if worse else _("better"), badge=badge(row) if worse else ""),
            fate(row[1:4], horizon),
            fate(row[4:7], horizon),
        )
    return table


def badge(row: Sequence[Any]) -> str:
    if row[5] > row[2] + PIECES:
        return "short"
    return "late" if row[4] > row[1] + PIECES else ""


def fate(one: Sequence[Any], horizon: Horizon) -> str:
    late, short, last = one
    words = []
    if last is not None:
        words.append(_("last in the week of %(day)s") % {"day": week(horizon, last)})
    if late > PIECES:
        words.append(_("%(pieces)s late") % {"pieces": quantity_text(late)})
    if short > PIECES:
        words.append(_("%(pieces)s not made") % {"pieces": quantity_text(short)})
    return ", ".join(words) or "–"


def work(result: Told, workshops: Mapping[str, Workshop]) -> Table:
    """Those who lose most hours first."""
    table = Table(
        _("Members with more or less work, in hours"),
        [
            Column(_("Workshop")),
            Column(_("Before"), numeric=True),
            Column(_("After"), numeric=True),
            Column(_("Difference"), numeric=True),
        ],
    )
    for code, before, after in most_changed(result["work"]):
        table.add(workshop_cell(code, workshops), hours(before), hours(after), signed(after - before, hours))
    return table


def lots(result: Told, workshops: Mapping[str, Workshop], horizon: Horizon, names: Mapping[str, str]) -> Table:
    table = Table(
        _("Lots that change"),
        [
            Column(_("Week of")),
            Column(_("Workshop")),
            Column(_("Part")),
            Column(_("Before"), numeric=True),
            Column(_("After"), numeric=True),
        ],
    )
    rows = sorted(result["lots"], key=lambda row: (row[2], row[0], row[1]))
    for part, code, period, before, after in rows[:LOTS_MAX]:
        place = workshop_cell(code, workshops)
        table.add(week(horizon, period), place, names.get(part, part), quantity_text(before), quantity_text(after))
    return table


def most_changed(rows: Sequence[Sequence[Any]]) -> list[Sequence[Any]]:
    """Those whose hours change most, in the order given."""
    bar = sorted((abs(row[2] - row[1]) for row in rows), reverse=True)[:WORK_MAX]
    return [row for row in rows if abs(row[2] - row[1]) >= bar[-1]][:WORK_MAX] if bar else []


def more_sentence(result: Told) -> str:
    """That more changes than is shown."""
    shown = (("orders", ORDERS_MAX), ("lots", LOTS_MAX), ("work", WORK_MAX))
    if all(len(result[name]) <= most for name, most in shown):
        return ""
    words = {"orders": len(result["orders"]), "lots": len(result["lots"]), "work": len(result["work"])}
    return (
        _("In all, %(orders)s order lines, %(lots)s lots and %(work)s members change; apply, then compare, to see all.")
        % words
    )


def workshop_cell(code: str, workshops: Mapping[str, Workshop]) -> Cell:
    row = workshops.get(code)
    return Cell(code) if row is None else Cell(f"{row.code} {row.name}", badge="simulated" if row.simulated else "")


def hours(value: float) -> str:
    return decimal_text(round(value, 1), 1, language())


def signed(value: float, words: Callable[[float], str]) -> str:
    return ("+" if value > 0 else "−") + words(abs(value))


# ---- why there is none


def impossible_sentences(
    result: Told, shown: Sequence[EditShown], horizon: Horizon, names: Mapping[str, str]
) -> list[str]:
    """Which edits can't hold together, and what would be missing."""
    numbers = [str(row.number) for row in shown if row.blamed]
    words = {"numbers": ", ".join(numbers)}
    if result["status"] == "impossible":
        said = ngettext(
            "No plan obeys edit %(numbers)s. Take it back or change it.",
            "No plan obeys edits %(numbers)s together. Take one of them back.",
            len(numbers),
        )
    else:
        said = ngettext(
            "No plan was found in time that obeys edit %(numbers)s. Take it back, or try again.",
            "No plan was found in time that obeys edits %(numbers)s together. Take one of them back, or try again.",
            len(numbers),
        )
    return [said % words, *(missing_sentence(row, horizon, names) for row in result["missing"])]


def missing_sentence(row: Sequence[Any], horizon: Horizon, names: Mapping[str, str]) -> str:
    if row[0] == "order":
        if row[2] is None:
            return _("Order %(order)s could not be delivered whole, as it must be.") % {"order": row[1]}
        words = {"order": row[1], "pieces": quantity_text(row[2])}
        return _("Order %(order)s must be delivered whole, but %(pieces)s pieces would be missing.") % words
    _kind, part, code, period, pieces = row
    facts = {"part": names.get(part, part), "workshop": code, "week": week(horizon, period)}
    if pieces is None:
        return _("%(part)s at %(workshop)s in the week of %(week)s: hours or parts are missing.") % facts
    return _("%(part)s at %(workshop)s in the week of %(week)s: hours or parts for %(pieces)s pieces are missing.") % (
        facts | {"pieces": quantity_text(pieces)}
    )
