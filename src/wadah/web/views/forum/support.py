"""Support: asking for it, an officer's table and decision, delivery, what came of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wadah.base.clock import business_date, today
from wadah.base.errors import NotYours
from wadah.forum.selectors.communities import communities_joined, communities_kept
from wadah.forum.selectors.experiments import experiments_own
from wadah.forum.selectors.search import text_search
from wadah.forum.selectors.support import decision_undoable, supports_desk, supports_own, supports_seen
from wadah.forum.services.support import (
    support_again,
    support_ask,
    support_decide,
    support_decision_undo,
    support_deliver,
    support_tell,
    support_withdraw,
)
from wadah.forum.words import SupportKind, SupportStatus
from wadah.units import date_text, rupiah_text
from wadah.web.access import OFFICER, SIGNED_IN, access, own_or_404, person_of
from wadah.web.forms import RupiahField
from wadah.web.lists import ListColumn, ListFilter, Listing, list_page
from wadah.web.quantities import DayField
from wadah.web.views.forum.common import act_page, acted, history_of_row, on_form, user_of, ways
from wadah.web.views.forum.fields import CommunityField
from wadah.web.views.manager.register.forms import WholeField
from wadah.web.words import language

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from wadah.forum.models import Support

Status = SupportStatus
PEOPLE_MAX = 10_000
COLUMNS = [
    ListColumn(
        "nomor",
        gettext_lazy("Number"),
        lambda row: row.number,
        sort=("number",),
        url=lambda row: reverse("support", args=[row.number]),
        badge=lambda row: "simulated" if row.simulated else "",
    ),
    ListColumn("jenis", gettext_lazy("What"), lambda row: row.get_kind_display(), sort=("kind",)),
    ListColumn(
        "untuk", gettext_lazy("For"), lambda row: row.community.name if row.community else row.asked_by.name
    ),
    ListColumn(
        "diminta",
        gettext_lazy("Asked for"),
        lambda row: rupiah_text(row.asked_rupiah) if row.asked_rupiah else "–",
        value=lambda row: row.asked_rupiah,
        numeric=True,
        sort=("asked_rupiah",),
    ),
    ListColumn("status", gettext_lazy("Status"), lambda row: row.get_status_display(), sort=("status",)),
    ListColumn(
        "tanggal",
        gettext_lazy("Day of asking"),
        lambda row: date_text(business_date(row.asked_at), language()),
        value=lambda row: business_date(row.asked_at),
        sort=("asked_at",),
    ),
    ListColumn("keperluan", gettext_lazy("What for"), lambda row: row.what, hidden=True),
    ListColumn("alasan", gettext_lazy("Reasons"), lambda row: row.reason, hidden=True),
    ListColumn(
        "diberi", gettext_lazy("Granted"), lambda row: str(row.granted_rupiah or ""), lambda row: row.granted_rupiah,
        hidden=True,
    ),
    ListColumn("buah", gettext_lazy("What came of it"), lambda row: row.outcome, hidden=True),
]  # fmt: skip
FILTERS = [
    ListFilter("status", gettext_lazy("Status"), lambda: Status.choices, lambda rows, value: rows.filter(status=value)),
    ListFilter("jenis", gettext_lazy("What"), lambda: SupportKind.choices, lambda rows, value: rows.filter(kind=value)),
]


def listing(caption: Any, empty: Any) -> Listing:
    return Listing(
        "dukungan",
        caption,
        COLUMNS,
        search=lambda rows, text: text_search(rows, text, "number", "what", "community__name", "outcome"),
        filters=FILTERS,
        empty=empty,
    )


OWN = listing(
    gettext_lazy("Support that I asked for"),
    gettext_lazy("You have asked for nothing yet. The city helps with training, mentors, tools and small grants."),
)
DESK = listing(gettext_lazy("Support to decide"), gettext_lazy("Nobody has asked for support yet."))


class AskForm(forms.Form):
    kind = forms.ChoiceField(label=gettext_lazy("What do you need?"), choices=SupportKind.choices)
    what = forms.CharField(
        label=gettext_lazy("What for, and why?"), max_length=2000, widget=forms.Textarea(attrs={"rows": 5})
    )
    community = CommunityField()
    experiment = forms.ModelChoiceField(  # type: ignore[var-annotated]
        None, label=gettext_lazy("For which experiment"), required=False, empty_label=gettext_lazy("none")
    )
    asked_rupiah = RupiahField(
        label=gettext_lazy("How much"), help_text=gettext_lazy("Only for a small grant."), required=False
    )
    people = WholeField(label=gettext_lazy("For how many people"), required=False, most=PEOPLE_MAX)

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["community"].queryset = communities_joined(user)  # type: ignore[attr-defined]
        own = experiments_own(user).filter(withdrawn_at__isnull=True)
        self.fields["experiment"].queryset = own  # type: ignore[attr-defined]


@access(SIGNED_IN)
def supports(request: HttpRequest) -> HttpResponse:
    rows = supports_own(user_of(request))
    return list_page(request, OWN, rows, template="forum/list.html", ways=ways(request), add=reverse("support_add"))


@access(OFFICER)
def desk(request: HttpRequest) -> HttpResponse:
    """All that lies before the officer: what waits for a decision first."""
    rows = supports_desk(person_of(request).roles)
    return list_page(request, DESK, rows, template="forum/list.html", ways=ways(request))


@access(SIGNED_IN, methods=("GET", "POST"))
def support_add(request: HttpRequest) -> HttpResponse:
    return act_page(
        request,
        AskForm(request.POST or None, user=user_of(request)),
        title=_("Ask for support"),
        back=reverse("supports"),
        act=lambda facts: support_ask(by=user_of(request), **facts),
        done=_("Asked. The city decides with reasons, and you read them here."),
        action=_("Ask"),
    )


def seen_or_404(request: HttpRequest, number: str) -> Support:
    return own_or_404(supports_seen(user_of(request), person_of(request).roles), number=number)


def desk_or_404(request: HttpRequest, number: str) -> Support:
    return own_or_404(supports_desk(person_of(request).roles), number=number)


def page_of(row: Support) -> str:
    return reverse("support", args=[row.number])


@access(SIGNED_IN)
def support(request: HttpRequest, number: str) -> HttpResponse:
    row, user = seen_or_404(request, number), user_of(request)
    officer = supports_desk(person_of(request).roles).filter(pk=row.pk).exists()
    own = row.asked_by_id == user.pk
    context = {
        "row": row,
        "ways": ways(request),
        "own": own,
        "officer": officer,
        "decide": officer and not own and row.status == Status.ASKED,
        "deliver": officer and row.status == Status.GRANTED,
        "tell": row.status in {Status.DELIVERED, Status.TOLD},
        "undo": decision_undoable(row, user),
        "steps": steps(row),
        "history": history_of_row(row),
    }
    return render(request, "forum/support.html", context)


def steps(row: Support) -> list[tuple[str, Any, bool]]:
    """Words, day, whether it is done: asked, decided, delivered, told."""
    decided = _("Refused") if row.status == Status.REFUSED else _("Decided")
    return [
        (_("Asked"), business_date(row.asked_at), True),
        (decided, business_date(row.decided_at) if row.decided_at else None, row.decided_at is not None),
        (_("Delivered"), row.delivered_on, row.delivered_on is not None),
        (
            _("Told what came of it"),
            business_date(row.outcome_at) if row.outcome_at else None,
            row.outcome_at is not None,
        ),
    ]


class DecideForm(forms.Form):
    granted = forms.TypedChoiceField(
        label=gettext_lazy("Decision"),
        choices=[("ya", gettext_lazy("Grant it")), ("tidak", gettext_lazy("Refuse it"))],
        coerce=lambda value: value == "ya",
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=gettext_lazy("Reasons"),
        help_text=gettext_lazy("Whoever asked reads them. Where you refuse, say what would help."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    granted_rupiah = RupiahField(
        label=gettext_lazy("How much"), help_text=gettext_lazy("Empty: all that is asked for."), required=False
    )

    def __init__(self, *args: Any, row: Support, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if row.kind != SupportKind.GRANT:
            del self.fields["granted_rupiah"]


@access(OFFICER, methods=("GET", "POST"))
def support_judge(request: HttpRequest, number: str) -> HttpResponse:
    row = desk_or_404(request, number)
    return act_page(
        request,
        DecideForm(request.POST or None, row=row),
        title=_("Decide about %(number)s") % {"number": row.number},
        back=page_of(row),
        act=on_form(lambda facts: support_decide(support=row, by=user_of(request), **facts)),
        done=_("Decided. You can undo it for 10 minutes, here."),
        action=_("Decide"),
        template="forum/support_decide.html",
        row=row,
    )


@access(OFFICER, methods=("POST",))
def support_undo(request: HttpRequest, number: str) -> HttpResponse:
    row = desk_or_404(request, number)
    support_decision_undo(support=row, by=user_of(request))
    return acted(request, _("Undone: it waits for a decision again."), page_of(row))


class DeliverForm(forms.Form):
    on = DayField(label=gettext_lazy("Delivered on"), initial=today)
    note = forms.CharField(
        label=gettext_lazy("What was given, by whom"), max_length=1000, required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip
    worth_rupiah = RupiahField(label=gettext_lazy("Cost to the city"), required=False)
    trained = WholeField(label=gettext_lazy("People who took part"), required=False, most=PEOPLE_MAX)


@access(OFFICER, methods=("GET", "POST"))
def support_give(request: HttpRequest, number: str) -> HttpResponse:
    row = desk_or_404(request, number)
    return act_page(
        request,
        DeliverForm(request.POST or None),
        title=_("Delivered: %(number)s") % {"number": row.number},
        back=page_of(row),
        act=on_form(lambda facts: support_deliver(support=row, by=user_of(request), **facts)),
        done=_("Written down. Whoever asked can now tell what came of it."),
        action=_("It is delivered"),
    )


class OutcomeForm(forms.Form):
    outcome = forms.CharField(
        label=gettext_lazy("What came of it?"),
        help_text=gettext_lazy("Good or bad. Both help the city to decide better."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )


@access(SIGNED_IN, methods=("GET", "POST"))
def support_outcome(request: HttpRequest, number: str) -> HttpResponse:
    row = seen_or_404(request, number)
    return act_page(
        request,
        OutcomeForm(request.POST or None, initial={"outcome": row.outcome}),
        title=_("What came of it?"),
        back=page_of(row),
        act=on_form(lambda facts: support_tell(support=row, by=user_of(request), **facts)),
        done=_("Thank you. The city reads it."),
        action=_("Tell"),
    )


@access(SIGNED_IN, methods=("POST",))
def support_state(request: HttpRequest, number: str, act: str) -> HttpResponse:
    """act: "tarik" takes one's ask back, "minta-lagi" asks again."""
    row, user = seen_or_404(request, number), user_of(request)
    kept = row.community is not None and communities_kept(user).filter(pk=row.community.pk).exists()
    if row.asked_by_id != user.pk and not kept:
        raise NotYours
    if act == "tarik":
        support_withdraw(support=row, by=user)
        return acted(request, _("Taken back. You can ask again, here."), page_of(row))
    if act == "minta-lagi":
        support_again(support=row, by=user)
        return acted(request, _("Asked again."), page_of(row))
    raise NotYours
