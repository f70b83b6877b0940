"""Work against wish: each member of a plan as a dot, one sentence from the numbers, and the table under it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wadah.plans.fairness import plan_fairness
from wadah.units import decimal_text
from wadah.web.access import MANAGER, OFFICER, access
from wadah.web.lists import ListColumn, Listing, list_page
from wadah.web.pictures.shares import shares_picture
from wadah.web.views.manager.plans.plans import run_or_404
from wadah.web.words import language, share_text

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from wadah.plans.fairness import Fairness, MemberWork
    from wadah.plans.models import PlanRun

EVEN, UNEVEN = 0.2, 0.4


@access(MANAGER, readers=(OFFICER,))
def plan_fair(request: HttpRequest, pk: int) -> HttpResponse:
    run = run_or_404(request, pk)
    found = plan_fairness(run) if run.has_plan and run.best_rupiah is not None else None
    shares = found.shares if found else []
    return list_page(
        request,
        listing(run, by_policy=found is not None and found.by_policy),
        found.rows if found else (),  # type: ignore[arg-type]  # a list that nothing narrows or sorts
        template="plans/fairness.html",
        run=run,
        picture=shares_picture(shares) if shares else None,
        sentence=sentence(found) if found and shares else "",
        evenness=evenness(found) if found and shares else "",
        wish=wish(found) if found else "",
    )


def listing(run: PlanRun, *, by_policy: bool) -> Listing:
    return Listing(
        f"pembagian-{run.pk}",
        _("Is the work shared fairly?"),
        [
            ListColumn("kode", _("Code of the workshop"), lambda row: str(row.code), hidden=True),
            ListColumn(
                "anggota",
                _("Member"),
                lambda row: f"{row.code} {row.name}",
                badge=lambda row: "simulated" if row.simulated else "",
            ),
            ListColumn(
                "kerja", _("Hours of work"), lambda row: hours(row.hours), lambda row: round(row.hours, 2), numeric=True
            ),
            ListColumn(
                "harapan",
                _("Target hours") if by_policy else _("Free hours"),
                lambda row: hours(row.wish),
                lambda row: round(row.wish, 2),
                numeric=True,
            ),
            ListColumn("bagian", _("Share"), share, share_value, numeric=True),
            ListColumn("catatan", _("Note"), note),
        ],
        empty=_("There is no member to compare: no plan came of this run, or nobody was free in its weeks."),
    )


def hours(value: float) -> str:
    return decimal_text(round(value, 1), 1, language())


def share(row: MemberWork) -> str:
    return "–" if row.share is None else share_text(row.share)


def share_value(row: MemberWork) -> float | None:
    return None if row.share is None else round(row.share, 4)


def note(row: MemberWork) -> str:
    if not row.able:
        return _("not approved for a part of this plan")
    if row.share is None:
        return _("no hours in these weeks")
    return _("no work in this plan") if row.hours <= 1e-6 else ""


def wish(found: Fairness) -> str:
    if found.by_policy:
        said = _("The wish is the target that the cooperative's policy gives each member.")
        return f"{said} {keys().get(found.key, '')}".strip()
    return _("The cooperative has no target hours, so the wish is each member's free hours in the weeks of the plan.")


def keys() -> dict[str, str]:
    """What each key of a policy means, in one sentence."""
    return {
        "equal": _("Today's key: the same hours for everybody who can make a part."),
        "free_hours": _("Today's key: in proportion to free hours."),
        "wished": _(
            "Today's key: in proportion to the hours that members wish for; who hasn't said counts with all free hours."
        ),
        "need": _("Today's key: by need, with the weight that the cooperative has decided for each member."),
    }


def sentence(found: Fairness) -> str:
    """The smallest and the largest share in plain words."""
    shares = found.shares
    words = {"count": len(shares), "least": share_text(min(shares)), "most": share_text(max(shares))}
    said = (
        ngettext(
            "One member can make these parts and gets %(least)s of the hours wished for.",
            "%(count)s members can make these parts: the one with least work gets %(least)s of the hours wished for, "
            "the one with most %(most)s.",
            len(shares),
        )
        % words
    )
    idle = found.without_work
    if not idle:
        return said
    none = ngettext("%(idle)s gets no work.", "%(idle)s get no work.", idle) % {"idle": idle}
    return f"{said} {none}"


def evenness(found: Fairness) -> str:
    """The Gini number with what it means."""
    number = decimal_text(round(found.gini, 2), 2, language())
    if found.gini < EVEN:
        said = _("Shared evenly: %(gini)s on a scale where 0 is the same share for all and 1 is all work for one.")
    elif found.gini < UNEVEN:
        said = _("Shared unevenly: %(gini)s on a scale where 0 is the same share for all and 1 is all work for one.")
    else:
        said = _(
            "Shared very unevenly: %(gini)s on a scale where 0 is the same share for all and 1 is all work for one."
        )
    return said % {"gini": number}
