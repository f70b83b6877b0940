"""Sizes of a school or office, and the request that is made of them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from wadah.base.errors import Refused
from wadah.catalogue.saving import change_record
from wadah.demand.lines import LineAsked
from wadah.demand.models import Institution, RequestSize, SizeCount
from wadah.demand.rules.pasted import TEXT_MAX
from wadah.demand.selectors.schools import group_heads, groups_of, sizes_open
from wadah.demand.services.requests import request_receive
from wadah.demand.words import Channel, Group

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from wadah.accounts.models import User
    from wadah.catalogue.models import Part
    from wadah.demand.models import Request
    from wadah.register.models import Cooperative

PIECES_MAX = 100_000


@dataclass(frozen=True, slots=True)
class Size:
    """So many of a group wear this size; pieces ≥ 0."""

    group: str
    size: str
    pieces: int


@transaction.atomic
def sizes_put(
    *, institution: Institution, year: int, sizes: Sequence[Size], more: bool = False, by: User | None = None
) -> list[SizeCount]:
    """Writes the year's sizes in place of those that stand; 0 leaves a size out.

    more: more pieces than heads are meant, a spare one or two for each size, say.

    Raises
    ------
    Refused: a group that this institution hasn't, a size twice or without a name, or (unless `more`) more pieces of a
    group than it has heads.
    """
    institution = Institution.objects.select_for_update().get(pk=institution.pk)
    sizes_check(institution, year, sizes, more=more)
    old = told(SizeCount.objects.filter(institution=institution, year=year))
    SizeCount.objects.filter(institution=institution, year=year).delete()
    rows = SizeCount.objects.bulk_create(
        [
            SizeCount(
                institution=institution, year=year, group=row.group, size=row.size, place=place, pieces=row.pieces
            )
            for place, row in enumerate(sizes)
            if row.pieces
        ]
    )
    new = {**dict.fromkeys(old, None), **told(rows)}
    change_record(institution, by=by, act="sizes_put", old=old, new=new)
    return rows


def sizes_check(institution: Institution, year: int, sizes: Sequence[Size], *, more: bool) -> None:
    seen = set()
    totals: dict[str, int] = defaultdict(int)
    for row in sizes:
        words = {"size": row.size, "group": Group(row.group).label, "name": institution.name}
        if row.group not in groups_of(institution):
            raise Refused(_("%(name)s counts no %(group)s.") % words)
        if not row.size.strip() or (row.group, row.size) in seen:
            raise Refused(_("Each size stands once a group: “%(size)s” for %(group)s doesn't.") % words)
        if not 0 <= row.pieces <= PIECES_MAX:
            raise Refused(_("Size %(size)s for %(group)s: write a number from 0 to 100,000.") % words)
        seen.add((row.group, row.size))
        totals[row.group] += row.pieces
    heads = group_heads(institution, year)
    for group, pieces in totals.items():
        count = heads.get(group)
        if count is not None and pieces > count.heads and not more:
            told = {"pieces": str(pieces), "heads": str(count.heads), "group": str(Group(group).label)}
            raise Refused(
                _("%(pieces)s pieces for %(heads)s %(group)s. Correct a size, or tick that spare ones are meant.")
                % told,
                field="more",
            )


def told(rows: Iterable[SizeCount]) -> dict[str, str]:
    """ "sizes 2027 pupils" → "S 20, M 35", for the history."""
    found: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        found[f"sizes {row.year} {row.group}"].append(f"{row.size} {row.pieces}")
    return {name: ", ".join(sizes) for name, sizes in found.items()}


@transaction.atomic
def sizes_request(
    *,
    institution: Institution,
    year: int,
    cooperative: Cooperative,
    parts: Mapping[str, Part],
    wanted_on: date,
    note: str = "",
    by: User | None = None,
) -> Request:
    """Asks a cooperative for all sizes that no request has asked for yet, of the groups in `parts` (group → cloth).

    One line a group; the sizes are frozen with the request, and printed on the papers that follow.

    Raises
    ------
    Refused: nobody may order for the institution yet, or nothing is left to ask for.
    """
    institution = Institution.objects.select_for_update(of=("self",)).select_related("buyer").get(pk=institution.pk)
    if institution.buyer is None:
        raise Refused(_("%(name)s has no account to order with yet. Ask the city's officer.") % named(institution))
    rows = [row for row in sizes_open(institution, year) if row.group in parts]
    if not rows:
        raise Refused(
            _("All sizes that are written down have been asked for. Write down more, or choose another group.")
        )
    lines, texts = [], []
    for group, part in parts.items():
        own = [row for row in rows if row.group == group]
        if own:
            text = f"{part.name}, {Group(group).label}: " + ", ".join(f"{row.size} {row.pieces}" for row in own)
            lines.append(LineAsked(text[:TEXT_MAX], sum(row.pieces for row in own), wanted_on, part))
            texts.append(text)
    request = request_receive(
        buyer=institution.buyer,
        cooperative=cooperative,
        channel=Channel.FORM,
        lines=lines,
        note=note,
        text="\n".join(texts),
        simulated=institution.buyer.simulated,
        by=by,
    )
    RequestSize.objects.bulk_create(
        [
            RequestSize(request=request, year=year, group=row.group, size=row.size, place=row.place, pieces=row.pieces)
            for row in rows
        ]
    )
    return request


def named(institution: Institution) -> dict[str, str]:
    return {"name": institution.name}
