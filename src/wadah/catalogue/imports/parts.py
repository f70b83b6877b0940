"""Parts from a file, to any depth: one row a part, or one a component that goes into it; no levels are asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wadah.base.errors import Refused
from wadah.base.imports.faults import RowRefused
from wadah.base.imports.kinds import Column, Desk, Kind, fold, register_kind
from wadah.catalogue.models import BomLine, Part
from wadah.catalogue.services import boms_set, part_put, parts_put
from wadah.catalogue.services.parts import BomRefused
from wadah.catalogue.words import Supply, Unit
from wadah.register.models import Skill, Subsector

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from decimal import Decimal

    from wadah.base.imports.kinds import Row, Scope, Values
    from wadah.base.imports.undo import Watch

COLUMNS = (
    Column(
        "code", gettext_lazy("Part"), required=True, limit=80, synonyms=("kode", "kode komponen", "induk", "parent")
    ),
    Column("name", gettext_lazy("Name"), required=True, limit=120, synonyms=("nama komponen", "nama barang")),
    Column("name_en", gettext_lazy("Name in English"), limit=120, synonyms=("english",)),
    Column("subsector", gettext_lazy("Trade"), "find", find="subsector", required=True, synonyms=("subsektor",)),
    Column("skill", gettext_lazy("Process"), "find", find="skill", synonyms=("proses", "keahlian", "skill")),
    Column("unit", gettext_lazy("Unit"), "choice", choices=Unit.choices, synonyms=("satuan",)),
    Column("integer", gettext_lazy("Whole pieces only"), "yes", synonyms=("bulat",)),
    Column("supply", gettext_lazy("Made or bought"), "choice", choices=Supply.choices, synonyms=("pasokan", "supply")),
    Column("pack_size", gettext_lazy("Pieces in a pack"), "number", synonyms=("isi kemasan", "pack")),
    Column("lead_time_weeks", gettext_lazy("Weeks ahead"), "whole", synonyms=("lead time",)),
    Column(
        "component", gettext_lazy("Component"), "find", find="part", synonyms=("bahan", "kode bahan", "anak", "child")
    ),
    Column(
        "quantity",
        gettext_lazy("Pieces of it in one"),
        "number",
        synonyms=("jumlah", "qty", "quantity", "banyaknya"),
        hint=gettext_lazy("0 takes the component out."),
    ),
    Column("source", gettext_lazy("Source"), limit=240, synonyms=("sumber",)),
)
PART = ("name", "name_en", "unit", "integer", "supply", "pack_size", "lead_time_weeks", "source")
AT_ONCE = 500
"""Parts whose bills of materials one query reads."""


class PartsDesk(Desk):
    """A row is one component of one part, or a part alone. Components that a file doesn't name stay."""

    def __init__(self, scope: Scope) -> None:
        super().__init__(scope)
        self.parts = {row.code.upper(): row for row in Part.objects.select_related("subsector", "skill")}
        self.lines: dict[str, dict[str, Decimal]] = {}
        for line in BomLine.objects.select_related("parent", "component").order_by("pk"):
            self.lines.setdefault(line.parent.code.upper(), {})[line.component.code] = line.quantity
        self.trades = named(Subsector.objects.all())
        self.skills = named(Skill.objects.all())
        self.brought: dict[str, str] = {}
        self.said: dict[str, Values] = {}
        self.boms: dict[str, list[tuple[int, str, Decimal]]] = {}

    def prepare(self, texts: Iterable[Mapping[str, str]]) -> None:
        for cells in texts:
            code = cells.get("code", "")
            self.brought.setdefault(code.upper(), code)

    def find(self, what: str, text: str) -> str:
        if what == "part":
            known = self.parts.get(text.upper())
            code = known.code if known else self.brought.get(text.upper(), "")
            if not code:
                raise Refused(_("There is no part %(code)s. Give it a row of its own.") % {"code": text[:40]})
            return code
        found = (self.trades if what == "subsector" else self.skills).get(fold(text))
        if found is None:
            words = {"text": text[:60]}
            if what == "subsector":
                raise Refused(_("There is no trade “%(text)s” in the register.") % words)
            raise Refused(_("There is no skill “%(text)s” in the register.") % words)
        return str(found)

    def key(self, values: Values) -> object:
        if not values.get("code"):
            raise Refused(_("It is empty; a new row needs it."), field="code")
        return values["code"].upper(), values.get("component") or ""

    def now(self, values: Values) -> Values | None:
        part = self.parts.get(values["code"].upper())
        component = values.get("component")
        if part is not None:
            return self.told(part, component)
        earlier = self.said.get(values["code"].upper())
        self.said.setdefault(values["code"].upper(), values)
        return None if earlier is None else {key: earlier[key] for key in earlier.keys() - {"component", "quantity"}}

    def more(self, values: Values) -> bool:
        return values["code"].upper() not in self.parts

    def told(self, part: Part, component: str | None) -> Values:
        values: Values = {name: getattr(part, name) for name in PART}
        values |= {
            "code": part.code,
            "subsector": part.subsector.name,
            "skill": part.skill.name if part.skill else None,
        }
        quantity = self.lines.get(part.code.upper(), {}).get(component or "")
        return values | ({"component": component, "quantity": quantity} if quantity is not None else {})

    def settle(self, values: Values, now: Values | None) -> None:
        if now is not None:
            values["code"] = now.get("code", values["code"])
        if ("quantity" in values) != bool(values.get("component")):
            column = "quantity" if values.get("component") else "component"
            raise Refused(_("A component and how many pieces of it belong together."), field=column)
        supply = values.get("supply") or (now or {}).get("supply") or Supply.MADE
        pack = values.get("pack_size", (now or {}).get("pack_size"))
        if pack not in (None, "") and supply != Supply.BOUGHT:
            raise Refused(_("Only what is bought comes in packs. Empty it with “-”."), field="pack_size")
        if pack == 0:
            raise Refused(_("A pack holds more than nothing."), field="pack_size")
        if now is not None and values.get("quantity") == 0 and "quantity" not in now:
            values.pop("component")
            values.pop("quantity")

    def shared(self, values: Values) -> Iterable[tuple[object, Iterable[str]]]:
        return [(values["code"], (*PART, "subsector", "skill"))]

    def write(self, row: Row, now: Values | None, watch: Watch) -> None:
        code = row.values["code"]
        watch.before(Part.objects.filter(code=code))
        watch.after([part_put(code=code, by=self.scope.by, **self.facts(row.values))])
        self.gather(row)

    def facts(self, values: Values) -> dict[str, Any]:
        """Columns of the part that the row sets."""
        facts: dict[str, Any] = {name: values[name] for name in PART if name in values}
        if facts.get("pack_size") == "":
            facts["pack_size"] = None
        if "subsector" in values:
            facts["subsector"] = self.trades[fold(values["subsector"])]
        if "skill" in values:
            facts["skill"] = self.skills[fold(values["skill"])] if values["skill"] else None
        return facts

    def gather(self, row: Row) -> None:
        """Keep what goes into the part until all parts are there."""
        values = row.values
        if values.get("component"):
            line = (row.number, values["component"], values["quantity"])
            self.boms.setdefault(values["code"], []).append(line)

    def write_many(self, rows: Sequence[tuple[Row, Values | None]], watch: Watch) -> bool:
        wanted: dict[str, dict[str, Any]] = {}
        for row, _now in rows:
            wanted.setdefault(row.values["code"], {}).update(self.facts(row.values))
        watch.before(Part.objects.filter(code__in=wanted))
        watch.after(parts_put(rows=wanted, by=self.scope.by))
        for row, _now in rows:
            self.gather(row)
        return True

    def finish(self, watch: Watch) -> None:
        """All bills of materials at once: what counts is that the whole has no loop."""
        parts = {part.code: part for part in Part.objects.all()}
        mine = [parts[code] for code in self.boms]
        lines: dict[str, dict[str, Decimal]] = {code: {} for code in self.boms}
        for start in range(0, len(mine), AT_ONCE):
            old = BomLine.objects.filter(parent__in=mine[start : start + AT_ONCE])
            for line in old.select_related("parent", "component").order_by("pk"):
                watch.before([line])
                lines[line.parent.code][line.component.code] = line.quantity
        for code, said in self.boms.items():
            lines[code].update({component: quantity for _number, component, quantity in said})
        boms = [
            (parts[code], [(parts[key], quantity) for key, quantity in of_part.items() if quantity and key in parts])
            for code, of_part in lines.items()  # a component that isn't there has a row of its own that is wrong
        ]
        try:
            watch.after(boms_set(boms=boms, by=self.scope.by))
        except BomRefused as refused:
            raise RowRefused(self.boms[refused.part.code][0][0], refused) from refused

    def current(self) -> Iterable[Values]:
        for code, part in self.parts.items():
            for component in self.lines.get(code) or [None]:
                yield self.told(part, component)


def named(rows: Iterable[Any]) -> dict[str, Any]:
    """Rows by code and by name in both languages, folded."""
    return {fold(name): row for row in rows for name in (row.name_en, row.name, row.code)}


PARTS = register_kind(
    Kind(
        "parts",
        gettext_lazy("Parts and what goes into them"),
        gettext_lazy("One row a part, or one for each component that goes into it."),
        COLUMNS,
        PartsDesk,
    )
)
