"""Papers: amounts in words, letters that hold what was agreed and nothing else, and whether a paper is genuine."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import translation

from cast_orders import bracket_build
from cast_quotations import sent_of
from standing import standing
from wadah.base.clock import today
from wadah.demand.models import Quotation, QuotationVariant
from wadah.demand.services import quotation_accept
from wadah.web.papers import letters
from wadah.web.papers.spelled import LIMIT, rupiah_spelled


@pytest.mark.parametrize(
    ("amount", "indonesian", "english"),
    [
        (0, "nol", "zero"),
        (10, "sepuluh", "ten"),
        (11, "sebelas", "eleven"),
        (19, "sembilan belas", "nineteen"),
        (21, "dua puluh satu", "twenty-one"),
        (100, "seratus", "one hundred"),
        (101, "seratus satu", "one hundred one"),
        (999, "sembilan ratus sembilan puluh sembilan", "nine hundred ninety-nine"),
        (1_000, "seribu", "one thousand"),
        (1_111, "seribu seratus sebelas", "one thousand one hundred eleven"),
        (11_000, "sebelas ribu", "eleven thousand"),
        (100_000, "seratus ribu", "one hundred thousand"),
        (101_000, "seratus satu ribu", "one hundred one thousand"),
        (1_001_000, "satu juta seribu", "one million one thousand"),
        (2_000_000_000, "dua miliar", "two billion"),
        (
            7_500_012_000_000,
            "tujuh triliun lima ratus miliar dua belas juta",
            "seven trillion five hundred billion twelve million",
        ),
    ],
)
def test_an_amount_is_spelled_as_people_say_it(amount, indonesian, english):
    assert rupiah_spelled(amount) == f"{indonesian} rupiah"
    assert rupiah_spelled(amount, "en") == f"{english} rupiah"


VALUES = {
    word: number
    for number, word in enumerate(
        ["nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan"],
    )
}
SCALES = {"ribu": 1000, "juta": 10**6, "miliar": 10**9, "triliun": 10**12}


def heard(words):
    """What somebody writes down who hears the words: another way round than spelling them."""
    total = group = last = 0
    for word in words.removesuffix(" rupiah").split():
        word = {"sepuluh": "satu puluh", "sebelas": "satu belas", "seratus": "satu ratus", "seribu": "satu ribu"}.get(
            word, word
        )
        for part in word.split():
            if part in VALUES:
                last = VALUES[part]
                group += last
            elif part in SCALES:
                total, group = total + group * SCALES[part], 0
            else:
                group += {"belas": 10, "puluh": last * 9, "ratus": last * 99}[part]
    return total + group


def test_what_is_spelled_is_heard_as_the_same_amount():
    amounts = [
        *range(2_200),
        *(7**power % LIMIT for power in range(18)),
        *(10**p + 10**q for p in range(15) for q in range(p)),
    ]
    assert [amount for amount in amounts if heard(rupiah_spelled(amount)) != amount] == []
    assert len({rupiah_spelled(amount, "en") for amount in set(amounts)}) == len(set(amounts))


@pytest.mark.parametrize("amount", [-1, LIMIT])
def test_what_no_paper_holds_is_refused(amount):
    with pytest.raises(ValueError, match="Expected"):
        rupiah_spelled(amount)


@standing
def world(cast):
    return bracket_build(cast)


def signed_in(user):
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def written(monkeypatch):
    """What a letter is set from."""
    kept = []
    real = letters.typst.compile

    def compile_kept(path, **options):
        kept.append(options["sys_inputs"]["data"])
        return real(path, **options)

    monkeypatch.setattr(letters.typst, "compile", compile_kept)
    return kept


@pytest.mark.parametrize(("language", "word"), [("id", "Penawaran"), ("en", "Quotation")])
def test_a_quotation_is_a_small_pdf_in_both_languages(cast, world, written, language, word):
    quotation = sent_of(cast, world, margin_percent=17)
    with translation.override(language):
        made = letters.quotation_pdf(quotation, "https://wadah.example/cek/x/y/")
    assert made.startswith(b"%PDF")
    assert len(made) <= 150_000
    (data,) = written
    for shown in (word, quotation.number, "Rp12.000.000", "https://wadah.example/cek/x/y/"):
        assert shown in data
    for hidden in ("17", "9000000", "9.000.000"):
        assert hidden not in data.replace(quotation.number, "").replace("viewBox", "").split('"qr"')[0]


def test_the_letter_spells_each_total(cast, world, written):
    with translation.override("id"):
        letters.quotation_pdf(sent_of(cast, world), "x")
    assert "Terbilang: dua belas juta rupiah" in written[0]
    assert "Terbilang: tujuh juta lima ratus ribu rupiah" in written[0]


def test_a_manager_takes_the_letter_in_the_buyers_language(cast, world, written):
    quotation = sent_of(cast, world)
    QuotationVariant.objects.filter(code="A").update(label="All of it by the day wanted")
    page = f"/penawaran/{quotation.number}/surat.pdf"
    for address in (page, f"{page}?bahasa=en", f"{page}?bahasa=xx"):
        assert signed_in(cast.manager).get(address).status_code == 200
    indonesian, english, unknown = written
    assert "Semua pada hari yang diminta" in indonesian
    assert "All of it by the day wanted" in english
    assert "1,000 pcs" in english
    assert unknown == indonesian


def test_what_a_buyer_is_called_is_text_and_never_markup(cast, world):
    world.buyer.name, world.buyer.address = '#panic("x") *a* $b$ [c] "', '@d\n\\#read("/etc/passwd")'
    world.buyer.save()
    assert letters.quotation_pdf(sent_of(cast, world), "x").startswith(b"%PDF")


def test_papers_are_for_buyer_and_manager(cast, world):
    quotation = sent_of(cast, world)
    for user, status in ((cast.buyer, 200), (cast.manager, 200), (cast.rudi.user, 404)):
        answer = signed_in(user).get(f"/penawaran/{quotation.number}/surat.pdf")
        assert answer.status_code == status
    assert Client().get(f"/penawaran/{quotation.number}/surat.pdf")["Location"].startswith("/masuk/")


def test_an_order_is_confirmed_by_a_letter(cast, world, written):
    quotation = sent_of(cast, world)
    letter = {"how": "letter", "letter_reference": "PO 17/X", "letter_on": today(), "answered_by": "Mr Tanaka"}
    order = quotation_accept(quotation=quotation, variant=quotation.variants.get(code="B"), by=cast.manager, **letter)
    answer = signed_in(cast.buyer).get(f"/pesanan/{order.number}/surat.pdf")
    assert answer["Content-Type"] == "application/pdf"
    for shown in (order.number, quotation.number, "PO 17/X", "Rp7.500.000", "Mr Tanaka"):
        assert shown in written[0]


def check(quotation, code=None):
    return Client().get(f"/cek/{quotation.number}/{code or quotation.check_code}/", HTTP_COOKIE="wadah_language=en")


def test_anybody_learns_whether_a_paper_is_genuine_and_nothing_else(cast, world):
    quotation = sent_of(cast, world)
    text = check(quotation).content.decode()
    assert quotation.number in text
    assert "berlaku hari ini" in text or "valid today" in text
    assert world.buyer.name not in text
    assert "12.000" not in text
    assert check(quotation, "AAAAAAAA").status_code == 404


def test_a_paper_that_no_longer_holds_says_so(cast, world):
    quotation = sent_of(cast, world)
    Quotation.objects.update(valid_until=today() - timedelta(days=1))
    text = check(quotation).content.decode()
    assert "berlaku hari ini" not in text
    assert "valid today" not in text
