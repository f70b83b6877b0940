"""Papers of members' money: pay slips, a settlement's recap, the list that is signed for cash, receipts."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wadah.base.secrets import masked
from wadah.ledger.selectors.members_money import slip_number
from wadah.ledger.words import SettlementStatus, Till
from wadah.units import date_text, rupiah_text
from wadah.web.papers.sheet import SheetTable, To, compiled, qr_svg, sheet_pdf
from wadah.web.papers.spelled import rupiah_spelled
from wadah.web.pay import advance_words, carried_words, made_lines, taken_lines, unpaid_lines
from wadah.web.words import language

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from wadah.ledger.models import Payout, PayoutRow, Recovery, Repayment, Settlement, SettlementRow
    from wadah.ledger.selectors.members_money import Recap
    from wadah.register.models import Cooperative
    from wadah.web.pay import Made

SLIPS = Path(__file__).with_name("slips.typ")
NAMES_A_RECAP = 1_000
DOTS = "\n" + "." * 44
"""Where somebody signs."""


def slips_pdf(
    cooperative: Cooperative,
    rows: Sequence[tuple[SettlementRow, str]],
    recoveries: Mapping[int, Sequence[Recovery]],
) -> bytes:
    """One slip for each row, with the address of its check; recoveries: by the row's id."""
    area = [cooperative.area.name] if cooperative.area else []
    data: dict[str, object] = {
        "language": language(),
        "title": _("Pay slip"),
        "sender": {"name": cooperative.name, "lines": [*area, *filter(None, [cooperative.legal_number])]},
        "signatures": [_("For the cooperative"), _("Received by")],
        "slips": [slip(row, url, recoveries.get(row.pk, ())) for row, url in rows],
    }
    return compiled(SLIPS, data)


def slip(row: SettlementRow, url: str, recoveries: Sequence[Recovery]) -> dict[str, object]:
    settlement = row.settlement
    until = date_text(settlement.until, language())
    return {
        "number": slip_number(row),
        "date": _("Work accepted up to %(day)s") % {"day": until},
        "mark": _("simulated") if settlement.simulated else "",
        "name": row.ikm.name,
        "owner": row.ikm.owner_name,
        "tables": tables(row, recoveries),
        "net_label": _("You get"),
        "net": rupiah_text(row.net),
        "spelled": rupiah_spelled(row.net, language()),
        "notes": [*filter(None, [carried_words(row)]), _("Is something wrong? Tell your manager.")],
        "qr": qr_svg(url),
        "check": _("Is this paper genuine? %(address)s") % {"address": url},
    }


def tables(row: SettlementRow, recoveries: Sequence[Recovery]) -> list[dict[str, object]]:
    """What was made, what is taken off, what isn't paid; those that hold nothing are left out."""
    lines = made_lines(row)
    made = [[one.order, late_words(one), one.pieces, one.each, one.once, one.rupiah] for one in lines]
    head = [_("Work order"), _("Part"), _("Pieces"), _("Each"), _("Set-up, trip"), _("Rupiah")]
    taken = [[words, rupiah] for words, rupiah in taken_lines(row, recoveries)]
    unpaid = [[one.order, one.part, one.pieces, one.why] for one in unpaid_lines(row)]
    found = [
        (_("What you made"), head, "lwrrrr", [*made, ["", _("Together"), "", "", "", rupiah_text(row.work)]]),
        (_("What is taken off"), [_("For what"), _("Rupiah")], "wr", taken),
        (_("Not paid"), [_("Work order"), _("Part"), _("Pieces"), _("Why")], "llrw", unpaid),
    ]
    return [
        {"title": title, "head": names, "align": list(align), "rows": rows}
        for title, names, align, rows in found
        if rows
    ]


def late_words(one: Made) -> str:
    """The part, and how late it came."""
    if not one.late:
        return one.part
    late = ngettext("%(weeks)s week late", "%(weeks)s weeks late", one.late) % {"weeks": one.late}
    return f"{one.part} ({late})"


def recap_pdf(settlement: Settlement, recap: Recap, rows: Sequence[SettlementRow], check_url: str) -> bytes:
    """The settlement in sums and, for up to NAMES_A_RECAP makers, by name; the file holds all of them."""
    head = [_("Maker"), _("Work"), _("Fine"), _("Owed, advances"), _("Saved"), _("Net")]
    lines = [
        [
            row.ikm.name,
            *map(rupiah_text, (row.work, row.penalty, row.carried_in + row.recovered, row.mandatory + row.voluntary)),
            rupiah_text(row.net),
        ]
        for row in rows[:NAMES_A_RECAP]
    ]
    sums = recap.sums
    off = (sums["penalty"], sums["carried_in"] + sums["recovered"], sums["mandatory"] + sums["voluntary"])
    total = [_("Together"), *map(rupiah_text, (sums["work"], *off, sums["net"]))]
    left_out = recap.makers - len(lines)
    note = _("%(count)s more makers stand in the Excel file.") % {"count": left_out} if left_out else ""
    locked = settlement.status != SettlementStatus.DRAFT
    return sheet_pdf(
        title=_("Settlement"),
        number=settlement.number if locked else "",
        date=settlement.until,
        cooperative=settlement.cooperative,
        facts=[
            (_("Work accepted up to"), date_text(settlement.until, language())),
            (_("Makers"), str(recap.makers)),
            (_("To be paid"), rupiah_text(sums["net"])),
            (_("Owed to the cooperative, carried on"), rupiah_text(sums["carried_out"]) if sums["carried_out"] else ""),
            (_("Prepared by"), settlement.prepared_by.name),
            (_("Locked by"), settlement.locked_by.name if settlement.locked_by else ""),
        ],
        tables=[SheetTable(head=head, align="wrrrrr", rows=[*lines, total], note=note)],
        signatures=[(_("Manager"), ""), (_("Treasurer"), "")],
        check_url=check_url,
        draft=not locked,
        simulated=settlement.simulated,
    )


def payout_pdf(payout: Payout, rows: Sequence[PayoutRow], check_url: str) -> bytes:
    """Who got how much: in cash with room to sign, by the bank with the end of the account's number."""
    bank = payout.till == Till.BANK
    lines = [
        [str(number), row.row.ikm.name, row.row.ikm.owner_name, rupiah_text(row.rupiah), how(row)]
        for number, row in enumerate(rows, start=1)
    ]
    total = ["", _("Together"), "", rupiah_text(sum(row.rupiah for row in rows)), ""]
    head = [_("No."), _("Maker"), _("Owner"), _("Rupiah"), _("Bank account") if bank else _("Signature")]
    return sheet_pdf(
        title=_("Paid by the bank") if bank else _("Paid in cash"),
        number=payout.number,
        date=payout.on,
        cooperative=payout.settlement.cooperative,
        facts=[(_("Settlement"), payout.settlement.number)],
        tables=[SheetTable(head=head, align="rwlrl", rows=[*lines, total])],
        signatures=[(_("Treasurer"), "")],
        check_url=check_url,
        simulated=payout.settlement.simulated,
    )


def how(row: PayoutRow) -> str:
    if row.account is None:
        return row.received_by or DOTS
    return f"{row.account.bank} {masked(row.account.last)}"


def repayment_pdf(row: Repayment, parts: Sequence[Recovery], check_url: str, *, stamp: int) -> bytes:
    """The receipt (kuitansi) of what a maker paid back. stamp: the stamp duty that it needs, 0 for none."""
    rows = [[_("Pieces that came back after they were paid"), rupiah_text(row.debt)]] if row.debt else []
    rows += [[_("Advance %(number)s: %(what)s") % advance_words(one), rupiah_text(one.rupiah)] for one in parts]
    spelled = rupiah_spelled(row.rupiah, language())
    return sheet_pdf(
        title=_("Receipt (kuitansi)"),
        number=row.number,
        date=row.on,
        cooperative=row.cooperative,
        to=To(_("Received from"), row.ikm.name, [row.ikm.owner_name]),
        facts=[
            (_("Amount"), rupiah_text(row.rupiah)),
            (_("Amount in words"), spelled[0].upper() + spelled[1:]),
            (_("Where it came in"), str(row.get_till_display())),
            (_("Note"), row.note),
        ],
        tables=[SheetTable(head=[_("For"), _("Rupiah")], align="wr", rows=rows)],
        signatures=[(_("Received by"), row.by.name), (_("Paid back by"), "")],
        stamp=_("Stamp duty %(rupiah)s") % {"rupiah": rupiah_text(stamp)} if stamp else "",
        check_url=check_url,
        draft=row.reversed_at is not None,
        simulated=row.simulated,
    )
