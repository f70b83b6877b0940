"""R9: whatever a file holds, it is refused in words or shown with what is wrong; nothing is written by looking.

`make fuzz N=20000 SEED=7` tries more; the ordinary run tries 1,000.
"""

import json
import os
import random

import pytest

from cast import cast_build
from fuzz.mutations import bytes_changed, mutated
from wadah.base.imports.faults import FileRefused
from wadah.base.imports.services import import_upload
from wadah.base.models import Change, ImportBatch
from wadah.planning.errors import ProblemError
from wadah.planning.files import read_problem
from wadah.register.models import Ikm, Membership, Workshop

COUNT = int(os.environ.get("WADAH_FUZZ", "1000"))
SEED = int(os.environ.get("WADAH_FUZZ_SEED", "1"))
PROBLEM = {
    "format": "wadah-problem/1",
    "calendar": {"periods": 2},
    "parts": [{"id": "bolt"}],
    "workshops": [{"id": "w1", "hours": 40}],
    "capabilities": [{"part": "bolt", "workshop": "w1", "hours_per_unit": 0.1}],
    "orders": [{"id": "o1", "part": "bolt", "quantity": 10, "due": 1, "short_cost": 5}],
}


def books():
    return [model.objects.count() for model in (Ikm, Workshop, Membership, Change)]


@pytest.mark.django_db
def test_no_file_breaks_the_importer_or_is_half_written():
    cast = cast_build()
    before = books()
    read = refused = 0
    for number in range(COUNT * 9 // 10):
        seed = SEED * 1_000_003 + number
        try:
            batch = import_upload(
                kind="members",
                cooperative_id=cast.cooperative.pk,
                file_name=f"{seed}.xlsx",
                content=mutated(seed),
                by=cast.manager,
            )
        except FileRefused as error:
            refused += 1
            assert str(error), seed
            continue
        except Exception as error:
            raise AssertionError(f"seed {seed}") from error
        read += 1
        for row, _column, message in batch.preview.get("faults", []):
            assert row >= 1 and message, seed
        assert sum(batch.preview.get("counts", {}).values()) >= 0
        batch.delete()
    assert books() == before
    assert not ImportBatch.objects.exists()
    assert read > COUNT // 10 and refused > COUNT // 20


def test_no_problem_file_breaks_its_reader(tmp_path):
    good = json.dumps(PROBLEM).encode()
    path = tmp_path / "problem.json"
    for number in range(COUNT // 10):
        rng = random.Random(SEED * 7919 + number)
        path.write_bytes(bytes_changed(rng, good))
        try:
            read_problem(path)
        except ProblemError as error:
            assert str(error)
