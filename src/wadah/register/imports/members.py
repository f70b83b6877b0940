"""Members from a file: the firm, its owner and phone, where it is, since when it belongs, and its first workshop."""

from __future__ import annotations

from collections import defaultdict
from itertools import groupby
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wadah.accounts.rules import phone_e164
from wadah.base.errors import Refused
from wadah.base.imports.kinds import Column, Kind, fold, register_kind
from wadah.register.imports.lookups import RegisterDesk, emptied
from wadah.register.models import Ikm, Membership, Workshop
from wadah.register.selectors import cooperative_members_ahead, workshop_codes_filled, workshop_next_code
from wadah.register.services import ikm_correct, newcomers_join, workshop_correct, workshop_open
from wadah.register.services.joining import Newcomer

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from wadah.base.imports.kinds import Row, Scope, Values
    from wadah.base.imports.undo import Watch
    from wadah.register.models import Subsector

COLUMNS = (
    Column(
        "name", gettext_lazy("Firm"), required=True, synonyms=("nama usaha", "nama ikm", "usaha", "business", "name")
    ),
    Column("owner", gettext_lazy("Owner"), required=True, limit=120, synonyms=("pemilik", "nama pemilik", "nama")),
    Column(
        "phone",
        gettext_lazy("Phone"),
        "find",
        find="phone",
        synonyms=("no hp", "hp", "wa", "whatsapp", "telp", "no telepon", "nomor hp", "mobile"),
    ),
    Column(
        "area", gettext_lazy("Kelurahan"), "find", find="area", synonyms=("desa", "kelurahan/desa", "village", "kel")
    ),
    Column(
        "district",
        gettext_lazy("Kecamatan"),
        synonyms=("district", "kec"),
        hint=gettext_lazy("Only needed where two kelurahan have one name."),
    ),
    Column(
        "legal_form",
        gettext_lazy("Legal form"),
        "choice",
        choices=Ikm.LegalForm.choices,
        synonyms=("badan usaha", "bentuk usaha", "badan hukum"),
    ),
    Column(
        "subsectors",
        gettext_lazy("Trades"),
        "several",
        find="subsector",
        synonyms=("subsektor", "subsector", "jenis usaha", "bidang usaha", "trade"),
    ),
    Column(
        "workers",
        gettext_lazy("Workers"),
        "whole",
        synonyms=("jumlah tenaga kerja", "tenaga kerja", "tk", "karyawan", "employees"),
    ),
    Column(
        "investment_rupiah",
        gettext_lazy("Investment (Rp)"),
        "rupiah",
        synonyms=("investasi", "nilai investasi", "modal"),
    ),
    Column(
        "annual_sales_rupiah",
        gettext_lazy("Sales a year (Rp)"),
        "rupiah",
        synonyms=("omzet", "omset", "penjualan per tahun", "nilai produksi", "turnover"),
    ),
    Column(
        "joined_on",
        gettext_lazy("Member since"),
        "date",
        synonyms=("tanggal bergabung", "tgl masuk", "tanggal masuk", "joined"),
        hint=gettext_lazy("Left empty: today."),
    ),
    Column(
        "workshop_code",
        gettext_lazy("Code of the workshop"),
        limit=20,
        synonyms=("kode", "kode bengkel", "nomor", "code"),
    ),
    Column("workshop_name", gettext_lazy("Name of the workshop"), synonyms=("nama bengkel", "workshop")),
    Column("address", gettext_lazy("Address"), limit=240, synonyms=("alamat usaha", "alamat lengkap", "jalan")),
    Column("lat", gettext_lazy("Latitude"), "degrees", synonyms=("lat", "garis lintang", "latitude")),
    Column("lng", gettext_lazy("Longitude"), "degrees", synonyms=("lng", "lon", "long", "garis bujur", "longitude")),
    Column("source", gettext_lazy("Source"), limit=200, synonyms=("sumber data",)),
)
FIRM = {
    "name": "name",
    "owner": "owner_name",
    "phone": "phone",
    "area": "area",
    "legal_form": "legal_form",
    "workers": "workers",
    "investment_rupiah": "investment_rupiah",
    "annual_sales_rupiah": "annual_sales_rupiah",
    "source": "source",
}
"""Column of the file → column of the firm."""
PLACE = {"workshop_name": "name", "address": "address", "lat": "lat", "lng": "lng"}
NULLABLE = {"area", "workers", "investment_rupiah", "annual_sales_rupiah", "lat", "lng"}


class MembersDesk(RegisterDesk):
    """A row is a member firm, known by the code of its workshop where one is given, else by its name and owner."""

    def __init__(self, scope: Scope) -> None:
        super().__init__(scope)
        self.by_name: dict[tuple[str, str], Membership] = {}
        self.by_code: dict[str, tuple[Membership, Workshop]] = {}
        self.first: dict[int, Workshop] = {}
        members = list(cooperative_members_ahead(self.cooperative).prefetch_related("ikm__subsectors"))
        held = {member.ikm_id: member for member in members}
        for member in members:
            assert member.ikm is not None
            self.by_name[fold(member.ikm.name), fold(member.ikm.owner_name)] = member
        workshops = Workshop.objects.filter(ikm__in=list(held), archived_at__isnull=True).order_by("code")
        for workshop in workshops:
            self.by_code[workshop.code.upper()] = (held[workshop.ikm_id], workshop)
            self.first.setdefault(workshop.ikm_id, workshop)
        self.taken = {code.upper() for code in Workshop.objects.values_list("code", flat=True)} - self.by_code.keys()

    def find(self, what: str, text: str) -> str:
        return phone_e164(text) if what == "phone" else super().find(what, text)

    def key(self, values: Values) -> object:
        if code := values.get("workshop_code"):
            return code.upper()
        return fold(values.get("name", "")), fold(values.get("owner", ""))

    def standing(self, values: Values) -> tuple[Membership, Workshop | None] | None:
        """The member that the row means, and the workshop of theirs that it tells of."""
        code = str(values.get("workshop_code") or "").upper()
        if code in self.taken:
            raise Refused(_("The code %(code)s is taken by another workshop.") % {"code": code}, field="workshop_code")
        if code in self.by_code:
            return self.by_code[code]
        member = self.by_name.get((fold(values.get("name", "")), fold(values.get("owner", ""))))
        if member is None or member.ikm_id is None:
            return None
        return member, None if code else self.first.get(member.ikm_id)

    def now(self, values: Values) -> Values | None:
        found = self.standing(values)
        return self.told(*found) if found else None

    def told(self, member: Membership, workshop: Workshop | None) -> Values:
        ikm = member.ikm
        assert ikm is not None
        values: Values = {column: getattr(ikm, name) for column, name in FIRM.items() if column != "area"}
        values["area"] = self.areas.label(ikm.area)
        values["subsectors"] = tuple(sorted(row.name for row in ikm.subsectors.all()))
        values["joined_on"] = member.joined_on
        if workshop is not None:
            values["workshop_code"] = workshop.code
            values |= {column: getattr(workshop, name) for column, name in PLACE.items()}
        return values

    def settle(self, values: Values, now: Values | None) -> None:
        self.settle_area(values)
        if now is not None and "joined_on" in values and values["joined_on"] != now["joined_on"]:
            raise Refused(_("Since when somebody is a member can't be changed from a file."), field="joined_on")
        if ("lat" in values) != ("lng" in values):
            raise Refused(_("A place needs both latitude and longitude, or neither."), field="lat")

    def shared(self, values: Values) -> Iterable[tuple[object, Iterable[str]]]:
        found = self.standing(values)
        return [(found[0].pk, (*FIRM, "subsectors"))] if found else []

    def write(self, row: Row, now: Values | None, watch: Watch) -> None:
        values = row.values
        found = self.standing(values)
        if found is None:
            watch.after(newcomers_join(cooperative=self.cooperative, rows=self.newcomers([row]), by=self.scope.by))
            return
        member, workshop = found
        ikm = Ikm.objects.get(pk=member.ikm_id or 0)
        watch.before([ikm, *trades_of(ikm)])
        trades = self.trades(values) if "subsectors" in values else None
        ikm_correct(ikm=ikm, by=self.scope.by, subsectors=trades, **self.firm(values))
        watch.after(trades_of(ikm))
        self.write_workshop(ikm, workshop, values, watch)

    def write_many(self, rows: Sequence[tuple[Row, Values | None]], watch: Watch) -> bool:
        """Rows of newcomers one after the other are written at once."""
        for new, group in groupby(rows, key=lambda pair: pair[1] is None):
            if new:
                wanted = self.newcomers([row for row, _now in group])
                watch.after(newcomers_join(cooperative=self.cooperative, rows=wanted, by=self.scope.by))
            else:
                for row, now in group:
                    self.write(row, now, watch)
        return True

    def newcomers(self, rows: Sequence[Row]) -> list[Newcomer]:
        found = []
        for values in (row.values for row in rows):
            firm = self.firm(values)
            place = self.place(values)
            opens = bool(place or values.get("workshop_code"))
            place["name"] = place.get("name") or firm["name"]
            day = values.get("joined_on") or self.scope.today
            newcomer = Newcomer(firm, day, self.trades(values), values.get("workshop_code") or "", place, opens)
            found.append(newcomer)
        opening = [newcomer for newcomer in found if newcomer.opens]
        for newcomer, code in zip(opening, workshop_codes_filled([one.code for one in opening]), strict=True):
            newcomer.code = code
        return found

    def firm(self, values: Values) -> dict[str, Any]:
        return {FIRM[key]: self.kept(key, value) for key, value in values.items() if key in FIRM}

    def place(self, values: Values) -> dict[str, Any]:
        return {PLACE[key]: self.kept(key, value) for key, value in values.items() if key in PLACE}

    def trades(self, values: Values) -> list[Subsector]:
        return [self.subsectors[fold(name)] for name in values.get("subsectors") or ()]

    def kept(self, key: str, value: Any) -> Any:
        if key == "area":
            return self.area_of(value)
        return emptied(value) if key in NULLABLE else value

    def write_workshop(self, ikm: Ikm, workshop: Workshop | None, values: Values, watch: Watch) -> None:
        facts = self.place(values)
        if workshop is not None:
            workshop = Workshop.objects.get(pk=workshop.pk)
            watch.before([workshop])
            workshop_correct(workshop=workshop, by=self.scope.by, **facts)
        elif facts or values.get("workshop_code"):
            code = values.get("workshop_code") or workshop_next_code()
            facts["name"] = facts.get("name") or ikm.name
            watch.after([workshop_open(ikm=ikm, code=code, by=self.scope.by, **facts)])

    def current(self) -> Iterable[Values]:
        seen: dict[int, list[Workshop | None]] = defaultdict(list)
        for _member, workshop in self.by_code.values():
            seen[workshop.ikm_id].append(workshop)
        for member in self.by_name.values():
            for place in seen.get(member.ikm_id or 0) or [None]:
                yield self.told(member, place)


def trades_of(ikm: Ikm) -> list[Any]:
    """The rows that say which trades a firm follows."""
    return list(Ikm.subsectors.through.objects.filter(ikm=ikm))


MEMBERS = register_kind(
    Kind(
        "members",
        gettext_lazy("Members"),
        gettext_lazy("One row a member firm: its owner, phone, kelurahan, trades and first workshop."),
        COLUMNS,
        MembersDesk,
    )
)
