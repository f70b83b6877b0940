"""What an inspector reads beside inspecting: plans of parts, how the cooperative works, the hub; and where a manager
finds them."""

from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from cast import JOINED, person
from wadah.base.clock import today
from wadah.catalogue.models import Part
from wadah.register.services import membership_open
from wadah.work.models import InspectionPlan, WorkTerms
from wadah.work.selectors.asked import inspected_by
from wadah.work.services.inspection_plans import work_terms_set

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan(cast):
    part = Part.objects.create(code="BAUT-M8", name="Baut M8", subsector=cast.subsector, skill=cast.skills["turning"])
    plan = InspectionPlan.objects.create(cooperative=cast.cooperative, part=part, valid_from=today(), level="S-2")
    plan.defect_rules.create(defect_class="major", method="user", n=20, ac=1, re=2)
    plan.characteristics.create(number=1, name="Diameter", kind="measured", unit="mm", lower="7.9", upper="8.1")
    return plan


@pytest.fixture
def inspector(cast):
    user = person("Pak Agus", 21)
    membership_open(cooperative=cast.cooperative, joined_on=JOINED, role="inspector", user=user)
    return client_of(user)


@pytest.fixture
def manager(cast):
    return client_of(cast.manager)


def client_of(user):
    client = Client()
    client.force_login(user)
    return client


def text(client, name, *arguments):
    answer = client.get(reverse(name, args=arguments))
    assert answer.status_code == 200
    return answer.content.decode()


def post(client, name, *arguments, **form):
    return client.post(reverse(name, args=arguments), {"idempotency_key": uuid4().hex, **form})


def test_an_inspector_reads_a_plan_and_may_not_change_it(plan, inspector):
    assert reverse("inspection_plan", args=[plan.pk]) in text(inspector, "inspection_plans")
    page = text(inspector, "inspection_plan", plan.pk)
    for told in ("S-2", "20, Ac 1, Re 2", "Diameter", "7,9", "8,1", "BAUT-M8"):
        assert told in page
    assert "<button" not in page.split("<main", 1)[1].split("</main", 1)[0]
    assert post(inspector, "inspection_plan", plan.pk, level="I").status_code == 403
    plan.refresh_from_db()
    assert plan.level == "S-2"


def test_who_manages_one_cooperative_and_inspects_for_another_changes_only_the_first(cast, plan):
    user = person("Bu Lia", 23)
    membership_open(cooperative=cast.cooperative, joined_on=JOINED, role="inspector", user=user)
    membership_open(cooperative=cast.other_cooperative, joined_on=JOINED, role="manager", user=user)
    client, own, other = client_of(user), cast.other_cooperative, cast.cooperative
    assert post(client, "inspection_plan", plan.pk, level="I").status_code == 403
    assert post(client, "work_settings", other.pk, level="I").status_code == 403
    page = text(client, "work_settings_start")
    assert all(reverse("work_settings", args=[row.pk]) in page for row in (own, other))
    assert '<select name="level"' in text(client, "work_settings", own.pk)
    assert '<select name="level"' not in text(client, "work_settings", other.pk)


def test_an_inspector_reads_how_the_cooperative_works(cast, inspector, manager):
    link = reverse("work_settings_start")
    assert link in text(inspector, "quality")
    assert inspector.get(link)["Location"] == reverse("work_settings", args=[cast.cooperative.pk])
    page = text(inspector, "work_settings", cast.cooperative.pk)
    assert "Belum ada yang diatur" in page
    work_terms_set(cooperative=cast.cooperative, level="III", by=cast.manager)
    page = text(inspector, "work_settings", cast.cooperative.pk)
    assert "Belum ada yang diatur" not in page
    assert "<dd>III</dd>" in page
    assert "Bu Ratna" in page


def test_a_manager_finds_how_we_work_from_the_board_the_part_and_inspection(cast, plan, manager):
    link = reverse("work_settings_start")
    assert all(link in text(manager, name) for name in ("board", "quality", "inspection_plans"))
    page = text(manager, "part", plan.part.pk)
    assert link in page
    assert reverse("inspection_plan", args=[plan.pk]) in page
    plan.delete()
    page = text(manager, "part", plan.part.pk)
    assert reverse("work_settings", args=[cast.cooperative.pk]) in page
    assert "AQL 1 untuk cacat besar dan 4 untuk cacat kecil" in page


def test_an_inspector_lands_on_what_waits(inspector):
    inspector.logout()
    form = {"phone": "0812-0000-0021", "password": "bengkel kecil"}
    answer = post(inspector, "login", **form)
    assert answer["Location"] == reverse("quality")


def test_what_lots_are_inspected_by_takes_as_many_queries_for_two_cooperatives_as_for_one(
    cast, plan, django_assert_num_queries
):
    WorkTerms.objects.create(cooperative=cast.other_cooperative, level="I")
    with django_assert_num_queries(5):
        one = inspected_by(plan.part, [cast.cooperative.pk], today())
    with django_assert_num_queries(5):
        two = inspected_by(plan.part, [cast.cooperative.pk, cast.other_cooperative.pk], today())
    assert [row.plan for row in one] == [plan]
    assert {row.cooperative: (row.plan, row.terms.level) for row in two} == {
        cast.cooperative: (plan, "II"),
        cast.other_cooperative: (None, "I"),
    }
