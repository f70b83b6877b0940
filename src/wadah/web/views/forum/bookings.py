"""Bookings: taking a time, giving it back, one's own list."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wadah.base.clock import JAKARTA, now, today
from wadah.forum.rules import undo_left
from wadah.forum.selectors.communities import communities_joined
from wadah.forum.selectors.places import bookings_kept, bookings_of, opening_of, resources_open
from wadah.forum.services.bookings import booking_cancel, booking_make, booking_undo
from wadah.web.access import SIGNED_IN, access, own_or_404
from wadah.web.lists import ListColumn, ListFilter, Listing, list_page
from wadah.web.quantities import DayField, ReasonField
from wadah.web.views.forum.common import act_page, acted, is_officer, on_form, user_of, ways, when_text
from wadah.web.views.forum.fields import CommunityField, TimeField
from wadah.web.views.forum.places import hours_text, week_asked

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from wadah.forum.models import Booking, Resource

MIDNIGHT = time()


def state_text(row: Booking) -> str:
    if row.cancelled_at:
        return _("cancelled")
    return _("over") if row.ends_at <= now() else _("ahead")


LISTING = Listing(
    "pemesanan",
    gettext_lazy("My bookings"),
    [
        ListColumn(
            "waktu",
            gettext_lazy("When"),
            lambda row: when_text(row.starts_at, row.ends_at),
            value=lambda row: row.starts_at,
            sort=("starts_at",),
            url=lambda row: reverse("booking", args=[row.pk]),
        ),
        ListColumn("tempat", gettext_lazy("What"), lambda row: row.resource.name, sort=("resource__name",)),
        ListColumn("untuk", gettext_lazy("For"), lambda row: row.community.name if row.community else "–"),
        ListColumn("keperluan", gettext_lazy("Purpose"), lambda row: row.purpose),
        ListColumn("keadaan", gettext_lazy("State"), state_text),
    ],
    search=lambda rows, text: rows.filter(resource__name__icontains=text) | rows.filter(purpose__icontains=text),
    filters=[
        ListFilter(
            "keadaan",
            gettext_lazy("State"),
            lambda: [("nanti", gettext_lazy("ahead")), ("batal", gettext_lazy("cancelled"))],
            lambda rows, value: (
                rows.filter(cancelled_at__isnull=False)
                if value == "batal"
                else rows.filter(cancelled_at__isnull=True, ends_at__gt=now())
            ),
        )
    ],
    empty=gettext_lazy("You have booked nothing yet. Choose a room or a tool, then a free day."),
)


class BookingForm(forms.Form):
    day = DayField(label=gettext_lazy("Day"))
    start = TimeField(label=gettext_lazy("From what time"))
    end = TimeField(label=gettext_lazy("Until what time"))
    purpose = forms.CharField(label=gettext_lazy("What for"), max_length=160)
    community = CommunityField()

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["community"].queryset = communities_joined(user)  # type: ignore[attr-defined]


@access(SIGNED_IN)
def bookings(request: HttpRequest) -> HttpResponse:
    rows = bookings_of(user_of(request))
    add = reverse("resources")
    return list_page(request, LISTING, rows, template="forum/list.html", ways=ways(request), add=add)


@access(SIGNED_IN, methods=("GET", "POST"))
def booking_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a time of a room or tool; ?hari= proposes the day."""
    row = own_or_404(resources_open(), pk=pk)
    back = f"{reverse('resource', args=[row.pk])}?minggu={week_asked(request.GET.get('hari', ''))}"
    return act_page(
        request,
        BookingForm(request.POST or None, user=user_of(request), initial=proposed(row, request.GET.get("hari", ""))),
        title=_("Book %(name)s") % {"name": row.name},
        back=back,
        act=on_form(lambda facts: booking_make(resource=row, by=user_of(request), **times(facts)), "start"),
        done=_("Booked. It is yours at that time."),
        action=_("Book it"),
        to=reverse("bookings"),
        template="forum/booking_form.html",
        row=row,
        hours=hours_text(row),
    )


def proposed(row: Resource, day: str) -> dict[str, Any]:
    """The day of the address, or tomorrow; the first two hours of its opening."""
    try:
        chosen = datetime.fromisoformat(day).date()
    except ValueError:
        chosen = today() + timedelta(days=1)
    hours = opening_of(row).get(chosen.weekday())
    if hours is None:
        return {"day": chosen}
    first, last = hours[0], min(hours[0] + 120, hours[1], 24 * 60 - 1)
    return {"day": chosen, "start": time(first // 60, first % 60), "end": time(last // 60, last % 60)}


def times(facts: dict[str, Any]) -> dict[str, Any]:
    """The day and its times as moments in Bekasi; an end at 00.00 is the end of the day."""
    day, start, end = facts.pop("day"), facts.pop("start"), facts.pop("end")
    last = day + timedelta(days=1) if end == MIDNIGHT else day
    begins, ends = datetime.combine(day, start, JAKARTA), datetime.combine(last, end, JAKARTA)
    return {**facts, "starts_at": begins, "ends_at": ends}


def kept_or_404(request: HttpRequest, pk: int) -> Booking:
    return own_or_404(bookings_kept(user_of(request), officer=is_officer(request)), pk=pk)


class CancelForm(forms.Form):
    reason = ReasonField()

    def __init__(self, *args: Any, own: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = not own


@access(SIGNED_IN, methods=("GET", "POST"))
def booking(request: HttpRequest, pk: int) -> HttpResponse:
    """One booking: give the time back, or take that back while it can be."""
    row = kept_or_404(request, pk)
    user = user_of(request)
    return act_page(
        request,
        CancelForm(request.POST or None, own=row.user_id == user.pk),
        title=row.resource.name,
        back=reverse("bookings"),
        act=on_form(lambda facts: booking_cancel(booking=row, by=user, **facts)),
        done=_("Cancelled: the time is free for others. You can undo it for 10 minutes, here."),
        action=_("Give the time back"),
        to=reverse("booking", args=[row.pk]),
        template="forum/booking.html",
        row=row,
        when=when_text(row.starts_at, row.ends_at),
        state=state_text(row),
        ahead=row.cancelled_at is None and row.ends_at > now(),
        undo=row.cancelled_by_id == user.pk and undo_left(row.cancelled_at, now()),
    )


@access(SIGNED_IN, methods=("POST",))
def booking_back(request: HttpRequest, pk: int) -> HttpResponse:
    row = kept_or_404(request, pk)
    booking_undo(booking=row, by=user_of(request))
    return acted(request, _("It is booked again."), reverse("booking", args=[row.pk]))
