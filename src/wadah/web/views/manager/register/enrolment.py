"""A home workshop joins: four short pages on a phone, kept after each, and a page that says what is next."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wadah.base.errors import NotYours, Refused
from wadah.register.rules import enrolment as rules
from wadah.register.selectors import (
    cooperatives_kept,
    enrolments_kept,
    kelurahan_all,
    machine_names,
    skills_all,
    subsectors_all,
    workshops_kept,
)
from wadah.register.services import (
    enrolment_drop,
    enrolment_finish,
    enrolment_restore,
    enrolment_start,
    enrolment_tell,
)
from wadah.web.access import MANAGER, access, own_or_404, person_of
from wadah.web.forms import refuse
from wadah.web.views.manager.register import common
from wadah.web.views.manager.register.enrolment_forms import PapersForm, PlaceForm, WhatForm, WhoForm, what_initial
from wadah.web.views.manager.register.forms import PRESET_WORDS, WeekForm, week_asked
from wadah.web.views.manager.register.point_map import SIZE, point_at, point_map

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.forms import Form
    from django.http import HttpRequest

    from wadah.register.models import Area, Enrolment

STEPS = {"orang": rules.WHO, "kemampuan": rules.WHAT, "jam": rules.HOURS, "surat": rules.PAPERS}
"""Word in the address → step."""
WORDS = {step: word for word, step in STEPS.items()}
TITLES = {
    rules.WHO: gettext_lazy("Who works there, and where?"),
    rules.WHAT: gettext_lazy("What can be made there?"),
    rules.HOURS: gettext_lazy("When is there time to work?"),
    rules.PAPERS: gettext_lazy("Are there certificates?"),
}


def step_url(row: Enrolment, step: str) -> str:
    return reverse("enrolment_step", args=[row.pk, WORDS[step]])


def own_enrolment(request: HttpRequest, pk: int) -> Enrolment:
    return own_or_404(enrolments_kept(person_of(request).roles), pk=pk)


@access(MANAGER, methods=("GET", "POST"))
def enrolment(request: HttpRequest) -> HttpResponse:
    """The first page; nothing is kept before it is answered."""
    roles, user = person_of(request).roles, person_of(request).user
    cooperatives = list(cooperatives_kept(roles))
    form = WhoForm(request.POST or None, cooperatives=cooperatives)
    if request.method == "POST" and form.is_valid():
        assert user is not None
        try:
            row = enrolment_start(cooperative=form.chosen_cooperative(), by=user, **form.answer())
        except Refused as refused:
            refuse(form, refused)
        else:
            return HttpResponseRedirect(step_url(row, rules.WHAT))
    drafts = [row for row in enrolments_kept(roles)[:20] if row.membership_id is None]
    return step_page(
        request,
        rules.WHO,
        form,
        drafts=[row for row in drafts if row.dropped_at is None],
        dropped=[row for row in drafts if row.dropped_at is not None],
    )


@access(MANAGER, methods=("GET", "POST"))
def enrolment_step(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    """One page of a registration that was begun; of a finished one only what is next is left."""
    row = own_enrolment(request, pk)
    if step not in STEPS:
        raise NotYours
    if row.membership_id is not None:
        return HttpResponseRedirect(reverse("enrolment_done", args=[pk]))
    if row.dropped_at is not None:
        return HttpResponseRedirect(reverse("enrolment"))
    return PAGES[STEPS[step]](request, row)


def who_page(request: HttpRequest, row: Enrolment) -> HttpResponse:
    form = WhoForm(request.POST or None, cooperatives=[row.cooperative], told=row.told.get(rules.WHO))
    return answered(request, row, rules.WHO, form, form.answer)


def what_page(request: HttpRequest, row: Enrolment) -> HttpResponse:
    form = WhatForm(request.POST or None, initial=what_initial(row.told.get(rules.WHAT)))
    return answered(
        request,
        row,
        rules.WHAT,
        form,
        form.answer,
        skills=tiles(form, "skills", skills_all()),
        trades=tiles(form, "subsectors", subsectors_all()),
        machine_names=machine_names(),
    )


def tiles(form: WhatForm, field: str, rows: Any) -> list[tuple[int, str, bool]]:
    """What may be ticked: key, words, and whether it is."""
    ticked = {str(value) for value in form[field].value() or []}
    return [(row.pk, common.skill_name(row), str(row.pk) in ticked) for row in rows]


def hours_page(request: HttpRequest, row: Enrolment) -> HttpResponse:
    form = WeekForm(request.POST or None)
    if request.method == "POST":
        known, minutes = week_asked(request.POST, form)
        if known:
            enrolment_tell(enrolment=row, step=rules.HOURS, answer={"minutes": minutes})
            return HttpResponseRedirect(step_url(row, rules.PAPERS))
    return step_page(request, rules.HOURS, form, row=row, presets=PRESET_WORDS)


def papers_page(request: HttpRequest, row: Enrolment) -> HttpResponse:
    """The last page: what was told so far, and the button that writes all of it."""
    left = rules.steps_left(row.told)
    if left:
        return HttpResponseRedirect(step_url(row, left[0]))
    form = PapersForm(request.POST or None)
    user = person_of(request).user
    if request.method == "POST" and form.is_valid():
        assert user is not None
        try:
            enrolment_finish(enrolment=row, by=user, papers=form.answer())
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            return HttpResponseRedirect(reverse("enrolment_done", args=[row.pk]))
    return step_page(request, rules.PAPERS, form, row=row, summary=summary(row))


PAGES: dict[str, Callable[[HttpRequest, Enrolment], HttpResponse]] = {
    rules.WHO: who_page,
    rules.WHAT: what_page,
    rules.HOURS: hours_page,
    rules.PAPERS: papers_page,
}


def answered(
    request: HttpRequest, row: Enrolment, step: str, form: Form, answer: Callable[[], Any], **context: Any
) -> HttpResponse:
    """Keep what a step answers and go on to the first one that isn't answered, or show the step."""
    if request.method == "POST" and form.is_valid():
        try:
            row = enrolment_tell(enrolment=row, step=step, answer=answer())
        except Refused as refused:
            refuse(form, refused)
        else:
            return HttpResponseRedirect(step_url(row, rules.step_next(row.told)))
    return step_page(request, step, form, row=row, **context)


def step_page(request: HttpRequest, step: str, form: Form, **context: Any) -> HttpResponse:
    shown = {
        "form": form,
        "title": TITLES[step],
        "number": rules.STEPS.index(step) + 1,
        "count": len(rules.STEPS),
        "back": step_back(step, context.get("row")),
        "kelurahan": kelurahan_all() if step == rules.WHO else (),
    }
    return render(request, f"register/enrol_{step}.html", shown | context, status=400 if form.errors else 200)


def step_back(step: str, row: Enrolment | None) -> str:
    if row is None or step == rules.WHO:
        return reverse("members")
    return step_url(row, rules.STEPS[rules.STEPS.index(step) - 1])


def summary(row: Enrolment) -> list[tuple[Any, str, str]]:
    """What was told so far: words, what, and where it is changed."""
    who, what, minutes = row.told[rules.WHO], row.told[rules.WHAT], row.told[rules.HOURS]["minutes"]
    area = kelurahan_all().filter(pk=who["area"]).first() if who["area"] else None
    skills = [common.skill_name(one) for one in skills_all().filter(pk__in=what["skills"])]
    machines = [f"{count} × {name}" for name, count in what["machines"]]
    unknown = str(common.UNKNOWN)
    return [
        (_("Who"), f"{who['name']}, {common.phone_text(who['phone'])}", step_url(row, rules.WHO)),
        (_("Where"), area.name_spaced if area else unknown, step_url(row, rules.WHO)),
        (
            _("Point on the map"),
            _("pointed at") if row.told.get("place") else unknown,
            reverse("enrolment_place", args=[row.pk]),
        ),
        (_("Processes"), ", ".join(skills) or unknown, step_url(row, rules.WHAT)),
        (_("Machines"), ", ".join(machines) or unknown, step_url(row, rules.WHAT)),
        (
            _("Hours a week"),
            unknown if minutes is None else common.hours_text(sum(minutes)),
            step_url(row, rules.HOURS),
        ),
    ]


def centre(row: Enrolment) -> Area | None:
    """The kelurahan that was named, if its middle is known."""
    area = row.told.get(rules.WHO, {}).get("area")
    return kelurahan_all().filter(pk=area, lat__isnull=False, lng__isnull=False).first() if area else None


@access(MANAGER, methods=("GET", "POST"))
def enrolment_place(request: HttpRequest, pk: int) -> HttpResponse:
    """Point at the place on a drawing of the kelurahan, or write its latitude and longitude; may be left out."""
    row = own_enrolment(request, pk)
    if row.membership_id is not None or row.dropped_at is not None:
        return HttpResponseRedirect(reverse("enrolment_step", args=[pk, "orang"]))
    area = centre(row)
    told = row.told.get("place") or {}
    form = PlaceForm(request.POST or None, initial=told)
    if request.method == "POST" and form.is_valid():
        point = point_at(area, request.POST.get("titik.x"), request.POST.get("titik.y")) if area else None
        answer = point or form.answer()
        if answer is None and "titik.x" in request.POST:
            form.add_error(None, _("Tap on the drawing, or write latitude and longitude below it."))
        else:
            enrolment_tell(enrolment=row, step="place", answer=answer or {})
            return HttpResponseRedirect(step_url(row, rules.step_next(row.told)))
    shown = {"form": form, "row": row, "area": area, "size": SIZE, "back": step_url(row, rules.step_next(row.told))}
    return render(request, "register/enrol_place.html", shown, status=400 if form.errors else 200)


@access(MANAGER)
def enrolment_map(request: HttpRequest, pk: int) -> HttpResponse:
    """The drawing that is pointed at."""
    row = own_enrolment(request, pk)
    area = centre(row)
    if area is None:
        raise NotYours
    drawing = point_map(area, kelurahan_all(), row.told.get("place") or {})
    answer = HttpResponse(drawing, content_type="image/svg+xml")
    answer["Cache-Control"] = "private, no-store"
    return answer


@access(MANAGER, methods=("POST",))
def enrolment_away(request: HttpRequest, pk: int) -> HttpResponse:
    enrolment_drop(enrolment=own_enrolment(request, pk))
    messages.success(request, _("Put away. It can be brought back below."))
    return HttpResponseRedirect(reverse("enrolment"))


@access(MANAGER, methods=("POST",))
def enrolment_back(request: HttpRequest, pk: int) -> HttpResponse:
    row = enrolment_restore(enrolment=own_enrolment(request, pk))
    messages.success(request, _("Brought back."))
    return HttpResponseRedirect(step_url(row, rules.step_next(row.told)))


@access(MANAGER)
def enrolment_done(request: HttpRequest, pk: int) -> HttpResponse:
    """Registered: what is next."""
    row = own_enrolment(request, pk)
    if row.membership is None:
        return HttpResponseRedirect(reverse("enrolment_step", args=[pk, "orang"]))
    shop = workshops_kept(person_of(request).roles).filter(ikm=row.membership.ikm_id).first()
    context = {
        "membership": row.membership,
        "shop": shop,
        "sign_in": address("sign_in_links") if row.membership.user_id else "",
        "parts": address("parts"),
    }
    return render(request, "register/enrol_done.html", context)


def address(name: str) -> str:
    """Where a screen is, "" where this installation has none of that name."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""
