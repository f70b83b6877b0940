"""Edit a plan: a lot stays, moves or gets another size, a part isn't made somewhere, a workshop is away.

Edits are a draft beside the plan. What they come to is worked out in the background and shown before they are applied.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from wadah.base.errors import Refused
from wadah.plans.drafts import LIVE
from wadah.plans.edits.rules import FORBID, MOVE, OUT, PIN
from wadah.plans.edits.selectors import (
    edits_answer,
    edits_draft,
    edits_mark,
    edits_of,
    lots_to_edit,
    now_in,
    part_makers,
    run_edits,
    workshop_parts,
    workshops_to_edit,
)
from wadah.plans.edits.services import (
    edit_add,
    edit_bring_back,
    edit_take_back,
    edits_apply,
    edits_ask,
    edits_discard,
)
from wadah.plans.rules import Horizon
from wadah.units import date_text
from wadah.web.access import MANAGER, OFFICER, access, own_or_404, person_of
from wadah.web.exports import FORMATS
from wadah.web.forms import refuse
from wadah.web.history import history_table
from wadah.web.views.manager.plans import edit_words
from wadah.web.views.manager.plans.edit_files import Worked, file_asked
from wadah.web.views.manager.plans.edit_forms import KeepForm, MoveForm, SizeForm, SpanForm, weeks_of
from wadah.web.views.manager.plans.plans import own_run_or_404, part_names, run_or_404
from wadah.web.views.manager.plans.tables import leading, money
from wadah.web.words import language, part_name, quantity_text

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from django import forms
    from django.http import HttpRequest, HttpResponse

    from wadah.accounts.models import User
    from wadah.plans.models import PlannedLot, PlanRun
    from wadah.register.models import Workshop

SIZE = "size"  # a move to where the lot is already


@dataclass(frozen=True)
class Offer:
    """One form of a page: kind, which says that this one was sent; what it does; save, which makes the edit."""

    kind: str
    title: str
    sentence: str
    action: str
    form: forms.Form
    save: Callable[[dict[str, Any]], object]


def run_for(request: HttpRequest, pk: int) -> PlanRun:
    return own_run_or_404(request, pk) if request.method == "POST" else run_or_404(request, pk)


def user_of(request: HttpRequest) -> User:
    user = person_of(request).user
    assert user is not None
    return user


def may_edit(request: HttpRequest, run: PlanRun) -> bool:
    """A plan that is a draft or in force, of a cooperative that the person manages."""
    own = run.cooperative_id in person_of(request).roles.cooperatives_managed
    return own and run.status in LIVE and run.best_rupiah is not None


# ---- the forms, from a lot and from a workshop


@access(MANAGER, readers=(OFFICER,), methods=("GET", "POST"))
def plan_edit_lot(request: HttpRequest, pk: int, lot: int) -> HttpResponse:
    """Keep this lot, move it, give it another size, or forbid the part there."""
    run = run_for(request, pk)
    row = own_or_404(lots_to_edit(run), pk=lot)
    horizon = Horizon(run.start_on, run.weeks)
    facts = [
        (_("Part"), f"{row.part.code} {part_name(row.part)}"),
        (_("Week of"), date_text(horizon.monday(row.period), language())),
        (_("Pieces"), quantity_text(row.quantity)),
        (_("Hours"), edit_words.hours(row.hours)),
        (_("Pay and costs"), money(row.pay_rupiah)),
    ]
    over = row.period < now_in(run)
    offers = lot_offers(request, run, row, horizon) if may_edit(request, run) and not over else []
    return edit_page(request, run, offers, title=_("Edit a lot"), facts=facts, workshop=row.workshop, over=over)


def lot_offers(request: HttpRequest, run: PlanRun, lot: PlannedLot, horizon: Horizon) -> list[Offer]:
    weeks, by = weeks_of(horizon, now_in(run)), user_of(request)
    makers = part_makers(run, lot.part.code, lot.period)

    def add(kind: str, **values: Any) -> object:
        about: dict[str, Any] = {"workshop": lot.workshop, "part": lot.part, "first_period": lot.period}
        return edit_add(run=run, kind=kind, by=by, **(about | values))

    return [
        Offer(
            MOVE,
            _("Move it"),
            _("All of it or some, to another workshop or another week."),
            _("Move"),
            MoveForm(sent(request, MOVE), lot=lot, makers=makers, weeks=weeks, auto_id="move_%s"),
            lambda typed: add(MOVE, **typed | {"quantity": float(typed["quantity"])}),
        ),
        Offer(
            SIZE,
            _("Another size"),
            _("The workshop makes exactly so many in this week; others make up the difference."),
            _("Change the size"),
            SizeForm(sent(request, SIZE), lot=lot, auto_id="size_%s"),
            lambda typed: add(MOVE, quantity=float(typed["quantity"]), to_workshop=lot.workshop, to_period=lot.period),
        ),
        Offer(
            PIN,
            _("Keep it"),
            _("The lot stays where it is, as large or larger, whatever else moves."),
            _("Keep this lot"),
            KeepForm(sent(request, PIN)),
            lambda _typed: add(PIN),
        ),
        Offer(
            FORBID,
            _("Not this part there"),
            _("The workshop doesn't make this part in these weeks."),
            _("Forbid"),
            SpanForm(sent(request, FORBID), weeks=weeks, first=lot.period, auto_id="forbid_%s"),
            lambda typed: add(FORBID, **typed),
        ),
    ]


@access(MANAGER, readers=(OFFICER,), methods=("GET", "POST"))
def plan_edit_workshop(request: HttpRequest, pk: int, workshop: int) -> HttpResponse:
    """A workshop is away for weeks, or doesn't make a part then; its lots lead to their own forms."""
    run = run_for(request, pk)
    row = own_or_404(workshops_to_edit(run), pk=workshop)
    horizon = Horizon(run.start_on, run.weeks)
    offers = workshop_offers(request, run, row, horizon) if may_edit(request, run) else []
    title = _("Edit a workshop's weeks")
    return edit_page(request, run, offers, title=title, facts=[], workshop=row, whole=True)


def workshop_offers(request: HttpRequest, run: PlanRun, workshop: Workshop, horizon: Horizon) -> list[Offer]:
    now, by = now_in(run), user_of(request)
    weeks, parts = weeks_of(horizon, now), workshop_parts(run, workshop)
    if not weeks:
        return []
    away = Offer(
        OUT,
        _("Away"),
        _("The workshop makes nothing in these weeks. Record its leave too, so that later plans know."),
        _("Away then"),
        SpanForm(sent(request, OUT), weeks=weeks, first=now, auto_id="out_%s"),
        lambda typed: edit_add(run=run, kind=OUT, workshop=workshop, part=None, by=by, **typed),
    )
    if not parts:
        return [away]
    form = SpanForm(sent(request, FORBID), weeks=weeks, first=now, parts=parts, auto_id="forbid_%s")
    return [
        away,
        Offer(
            FORBID,
            _("Not this part there"),
            _("The workshop doesn't make this part in these weeks."),
            _("Forbid"),
            form,
            lambda typed: edit_add(run=run, kind=FORBID, workshop=workshop, by=by, **typed),
        ),
    ]


def sent(request: HttpRequest, kind: str) -> Any:
    """What was typed, for the form that was sent."""
    return request.POST if request.method == "POST" and request.POST.get("kind") == kind else None


def edit_page(request: HttpRequest, run: PlanRun, offers: Sequence[Offer], **context: Any) -> HttpResponse:
    status = 200
    if request.method == "POST":
        offer = next((one for one in offers if one.form.is_bound), None)
        if offer is None:
            raise Refused(_("This can't be edited any more. Look at the plan again."))
        if taken(offer):
            messages.success(request, _("The edit is noted. Nothing changes until you apply it and put it into force."))
            return HttpResponseRedirect(reverse("plan_edits", args=[run.pk]))
        status = 400
    own = run.cooperative_id in person_of(request).roles.cooperatives_managed
    shown = {"run": run, "offers": offers, "own": own, "live": run.status in LIVE}
    return render(request, "plans/edit.html", shown | context, status=status)


def taken(offer: Offer) -> bool:
    """Whether what was typed became an edit; else the form says why not."""
    if not offer.form.is_valid():
        return False
    try:
        offer.save(offer.form.cleaned_data)
    except Refused as refused:
        refuse(offer.form, refused)
        return False
    return True


# ---- the edits and what they come to


@access(MANAGER, readers=(OFFICER,))
def plan_edits(request: HttpRequest, pk: int) -> HttpResponse:
    """The edits of a plan, what they cost, and what to do with them."""
    run = run_or_404(request, pk)
    rows = run_edits(run)
    about = edits_mark(run, rows)
    answer = edits_answer(run, about)
    result = (answer.result if answer else None) or {}
    horizon, names = Horizon(run.start_on, run.weeks), part_names()
    edited = lots_to_edit(run).filter(part__in={row.part_id for row in rows if row.part_id is not None})
    pieces = {(lot.part.code, lot.workshop.code, lot.period): lot.quantity for lot in edited}
    shown = edit_words.edits_shown(rows, pieces, horizon, names, result.get("blame", ()))
    workshops = {row.code: row for row in workshops_to_edit(run)}
    file = file_asked(request, Worked(run.pk, shown, result, horizon, names, workshops))
    if file is not None:
        return file
    own = run.cooperative_id in person_of(request).roles.cooperatives_managed
    context = {
        "run": run,
        "kinds": list(FORMATS),
        "may_edit": may_edit(request, run),
        "live": run.status in LIVE,
        "edits": [row for row in shown if row.holds],
        "taken_back": [row for row in shown if not row.holds],
        "about": about,
        "answer": answer,
        "job": answer.job if answer else None,
        "result": result,
        "history": history_table(run, acts=edit_words.ACTS, fields=edit_words.FIELDS),
    }
    if result.get("status") == "plan":
        context |= {
            "said": edit_words.cost_sentences(result),
            "bound": edit_words.bound_sentence(result),
            "moving": edit_words.moving_sentence(result),
            "costs": edit_words.costs(result),
            "orders": leading(edit_words.orders(result, horizon), own=own),
            "work": edit_words.work(result, workshops),
            "lots": edit_words.lots(result, workshops, horizon, names),
            "more": edit_words.more_sentence(result),
            "draft": edits_draft(run, answer),
        }
    elif result:
        context["obstacles"] = edit_words.impossible_sentences(result, shown, horizon, names)
    return render(request, "plans/edits.html", context)


@access(MANAGER, readers=(OFFICER,), methods=("POST",))
def plan_edit_act(request: HttpRequest, pk: int, edit: int, act: str) -> HttpResponse:
    """Take one edit back, or bring it back."""
    run = own_run_or_404(request, pk)
    row = own_or_404(edits_of(run), pk=edit)
    if act == "urungkan":
        edit_take_back(edit=row, by=user_of(request))
        messages.success(request, _("The edit is taken back. You can bring it back below."))
    else:
        edit_bring_back(edit=row, by=user_of(request))
        messages.success(request, _("The edit counts again."))
    return HttpResponseRedirect(reverse("plan_edits", args=[pk]))


@access(MANAGER, readers=(OFFICER,), methods=("POST",))
def plan_edits_act(request: HttpRequest, pk: int, act: str) -> HttpResponse:
    """Make the edited plan a draft, drop all edits, or have them worked out (again)."""
    run = own_run_or_404(request, pk)
    user = user_of(request)
    if act == "terapkan":
        draft = edits_apply(run=run, about=request.POST.get("about", ""), by=user)
        messages.success(request, _("This is a draft with your edits. Nothing changes until you put it into force."))
        return HttpResponseRedirect(reverse("plan", args=[draft.pk]))
    if act == "buang":
        edits_discard(run=run, by=user)
        messages.success(request, _("All edits are dropped. Each can be brought back below."))
    else:
        edits_ask(run=run, by=user)
    return HttpResponseRedirect(reverse("plan_edits", args=[pk]))
