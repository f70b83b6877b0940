"""What won't come, and how the plan in force makes up for it: shown before it is applied."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from wadah.base.clock import today
from wadah.base.errors import NotYours, Refused
from wadah.plans.repairing.selectors import repair_answer, repair_mark
from wadah.plans.selectors import run_published
from wadah.register.selectors import cooperative_workshops, cooperatives_named
from wadah.units import date_text, decimal_text
from wadah.web.access import MANAGER, access, own_or_404, person_of
from wadah.web.forms import RowField, refuse
from wadah.web.lists import ListColumn, ListFilter, Listing, list_page
from wadah.web.quantities import DayField
from wadah.web.views.manager.offers.repair_words import repair_shown
from wadah.web.words import language, part_name
from wadah.work.selectors.mending import disruptions_found, disruptions_kept, disruptions_open, known_for_repair
from wadah.work.services.away import KINDS, disruption_report
from wadah.work.services.repairs import disruptions_dismiss, repair_apply, repair_ask
from wadah.work.words import DisruptionKind, DisruptionStatus

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from wadah.register.models import Cooperative
    from wadah.work.models import Disruption

STATUS_BADGES = {DisruptionStatus.OPEN: "late", DisruptionStatus.MENDED: "ok", DisruptionStatus.DISMISSED: "stated"}


def own_cooperative(request: HttpRequest, pk: int) -> Cooperative:
    return own_or_404(cooperatives_named(person_of(request).roles.cooperatives_managed), pk=pk)


@access(MANAGER)
def mending_start(request: HttpRequest) -> HttpResponse:
    """Where a manager has several cooperatives: which one?"""
    own = list(cooperatives_named(person_of(request).roles.cooperatives_managed))
    if len(own) == 1:
        return HttpResponseRedirect(reverse("mending", args=[own[0].pk]))
    return render(request, "offers/mending_start.html", {"own": [(row, disruptions_open(row).count()) for row in own]})


@access(MANAGER)
def mending(request: HttpRequest, pk: int) -> HttpResponse:
    cooperative = own_cooperative(request, pk)
    run = run_published(cooperative)
    rows = list(disruptions_open(cooperative))
    context: dict[str, Any] = {"cooperative": cooperative, "run": run, "rows": rows}
    if run is not None and rows:
        about = repair_mark(run, known_for_repair(cooperative))
        answer = repair_answer(run, about)
        context |= {"about": about, "answer": answer}
        if answer is not None and answer.result:
            context["shown"] = repair_shown(run, answer)
    return render(request, "offers/mending.html", context)


@access(MANAGER, methods=("POST",))
def mending_act(request: HttpRequest, pk: int, act: str) -> HttpResponse:
    """Work it out ("hitung"), put it into force ("terapkan"), or leave some as they are ("biarkan")."""
    cooperative, user = own_cooperative(request, pk), person_of(request).user
    if act not in {"hitung", "terapkan", "biarkan"} or user is None:
        raise NotYours
    if act == "hitung":
        repair_ask(cooperative=cooperative, by=user)
    elif act == "terapkan":
        run = repair_apply(cooperative=cooperative, about=request.POST.get("tentang", ""), by=user)
        messages.success(request, _("This plan is in force now, and the members' offers follow it."))
        return HttpResponseRedirect(reverse("plan", args=[run.pk]))
    else:
        keys = [int(text) for text in request.POST.getlist("gangguan") if text.isdecimal()]
        if not keys:
            raise Refused(_("Tick what is to be left as it is."))
        count = disruptions_dismiss(cooperative=cooperative, keys=keys, by=user, note=request.POST.get("note", ""))
        words = ngettext("%(count)s is left as it is.", "%(count)s are left as they are.", count)
        messages.success(request, words % {"count": count})
    return HttpResponseRedirect(reverse("mending", args=[pk]))


# ---- somebody is away


class AwayForm(forms.Form):
    workshop = RowField(label=gettext_lazy("Workshop"), told=lambda row: row.name)
    kind = forms.ChoiceField(label=gettext_lazy("What happened?"))
    first_day = DayField(label=gettext_lazy("From"))
    last_day = DayField(label=gettext_lazy("To (included)"))
    note = forms.CharField(label=gettext_lazy("A note"), max_length=400, required=False)
    release = forms.BooleanField(
        label=gettext_lazy("Give back the promises of these weeks, as far as nothing of them is done"), required=False
    )

    def __init__(self, *args: Any, cooperative: Cooperative, **more: Any) -> None:
        super().__init__(*args, **more)
        shop: Any = self.fields["workshop"]
        shop.queryset = cooperative_workshops(cooperative)
        kind: Any = self.fields["kind"]
        kind.choices = [(one.value, one.label) for one in KINDS]


@access(MANAGER, methods=("GET", "POST"))
def mending_report(request: HttpRequest, pk: int) -> HttpResponse:
    """A member is ill or away, or a machine broke: whole weeks are counted."""
    cooperative = own_cooperative(request, pk)
    form = AwayForm(request.POST or None, cooperative=cooperative, initial={"first_day": today(), "last_day": today()})
    if request.method == "POST" and form.is_valid():
        try:
            disruption_report(by=person_of(request).user, **form.cleaned_data)
            messages.success(request, _("Noted. Look below how the plan makes up for it."))
            return HttpResponseRedirect(reverse("mending", args=[pk]))
        except Refused as refused:
            refuse(form, refused)
    context = {"cooperative": cooperative, "form": form}
    return render(request, "offers/report.html", context, status=400 if form.errors else 200)


# ---- all of them, settled ones too


def weeks_text(row: Disruption) -> str:
    first = date_text(row.first_week, language())
    return first if row.last_week == row.first_week else f"{first} – {date_text(row.last_week, language())}"


LISTING = Listing(
    "gangguan",
    gettext_lazy("What won't come"),
    [
        ListColumn(
            "kind", gettext_lazy("What happened"), text=lambda row: str(DisruptionKind(row.kind).label), sort=("kind",)
        ),
        ListColumn(
            "part",
            gettext_lazy("Part"),
            text=lambda row: part_name(row.part) if row.part else "–",
            sort=("part__name",),
        ),
        ListColumn(
            "workshop",
            gettext_lazy("Workshop"),
            text=lambda row: row.workshop.name if row.workshop else "–",
            sort=("workshop__name",),
        ),
        ListColumn(
            "weeks",
            gettext_lazy("Weeks of"),
            text=weeks_text,
            value=lambda row: row.first_week,
            sort=("first_week",),
        ),
        ListColumn(
            "pieces",
            gettext_lazy("Pieces"),
            text=lambda row: decimal_text(row.pieces, 3, language()) if row.pieces is not None else "–",
            value=lambda row: row.pieces,
            numeric=True,
            sort=("pieces",),
        ),
        ListColumn(
            "status",
            gettext_lazy("Standing"),
            text=lambda row: str(DisruptionStatus(row.status).label),
            badge=lambda row: STATUS_BADGES[DisruptionStatus(row.status)],
            sort=("status",),
        ),
        ListColumn("note", gettext_lazy("Note"), text=lambda row: row.note),
    ],
    search=disruptions_found,
    filters=[
        ListFilter(
            "keadaan",
            gettext_lazy("Standing"),
            lambda: DisruptionStatus.choices,
            lambda rows, value: rows.filter(status=value),
        )
    ],
    empty=gettext_lazy("Nothing is missing: what the plans count on is promised or still being asked for."),
)


@access(MANAGER)
def disruptions(request: HttpRequest) -> HttpResponse:
    """All that ever wasn't to come, and what became of it."""
    return list_page(request, LISTING, disruptions_kept(person_of(request).roles.cooperatives_managed))
