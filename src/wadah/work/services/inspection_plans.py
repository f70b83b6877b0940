"""How lots of a part are inspected from a day on, and how a cooperative works where nothing else is said."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any, cast

from django.db import transaction
from django.utils.translation import gettext as _

from wadah.base.errors import Refused
from wadah.base.history import history_record
from wadah.catalogue.models import Part
from wadah.catalogue.saving import days_check, row_save
from wadah.work.models import Characteristic, DefectRule, InspectionPlan, WorkTerms
from wadah.work.rules.inspecting import CLASSES, plans_of
from wadah.work.rules.sampling_tables import aql_read, check_level
from wadah.work.selectors.asked import asked_by_rules
from wadah.work.services.refusals import in_words
from wadah.work.words import CharacteristicKind, DefectClass, SamplingMethod

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from decimal import Decimal

    from wadah.accounts.models import User
    from wadah.register.models import Cooperative
    from wadah.work.rules.sampling_tables import Level

DAY = timedelta(days=1)
TRIED_LOT = 100_000
"""A plan is tried on a lot that holds any sample, so that what can't be is refused when it is written."""
OF_METHOD = {
    SamplingMethod.AQL: ("aql",),
    SamplingMethod.ZERO: ("ltpd", "risk"),
    SamplingMethod.USER: ("n", "ac", "re"),
    SamplingMethod.ALL: (),
}


@dataclass(frozen=True, slots=True)
class RuleRow:
    """What is asked of one class of defects; columns as DefectRule has them, only those of the method are kept. n None
    with method "user": the largest sample of the other classes."""

    defect_class: str
    method: str
    aql: Decimal | None = None
    ltpd: Decimal | None = None
    risk: Decimal | None = None
    n: int | None = None
    ac: int | None = None
    re: int | None = None

    @property
    def columns(self) -> dict[str, Any]:
        kept = OF_METHOD[SamplingMethod(self.method)]
        return {name: getattr(self, name) for name in ("aql", "ltpd", "risk", "n", "ac", "re") if name in kept}


@dataclass(frozen=True, slots=True)
class CharacteristicRow:
    """What is looked at or measured on each sampled piece; columns as Characteristic has them."""

    name: str
    kind: str = CharacteristicKind.VISUAL
    defect_class: str = DefectClass.MAJOR
    unit: str = ""
    lower: Decimal | None = None
    target: Decimal | None = None
    upper: Decimal | None = None


@transaction.atomic
def inspection_plan_set(
    *,
    cooperative: Cooperative,
    part: Part,
    valid_from: date,
    level: str = "II",
    rules: Sequence[RuleRow],
    characteristics: Sequence[CharacteristicRow] = (),
    note: str = "",
    by: User | None = None,
) -> InspectionPlan:
    """Lots of the part are inspected so from `valid_from` on; the plan before ends the day before.

    The same day again corrects that plan. Inspections that have begun keep what they were opened with.

    Raises
    ------
    Refused: a later plan exists, no class of defects is asked for, one twice, a number is missing or can't be, or
    limits that cross.
    """
    part = Part.objects.select_for_update().get(pk=part.pk)
    with in_words():
        check_level(cast("Level", level))
    rules_check(rules, level)
    held = InspectionPlan.objects.filter(cooperative=cooperative, part=part)
    later = held.filter(valid_from__gt=valid_from).order_by("valid_from").first()
    if later is not None:
        words = {"part": part.code, "from": later.valid_from}
        raise Refused(
            _("%(part)s has a plan that begins later, on %(from)s. Change that one.") % words, field="valid_from"
        )
    for earlier in held.filter(valid_from__lt=valid_from, valid_until__isnull=True):
        row_save(earlier, {"valid_until": valid_from - DAY}, by=by, act="inspection_plan_set")
    row = held.filter(valid_from=valid_from).first() or InspectionPlan(
        cooperative=cooperative, part=part, valid_from=valid_from
    )
    old = plan_told(row) if row.pk else {}
    row_save(row, {"level": level, "note": note, "valid_until": None})
    parts_of_plan(row, rules, characteristics)
    history_record(user=by, act="inspection_plan_set", row=row, old=old, new=plan_told(row))
    return row


def rules_check(rules: Sequence[RuleRow], level: str) -> None:
    """Raises Refused where the rules of the classes can't be used."""
    names = [row.defect_class for row in rules]
    if not names:
        raise Refused(_("Say at least for one class of defects how it is checked."), field="rules")
    if len(set(names)) < len(names):
        raise Refused(_("Each class of defects is asked for once."), field="rules")
    for row in rules:
        if row.method == SamplingMethod.USER and row.ac is not None and row.ac < 0:
            raise Refused(_("The acceptance number can't be below zero."), field="rules")
    with in_words("rules"):
        plans_of(asked_by_rules(rules), TRIED_LOT, {}, cast("Level", level))


def parts_of_plan(plan: InspectionPlan, rules: Sequence[RuleRow], characteristics: Sequence[CharacteristicRow]) -> None:
    """Writes a plan's rules and characteristics anew; inspections hold their own copies."""
    plan.defect_rules.all().delete()
    plan.characteristics.all().delete()
    for rule in sorted(rules, key=lambda row: CLASSES.index(row.defect_class)):
        row_save(DefectRule(plan=plan, defect_class=rule.defect_class, method=rule.method), rule.columns)
    for number, one in enumerate(characteristics, start=1):
        if one.lower is not None and one.upper is not None and one.lower > one.upper:
            words = {"name": one.name, "lower": one.lower, "upper": one.upper}
            raise Refused(
                _("%(name)s: the lower limit (%(lower)s) lies above the upper one (%(upper)s).") % words,
                field="characteristics",
            )
        columns = {name: getattr(one, name) for name in ("kind", "defect_class", "unit", "lower", "target", "upper")}
        row_save(Characteristic(plan=plan, number=number, name=one.name.strip()), columns)


def plan_told(row: InspectionPlan) -> dict[str, Any]:
    """A plan as its history keeps it, in one line each."""
    rules = [
        " ".join([rule.defect_class, rule.method, *(f"{name}={getattr(rule, name)}" for name in columns_of(rule))])
        for rule in row.defect_rules.all()
    ]
    names = [one.name for one in row.characteristics.all()]
    return {"level": row.level, "note": row.note, "rules": "; ".join(rules), "characteristics": ", ".join(names)}


def columns_of(rule: DefectRule) -> list[str]:
    return [name for name in OF_METHOD[SamplingMethod(rule.method)] if getattr(rule, name) is not None]


@transaction.atomic
def inspection_plan_end(*, plan: InspectionPlan, last_day: date, by: User | None = None) -> InspectionPlan:
    """The plan holds until `last_day`, then the cooperative's defaults do.

    Raises
    ------
    Refused: it had ended before, or the day lies before its first.
    """
    Part.objects.select_for_update().get(pk=plan.part_id)
    row = InspectionPlan.objects.get(pk=plan.pk)
    if row.valid_until is not None and row.valid_until <= last_day:
        raise Refused(_("It ends already, on %(last)s.") % {"last": row.valid_until}, field="last_day")
    days_check(row.valid_from, last_day)
    return row_save(row, {"valid_until": last_day}, by=by, act="inspection_plan_end")


@transaction.atomic
def work_terms_set(*, cooperative: Cooperative, by: User | None = None, **columns: Any) -> WorkTerms:
    """How the cooperative works from now on; columns: those of WorkTerms.

    Raises
    ------
    Refused: a level or an AQL that isn't in the tables, or a column out of its range.
    """
    row = WorkTerms.objects.select_for_update().filter(cooperative=cooperative).first()
    row = row or WorkTerms(cooperative=cooperative)
    with in_words("level"):
        check_level(columns.get("level", row.level))
    for name in ("aql_major", "aql_minor"):
        with in_words(name):
            columns[name] = aql_read(columns.get(name, getattr(row, name)))
    return row_save(row, columns, by=by, act="work_terms_set")
