import pytest
from django.http import HttpResponse, HttpResponseRedirect
from django.test import RequestFactory
from django.urls import path, reverse

from wadah.accounts.models import User
from wadah.base.errors import Conflict, NotYours, ReadOnly, Refused
from wadah.base.idempotency import key_new
from wadah.base.models import Counter
from wadah.register.models import Appointment
from wadah.web.access import ADMIN, KEY_FIELD, OFFICER, PUBLIC, SIGNED_IN, access, own_or_404

pytestmark = pytest.mark.django_db


@access(SIGNED_IN, methods=("GET", "POST"))
def count(request):
    if request.method == "POST" and request.POST.get("kind"):
        row = Counter.objects.create(kind=request.POST["kind"], year=Counter.objects.count())
        return HttpResponseRedirect(f"/counted/{row.pk}/")
    return HttpResponse("a form", status=400 if request.method == "POST" else 200)


@access(ADMIN, readers=(OFFICER,), methods=("GET", "POST"))
def admins(request):
    return HttpResponse("seen")


@access(PUBLIC)
def broken(request):
    raise ZeroDivisionError("the phone is 081234567890")


@access(PUBLIC)
def refused(request):
    raise Refused("Expected at most 25 pieces for Bu Sari, got 40.")


@access(PUBLIC)
def taken(request):
    raise Conflict


def full_disk(request):
    from django.db import OperationalError

    raise OperationalError("database or disk is full")


urlpatterns = [
    path("count/", count),
    path("admins/", admins),
    path("broken/", broken),
    path("refused/", refused),
    path("taken/", taken),
    path("full/", access(PUBLIC)(full_disk)),
]


@pytest.fixture(autouse=True)
def pages(settings):
    """These few views beside the site's own addresses."""
    from wadah.site import urls

    class Both:
        handler400, handler403 = urls.handler400, urls.handler403
        handler404, handler500 = urls.handler404, urls.handler500

    Both.urlpatterns = [*urlpatterns, *urls.urlpatterns]
    settings.ROOT_URLCONF = Both


def officer(role):
    user = User.objects.create_user(phone="+6281200000001", name="Petugas", password="x")
    Appointment.objects.create(user=user, role=role, valid_from="2026-01-01")
    return user


def test_a_stranger_is_sent_to_the_door_and_comes_back(client):
    response = client.get("/count/?week=3")
    assert response.status_code == 302
    assert response["Location"] == "/masuk/?next=%2Fcount%2F%3Fweek%3D3"


def test_without_a_role_it_is_as_if_it_were_not_there(client, person):
    client.force_login(person)
    assert client.get("/admins/").status_code == 404


def test_who_may_only_read_reads_and_does_not_write(client):
    client.force_login(officer("officer"))
    assert client.get("/admins/").content == b"seen"
    assert client.post("/admins/", {KEY_FIELD: key_new()}).status_code == 403


def test_the_right_role_may_do_both(client):
    client.force_login(officer("admin"))
    assert client.get("/admins/").status_code == 200
    assert client.post("/admins/", {KEY_FIELD: key_new()}).status_code == 200


def test_an_ended_office_opens_nothing(client):
    user = officer("admin")
    Appointment.objects.update(valid_until="2026-01-31")
    client.force_login(user)
    assert client.get("/admins/").status_code == 404


def test_the_same_form_twice_has_one_effect_and_the_same_answer(client, person):
    client.force_login(person)
    form = {"kind": "a", KEY_FIELD: key_new()}
    first, again = client.post("/count/", form), client.post("/count/", form)
    assert first["Location"] == again["Location"]
    assert Counter.objects.count() == 1
    assert client.post("/count/", {**form, "kind": "b"}).status_code == 409
    assert Counter.objects.count() == 1


def test_a_new_form_has_a_new_effect(client, person):
    client.force_login(person)
    for _ in range(2):
        client.post("/count/", {"kind": "a", KEY_FIELD: key_new()})
    assert Counter.objects.count() == 2


def test_a_form_with_mistakes_may_be_sent_again_with_the_same_key(client, person):
    client.force_login(person)
    key = key_new()
    assert client.post("/count/", {KEY_FIELD: key}).status_code == 400
    assert client.post("/count/", {"kind": "a", KEY_FIELD: key}).status_code == 302


def test_a_form_without_a_key_changes_nothing(client, person):
    client.force_login(person)
    assert client.post("/count/", {"kind": "a"}).status_code == 400
    assert not Counter.objects.exists()


def test_the_key_of_another_is_a_conflict(client, person):
    form = {"kind": "a", KEY_FIELD: key_new()}
    client.force_login(person)
    client.post("/count/", form)
    client.force_login(User.objects.create_user(phone="+6281200000002", name="Rudi"))
    assert client.post("/count/", form).status_code == 409


def test_a_method_that_a_page_does_not_know_is_refused(client):
    assert client.post("/refused/").status_code == 405
    assert client.put("/refused/").status_code == 405


@pytest.mark.parametrize("language", ["id", "en"])
def test_error_pages_say_what_happened_and_that_nothing_was_changed(client, language):
    client.cookies["wadah_language"] = language
    unchanged = {"id": "Tidak ada yang berubah.", "en": "Nothing was changed."}[language]
    client.raise_request_exception = False
    for address, status in (
        ("/refused/", 400),
        ("/taken/", 409),
        ("/nowhere/", 404),
        ("/broken/", 500),
        ("/full/", 503),
    ):
        response = client.get(address)
        assert response.status_code == status
        assert unchanged in response.text
        assert f'lang="{language}"' in response.text
        assert "Traceback" not in response.text
        assert "ZeroDivisionError" not in response.text
    assert "Expected at most 25 pieces for Bu Sari, got 40." in client.get("/refused/").text


def test_the_error_page_of_ours_needs_no_database(django_assert_num_queries, person):
    from wadah.web.errors import failed

    request = RequestFactory().get("/")
    with django_assert_num_queries(0):
        assert "Wadah" in failed(request).text


def test_the_log_holds_no_phone_number():
    from wadah.site.logs import masked

    assert "081234567890" not in masked("Key (phone)=(081234567890) already exists")
    assert "3275012345678901" not in masked("nik 3275012345678901")
    assert masked("job 17 took 2026 ms") == "job 17 took 2026 ms"


def test_another_users_row_is_not_found():
    row = Counter.objects.create(kind="mine", year=2026)
    assert own_or_404(Counter.objects.filter(kind="mine"), pk=row.pk) == row
    for pk in (row.pk + 1, "abc"):
        with pytest.raises(NotYours):
            own_or_404(Counter.objects.filter(kind="mine"), pk=pk)


def test_a_role_that_does_not_exist_is_a_programmers_mistake():
    for roles in ((), ("king",)):
        with pytest.raises(ValueError, match="roles"):
            access(*roles)


def test_each_refusal_has_its_status():
    assert [error.status for error in (Refused, NotYours, ReadOnly, Conflict)] == [400, 404, 403, 409]


def test_one_way_at_most_is_where_the_reader_is(client, cast):
    """The batik mandate lies below the city's own address: of the two the nearer is marked."""
    client.force_login(cast.officer)
    for address, words in (
        ("/kota/", "Kota bekerja"),
        ("/kota/wajib-batik/", "Wajib batik"),
        (reverse("secret_change"), None),
    ):
        html = client.get(address).content.decode()
        ways = html[html.index('class="ways"') : html.index("</nav>", html.index('class="ways"'))]
        assert ways.count('aria-current="page"') == (words is not None), address
        assert words is None or words in ways.split('aria-current="page"')[1].split("</a>")[0]
