"""The tables of a comparison of two plans, and what it says in sentences."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wadah.units import date_text, decimal_text, rupiah_of
from wadah.web.lists import ListColumn
from wadah.web.tables import Column, Table
from wadah.web.views.manager.plans.tables import cost_label, money
from wadah.web.words import language, part_name, quantity_text

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from wadah.plans.comparison import Comparison, LineChange, LineFate

RUPIAH = 0.5
BADGES = {"short": "short", "gone": "short", "later": "late"}


@dataclass(frozen=True)
class Made:
    """A list of the comparison: its caption, columns and rows."""

    caption: str
    columns: list[ListColumn]
    rows: Sequence[Any]


def costs(found: Comparison) -> Table:
    table = Table(
        _("Cost by kind"),
        [
            Column(_("Kind")),
            Column(_("Before"), numeric=True),
            Column(_("After"), numeric=True),
            Column(_("Difference"), numeric=True),
        ],
    )
    for row in found.costs:
        table.add(cost_label(row.kind), money(row.before), money(row.after), signed_money(row.after - row.before))
    table.add(_("In all"), money(found.before), money(found.after), signed_money(found.after - found.before))
    return table


def signed_money(rupiah: float) -> str:
    if abs(rupiah) < RUPIAH:
        return money(0)
    return ("+" if rupiah > 0 else "−") + money(abs(rupiah))


def sentences(found: Comparison) -> list[str]:
    """What differs, most important first."""
    more = found.after - found.before
    if abs(more) < RUPIAH:
        said = [_("Both plans cost the same.")]
    elif more > 0:
        said = [_("This plan costs %(rupiah)s more.") % {"rupiah": money(more)}]
    else:
        said = [_("This plan costs %(rupiah)s less.") % {"rupiah": money(-more)}]
    worse, better = found.count("later", "short", "gone"), found.count("earlier", "fuller", "new")
    if not worse and not better:
        said.append(_("Every order line comes as before."))
    if worse:
        said.append(
            ngettext("%(count)s order line fares worse.", "%(count)s order lines fare worse.", worse) % {"count": worse}
        )
    if better:
        said.append(
            ngettext("%(count)s order line fares better.", "%(count)s order lines fare better.", better)
            % {"count": better}
        )
    less, gain = (sum(sign * (row.after - row.before) > 0 for row in found.work) for sign in (-1, 1))
    if less or gain:
        said.append(_("Members with less work: %(less)s; with more: %(gain)s.") % {"less": less, "gain": gain})
    return said


def orders(found: Comparison) -> Made:
    return Made(
        _("Orders that come earlier, later or short"),
        [
            ListColumn(
                "pesanan",
                _("Order"),
                lambda row: f"{row.line.order.number}/{row.line.line_no}",
                url=lambda row: reverse("order", args=[row.line.order.number]),
            ),
            ListColumn("bagian", _("Part"), lambda row: part_name(row.line.part)),
            ListColumn(
                "jatuh_tempo",
                _("Due"),
                lambda row: date_text(row.line.due_on, language()),
                value=lambda row: row.line.due_on,
            ),
            ListColumn(
                "menjadi",
                _("What becomes of it"),
                lambda row: line_kind(row),
                badge=lambda row: BADGES.get(row.kind, ""),
            ),
            ListColumn("sebelum", _("Before"), lambda row: fate(row.before)),
            ListColumn("sesudah", _("After"), lambda row: fate(row.after)),
        ],
        found.lines,
    )


def line_kind(row: LineChange) -> str:
    return {
        "short": _("more pieces missing"),
        "fuller": _("fewer pieces missing"),
        "later": _("later"),
        "earlier": _("earlier"),
        "new": _("only in this plan"),
        "gone": _("only in the other plan"),
    }[row.kind]


def fate(one: LineFate | None) -> str:
    """When the last piece comes, and what is late or missing."""
    if one is None:
        return "–"
    words = []
    if one.last is not None:
        words.append(_("last in the week of %(day)s") % {"day": date_text(one.last, language())})
    if one.late > RUPIAH / 1e5:
        words.append(_("%(pieces)s late") % {"pieces": quantity_text(one.late)})
    if one.short > RUPIAH / 1e5:
        words.append(_("%(pieces)s not made") % {"pieces": quantity_text(one.short)})
    return ", ".join(words) or "–"


def lots(found: Comparison) -> Made:
    return Made(
        _("Lots that move"),
        [
            ListColumn(
                "minggu", _("Week of"), lambda row: date_text(row.monday, language()), value=lambda row: row.monday
            ),
            workshop_column(),
            ListColumn("kode_bagian", _("Code of the part"), lambda row: str(row.part.code), hidden=True),
            ListColumn("bagian", _("Part"), lambda row: part_name(row.part)),
            *before_after(quantity_text, 3),
        ],
        found.lots,
    )


def work(found: Comparison) -> Made:
    return Made(
        _("Members with more or less work, in hours"),
        [workshop_column(), *before_after(lambda hours: decimal_text(round(hours, 1), 1, language()), 2)],
        found.work,
    )


def cost_list(found: Comparison) -> Made:
    return Made(
        _("Cost by kind"),
        [
            ListColumn("jenis", _("Kind"), lambda row: cost_label(row.kind)),
            *before_after(money, 0),
        ],
        found.costs,
    )


def workshop_column() -> ListColumn:
    return ListColumn(
        "bengkel",
        _("Workshop"),
        lambda row: f"{row.workshop.code} {row.workshop.name}",
        badge=lambda row: "simulated" if row.workshop.simulated else "",
    )


def before_after(words: Callable[[float], str], places: int) -> list[ListColumn]:
    """Before, after and the difference, as numbers in a file."""

    def number(amount: float) -> float | int:
        return round(float(amount), places) if places else int(rupiah_of(amount))

    def signed(amount: float) -> str:
        return ("+" if amount > 0 else "−") + words(abs(amount))

    return [
        ListColumn("sebelum", _("Before"), lambda row: words(row.before), lambda row: number(row.before), numeric=True),
        ListColumn("sesudah", _("After"), lambda row: words(row.after), lambda row: number(row.after), numeric=True),
        ListColumn(
            "beda",
            _("Difference"),
            lambda row: signed(row.after - row.before),
            lambda row: number(row.after - row.before),
            numeric=True,
        ),
    ]


LISTS: dict[str, Callable[[Comparison], Made]] = {
    "pesanan": orders,
    "lot": lots,
    "anggota": work,
    "biaya": cost_list,
}
