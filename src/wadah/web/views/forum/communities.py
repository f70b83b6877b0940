"""Communities: the list, one's page, opening one, joining in, who keeps it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wadah.base.errors import NotYours
from wadah.forum.selectors.communities import (
    communities_all,
    communities_kept,
    community_places,
    interests_known,
    place_in,
)
from wadah.forum.selectors.experiments import experiments_all
from wadah.forum.selectors.ideas import ideas_all
from wadah.forum.selectors.places import resources_open
from wadah.forum.selectors.search import text_search
from wadah.forum.services.communities import (
    community_archive,
    community_correct,
    community_found,
    community_join,
    community_lead,
    community_leave,
    community_restore,
)
from wadah.forum.words import CommunityRole
from wadah.register.selectors import kelurahan_all
from wadah.units import date_text
from wadah.web.access import OFFICER, PUBLIC, SIGNED_IN, access, own_or_404, person_of
from wadah.web.editing import RowForm, form_page
from wadah.web.lists import ListColumn, ListFilter, Listing, list_page
from wadah.web.quantities import DayField
from wadah.web.views.forum.common import acted, count_text, history_of_row, is_officer, on_form, user_of, ways
from wadah.web.views.forum.fields import KelurahanField
from wadah.web.words import language

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from wadah.forum.models import Community, CommunityMember

SHOWN = 6
LISTING = Listing(
    "komunitas",
    gettext_lazy("Communities"),
    [
        ListColumn(
            "nama",
            gettext_lazy("Name"),
            lambda row: row.name,
            sort=("name",),
            url=lambda row: reverse("community", args=[row.slug]),
            badge=lambda row: "simulated" if row.simulated else "",
        ),
        ListColumn("minat", gettext_lazy("Interests"), lambda row: ", ".join(tag.tag for tag in row.interests.all())),
        ListColumn(
            "kelurahan",
            gettext_lazy("Kelurahan"),
            lambda row: row.area.name_spaced if row.area else "–",
            sort=("area__name_spaced",),
        ),
        ListColumn(
            "anggota",
            gettext_lazy("People in it"),
            lambda row: count_text(row.member_count, public=True),
            numeric=True,
            sort=("member_count",),
        ),
        ListColumn(
            "berdiri",
            gettext_lazy("Founded on"),
            lambda row: date_text(row.founded_on, language()) if row.founded_on else "–",
            value=lambda row: row.founded_on,
            sort=("founded_on",),
        ),
        ListColumn("kontak", gettext_lazy("Contact"), lambda row: row.contact, hidden=True),
    ],
    search=lambda rows, text: text_search(rows, text, "name", "about", "interests__tag"),
    filters=[
        ListFilter(
            "minat",
            gettext_lazy("Interest"),
            lambda: [(tag, tag) for tag in interests_known()],
            lambda rows, value: rows.filter(interests__tag=value),
        ),
        ListFilter(
            "keadaan",
            gettext_lazy("State"),
            lambda: [("aktif", gettext_lazy("meets")), ("arsip", gettext_lazy("archived"))],
            lambda rows, value: rows.filter(archived_at__isnull=value == "aktif"),
            initial="aktif",
        ),
    ],
    empty=gettext_lazy("No community has a page yet. Anybody with an account can open one."),
)


class CommunityForm(RowForm):
    name = forms.CharField(label=gettext_lazy("Name"), max_length=120)
    about = forms.CharField(
        label=gettext_lazy("What you do together"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4})
    )
    interests = forms.CharField(
        label=gettext_lazy("Interests"),
        help_text=gettext_lazy("A few words with commas between: robot, 3D printing, batik."),
        max_length=400,
        required=False,
    )
    area = KelurahanField(label=gettext_lazy("Kelurahan"), required=False, empty_label=gettext_lazy("anywhere"))
    contact = forms.CharField(
        label=gettext_lazy("How to reach you"),
        help_text=gettext_lazy("Everybody can read this. Write only what you want to be known."),
        max_length=160,
        required=False,
    )
    founded_on = DayField(label=gettext_lazy("Founded on"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"].queryset = kelurahan_all()  # type: ignore[attr-defined]
        if self.row is not None:
            self.fields["interests"].initial = ", ".join(tag.tag for tag in self.row.interests.all())  # type: ignore[attr-defined]


@access(PUBLIC)
def communities(request: HttpRequest) -> HttpResponse:
    add = reverse("community_add") if person_of(request).signed_in else ""
    return list_page(request, LISTING, communities_all(), template="forum/list.html", ways=ways(request), add=add)


def seen_or_404(slug: str) -> Community:
    return own_or_404(communities_all(), slug=slug)


def kept_or_404(request: HttpRequest, slug: str) -> Community:
    return own_or_404(communities_kept(user_of(request)), slug=slug)


def page_of(row: Community) -> str:
    return reverse("community", args=[row.slug])


@access(PUBLIC)
def community(request: HttpRequest, slug: str) -> HttpResponse:
    """One community as everybody sees it; names of people only for those who are in it."""
    row, user = seen_or_404(slug), user_of(request)
    place = place_in(row, user)
    lead = place is not None and place.role == CommunityRole.LEAD
    tried = experiments_all().filter(community=row)
    context = {
        "row": row,
        "ways": ways(request),
        "members": count_text(row.__dict__["member_count"], public=place is None),
        "place": place,
        "lead": lead,
        "people": community_places(row) if place else (),
        "experiments": tried[:SHOWN],
        "experiment_count": tried.count(),
        "ideas": ideas_all(user).filter(community=row)[:SHOWN],
        "resources": resources_open().filter(owner=row),
        "can_archive": lead or is_officer(request),
        "history": history_of_row(row) if lead or is_officer(request) else None,
    }
    return render(request, "forum/community.html", context)


@access(SIGNED_IN, methods=("GET", "POST"))
def community_add(request: HttpRequest) -> HttpResponse:
    """Anybody with an account opens a community, and keeps its page from then on."""
    return form_page(
        request,
        CommunityForm(request.POST or None),
        title=_("Open a community's page"),
        back=reverse("communities"),
        save=on_form(lambda facts: page_of(community_found(by=user_of(request), **without_version(facts))), "name"),
        action=_("Open the page"),
    )


@access(SIGNED_IN, methods=("GET", "POST"))
def community_edit(request: HttpRequest, slug: str) -> HttpResponse:
    row = kept_or_404(request, slug)
    return form_page(
        request,
        CommunityForm(request.POST or None, row=row),
        title=_("Change the page"),
        back=page_of(row),
        save=lambda facts: page_of(community_correct(community=row, by=user_of(request), **without_version(facts))),
    )


def without_version(facts: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in facts.items() if name != "version"}


@access(SIGNED_IN, methods=("POST",))
def community_join_in(request: HttpRequest, slug: str) -> HttpResponse:
    row = seen_or_404(slug)
    community_join(community=row, by=user_of(request))
    return acted(request, _("You are in. Say hello at the next meeting."), page_of(row))


@access(SIGNED_IN, methods=("POST",))
def community_go(request: HttpRequest, slug: str) -> HttpResponse:
    row = seen_or_404(slug)
    community_leave(community=row, by=user_of(request))
    return acted(request, _("You have left. You may join in again whenever you like."), page_of(row))


@access(SIGNED_IN, methods=("POST",))
def community_keeper(request: HttpRequest, slug: str, pk: int, act: str) -> HttpResponse:
    """act: "jadi" makes somebody a keeper of the page, "lepas" an ordinary member again."""
    row = kept_or_404(request, slug)
    place: CommunityMember = own_or_404(community_places(row), pk=pk)
    if act not in {"jadi", "lepas"}:
        raise NotYours
    community_lead(place=place, lead=act == "jadi", by=user_of(request))
    return acted(request, _("Saved."), page_of(row))


@access(SIGNED_IN, OFFICER, methods=("POST",))
def community_state(request: HttpRequest, slug: str, act: str) -> HttpResponse:
    """act: "arsip" or "buka"; by a keeper, or by a city officer."""
    rows = communities_all() if is_officer(request) else communities_kept(user_of(request))
    row = own_or_404(rows, slug=slug)
    if act == "arsip":
        community_archive(community=row, by=user_of(request))
        return acted(request, _("Archived. Its page and its lessons stay."), page_of(row))
    if act == "buka":
        community_restore(community=row, by=user_of(request))
        return acted(request, _("It meets again."), page_of(row))
    raise NotYours
