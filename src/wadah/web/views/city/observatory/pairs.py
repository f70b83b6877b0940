"""Firms found twice: the list, two firms side by side, joining them, taking it back (docs/city.md D3, D4)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wadah.accounts.rules import phone_local
from wadah.register.rules.matches import NAME, OWNER, PHONE
from wadah.register.selectors import firm_pairs, firms_at_hand, firms_seen, matches_of, matches_seen
from wadah.register.services import firms_differ, firms_join, firms_part
from wadah.units import date_text
from wadah.web.access import MANAGER, OFFICER, access, own_or_404, person_of
from wadah.web.editing import form_page
from wadah.web.tables import Cell, Column, Table
from wadah.web.views.city.observatory.common import subsector_name, ways
from wadah.web.words import language

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from wadah.register.models import FirmMatch, Ikm
    from wadah.register.selectors import FirmPair

SIGNS = {
    PHONE: gettext_lazy("the same phone"),
    NAME: gettext_lazy("the same name in one kelurahan"),
    OWNER: gettext_lazy("owners with nearly the same name, in one kelurahan and trade"),
}
FIRST, SECOND, TWO = "first", "second", "two"
DECIDED_SHOWN = 50


@access(OFFICER, MANAGER)
def pairs(request: HttpRequest) -> HttpResponse:
    person = person_of(request)
    firms = firms_seen(person.roles)
    found, decided = firm_pairs(firms), list(matches_seen(firms)[:DECIDED_SHOWN])
    shown = {
        "ways": ways("city_pairs", person),
        "pairs": pairs_table(found),
        "count": len(found),
        "decided": [(row, decision_text(row)) for row in decided],
    }
    return render(request, "observatory/pairs.html", shown)


def pairs_table(found: list[FirmPair]) -> Table:
    columns = [Column(_("Firm")), Column(_("And")), Column("Kelurahan"), Column(_("In common"))]
    table = Table(_("Firms that may be one and the same"), columns)
    for pair in found:
        area = pair.one.area or pair.other.area
        url = reverse("city_pair", args=[pair.one.pk, pair.other.pk])
        table.add(
            Cell(f"{pair.one.name} ({pair.one.owner_name})", url, "simulated" if pair.one.simulated else ""),
            f"{pair.other.name} ({pair.other.owner_name})",
            area.name_spaced if area else "–",
            "; ".join(str(SIGNS[sign]) for sign in pair.signs),
        )
    return table


def decision_text(row: FirmMatch) -> str:
    told = {"kept": row.kept.name, "gone": row.gone.name, "who": row.by.name}
    told |= {"day": date_text(row.at.date(), language()), "why": row.reason}
    if row.decision == row.Decision.ONE:
        return _("“%(gone)s” was put away in favour of “%(kept)s” by %(who)s on %(day)s: %(why)s") % told
    return _("“%(kept)s” and “%(gone)s” are two firms, said %(who)s on %(day)s: %(why)s") % told


class PairForm(forms.Form):
    """Which of the two stays, or that they are two."""

    decision = forms.ChoiceField(label=gettext_lazy("What is right?"), widget=forms.RadioSelect)
    reason = forms.CharField(
        label=gettext_lazy("Why"),
        max_length=240,
        help_text=gettext_lazy("Who said so, or what you saw. It stays in the history of both."),
    )

    def __init__(self, *args: Any, one: Ikm, other: Ikm, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["decision"].choices = [  # type: ignore[attr-defined]
            (FIRST, _("One and the same: keep “%(keep)s”, put “%(gone)s” away") % told(one, other)),
            (SECOND, _("One and the same: keep “%(keep)s”, put “%(gone)s” away") % told(other, one)),
            (TWO, _("Two firms: don't ask again")),
        ]


def told(keep: Ikm, gone: Ikm) -> dict[str, str]:
    return {"keep": f"{keep.name} #{keep.pk}", "gone": f"{gone.name} #{gone.pk}"}


@access(OFFICER, MANAGER, methods=("GET", "POST"))
def pair(request: HttpRequest, one: int, other: int) -> HttpResponse:
    person = person_of(request)
    firms = firms_at_hand(firms_seen(person.roles).filter(archived_at__isnull=True))
    first, second = own_or_404(firms, pk=one), own_or_404(firms, pk=other)

    def save(facts: dict[str, Any]) -> str:
        decide(facts, first, second, person.user)
        messages.success(request, _("Decided. You can take it back below."))
        return reverse("city_pairs")

    return form_page(
        request,
        PairForm(request.POST or None, one=first, other=second),
        title=_("One firm, or two?"),
        back=reverse("city_pairs"),
        save=save,
        action=_("Decide"),
        template="observatory/pair.html",
        beside=beside(first, second),
    )


def decide(facts: dict[str, Any], first: Ikm, second: Ikm, by: Any) -> None:
    reason = facts["reason"]
    if facts["decision"] == TWO:
        firms_differ(one=first, other=second, reason=reason, by=by)
        return
    keep, gone = (first, second) if facts["decision"] == FIRST else (second, first)
    firms_join(keep=keep, gone=gone, reason=reason, by=by)


def beside(first: Ikm, second: Ikm) -> Table:
    """All that the register holds of both, line by line."""
    table = Table(
        _("What the register holds"), [Column(_("What is told")), Column(f"#{first.pk}"), Column(f"#{second.pk}")]
    )
    for words, one, other in zip(LINES, facts_of(first), facts_of(second), strict=True):
        table.add(str(words), one, other)
    return table


LINES = (
    gettext_lazy("Name of the firm"),
    gettext_lazy("Owner"),
    gettext_lazy("Phone number"),
    gettext_lazy("Kelurahan"),
    gettext_lazy("Trades"),
    gettext_lazy("Workers"),
    gettext_lazy("Cooperative"),
    gettext_lazy("Workshops"),
    gettext_lazy("Machines"),
    gettext_lazy("Processes"),
    gettext_lazy("Certificates"),
)


def facts_of(firm: Ikm) -> list[str]:
    shops = [shop for shop in firm.workshops.all() if shop.archived_at is None]
    machines = [machine.name for shop in shops for machine in shop.machines.all()]
    facts = [
        firm.name,
        firm.owner_name,
        phone_local(firm.phone) if firm.phone else "",
        firm.area.name_spaced if firm.area else "",
        ", ".join(subsector_name(row) for row in firm.subsectors.all()),
        "" if firm.workers is None else str(firm.workers),
        ", ".join(place.cooperative.name for place in firm.memberships.all() if place.left_on is None),
        ", ".join(f"{shop.code} {shop.name}" for shop in shops),
        ", ".join(machines),
        str(sum(len(shop.mastered.all()) for shop in shops)),
        str(len(firm.certificates.all())),
    ]
    return [fact or _("not known") for fact in facts]


@access(OFFICER, MANAGER, methods=("POST",))
def part(request: HttpRequest, pk: int) -> HttpResponse:
    person = person_of(request)
    row = own_or_404(matches_of(firms_seen(person.roles)), pk=pk)
    firms_part(match=row, by=person.user)  # type: ignore[arg-type]
    messages.success(request, _("Taken back: both stand in the register as before."))
    return HttpResponseRedirect(reverse("city_pairs"))
