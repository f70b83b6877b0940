"""Workshops from a file: one row a machine, with the workshop that it stands in, what it masters and its hours."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wadah.base.clock import monday
from wadah.base.errors import Refused
from wadah.base.imports.cells import CLEARED
from wadah.base.imports.kinds import Column, Kind, fold, register_kind
from wadah.register.imports.lookups import RegisterDesk, emptied
from wadah.register.models import Machine, WeekPattern, Workshop, WorkshopSkill
from wadah.register.models.hours import DAYS
from wadah.register.selectors import cooperative_members_ahead
from wadah.register.services import machine_put, skill_claim, week_pattern_set, workshop_correct, workshop_open
from wadah.register.services.sharing import workshop_wish_set
from wadah.units import MINUTES_AN_HOUR, share_whole

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from wadah.base.imports.kinds import Row, Scope, Values
    from wadah.base.imports.undo import Watch
    from wadah.register.models import Ikm

USUAL_DAYS = (1, 1, 1, 1, 1, 1, 0)
WEEK_HOURS = 7 * 24
COLUMNS = (
    Column(
        "code", gettext_lazy("Code of the workshop"), required=True, limit=20, synonyms=("kode", "kode bengkel", "code")
    ),
    Column(
        "name", gettext_lazy("Name of the workshop"), required=True, synonyms=("nama bengkel", "bengkel", "workshop")
    ),
    Column(
        "firm",
        gettext_lazy("Firm"),
        "find",
        find="firm",
        required=True,
        synonyms=("nama usaha", "ikm", "nama ikm", "anggota", "member"),
    ),
    Column("kind", gettext_lazy("Kind of place"), "choice", choices=Workshop.Kind.choices, synonyms=("jenis tempat",)),
    Column("floor_m2", gettext_lazy("Floor (m²)"), "whole", synonyms=("luas", "luas lantai", "luas bangunan", "floor")),
    Column(
        "power_va", gettext_lazy("Electricity (VA)"), "whole", synonyms=("listrik", "daya", "daya listrik", "power")
    ),
    Column("area", gettext_lazy("Kelurahan"), "find", find="area", synonyms=("desa", "village", "kel")),
    Column(
        "district",
        gettext_lazy("Kecamatan"),
        synonyms=("district", "kec"),
        hint=gettext_lazy("Only needed where two kelurahan have one name."),
    ),
    Column("address", gettext_lazy("Address"), limit=240, synonyms=("alamat bengkel", "alamat lengkap")),
    Column("lat", gettext_lazy("Latitude"), "degrees", synonyms=("lat", "latitude")),
    Column("lng", gettext_lazy("Longitude"), "degrees", synonyms=("lng", "lon", "long", "longitude")),
    Column(
        "skills",
        gettext_lazy("Masters"),
        "several",
        find="skill",
        synonyms=("keahlian", "proses", "skills", "skill", "kemampuan"),
    ),
    Column(
        "hours_week",
        gettext_lazy("Hours a week"),
        "number",
        synonyms=("jam per minggu", "jam kerja", "jam/minggu", "hours"),
    ),
    Column(
        "overtime_hours",
        gettext_lazy("Extra hours a week"),
        "number",
        synonyms=("jam lembur", "lembur", "lembur per minggu", "overtime", "overtime hours"),
        hint=gettext_lazy("How many more it is ready to work in a week, if need be."),
    ),
    Column(
        "overtime_cost",
        gettext_lazy("Extra pay for an extra hour (Rp)"),
        "rupiah",
        synonyms=("upah lembur", "tambahan lembur", "biaya lembur", "overtime cost", "overtime pay"),
        hint=gettext_lazy("On top of the usual pay. 0 or -: no price of its own, then the cooperative's terms count."),
    ),
    Column(
        "wish_hours",
        gettext_lazy("Hours of work wished for a week"),
        "number",
        synonyms=("harapan jam", "jam yang diharapkan", "keinginan jam", "wish", "wished hours"),
    ),
    Column("machine", gettext_lazy("Machine"), limit=120, synonyms=("nama mesin", "mesin/alat", "alat")),
    Column(
        "machine_count", gettext_lazy("How many machines"), "whole", synonyms=("jumlah", "jumlah mesin", "unit", "qty")
    ),
    Column("machine_skill", gettext_lazy("What the machine does"), "find", find="skill", synonyms=("proses mesin",)),
    Column("machine_note", gettext_lazy("Note on the machine"), limit=240, synonyms=("keterangan", "catatan", "note")),
)
PLACE = ("name", "kind", "floor_m2", "power_va", "address", "lat", "lng")
NULLABLE = {"floor_m2", "power_va", "area", "lat", "lng"}
WEEK = ("hours_week", "overtime_hours", "overtime_cost")
"""What the usual week holds; in hours but for the price."""
HOURS = ("hours_week", "overtime_hours", "wish_hours")
MACHINE = ("machine", "machine_count", "machine_skill", "machine_note")


class WorkshopsDesk(RegisterDesk):
    """A row is one machine of one workshop, or a workshop alone. What a workshop masters is only added to."""

    def __init__(self, scope: Scope) -> None:
        super().__init__(scope)
        self.firms: dict[str, Ikm] = {}
        self.firm_labels: dict[int, str] = {}
        self.read_firms()
        own = Workshop.objects.filter(ikm__in=list(self.firm_labels), archived_at__isnull=True)
        self.workshops = {row.code.upper(): row for row in own.select_related("area").order_by("code")}
        ids = [row.pk for row in self.workshops.values()]
        self.taken = {code.upper() for code in Workshop.objects.values_list("code", flat=True)} - self.workshops.keys()
        self.machines: dict[int, dict[str, Machine]] = {}
        for machine in Machine.objects.filter(workshop__in=ids, archived_at__isnull=True).select_related("skill"):
            self.machines.setdefault(machine.workshop_id, {})[fold(machine.name)] = machine
        self.mastered: dict[int, set[str]] = {}
        for claim in WorkshopSkill.objects.filter(workshop__in=ids).select_related("skill"):
            self.mastered.setdefault(claim.workshop_id, set()).add(claim.skill.name)
        self.patterns: dict[int, WeekPattern] = {}
        for pattern in WeekPattern.objects.filter(workshop__in=ids).order_by("valid_from"):
            self.patterns[pattern.workshop_id] = pattern
        self.said: dict[str, Values] = {}

    def read_firms(self) -> None:
        firms = [member.ikm for member in cooperative_members_ahead(self.cooperative) if member.ikm is not None]
        names = [fold(firm.name) for firm in firms]
        for firm in firms:
            label = firm.name if names.count(fold(firm.name)) == 1 else f"{firm.name} / {firm.owner_name}"
            self.firm_labels[firm.pk] = label
            self.firms[fold(label)] = firm

    def find(self, what: str, text: str) -> str:
        if what != "firm":
            return super().find(what, text)
        if fold(text) not in self.firms:
            raise Refused(_("“%(text)s” is no member firm. Import the members first.") % {"text": text[:60]})
        return self.firm_labels[self.firms[fold(text)].pk]

    def key(self, values: Values) -> object:
        code = str(values.get("code") or "").upper()
        if not code:
            raise Refused(_("It is empty; a new row needs it."), field="code")
        return code, fold(values.get("machine") or "")

    def now(self, values: Values) -> Values | None:
        code = values["code"].upper()
        if code in self.taken:
            raise Refused(_("The code %(code)s is taken by another workshop.") % {"code": code}, field="code")
        workshop = self.workshops.get(code)
        if workshop is not None:
            return self.told(workshop, values.get("machine"))
        earlier = self.said.get(code)
        self.said.setdefault(code, values)
        return {key: value for key, value in earlier.items() if key not in MACHINE} if earlier is not None else None

    def more(self, values: Values) -> bool:
        return values["code"].upper() not in self.workshops

    def told(self, workshop: Workshop, machine_name: str | None) -> Values:
        values: Values = {name: getattr(workshop, name) for name in PLACE}
        values["code"] = workshop.code
        values["firm"] = self.firm_labels[workshop.ikm_id]
        values["area"] = self.areas.label(workshop.area)
        values["skills"] = tuple(sorted(self.mastered.get(workshop.pk, ())))
        pattern = self.patterns.get(workshop.pk)
        values["hours_week"] = in_hours(sum(week_of(pattern))) if pattern else None
        values["overtime_hours"] = in_hours(pattern.overtime_minutes_week) if pattern else None
        values["overtime_cost"] = pattern.overtime_cost_rupiah_hour if pattern else None
        wish = workshop.wish_minutes_week
        values["wish_hours"] = None if wish is None else in_hours(wish)
        machine = self.machines.get(workshop.pk, {}).get(fold(machine_name or ""))
        if machine is not None:
            values["machine"] = machine.name
            values["machine_count"] = machine.count
            values["machine_skill"] = machine.skill.name if machine.skill else None
            values["machine_note"] = machine.note
        return values

    def settle(self, values: Values, now: Values | None) -> None:
        self.settle_area(values)
        if now is not None and "code" in now:
            values["code"] = now["code"]  # small and capital letters are one code
        if now is not None and values.get("firm") not in (None, now.get("firm")):
            raise Refused(_("A workshop can't be moved to another firm from a file."), field="firm")
        if now is not None and "skills" in values:
            values["skills"] = tuple(sorted({*values["skills"], *(now.get("skills") or ())}))
        if any(values.get(name) for name in MACHINE[1:]) and not values.get("machine"):
            raise Refused(_("Name the machine, too."), field="machine")
        if values.get("machine_count") == 0:
            raise Refused(_("A machine that isn't there is left out of the file."), field="machine_count")
        self.settle_week(values, now)
        if ("lat" in values) != ("lng" in values):
            raise Refused(_("A place needs both latitude and longitude, or neither."), field="lat")

    def settle_week(self, values: Values, now: Values | None) -> None:
        if values.get("overtime_cost") == CLEARED:
            values["overtime_cost"] = 0
        for key in HOURS:
            hours, before = values.get(key), now.get(key) if now else None
            if hours not in (None, "") and hours > WEEK_HOURS:
                raise Refused(_("A week has %(hours)s hours.") % {"hours": WEEK_HOURS}, field=key)
            if hours and before and round(hours * MINUTES_AN_HOUR) == round(before * MINUTES_AN_HOUR):
                values[key] = before  # the same minutes, however many decimals were typed
        known = values.get("hours_week") not in (None, "") or (now is not None and now.get("hours_week") is not None)
        for key in WEEK[1:]:
            if values.get(key) and not known:
                raise Refused(_("Say its usual hours a week first: extra hours come on top of them."), field=key)

    def shared(self, values: Values) -> Iterable[tuple[object, Iterable[str]]]:
        return [(values["code"].upper(), (*PLACE, "firm", "area", *HOURS, "overtime_cost"))]

    def write(self, row: Row, now: Values | None, watch: Watch) -> None:
        values = row.values
        workshop = self.write_workshop(values, watch)
        for skill in self.skills_of(values.get("skills") or ()):
            claims = list(WorkshopSkill.objects.filter(workshop=workshop, skill=skill))
            watch.before(claims)
            watch.after([skill_claim(workshop=workshop, skill=skill, by=self.scope.by)])
        changed = {
            key: values[key]
            for key in (*WEEK, "wish_hours")
            if values.get(key) not in (None, "", now.get(key) if now else None)
        }
        if changed.keys() & set(WEEK):
            self.write_week(workshop, changed, watch)
        if "wish_hours" in changed:
            minutes = round(changed["wish_hours"] * MINUTES_AN_HOUR)
            workshop_wish_set(workshop=workshop, minutes_week=minutes, by=self.scope.by)
        if values.get("machine"):
            self.write_machine(workshop, values, now or {}, watch)

    def write_workshop(self, values: Values, watch: Watch) -> Workshop:
        by = self.scope.by
        facts: dict[str, Any] = {name: values[name] for name in PLACE if name in values}
        facts |= {name: emptied(facts[name]) for name in NULLABLE & facts.keys()}
        if "area" in values:
            facts["area"] = self.area_of(values["area"])
        workshop = Workshop.objects.filter(code__iexact=values["code"]).first()
        if workshop is None:
            firm = self.firms[fold(values["firm"])]
            workshop = workshop_open(ikm=firm, code=values["code"], by=by, **facts)
            watch.after([workshop])
            return workshop
        watch.before([workshop])
        return workshop_correct(workshop=workshop, by=by, **facts)

    def write_week(self, workshop: Workshop, changed: Values, watch: Watch) -> None:
        """The usual week from this one on: what changed over what holds. Hours are spread over the days as the
        workshop has worked so far, else over Monday to Saturday."""
        held = WeekPattern.objects.filter(workshop=workshop).order_by("valid_from")
        latest = held.last()
        worked = week_of(latest) if latest else []
        minutes: Sequence[int] = worked
        if "hours_week" in changed or not worked:
            weights = worked if sum(worked) else USUAL_DAYS
            minutes = share_whole(round(changed.get("hours_week", 0) * MINUTES_AN_HOUR), weights)
        overtime = latest.overtime_minutes_week if latest else 0
        if "overtime_hours" in changed:
            overtime = round(changed["overtime_hours"] * MINUTES_AN_HOUR)
        cost = changed.get("overtime_cost", latest.overtime_cost_rupiah_hour if latest else 0)
        watch.before(held)
        since = monday(self.scope.today)
        pattern = week_pattern_set(
            workshop=workshop,
            valid_from=max(since, latest.valid_from) if latest else since,
            minutes=minutes,
            overtime_minutes_week=overtime,
            overtime_cost_rupiah_hour=cost,
            by=self.scope.by,
        )
        watch.after([pattern])

    def write_machine(self, workshop: Workshop, values: Values, now: Values, watch: Watch) -> None:
        watch.before(Machine.objects.filter(workshop=workshop, name=values["machine"]))
        skill = values.get("machine_skill", now.get("machine_skill"))
        machine = machine_put(
            workshop=workshop,
            name=values["machine"],
            skill=self.skills[fold(skill)] if skill else None,
            count=values.get("machine_count") or now.get("machine_count") or 1,
            note=values.get("machine_note", now.get("machine_note")) or "",
            by=self.scope.by,
        )
        watch.after([machine])

    def current(self) -> Iterable[Values]:
        for workshop in self.workshops.values():
            for machine in self.machines.get(workshop.pk) or [None]:
                yield self.told(workshop, machine)


def in_hours(minutes: int) -> Decimal:
    return round(Decimal(minutes) / MINUTES_AN_HOUR, 6)


def week_of(pattern: WeekPattern) -> list[int]:
    """Minutes a day, Monday first."""
    return [getattr(pattern, f"minutes_{day}") for day in DAYS]


WORKSHOPS = register_kind(
    Kind(
        "workshops",
        gettext_lazy("Workshops and machines"),
        gettext_lazy("One row a machine: the workshop it stands in, what that masters, and its hours a week."),
        COLUMNS,
        WorkshopsDesk,
    )
)
