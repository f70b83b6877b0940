import pytest

from wadah.accounts.models import User


@pytest.fixture
def person(db):
    return User.objects.create_user(phone="+6281234567890", name="Sari", password="anyaman bambu")
