"""Experiments and lessons: a result has a lesson, failed counts as much as worked, all are found whatever is typed."""

import io
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from PIL import Image

from cast_forum import LESSON, forum_build, tried
from standing import standing
from wadah.base.attachments import attachment_keep
from wadah.base.clock import today
from wadah.base.errors import Conflict, Refused
from wadah.base.history import history_of
from wadah.forum.models import Experiment
from wadah.forum.selectors.experiments import (
    experiment_photo,
    experiments_all,
    experiments_own,
    experiments_seen,
    followers_of,
    lessons_search,
    results_counted,
)
from wadah.forum.services.experiments import (
    PHOTOS_MAX,
    experiment_begin,
    experiment_bring_back,
    experiment_correct,
    experiment_photo_add,
    experiment_photo_remove,
    experiment_tell,
    experiment_withdraw,
)

pytestmark = pytest.mark.django_db


@standing
def forum(cast):
    return forum_build(cast)


def photo(cast, name="foto.png"):
    kept = io.BytesIO()
    Image.new("RGB", (40, 30), "brown").save(kept, "PNG")
    return attachment_keep(file=SimpleUploadedFile(name, kept.getvalue()), by=cast.sari.user)


def test_a_result_needs_a_lesson_and_a_day(cast, forum):
    for result in ("worked", "failed"):
        with pytest.raises(Refused):
            experiment_tell(experiment=forum.unknown, result=result, lesson=" ", by=cast.sari.user)
    row = experiment_tell(experiment=forum.unknown, result="failed", lesson="Tanah liat retak.", by=cast.sari.user)
    assert (row.result_on, row.lesson) == (today(), "Tanah liat retak.")
    row = experiment_tell(experiment=row, result="unknown", by=cast.sari.user)
    assert (row.result_on, row.result) == (None, "unknown")
    assert [line.act for line in history_of(row)][-2:] == ["experiment_failed", "experiment_unknown"]


def test_the_database_keeps_that_law_too(forum):
    with pytest.raises(IntegrityError), transaction.atomic():
        Experiment.objects.filter(pk=forum.failed.pk).update(lesson="")


def test_days_lie_in_order(cast, forum):
    with pytest.raises(Refused):
        tried_on = today() + timedelta(days=1)
        experiment_begin(question="x", method="y", begun_on=tried_on, by=cast.sari.user)
    for day in (forum.unknown.begun_on - timedelta(days=1), today() + timedelta(days=1)):
        with pytest.raises(Refused):
            experiment_tell(experiment=forum.unknown, result="worked", lesson="x", on=day, by=cast.sari.user)
    with pytest.raises(Refused):
        experiment_correct(experiment=forum.worked, begun_on=today() + timedelta(days=1), by=cast.sari.user)


def test_one_follows_another(cast, forum):
    row = experiment_begin(
        question="Dengan lem dingin?", method="y", begun_on=today(), follows=forum.failed, by=cast.rudi.user
    )
    assert list(followers_of(forum.failed)) == [row]
    experiment_withdraw(experiment=forum.unknown, by=cast.sari.user)
    with pytest.raises(Refused):
        stood = Experiment.objects.get(pk=forum.unknown.pk)
        experiment_begin(question="z", method="y", begun_on=today(), follows=stood, by=cast.rudi.user)


@pytest.mark.parametrize("text", ["lem panas", "LEMPANAS", "silikon  suhu", "sobekdi", "SuhuLem", "robot sobek"])
def test_lessons_are_found_whatever_spaces_and_case_are_typed(forum, text):
    assert list(lessons_search(experiments_all(), text)) == [forum.failed]


def test_a_lesson_is_found_across_the_end_of_a_line_and_a_stranger_word_finds_nothing(cast, forum):
    row = tried(cast, None, "Kain?", "failed", "Warna soga\nluntur di air sadah.")
    assert list(lessons_search(experiments_all(), "soga luntur")) == [row]
    assert list(lessons_search(experiments_all(), "sogaluntur")) == [row]
    assert not lessons_search(experiments_all(), "soga robot kecil").exists()


def test_failed_ones_are_counted_beside_the_others(forum):
    assert results_counted() == {"worked": 1, "failed": 1, "unknown": 1}
    assert forum.failed.lesson == LESSON


def test_photos_are_numbered_told_and_few(cast, forum):
    for number in range(PHOTOS_MAX):
        kept = experiment_photo_add(experiment=forum.failed, photo=photo(cast), caption="sobek", by=cast.sari.user)
        assert kept.number == number + 1
    with pytest.raises(Refused):
        experiment_photo_add(experiment=forum.failed, photo=photo(cast), caption="sobek", by=cast.sari.user)
    experiment_photo_remove(photo=kept, by=cast.sari.user)
    assert experiment_photo(forum.failed, PHOTOS_MAX) is None
    assert experiment_photo(forum.failed, 1).media_type == "image/jpeg"
    with pytest.raises(Refused):
        experiment_photo_add(experiment=forum.failed, photo=photo(cast), caption=" ", by=cast.sari.user)
    paper = attachment_keep(file=SimpleUploadedFile("x.pdf", b"%PDF-1.7"), by=cast.sari.user)
    with pytest.raises(Refused):
        experiment_photo_add(experiment=forum.failed, photo=paper, caption="x", by=cast.sari.user)


def test_one_taken_back_is_seen_by_its_author_and_comes_back(cast, forum):
    row = experiment_withdraw(experiment=forum.failed, by=cast.sari.user)
    assert row not in experiments_all()
    assert row in experiments_seen(cast.sari.user, officer=False)
    assert row not in experiments_seen(cast.rudi.user, officer=False)
    assert row in experiments_own(cast.sari.user)
    experiment_bring_back(experiment=row, by=cast.sari.user)
    assert row in experiments_all()
    with pytest.raises(Conflict):
        experiment_bring_back(experiment=row, by=cast.sari.user)
