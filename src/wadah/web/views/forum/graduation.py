"""From an experiment to the register: the author offers it, a cooperative takes it up, a trial shows it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wadah.base.clock import business_date, today
from wadah.forum.selectors.graduation import graduated, graduations_seen, steps_of
from wadah.forum.selectors.search import text_search
from wadah.forum.services.graduation import graduation_ask, graduation_stop, graduation_take, graduation_trial
from wadah.forum.words import GraduationStatus
from wadah.register.selectors import cooperative_workshops, cooperatives_named, skills_all, subsectors_all
from wadah.units import date_text
from wadah.web.access import MANAGER, SIGNED_IN, access, own_or_404, person_of
from wadah.web.forms import RowField
from wadah.web.lists import ListColumn, ListFilter, Listing, list_page
from wadah.web.quantities import ReasonField
from wadah.web.views.forum.common import act_page, history_of_row, is_officer, on_form, user_of, ways
from wadah.web.views.forum.experiments import own_experiment
from wadah.web.views.manager.catalogue.forms import PartField
from wadah.web.views.manager.register.common import skill_name
from wadah.web.words import language
from wadah.work.words import TrialStatus

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from wadah.forum.models import Graduation

Status = GraduationStatus


def status_text(row: Graduation) -> str:
    """The step that it stands at; that it is in the register is read from its trial."""
    if row.trial is not None and row.trial.status == TrialStatus.APPROVED:
        return _("in the register")
    return row.get_status_display()


LISTING = Listing(
    "naik-kelas",
    gettext_lazy("From experiments to the register"),
    [
        ListColumn(
            "produk",
            gettext_lazy("Product"),
            lambda row: row.product,
            sort=("product",),
            url=lambda row: reverse("graduation", args=[row.number]),
            badge=lambda row: "simulated" if row.experiment.simulated else "",
        ),
        ListColumn("percobaan", gettext_lazy("Experiment"), lambda row: row.experiment.question),
        ListColumn(
            "koperasi", gettext_lazy("Cooperative"), lambda row: row.cooperative.name, sort=("cooperative__name",)
        ),
        ListColumn("langkah", gettext_lazy("Step"), status_text, sort=("status",)),
        ListColumn(
            "tanggal",
            gettext_lazy("Offered on"),
            lambda row: date_text(business_date(row.asked_at), language()),
            value=lambda row: business_date(row.asked_at),
            sort=("asked_at",),
        ),
        ListColumn("nomor", gettext_lazy("Number"), lambda row: row.number, hidden=True),
    ],
    search=lambda rows, text: text_search(rows, text, "number", "product", "experiment__question"),
    filters=[
        ListFilter(
            "langkah",
            gettext_lazy("Step"),
            lambda: [*Status.choices, ("register", gettext_lazy("in the register"))],
            lambda rows, value: graduated(rows) if value == "register" else rows.filter(status=value),
        )
    ],
    empty=gettext_lazy("Nothing is on its way yet. Offer an experiment that worked to a cooperative, on its page."),
)


def seen(request: HttpRequest) -> Any:
    managed = person_of(request).roles.cooperatives_managed
    return graduations_seen(user_of(request), cooperatives=managed, officer=is_officer(request))


def managed_or_404(request: HttpRequest, number: str) -> Graduation:
    rows = graduations_seen(None, cooperatives=person_of(request).roles.cooperatives_managed)
    return own_or_404(rows, number=number)


@access(SIGNED_IN)
def graduations(request: HttpRequest) -> HttpResponse:
    return list_page(request, LISTING, seen(request), template="forum/list.html", ways=ways(request))


@access(SIGNED_IN)
def graduation(request: HttpRequest, number: str) -> HttpResponse:
    """One way with its steps, and what each still lacks."""
    row = own_or_404(seen(request), number=number)
    manager = row.cooperative_id in person_of(request).roles.cooperatives_managed
    steps = steps_of(row)
    ended = steps.stopped or steps.capability_on is not None
    trying = row.trial is not None and row.trial.status == TrialStatus.OPEN
    context = {
        "row": row,
        "ways": ways(request),
        "steps": steps,
        "status": status_text(row),
        "manager": manager,
        "take": manager and row.status == Status.ASKED,
        "try": manager and not ended and not trying and row.status in {Status.PRODUCT, Status.TRIAL},
        "stop": manager and not ended,
        "history": history_of_row(row),
    }
    return render(request, "forum/graduation.html", context)


class OfferForm(forms.Form):
    product = forms.CharField(label=gettext_lazy("What would it be called?"), max_length=120)
    cooperative = forms.ModelChoiceField(None, label=gettext_lazy("Which cooperative?"), empty_label=None)  # type: ignore[var-annotated]
    message = forms.CharField(
        label=gettext_lazy("What should they know?"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["cooperative"].queryset = cooperatives_named()  # type: ignore[attr-defined]


@access(SIGNED_IN, methods=("GET", "POST"))
def graduation_add(request: HttpRequest, number: str) -> HttpResponse:
    """The author offers an experiment that worked."""
    row = own_experiment(request, number)
    back = reverse("experiment", args=[row.number])
    return act_page(
        request,
        OfferForm(request.POST or None),
        title=_("Offer it to a cooperative"),
        back=back,
        act=on_form(lambda facts: graduation_ask(experiment=row, by=user_of(request), **facts)),
        done=_("Offered. The manager of the cooperative answers on this page."),
        action=_("Offer it"),
    )


class TakeForm(forms.Form):
    workshop = RowField(label=gettext_lazy("Workshop"), told=lambda row: f"{row.name} ({row.code})")
    skill = RowField(label=gettext_lazy("By which process"), search=("code", "name", "name_en"), told=skill_name)

    def __init__(self, *args: Any, row: Graduation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        shops = cooperative_workshops(row.cooperative, today()).filter(archived_at__isnull=True)
        self.fields["workshop"].queryset = shops  # type: ignore[attr-defined]
        self.fields["skill"].queryset = skills_all()  # type: ignore[attr-defined]


@access(MANAGER, methods=("GET", "POST"))
def graduation_product(request: HttpRequest, number: str) -> HttpResponse:
    row = managed_or_404(request, number)
    return act_page(
        request,
        TakeForm(request.POST or None, row=row),
        title=_("Who makes “%(product)s” on trial?") % {"product": row.product},
        back=reverse("graduation", args=[row.number]),
        act=on_form(lambda facts: graduation_take(graduation=row, by=user_of(request), **facts)),
        done=_("Taken up. The workshop claims the process; a plan counts on it once it is shown."),
        action=_("Take it up"),
    )


class TrialForm(forms.Form):
    part = PartField(required=False, empty_label=gettext_lazy("a new part"))
    code = forms.CharField(label=gettext_lazy("Code of the new part"), max_length=40, required=False)
    subsector = RowField(label=gettext_lazy("Its trade"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["subsector"].queryset = subsectors_all()  # type: ignore[attr-defined]


@access(MANAGER, methods=("GET", "POST"))
def graduation_test(request: HttpRequest, number: str) -> HttpResponse:
    row = managed_or_404(request, number)
    return act_page(
        request,
        TrialForm(request.POST or None),
        title=_("Open the trial of “%(product)s”") % {"product": row.product},
        back=reverse("graduation", args=[row.number]),
        act=on_form(lambda facts: graduation_trial(graduation=row, by=user_of(request), **facts)),
        done=_("The trial is open. Order its trial lot next."),
        action=_("Open the trial"),
    )


class StopForm(forms.Form):
    reason = ReasonField()


@access(MANAGER, methods=("GET", "POST"))
def graduation_end(request: HttpRequest, number: str) -> HttpResponse:
    row = managed_or_404(request, number)
    return act_page(
        request,
        StopForm(request.POST or None),
        title=_("End the way of “%(product)s”") % {"product": row.product},
        back=reverse("graduation", args=[row.number]),
        act=on_form(lambda facts: graduation_stop(graduation=row, by=user_of(request), **facts)),
        done=_("Ended. The experiment keeps its result."),
        action=_("End it"),
    )
