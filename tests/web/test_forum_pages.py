"""The forum through its pages: what everybody reads, what people with an account do, what is decided about it."""

import io
import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from PIL import Image

from cast_forum import LESSON, at, forum_build, tried
from standing import standing
from wadah.base.attachments import attachment_keep
from wadah.base.clock import today
from wadah.forum.models import Booking, Community, Experiment, Graduation, Idea, Resource, Support
from wadah.forum.services.communities import community_join
from wadah.forum.services.experiments import experiment_photo_add

pytestmark = pytest.mark.django_db

PAPER_BYTES_MAX = 150 * 1024
WORDS_A_SENTENCE = 20
NUMBER = iter(range(10**6))


@standing
def forum(cast):
    return forum_build(cast)


def client_of(user):
    client = Client()
    if user is not None:
        client.force_login(user)
    return client


@pytest.fixture
def stranger():
    return client_of(None)


@pytest.fixture
def sari(cast):
    return client_of(cast.sari.user)


@pytest.fixture
def rudi(cast):
    return client_of(cast.rudi.user)


@pytest.fixture
def officer(cast):
    return client_of(cast.officer)


@pytest.fixture
def manager(cast):
    return client_of(cast.manager)


def post(client, address, /, *args, status=302, **form):
    answer = client.post(reverse(address, args=args), {"idempotency_key": f"k{next(NUMBER)}", **form})
    assert answer.status_code == status, answer.content.decode()[-2000:]
    return answer


def text(client, name, *args, query=""):
    answer = client.get(reverse(name, args=args) + query)
    assert answer.status_code == 200
    return answer.content.decode()


def picture(kind="PNG"):
    kept = io.BytesIO()
    Image.effect_noise((900, 700), 90).convert("RGB").save(kept, kind)
    return SimpleUploadedFile("foto.png", kept.getvalue())


# -- communities ------------------------------------------------------------------------------------------------------


def test_somebody_of_any_role_opens_a_community_and_changes_its_page(rudi, stranger):
    form = {"name": "Ikan Hias", "about": "Budi daya cupang.", "interests": "cupang, akuarium"}
    answer = post(rudi, "community_add", **form)
    row = Community.objects.get()
    assert answer["Location"] == reverse("community", args=[row.slug]) == "/forum/komunitas/ikan-hias/"
    page = text(rudi, "community_edit", row.slug)
    version = re.search(r'name="version" value="(\w+)"', page)[1]
    assert "akuarium, cupang" in page
    post(rudi, "community_edit", row.slug, **form | {"contact": "Sabtu sore", "version": version})
    assert "Sabtu sore" in text(stranger, "community", row.slug)


def test_what_is_typed_wrong_is_told_on_the_form_and_stays(rudi, forum):
    page = post(rudi, "community_add", status=400, name="robot kecil", about="Kisah kami").content.decode()
    assert "sudah ada" in page
    assert "Kisah kami" in page


def test_names_of_people_are_shown_only_to_those_who_are_in_it(stranger, rudi, sari, forum):
    for client in (stranger, rudi):
        page = text(client, "community", forum.community.slug)
        assert "Bu Sari" not in page
        assert "kurang dari 5" in page  # fewer than five people aren't counted in public
    assert "Bu Sari" in text(sari, "community", forum.community.slug)
    post(rudi, "community_join", forum.community.slug)
    assert "Bu Sari" in text(rudi, "community", forum.community.slug)
    post(rudi, "community_leave", forum.community.slug)
    assert "Bu Sari" not in text(rudi, "community", forum.community.slug)


def test_a_keeper_shares_the_keeping_and_an_officer_may_archive(sari, rudi, officer, cast, forum):
    place = community_join(community=forum.community, by=cast.rudi.user)
    slug = forum.community.slug
    post(sari, "community_keeper", slug, place.pk, "jadi")
    assert rudi.get(reverse("community_edit", args=[slug])).status_code == 200
    post(sari, "community_keeper", slug, place.pk, "lepas")
    assert rudi.get(reverse("community_edit", args=[slug])).status_code == 404
    post(officer, "community_state", slug, "arsip")
    assert "tidak aktif" in text(sari, "community", slug)
    assert forum.community.name not in text(sari, "communities")
    assert forum.community.name in text(sari, "communities", query="?keadaan=arsip")
    post(sari, "community_state", slug, "buka")
    post(sari, "community_state", slug, "lain", status=404)


# -- rooms ------------------------------------------------------------------------------------------------------------


def test_a_room_is_shared_with_hours_as_people_write_them(officer, stranger):
    form = {"kind": "room", "name": "Aula", "place": "Jl. Contoh 1", "monday": "8-17", "saturday": "08.30 – 12"}
    post(officer, "resource_add", **form)
    row = Resource.objects.get()
    hours = [(one.weekday, one.opens_minute, one.closes_minute) for one in row.opening.all()]
    assert hours == [(0, 480, 1020), (5, 510, 720)]
    assert "08.30–12.00" in text(stranger, "resource", row.pk)
    wrong = post(officer, "resource_add", status=400, **form | {"monday": "pagi", "tuesday": "17-8"})
    assert wrong.content.decode().count("errorlist") == 2


def test_a_keeper_shares_a_tool_of_the_community(sari, rudi, forum):
    form = {"kind": "tool", "name": "Bor", "place": "Garasi", "sunday": "8-12", "owner": forum.community.pk}
    post(sari, "resource_add", **form)
    row = Resource.objects.get(kind="tool")
    assert row.owner == forum.community
    assert rudi.get(reverse("resource_add")).status_code == 404
    page = text(sari, "resource_edit", row.pk)
    assert "08.00–12.00" in page
    version = re.search(r'name="version" value="(\w+)"', page)[1]
    post(sari, "resource_edit", row.pk, **form | {"name": "Bor besar", "version": version})
    post(sari, "resource_state", row.pk, "arsip")
    assert "Bor besar" not in text(sari, "resources")


def booking_form(**more):
    return {"day": at(2, 0).date().isoformat(), "start": "09:00", "end": "11.00", "purpose": "Merakit", **more}


def test_a_time_is_booked_seen_in_the_week_and_refused_to_the_next(sari, rudi, stranger, forum):
    post(sari, "booking_add", forum.room.pk, **booking_form(community=forum.community.pk))
    week = f"?minggu={at(2, 0).date().isoformat()}"
    for client, purpose in ((stranger, False), (rudi, True)):
        page = text(client, "resource", forum.room.pk, query=week)
        assert "09.00–11.00 Robot Kecil" in page
        assert ("Merakit" in page) == purpose
        assert "Bu Sari" not in page
    lost = post(rudi, "booking_add", forum.room.pk, status=400, **booking_form(start="10:00", end="12:00"))
    assert "sudah dipesan orang pukul 09.00 sampai 11.00" in lost.content.decode()
    assert 'value="Merakit"' in lost.content.decode()  # what was typed stays
    assert (
        "sudah lewat"
        in post(rudi, "booking_add", forum.room.pk, status=400, **booking_form(day="2026-01-05")).content.decode()
    )


def test_a_booking_until_midnight_ends_at_the_end_of_the_day(officer, sari, forum):
    form = {"kind": "room", "name": "Malam", "place": "x", **dict.fromkeys(("monday", "tuesday"), "8-24")}
    post(officer, "resource_add", **form)
    row = Resource.objects.get(name="Malam")
    monday = today() + timedelta(days=7 - today().weekday())
    post(sari, "booking_add", row.pk, **booking_form(day=monday.isoformat(), start="22:00", end="00:00"))
    assert "22.00–24.00" in text(sari, "bookings")


def test_a_booking_is_given_back_and_undone(sari, officer, forum):
    post(sari, "booking_add", forum.room.pk, **booking_form())
    row = Booking.objects.get()
    assert "Urungkan" not in text(sari, "booking", row.pk)
    post(sari, "booking", row.pk, reason="")
    assert "Urungkan" in text(sari, "booking", row.pk)
    post(sari, "booking_undo", row.pk)
    assert Booking.objects.get().cancelled_at is None
    assert "errorlist" in post(officer, "booking", row.pk, status=400, reason="").content.decode()
    post(officer, "booking", row.pk, reason="Dipakai untuk vaksinasi")
    assert "Dipakai untuk vaksinasi" in text(sari, "booking", row.pk)
    post(sari, "booking_undo", row.pk, status=409)


# -- ideas ------------------------------------------------------------------------------------------------------------


def test_an_idea_is_written_joined_and_taken_back(sari, rudi, stranger, forum):
    post(sari, "idea_add", title="Pasar malam robot", text="Sebulan sekali.", community="")
    row = Idea.objects.get(title="Pasar malam robot")
    assert "Bu Sari" not in text(stranger, "idea", row.pk)
    post(rudi, "idea_voice", row.pk, "ikut")
    assert "1 orang mau ikut" in text(stranger, "idea", row.pk)
    post(rudi, "idea_voice", row.pk, "batal")
    post(rudi, "idea_voice", row.pk, "lain", status=404)
    assert rudi.get(reverse("idea_withdraw", args=[row.pk])).status_code == 404
    post(sari, "idea_withdraw", row.pk, reason="")
    assert stranger.get(reverse("idea", args=[row.pk])).status_code == 404
    post(sari, "idea_undo", row.pk)
    assert "Pasar malam robot" in text(stranger, "ideas")


# -- experiments ------------------------------------------------------------------------------------------------------


def test_an_experiment_out_of_an_idea_is_told_and_others_go_on_from_it(sari, rudi, stranger, forum):
    page = text(rudi, "experiment_add", query=f"?ide={forum.idea.pk}&lanjutan={forum.failed.number}")
    assert forum.idea.title in page
    assert forum.failed.question in page
    form = {
        "question": "Dengan lem dingin?",
        "method": "Sama",
        "begun_on": today().isoformat(),
        "cost_rupiah": "25rb",
        "work_minutes": "1,5",
        "idea": forum.idea.pk,
        "follows": forum.failed.number,
    }
    post(rudi, "experiment_add", **form)
    row = Experiment.objects.get(question="Dengan lem dingin?")
    assert (row.cost_rupiah, row.work_minutes, row.follows, row.idea) == (25_000, 90, forum.failed, forum.idea)
    assert row.question in text(stranger, "experiment", forum.failed.number)
    assert row.question in text(stranger, "idea", forum.idea.pk)
    form = {"result": "failed", "on": today().isoformat(), "lesson": ""}
    assert "errorlist" in post(rudi, "experiment_result", row.number, status=400, **form).content.decode()
    post(rudi, "experiment_result", row.number, **form | {"lesson": "Lem dingin lepas."})
    assert "Lem dingin lepas." in text(stranger, "experiment", row.number)
    assert sari.get(reverse("experiment_result", args=[row.number])).status_code == 404


def test_a_failed_experiment_wears_a_badge_of_honour_and_no_red_mark(stranger, forum):
    page = text(stranger, "experiment", forum.failed.number)
    assert "badge honour" in page
    assert not re.search(r"badge (late|short)", page)
    assert LESSON in page


def test_names_are_shown_only_where_they_are_wanted(sari, stranger, forum):
    assert "Bu Sari" not in text(stranger, "experiment", forum.worked.number)
    page = text(sari, "experiment_edit", forum.worked.number)
    version = re.search(r'name="version" value="(\w+)"', page)[1]
    form = {"question": forum.worked.question, "method": "x", "begun_on": forum.worked.begun_on.isoformat()}
    post(sari, "experiment_edit", forum.worked.number, **form, named="on", version=version)
    assert "Bu Sari" in text(stranger, "experiment", forum.worked.number)


@pytest.mark.parametrize("words", ["LEM PANAS", "lempanas", "sobek silikon"])
def test_lessons_are_searched_filtered_and_taken_home(stranger, forum, words):
    page = text(stranger, "experiments", query=f"?q={words}")
    assert forum.failed.question in page
    assert forum.worked.question not in page
    assert forum.failed.question in text(stranger, "experiments", query="?hasil=failed")
    taken = stranger.get(reverse("experiments") + f"?q={words}&unduh=csv").content.decode()
    assert LESSON in taken
    assert "75000" in taken
    assert stranger.get(reverse("experiments") + "?unduh=xlsx").content[:2] == b"PK"


def test_photos_are_added_seen_and_taken_off(sari, stranger, forum):
    post(sari, "experiment_photo_add", forum.failed.number, photo=picture(), caption="Sambungan sobek")
    assert "Sambungan sobek" in text(stranger, "experiment", forum.failed.number)
    shown = stranger.get(reverse("experiment_photo", args=[forum.failed.number, 1]))
    assert (shown["Content-Type"], shown["X-Content-Type-Options"]) == ("image/jpeg", "nosniff")
    assert len(shown.content) <= 100 * 1024
    post(sari, "experiment_photo_drop", forum.failed.number, 1)
    assert stranger.get(reverse("experiment_photo", args=[forum.failed.number, 1])).status_code == 404


@pytest.mark.parametrize("language", ["id", "en"])
def test_a_poster_is_one_small_page_whatever_the_result(cast, stranger, forum, language):
    long = tried(cast, forum.community, "Apakah " + "sangat " * 26 + "?", "failed", "Pelajaran panjang. " * 190)
    for row in (long, forum.failed):
        for caption in ("Kain belang " * 12, "Dua ember"):
            kept = attachment_keep(file=picture(), by=cast.sari.user)
            experiment_photo_add(experiment=row, photo=kept, caption=caption, by=cast.sari.user)
    for row in (forum.worked, forum.failed, forum.unknown, long):
        answer = stranger.get(reverse("experiment_poster", args=[row.number]) + f"?bahasa={language}")
        assert answer["Content-Type"] == "application/pdf"
        assert len(answer.content) <= PAPER_BYTES_MAX
        assert len(re.findall(rb"/Type\s*/Page\b", answer.content)) <= 1


def test_one_taken_back_is_gone_for_others_and_comes_back(sari, stranger, officer, forum):
    post(sari, "experiment_withdraw", forum.failed.number, reason="")
    for name in ("experiment", "experiment_poster"):
        assert stranger.get(reverse(name, args=[forum.failed.number])).status_code == 404
    assert "Urungkan" in text(sari, "experiment", forum.failed.number)
    post(sari, "experiment_undo", forum.failed.number)
    assert LESSON in text(stranger, "experiment", forum.failed.number)
    post(officer, "experiment_withdraw", forum.failed.number, status=400, reason="")


# -- support ----------------------------------------------------------------------------------------------------------


def test_support_is_asked_decided_undone_delivered_and_told(sari, rudi, officer, forum):
    form = {"kind": "grant", "what": "Satu cetakan", "asked_rupiah": "2 jt", "community": forum.community.pk}
    post(sari, "support_add", **form)
    row = Support.objects.get()
    assert rudi.get(reverse("support", args=[row.number])).status_code == 404
    assert row.number in text(officer, "support_desk")
    assert sari.get(reverse("support_decide", args=[row.number])).status_code == 404
    decision = {"granted": "ya", "reason": "Dipakai bersama.", "granted_rupiah": "1,5 jt"}
    assert (
        "errorlist"
        in post(
            officer, "support_decide", row.number, status=400, **decision | {"granted_rupiah": "3 jt"}
        ).content.decode()
    )
    post(officer, "support_decide", row.number, **decision)
    assert "Rp1.500.000" in text(sari, "support", row.number)
    post(officer, "support_undo", row.number)
    post(officer, "support_decide", row.number, **decision)
    post(officer, "support_deliver", row.number, on=today().isoformat(), note="Diserahkan", trained="6")
    post(sari, "support_outcome", row.number, outcome="Tiga produk baru.")
    assert "Tiga produk baru." in text(officer, "support", row.number)
    row.refresh_from_db()
    assert (row.status, row.trained, row.worth_rupiah) == ("told", 6, 1_500_000)


def test_an_ask_is_taken_back_and_asked_again(sari, officer, forum):
    post(sari, "support_add", kind="mentoring", what="Mentor bubut")
    row = Support.objects.get()
    post(sari, "support_state", row.number, "tarik")
    post(officer, "support_decide", row.number, status=400, granted="tidak", reason="x")
    post(sari, "support_state", row.number, "minta-lagi")
    assert Support.objects.get().status == "asked"


@pytest.mark.parametrize("form", [{"asked_rupiah": "-5"}, {"people": "-3"}, {"people": "99999"}, {"kind": "tool"}])
def test_figures_that_cannot_be_are_told_on_the_form(sari, form):
    facts = {"kind": "grant", "what": "x", "asked_rupiah": "5000"} | form
    assert "errorlist" in post(sari, "support_add", status=400, **facts).content.decode()


# -- to the register --------------------------------------------------------------------------------------------------


def test_an_experiment_is_offered_taken_up_and_tried(cast, sari, manager, stranger, forum):
    post(sari, "graduation_add", forum.worked.number, product="Gantungan", cooperative=cast.cooperative.pk)
    row = Graduation.objects.get()
    assert row.number in text(manager, "graduations", query="?unduh=csv")
    skill = cast.skills["rubber_compression"]
    post(manager, "graduation_take", row.number, workshop=cast.sari.workshop.pk, skill=skill.pk)
    post(manager, "graduation_trial", row.number, code="GANTUNGAN", subsector=cast.subsector.pk)
    row.refresh_from_db()
    assert row.trial.part.code == "GANTUNGAN"
    assert row.trial.number in text(manager, "graduation", row.number)
    seen = text(stranger, "experiment", forum.worked.number)
    assert "lot belum lulus periksa" in seen
    assert "Maju Bersama" not in seen
    assert "Bengkel Bu Sari" not in seen
    post(manager, "graduation_stop", row.number, reason="belum ada pembeli")
    assert "belum ada pembeli" in text(sari, "graduation", row.number)


def test_a_failed_one_is_not_offered(sari, cast, forum):
    assert reverse("graduation_add", args=[forum.failed.number]) not in text(sari, "experiment", forum.failed.number)
    facts = {"product": "x", "cooperative": cast.cooperative.pk}
    page = post(sari, "graduation_add", forum.failed.number, status=400, **facts).content.decode()
    assert "berhasil" in page


# -- all of it --------------------------------------------------------------------------------------------------------


def test_the_first_page_shows_lessons_and_the_garden(stranger, sari, forum):
    page = text(stranger, "forum")
    assert LESSON[:30] in page
    assert page.count("<g class=") == 3
    assert reverse("experiment_add") not in page
    assert reverse("experiment_add") in text(sari, "forum")


def test_figures_of_a_year_are_shown_and_taken_home(stranger, forum):
    page = text(stranger, "forum_figures")
    assert str(today().year) in page
    assert "kurang dari 5" in page
    taken = stranger.get(reverse("forum_figures") + "?unduh=csv").content.decode("utf-8-sig").splitlines()
    assert any(line.startswith("Percobaan dimulai;3;") for line in taken)
    for year in ("1800", "x", "99999999999", "²"):
        assert stranger.get(reverse("forum_figures"), {"tahun": year}).status_code == 200


@pytest.mark.parametrize("query", ["?minggu=x", "?minggu=9999-12-31", "?minggu=0001-01-01", "?hari=x"])
def test_addresses_typed_wrong_still_answer(sari, forum, query):
    for name in ("resource", "booking_add"):
        assert sari.get(reverse(name, args=[forum.room.pk]) + query).status_code == 200


def test_pages_ask_as_many_questions_however_much_there_is(cast, stranger, forum):
    def asked():
        counts = []
        for address in ("forum", "experiments", "communities", "ideas", "resources"):
            with CaptureQueriesContext(connection) as found:
                stranger.get(reverse(address))
            counts.append(len(found))
        return counts

    few = asked()
    for number in range(6):
        tried(cast, forum.community, f"Coba {number}?", "failed", "Kini tahu.")
    assert asked() == few


def test_sentences_for_everybody_are_short(stranger, sari, forum):
    for client, names in (
        (stranger, ("forum", "forum_figures")),
        (sari, ("experiment_add", "idea_add", "support_add")),
    ):
        for name in names:
            page = re.sub(r"<(script|style|svg).*?</\1>", " ", text(client, name), flags=re.DOTALL)
            main = page.split("<main", 1)[1].split("</main>")[0]
            for block in re.split(r"</?(?:p|h\d|li|label|td|th|div|dt|dd|legend|option|caption|section)\b[^>]*>", main):
                words = re.sub(r"<[^>]+>", " ", block)
                for sentence in re.split(r"[.!?:;]\s", words):
                    assert len(sentence.split()) <= WORDS_A_SENTENCE, sentence
