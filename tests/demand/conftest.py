import pytest
from django.utils import translation

from cast_orders import bracket_build
from standing import standing


@pytest.fixture(autouse=True)
def english():
    """Refusals are matched in the language they are written in."""
    with translation.override("en"):
        yield


@standing
def world(cast):
    return bracket_build(cast)
