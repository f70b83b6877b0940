"""Opening balances (P20): brought, refused with the difference named, locked by another, built on, taken back."""

import datetime as dt

import pytest

from cast import person
from cast_sales import selling_build
from cast_settling import balance
from standing import standing
from wadah.base.clock import today
from wadah.base.errors import Refused
from wadah.ledger.models import Advance, Book, Invoice, Opening, Posting, Saving
from wadah.ledger.rules.opening import Unreadable, accounts_read, invoices_read, members_read, table_pasted
from wadah.ledger.selectors.reports import cash_flow, position
from wadah.ledger.selectors.sales import receivables_aged
from wadah.ledger.selectors.taxes import turnover
from wadah.ledger.services.advances import advance_take_back
from wadah.ledger.services.allocating import payment_allocate
from wadah.ledger.services.invoices import invoice_cancel
from wadah.ledger.services.journals import Entry, journal_enter
from wadah.ledger.services.opening_lines import Balances
from wadah.ledger.services.openings import opening_discard, opening_lock, opening_prepare, opening_take_back
from wadah.ledger.services.payments import payment_record
from wadah.ledger.services.repaying import repayment_take
from wadah.ledger.services.savings import saving_pay_out, saving_take_back
from wadah.ledger.verify.run import verify
from wadah.ledger.words import OpeningStatus, Rule
from wadah.register.services import membership_open

pytestmark = pytest.mark.django_db
FIRST = today().replace(day=1)


@standing
def selling(cast):
    """The cast's cooperative with a buyer that it deals with; nothing is posted yet."""
    world = selling_build(cast)
    world.order()
    return world


@pytest.fixture
def treasurer(selling):
    return second(selling)


def second(selling):
    treasurer = person("Pak Budi", 61)
    membership_open(
        cooperative=selling.cast.cooperative, joined_on=dt.date(2024, 1, 1), role="treasurer", user=treasurer
    )
    return treasurer


def balances(selling, accounts=None, members=None, invoices=None):
    """3.9 million on each side: cash and bank, an advance and an invoice; savings, a loan and the reserve."""
    day, due = f"{FIRST - dt.timedelta(days=40):%d/%m/%Y}", f"{FIRST - dt.timedelta(days=10):%d/%m/%Y}"
    accounts = (
        accounts if accounts is not None else "1101;1.000.000\n1102;2.000.000;0\n2201;;1.500.000\n3105;-;1.850.000"
    )
    members = members if members is not None else "Bu Sari;100.000;250.000;50.000;100.000\nPak Karim;100.000;50.000"
    invoices = invoices if invoices is not None else f"012/INV/25;{selling.buyer.name};{day};{due};800.000"
    return Balances(
        accounts_read(table_pasted(accounts)),
        members_read(table_pasted(members)),
        invoices_read(table_pasted(invoices)),
    )


def prepare(selling, on=FIRST, **tables):
    return opening_prepare(
        cooperative=selling.cast.cooperative, on=on, balances=balances(selling, **tables), by=selling.cast.manager
    )


def locked(selling, treasurer, **tables):
    return opening_lock(opening=prepare(selling, **tables), by=treasurer)


def sound():
    return [fault for report in verify(again=True) for fault in report.faults] == []


def test_balances_become_one_posting_and_rows_of_their_own(selling, treasurer):
    row = locked(selling, treasurer)
    posting = Posting.objects.get()
    assert (posting.rule, posting.on, posting.source_number) == (Rule.OPENING, FIRST, row.number)
    sari = selling.cast.sari.ikm
    assert (balance("3102", ikm=sari), balance("2110", ikm=sari), balance("1112", ikm=sari)) == (
        250_000,
        50_000,
        -100_000,
    )
    assert balance("1110", buyer=selling.buyer) == -800_000
    assert set(Saving.objects.values_list("on", flat=True)) == {FIRST - dt.timedelta(days=1)}
    assert Invoice.objects.get().number == "012-INV-25"
    (aged,) = receivables_aged([selling.cast.cooperative.pk], FIRST)
    assert aged.rupiah == (0, 800_000, 0, 0, 0)
    assert Book.objects.get().opened_on == FIRST
    assert sound()


def test_reports_begin_with_it_and_count_no_money_twice(selling, treasurer):
    locked(selling, treasurer)
    cooperative = selling.cast.cooperative.pk
    at_once = position(cooperative, FIRST)
    assert sum(part.now for part in at_once.assets) == 3_900_000
    flow = cash_flow(cooperative, FIRST.year)
    assert flow.opening[0] == flow.closing[0] == 3_000_000
    assert not any(part.figures for part in flow.parts)


def test_a_side_that_is_less_is_refused_with_the_difference(selling):
    with pytest.raises(Refused, match=r"Rp50\.000") as refused:
        prepare(selling, accounts="1101;1.000.000\n1102;2.000.000\n2201;;1.500.000\n3105;;1.800.000")
    assert refused.value.field == "accounts"
    assert not Opening.objects.exists()


def test_a_control_account_is_the_sum_of_its_members(selling):
    accounts = "1101;1.000.000\n1102;2.000.000\n2201;;1.500.000\n3105;;1.850.000\n3102;;{wajib}"
    prepare(selling, accounts=accounts.format(wajib="300.000"))
    with pytest.raises(Refused, match=r"3102.*Rp10\.000"):
        prepare(selling, accounts=accounts.format(wajib="310.000"))


@pytest.mark.parametrize(
    ("tables", "field", "words"),
    [
        ({"accounts": "1101;5\n1101;;5"}, "accounts", "1101"),
        ({"accounts": "9999;5\n1101;;5"}, "accounts", "9999"),
        ({"accounts": "2106;;5\n1101;5"}, "accounts", "2106"),
        ({"accounts": "", "members": "", "invoices": ""}, "accounts", "Belum"),
        ({"members": "Orang Lain;1"}, "members", "Orang Lain"),
        ({"members": "Bu Sari;1\nBu Sari;1"}, "members", "Bu Sari"),
        ({"invoices": "1/25;PT Tidak Ada;1/1/2025;2/1/2025;5"}, "invoices", "PT Tidak Ada"),
    ],
)
def test_what_cannot_be_brought_is_refused_with_its_row(selling, tables, field, words):
    with pytest.raises(Refused, match=words) as refused:
        prepare(selling, **tables)
    assert refused.value.field == field


def test_a_day_in_the_midst_of_a_month_or_to_come_is_refused(selling):
    after = (FIRST + dt.timedelta(days=70)).replace(day=1)
    for day in (FIRST + dt.timedelta(days=1), after):
        with pytest.raises(Refused) as refused:
            prepare(selling, on=day)
        assert refused.value.field == "on"


def test_balances_come_before_anything_else_of_that_day(selling, treasurer):
    row = prepare(selling)
    entries = [Entry("6106", debit=700), Entry("1101", credit=700)]
    of = {"cooperative": selling.cast.cooperative, "by": selling.cast.manager}
    journal_enter(on=FIRST, what="Listrik", entries=entries, **of)
    with pytest.raises(Refused) as refused:
        opening_lock(opening=row, by=treasurer)
    assert refused.value.field == "on"
    assert Posting.objects.count() == 1


def test_what_was_posted_later_doesnt_matter(selling, treasurer):
    if today() == FIRST:
        return
    entries = [Entry("6106", debit=700), Entry("1101", credit=700)]
    of = {"cooperative": selling.cast.cooperative, "by": selling.cast.manager}
    journal_enter(on=today(), what="Listrik", entries=entries, **of)
    locked(selling, treasurer)
    assert balance("1101") == -1_000_000 + 700
    assert sound()


def test_two_people_and_only_once(selling, treasurer):
    row = prepare(selling)
    with pytest.raises(Refused):
        opening_lock(opening=row, by=selling.cast.manager)
    opening_lock(opening=row, by=treasurer)
    for again in (lambda: opening_lock(opening=row, by=treasurer), lambda: prepare(selling)):
        with pytest.raises(Refused):
            again()
    with pytest.raises(Refused):
        opening_discard(opening=row, by=treasurer)


def test_a_draft_is_changed_and_thrown_away(selling):
    first = prepare(selling)
    assert prepare(selling).pk == first.pk
    opening_discard(opening=first, by=selling.cast.manager)
    assert not Opening.objects.exists()
    assert not Posting.objects.exists()


def test_taken_back_leaves_nothing_and_may_be_brought_anew(selling, treasurer):
    row = locked(selling, treasurer)
    opening_take_back(opening=row, reason="salah saldo bank", by=treasurer)
    assert not (Saving.objects.exists() or Advance.objects.exists() or Invoice.objects.exists())
    assert balance("1102") == balance("3105") == balance("1110") == 0
    assert sound()
    assert locked(selling, treasurer).number != row.number
    assert sound()
    row.refresh_from_db()
    assert row.status == OpeningStatus.BACK
    with pytest.raises(Refused):
        opening_take_back(opening=row, reason="lagi", by=treasurer)


def test_it_stays_once_something_is_built_on_it(selling, treasurer):
    row = locked(selling, treasurer)
    of = {"cooperative": selling.cast.cooperative, "by": treasurer}
    sari, invoice, advance = selling.cast.sari.ikm, Invoice.objects.get(), Advance.objects.get()
    for refuses in (
        lambda: invoice_cancel(invoice=invoice, reason="salah", by=treasurer),
        lambda: advance_take_back(advance=advance, reason="salah", by=treasurer),
        lambda: saving_take_back(saving=Saving.objects.first(), reason="salah", by=treasurer),
    ):
        with pytest.raises(Refused, match=row.number):
            refuses()
    saving_pay_out(ikm=sari, kind="sukarela", rupiah=50_000, till="cash", **of)
    with pytest.raises(Refused, match=sari.name):
        opening_take_back(opening=row, reason="salah", by=treasurer)
    payment = payment_record(buyer=selling.buyer, rupiah=300_000, till="bank", **of)
    payment_allocate(payment=payment, parts=[(invoice, 300_000)], by=treasurer)
    with pytest.raises(Refused, match="012-INV-25"):
        opening_take_back(opening=row, reason="salah", by=treasurer)
    repayment_take(ikm=sari, rupiah=10_000, till="cash", **of)
    with pytest.raises(Refused, match=advance.number):
        opening_take_back(opening=row, reason="salah", by=treasurer)
    assert sound()


def test_sales_of_months_before_arent_taxed_again(selling, treasurer):
    locked(selling, treasurer, accounts="1101;1.000.000\n1102;2.000.000\n4101;;3.350.000")
    assert balance("4101") == 3_350_000
    assert turnover(selling.cast.cooperative, FIRST.replace(month=1), today()) == 0


@pytest.mark.parametrize(
    ("read", "text", "row"),
    [
        (accounts_read, "1101;Kas;lima", "1"),
        (accounts_read, "1101;5;5", "1"),
        (accounts_read, "1101;5\n1102;-7", "2"),
        (accounts_read, "1101;5\n1102", "2"),
        (members_read, "Bu Sari;1,5", "1"),
        (invoices_read, "1;PT;32/1/2025;2/2/2025;5", "1"),
        (invoices_read, "1;PT;3/2/2025;2/2/2025;5", "1"),
        (invoices_read, "1;PT;3/1/2025;2/2/2025", "1"),
    ],
)
def test_what_cannot_be_read_names_its_row(read, text, row):
    with pytest.raises(Unreadable, match=row):
        read(table_pasted(text))


def test_headings_names_and_sums_are_passed_over():
    text = "Kode\tAkun\tDebit\tKredit\n1101\tKas\t1.500\t\n2201\t\t\t1500\n1102\tBank\nJumlah\t\t1.500\t1.500"
    rows = accounts_read(table_pasted(text))
    assert [(row.code, row.debit, row.credit) for row in rows] == [("1101", 1500, 0), ("2201", 0, 1500)]
    (member,) = members_read(table_pasted("Nama;Pokok\nSumber Makmur;Rp 100.000;;1,5 jt"))
    assert (member.name, member.pokok, member.wajib, member.sukarela) == ("Sumber Makmur", 100_000, 0, 1_500_000)
