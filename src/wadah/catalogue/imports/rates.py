"""Who can make which part, and at which rate: one row a part and workshop.

A column of Rate is one line in RATE; nothing else has to be told of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wadah.base.errors import Refused
from wadah.base.imports.kinds import Column, Desk, Kind, fold, register_kind
from wadah.catalogue.models import Approval, Part, Rate
from wadah.catalogue.services import approval_record, approvals_record, rate_set, rates_set
from wadah.catalogue.services.makers import RateRow
from wadah.catalogue.words import ApprovalStatus, MaterialBy
from wadah.register.models import Cooperative
from wadah.register.selectors import cooperative_workshops_ahead

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from wadah.base.imports.kinds import Row, Scope, Values
    from wadah.base.imports.undo import Watch

RATE = (
    Column(
        "minutes_per_piece", gettext_lazy("Minutes a piece"), "number", required=True, synonyms=("menit", "minutes")
    ),
    Column("setup_minutes", gettext_lazy("Minutes to set up"), "number", synonyms=("setel", "set up", "setup")),
    Column("pay_rupiah_piece", gettext_lazy("Pay a piece (Rp)"), "rupiah", synonyms=("upah", "ongkos", "tarif", "pay")),
    Column("setup_pay_rupiah", gettext_lazy("Pay for setting up (Rp)"), "rupiah", synonyms=("upah setel",)),
    Column("material_by", gettext_lazy("Who brings the material"), "choice", choices=MaterialBy.choices),
    Column("material_rupiah_piece", gettext_lazy("Material a piece (Rp)"), "rupiah", synonyms=("bahan",)),
    Column("transport_rupiah_piece", gettext_lazy("Transport a piece (Rp)"), "rupiah", synonyms=("angkut",)),
    Column("transport_rupiah_trip", gettext_lazy("Transport a trip (Rp)"), "rupiah"),
    Column("lot_quantity_min", gettext_lazy("Least in a week"), "number", synonyms=("lot minimum", "min lot")),
    Column(
        "quantity_max_week", gettext_lazy("Most in a week"), "number", synonyms=("kapasitas", "kapasitas per minggu")
    ),
    Column("yield_rate", gettext_lazy("Good share (0 to 1)"), "number", synonyms=("yield", "rendemen")),
    Column("source", gettext_lazy("Source"), limit=240, synonyms=("sumber",)),
)
COLUMNS = (
    Column("part", gettext_lazy("Part"), "find", find="part", required=True, synonyms=("kode komponen", "kode part")),
    Column(
        "workshop", gettext_lazy("Code of the workshop"), "find", find="workshop", required=True, synonyms=("bengkel",)
    ),
    Column(
        "valid_from",
        gettext_lazy("From"),
        "date",
        synonyms=("mulai", "berlaku"),
        hint=gettext_lazy("Left empty: today."),
    ),
    *RATE,
    Column("approved", gettext_lazy("Approved"), "yes", synonyms=("disetujui", "persetujuan")),
)


class RatesDesk(Desk):
    """A row is a part at a workshop; the rate that holds on the business date is what it is compared with."""

    def __init__(self, scope: Scope) -> None:
        super().__init__(scope)
        cooperative = Cooperative.objects.get(pk=scope.cooperative_id)
        self.parts = {fold(row.code): row for row in Part.objects.all()}
        workshops = list(cooperative_workshops_ahead(cooperative))
        self.workshops = {fold(row.code): row for row in workshops}
        names = [fold(row.name) for row in workshops]
        self.by_name = {fold(row.name): row for row in workshops if names.count(fold(row.name)) == 1}
        ids = [row.pk for row in workshops]
        self.rates: dict[tuple[int, int], Rate] = {}
        for rate in Rate.objects.filter(workshop__in=ids).order_by("valid_from"):
            self.rates[rate.part_id, rate.workshop_id] = rate
        still = Q(valid_until__isnull=True) | Q(valid_until__gte=scope.today)
        approved = Approval.objects.filter(still, workshop__in=ids, status=ApprovalStatus.APPROVED)
        self.approved = set(approved.values_list("part_id", "workshop_id"))

    def find(self, what: str, text: str) -> str:
        key = fold(text)
        found: Any = self.parts.get(key) if what == "part" else self.workshops.get(key) or self.by_name.get(key)
        if found is None:
            words = {"code": text[:40]}
            if what == "part":
                raise Refused(_("There is no part %(code)s. Import the parts first.") % words)
            raise Refused(_("The cooperative has no workshop %(code)s. Import the workshops first.") % words)
        return str(found.code)

    def pair(self, values: Values) -> tuple[int, int]:
        for column in ("part", "workshop"):
            if not values.get(column):
                raise Refused(_("It is empty; a new row needs it."), field=column)
        return self.parts[fold(values["part"])].pk, self.workshops[fold(values["workshop"])].pk

    def key(self, values: Values) -> object:
        return self.pair(values)

    def now(self, values: Values) -> Values | None:
        pair = self.pair(values)
        return self.told(pair, values["part"], values["workshop"]) if pair in self.rates else None

    def told(self, pair: tuple[int, int], part: str, workshop: str) -> Values:
        rate = self.rates[pair]
        values = {column.key: getattr(rate, column.key) for column in RATE}
        return values | {
            "part": part,
            "workshop": workshop,
            "valid_from": rate.valid_from,
            "approved": pair in self.approved,
        }

    def settle(self, values: Values, now: Values | None) -> None:
        if now is not None and now["approved"] and values.get("approved") is False:
            raise Refused(_("An approval is withdrawn on the part's page, with its reason."), field="approved")
        if values.get("yield_rate") not in (None, "") and not 0 < values["yield_rate"] <= 1:
            raise Refused(_("The good share lies between 0 and 1: 0.95 where 95 of 100 are good."), field="yield_rate")
        for column in RATE:
            if values.get(column.key) == "":
                values[column.key] = getattr(Rate(), column.key)  # what the column is where nobody says anything

    def write(self, row: Row, now: Values | None, watch: Watch) -> None:
        by = self.scope.by
        rate, approval = self.wanted(row, now)
        if rate is not None:
            watch.before(Rate.objects.filter(part=rate.part, workshop=rate.workshop))
            watch.after([rate_set(**rate.key, **rate.columns, by=by)])
        if approval is not None:
            watch.after([approval_record(status=ApprovalStatus.APPROVED, **approval.key, by=by)])

    def wanted(self, row: Row, now: Values | None) -> tuple[RateRow | None, RateRow | None]:
        """The rate to set and the approval to record, each None where there is nothing to do."""
        values = row.values
        part, workshop = self.parts[fold(values["part"])], self.workshops[fold(values["workshop"])]
        old = {column.key: now[column.key] for column in RATE} if now else {}
        new = old | {column.key: values[column.key] for column in RATE if column.key in values}
        since = values.get("valid_from") or (max(self.scope.today, now["valid_from"]) if now else self.scope.today)
        wanted = RateRow(part, workshop, since, new)
        differs = old != new or (now and since != now["valid_from"])
        approve = values.get("approved") and not (now and now["approved"])
        return wanted if differs else None, wanted if approve else None

    def write_many(self, rows: Sequence[tuple[Row, Values | None]], watch: Watch) -> bool:
        wanted = [self.wanted(row, now) for row, now in rows]
        rates = [rate for rate, _approval in wanted if rate is not None]
        approvals = [approval for _rate, approval in wanted if approval is not None]
        pairs = {(rate.part.pk, rate.workshop.pk) for rate in rates}
        held = Rate.objects.filter(part__in={part for part, _w in pairs}, workshop__in={place for _p, place in pairs})
        watch.before(rate for rate in held if (rate.part_id, rate.workshop_id) in pairs)
        watch.after(rates_set(rows=rates, by=self.scope.by))
        watch.after(approvals_record(rows=approvals, by=self.scope.by))
        return True

    def current(self) -> Iterable[Values]:
        parts = {row.pk: row.code for row in self.parts.values()}
        workshops = {row.pk: row.code for row in self.workshops.values()}
        for part, workshop in self.rates:
            yield self.told((part, workshop), parts[part], workshops[workshop])


RATES = register_kind(
    Kind(
        "rates",
        gettext_lazy("Who makes what, and the rates"),
        gettext_lazy("One row a part and workshop: minutes, set-up, pay, and whether it is approved."),
        COLUMNS,
        RatesDesk,
    )
)
