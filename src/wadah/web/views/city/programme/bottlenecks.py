"""Penghambat: which one skill would open most orders, in rupiah and jobs; and proposals for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wadah.base.errors import WadahError
from wadah.catalogue.selectors import part_names_by_code
from wadah.plans.selectors import newest_plans, run_visible
from wadah.programme.packages.bottlenecks import bottlenecks_ask
from wadah.programme.packages.proposing import propose
from wadah.programme.packages.seen import bottlenecks_of, bottlenecks_seen
from wadah.web.access import MANAGER, OFFICER, access, own_or_404, person_of
from wadah.web.exports import FORMATS, file_answer
from wadah.web.tables import Cell, Column, Table
from wadah.web.views.city.programme.common import NOTHING, acted, cooperatives_seen, figure, may_write, money
from wadah.web.words import language, quantity_text

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from wadah.plans.models import PlanRun
    from wadah.programme.models import BottleneckRun

FILE = "penghambat"
BARS = 8


@access(OFFICER, readers=(MANAGER,))
def bottlenecks(request: HttpRequest) -> HttpResponse:
    """The answer for one cooperative's newest plan; as a file too."""
    seen = cooperatives_seen(request)
    runs = [run for run in newest_plans() if seen is None or run.cooperative_id in seen]
    asked = request.GET.get("koperasi", "")
    run = next((run for run in runs if str(run.cooperative_id) == asked), runs[0] if runs else None)
    row = bottlenecks_of(run) if run is not None else None
    result = row.result if row is not None else None
    parts = part_names_by_code(language()) if result else {}
    kind = request.GET.get("unduh", "")
    if result and kind in FORMATS:
        return file_answer(kind, FILE, head_words(), [values(skill, parts) for skill in result["skills"]])
    context: dict[str, Any] = {"runs": runs, "run": run, "row": row, "own": may_write(request), "files": list(FORMATS)}
    if row is not None and result:
        context |= shown(row, result, parts)
    return render(request, "programme/bottlenecks.html", context)


def shown(row: BottleneckRun, result: dict[str, Any], parts: dict[str, str]) -> dict[str, Any]:
    """Everything that the page of an answer shows."""
    most = max((skill.get("saved", 0) for skill in result["skills"]), default=0)
    bars = [
        {
            "code": skill["part"],
            "name": name(skill["part"], parts),
            "worth": money(skill["worth_hour"]),
            "saved": money(skill.get("saved")),
            "jobs": figure(skill.get("jobs"), 2),
            "share": round(100 * skill.get("saved", 0) / most) if most else 0,
            "sentence": skill_sentence(skill, row, result["weeks"], parts),
        }
        for skill in result["skills"][:BARS]
    ]
    return {"bars": bars, "table": skills_table(result, parts), "nobody": nobody_rows(result, parts), "first": bars[:1]}


def skill_sentence(skill: dict[str, Any], row: BottleneckRun, weeks: int, parts: dict[str, str]) -> str:
    """What one more hour a week is worth, and what planning again makes of it."""
    words = {
        "part": name(skill["part"], parts),
        "worth": money(skill["worth_hour"]),
        "hours": row.hours_week,
        "saved": money(skill.get("saved")),
        "jobs": figure(skill.get("jobs"), 2),
        "weeks": weeks,
        "pieces": quantity_text(max(0.0, skill.get("short", 0.0) + skill.get("late", 0.0))),
    }
    if "saved" not in skill:
        return (
            _("By the plan's prices one more hour of %(part)s is worth %(worth)s. There was no time to plan again.")
            % words
        )
    if not skill["settled"]:
        return (
            _(
                "By the plan's prices one more hour of %(part)s is worth %(worth)s. Planning again found no saving, "
                "but doesn't prove that there is none."
            )
            % words
        )
    return (
        _(
            "One more hour of %(part)s a week is worth %(worth)s by the plan's prices. Planned again with a newcomer "
            "of %(hours)s hours a week, %(weeks)s weeks cost %(saved)s less, %(pieces)s pieces fewer are late or "
            "missing, and %(jobs)s more jobs are needed."
        )
        % words
    )


def name(code: str, parts: dict[str, str]) -> str:
    return parts.get(code, code)


def head_words() -> list[str]:
    return [
        _("Skill"), _("An hour more is worth (by prices)"), _("Saved, planned again"), _("At most (proven)"),
        _("By prices, for the same hours"), _("Pieces fewer late"), _("Pieces fewer missing"), _("Jobs"),
        _("Who can now"),
    ]  # fmt: skip


def values(skill: dict[str, Any], parts: dict[str, str]) -> list[str | int | float | None]:
    keys = ("worth_hour", "saved", "most", "promised", "late", "short", "jobs", "makers")
    return [name(skill["part"], parts), *(skill.get(key) for key in keys)]


def skills_table(result: dict[str, Any], parts: dict[str, str]) -> Table:
    head = head_words()
    columns = [Column(head[0]), *(Column(text, numeric=True) for text in head[1:])]
    table = Table(_("Skills, the one that saves most first"), columns)
    for skill in result["skills"]:
        table.add(
            Cell(name(skill["part"], parts)),
            *(money(skill.get(key)) for key in ("worth_hour", "saved", "most", "promised")),
            *(quantity_text(skill[key]) if key in skill else NOTHING for key in ("late", "short")),
            figure(skill.get("jobs"), 2),
            str(skill["makers"]),
        )
    return table


def nobody_rows(result: dict[str, Any], parts: dict[str, str]) -> list[dict[str, str]]:
    """Parts that orders need and nobody can make."""
    return [
        {"code": row["part"], "name": name(row["part"], parts), "pieces": quantity_text(row["pieces"])}
        for row in result["nobody"]
    ]


def back_to(run: PlanRun) -> str:
    return f"{reverse('bottlenecks')}?koperasi={run.cooperative_id}"


@access(OFFICER, readers=(MANAGER,), methods=("POST",))
def bottlenecks_work_out(request: HttpRequest, pk: int) -> HttpResponse:
    """Have them worked out for a plan."""
    run = own_or_404(run_visible(cooperatives_seen(request)), pk=pk)
    done = _("The bottlenecks are being worked out. You may close this page.")
    return acted(request, lambda: bottlenecks_ask(run=run, by=person_of(request).user), done, back_to(run))


@access(OFFICER, readers=(MANAGER,), methods=("POST",))
def bottlenecks_propose(request: HttpRequest, pk: int) -> HttpResponse:
    """Propose support for one skill, or for the dearest ones."""
    row = own_or_404(bottlenecks_seen(cooperatives_seen(request)), pk=pk)
    user = person_of(request).user
    assert user is not None  # an officer is signed in
    try:
        made = propose(bottlenecks=row, by=user, part=request.POST.get("part", ""))
    except WadahError as refused:
        messages.error(request, str(refused))
        return HttpResponseRedirect(back_to(row.run))
    messages.success(request, proposed_sentence(len(made)))
    return HttpResponseRedirect(reverse("proposals"))


def proposed_sentence(count: int) -> str:
    if count == 0:
        return _("All of it is proposed already.")
    return ngettext(
        "%(count)s proposal was added. Its cost is assumed: put your own figures in.",
        "%(count)s proposals were added. Their costs are assumed: put your own figures in.",
        count,
    ) % {"count": count}
