"""Opening balances as three tables: what was typed, pasted or sent as a file, and how a draft is typed again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from wadah.base.errors import Refused
from wadah.base.imports.faults import FileRefused
from wadah.base.imports.reading import book_read
from wadah.ledger.rules.chart import CHART
from wadah.ledger.rules.opening import Unreadable, accounts_read, invoices_read, members_read, table_pasted
from wadah.ledger.selectors.openings import BROUGHT_BY, buyers_named, members_named
from wadah.ledger.selectors.reports import accounts_of
from wadah.ledger.services.opening_lines import Balances
from wadah.ledger.words import OpeningKind, SavingKind
from wadah.web.exports import Sheet

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from wadah.ledger.models import OpeningLine
    from wadah.register.models import Cooperative

TABLES = ("accounts", "members", "invoices")
READ: dict[str, Callable[[Any], list[Any]]] = {
    "accounts": accounts_read,
    "members": members_read,
    "invoices": invoices_read,
}


def balances_typed(facts: dict[str, Any]) -> Balances:
    """Of the three text fields, or of the file where one is sent: its first three sheets in their order.

    Raises
    ------
    Refused: a file or a row that can't be read.
    """
    tables = [table_pasted(facts[name]) for name in TABLES]
    if facts["file"]:
        try:
            tables = [sheet.rows for sheet in book_read(facts["file"].read()).sheets[: len(TABLES)]]
        except FileRefused as refused:
            raise Refused(str(refused), field="file") from None
    found = {}
    for name, rows in zip(TABLES, tables, strict=False):
        try:
            found[name] = READ[name](rows)
        except Unreadable as unreadable:
            raise Refused(str(unreadable), field=name) from None
    return Balances(**found)


def texts_of(lines: Sequence[OpeningLine]) -> dict[str, str]:
    """What one would paste to come to the same lines."""
    accounts, invoices = [], []
    members: dict[int, dict[str, Any]] = {}
    for line in lines:
        if line.kind == OpeningKind.ACCOUNT:
            accounts.append([line.account.code, str(line.debit or ""), str(line.credit or "")])
        elif line.kind == OpeningKind.INVOICE and line.buyer and line.made_on and line.due_on:
            days = [f"{day:%d/%m/%Y}" for day in (line.made_on, line.due_on)]
            invoices.append([line.paper, line.buyer.name, *days, str(line.debit)])
        elif line.ikm:
            members.setdefault(line.ikm.pk, {"name": line.ikm.name})[line.kind] = line.debit + line.credit
    kinds = ("name", *SavingKind.values, OpeningKind.ADVANCE.value)
    typed = [[str(one.get(kind, "")) for kind in kinds] for one in members.values()]
    tables = {"accounts": accounts, "members": typed, "invoices": invoices}
    return {name: "\n".join("\t".join(row) for row in rows) for name, rows in tables.items()}


def form_sheets(cooperative: Cooperative) -> list[Sheet]:
    """The tables to be filled in: accounts, members and buyers are written there already."""
    own = [(one.code, one.name) for one in accounts_of(cooperative.pk) if one.cooperative_id and not one.archived]
    chart = [(one.code, str(one.name)) for one in CHART if not one.party or one.code in BROUGHT_BY]
    members = [name for _ikm, name, _owner in members_named(cooperative.pk)]
    buyers = [buyer.name for buyer in buyers_named(cooperative.pk)]
    return [
        Sheet(
            _("accounts"),
            [_("Code"), _("Account"), _("Debit"), _("Credit")],
            [[code, name, "", ""] for code, name in sorted(chart + own)],
        ),
        Sheet(_("members"), members_head(), [[name, "", "", "", ""] for name in members]),
        Sheet(_("invoices"), invoices_head(), []),
        Sheet(_("buyers"), [_("Buyer")], [[name] for name in buyers]),
    ]


def members_head() -> list[str]:
    return [_("Member"), _("Principal (pokok)"), _("Mandatory (wajib)"), _("Voluntary (sukarela)"), _("Advance")]


def invoices_head() -> list[str]:
    return [_("Number"), _("Buyer"), _("Day"), _("Due"), _("Rupiah")]
