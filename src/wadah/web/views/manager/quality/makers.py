"""Who may make a part: each workshop's approval, what stands in its way, which papers the part asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wadah.base.clock import today
from wadah.base.errors import NotYours
from wadah.catalogue.selectors import parts_all
from wadah.catalogue.services.certificates import part_certificates_set
from wadah.register.selectors import CERTIFICATE_KINDS, cooperatives_kept
from wadah.units import date_text
from wadah.web.access import MANAGER, access, own_or_404, person_of
from wadah.web.tables import Cell, Column, Table
from wadah.web.views.manager.quality.common import act_page, managed, user_of
from wadah.web.views.manager.quality.forms import SuspendForm
from wadah.web.views.manager.quality.words import class_label, gap_text, severity_label
from wadah.web.words import language, part_name
from wadah.work.selectors.trials import MakerStanding, maker_standings, part_asks
from wadah.work.services.approvals import approval_suspend

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from wadah.catalogue.models import Part

ASKABLE = [(kind, label) for kind, label in CERTIFICATE_KINDS if kind != "other"]


def part_or_404(request: HttpRequest, pk: int) -> Part:
    return own_or_404(parts_all(person_of(request).roles, today()), pk=pk)


@access(MANAGER)
def part_makers(request: HttpRequest, pk: int) -> HttpResponse:
    row = part_or_404(request, pk)
    standings = maker_standings(row, managed(request), today())
    kinds = dict(CERTIFICATE_KINDS)
    context = {
        "part": row,
        "title": part_name(row),
        "table": standings_table(row, standings),
        "able": sum(not one.gaps for one in standings),
        "asks": [kinds[kind] for kind in part_asks(row)],
        "suspendable": [one for one in standings if one.approval is not None],
    }
    return render(request, "quality/makers.html", context)


def standings_table(part: Part, rows: list[MakerStanding]) -> Table:
    table = Table(
        _("Workshops of members"),
        [Column(_("Workshop")), Column(_("May it make this?")), Column(_("Trial")), Column(_("Inspection"))],
    )
    for one in rows:
        trial = Cell(_("Open a trial"), reverse("trial_add") + f"?barang={part.pk}&bengkel={one.workshop.pk}")
        if one.trial is not None:
            trial = Cell(one.trial.number, reverse("trial", args=[one.trial.number]))
        severities = ", ".join(
            f"{class_label(name)}: {severity_label(severity)}" for name, severity in sorted(one.severities.items())
        )
        table.add(
            Cell(one.workshop.name, badge="simulated" if one.workshop.simulated else ""),
            Cell(leave_text(one), badge="ok" if not one.gaps else ""),
            trial,
            severities or "–",
        )
    return table


def leave_text(one: MakerStanding) -> str:
    if one.gaps:
        return _("No: %(why)s") % {"why": "; ".join(gap_text(gap) for gap in one.gaps)}
    until = one.approval.valid_until if one.approval else None
    return _("Yes, until %(day)s") % {"day": date_text(until, language())} if until else _("Yes")


class CertificatesForm(forms.Form):
    kinds = forms.MultipleChoiceField(
        label=gettext_lazy("Certificates that its makers must hold"),
        help_text=gettext_lazy(
            "Of the workshop, or of the firm it belongs to. Without one, no plan gives it this work."
        ),
        choices=ASKABLE,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )


@access(MANAGER, methods=("GET", "POST"))
def part_papers(request: HttpRequest, pk: int) -> HttpResponse:
    row = part_or_404(request, pk)
    return act_page(
        request,
        CertificatesForm(request.POST or None, initial={"kinds": part_asks(row)}),
        title=_("Certificates for %(part)s") % {"part": part_name(row)},
        back=reverse("part_makers", args=[row.pk]),
        act=lambda facts: part_certificates_set(part=row, by=user_of(request), **facts),
        done=_("Saved. Plans made from now on keep to it."),
        action=_("Save"),
    )


@access(MANAGER, methods=("GET", "POST"))
def maker_suspend(request: HttpRequest, pk: int, workshop: int) -> HttpResponse:
    """Takes a workshop's leave away from tomorrow on."""
    row = part_or_404(request, pk)
    found = [one for one in maker_standings(row, managed(request), today()) if one.workshop.pk == workshop]
    if not found or found[0].approval is None:
        raise NotYours
    shop = found[0].workshop
    cooperative = cooperatives_kept(person_of(request).roles).filter(memberships__ikm=shop.ikm_id).first()
    if cooperative is None:
        raise NotYours

    def act(facts: dict[str, Any]) -> None:
        approval_suspend(cooperative=cooperative, part=row, workshop=shop, by=user_of(request), **facts)

    return act_page(
        request,
        SuspendForm(request.POST or None),
        title=_("Suspend the approval of %(workshop)s") % {"workshop": shop.name},
        back=reverse("part_makers", args=[row.pk]),
        act=act,
        done=_("Suspended from tomorrow on. The plan in force has to be mended."),
        action=_("Suspend it"),
    )
