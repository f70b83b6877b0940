"""The edits of a plan and what they come to as files, whole where a page shows the first rows only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from wadah.web.exports import FORMATS, file_answer
from wadah.web.views.manager.plans.edit_words import fares, fate

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from django.http import HttpRequest, HttpResponse

    from wadah.plans.rules import Horizon
    from wadah.register.models import Workshop
    from wadah.web.exports import Value
    from wadah.web.views.manager.plans.edit_words import EditShown

    Rows = list[Sequence[Value]]


@dataclass(frozen=True, slots=True)
class Worked:
    """All that the page of edits tells. result: what they come to, empty while that isn't known; workshops: by code."""

    run: int
    shown: Sequence[EditShown]
    result: Mapping[str, Any]
    horizon: Horizon
    names: Mapping[str, str]
    workshops: Mapping[str, Workshop]

    def named(self, code: str) -> str:
        row = self.workshops.get(code)
        return row.name if row is not None else ""


def file_asked(request: HttpRequest, worked: Worked) -> HttpResponse | None:
    """The file that the address asks for (`unduh`, `tabel`); None where it asks for the page."""
    kind, table = request.GET.get("unduh", ""), request.GET.get("tabel", "suntingan")
    if kind not in FORMATS or table not in TABLES:
        return None
    head, rows = TABLES[table](worked)
    return file_answer(kind, f"rencana-{worked.run}-{table}", head, rows)


def edits(worked: Worked) -> tuple[list[str], Rows]:
    head = [
        _("No."),
        _("Kind"),
        _("Workshop code"),
        _("Workshop"),
        _("Part code"),
        _("Part"),
        _("From the week of"),
        _("To the week of"),
        _("Pieces"),
        _("To workshop"),
        _("In the week of"),
        _("What it asks for"),
        _("Standing"),
        _("Who"),
        _("When"),
    ]
    return head, [edit_line(one, worked) for one in worked.shown]


def edit_line(one: EditShown, worked: Worked) -> Sequence[Value]:
    row, monday = one.row, worked.horizon.monday
    code = row.part.code if row.part else ""
    return [
        one.number,
        str(row.get_kind_display()),
        row.workshop.code,
        row.workshop.name,
        code,
        worked.names.get(code, ""),
        monday(row.first_period),
        monday(row.last_period),
        row.quantity,
        row.to_workshop.code if row.to_workshop else "",
        monday(row.to_period) if row.to_period is not None else None,
        one.sentence,
        standing_words(one),
        row.made_by.name,
        row.made_at,
    ]


def standing_words(one: EditShown) -> str:
    if not one.holds:
        return _("taken back")
    return _("no plan obeys it") if one.blamed else _("counts")


def lots(worked: Worked) -> tuple[list[str], Rows]:
    """Every lot that changes, by week."""
    head = [_("Week of"), _("Workshop code"), _("Workshop"), _("Part code"), _("Part"), _("Before"), _("After")]
    found = sorted(worked.result.get("lots", ()), key=lambda row: (row[2], row[0], row[1]))
    return head, [
        [worked.horizon.monday(period), code, worked.named(code), part, worked.names.get(part, ""), before, after]
        for part, code, period, before, after in found
    ]


def orders(worked: Worked) -> tuple[list[str], Rows]:
    """Every order line that fares otherwise, those that fare worse first."""
    head = [_("Order"), _("What becomes of it"), _("Before"), _("After")]
    found = sorted(worked.result.get("orders", ()), key=lambda row: (fares(row) != "worse", row[0]))
    return head, [
        [
            row[0],
            _("worse") if fares(row) == "worse" else _("better"),
            fate(row[1:4], worked.horizon),
            fate(row[4:7], worked.horizon),
        ]
        for row in found
    ]


def work(worked: Worked) -> tuple[list[str], Rows]:
    """Every member with more or less work, in hours."""
    head = [_("Workshop code"), _("Workshop"), _("Before"), _("After"), _("Difference")]
    return head, [
        [code, worked.named(code), before, after, after - before]
        for code, before, after in worked.result.get("work", ())
    ]


TABLES = {"suntingan": edits, "lot": lots, "pesanan": orders, "kerja": work}
