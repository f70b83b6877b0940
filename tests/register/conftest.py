"""The cast, for every test of the register."""

from __future__ import annotations

import pytest

from cast import cast_build


@pytest.fixture
def cast(db):
    return cast_build()
