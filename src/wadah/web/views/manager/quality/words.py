"""Words of inspection, dispositions and trials, as managers and inspectors read them.

A lot's history is the same wherever it is read, so it has the words of what the hub did with it too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from wadah.register.selectors import CERTIFICATE_KINDS
from wadah.units import date_text, decimal_text, percent_text
from wadah.web.views.manager.work import words as work
from wadah.web.words import language
from wadah.work.services.refusals import STATES, reasons_text
from wadah.work.words import DefectClass, SamplingMethod

if TYPE_CHECKING:
    from collections.abc import Mapping

    from wadah.catalogue.selectors.gaps import Gap
    from wadah.work.models import DefectRule, InspectionPlan
    from wadah.work.rules.inspecting import ClassStanding, Standing
    from wadah.work.rules.sampling import SamplingPlan

ACTS = work.ACTS | {
    "inspection_open": gettext_lazy("Inspection begun"),
    "tranche_add": gettext_lazy("Checked"),
    "tranche_undo": gettext_lazy("Last count taken back"),
    "inspection_passed": gettext_lazy("Passed"),
    "inspection_failed": gettext_lazy("Rejected"),
    "inspection_cancel": gettext_lazy("Cancelled"),
    "disposition_accept": gettext_lazy("Accepted as it is"),
    "disposition_sort": gettext_lazy("Sorted"),
    "disposition_rework": gettext_lazy("Sent back to be mended"),
    "disposition_scrap": gettext_lazy("Scrapped"),
    "disposition_return": gettext_lazy("Sent back for good"),
    "rework_back": gettext_lazy("Back from mending"),
    "severity_normal": gettext_lazy("Inspection became normal"),
    "severity_tightened": gettext_lazy("Inspection became tightened"),
    "severity_reduced": gettext_lazy("Inspection became reduced"),
    "severity_discontinued": gettext_lazy("Inspection has stopped"),
    "inspection_plan_set": gettext_lazy("Plan set"),
    "inspection_plan_end": gettext_lazy("Plan ended"),
    "work_terms_set": gettext_lazy("Set"),
    "trial_open": gettext_lazy("Trial opened"),
    "trial_order": gettext_lazy("Trial lot ordered"),
    "elements_ask": gettext_lazy("What is asked for was set"),
    "element_missing": gettext_lazy("Element: missing"),
    "element_given": gettext_lazy("Element: handed in"),
    "element_accepted": gettext_lazy("Element: accepted"),
    "element_refused": gettext_lazy("Element: refused"),
    "trial_approved": gettext_lazy("Approved"),
    "trial_refused": gettext_lazy("Refused"),
    "trial_withdrawn": gettext_lazy("Trial stopped"),
    "part_certificates_set": gettext_lazy("Certificates set"),
}

FIELDS = work.FIELDS | {
    "cooperative": gettext_lazy("Cooperative"),
    "n": gettext_lazy("To check"),
    "checked": gettext_lazy("Checked"),
    **dict(DefectClass.choices),
    "element": gettext_lazy("Element"),
    "accepted": gettext_lazy("Accepted"),
    "rejected": gettext_lazy("Rejected"),
    "allowed_by": gettext_lazy("Allowed by"),
    "back": gettext_lazy("Back"),
    "mended": gettext_lazy("Mended"),
    "spoilt": gettext_lazy("Can't be mended"),
    "level": gettext_lazy("Level"),
    "rules": gettext_lazy("Classes"),
    "characteristics": gettext_lazy("Looked at"),
    "work_order": gettext_lazy("Work order"),
    "asked": gettext_lazy("Still to be accepted"),
    "certificates": gettext_lazy("Certificates"),
    "offer_weeks_ahead": gettext_lazy("Weeks ahead that are offered to members"),
    "answer_hours": gettext_lazy("Hours that a member has to answer"),
    "over_percent": gettext_lazy("More than asked that a member may bring, in percent"),
    "aql_major": gettext_lazy("AQL for major defects"),
    "aql_minor": gettext_lazy("AQL for minor defects"),
}

VERDICTS = {
    "accepted": gettext_lazy("passed"),
    "accepted_return_to_normal": gettext_lazy("passed, back to normal"),
    "rejected": gettext_lazy("rejected"),
    "stopped": gettext_lazy("not finished"),
}

GAPS = {
    "no_approval": gettext_lazy("not approved yet"),
    "approval_later": gettext_lazy("approved only from %(day)s on"),
    "approval_ended": gettext_lazy("approval ended on %(day)s"),
    "suspended": gettext_lazy("suspended since %(day)s"),
    "withdrawn": gettext_lazy("approval withdrawn since %(day)s"),
    "no_certificate": gettext_lazy("no certificate: %(kind)s"),
    "ended": gettext_lazy("certificate ended on %(day)s: %(kind)s"),
}

CLASS_HINTS = {
    DefectClass.CRITICAL: gettext_lazy("can hurt somebody or stop the car"),
    DefectClass.MAJOR: gettext_lazy("the part can't do its work"),
    DefectClass.MINOR: gettext_lazy("it works, but isn't as agreed"),
}


def pieces_text(pieces: Any) -> str:
    return decimal_text(pieces, 3, language())


def class_label(name: str) -> str:
    return str(DefectClass(name).label)


def severity_label(severity: str) -> str:
    return str(STATES.get(severity, severity))


def verdict_label(verdict: str | None) -> str:
    return str(VERDICTS[verdict]) if verdict else _("not decided yet")


def plan_sentence(plan: SamplingPlan) -> str:
    """How many to check and what decides, in one sentence."""
    words = {"n": pieces_text(plan.n), "ac": plan.ac, "re": plan.re}
    if plan.counts == "defects":
        return _("Check %(n)s: with up to %(ac)s faults it passes, from %(re)s on it is rejected.") % words
    return _("Check %(n)s: with up to %(ac)s bad ones it passes, from %(re)s on it is rejected.") % words


def plan_source(kept: Mapping[str, Any]) -> str:
    """Where a frozen plan comes from."""
    if not kept["aql"]:
        return str(SCHEMES.get(kept["scheme"], kept["scheme"]))
    words = {
        "scheme": kept["scheme"],
        "aql": decimal_text(kept["aql"], 3, language()),
        "letter": kept["letter"] or "–",
        "severity": severity_label(kept["severity"]),
    }
    text = _("%(scheme)s, AQL %(aql)s, letter %(letter)s, %(severity)s") % words
    if kept["arrow"]:
        text += " " + _("(an arrow leads to letter %(letter)s)") % {"letter": kept["letter_used"]}
    return text


SCHEMES = {
    "own plan": gettext_lazy("as agreed"),
    "Ac = 0 by LTPD": gettext_lazy("no defect allowed (Ac = 0)"),
    "every piece": gettext_lazy("every piece"),
}


def standing_sentence(now: Standing) -> str:
    """What is to be done now."""
    if now.lot_accepted is True:
        return _("This lot passes.")
    if now.lot_accepted is False:
        return _("This lot is rejected.")
    left = now.n - now.checked
    text = ngettext("%(left)s more to check.", "%(left)s more to check.", left) % {"left": pieces_text(left)}
    if now.next_pieces < left:
        text += " " + _("First the next %(next)s: some classes of defects count only in these.") % {
            "next": pieces_text(now.next_pieces)
        }
    return text


def class_sentence(one: ClassStanding) -> str:
    """Where a class stands."""
    if one.verdict is not None:
        return verdict_label(one.verdict)
    words = {"more": one.progress.defects_to_reject, "good": one.progress.good_to_accept or 0}
    return _("%(more)s more reject it; %(good)s good ones more and it has passed.") % words


def reason_sentence(verdict: Mapping[str, Any]) -> str:
    """What a class's severity did after this lot, and why."""
    if "severity" not in verdict:
        return ""
    told = reasons_text(verdict["reasons"])
    now = _("Inspection of the next lot: %(severity)s") % {"severity": severity_label(verdict["severity"])}
    return f"{now} ({told})." if told else f"{now}."


def gap_text(gap: Gap) -> str:
    kinds = dict(CERTIFICATE_KINDS)
    day = date_text(gap.day, language()) if gap.day else ""
    return str(GAPS[gap.code]) % {"day": day, "kind": kinds.get(gap.kind, gap.kind)}


def rules_text(row: InspectionPlan) -> str:
    return "; ".join(rule_text(rule) for rule in row.defect_rules.all())


def rule_text(rule: DefectRule) -> str:
    label = class_label(rule.defect_class)
    if rule.method == SamplingMethod.AQL:
        return f"{label}: AQL {decimal_text(rule.aql or 0, 3, language())}"
    if rule.method == SamplingMethod.ZERO:
        ltpd, risk = (percent_text(share or 0, 3, language()) for share in (rule.ltpd, rule.risk))
        return _("%(label)s: Ac = 0, LTPD %(ltpd)s, risk %(risk)s") % {"label": label, "ltpd": ltpd, "risk": risk}
    if rule.method == SamplingMethod.USER:
        size = str(rule.n) if rule.n is not None else _("the same sample")
        return f"{label}: {size}, Ac {rule.ac}, Re {rule.re}"
    return f"{label}: {SamplingMethod(rule.method).label}"
