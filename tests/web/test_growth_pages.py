"""Pages of the growth question: each kind of answer in words, files, progress, and who may ask."""

from datetime import date
from decimal import Decimal
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from growth_world import answer_kept, curve
from wadah.programme.growth.services import growth_run_start
from wadah.programme.models import GrowthFigure, GrowthRun
from wadah.web.pictures.intervals import Span, intervals_picture, step

pytestmark = pytest.mark.django_db
START = date(2027, 1, 1)


def signed_in(user):
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def run(cast):
    return answer_kept(cast.cooperative, start_on=START, target=Decimal(1))


def page_of(cast, run):
    answer = signed_in(cast.officer).get(reverse("growth_run", args=[run.pk]))
    assert answer.status_code == 200
    return answer.content.decode()


def test_an_interval_is_told_with_artisans_months_cost_and_step(cast, run):
    page = page_of(cast, run)
    assert "2 sampai 3" in page
    assert "8 sampai 12 perajin" in page
    assert "6 sampai 8 bulan" in page
    assert "September 2027" in page
    assert "Rp30 jt sampai Rp45 jt" in page
    assert "Mengecap malam" in page
    assert "30 sampai 32 kain" in page
    assert "Bekasi Jaya" in page
    assert page.count('class="plot"') == 2


@pytest.mark.parametrize(
    ("found", "words"),
    [
        ({"fewest": 3, "enough": 3, "months": None}, "Tepat 3"),
        ({"fewest": 401, "enough": None, "months": None}, "Bahkan 400"),
        ({"fewest": 3, "enough": None, "months": None}, "paling sedikit 3"),
        (
            {
                "fewest": 401,
                "enough": None,
                "months": None,
                "later": {"first": 24, "enough": 28, "fewest": 44, "groups": 52},
            },
            "Mei 2029",
        ),
        (
            {
                "fewest": 401,
                "enough": None,
                "months": None,
                "later": {"first": 61, "enough": None, "fewest": None, "groups": None},
            },
            "paling sedikit 61",
        ),
    ],
)
def test_each_kind_of_answer_has_its_words(cast, run, found, words):
    GrowthRun.objects.filter(pk=run.pk).update(result={"scopes": {"all": found}}, groups_a_month=2)
    run.refresh_from_db()
    assert words in page_of(cast, run)


def test_a_file_has_every_plan(cast, run):
    client = signed_in(cast.officer)
    lines = client.get(reverse("growth_run", args=[run.pk]), {"unduh": "csv"}).content.decode("utf-8-sig").splitlines()
    assert len(lines) == 1 + run.points.count()
    assert lines[1].split(";")[4:7] == ["1000", "950", "1000"]


def test_while_it_is_worked_out_the_page_tells_how_far_and_can_stop_it(cast):
    run = growth_run_start(
        cooperative=cast.cooperative, start_on=START, by_month=12, target=Decimal(1), ramp=curve(), by=cast.officer
    )
    GrowthRun.objects.filter(pk=run.pk).update(stage="groups all", plans_made=7)
    page = page_of(cast, run)
    assert "7 rencana dibuat" in page
    assert 'http-equiv="refresh"' in page
    assert (
        reverse("growth_stop", args=[run.pk])
        not in signed_in(cast.manager).get(reverse("growth_run", args=[run.pk])).content.decode()
    )
    stop = signed_in(cast.officer).post(reverse("growth_stop", args=[run.pk]), {"idempotency_key": str(uuid4())})
    assert stop.status_code == 302
    assert "Dihentikan sebelum rencana pertama" in page_of(cast, run)


def test_a_failed_question_says_why(cast, run):
    run.points.all().delete()
    GrowthRun.objects.filter(pk=run.pk).update(status="failed", why="Tidak ada kain")
    assert "Tidak ada kain" in page_of(cast, run)


def test_a_question_out_of_range_is_refused_on_the_form(cast):
    form = {
        "idempotency_key": str(uuid4()),
        "cooperative": cast.cooperative.pk,
        "start_on": "2027-01-01",
        "by_month": "99",
        "groups_a_month": "0",
        "target_percent": "100",
        "ramp": curve().pk,
        "seconds_each": "5",
    }
    answer = signed_in(cast.officer).post(reverse("growth"), form)
    assert answer.status_code == 400
    assert 'class="errorlist"' in answer.content.decode()
    assert not GrowthRun.objects.exists()


def test_a_figure_without_its_month_is_refused_on_the_form(cast):
    form = {
        "idempotency_key": str(uuid4()),
        "kind": "weather",
        "skill": cast.skills["turning"].pk,
        "month": "",
        "value": "2",
        "valid_from": "2027-01-01",
        "confidence": "assumed",
        "source": "asumsi",
    }
    client = signed_in(cast.officer)
    assert client.post(reverse("growth_figure_add"), form).status_code == 400
    assert client.post(reverse("growth_figure_add"), form | {"month": "3"}).status_code == 302
    row = GrowthFigure.objects.get()
    assert (row.month, row.value) == (3, 2)


def test_the_picture_is_drawn_to_scale():
    picture = intervals_picture(
        [Span(10, 0.5, 0.75, "10"), Span(0, 0.0, 0.0, "0"), Span(20, 1.0, 1.0, "20")], target=0.9
    )
    assert [bar.x for bar in picture.bars] == [picture.left, (picture.left + picture.right) / 2, picture.right]
    top, bottom = picture.levels[-1].place, picture.levels[0].place
    assert picture.bars[0].low == bottom == picture.bottom
    assert picture.bars[2].y == top
    assert picture.bars[1].low == pytest.approx((top + bottom) / 2)
    assert picture.target == pytest.approx(bottom - 0.9 * (bottom - top))
    assert [step(width) for width in (1, 12, 24, 60, 400)] == [1, 1, 2, 5, 50]
