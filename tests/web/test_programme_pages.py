"""Bottlenecks and the programme through their pages: an officer works, a manager reads, nobody else sees."""

from __future__ import annotations

import io
import json
import re

import pytest
from django.urls import reverse
from python_calamine import CalamineWorkbook

from addresses.programme import kept_answer
from cast_programme import scarce  # noqa: F401 (a fixture)
from wadah.base.clock import today
from wadah.base.history import history_of
from wadah.base.idempotency import key_new
from wadah.base.jobs import jobs_run_waiting
from wadah.programme.models import BottleneckRun, Intervention, RampCurve, Study, StudyItem
from wadah.programme.packages.curves import curve_by_code

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(client, cast):
    client.force_login(cast.officer)
    return client


def post(client, name, /, *args, **form):
    return client.post(reverse(name, args=args), {"idempotency_key": key_new(), **form}, follow=True)


def text(answer):
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def test_empty_pages_say_why_and_where_to_begin(officer):
    for name in ("bottlenecks", "programme", "proposals", "studies_compare", "curves"):
        assert 'class="empty"' in text(officer.get(reverse(name))), name


def test_from_the_bottleneck_to_an_adopted_package(officer, cast, bracket, scarce):  # noqa: F811
    shown = text(officer.get(reverse("bottlenecks")))
    assert "Karet peredam" in shown
    assert "<meter" in shown
    text(post(officer, "bottlenecks_propose", scarce.bottlenecks.pk, part="BUSH"))
    made = Intervention.objects.filter(kind="machine").get()
    version = re.search(r'name="version" value="(\w+)"', text(officer.get(reverse("proposal_change", args=[made.pk]))))
    form = {"cost_rupiah": "30 jt", "floor_m2": "5", "hours_week": "35", "basis": "Penawaran", "version": version[1]}
    text(post(officer, "proposal_change", made.pk, **form))
    made.refresh_from_db()
    assert (made.cost_rupiah, made.floor_m2, made.assumed) == (30_000_000, 5, False)
    history = text(officer.get(reverse("proposal", args=[made.pk]))).partition("<table")[2]
    assert "→ mesin dibeli, dipasang, dan dikuasai" in history  # the curve's name, in the language of the page
    form = {"cooperative": cast.cooperative.pk, "budget_rupiah": "50 jt", "floor_m2": "20", "weeks": "12"}
    waiting = text(post(officer, "programme", **form, time_limit_seconds="20", least_areas="0", name="Paket pertama"))
    assert "<progress" in waiting
    assert 'http-equiv="refresh"' in waiting
    jobs_run_waiting()
    study = Study.objects.get()
    answer = text(officer.get(reverse("study", args=[study.pk])))
    assert "Paket pertama" in answer
    assert made.workshop.name in answer
    text(post(officer, "study_adopt", study.pk))
    item = StudyItem.objects.filter(study=study, chosen=True).first()
    text(post(officer, "study_item_begin", item.pk, on=today().isoformat()))
    item.refresh_from_db()
    assert item.state == "begun"
    assert item.intervention.name in text(officer.get(reverse("programme")))
    text(post(officer, "study_adopt_undo", study.pk))  # something has begun: refused in words
    assert Study.objects.get().adopted_at is not None


def test_a_refusal_stands_on_the_form_and_writes_nothing(officer, cast):
    kept_answer(cast)
    form = {"cooperative": cast.cooperative.pk, "budget_rupiah": "5 jt", "floor_m2": "20", "weeks": "12"}
    form |= {"time_limit_seconds": "20", "least_areas": "9", "idempotency_key": key_new()}
    answer = officer.post(reverse("programme"), form)
    assert answer.status_code == 400
    assert "9" in answer.content.decode()
    assert Study.objects.count() == 1


def test_the_answer_shows_both_figures_and_what_is_proven(officer, cast):
    built = kept_answer(cast)
    shown = text(officer.get(reverse("study", args=[built["programme_study"]])))
    for figure in ("Rp2.000.000", "Rp3.000.000", "Rp2.200.000", "Rp1.900.000", "Rp2.100.000"):
        assert figure in shown, figure
    assert "80%" in shown  # 400 of 500 before
    assert "90%" in shown  # 450 of 500 after


def test_in_english_too(officer, cast):
    built = kept_answer(cast)
    officer.cookies.load({"wadah_language": "en"})
    cast.officer.language = "en"
    cast.officer.save()
    for name, args in (("study", [built["programme_study"]]), ("bottlenecks", []), ("programme", [])):
        assert "<h1" in text(officer.get(reverse(name, args=args)))


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_everything_goes_into_a_file(officer, cast, kind):
    built = kept_answer(cast)
    addresses = [
        reverse("study", args=[built["programme_study"]]),
        reverse("programme"),
        reverse("proposals"),
        reverse("bottlenecks"),
        f"{reverse('studies_compare')}?paket={built['programme_study']}",
    ]
    for address in addresses:
        answer = officer.get(f"{address}{'&' if '?' in address else '?'}unduh={kind}")
        assert answer.status_code == 200
        rows = rows_of(answer.content, kind)
        assert len(rows) >= 2, address
        assert len({len(row) for row in rows}) == 1, address


def rows_of(content, kind):
    if kind == "csv":
        return [line.split(";") for line in content.decode("utf-8-sig").splitlines()]
    return CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()


def test_answers_side_by_side(officer, cast):
    built = kept_answer(cast)
    first = Study.objects.get(pk=built["programme_study"])
    other = Study.objects.get(pk=first.pk)
    other.pk, other.name, other.adopted_at, other.adopted_by = None, "Paket kedua", None, None
    other.save()
    shown = text(officer.get(f"{reverse('studies_compare')}?paket={first.pk}&paket={other.pk}&paket=x"))
    assert "Paket kedua" in shown
    post(officer, "study_discard", other.pk)
    other.refresh_from_db()
    assert other.status == "discarded"
    post(officer, "study_back", other.pk)
    other.refresh_from_db()
    assert other.status == "done"


def test_a_failed_study_says_what_to_do(officer, cast):
    built = kept_answer(cast)
    words = {"status": "failed", "stopped": "floor out of reach", "gain_rupiah": None, "adopted_at": None}
    Study.objects.filter(pk=built["programme_study"]).update(**words)
    shown = text(officer.get(reverse("study", args=[built["programme_study"]])))
    assert "floor out of reach" not in shown
    assert "kelurahan" in shown


def test_the_stated_land_stands_apart_with_its_date(officer):
    shown = text(officer.get(reverse("programme")))
    assert "7%" in shown.replace("7 %", "7%")
    assert "31 Agustus 2014" in shown


def test_the_proposal_form_says_what_is_missing(officer, cast, bracket):
    form = {
        "cooperative": cast.cooperative.pk,
        "kind": "new_group",
        "part": bracket.bush.pk,
        "idempotency_key": key_new(),
    }
    answer = officer.post(reverse("proposal_add"), form)
    assert answer.status_code == 400
    assert not Intervention.objects.exists()
    text(post(officer, "proposal_add", **(form | {"area": cast.kelurahan.pk})))
    row = Intervention.objects.get()
    assert (row.kind, row.area, row.assumed) == ("new_group", cast.kelurahan, True)
    text(post(officer, "proposal_drop", row.pk))
    assert row.name not in text(officer.get(reverse("proposals")))
    text(post(officer, "proposal_back", row.pk))


def test_a_manager_reads_the_own_cooperative_and_changes_nothing(client, cast):
    built = kept_answer(cast)
    client.force_login(cast.manager)
    address = reverse("study", args=[built["programme_study"]])
    shown = text(client.get(address))
    assert reverse("study_adopt_undo", args=[built["programme_study"]]) not in shown
    assert client.post(reverse("programme"), {"idempotency_key": key_new()}).status_code == 403


def test_a_bottleneck_whose_price_is_not_settled_is_told_so(officer, cast):
    built = kept_answer(cast)
    row = BottleneckRun.objects.get(pk=built["programme_bottlenecks"])
    skill = json.loads(json.dumps(row.result["skills"][0])) | {"settled": False, "saved": 0}
    bare = {key: skill[key] for key in ("part", "worth_hour", "makers", "hours", "used")}
    row.result = {"skills": [skill, bare], "nobody": [], "weeks": 12}
    row.save()
    assert text(officer.get(reverse("bottlenecks"))).count("<li><h2>") == 2


def test_every_figure_of_the_answer_is_the_rows_own(officer, cast):
    """Recomputed here from the rows alone."""
    built = kept_answer(cast)
    study = Study.objects.get(pk=built["programme_study"])
    cost = sum(StudyItem.objects.filter(study=study, chosen=True).values_list("cost_rupiah", flat=True))
    shown = text(officer.get(reverse("study", args=[study.pk])))
    assert f"Rp{cost:,}".replace(",", ".") in shown
    assert study.shown["cost"] == cost


def curve_form(**more):
    form = {"name": "Anyaman dari lokakarya", "delay_weeks": "3", "shares": "12,5 50 100", "step_weeks": "4"}
    return form | {"confidence": "assumed", "source": "Lokakarya Jatisampurna", **more}


def test_an_officer_adds_a_curve_and_puts_measured_figures_in(officer, cast):
    text(post(officer, "ramp_add", **curve_form()))
    row = RampCurve.objects.get()
    assert (row.code, row.shares, row.source) == ("anyaman-dari-lokakarya", [0.125, 0.5, 1.0], "Lokakarya Jatisampurna")
    shown = text(officer.get(reverse("ramp_change", args=[row.pk])))
    assert "12.5 50 100" in shown
    version = re.search(r'name="version" value="(\w+)"', shown)[1]
    shown = text(post(officer, "ramp_change", row.pk, **curve_form(shares="40 100", version=version)))
    assert "40%, 100%" in shown
    assert "12.5% 50% 100% → 40% 100%" in shown
    assert [line.act for line in history_of(row)] == ["curve_add", "curve_change"]
    assert "Anyaman" in text(officer.get(reverse("curves")))


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"shares": "50 abc"}, "shares"),
        ({"shares": "50 1e999999999"}, "shares"),
        ({"shares": "50 1e99999999999999999999"}, "shares"),
        ({"shares": "50 NaN"}, "shares"),
        ({"shares": "50 40"}, "shares"),
        ({"shares": "0 50"}, "shares"),
        ({"shares": "120"}, "shares"),
        ({"delay_weeks": "521"}, "delay_weeks"),
        ({"step_weeks": "0"}, "step_weeks"),
        ({"source": " "}, "source"),
    ],
)
def test_a_curve_that_cannot_be_is_told_at_its_field(officer, wrong, field):
    answer = post(officer, "ramp_add", **curve_form(**wrong))
    assert answer.status_code == 400
    assert field in answer.context["form"].errors
    assert not RampCurve.objects.exists()


def test_a_curve_of_the_beginning_keeps_its_words_in_both_languages(officer, cast):
    row = curve_by_code("training")
    page = text(officer.get(reverse("ramp_change", args=[row.pk])))
    version = re.search(r'name="version" value="(\w+)"', page)[1]
    name = re.search(r'name="name" value="([^"]+)"', page)[1]
    assert name != row.name
    text(post(officer, "ramp_change", row.pk, **curve_form(name=name, version=version)))
    before = row.name
    row.refresh_from_db()
    assert (row.name, row.delay_weeks, row.source) == (before, 3, "Lokakarya Jatisampurna")
