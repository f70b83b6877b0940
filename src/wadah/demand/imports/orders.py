"""Orders from a file: one row a line, gathered into orders by the buyer's own number."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wadah.base.errors import Refused
from wadah.base.imports.kinds import Column, Desk, Kind, fold, register_kind
from wadah.catalogue.models import Part
from wadah.demand.models import Buyer, Order, OrderLine
from wadah.demand.services import buyer_put, order_draft, order_line_add, order_line_remove
from wadah.demand.words import BuyerKind, Market, OrderStatus
from wadah.register.models import Cooperative

if TYPE_CHECKING:
    from collections.abc import Iterable

    from wadah.base.imports.kinds import Row, Scope, Values
    from wadah.base.imports.undo import Watch

COLUMNS = (
    Column("buyer", gettext_lazy("Buyer"), required=True, synonyms=("pembeli", "nama pembeli", "pemesan", "customer")),
    Column(
        "number",
        gettext_lazy("The buyer's order number"),
        required=True,
        limit=80,
        synonyms=("nomor po", "no po", "po", "nomor pesanan", "no pesanan", "order number", "order"),
    ),
    Column("ordered_on", gettext_lazy("Ordered on"), "date", synonyms=("tanggal pesan", "tanggal po", "tgl po")),
    Column(
        "part",
        gettext_lazy("Part"),
        "find",
        find="part",
        required=True,
        synonyms=("kode komponen", "kode barang", "komponen"),
    ),
    Column("quantity", gettext_lazy("Quantity"), "number", required=True, synonyms=("jumlah", "qty", "banyaknya")),
    Column("due_on", gettext_lazy("Due"), "date", required=True, synonyms=("jatuh tempo", "tanggal kirim", "deadline")),
    Column("earliest_on", gettext_lazy("Not before"), "date", synonyms=("paling cepat",)),
    Column("price_rupiah_piece", gettext_lazy("Price a piece (Rp)"), "rupiah", synonyms=("harga", "harga satuan")),
    Column(
        "late_cost_rupiah_piece_week", gettext_lazy("A week late costs, a piece (Rp)"), "rupiah", synonyms=("denda",)
    ),
    Column("short_cost_rupiah_piece", gettext_lazy("Never delivered costs, a piece (Rp)"), "rupiah"),
    Column("partial", gettext_lazy("In several deliveries"), "yes", synonyms=("bertahap",)),
    Column("single_source", gettext_lazy("All from one workshop"), "yes", synonyms=("satu bengkel",)),
    Column("market", gettext_lazy("Market"), "choice", choices=Market.choices, synonyms=("pasar",)),
    Column("kind", gettext_lazy("Kind of buyer"), "choice", choices=BuyerKind.choices, synonyms=("jenis pembeli",)),
)
LINE = (
    "quantity",
    "earliest_on",
    "price_rupiah_piece",
    "late_cost_rupiah_piece_week",
    "short_cost_rupiah_piece",
    "partial",
    "single_source",
)
KEPT = ("mandate", "area", "level")
"""What no column says: a line that is changed keeps it."""


class OrdersDesk(Desk):
    """A row is a line of an order: its buyer, number, part and due day. Only drafts can be changed.

    The buyer's number is the first line of the order's note; the order has a number of the cooperative's own besides.
    """

    def __init__(self, scope: Scope) -> None:
        super().__init__(scope)
        self.cooperative = Cooperative.objects.get(pk=scope.cooperative_id)
        self.parts = {fold(row.code): row for row in Part.objects.all()}
        self.buyers = {fold(row.name): row for row in Buyer.objects.all()}
        self.orders: dict[tuple[str, str], Order] = {}
        self.days: dict[tuple[str, str], Any] = {}
        self.lines: dict[tuple[str, str, str, Any], OrderLine] = {}
        orders = Order.objects.filter(cooperative=self.cooperative).exclude(status=OrderStatus.CANCELLED)
        for order in orders.select_related("buyer").order_by("pk"):
            self.orders[fold(order.buyer.name), reference_of(order)] = order
        lines = OrderLine.objects.filter(order__in=list(self.orders.values())).select_related(
            "part", "order__buyer", "mandate", "area"
        )
        for line in lines:
            head = fold(line.order.buyer.name), reference_of(line.order)
            self.lines[(*head, line.part.code, line.due_on)] = line

    def find(self, what: str, text: str) -> str:
        found = self.parts.get(fold(text))
        if found is None:
            raise Refused(_("There is no part %(code)s. Import the parts first.") % {"code": text[:40]})
        return found.code

    def head(self, values: Values) -> tuple[str, str]:
        for column in ("buyer", "number", "part", "due_on"):
            if not values.get(column):
                raise Refused(_("It is empty; a new row needs it."), field=column)
        return fold(values["buyer"]), fold(values["number"])

    def key(self, values: Values) -> Any:
        return (*self.head(values), values["part"], values["due_on"])

    def now(self, values: Values) -> Values | None:
        line = self.lines.get(self.key(values))
        return self.told(line) if line is not None else None

    def told(self, line: OrderLine) -> Values:
        values: Values = {name: getattr(line, name) for name in LINE}
        buyer = line.order.buyer
        values |= {"buyer": buyer.name, "market": buyer.market, "kind": buyer.kind}
        values |= {"number": line.order.note.split("\n")[0].strip() or line.order.number}
        return values | {"ordered_on": line.order.ordered_on, "part": line.part.code, "due_on": line.due_on}

    def settle(self, values: Values, now: Values | None) -> None:
        order = self.orders.get(self.head(values))
        if now is not None:
            values["buyer"], values["number"] = now["buyer"], now["number"]
        if values.get("ordered_on"):
            if order is not None and values["ordered_on"] != order.ordered_on:
                raise Refused(_("When an order was placed can't be changed from a file."), field="ordered_on")
            self.days.setdefault(self.head(values), values["ordered_on"])
        if values.get("earliest_on") and values["earliest_on"] > values["due_on"]:
            raise Refused(_("“Not before” lies after the day it is due."), field="earliest_on")
        touched = now is None or any(name in values and values[name] != now[name] for name in LINE)
        if order is not None and touched and order.status != OrderStatus.DRAFT:
            words = {"number": order.number, "status": order.get_status_display()}
            raise Refused(_("%(number)s is %(status)s: only a draft can be changed.") % words, field="number")

    def shared(self, values: Values) -> Iterable[tuple[object, Iterable[str]]]:
        head = self.head(values)
        return [(head, ("ordered_on",)), (head[0], ("market", "kind"))]

    def write(self, row: Row, now: Values | None, watch: Watch) -> None:
        """What is made on the way is remembered only when the whole row is written: a refusal takes it back."""
        values, by = row.values, self.scope.by
        buyer = self.write_buyer(values, watch)
        head = self.head(values)
        order = self.orders.get(head) or self.write_order(buyer, values, watch)
        facts: dict[str, Any] = {name: now[name] for name in LINE} if now else {}
        facts |= {name: values[name] if values[name] != "" else None for name in LINE if name in values}
        line = self.lines.get(self.key(values))
        if line is None or any(facts[name] != now[name] for name in LINE if now):
            if line is not None:
                watch.before([line])
                facts |= {name: getattr(line, name) for name in KEPT}
                order_line_remove(line=OrderLine.objects.get(pk=line.pk), by=by)
            facts.setdefault("short_cost_rupiah_piece", None)
            part = self.parts[fold(values["part"])]
            watch.after([order_line_add(order=order, part=part, due_on=values["due_on"], by=by, **facts)])
        self.buyers[fold(values["buyer"])] = buyer
        self.orders[head] = order

    def write_order(self, buyer: Buyer, values: Values, watch: Watch) -> Order:
        day, note = self.days.get(self.head(values), self.scope.today), values["number"]
        order = order_draft(buyer=buyer, cooperative=self.cooperative, ordered_on=day, note=note, by=self.scope.by)
        watch.after([order])
        return order

    def write_buyer(self, values: Values, watch: Watch) -> Buyer:
        held = self.buyers.get(fold(values["buyer"]))
        facts = {column: values[column] for column in ("market", "kind") if values.get(column)}
        if held is None:
            facts = {"market": Market.LOCAL, "kind": BuyerKind.OTHER} | facts
            held = buyer_put(name=values["buyer"], by=self.scope.by, **facts)
            watch.after([held])
        elif any(getattr(held, column) != value for column, value in facts.items()):
            watch.before([Buyer.objects.get(pk=held.pk)])
            held = buyer_put(name=held.name, by=self.scope.by, **facts)
        return held

    def current(self) -> Iterable[Values]:
        return [self.told(line) for line in self.lines.values()]


def reference_of(order: Order) -> str:
    """The buyer's own number as it is compared: the note's first line, else the cooperative's number."""
    return fold(order.note.split("\n")[0].strip() or order.number)


ORDERS = register_kind(
    Kind(
        "orders",
        gettext_lazy("Buyers and orders"),
        gettext_lazy("One row a line of an order: buyer, number, part, quantity and due day."),
        COLUMNS,
        OrdersDesk,
    )
)
