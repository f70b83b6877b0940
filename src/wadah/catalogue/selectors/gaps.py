"""Why a workshop may not make a part on a day, though it has a rate: what planning leaves it out for, in codes."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from wadah.catalogue.models import Approval
from wadah.catalogue.selectors.certified import certificates_asked, certified_windows
from wadah.catalogue.words import ApprovalStatus

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from django.db.models import QuerySet

    from wadah.catalogue.models import Part
    from wadah.catalogue.rules import Window
    from wadah.register.models import Workshop

Code = Literal["no_approval", "approval_later", "approval_ended", "suspended", "withdrawn", "no_certificate", "ended"]


@dataclass(frozen=True, slots=True)
class Gap:
    """code: "no_approval" (never), "approval_later", "approval_ended", "suspended", "withdrawn"; "no_certificate" or
    "ended" of a certificate; day: since when, or from when; kind: of the certificate."""

    code: Code
    day: date | None = None
    kind: str = ""


def maker_gaps(part: Part, workshops: QuerySet[Workshop], on: date) -> dict[int, list[Gap]]:
    """What stands between each workshop and making the part on a day, by workshop id; none where it may. Four queries.

    Licences of motifs are told by the part's own page.
    """
    found: dict[int, list[Gap]] = defaultdict(list)
    approvals: dict[int, list[Approval]] = defaultdict(list)
    shops = list(workshops.order_by().values_list("pk", flat=True))
    for row in Approval.objects.filter(part=part, workshop__in=shops).order_by("valid_from", "pk"):
        approvals[row.workshop_id].append(row)
    kinds = certificates_asked([part.pk]).get(part.pk, [])
    held = certified_windows(workshops, kinds) if kinds else {}
    for shop in shops:
        gaps = [approval_gap(approvals[shop], on), *(paper_gap(held[shop, kind], kind, on) for kind in kinds)]
        found[shop] = [gap for gap in gaps if gap is not None]
    return dict(found)


def approval_gap(rows: Sequence[Approval], on: date) -> Gap | None:
    """rows: of one part and workshop, oldest first."""
    leave = [row for row in rows if row.status == ApprovalStatus.APPROVED]
    if any(row.valid_from <= on and (row.valid_until is None or row.valid_until >= on) for row in leave):
        return None
    later = next((row for row in leave if row.valid_from > on), None)
    if later is not None:
        return Gap("approval_later", later.valid_from)
    last = rows[-1] if rows else None
    if last is not None and last.status == ApprovalStatus.SUSPENDED:
        return Gap("suspended", last.valid_from)
    if last is not None and last.status == ApprovalStatus.WITHDRAWN:
        return Gap("withdrawn", last.valid_from)
    ended = max((row.valid_until for row in leave if row.valid_until is not None), default=None)
    return Gap("no_approval") if ended is None else Gap("approval_ended", ended)


def paper_gap(windows: Sequence[Window], kind: str, on: date) -> Gap | None:
    if any(first <= on and (last is None or last >= on) for first, last in windows):
        return None
    ended = [last for first, last in windows if last is not None and last < on]
    return Gap("ended", max(ended), kind) if ended else Gap("no_certificate", None, kind)
