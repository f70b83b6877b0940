"""When workshops work: hours a week, closed days, holidays."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wadah.base.clock import business_date, today
from wadah.base.errors import Refused
from wadah.register.selectors import (
    areas_kept,
    folded_search,
    holidays_all,
    holidays_kept,
    leaves_of,
    pattern_on,
    workshops_kept,
    workshops_seen,
)
from wadah.register.services import holiday_put, leave_cancel, leave_record, week_pattern_set
from wadah.web.access import MANAGER, OFFICER, access, own_or_404, person_of
from wadah.web.editing import form_page
from wadah.web.forms import RupiahField
from wadah.web.lists import ListColumn, ListFilter, Listing
from wadah.web.quantities import DayField
from wadah.web.views.manager.register import common
from wadah.web.views.manager.register.forms import DAYS, HoursField, KelurahanChoice, WeekForm

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from wadah.register.models import Workshop


def usual(row: Workshop) -> list[int] | None:
    pattern = pattern_on(list(row.week_patterns.all()), today())
    return common.day_minutes_of(pattern) if pattern else None


def hours_of_day(number: int) -> Any:
    return lambda row: (found := usual(row)) and found[number] / 60


def week_column(number: int) -> ListColumn:
    name, words = DAYS[number]
    return ListColumn(name, words, lambda row: "", value=hours_of_day(number), numeric=True, hidden=True)


def total(row: Workshop) -> int | None:
    minutes = usual(row)
    return None if minutes is None else sum(minutes)


HOURS = Listing(
    "jam-kerja",
    gettext_lazy("Hours a week"),
    [
        ListColumn(
            "bengkel",
            gettext_lazy("Workshop"),
            lambda row: row.name,
            sort=("name",),
            url=lambda row: reverse("workshop", args=[row.pk]),
            badge=common.simulated,
        ),
        ListColumn("anggota", gettext_lazy("Member"), lambda row: row.ikm.name, sort=("ikm__name",)),
        ListColumn(
            "jam",
            gettext_lazy("Hours a week"),
            lambda row: common.hours_text(total(row)) if total(row) is not None else str(common.UNKNOWN),
            value=lambda row: None if (minutes := total(row)) is None else minutes / 60,
            numeric=True,
        ),
        ListColumn(
            "dipastikan",
            gettext_lazy("Last confirmed"),
            lambda row: common.day_text(business_date(row.confirmed_at) if row.confirmed_at else None),
            value=lambda row: business_date(row.confirmed_at) if row.confirmed_at else None,
            sort=("confirmed_at",),
        ),
        ListColumn("kelurahan", gettext_lazy("Kelurahan"), lambda row: common.area_name(row.area)),
        *(week_column(number) for number in range(7)),
    ],
    search=lambda rows, text: folded_search(rows, text, "name", "ikm__name", "area__name_spaced"),
    filters=[
        common.kelurahan_filter("area"),
        common.skill_filter("mastered__skill"),
        common.subsector_filter("ikm__subsectors"),
        ListFilter(
            "jam",
            gettext_lazy("Usual week"),
            lambda: [("ada", _("known")), ("belum", _("not known"))],
            lambda rows, value: rows.filter(week_patterns__isnull=value == "belum").distinct(),
        ),
    ],
    empty=gettext_lazy("No workshop is registered yet. Each member has at least one: register a member first."),
)

LEAVES = Listing(
    "hari-tutup",
    gettext_lazy("Closed days of workshops"),
    [
        ListColumn(
            "bengkel",
            gettext_lazy("Workshop"),
            lambda row: row.workshop.name,
            sort=("workshop__name",),
            url=lambda row: reverse("workshop", args=[row.workshop_id]),
            badge=lambda row: common.simulated(row.workshop),
        ),
        ListColumn(
            "mulai",
            gettext_lazy("First day"),
            lambda row: common.day_text(row.first_day),
            value=lambda row: row.first_day,
            sort=("first_day",),
        ),
        ListColumn(
            "sampai",
            gettext_lazy("Last day"),
            lambda row: common.day_text(row.last_day),
            value=lambda row: row.last_day,
            sort=("last_day",),
        ),
        ListColumn("alasan", gettext_lazy("Reason"), lambda row: row.reason or common.NOTHING),
    ],
    search=lambda rows, text: folded_search(rows, text, "workshop__name", "workshop__ikm__name", "reason"),
    filters=[
        common.kelurahan_filter("workshop__area"),
        ListFilter(
            "keadaan",
            gettext_lazy("State"),
            lambda: [("nanti", _("now and to come")), ("lewat", _("past"))],
            lambda rows, value: rows.filter(**{"last_day__lt" if value == "lewat" else "last_day__gte": today()}),
            initial="nanti",
        ),
    ],
    empty=gettext_lazy("No workshop has closed any day. Members do that on their phone; you can on a workshop's page."),
)


class UsualWeekForm(WeekForm):
    """The usual week of a workshop from a day on, with how much more it is ready to work."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        pattern = kwargs.get("pattern")
        super().__init__(*args, **kwargs)
        self.fields["overtime"] = HoursField(
            label=gettext_lazy("Hours more in a week, if need be"),
            required=False,
            initial=pattern.overtime_minutes_week if pattern else None,
        )
        self.fields["overtime_cost"] = RupiahField(
            label=gettext_lazy("Extra pay for such an hour"),
            required=False,
            help_text=gettext_lazy("Empty: what the cooperative's terms say counts in plans."),
            initial=pattern.overtime_cost_rupiah_hour if pattern else None,
        )
        self.fields["valid_from"] = DayField(
            label=gettext_lazy("From"),
            initial=today(),
            help_text=gettext_lazy("It counts for the weeks that begin on or after this day."),
        )


class LeaveForm(forms.Form):
    first_day = DayField(label=gettext_lazy("First day"))
    last_day = DayField(label=gettext_lazy("Last day"))
    reason = forms.CharField(label=gettext_lazy("Reason"), required=False, max_length=160)


class HolidayForm(forms.Form):
    date = DayField(label=gettext_lazy("Day"))
    name = forms.CharField(label=gettext_lazy("Name"), max_length=120)
    area = KelurahanChoice(None, label=gettext_lazy("Where"))

    def __init__(self, *args: Any, areas: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        where = self.fields["area"]
        assert isinstance(where, KelurahanChoice)
        where.queryset = areas.select_related("parent")


@access(MANAGER, readers=(OFFICER,))
def week_hours(request: HttpRequest) -> HttpResponse:
    rows = workshops_seen(person_of(request).roles).filter(archived_at__isnull=True)
    return common.register_page(request, HOURS, rows.prefetch_related("week_patterns"))


@access(MANAGER, methods=("GET", "POST"))
def week_hours_set(request: HttpRequest, pk: int) -> HttpResponse:
    """pk: of the workshop."""
    row = own_or_404(workshops_kept(person_of(request).roles).prefetch_related("week_patterns"), pk=pk)
    page = reverse("workshop", args=[pk])
    form = UsualWeekForm(request.POST or None, pattern=pattern_on(list(row.week_patterns.all()), today()))

    def save(facts: dict[str, Any]) -> str:
        week_pattern_set(
            workshop=row,
            valid_from=facts["valid_from"],
            minutes=form.minutes(),
            overtime_minutes_week=facts["overtime"],
            overtime_cost_rupiah_hour=facts["overtime_cost"] or 0,
            by=person_of(request).user,
        )
        messages.success(request, _("Saved."))
        return page

    title = _("Usual week of %(name)s, in hours") % {"name": row.name}
    return form_page(request, form, title=title, back=page, save=save)


@access(MANAGER, readers=(OFFICER,))
def leaves(request: HttpRequest) -> HttpResponse:
    return common.register_page(request, LEAVES, leaves_of(workshops_seen(person_of(request).roles)))


@access(MANAGER, methods=("GET", "POST"))
def leave_add(request: HttpRequest, pk: int) -> HttpResponse:
    """pk: of the workshop."""
    row = own_or_404(workshops_kept(person_of(request).roles), pk=pk)
    page = reverse("workshop", args=[pk])

    def save(facts: dict[str, Any]) -> str:
        leave_record(workshop=row, by=person_of(request).user, **facts)
        messages.success(request, _("Saved."))
        return page

    form = LeaveForm(request.POST or None)
    return form_page(request, form, title=_("When is %(name)s closed?") % {"name": row.name}, back=page, save=save)


@access(MANAGER, methods=("POST",))
def leave_remove(request: HttpRequest, pk: int) -> HttpResponse:
    row = own_or_404(leaves_of(workshops_kept(person_of(request).roles)), pk=pk)
    leave_cancel(leave=row, by=person_of(request).user)
    messages.success(request, _("Those days are open again."))
    return HttpResponseRedirect(reverse("workshop", args=[row.workshop_id]))


def holiday_listing(kept: set[int]) -> Listing:
    return Listing(
        "hari-libur",
        gettext_lazy("Holidays"),
        [
            ListColumn(
                "hari",
                gettext_lazy("Day"),
                lambda row: common.day_text(row.date),
                value=lambda row: row.date,
                sort=("date",),
                url=lambda row: reverse("register_about", args=["libur", row.pk]) if row.pk in kept else "",
            ),
            ListColumn("nama", gettext_lazy("Name"), lambda row: row.name, sort=("name",)),
            ListColumn("jenis", gettext_lazy("Kind"), lambda row: str(row.get_kind_display()), sort=("kind",)),
            ListColumn(
                "daerah",
                gettext_lazy("Where"),
                lambda row: row.area.name_spaced if row.area else _("the whole country"),
            ),
        ],
        search=lambda rows, text: folded_search(rows, text, "name", "area__name_spaced"),
        filters=[
            ListFilter(
                "waktu",
                gettext_lazy("When"),
                lambda: [("nanti", _("to come")), ("lewat", _("past"))],
                lambda rows, value: rows.filter(**{"date__lt" if value == "lewat" else "date__gte": today()}),
                initial="nanti",
            ),
            common.archive_filter(),
        ],
        empty=gettext_lazy("No holiday is written down yet. On a holiday workshops get no hours in a plan."),
    )


@access(MANAGER, readers=(OFFICER,))
def holidays(request: HttpRequest) -> HttpResponse:
    kept = set(holidays_kept(person_of(request).roles).values_list("pk", flat=True))
    add = reverse("holiday_add") if common.keeps(request) else ""
    return common.register_page(request, holiday_listing(kept), holidays_all(), add=add)


@access(MANAGER, methods=("GET", "POST"))
def holiday_add(request: HttpRequest) -> HttpResponse:
    """A local day of rest, in the place of a cooperative or a part of it."""
    areas = areas_kept(person_of(request).roles)

    def save(facts: dict[str, Any]) -> str:
        if facts["date"] < today():
            raise Refused(_("This day is past: choose one to come."), field="date")
        holiday_put(kind="local", by=person_of(request).user, **facts)
        messages.success(request, _("Saved."))
        return reverse("holidays")

    form = HolidayForm(request.POST or None, areas=areas)
    return form_page(request, form, title=_("A local holiday"), back=reverse("holidays"), save=save)
