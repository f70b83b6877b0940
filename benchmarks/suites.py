"""Which instances are measured: a sample of each published set, drawn by a printed seed, and the small city."""

from __future__ import annotations

import random
import zipfile

from wadah.planning.files import read_problem
from wadah.planning.published import read_diaz, read_gap, read_holmberg, read_trigeiro

SAMPLE = {"holmberg": 3, "diaz": 2, "gap": 2, "trigeiro": 3}
BYTES_MAX = 60_000  # an instance's text; larger ones belong to the long run


def instances(bench, seed):
    """Yields (name, problem, known value or "")."""
    dice = random.Random(seed)
    yield from drawn(bench / "sscflp.zip", "holmberg", lambda text: [read_holmberg(text)], dice)
    yield from drawn(bench / "sscflp.zip", "diaz", lambda text: [read_diaz(text)], dice)
    yield from drawn(bench / "gap.zip", "gap", read_gap, dice)
    yield from drawn(bench / "trigeiro.zip", "trigeiro", lambda text: [read_trigeiro(text)], dice)
    for name in ("city-60", "peer-s_50_20_30_26"):
        yield name, read_problem(bench / f"{name}.json.gz"), ""


def drawn(path, kind, read, dice):
    """`SAMPLE[kind]` files of the zip that this kind's reader understands."""
    with zipfile.ZipFile(path) as archive:
        names = sorted(name for name in archive.namelist() if belongs(archive, name, kind))
        for name in sorted(dice.sample(names, min(SAMPLE[kind], len(names)))):
            problem = read(archive.read(name).decode("utf-8", "replace"))[0]
            yield f"{kind}/{name.rsplit('/', 1)[-1]}", problem, ""


def belongs(archive, name, kind):
    if name.endswith("/") or archive.getinfo(name).file_size > BYTES_MAX or name.endswith((".csv", ".md", ".doc")):
        return False
    folder = name.lower()
    wanted = {"holmberg": "holmberg", "diaz": "diaz", "gap": "", "trigeiro": ""}[kind]
    return wanted in folder and not folder.rsplit("/", 1)[-1].startswith(("os", "readme", "license", "optimal"))
