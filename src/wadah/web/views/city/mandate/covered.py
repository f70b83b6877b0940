"""Wajib batik: who isn't covered? Asked, ordered, received and left, by kelurahan and by institution."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wadah.demand.selectors import institutions_listed
from wadah.demand.words import Level
from wadah.ledger.selectors.mandate import (
    covered_by_area,
    covered_by_institution,
    for_all_simulated,
    small_buying,
    together,
)
from wadah.register.selectors import districts_named
from wadah.units import number_text, rupiah_text
from wadah.web.access import OFFICER, access
from wadah.web.exports import FORMATS, file_answer
from wadah.web.lists import ListColumn, ListFilter, Listing, list_page
from wadah.web.tables import Cell, Column, Table
from wadah.web.views.school.common import year_now
from wadah.web.words import language, share_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from django.db.models import QuerySet
    from django.http import HttpRequest, HttpResponse

    from wadah.demand.models import Institution
    from wadah.demand.rules.public import SmallBuying
    from wadah.ledger.selectors.mandate import AreaCovered, Covered
    from wadah.web.exports import Value

YEARS_BACK, YEARS_AHEAD = 2, 2
NONE, PART, ALL, UNCOUNTED = "belum", "sebagian", "lengkap", "belum-dihitung"


def year_of(request: HttpRequest) -> int:
    """`tahun` of the address; the year that one orders for today where it isn't one of those offered."""
    asked = request.GET.get("tahun", "")
    return int(asked) if asked in dict(years()) else year_now()


def years() -> list[tuple[str, str]]:
    now = year_now()
    return [(str(year), str(year)) for year in range(now - YEARS_BACK, now + YEARS_AHEAD + 1)]


@access(OFFICER)
def mandate(request: HttpRequest) -> HttpResponse:
    """The city's year in one sentence, then kelurahan by kelurahan, the most left to order first."""
    year = year_of(request)
    covered = covered_by_institution(year)
    areas = covered_by_area(year, covered)
    kind = request.GET.get("unduh", "")
    if kind in FORMATS:
        return file_answer(kind, f"wajib-batik-{year}", heads(), (values(row) for row in areas))
    buying = small_buying(year)
    context = {
        "year": year,
        "years": years(),
        "all": together(covered.values()),
        "for_all": sum(row.for_all for row in areas),
        "made_up": for_all_simulated(year),
        "sentence": sentence(year, covered),
        "table": table(areas, year),
        "files": [(name, f"tahun={year}&unduh={name}") for name in FORMATS],
        "small": small_lines(buying, year),
    }
    return render(request, "city/mandate.html", context)


def sentence(year: int, covered: Mapping[int, Covered]) -> str:
    """Who isn't covered, in words."""
    rows = [row for row in covered.values() if row.counted and row.duty]
    if not rows:
        return _("No institution with heads and a rule for %(year)s is known yet.") % {"year": year}
    city = together(rows)
    words = {
        "year": year,
        "left": pieces(sum(row.obliged_left for row in rows)),
        "duty": pieces(city.obliged),
        "none": pieces(sum(1 for row in rows if not row.ordered)),
        "all": pieces(len(rows)),
    }
    return (
        _("%(none)s of %(all)s have ordered nothing for %(year)s; of a duty of %(duty)s pieces %(left)s are left.")
        % words
    )


def small_lines(buying: Mapping[int, SmallBuying], year: int) -> list[str]:
    """How the share for small firms stands over all institutions: reached, missing, not known."""
    stated = [row for row in buying.values() if row.budget is not None]
    reached = [row for row in stated if row.missing == 0]
    short = [row for row in stated if row.missing]
    bought = sum(row.bought for row in buying.values())
    lines = [
        _("Bought from cooperatives in %(year)s: %(bought)s.") % {"year": year, "bought": rupiah_text(bought)},
        _("%(stated)s of %(all)s institutions have stated a budget; of the others no share is known.")
        % {"stated": pieces(len(stated)), "all": pieces(len(buying))},
    ]
    if stated:
        words = {
            "reached": pieces(len(reached)),
            "short": pieces(len(short)),
            "missing": rupiah_text(sum(row.missing or 0 for row in short)),
        }
        lines.append(_("Of these %(reached)s reach the share; %(short)s miss %(missing)s at most.") % words)
    return lines


def heads() -> list[str]:
    return [
        _("Kelurahan"),
        _("Kecamatan"),
        _("Institutions"),
        _("Heads"),
        _("Duty"),
        _("Scenario"),
        _("Ordered"),
        _("Ordered for the area"),
        _("Received"),
        _("Left to order"),
    ]


def values(row: AreaCovered) -> list[Value]:
    covered = row.covered
    return [
        row.area.name_spaced,
        row.area.parent.name_spaced if row.area.parent else "",
        row.institutions,
        covered.heads,
        covered.obliged,
        covered.scenario,
        covered.ordered,
        row.for_all,
        covered.received,
        row.to_order,
    ]


def table(rows: Iterable[AreaCovered], year: int) -> Table:
    names = heads()
    numeric = [Column(name, numeric=place > 1) for place, name in enumerate(names)]
    made = Table(_("By kelurahan, the most left first"), numeric)
    for row in rows:
        shown = values(row)
        url = f"{reverse('mandate_institutions')}?tahun={year}&q={row.area.name_spaced.replace(' ', '+')}"
        first = Cell(str(shown[0]), url if row.institutions else "")
        made.add(first, str(shown[1] or "–"), *(pieces(int(value)) for value in shown[2:]))  # type: ignore[arg-type]
    return made


def pieces(count: int) -> str:
    return number_text(count, language())


@access(OFFICER)
def mandate_institutions(request: HttpRequest) -> HttpResponse:
    year = year_of(request)
    covered = covered_by_institution(year)
    rows = institutions_listed().select_related("area__parent")
    return list_page(request, listing(covered, small_buying(year)), rows, template="city/mandate_list.html", year=year)


def listing(covered: Mapping[int, Covered], buying: Mapping[int, SmallBuying]) -> Listing:
    """The list of institutions; the figures of a year stand beside the rows, worked out once."""
    return Listing(
        "wajib-batik-lembaga",
        gettext_lazy("Who isn't covered?"),
        [*who_columns(), *figure_columns(covered), *small_columns(buying), counted_column(covered)],
        search=searched,
        filters=filters(covered),
        empty=gettext_lazy("No school or office is known yet. The mandate counts their heads."),
    )


def who_columns() -> list[ListColumn]:
    return [
        ListColumn(
            "nama",
            gettext_lazy("Name"),
            text=lambda row: row.name,
            sort=("name",),
            url=lambda row: reverse("institution", args=[row.code]),
        ),
        ListColumn("kode", gettext_lazy("Code"), text=lambda row: row.code, sort=("code",), hidden=True),
        ListColumn("jenjang", gettext_lazy("Level"), text=lambda row: row.get_level_display(), sort=("level",)),
        ListColumn("wilayah", gettext_lazy("Kelurahan"), text=lambda row: row.area.name_spaced, sort=("area__name",)),
        ListColumn(
            "kecamatan",
            gettext_lazy("Kecamatan"),
            text=lambda row: row.area.parent.name_spaced if row.area.parent else "–",
            hidden=True,
        ),
    ]


def figure_columns(covered: Mapping[int, Covered]) -> list[ListColumn]:
    def figure(key: str, label: Any, name: str) -> ListColumn:
        return ListColumn(
            key,
            label,
            text=lambda row: pieces(getattr(covered[row.pk], name)),
            value=lambda row: getattr(covered[row.pk], name),
            numeric=True,
        )

    return [
        figure("kepala", gettext_lazy("Heads"), "heads"),
        figure("wajib", gettext_lazy("Duty"), "obliged"),
        figure("skenario", gettext_lazy("Scenario"), "scenario"),
        figure("dipesan", gettext_lazy("Ordered"), "ordered"),
        figure("diterima", gettext_lazy("Received"), "received"),
        figure("sisa", gettext_lazy("Left to order"), "to_order"),
    ]


def small_columns(buying: Mapping[int, SmallBuying]) -> list[ListColumn]:
    """In files only."""
    return [
        ListColumn(
            "kecil",
            gettext_lazy("Small firms' share"),
            text=lambda row: small_text(buying.get(row.pk)),
            hidden=True,
        ),
        ListColumn(
            "kurang",
            gettext_lazy("Rupiah missing to the share"),
            text=lambda row: "",
            value=lambda row: missing(buying.get(row.pk)),
            hidden=True,
        ),
    ]


def counted_column(covered: Mapping[int, Covered]) -> ListColumn:
    return ListColumn(
        "catatan",
        gettext_lazy("Counted"),
        text=lambda row: _("by itself") if covered[row.pk].counted else _("in another row"),
    )


def missing(row: SmallBuying | None) -> int | None:
    return row.missing if row else None


def small_text(row: SmallBuying | None) -> str:
    if row is None or row.share is None:
        return _("not known")
    share = share_text(row.share)
    return share if row.elsewhere is not None else _("at least %(share)s") % {"share": share}


def searched(rows: QuerySet[Institution], text: str) -> QuerySet[Institution]:
    area = Q(area__name__icontains=text) | Q(area__name_spaced__icontains=text)
    return rows.filter(Q(name__icontains=text) | Q(code__icontains=text) | area)


def filters(covered: Mapping[int, Covered]) -> list[ListFilter]:
    return [
        ListFilter(
            "tahun", gettext_lazy("Year"), choices=years, narrow=lambda rows, value: rows, initial=str(year_now())
        ),
        ListFilter(
            "keadaan",
            gettext_lazy("Standing"),
            choices=lambda: [
                (NONE, _("nothing ordered")),
                (PART, _("ordered in part")),
                (ALL, _("all ordered")),
                (UNCOUNTED, _("heads not counted")),
            ],
            narrow=lambda rows, value: rows.filter(pk__in=standing(covered, value)),
        ),
        ListFilter(
            "jenjang",
            gettext_lazy("Level"),
            choices=lambda: Level.choices,
            narrow=lambda rows, value: rows.filter(level=value),
        ),
        ListFilter(
            "kecamatan",
            gettext_lazy("Kecamatan"),
            choices=districts_named,
            narrow=lambda rows, value: rows.filter(Q(area__code=value) | Q(area__parent__code=value)),
        ),
    ]


def standing(covered: Mapping[int, Covered], value: str) -> list[int]:
    """Ids of the institutions that stand so."""
    return [key for key, row in covered.items() if stands(row, value)]


def stands(row: Covered, value: str) -> bool:
    if value == UNCOUNTED:
        return not row.heads
    if value == NONE:
        return bool(row.duty) and not row.ordered
    if value == PART:
        return bool(row.ordered) and bool(row.to_order)
    return bool(row.duty) and not row.to_order
