"""Mulai: seven ticks to a cooperative's first order. Each says what is there or what is missing, and where to go."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

if TYPE_CHECKING:
    from wadah.plans.selectors import Beginning


@dataclass(frozen=True, slots=True)
class Tick:
    """done: ticked; sentence: what is there or missing; ways: (address, words), the form first, then the import;
    example: what one writes there."""

    title: str
    done: bool
    sentence: str
    ways: tuple[tuple[str, str], ...]
    example: str


def ticks(row: Beginning) -> list[Tick]:
    """The seven, in the order in which they are done."""
    return [made(row) for made in (place, hours, parts, makers, buyers, orders, plan)]


def imported(kind: str) -> tuple[str, str]:
    return reverse("import_kind", args=[kind]), _("From Excel")


def place(row: Beginning) -> Tick:
    if not row.kelurahan or not row.holidays:
        sentence = _("The city's kelurahan or the holidays are missing: run “wadah found” on the server once.")
    else:
        words = {"kelurahan": row.kelurahan, "holidays": row.holidays}
        sentence = _("%(kelurahan)s kelurahan and %(holidays)s holidays are in.") % words
    return Tick(
        _("Place and holidays"),
        bool(row.kelurahan and row.holidays),
        sentence,
        ((reverse("holidays"), _("Holidays")),),
        _("A local day of rest you add yourself: “10 March 2027, anniversary of the city, Kota Bekasi”."),
    )


def hours(row: Beginning) -> Tick:
    if not row.members:
        sentence = _("No member is registered yet.")
    elif not row.with_hours:
        sentence = _("No workshop has told its hours yet, and a plan gives work only where there are hours.")
    else:
        words = {"known": row.with_hours, "of": row.workshops}
        sentence = _("%(known)s of %(of)s workshops have told their hours.") % words
    form = (reverse("week_hours") + "?jam=belum", _("Hours")) if row.members else (reverse("enrolment"), _("Register"))
    return Tick(
        _("Members with hours"),
        bool(row.with_hours),
        sentence,
        (form, imported("members"), (reverse("import_kind", args=["workshops"]), _("Workshops from Excel"))),
        _("“Sari Baut, Bu Sari, 0812-3456-7890, Bekasi Jaya; lathe, 44 hours a week”."),
    )


def parts(row: Beginning) -> Tick:
    if not row.parts:
        sentence = _("No part is described yet.")
    elif not row.with_bom:
        sentence = _("No part says yet what goes into it.")
    else:
        words = {"known": row.with_bom, "of": row.parts}
        sentence = _("%(of)s parts are made by members; %(known)s of them say what goes into them.") % words
    return Tick(
        _("Parts and what goes into them"),
        bool(row.parts and row.with_bom),
        sentence,
        ((reverse("part_add"), _("Add a part")), imported("parts")),
        _("“Engine bracket: 2 bolts M8, 2 rubber bushes, 1 plate”."),
    )


def makers(row: Beginning) -> Tick:
    sentence = _("No workshop is approved for a part and has a rate for it.")
    if row.makers:
        sentence = ngettext(
            "%(count)s workshop may make a part at an agreed rate.",
            "Workshops may make parts at an agreed rate in %(count)s pairs.",
            row.makers,
        ) % {"count": row.makers}
    return Tick(
        _("Approvals and rates"),
        bool(row.makers),
        sentence,
        (
            (reverse("approval_add"), _("Approve")),
            (reverse("rate_add"), _("Agree on a rate")),
            imported("rates"),
        ),
        _("“Bolt M8 at Sari Baut: approved from today; 0.5 minutes and Rp350 a piece”."),
    )


def buyers(row: Beginning) -> Tick:
    sentence = _("No buyer is known yet.")
    if row.buyers:
        words = {"count": row.buyers}
        sentence = ngettext("%(count)s buyer is known.", "%(count)s buyers are known.", row.buyers) % words
    return Tick(
        _("Buyers"),
        bool(row.buyers),
        sentence,
        ((reverse("buyer_add"), _("Add a buyer")), imported("orders")),
        _("“PT Pabrik Mobil, factory, elsewhere in Indonesia”; then invite somebody to sign in for it."),
    )


def orders(row: Beginning) -> Tick:
    sentence = _("Nothing is ordered yet: enter an order, or answer a request with a quotation.")
    if row.orders:
        words = {"count": row.orders}
        sentence = ngettext("%(count)s order is agreed.", "%(count)s orders are agreed.", row.orders) % words
    return Tick(
        _("An order"),
        bool(row.orders),
        sentence,
        (
            (reverse("order_add"), _("Enter an order")),
            (reverse("request_add"), _("Enter a request")),
            imported("orders"),
        ),
        _("“Engine bracket, 1,000 pieces, by 20 January 2027”."),
    )


def plan(row: Beginning) -> Tick:
    way = (reverse("plans"), _("Make a plan"))
    if row.plans:
        sentence = _("A plan is in force.")
    elif row.working:
        sentence, way = _("A plan is being made. It goes on while you do something else."), (way[0], _("Look at it"))
    elif row.draft is not None:
        sentence = _("A draft is ready: look at it, and put it into force.")
        way = (reverse("plan", args=[row.draft]), _("Look at the draft"))
    else:
        sentence = _("No plan is made yet. It says who makes what, and when.")
    return Tick(
        _("A plan in force"),
        bool(row.plans),
        sentence,
        (way,),
        _("“From next Monday, 12 weeks”: the first plan takes about a minute."),
    )
