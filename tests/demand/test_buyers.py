"""Who speaks for a buyer: invited by phone, in a language that fits, and led to their first link."""

import pytest
from django.test import Client

from wadah.demand.services import buyer_add, buyer_contact_invite
from wadah.register.services import appointment_make

pytestmark = pytest.mark.django_db


def invited(cast, market, phone="0812-0000-0088"):
    buyer = buyer_add(name="Kyoto Pump", cooperative=cast.cooperative, market=market, kind="factory")
    return buyer_contact_invite(buyer=buyer, phone=phone, name="Ms Aoki", adult=True, by=cast.manager)


@pytest.mark.parametrize(("market", "language"), [("export", "en"), ("national", "id")])
def test_who_orders_from_abroad_begins_in_english(cast, market, language):
    assert invited(cast, market).user.language == language


def test_an_account_that_stands_keeps_its_language(cast):
    assert invited(cast, "export", cast.sari.user.phone).user.language == "id"


def test_only_who_may_hand_a_link_over_is_led_to_it(cast):
    contact = invited(cast, "export")
    client = Client()
    client.force_login(cast.manager)
    page = f"/pelanggan/{contact.buyer_id}/"
    assert f'href="/akun/{contact.user_id}/"' not in client.get(page).text
    appointment_make(user=cast.manager, role="admin", valid_from=cast.sari.workshop.week_patterns.get().valid_from)
    assert f'href="/akun/{contact.user_id}/"' in client.get(page).text
