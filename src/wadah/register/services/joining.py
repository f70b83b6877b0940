"""Many firms at once: what registering, joining and opening a workshop do one by one, in few queries."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db import transaction

from wadah.base.errors import Refused
from wadah.base.history import history_keep, history_line, history_values
from wadah.register.models import Cooperative, Ikm, Membership, Workshop
from wadah.register.services.makers import (
    IKM_COLUMNS,
    IKM_TOLD,
    WORKSHOP_COLUMNS,
    WORKSHOP_TOLD,
    firm_facts,
    place_check,
    taken_text,
)
from wadah.register.services.saving import columns_set, rows_save_new

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from django.db.models import Model

    from wadah.accounts.models import User
    from wadah.base.models import Change
    from wadah.register.models import Subsector


@dataclass(slots=True)
class Newcomer:
    """A firm with its first workshop, if any. firm: columns of IKM_COLUMNS; code, workshop: of the workshop, as
    `workshop_open` has them; opens: whether there is one."""

    firm: dict[str, Any]
    joined_on: date
    subsectors: Sequence[Subsector] = ()
    code: str = ""
    workshop: dict[str, Any] = field(default_factory=dict)
    opens: bool = False


@transaction.atomic
def newcomers_join(*, cooperative: Cooperative, rows: Sequence[Newcomer], by: User | None = None) -> list[Model]:
    """Registers each firm as `ikm_register` does, as a member by `membership_open`, with its workshop by
    `workshop_open`. All rows that were made: firms, their trades, memberships, workshops.

    Raises
    ------
    Refused, IntegrityError, DataError: the first that is refused; those services say in words why.
    """
    Cooperative.objects.select_for_update().get(pk=cooperative.pk)
    firms = rows_save_new([firm_of(row) for row in rows])
    through = Ikm.subsectors.through
    pairs = zip(firms, rows, strict=True)
    trades = through.objects.bulk_create(
        [through(ikm=firm, subsector=trade) for firm, row in pairs for trade in dict.fromkeys(row.subsectors)]
    )
    members = rows_save_new(
        [
            Membership(cooperative=cooperative, ikm=firm, role=Membership.Role.MEMBER, joined_on=row.joined_on)
            for firm, row in zip(firms, rows, strict=True)
        ]
    )
    workshops = workshops_open([(firm, row) for firm, row in zip(firms, rows, strict=True) if row.opens])
    if by:
        history_keep(lines_of(firms, members, workshops, by))
    return [*firms, *trades, *members, *workshops]


def firm_of(row: Newcomer) -> Ikm:
    ikm = Ikm()
    columns_set(ikm, firm_facts(row.firm), IKM_COLUMNS)
    return ikm


def workshops_open(rows: Sequence[tuple[Ikm, Newcomer]]) -> list[Workshop]:
    taken = Workshop.objects.filter(code__in=[row.code for _firm, row in rows]).values_list("code", flat=True).first()
    if taken is not None:
        raise Refused(taken_text(taken))
    workshops = []
    for firm, row in rows:
        workshop = Workshop(ikm=firm, code=row.code)
        place_check(row.workshop.get("lat"), row.workshop.get("lng"))
        columns_set(workshop, {"area": firm.area, **row.workshop}, WORKSHOP_COLUMNS)
        workshops.append(workshop)
    return rows_save_new(workshops)


def lines_of(
    firms: Sequence[Ikm], members: Sequence[Membership], workshops: Sequence[Workshop], by: User
) -> list[Change]:
    """What history says of newcomers, firm by firm."""
    opened = {workshop.ikm_id: workshop for workshop in workshops}
    lines = []
    for firm, member in zip(firms, members, strict=True):
        lines.append(history_line(user=by, act="ikm_register", row=firm, new=history_values(firm, IKM_TOLD)))
        told = history_values(member, ("joined_on", "role"))
        lines.append(history_line(user=by, act="membership_open", row=member, new=told))
        workshop = opened.get(firm.pk)
        if workshop is not None:
            told = history_values(workshop, WORKSHOP_TOLD)
            lines.append(history_line(user=by, act="workshop_open", row=workshop, new=told))
    return lines
