"""What a sampling plan lets through: the curve, its marks in words, and the table under it."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wadah.base.errors import Refused
from wadah.units import decimal_text, percent_text
from wadah.web.access import BUYER, INSPECTOR, MANAGER, access
from wadah.web.exports import FORMATS, file_answer
from wadah.web.forms import refuse
from wadah.web.pictures.oc import curve_picture
from wadah.web.tables import Column, Table
from wadah.web.views.manager.quality.common import cooperatives_of, ways
from wadah.web.views.manager.quality.words import plan_sentence, severity_label
from wadah.web.words import language
from wadah.work.rules.oc import oc_points, outgoing_limit, risks
from wadah.work.rules.sampling import SamplingPlan, own_plan, plan_for
from wadah.work.rules.sampling_tables import AQLS_PRINTED, LETTERS_BY_LEVEL
from wadah.work.services.refusals import in_words

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from wadah.work.rules.oc import OcPoint, Risks
    from wadah.work.rules.sampling_tables import Level, Severity

TABLE_POINTS = 13
NUMBER = forms.TextInput(attrs={"inputmode": "numeric", "size": 7})
SEVERITIES = ("normal", "tightened", "reduced")
MOST = 1_000_000


class CurveForm(forms.Form):
    """A plan out of the tables by lot size, level, AQL and severity, or one's own n, Ac, Re."""

    lot = forms.IntegerField(label=gettext_lazy("Pieces of the lot"), min_value=1, max_value=MOST, widget=NUMBER)
    level = forms.ChoiceField(
        label=gettext_lazy("Inspection level"), choices=[(name, name) for name in LETTERS_BY_LEVEL]
    )
    aql = forms.ChoiceField(label=gettext_lazy("AQL"), choices=[(one, one) for one in AQLS_PRINTED])
    severity = forms.ChoiceField(label=gettext_lazy("Severity"))
    n = forms.IntegerField(
        label=gettext_lazy("Or as agreed: to check"), required=False, min_value=1, max_value=MOST, widget=NUMBER
    )
    ac = forms.IntegerField(label=gettext_lazy("Ac: passes up to"), required=False, min_value=0, widget=NUMBER)
    re = forms.IntegerField(label=gettext_lazy("Re: rejected from"), required=False, min_value=1, widget=NUMBER)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["severity"].choices = [(one, severity_label(one)) for one in SEVERITIES]  # type: ignore[attr-defined]


START = {"lot": "1000", "level": "II", "aql": "1.0", "severity": "normal"}


@access(MANAGER, INSPECTOR, BUYER)
def curve(request: HttpRequest) -> HttpResponse:
    """The curve of the plan that the address asks for; buyers look at it too, before they agree on one."""
    asked = {**START, **{key: request.GET[key] for key in CurveForm.base_fields if request.GET.get(key)}}
    form = CurveForm(asked)
    plan = None
    if form.is_valid():
        try:
            plan = plan_asked(form.cleaned_data)
        except Refused as refused:
            refuse(form, refused)
    context: dict[str, Any] = {"form": form, "ways": ways(request) if cooperatives_of(request) else []}
    if plan is not None:
        lot = form.cleaned_data["lot"]
        kind = request.GET.get("unduh", "")
        if kind in FORMATS:
            return file_answer(kind, "kurva", [str(column.label) for column in columns(plan)], values(plan, lot))
        marks = risks(plan)
        context |= {
            "plan": plan,
            "sentence": plan_sentence(plan),
            "told": mark_sentences(plan, marks, lot),
            "picture": curve_picture(oc_points(plan), marked(marks)),
            "table": points_table(plan, lot),
            "files": [(one, request.GET.urlencode() + f"&unduh={one}") for one in FORMATS],
            "faults": plan.counts == "defects",
        }
    return render(request, "quality/curve.html", context, status=400 if form.errors else 200)


def plan_asked(facts: dict[str, Any]) -> SamplingPlan:
    """Raises Refused, in words."""
    with in_words():
        if facts["n"] is not None:
            own = {
                name: facts[name] if facts[name] is not None else instead for name, instead in (("ac", 0), ("re", 1))
            }
            gap = own["re"] > own["ac"] + 1
            return own_plan(facts["n"], own["ac"], own["re"], severity="reduced" if gap else "normal")
        return plan_for(
            facts["lot"],
            cast("Level", facts["level"]),
            Decimal(facts["aql"]),
            cast("Severity", facts["severity"]),
        )


def marked(marks: Risks) -> list[tuple[float, float]]:
    chances = ((marks.producer, 0.95), (marks.even, 0.5), (marks.consumer, 0.1))
    return [(quality, chance) for quality, chance in chances if quality is not None]


def quality_text(plan: SamplingPlan, quality: float) -> str:
    """A share of bad pieces, or faults in a hundred pieces."""
    if plan.counts == "defects":
        return decimal_text(round(quality * 100, 4), 2, language())
    return percent_text(round(quality, 6), 2, language())


def mark_sentences(plan: SamplingPlan, marks: Risks, lot: int) -> list[str]:
    """What the marks say, in whole sentences."""
    faults = plan.counts == "defects"
    unit = _("%(quality)s faults in a hundred pieces") if faults else _("%(quality)s bad")

    def told(quality: float) -> str:
        return unit % {"quality": quality_text(plan, quality)}

    found = []
    if marks.producer is not None:
        found.append(_("A lot with %(what)s passes 19 times out of 20.") % {"what": told(marks.producer)})
    if marks.even is not None:
        found.append(_("A lot with %(what)s passes every other time.") % {"what": told(marks.even)})
    if marks.consumer is not None:
        found.append(_("A lot with %(what)s still passes once in ten.") % {"what": told(marks.consumer)})
    if lot > plan.n:
        worst = outgoing_limit(plan, lot)
        assert worst.outgoing is not None
        found.append(
            _("Where rejected lots are sorted piece by piece, at most %(what)s goes out on average.")
            % {"what": told(worst.outgoing)}
        )
    return found


def columns(plan: SamplingPlan) -> list[Column]:
    worse = _("Faults in a hundred pieces") if plan.counts == "defects" else _("Bad pieces in the lot")
    return [
        Column(worse, numeric=True),
        Column(_("Passes"), numeric=True),
        Column(_("Goes out after sorting"), numeric=True),
        Column(_("Looked at on average"), numeric=True),
    ]


def points(plan: SamplingPlan, lot: int) -> tuple[OcPoint, ...]:
    return oc_points(plan, points=TABLE_POINTS, lot_size=max(lot, plan.n))


def points_table(plan: SamplingPlan, lot: int) -> Table:
    table = Table(_("What the plan lets through"), columns(plan))
    for one in points(plan, lot):
        table.add(
            quality_text(plan, one.quality),
            percent_text(round(one.accepted, 6), 1, language()),
            quality_text(plan, one.outgoing or 0.0),
            decimal_text(round(one.inspected or 0.0, 1), 0, language()),
        )
    return table


def values(plan: SamplingPlan, lot: int) -> list[list[Any]]:
    return [[one.quality, one.accepted, one.outgoing, one.inspected] for one in points(plan, lot)]
