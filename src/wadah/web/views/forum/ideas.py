"""Ideas: the list, one, writing one, "saya ikut", taking one back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wadah.base.clock import business_date
from wadah.base.errors import NotYours
from wadah.forum.selectors.communities import communities_joined
from wadah.forum.selectors.experiments import experiments_all
from wadah.forum.selectors.ideas import can_bring_back, ideas_all, ideas_seen
from wadah.forum.selectors.search import text_search
from wadah.forum.services.ideas import idea_bring_back, idea_post, idea_support, idea_unsupport, idea_withdraw
from wadah.units import date_text, number_text
from wadah.web.access import PUBLIC, SIGNED_IN, access, own_or_404, person_of
from wadah.web.lists import ListColumn, ListFilter, Listing, list_page
from wadah.web.quantities import ReasonField
from wadah.web.views.forum.common import act_page, acted, history_of_row, is_officer, on_form, user_of, ways
from wadah.web.views.forum.fields import CommunityField
from wadah.web.words import language

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from wadah.forum.models import Experiment, Idea

LISTING = Listing(
    "ide",
    gettext_lazy("Ideas"),
    [
        ListColumn(
            "judul",
            gettext_lazy("Idea"),
            lambda row: row.title,
            sort=("title",),
            url=lambda row: reverse("idea", args=[row.pk]),
            badge=lambda row: "simulated" if row.simulated else "",
        ),
        ListColumn("komunitas", gettext_lazy("Community"), lambda row: row.community.name if row.community else "–"),
        ListColumn(
            "ikut",
            gettext_lazy("Would join in"),
            lambda row: number_text(row.support_count, language()),
            value=lambda row: row.support_count,
            numeric=True,
            sort=("support_count",),
        ),
        ListColumn(
            "percobaan",
            gettext_lazy("Experiments"),
            lambda row: number_text(row.tried, language()),
            value=lambda row: row.tried,
            numeric=True,
            sort=("tried",),
        ),
        ListColumn(
            "ditulis",
            gettext_lazy("Written on"),
            lambda row: date_text(business_date(row.at), language()),
            value=lambda row: business_date(row.at),
            sort=("at",),
        ),
        ListColumn("isi", gettext_lazy("Text"), lambda row: row.text, hidden=True),
    ],
    search=lambda rows, text: text_search(rows, text, "title", "text", "community__name"),
    filters=[
        ListFilter(
            "keadaan",
            gettext_lazy("State"),
            lambda: [("belum", gettext_lazy("not tried yet")), ("dicoba", gettext_lazy("tried"))],
            lambda rows, value: rows.filter(tried=0) if value == "belum" else rows.filter(tried__gt=0),
        )
    ],
    empty=gettext_lazy("No idea is written down yet. Write the first one: it needn't be good, only yours."),
)


class IdeaForm(forms.Form):
    title = forms.CharField(label=gettext_lazy("Your idea in one line"), max_length=120)
    text = forms.CharField(label=gettext_lazy("Tell more"), max_length=2000, widget=forms.Textarea(attrs={"rows": 5}))
    community = CommunityField()
    named = forms.BooleanField(label=gettext_lazy("Everybody may read my name"), required=False)

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["community"].queryset = communities_joined(user)  # type: ignore[attr-defined]


@access(PUBLIC)
def ideas(request: HttpRequest) -> HttpResponse:
    rows = ideas_all(user_of(request))
    add = reverse("idea_add") if person_of(request).signed_in else ""
    return list_page(request, LISTING, rows, template="forum/list.html", ways=ways(request), add=add)


def seen_or_404(request: HttpRequest, pk: int) -> Idea:
    return own_or_404(ideas_seen(user_of(request), officer=is_officer(request)), pk=pk)


def author_text(row: Idea | Experiment, user: Any) -> str:
    """Whose it is: a name only where they want it read, or to themselves."""
    mine = user is not None and row.by_id == user.pk
    if row.named or mine:
        return row.by.name
    return row.community.name if row.community else _("somebody who isn't named")


@access(PUBLIC)
def idea(request: HttpRequest, pk: int) -> HttpResponse:
    row, user = seen_or_404(request, pk), user_of(request)
    own = user is not None and row.by_id == user.pk
    context = {
        "row": row,
        "ways": ways(request),
        "author": author_text(row, user),
        "own": own,
        "tries": experiments_all().filter(idea=row),
        "can_withdraw": row.withdrawn_at is None and (own or is_officer(request)),
        "undo": can_bring_back(row, user),
        "history": history_of_row(row) if own or is_officer(request) else None,
    }
    return render(request, "forum/idea.html", context)


@access(SIGNED_IN, methods=("GET", "POST"))
def idea_add(request: HttpRequest) -> HttpResponse:
    return act_page(
        request,
        IdeaForm(request.POST or None, user=user_of(request), initial={"community": request.GET.get("komunitas", "")}),
        title=_("Write down an idea"),
        back=reverse("ideas"),
        act=lambda facts: idea_post(by=user_of(request), **facts),
        done=_("Written down. Others can now say that they would join in."),
        action=_("Show it to everybody"),
    )


@access(SIGNED_IN, methods=("POST",))
def idea_voice(request: HttpRequest, pk: int, act: str) -> HttpResponse:
    """act: "ikut" says "me too", "batal" takes that back."""
    row = seen_or_404(request, pk)
    page = reverse("idea", args=[row.pk])
    if act == "ikut":
        idea_support(idea=row, by=user_of(request))
        return acted(request, _("You are in. Whoever wrote it sees that somebody more would join."), page)
    if act == "batal":
        idea_unsupport(idea=row, by=user_of(request))
        return acted(request, _("Taken back."), page)
    raise NotYours


class WithdrawForm(forms.Form):
    reason = ReasonField()

    def __init__(self, *args: Any, own: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = not own


@access(SIGNED_IN, methods=("GET", "POST"))
def idea_off(request: HttpRequest, pk: int) -> HttpResponse:
    """The author, or a city officer with a reason, takes it off the pages."""
    row, user = seen_or_404(request, pk), user_of(request)
    if row.by_id != user.pk and not is_officer(request):
        raise NotYours
    page = reverse("idea", args=[row.pk])
    return act_page(
        request,
        WithdrawForm(request.POST or None, own=row.by_id == user.pk),
        title=_("Take the idea back"),
        back=page,
        act=on_form(lambda facts: idea_withdraw(idea=row, by=user, **facts)),
        done=_("Taken back. You can undo it for 10 minutes, here."),
        action=_("Take it back"),
    )


@access(SIGNED_IN, methods=("POST",))
def idea_back(request: HttpRequest, pk: int) -> HttpResponse:
    row = seen_or_404(request, pk)
    idea_bring_back(idea=row, by=user_of(request))
    return acted(request, _("It is back."), reverse("idea", args=[row.pk]))
