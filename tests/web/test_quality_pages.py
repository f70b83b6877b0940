"""Inspection through the pages: an inspector's phone without scripts, decisions, plans, charts, trials; what members
and buyers are told."""

import io
import re
from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from cast import JOINED, cast_build, person
from cast_shipping import accepted_lot, shipping_build
from wadah.base.clock import today
from wadah.base.models import Attachment
from wadah.catalogue.models import Approval, Part
from wadah.catalogue.services import approval_record, rate_set
from wadah.demand.models import Buyer
from wadah.demand.selectors import paper_standing
from wadah.demand.services import buyer_contact_add
from wadah.register.services import certificate_record, membership_open
from wadah.work.models import Inspection, InspectionPlan, Lot, Measurement, SwitchingState, Trial, WorkOrder, WorkTerms
from wadah.work.selectors.inspections import quality_paper_standing
from wadah.work.services.handing_over import hand_over
from wadah.work.services.inspection import Measured, inspection_close, inspection_open, inspection_standing, tranche_add
from wadah.work.services.orders import OrderTerms, work_order_open
from wadah.work.services.receipts import Told, shipment_receive
from wadah.work.services.shipping import shipment_open, shipment_pick, shipment_send

pytestmark = pytest.mark.django_db

PAPER_BYTES_MAX = 150 * 1024
WORDS_A_SENTENCE = 20


@pytest.fixture
def cast():
    return cast_build()


@pytest.fixture
def bolt(cast):
    """Approved for Bu Sari, one class with 20 to check."""
    part = Part.objects.create(code="BAUT-M8", name="Baut M8", subsector=cast.subsector, skill=cast.skills["turning"])
    approval_record(part=part, workshop=cast.sari.workshop, status="approved", valid_from=today() - timedelta(days=9))
    rate_set(part=part, workshop=cast.sari.workshop, valid_from=today() - timedelta(days=9), minutes_per_piece=1)
    plan = InspectionPlan.objects.create(
        cooperative=cast.cooperative, part=part, valid_from=today() - timedelta(days=9)
    )
    plan.defect_rules.create(defect_class="major", method="user", n=20, ac=1, re=2)
    plan.characteristics.create(number=1, name="Diameter", kind="measured", unit="mm", lower="7.9", upper="8.1")
    return part


@pytest.fixture
def inspector(cast):
    user = person("Pak Agus", 21)
    membership_open(cooperative=cast.cooperative, joined_on=JOINED, role="inspector", user=user)
    return client_of(user)


@pytest.fixture
def manager(cast):
    return client_of(cast.manager)


@pytest.fixture
def sari(cast):
    return client_of(cast.sari.user)


def client_of(user):
    client = Client()
    client.force_login(user)
    return client


def lot_made(cast, part, pieces=100, kind="pieces"):
    order = work_order_open(
        cooperative=cast.cooperative,
        part=part,
        workshop=cast.sari.workshop,
        week_start=today(),
        pieces=Decimal(pieces),
        terms=OrderTerms(minutes_per_piece=Decimal("0.01"), pay_rupiah_piece=800),
        by=cast.manager,
        reason="lewat telepon",
        kind=kind,
        beyond_hours=True,
    )
    return hand_over(work_order=order, pieces=Decimal(pieces))


def press(client, name, arguments=(), number=[0], follow=True, query="", **form):  # noqa: B006 (counts the keys)
    number[0] += 1
    address = reverse(name, args=arguments) + query
    return client.post(address, {"idempotency_key": f"quality-{number[0]}", **form}, follow=follow)


def text(answer):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def get(client, name, *arguments, query=""):
    return client.get(reverse(name, args=arguments) + query)


def photo():
    picture = io.BytesIO()
    Image.new("RGB", (40, 40), "red").save(picture, "PNG")
    return SimpleUploadedFile("foto.png", picture.getvalue(), content_type="image/png")


def begun(client, lot):
    press(client, "inspection_begin", [lot.number])
    return Inspection.objects.get(lot=lot, status="open")


def failed(cast, part, pieces=100):
    lot = lot_made(cast, part, pieces)
    row = inspection_open(lot=lot, by=cast.manager)
    tranche_add(inspection=row, checked=20, defects={"major": 3}, note="Ulir rusak", by=cast.manager)
    return inspection_close(inspection=row, by=cast.manager)


# -- the inspector's phone --------------------------------------------------------------------------------------------


def test_an_inspector_sees_what_waits_and_how_many_to_check(cast, bolt, inspector):
    lot = lot_made(cast, bolt)
    page = get(inspector, "quality")
    assert lot.number in text(page)
    row = begun(inspector, lot)
    page = get(inspector, "inspection", row.number)
    assert '<p class="big">20</p>' in page.content.decode()
    assert "Diameter" in text(page)


def test_counters_go_up_and_down_without_scripts_and_write_nothing(cast, bolt, inspector):
    row = begun(inspector, lot_made(cast, bolt))
    form = {"checked": "20", "major": "0", "note": "goresan"}
    page = press(inspector, "inspection", [row.number], langkah="major+", **form)
    assert page.status_code == 200
    assert field_value(page, "major") == "1"
    assert field_value(page, "note") == "goresan"
    page = press(inspector, "inspection", [row.number], langkah="major-", **{**form, "major": "0"})
    assert field_value(page, "major") == "0"
    page = press(inspector, "inspection", [row.number], langkah="odd+", **{**form, "major": "abc"})
    assert page.status_code == 200
    assert not row.tranches.exists()


def field_value(page, name):
    found = re.search(rf'<input[^>]*name="{name}"[^>]*>', page.content.decode())
    value = re.search(r'value="([^"]*)"', found[0])
    return value[1] if value else ""


def test_a_count_with_values_and_a_photo_then_the_verdict(cast, bolt, inspector):
    lot = lot_made(cast, bolt)
    row = begun(inspector, lot)
    press(inspector, "inspection", [row.number], checked="12", major="1", v1="8,01 8.02; 7,99", photo=photo())
    assert list(Measurement.objects.values_list("value", flat=True)) == [
        Decimal("8.01"),
        Decimal("8.02"),
        Decimal("7.99"),
    ]
    page = get(inspector, "inspection", row.number)
    assert '<p class="big">8</p>' in page.content.decode()
    assert get(inspector, "inspection_photo", row.number, 1)["Content-Type"] == "image/jpeg"
    press(inspector, "inspection", [row.number], checked="8", major="0")
    answer = press(inspector, "inspection_end", [row.number])
    lot.refresh_from_db()
    assert (lot.accepted, lot.rejected) == (99, 1)
    assert lot.number in text(answer)


def test_one_press_sent_twice_counts_once(cast, bolt, inspector):
    row = begun(inspector, lot_made(cast, bolt))
    form = {"idempotency_key": "sekali", "checked": "5", "major": "0"}
    for _ in range(2):
        answer = inspector.post(reverse("inspection", args=[row.number]), form)
        assert answer.status_code == 302
    assert row.tranches.count() == 1


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ({"checked": "21"}, "20"),
        ({"checked": "5", "major": "6"}, "5"),
        ({"checked": "", "major": "0"}, "error"),
        ({"checked": "5", "v1": "delapan"}, "delapan"),
        ({"checked": "2", "v1": "8 8 8"}, "Diameter"),
    ],
)
def test_what_cannot_be_counted_is_said_and_stays_on_the_form(cast, bolt, inspector, form, words):
    row = begun(inspector, lot_made(cast, bolt))
    page = press(inspector, "inspection", [row.number], **form)
    assert page.status_code == 400
    assert words in page.content.decode()
    assert not row.tranches.exists()


def test_a_rejected_lot_is_known_early_and_decided_next(cast, bolt, inspector):
    lot = lot_made(cast, bolt)
    row = begun(inspector, lot)
    press(inspector, "inspection", [row.number], checked="3", major="2")
    page = get(inspector, "inspection", row.number)
    assert "verdict bad" in page.content.decode()
    answer = press(inspector, "inspection_end", [row.number])
    for kind in ("terima", "sortir", "perbaiki", "buang", "kembalikan"):
        assert reverse("disposition_add", args=[lot.number, kind]) in answer.content.decode()
    assert text(get(inspector, "quality")).count(lot.number) == 1


def test_the_last_count_is_taken_back_and_an_inspection_is_called_off(cast, bolt, inspector):
    lot = lot_made(cast, bolt)
    row = begun(inspector, lot)
    press(inspector, "inspection", [row.number], checked="3", major="2")
    press(inspector, "inspection_undo", [row.number])
    assert not row.tranches.exists()
    press(inspector, "inspection_call_off", [row.number], reason="salah lot")
    row.refresh_from_db()
    assert row.status == "cancelled"
    assert begun(inspector, lot).attempt == 2


def test_an_inspector_decides_no_plans_and_no_severity(cast, bolt, inspector):
    failed(cast, bolt)
    for name in ("inspection_plan_add", "trial_add"):
        assert get(inspector, name).status_code == 404
    state = SwitchingState.objects.get()
    assert get(inspector, "severity", state.pk).status_code == 200
    assert get(inspector, "severity_act", state.pk, "normal").status_code == 404


def test_an_inspector_of_another_cooperative_sees_nothing(cast, bolt):
    user = person("Pak Beni", 22)
    membership_open(cooperative=cast.other_cooperative, joined_on=JOINED, role="inspector", user=user)
    row, client = failed(cast, bolt), client_of(user)
    assert row.lot.number not in text(get(client, "quality"))
    for name, key in (("inspection", row.number), ("quality_lot", row.lot.number), ("inspection_paper", row.number)):
        assert get(client, name, key).status_code == 404


# -- decisions --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "form", "buckets"),
    [
        ("terima", {"pieces": "40", "allowed_by": "Mr Tanaka", "reason": "goresan"}, (40, 60, 0, 0, 0)),
        ("sortir", {"good": "90", "bad": "10"}, (90, 10, 0, 0, 0)),
        ("perbaiki", {"pieces": "100", "reason": "ulir", "due_on": "2030-01-01"}, (0, 0, 100, 0, 0)),
        ("buang", {"pieces": "30", "reason": "hancur"}, (0, 70, 0, 30, 0)),
        ("kembalikan", {"pieces": "30", "reason": "salah"}, (0, 70, 0, 0, 30)),
    ],
)
def test_each_decision_moves_its_pieces(cast, bolt, inspector, kind, form, buckets):
    lot = failed(cast, bolt).lot
    assert get(inspector, "disposition_add", lot.number, kind).status_code == 200
    press(inspector, "disposition_add", [lot.number, kind], **form)
    lot = Lot.objects.get(pk=lot.pk)
    assert (lot.accepted, lot.rejected, lot.rework, lot.scrapped, lot.returned) == buckets
    assert text(get(inspector, "quality_lot", lot.number)).count("Pak Agus") >= 1


def test_more_than_is_rejected_is_refused_on_the_form(cast, bolt, inspector):
    lot = failed(cast, bolt).lot
    page = press(inspector, "disposition_add", [lot.number, "buang"], pieces="101", reason="hancur")
    assert page.status_code == 400
    assert "100" in text(page)
    assert get(inspector, "disposition_add", lot.number, "bakar").status_code == 404


def test_mended_pieces_come_back_and_wait(cast, bolt, inspector):
    lot = failed(cast, bolt).lot
    press(inspector, "disposition_add", [lot.number, "perbaiki"], pieces="100", reason="ulir", due_on="2030-01-01")
    rework = lot.dispositions.get()
    assert reverse("rework_return", args=[rework.pk]) in get(inspector, "quality").content.decode()
    press(inspector, "rework_return", [rework.pk], mended="95", spoilt="5")
    lot = Lot.objects.get(pk=lot.pk)
    assert (lot.waiting, lot.scrapped) == (95, 5)


# -- what the member is told ------------------------------------------------------------------------------------------


def test_a_member_reads_why_and_what_now_with_photo_and_day(cast, bolt, inspector, sari):
    row = failed(cast, bolt)
    press(
        inspector,
        "disposition_add",
        [row.lot.number, "perbaiki"],
        pieces="100",
        reason="Ulirnya terlalu dalam",
        due_on="2030-01-07",
        photo=photo(),
    )
    page = text(get(sari, "results"))
    assert "Ulirnya terlalu dalam" in page
    assert "Senin, 7 Januari 2030" in page
    page = text(get(sari, "result", row.number))
    assert "Ulir rusak" in page
    rework = row.lot.dispositions.get()
    assert get(sari, "result_decision_photo", rework.pk)["Content-Type"] == "image/jpeg"
    rudi = client_of(cast.rudi.user)
    assert get(rudi, "result", row.number).status_code == 404
    assert get(rudi, "result_decision_photo", rework.pk).status_code == 404


@pytest.mark.parametrize("language", ["id", "en"])
def test_a_members_sentences_are_short_and_plain(cast, bolt, sari, language):
    row = failed(cast, bolt)
    sari.cookies["wadah_language"] = language
    for page in (get(sari, "results"), get(sari, "result", row.number)):
        main = re.search(r"<main.*?</main>", page.content.decode(), re.DOTALL)[0]
        blocks = re.split(r"</(?:p|li|h1|h2|h3|section)>", main)
        for block in blocks:
            for sentence in re.split(r"[.!?]\s", re.sub(r"<[^>]+>", " ", block)):
                assert len(sentence.split()) <= WORDS_A_SENTENCE, sentence
        assert not re.search(r"\b(AQL|Ac|Re|lead time|BOM)\b", main)


def test_nothing_checked_yet_says_what_will_stand_here(cast, sari):
    assert "empty" in get(sari, "results").content.decode()


# -- plans, how we work, severity -------------------------------------------------------------------------------------


PLAN = {
    "valid_from": "",
    "level": "II",
    "note": "",
    "major_method": "aql",
    "major_aql": "1.0",
    "minor_method": "zero",
    "minor_ltpd": "5",
    "minor_risk": "10",
    "name_0": "Diameter",
    "kind_0": "measured",
    "class_0": "major",
    "unit_0": "mm",
    "lower_0": "7,9",
    "upper_0": "8.1",
}


def test_a_plan_is_written_line_by_line(cast, bolt, manager):
    nut = Part.objects.create(code="MUR-M8", name="Mur M8", subsector=cast.subsector)
    assert get(manager, "inspection_plan_add", query=f"?barang={nut.pk}").status_code == 200
    form = {**PLAN, "cooperative": cast.cooperative.pk, "part": nut.pk, "valid_from": today().isoformat()}
    press(manager, "inspection_plan_add", **form)
    row = InspectionPlan.objects.get(part=nut)
    rules = {rule.defect_class: (rule.method, rule.aql, rule.ltpd, rule.risk) for rule in row.defect_rules.all()}
    assert rules == {
        "major": ("aql", 1, None, None),
        "minor": ("zero", None, Decimal("0.05"), Decimal("0.1")),
    }
    one = row.characteristics.get()
    assert (one.name, one.lower, one.upper, one.unit) == ("Diameter", Decimal("7.9"), Decimal("8.1"), "mm")
    page = get(manager, "inspection_plan", row.pk)
    assert 'value="7.9"' in page.content.decode()
    assert "MUR-M8" in get(manager, "inspection_plans", query="?unduh=csv").content.decode()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"major_method": "", "minor_method": ""}, "golongan"),
        ({"major_method": "user", "major_n": "20", "major_ac": "3", "major_re": "2"}, "3"),
        ({"lower_0": "9"}, "Diameter"),
        ({"lower_0": "sembilan"}, "sembilan"),
    ],
)
def test_a_plan_that_cannot_be_is_refused_on_the_form(cast, bolt, manager, change, words):
    form = {**PLAN, "cooperative": cast.cooperative.pk, "part": bolt.pk, "valid_from": today().isoformat(), **change}
    page = press(manager, "inspection_plan_add", **form)
    assert page.status_code == 400
    assert words in text(page)
    assert InspectionPlan.objects.count() == 1


def test_how_we_work_is_set_and_its_history_shown(cast, manager):
    version = field_value(get(manager, "work_settings", cast.cooperative.pk), "version")
    form = {"offer_weeks_ahead": "3", "answer_hours": "24", "over_percent": "5", "level": "I", "version": version}
    press(manager, "work_settings", [cast.cooperative.pk], **form, aql_major="0.65", aql_minor="2.5")
    row = WorkTerms.objects.get()
    assert (row.answer_hours, row.level, row.aql_major, row.over_percent) == (24, "I", Decimal("0.65"), 5)
    page = get(manager, "work_settings", cast.cooperative.pk)
    assert "Bu Ratna" in text(page)
    assert re.search(r'<option value="0.65" selected', page.content.decode())


def test_severity_is_told_in_words_and_resumed_by_the_manager(cast, bolt, manager):
    failed(cast, bolt)
    state = SwitchingState.objects.get()
    SwitchingState.objects.update(severity="discontinued", state={**state.state, "inspection": "discontinued"})
    assert "Pemeriksaan dihentikan" in text(get(manager, "today"))
    page = get(manager, "severity", state.pk)
    assert reverse("severity_act", args=[state.pk, "lanjut"]) in page.content.decode()
    press(manager, "severity_act", [state.pk, "lanjut"], reason="pahat diganti")
    state.refresh_from_db()
    assert state.severity == "tightened"
    assert "pahat diganti" in text(get(manager, "severity", state.pk))
    assert press(manager, "severity_act", [state.pk, "longgarkan"], reason="coba").status_code == 400


# -- curves and charts ------------------------------------------------------------------------------------------------


def test_the_curve_of_a_plan_is_drawn_told_and_given_as_a_file(manager):
    page = get(manager, "curve", query="?lot=2400&level=II&aql=2.5&severity=normal")
    assert "125" in text(page)
    assert "<path" in page.content.decode()
    rows = get(manager, "curve", query="?lot=2400&level=II&aql=2.5&severity=normal&unduh=csv").content.decode()
    assert len(rows.splitlines()) == 14


@pytest.mark.parametrize("query", ["?n=20&ac=0&re=1&lot=500", "?lot=100&aql=40&level=II&severity=normal", "?lot=1"])
def test_every_kind_of_plan_has_a_curve(manager, query):
    assert get(manager, "curve", query=query).status_code == 200


@pytest.mark.parametrize("query", ["?lot=0", "?aql=3", "?n=5&ac=7&re=8", "?severity=odd", "?lot=x"])
def test_a_plan_that_cannot_be_has_no_curve_and_says_why(manager, query):
    page = get(manager, "curve", query=query)
    assert page.status_code == 400
    assert "errorlist" in page.content.decode()


def measured_lots(cast, bolt, lots, values):
    """One lot after the other, each with its values."""
    for number in range(lots):
        row = inspection_open(lot=lot_made(cast, bolt, 50), by=cast.manager)
        told = [Measured(1, sample, Decimal(value)) for sample, value in enumerate(values(number), start=1)]
        tranche_add(inspection=row, checked=20, defects={}, values=told, by=cast.manager)
        inspection_close(inspection=row, by=cast.manager)


def test_a_control_chart_over_lots_says_its_signals_and_capability(cast, bolt, manager):
    def values(lot):
        centre = Decimal("8.20") if lot == 9 else Decimal("8.00")
        return [centre + Decimal(step) / 100 for step in (-1, 0, 1)]

    measured_lots(cast, bolt, 10, values)
    page = get(manager, "chart", bolt.pk, cast.sari.workshop.pk, query="?ciri=Diameter")
    shown = text(page)
    assert "di luar batas" in shown
    assert "Cpk" in shown
    assert 'class="broken"' in page.content.decode()
    assert bolt.name in text(get(manager, "charts"))
    query = "?ciri=Diameter&unduh=csv"
    rows = get(manager, "chart", bolt.pk, cast.sari.workshop.pk, query=query).content.decode().splitlines()
    assert len(rows) == 11


def test_uneven_tranches_are_charted_value_by_value_and_one_value_not_at_all(cast, bolt, manager):
    measured_lots(cast, bolt, 1, lambda _lot: ["8.0"])
    assert "<path" not in get(manager, "chart", bolt.pk, cast.sari.workshop.pk).content.decode()
    measured_lots(cast, bolt, 3, lambda lot: ["8.0"] * (lot + 1))
    page = get(manager, "chart", bolt.pk, cast.sari.workshop.pk)
    assert "<path" in page.content.decode()
    assert get(manager, "chart", bolt.pk, cast.tini.workshop.pk).status_code == 404


# -- trials, makers ---------------------------------------------------------------------------------------------------


@pytest.fixture
def tanaka(cast):
    buyer = Buyer.objects.create(name="Car maker", kind="factory", market="national")
    buyer_contact_add(buyer=buyer, user=cast.buyer)
    return buyer


def trial_opened(cast, bolt, manager, tanaka):
    form = {"cooperative": cast.cooperative.pk, "part": bolt.pk, "workshop": cast.tini.workshop.pk, "level": "1"}
    Buyer.cooperatives.through.objects.create(buyer=tanaka, cooperative=cast.cooperative)
    press(manager, "trial_add", **form, buyer=tanaka.pk)
    return Trial.objects.get()


def test_a_trial_from_opening_to_the_warrant(cast, bolt, manager, inspector, tanaka):
    row = trial_opened(cast, bolt, manager, tanaka)
    press(manager, "trial_lot", [row.number], pieces="30", week_start=today().isoformat())
    lot = hand_over(work_order=WorkOrder.objects.get(kind="trial"), pieces=Decimal(30))
    inspection = begun(inspector, lot)
    press(inspector, "inspection", [inspection.number], checked="20", major="0")
    press(inspector, "inspection_end", [inspection.number])
    page = press(manager, "trial_pass", [row.number], valid_from=today().isoformat())
    assert page.status_code == 400
    assert "18" in text(page)
    for number in (13, 18):
        press(inspector, "trial_element", [row.number, number], status="accepted", photo=photo())
    press(inspector, "trial_pass", [row.number], valid_from=today().isoformat(), valid_until="2030-01-01")
    row.refresh_from_db()
    assert row.status == "approved"
    assert Approval.objects.get(workshop=cast.tini.workshop).valid_until.isoformat() == "2030-01-01"
    paper = get(manager, "trial_paper", row.number).content
    assert paper.startswith(b"%PDF")
    assert len(paper) <= PAPER_BYTES_MAX
    assert quality_paper_standing(row.number, row.check_code).valid
    assert get(Client(), "paper_check", row.number, row.check_code).status_code == 200


def test_the_buyer_chooses_the_level_and_sees_no_orders(cast, bolt, manager, tanaka):
    row = trial_opened(cast, bolt, manager, tanaka)
    buyer = client_of(cast.buyer)
    assert row.number in text(get(buyer, "buyer_quality"))
    press(buyer, "trial_ask", [row.number], level="4", wanted=["9", "14"])
    row.refresh_from_db()
    assert row.level == 4
    page = get(buyer, "trial", row.number).content.decode()
    for name, arguments in (("trial_lot", ()), ("trial_pass", ()), ("trial_stop", ()), ("trial_element", (9,))):
        address = reverse(name, args=[row.number, *arguments])
        assert address not in page
        assert buyer.get(address).status_code == 404


def test_who_may_make_a_part_and_what_stands_in_the_way(cast, bolt, manager):
    rate_set(part=bolt, workshop=cast.tini.workshop, valid_from=today(), minutes_per_piece=1)
    rate_set(part=bolt, workshop=cast.rudi.workshop, valid_from=today(), minutes_per_piece=1)
    press(manager, "part_papers", [bolt.pk], kinds=["sni"])
    page = text(get(manager, "part_makers", bolt.pk))
    assert "belum disetujui" in page
    assert page.count("SNI") >= 2
    assert "Rudi" not in page
    certificate_record(kind="sni", workshop=cast.sari.workshop)
    assert "1 bengkel" in text(get(manager, "part_makers", bolt.pk))
    press(manager, "maker_suspend", [bolt.pk, cast.sari.workshop.pk], reason="mesin rusak")
    assert Approval.objects.filter(status="suspended", note="mesin rusak").exists()
    assert get(manager, "maker_suspend", bolt.pk, cast.rudi.workshop.pk).status_code == 404


# -- papers, buyers, budgets ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_report_is_a_small_pdf_that_can_be_checked(cast, bolt, manager, language):
    measured_lots(cast, bolt, 1, lambda _lot: ["8.0"] * 20)
    row = Inspection.objects.get()
    answer = get(manager, "inspection_paper", row.number, query=f"?bahasa={language}")
    assert answer.content.startswith(b"%PDF")
    assert len(answer.content) <= PAPER_BYTES_MAX
    standing = quality_paper_standing(row.number, row.check_code)
    assert standing.valid
    assert standing.on == today()
    assert quality_paper_standing(row.number, "salah") is None
    assert paper_standing(row.number, row.check_code) is None


def test_a_buyer_sees_how_good_what_was_delivered_is_and_nobodys_pay():
    world = shipping_build(cast_build())
    lot = accepted_lot(world, 100)
    shipment = shipment_open(order=world.order)
    line = shipment_pick(shipment=shipment, line=world.line, lot=lot, pieces=Decimal(100))
    shipment_send(shipment=shipment)
    shipment_receive(shipment=shipment, received_by="Mr Tanaka", told={line.pk: Told(Decimal(96), Decimal(4))})
    client = client_of(world.cast.buyer)
    page = get(client, "buyer_quality")
    assert "96%" in text(page)
    assert "Rp" not in text(page)
    assert "96" in get(client, "buyer_quality", query="?unduh=csv").content.decode()


def test_todays_cards_name_what_waits(cast, bolt, manager):
    lot_made(cast, bolt)
    failed(cast, bolt)
    page = text(get(manager, "today"))
    assert "Lot yang harus diperiksa" in page
    assert "Yang ditolak" in page


@pytest.mark.parametrize("name", ["quality", "inspections", "severities", "charts", "results"])
def test_lists_ask_as_often_for_many_lots_as_for_few(cast, bolt, manager, sari, name, django_assert_max_num_queries):
    client = sari if name == "results" else manager

    def asked():
        with django_assert_max_num_queries(60) as captured:
            assert get(client, name).status_code == 200
        return len(captured)

    measured_lots(cast, bolt, 1, lambda _lot: ["8.0"])
    failed(cast, bolt)
    lot_made(cast, bolt)
    get(client, name)
    few = asked()
    measured_lots(cast, bolt, 3, lambda _lot: ["8.0"])
    failed(cast, bolt)
    lot_made(cast, bolt)
    assert asked() == few


def test_a_file_that_is_no_photo_is_refused_and_kept_nowhere(cast, bolt, inspector):
    row = begun(inspector, lot_made(cast, bolt))
    bad = SimpleUploadedFile("foto.svg", b"<svg onload=alert(1)>", content_type="image/svg+xml")
    page = press(inspector, "inspection", [row.number], checked="5", major="0", photo=bad)
    assert page.status_code == 400
    assert not Attachment.objects.exists()
    assert inspection_standing(row).checked == 0
