"""Lists that people search, filter, sort, page through and take home as Excel or CSV: one way for every object.

A view describes its list once and hands over rows that are already narrowed to what the person may see:

    LISTING = Listing("anggota", _("Members"), [ListColumn("name", _("Name"), text=lambda row: row.ikm.name, ...)])
    return list_page(request, LISTING, rows, add=reverse("member_add"))

Parameters of the address: `q` what is searched, `urut` the column sorted by ("-" before it: backwards), `page`, one
for each filter by its key, and `unduh=xlsx|csv` for the whole list as a file, filtered as it is shown.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.shortcuts import render

from wadah.web.exports import FORMATS, file_answer
from wadah.web.tables import Cell, Column, Table

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from django.db.models import QuerySet
    from django.http import HttpRequest, HttpResponse
    from django.utils.functional import _StrPromise

    from wadah.web.exports import Value

    Words = str | _StrPromise

PAGE_ROWS = 50


@dataclass(frozen=True, slots=True)
class ListColumn:
    """key: its name in addresses and files; text: what is shown of a row, already written for people.

    value: what goes into a file (number, date or text; the text shown where left out); sort: the columns of the
    database to order by, none where the list can't be sorted by it; url, badge: of the cell; hidden: in files only;
    screen: on pages only.
    """

    key: str
    label: Words
    text: Callable[[Any], str]
    value: Callable[[Any], Value] | None = None
    numeric: bool = False
    sort: tuple[str, ...] = ()
    url: Callable[[Any], str] | None = None
    badge: Callable[[Any], str] | None = None
    hidden: bool = False
    screen: bool = False


@dataclass(frozen=True, slots=True)
class ListFilter:
    """A choice above the list. choices: (value in the address, words) made for the request; narrow: rows of a value.

    initial: the value that holds while none is asked for; "" is everything.
    """

    key: str
    label: Words
    choices: Callable[[], Sequence[tuple[str, Words]]]
    narrow: Callable[[QuerySet[Any], str], QuerySet[Any]]
    initial: str = ""


@dataclass(frozen=True, slots=True)
class Listing:
    """name: of the file that is downloaded; caption: what the list answers; search: rows that hold a text.

    empty: one sentence why there is nothing, shown while the list has no row at all.
    """

    name: str
    caption: Words
    columns: Sequence[ListColumn]
    search: Callable[[QuerySet[Any], str], QuerySet[Any]] | None = None
    filters: Sequence[ListFilter] = ()
    empty: Words = ""


@dataclass(slots=True)
class Asked:
    """What the address asks of a list; unknown values count as not asked."""

    text: str
    sort: str
    chosen: dict[str, str] = field(default_factory=dict)

    def query(self, **other: str) -> str:
        """The address's parameters with some changed, as "a=b&c=d"; empty ones are left out."""
        values = {"q": self.text, "urut": self.sort, **self.chosen, **other}
        return urlencode({key: value for key, value in values.items() if value})


def asked_of(request: HttpRequest, listing: Listing) -> Asked:
    sorts = {sign + column.key for column in listing.columns if column.sort for sign in ("", "-")}
    sort = request.GET.get("urut", "")
    chosen = {}
    for filter_ in listing.filters:
        known = {value for value, _words in filter_.choices()} | {"semua"}
        value = request.GET.get(filter_.key, filter_.initial)
        chosen[filter_.key] = value if value in known else filter_.initial
    text = " ".join(request.GET.get("q", "").split())[:80] if listing.search else ""
    return Asked(text, sort if sort in sorts else "", chosen)


def rows_asked(listing: Listing, rows: QuerySet[Any], asked: Asked) -> QuerySet[Any]:
    """The rows searched, filtered and sorted; "semua" as a filter's value takes that filter away."""
    if asked.text and listing.search:
        rows = listing.search(rows, asked.text)
    for filter_ in listing.filters:
        value = asked.chosen[filter_.key]
        if value and value != "semua":
            rows = filter_.narrow(rows, value)
    if asked.sort:
        column = next(column for column in listing.columns if column.key == asked.sort.lstrip("-"))
        sign = "-" if asked.sort.startswith("-") else ""
        rows = rows.order_by(*(sign + name for name in column.sort), "pk")
    return rows


def list_page(
    request: HttpRequest,
    listing: Listing,
    rows: QuerySet[Any],
    *,
    template: str = "lists/list.html",
    add: str = "",
    imports: str = "",
    **context: Any,
) -> HttpResponse:
    """The page of a list, or the list as a file.

    rows: what the person may see, in the order to show while none is asked for; add, imports: addresses of the form
    that makes one and of the importer, empty where the person has none; context: whatever else the template shows.
    """
    asked = asked_of(request, listing)
    found = rows_asked(listing, rows, asked)
    kind = request.GET.get("unduh", "")
    if kind in FORMATS:
        head = [str(column.label) for column in listing.columns if not column.screen]
        return file_answer(kind, listing.name, head, (values(listing, row) for row in found))
    page = Paginator(found, PAGE_ROWS).get_page(request.GET.get("page"))
    shown = {
        "listing": listing,
        "table": table(listing, page.object_list, asked),
        "page": page,
        "asked": asked,
        "searched": listing.search is not None,  # a template would call the function itself
        "query": asked.query() + ("&" if asked.query() else ""),
        "filters": [(filter_, filter_.choices(), asked.chosen[filter_.key]) for filter_ in listing.filters],
        "files": [(kind, asked.query(unduh=kind)) for kind in FORMATS],
        "empty": page.paginator.count == 0 and not rows[:1],
        "add": add,
        "imports": imports,
    }
    return render(request, template, shown | context)


def values(listing: Listing, row: Any) -> list[Value]:
    columns = (column for column in listing.columns if not column.screen)
    return [column.value(row) if column.value else column.text(row) for column in columns]


def table(listing: Listing, rows: Any, asked: Asked) -> Table:
    """The rows of one page; a heading that can be sorted by leads to the list sorted so."""
    columns = [column for column in listing.columns if not column.hidden]
    made = Table(
        str(listing.caption),
        [Column(str(column.label), column.numeric, *sorting(column, asked)) for column in columns],
    )
    for row in rows:
        made.add(*(cell(column, row) for column in columns))
    return made


def sorting(column: ListColumn, asked: Asked) -> tuple[str, str]:
    """Where its heading leads, and how the list is sorted by it now (the words of aria-sort)."""
    if not column.sort:
        return "", ""
    following = f"-{column.key}" if asked.sort == column.key else column.key
    order = {column.key: "ascending", f"-{column.key}": "descending"}.get(asked.sort, "")
    return "?" + asked.query(urut=following), order


def cell(column: ListColumn, row: Any) -> Cell:
    return Cell(column.text(row), column.url(row) if column.url else "", column.badge(row) if column.badge else "")
