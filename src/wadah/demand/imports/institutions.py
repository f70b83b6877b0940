"""Institutions from a file, with the heads that they have on a day."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wadah.base.errors import Refused
from wadah.base.imports.kinds import Column, Desk, Kind, register_kind
from wadah.demand.models import Headcount, Institution
from wadah.demand.services import headcount_record, institution_put
from wadah.demand.words import Group, InstitutionKind, Level
from wadah.register.imports.lookups import DOUBTFUL, Places

if TYPE_CHECKING:
    from collections.abc import Iterable

    from wadah.base.imports.kinds import Row, Scope, Values
    from wadah.base.imports.undo import Watch

COLUMNS = (
    Column("code", gettext_lazy("Code"), required=True, limit=40, synonyms=("npsn", "kode")),
    Column(
        "name", gettext_lazy("Name"), required=True, synonyms=("nama sekolah", "sekolah", "instansi", "nama instansi")
    ),
    Column("kind", gettext_lazy("Kind"), "choice", choices=InstitutionKind.choices, required=True, synonyms=("jenis",)),
    Column(
        "level", gettext_lazy("Level"), "choice", choices=Level.choices, required=True, synonyms=("jenjang", "bentuk")
    ),
    Column("state", gettext_lazy("State-run"), "yes", synonyms=("negeri",)),
    Column("area", gettext_lazy("Kelurahan"), "find", find="area", required=True, synonyms=("desa", "village")),
    Column("district", gettext_lazy("Kecamatan"), synonyms=("district", "kec")),
    Column(
        "as_of",
        gettext_lazy("Counted on"),
        "date",
        synonyms=("tanggal", "per tanggal"),
        hint=gettext_lazy("Left empty: today."),
    ),
    Column("pupils", gettext_lazy("Pupils"), "whole", synonyms=("siswa", "peserta didik", "pd")),
    Column("teachers", gettext_lazy("Teachers"), "whole", synonyms=("guru", "ptk")),
    Column("staff", gettext_lazy("School staff"), "whole", synonyms=("tendik", "pegawai sekolah")),
    Column("employees", gettext_lazy("City employees"), "whole", synonyms=("asn", "pegawai")),
    Column("source", gettext_lazy("Source"), limit=240, synonyms=("sumber",)),
)
FACTS = ("name", "kind", "level", "state")


class InstitutionsDesk(Desk):
    """A row is an institution by its code, with the heads of each group on one day."""

    def __init__(self, scope: Scope) -> None:
        super().__init__(scope)
        self.areas = Places()
        self.rows = {row.code.upper(): row for row in Institution.objects.select_related("area")}
        self.heads: dict[tuple[int, str], Headcount] = {}
        for count in Headcount.objects.order_by("as_of"):
            self.heads[count.institution_id, count.group] = count

    def find(self, what: str, text: str) -> str:
        return self.areas.find(text)

    def key(self, values: Values) -> object:
        if not values.get("code"):
            raise Refused(_("It is empty; a new row needs it."), field="code")
        return values["code"].upper()

    def now(self, values: Values) -> Values | None:
        row = self.rows.get(values["code"].upper())
        return self.told(row) if row is not None else None

    def told(self, row: Institution) -> Values:
        values: Values = {name: getattr(row, name) for name in FACTS}
        values |= {"code": row.code, "area": self.areas.label(row.area)}
        for group in Group.values:
            count = self.heads.get((row.pk, group))
            if count is not None:
                values |= {group: count.heads, "as_of": count.as_of, "source": count.source}
        return values

    def settle(self, values: Values, now: Values | None) -> None:
        district = values.pop("district", "")
        if values.get("area", "").startswith(DOUBTFUL):
            values["area"] = self.areas.within(values["area"][1:], district)
        if now is not None:
            values["code"] = now["code"]
        told = {name: values.get(name) or (now[name] if now else None) for name in ("kind", "level")}
        office = told["level"] == Level.OFFICE
        if told["kind"] == InstitutionKind.SCHOOL and office:
            raise Refused(_("A school has a level of school, not an office's."), field="level")
        if told["kind"] == InstitutionKind.OFFICE and not office:
            raise Refused(_("An office has no level of school. Write: city office."), field="level")
        counted = any(values.get(group) is not None for group in Group.values)
        if not counted:
            values.pop("as_of", None)
            values.pop("source", None)

    def write(self, row: Row, now: Values | None, watch: Watch) -> None:
        values, by = row.values, self.scope.by
        facts: dict[str, Any] = {name: values[name] for name in FACTS if name in values}
        if facts.get("state") == "":
            facts["state"] = None
        if "area" in values:
            facts["area"] = self.areas.by_label[values["area"]]
        watch.before(Institution.objects.filter(code=values["code"]))
        institution = institution_put(code=values["code"], by=by, **facts)
        watch.after([institution])
        day = values.get("as_of") or self.scope.today
        for group in Group.values:
            heads = values.get(group)
            if heads is None or (now and now.get(group) == heads and now.get("as_of") == day):
                continue
            watch.before(Headcount.objects.filter(institution=institution, group=group, as_of=day))
            count = headcount_record(
                institution=institution, group=group, heads=heads, as_of=day, source=values.get("source") or "", by=by
            )
            watch.after([count])

    def current(self) -> Iterable[Values]:
        return [self.told(row) for row in self.rows.values()]


INSTITUTIONS = register_kind(
    Kind(
        "institutions",
        gettext_lazy("Schools and offices"),
        gettext_lazy("One row a school or office, with its pupils, teachers and staff on a day."),
        COLUMNS,
        InstitutionsDesk,
    )
)
