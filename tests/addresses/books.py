"""The books, their reports, and a year's surplus: the manager's and the treasurer's; a member's own share."""

from datetime import date

from django.core.files.uploadedfile import SimpleUploadedFile

from addresses import MANAGER, MEMBER, OTHER_MANAGER, OTHER_TREASURER, TREASURER, Rule
from cast_years import year_build
from wadah.ledger.models import Posting, SurplusShare
from wadah.ledger.rules.opening import AccountRow
from wadah.ledger.services.journals import Entry, account_add, journal_enter
from wadah.ledger.services.meetings import surplus_pay
from wadah.ledger.services.opening_lines import Balances
from wadah.ledger.services.openings import opening_prepare
from wadah.ledger.services.stock import stock_count

KEEPERS = {MANAGER, TREASURER}
CODE = {"code": "books of"}
YEAR = CODE | {"year": "=2025"}
JOURNAL = CODE | {"number": "journal"}
RUN = CODE | {"number": "surplus payout"}
SHARE = {"pk": "surplus share"}
RULES = {
    "books": Rule(KEEPERS | {OTHER_MANAGER, OTHER_TREASURER}),
    "book": Rule(KEEPERS, arguments=CODE),
    "book_account_add": Rule(KEEPERS, arguments=CODE),
    "book_account": Rule(KEEPERS, arguments=CODE | {"account": "=1102"}),
    "book_account_use": Rule(KEEPERS, arguments=CODE | {"account": "=6111"}, method="post"),
    "book_postings": Rule(KEEPERS, arguments=CODE),
    "book_posting": Rule(KEEPERS, arguments=CODE | {"seq": "posting"}),
    "journals": Rule(KEEPERS, arguments=CODE),
    "journal_add": Rule(KEEPERS, arguments=CODE),
    "journal": Rule(KEEPERS, arguments=JOURNAL),
    "journal_file": Rule(KEEPERS, arguments=JOURNAL),
    "journal_back": Rule(KEEPERS, arguments=JOURNAL),
    "opening": Rule(KEEPERS, arguments=CODE),
    "opening_fill": Rule(KEEPERS, arguments=CODE),
    "opening_form": Rule(KEEPERS, arguments=CODE),
    "opening_fix": Rule(KEEPERS, arguments=CODE, method="post"),
    "opening_drop": Rule(KEEPERS, arguments=CODE, method="post"),
    "opening_undo": Rule(KEEPERS, arguments=CODE),
    "book_months": Rule(KEEPERS, arguments=CODE),
    "book_month_close": Rule(KEEPERS, arguments=CODE),
    "book_stock": Rule(KEEPERS, arguments=CODE),
    "book_stock_add": Rule(KEEPERS, arguments=CODE),
    "book_stock_count": Rule(KEEPERS, arguments=CODE | {"pk": "stock count"}),
    "reports": Rule(KEEPERS, arguments=CODE),
    "report": Rule(KEEPERS, arguments=YEAR | {"kind": "=posisi"}),
    "report_members": Rule(KEEPERS, arguments=YEAR),
    "report_pack": Rule(KEEPERS, arguments=YEAR | {"kind": "=xlsx"}),
    "surplus_years": Rule(KEEPERS, arguments=CODE),
    "surplus_year": Rule(KEEPERS, arguments=YEAR),
    "year_propose": Rule(KEEPERS, arguments=YEAR, method="post"),
    "year_withdraw": Rule(KEEPERS, arguments=YEAR),
    "year_close": Rule(KEEPERS, arguments=YEAR, method="post"),
    "meeting_add": Rule(KEEPERS, arguments=YEAR),
    "meeting_back": Rule(KEEPERS, arguments=YEAR),
    "surplus_share": Rule(KEEPERS, arguments=YEAR, method="post"),
    "surplus_shares": Rule(KEEPERS, arguments=YEAR),
    "surplus_pay": Rule(KEEPERS, arguments=YEAR),
    "surplus_run": Rule(KEEPERS, arguments=RUN),
    "surplus_bank_file": Rule(KEEPERS, arguments=RUN, method="post"),
    "surplus_payout_back": Rule(KEEPERS, arguments=RUN),
    "share": Rule(KEEPERS | {MEMBER}, arguments=SHARE),
    "share_paper": Rule(KEEPERS | {MEMBER}, arguments=SHARE),
}


def build(cast, users):
    year, by = year_build(cast, karim_left=False), users[TREASURER]
    balances = Balances([AccountRow(1, "1101", 500_000, 0), AccountRow(2, "3105", 0, 500_000)])
    opening_prepare(cooperative=cast.cooperative, on=date(2025, 1, 1), balances=balances, by=by)
    account_add(cooperative=cast.cooperative, code="6111", name="Listrik", group="cost", side="debit", by=by)
    row = journal_enter(
        cooperative=cast.cooperative,
        on=date(2025, 6, 2),
        what="Listrik Mei (simulasi)",
        entries=[Entry("6111", debit=50_000), Entry("1101", credit=50_000)],
        attachment=SimpleUploadedFile("listrik.pdf", b"%PDF-1.4 listrik"),
        by=by,
    )
    count = stock_count(cooperative=cast.cooperative, on=date(2025, 12, 31), by=by)
    meeting = year.shared()
    share = SurplusShare.objects.get(meeting=meeting, ikm=cast.sari.ikm)
    payout = surplus_pay(meeting=meeting, shares=[share.pk], till="cash", on=date(2026, 4, 1), by=by)[0]
    return {
        "books of": cast.cooperative.code,
        "posting": Posting.objects.filter(cooperative=cast.cooperative).order_by("seq")[0].seq,
        "journal": row.number,
        "stock count": count.pk,
        "surplus payout": payout.number,
        "surplus share": share.pk,
    }
