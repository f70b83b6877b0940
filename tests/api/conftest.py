import pytest
from django.utils import translation

from cast import cast_build


@pytest.fixture(autouse=True)
def english():
    """Refusals are matched in the language they are written in."""
    with translation.override("en"):
        yield


@pytest.fixture
def cast(db):
    return cast_build()
