"""Names in files that mean rows of the register: places, trades, processes, firms.

A row is named in values and templates as people name it, in words that lead back to it: "Bekasi Jaya", or "Margahayu,
Bekasi Timur" where the city has two of the name.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from wadah.base.errors import Refused
from wadah.base.imports.kinds import Desk, fold
from wadah.register.models import Area, Cooperative, Skill, Subsector

if TYPE_CHECKING:
    from collections.abc import Iterable

    from wadah.base.imports.kinds import Scope, Values

DOUBTFUL = "?"
"""Before the name of a place that only the district can tell apart."""
PREFIXES = ("kelurahan ", "kel. ", "kel ", "desa ", "kecamatan ", "kec. ", "kec ", "kota ", "kabupaten ", "kab. ")


class RegisterDesk(Desk):
    """Looks up what members and workshops have in common."""

    def __init__(self, scope: Scope) -> None:
        super().__init__(scope)
        self.cooperative = Cooperative.objects.get(pk=scope.cooperative_id)
        self.areas = Places()
        self.subsectors = named(Subsector.objects.all())
        self.skills = named(Skill.objects.all())

    def find(self, what: str, text: str) -> str:
        if what == "area":
            return self.areas.find(text)
        if what in {"subsector", "skill"}:
            rows = self.subsectors if what == "subsector" else self.skills
            found = rows.get(fold(text))
            if found is None:
                raise Refused(unknown_text(what, text, {str(row) for row in rows.values()}))
            return str(found)
        raise ValueError(f"Expected something to look up, got {what!r}")

    def settle_area(self, values: Values) -> None:
        """Tell places of one name apart by the district, and take the district where no smaller place is given."""
        district = values.pop("district", "")
        area = values.get("area", "")
        if area.startswith(DOUBTFUL):
            values["area"] = self.areas.within(area[1:], district)
        elif not area and district and "area" not in values:
            try:
                values["area"] = self.areas.find(district)
            except Refused as refused:
                raise Refused(refused.message, field="district") from refused

    def area_of(self, text: str) -> Area | None:
        return self.areas.by_label.get(text)

    def skills_of(self, names: Iterable[str]) -> list[Skill]:
        return [self.skills[fold(name)] for name in names]


class Places:
    """All areas by the words that people use for them; two queries less than one a row."""

    def __init__(self) -> None:
        self.by_code: dict[str, Area] = {}
        self.by_name: dict[str, list[Area]] = defaultdict(list)
        self.by_label: dict[str, Area] = {}
        self.labels: dict[int, str] = {}
        rows = list(Area.objects.select_related("parent"))
        for area in rows:
            self.by_code[area.code] = area
            self.by_name[fold(area.name_spaced)].append(area)
        for area in rows:
            label = area.name_spaced if self.alone(area) else f"{area.name_spaced}, {area.parent}"
            label = area.code if label in self.by_label else label
            self.by_label[label] = area
            self.labels[area.pk] = label

    def alone(self, area: Area) -> bool:
        return self.smallest(self.by_name[fold(area.name_spaced)]) == [area]

    def smallest(self, areas: list[Area]) -> list[Area]:
        """Of places of one name, the kelurahan; where there is none, the others."""
        return [area for area in areas if area.kind == Area.Kind.KELURAHAN] or areas

    def label(self, area: Area | None) -> str | None:
        return self.labels[area.pk] if area is not None else None

    def find(self, text: str) -> str:
        if text in self.by_label:
            return text
        if text in self.by_code:
            return self.labels[self.by_code[text].pk]
        name = text.lower()
        for prefix in PREFIXES:
            name = name.removeprefix(prefix)
        if "," in name:
            small, _comma, large = name.partition(",")
            return self.within(small, large)
        found = self.smallest(self.by_name.get(fold(name), []))
        if len(found) == 1:
            return self.labels[found[0].pk]
        if found:
            return DOUBTFUL + name
        raise Refused(_("There is no place “%(text)s” in the list of areas.") % {"text": text[:60]})

    def within(self, name: str, district: str) -> str:
        found = self.smallest(self.by_name.get(fold(name), []))
        key = fold(district)
        inside = [area for area in found if area.parent is not None and key and fold(area.parent.name_spaced) == key]
        if len(inside) != 1:
            words = {"text": name[:60], "labels": "; ".join(self.labels[area.pk] for area in found[:6])}
            if not found:
                raise Refused(_("There is no place “%(text)s” in the list of areas.") % words, field="area")
            raise Refused(_("“%(text)s” may be one of these: %(labels)s. Write it so.") % words, field="area")
        return self.labels[inside[0].pk]


def named(rows: Iterable[Any]) -> dict[str, Any]:
    """Rows by code and by name in both languages, folded."""
    found: dict[str, Any] = {}
    for row in rows:
        for name in (row.code, row.name, row.name_en):
            found.setdefault(fold(name), row)
    return found


def unknown_text(what: str, text: str, known: set[str]) -> str:
    words = {"text": text[:60], "names": ", ".join(sorted(known)[:12])}
    if what == "subsector":
        return _("There is no trade “%(text)s”. Some that there are: %(names)s.") % words
    return _("There is no skill “%(text)s”. Some that there are: %(names)s.") % words


def emptied(value: Any) -> Any:
    """What a cleared number or place is kept as."""
    return None if value == "" else value
