"""Whether an edit can be meant at all, said in words before anything is planned. Each check raises Refused.

What only a search can tell (parts that go into a lot come too late, hours that other promises need) is left to it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from wadah.base.errors import Refused
from wadah.plans.edits.rules import FORBID, MOVE, OUT, PIECES, PIN, changes_of
from wadah.units import date_text, decimal_text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from wadah.plans.edits.rules import Edit, Ground, Key

HOURS = 1e-6


def edit_check(edit: Edit, ground: Ground) -> None:
    """Raises Refused, at the field that is at fault, where the edit can't be meant."""
    weeks_check(edit, ground)
    for number, other in ground.standing:
        if other == edit:
            raise Refused(_("That edit is there already: number %(number)s.") % {"number": number})
    if edit.kind in (PIN, MOVE):
        lot_check(edit, ground)
    if edit.kind in (FORBID, OUT):
        barring_check(edit, ground)
    if edit.kind == PIN:
        room_check(edit.lot, ground, "first_period")
        moved_away_check(edit, ground)
    if edit.kind == MOVE:
        move_check(edit, ground)


# ---- words


def language() -> str:
    return "en" if (get_language() or "id").startswith("en") else "id"


def pieces_text(pieces: float) -> str:
    return decimal_text(round(pieces, 2), 2, language())


def words_of(key: Key, ground: Ground) -> dict[str, str]:
    part, workshop, period = key
    return {
        "part": ground.names.get(part, part),
        "workshop": workshop,
        "week": date_text(ground.horizon.monday(period), language()),
    }


# ---- weeks and lots


def weeks_check(edit: Edit, ground: Ground) -> None:
    if edit.last < edit.first:
        raise Refused(_("The last week is before the first one."), field="last_period")
    asked = {"first_period": edit.first, "last_period": edit.last}
    if edit.to_period is not None:
        asked["to_period"] = edit.to_period
    for field, period in asked.items():
        if not 0 <= period < ground.horizon.weeks:
            raise Refused(_("That week isn't in this plan."), field=field)
        if period < ground.now:
            day = date_text(ground.horizon.monday(period), language())
            raise Refused(_("The week of %(day)s is over. Choose a later one.") % {"day": day}, field=field)


def lot_check(edit: Edit, ground: Ground) -> None:
    if ground.lots.get(edit.lot, 0.0) <= 0:
        raise Refused(
            _("%(workshop)s makes no %(part)s in the week of %(week)s in this plan.") % words_of(edit.lot, ground),
            field="first_period",
        )


def room_check(key: Key, ground: Ground, field: str) -> None:
    """No other edit leaves no room there."""
    for number, other in ground.standing:
        if other.bars(key):
            words = words_of(key, ground) | {"number": str(number)}
            raise Refused(
                _("Edit %(number)s lets %(workshop)s make no %(part)s in the week of %(week)s. Take it back first.")
                % words,
                field=field,
            )


def moved_away_check(edit: Edit, ground: Ground) -> None:
    for number, other in ground.standing:
        if other.kind == MOVE and other.lot == edit.lot:
            raise Refused(
                _("Edit %(number)s changes this lot, so it can't stay as it is. Take that back first.")
                % {"number": number},
                field="first_period",
            )


# ---- a part not made, a workshop away


def barring_check(edit: Edit, ground: Ground) -> None:
    able = ground.problem.capability
    if edit.kind == FORBID and (edit.part, edit.workshop) not in able:
        raise Refused(
            _("%(workshop)s makes no %(part)s anyway: there is no approval or no rate.")
            % words_of((edit.part, edit.workshop, edit.first), ground),
            field="part",
        )
    for row in ground.problem.committed:
        key = (row.part, row.workshop, row.period)
        if row.quantity > 0 and edit.bars(key):
            words = words_of(key, ground) | {"pieces": pieces_text(row.quantity)}
            raise Refused(
                _("%(pieces)s × %(part)s at %(workshop)s in the week of %(week)s are promised or kept. They stay.")
                % words,
                field="first_period",
            )
    for number, other in ground.standing:
        if any(edit.bars(key) for key in other.asks_for()):
            raise Refused(
                _("Edit %(number)s asks for a lot that this one forbids. Take that back first.") % {"number": number},
                field="first_period",
            )


# ---- moves


def move_check(edit: Edit, ground: Ground) -> None:
    quantity_check(edit, ground)
    maker_check(edit, ground)
    room_check(edit.target, ground, "to_workshop")
    source_check(edit, ground)
    sizes_check(edit, ground)


def quantity_check(edit: Edit, ground: Ground) -> None:
    assert edit.quantity is not None
    lot = ground.lots[edit.lot]
    if edit.quantity <= 0:
        raise Refused(_("Write how many pieces, more than 0."), field="quantity")
    if ground.problem.part[edit.part].integer and abs(edit.quantity - round(edit.quantity)) > PIECES:
        raise Refused(_("This part is made in whole pieces."), field="quantity")
    if edit.resizes:
        if abs(edit.quantity - lot) <= PIECES:
            raise Refused(_("The lot has %(pieces)s pieces already.") % {"pieces": pieces_text(lot)}, field="quantity")
        return
    gone = sum(other.quantity or 0.0 for _number, other in moves_of(edit.lot, ground))
    if edit.quantity > lot - gone + PIECES:
        words = {"pieces": pieces_text(lot), "left": pieces_text(max(0.0, lot - gone))}
        if gone > 0:
            raise Refused(
                _("The lot has %(pieces)s pieces and other edits move some: only %(left)s can go.") % words,
                field="quantity",
            )
        raise Refused(_("The lot has only %(pieces)s pieces.") % words, field="quantity")


def moves_of(lot: Key, ground: Ground) -> Iterable[tuple[int, Edit]]:
    """Moves out of a lot, and not just into another size."""
    return [(n, other) for n, other in ground.standing if other.kind == MOVE and not other.resizes and other.lot == lot]


def maker_check(edit: Edit, ground: Ground) -> None:
    """Somebody there may make it, in that week."""
    row = ground.problem.capability.get((edit.part, edit.to_workshop))
    words = words_of(edit.target, ground)
    if row is None:
        raise Refused(
            _("%(workshop)s can't make %(part)s: this plan knows no approval or no rate. Record it, then plan again.")
            % words,
            field="to_workshop",
        )
    if row.max_per_period is not None and row.max_per_period[edit.target[2]] <= 0:
        raise Refused(
            _("%(workshop)s may not make %(part)s in the week of %(week)s: the approval or licence doesn't hold then.")
            % words,
            field="to_period",
        )


def source_check(edit: Edit, ground: Ground) -> None:
    """No other edit holds the lot, and what is promised stays."""
    for number, other in ground.standing:
        if other.kind == PIN and other.lot == edit.lot:
            raise Refused(_("Edit %(number)s keeps this lot. Take that back first.") % {"number": number})
        same = other.kind == MOVE and (other.lot == edit.lot or other.target == edit.lot)
        if same and (edit.resizes or other.resizes):
            raise Refused(_("Edit %(number)s changes this lot already. Take that back first.") % {"number": number})


def sizes_check(edit: Edit, ground: Ground) -> None:
    """Lots as they would be: smallest and largest ones, promises, and the hours of all that must be there."""
    from wadah.planning.repair.wishes import wanted

    edits = [*(other for _number, other in ground.standing), edit]
    wish = wanted(ground.problem, dict(ground.lots), [change for one in edits for change in changes_of(one)])
    if not edit.resizes:
        rest_check(edit, ground, wish.most[edit.lot])
    target_check(edit, ground, wish.fewest[edit.target])
    hours_check(edit, ground, wish.fewest)


def promised(key: Key, ground: Ground) -> float:
    return sum(row.quantity for row in ground.problem.committed if (row.part, row.workshop, row.period) == key)


def rest_check(edit: Edit, ground: Ground, left: float) -> None:
    """What stays of the lot is nothing, or large enough, and holds what is promised."""
    least = ground.problem.capability[edit.part, edit.workshop].min_lot
    kept = promised(edit.lot, ground)
    words = words_of(edit.lot, ground) | {"left": pieces_text(left), "least": pieces_text(least)}
    if left < kept - PIECES:
        words["pieces"] = pieces_text(kept)
        raise Refused(_("%(pieces)s pieces of this lot are promised or kept. They stay.") % words, field="quantity")
    if PIECES < left < least - PIECES and kept <= 0:
        raise Refused(
            _("Only %(left)s pieces would stay, but %(workshop)s makes at least %(least)s at once. Move all, or fewer.")
            % words,
            field="quantity",
        )


def target_check(edit: Edit, ground: Ground, pieces: float) -> None:
    row = ground.problem.capability[edit.part, edit.to_workshop]
    most = None if row.max_per_period is None else row.max_per_period[edit.target[2]]
    words = words_of(edit.target, ground) | {"pieces": pieces_text(pieces), "least": pieces_text(row.min_lot)}
    if pieces < row.min_lot - PIECES:
        raise Refused(
            _("%(workshop)s makes at least %(least)s × %(part)s at once, and that would be %(pieces)s.") % words,
            field="quantity",
        )
    if most is not None and pieces > most + PIECES:
        raise Refused(
            _("%(workshop)s makes at most %(most)s × %(part)s a week, and that would be %(pieces)s.")
            % (words | {"most": pieces_text(most)}),
            field="quantity",
        )
    if pieces < promised(edit.target, ground) - PIECES:
        words["pieces"] = pieces_text(promised(edit.target, ground))
        raise Refused(_("%(pieces)s pieces of this lot are promised or kept. They stay.") % words, field="quantity")


def hours_check(edit: Edit, ground: Ground, fewest: dict[Key, float]) -> None:
    """The hours there then hold what edits and promises ask for."""
    _part, name, period = edit.target
    need = {key: pieces for key, pieces in fewest.items() if key[1:] == (name, period)}
    for row in ground.problem.committed:
        key = (row.part, row.workshop, row.period)
        if key[1:] == (name, period):
            need[key] = max(need.get(key, 0.0), promised(key, ground))
    rows = ground.problem.capability
    hours = sum(rows[key[:2]].setup_hours + rows[key[:2]].hours_per_unit * x for key, x in need.items() if x > 0)
    workshop = ground.problem.workshop[name]
    have = workshop.hours[period] + workshop.overtime_hours[period]
    if hours > have + HOURS * max(1.0, have):
        words = words_of(edit.target, ground)
        words |= {key: decimal_text(round(x, 1), 1, language()) for key, x in (("have", have), ("need", hours))}
        raise Refused(
            _("%(workshop)s has %(have)s hours in the week of %(week)s, overtime included. This takes %(need)s.")
            % words,
            field="to_period",
        )
