"""Rooms and tools: the list, one with its week as a table, sharing one."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django import forms
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wadah.base.clock import monday, today
from wadah.base.errors import NotYours
from wadah.forum.rules import AHEAD_DAYS
from wadah.forum.selectors.communities import communities_kept
from wadah.forum.selectors.places import (
    opening_of,
    resource_week,
    resources_all,
    resources_kept,
    resources_open,
    week_share,
)
from wadah.forum.selectors.search import text_search
from wadah.forum.services.resources import resource_archive, resource_correct, resource_restore, resource_share
from wadah.forum.words import ResourceKind
from wadah.register.selectors import kelurahan_all
from wadah.units import DAYS as DAY_NAMES
from wadah.units import date_short_text
from wadah.web.access import PUBLIC, SIGNED_IN, access, own_or_404, person_of
from wadah.web.editing import RowForm, form_page, version_of
from wadah.web.lists import ListColumn, ListFilter, Listing, list_page
from wadah.web.tables import Cell, Column, Table
from wadah.web.views.forum.common import acted, history_of_row, is_officer, user_of, ways, when_text
from wadah.web.views.forum.fields import KelurahanField, SpanField, span_text
from wadah.web.views.manager.register.forms import DAYS, WholeField
from wadah.web.words import language, share_text

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from wadah.forum.models import Resource
    from wadah.forum.selectors.places import DayOfResource

WEEK, YEAR = timedelta(days=7), timedelta(days=366)
LISTING = Listing(
    "ruang-dan-alat",
    gettext_lazy("Rooms and tools"),
    [
        ListColumn(
            "nama",
            gettext_lazy("Name"),
            lambda row: row.name,
            sort=("name",),
            url=lambda row: reverse("resource", args=[row.pk]),
            badge=lambda row: "simulated" if row.simulated else "",
        ),
        ListColumn("jenis", gettext_lazy("Kind"), lambda row: row.get_kind_display(), sort=("kind",)),
        ListColumn("tempat", gettext_lazy("Place"), lambda row: row.place, sort=("place",)),
        ListColumn(
            "orang",
            gettext_lazy("People at once"),
            lambda row: str(row.capacity) if row.capacity else "–",
            value=lambda row: row.capacity,
            numeric=True,
            sort=("capacity",),
        ),
        ListColumn("pemilik", gettext_lazy("Shared by"), lambda row: owner_text(row)),
        ListColumn("jam", gettext_lazy("Opening hours"), lambda row: hours_text(row), hidden=True),
    ],
    search=lambda rows, text: text_search(rows, text, "name", "about", "place", "area__name_spaced"),
    filters=[
        ListFilter(
            "jenis",
            gettext_lazy("Kind"),
            lambda: ResourceKind.choices,
            lambda rows, value: rows.filter(kind=value),
        ),
    ],
    empty=gettext_lazy("No room and no tool is shared yet. Communities and the city can share theirs."),
)


def owner_text(row: Resource) -> str:
    return row.owner.name if row.owner else _("the city")


def hours_text(row: Resource) -> str:
    """ "Senin 08.00–17.00; …"."""
    names = DAY_NAMES[language()]
    return "; ".join(f"{names[day]} {span_text(hours)}" for day, hours in sorted(opening_of(row).items()))


class ResourceForm(RowForm):
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=ResourceKind.choices)
    name = forms.CharField(label=gettext_lazy("Name"), max_length=120)
    owner = forms.ModelChoiceField(None, label=gettext_lazy("Shared by"), required=False)  # type: ignore[var-annotated]
    about = forms.CharField(
        label=gettext_lazy("What is there"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    place = forms.CharField(label=gettext_lazy("Place"), max_length=200)
    area = KelurahanField(label=gettext_lazy("Kelurahan"), required=False, empty_label=gettext_lazy("not told"))
    capacity = WholeField(label=gettext_lazy("People at once"), required=False, most=10_000)
    house_rules = forms.CharField(
        label=gettext_lazy("House rules"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, request: HttpRequest, row: Resource | None = None, **kwargs: Any) -> None:
        super().__init__(*args, row=row, **kwargs)
        self.fields["area"].queryset = kelurahan_all()  # type: ignore[attr-defined]
        owner: Any = self.fields["owner"]
        owner.queryset = communities_kept(user_of(request)).filter(archived_at__isnull=True)
        owner.empty_label = _("the city") if is_officer(request) else None
        owner.required = not is_officer(request)
        if row is not None:
            del self.fields["owner"]
            self.fields["version"].initial = version_of(row, self.columns())
        held = opening_of(row) if row is not None else {}
        for number, (name, label) in enumerate(DAYS):
            self.fields[name] = SpanField(label=label, required=False, initial=held.get(number))

    def clean(self) -> dict[str, Any]:
        facts = super().clean() or {}
        hours = {number: facts.pop(name, None) for number, (name, _label) in enumerate(DAYS)}
        facts["opening"] = {number: span for number, span in hours.items() if span}
        if facts.get("capacity") == 0:
            self.add_error("capacity", _("At least one."))
        return facts


@access(PUBLIC)
def resources(request: HttpRequest) -> HttpResponse:
    add = reverse("resource_add") if may_share(request) else ""
    return list_page(request, LISTING, resources_open(), template="forum/list.html", ways=ways(request), add=add)


def may_share(request: HttpRequest) -> bool:
    """A keeper of a community, or a city officer."""
    return person_of(request).signed_in and (is_officer(request) or communities_kept(user_of(request)).exists())


def page_of(row: Resource) -> str:
    return reverse("resource", args=[row.pk])


def kept(request: HttpRequest) -> Any:
    return resources_kept(user_of(request), officer=is_officer(request))


@access(PUBLIC)
def resource(request: HttpRequest, pk: int) -> HttpResponse:
    """One with its week; ?minggu= names another one."""
    row = own_or_404(resources_all(), pk=pk)
    first = week_asked(request.GET.get("minggu", ""))
    week = resource_week(row, first)
    share = week_share(row, week)
    keeps = person_of(request).signed_in and kept(request).filter(pk=row.pk).exists()
    context = {
        "row": row,
        "ways": ways(request),
        "owner": owner_text(row),
        "first": first,
        "last": week[-1].day,
        "before": first - WEEK if first > monday(today()) else None,
        "after": first + WEEK if first + WEEK <= today() + timedelta(days=AHEAD_DAYS) else None,
        "week": week_table(row, week, signed_in=person_of(request).signed_in),
        "share": share_text(share) if share is not None else "",
        "keeps": keeps,
        "history": history_of_row(row) if keeps else None,
    }
    return render(request, "forum/resource.html", context)


def week_asked(text: str) -> date:
    """The Monday of the week that is asked for; this week's where it can't be read or lies a year away."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return monday(today())
    return monday(day if abs(day - today()) <= YEAR else today())


def week_table(row: Resource, week: list[DayOfResource], *, signed_in: bool) -> Table:
    """A day a row: when it is open, what is taken; a day that can be booked leads to the form."""
    table = Table(_("The week"), [Column(_("Day")), Column(_("Opening hours")), Column(_("Booked"))])
    for day in week:
        name = f"{DAY_NAMES[language()][day.day.weekday()]}, {date_short_text(day.day, language())}"
        ahead = today() <= day.day <= today() + timedelta(days=AHEAD_DAYS)
        free = signed_in and day.hours is not None and ahead and row.archived_at is None
        table.add(
            Cell(name, f"{reverse('booking_add', args=[row.pk])}?hari={day.day.isoformat()}" if free else ""),
            span_text(day.hours) if day.hours else _("closed"),
            "; ".join(taken_text(booking, signed_in=signed_in) for booking in day.bookings) or "–",
        )
    return table


def taken_text(booking: Any, *, signed_in: bool) -> str:
    """When, and for which community; what for only to those with an account, a person's name to nobody."""
    times = when_text(booking.starts_at, booking.ends_at).rpartition(", ")[2]
    who = booking.community.name if booking.community else _("booked")
    return f"{times} {who}" + (f" ({booking.purpose})" if signed_in else "")


@access(SIGNED_IN, methods=("GET", "POST"))
def resource_add(request: HttpRequest) -> HttpResponse:
    if not may_share(request):
        raise NotYours
    initial = {"owner": request.GET.get("komunitas", "")}
    return form_page(
        request,
        ResourceForm(request.POST or None, request=request, initial=initial),
        title=_("Share a room or a tool"),
        back=reverse("resources"),
        save=lambda facts: page_of(resource_share(by=user_of(request), **told(facts))),
        action=_("Share it"),
    )


@access(SIGNED_IN, methods=("GET", "POST"))
def resource_edit(request: HttpRequest, pk: int) -> HttpResponse:
    row = own_or_404(kept(request), pk=pk)
    return form_page(
        request,
        ResourceForm(request.POST or None, request=request, row=row),
        title=_("Change %(name)s") % {"name": row.name},
        back=page_of(row),
        save=lambda facts: page_of(resource_correct(resource=row, by=user_of(request), **told(facts))),
    )


def told(facts: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in facts.items() if name != "version"}


@access(SIGNED_IN, methods=("POST",))
def resource_state(request: HttpRequest, pk: int, act: str) -> HttpResponse:
    """act: "arsip" takes it out of use, "buka" shares it again."""
    row = own_or_404(kept(request), pk=pk)
    if act == "arsip":
        resource_archive(resource=row, by=user_of(request))
        return acted(request, _("No longer shared. Bookings that were made stay."), page_of(row))
    if act == "buka":
        resource_restore(resource=row, by=user_of(request))
        return acted(request, _("Shared again."), page_of(row))
    raise NotYours
