"""Every instance at hand, by name: published sets, the peer's cases, seeded cities, or any problem file.

In: the folder that holds gap.zip, sscflp.zip, trigeiro.zip, td1996.zip and *.json.gz, and a name. Out: the Problem,
with the kind that sets its time limit and the best value known. Known values come from the sets' own lists; those of
trigeiro.zip and td1996.zip count only where the list says that they are proved.
"""

from __future__ import annotations

import csv
import io
import zipfile
from dataclasses import dataclass
from pathlib import Path

from wadah.planning.files import read_problem
from wadah.planning.published import read_diaz, read_gap, read_holmberg, read_td1996, read_trigeiro

CLASS_C_OVERTIME = 10_000.0  # money an hour, as in the published runs of class C
TRIGEIRO_OPTIMA = {"G53": 74634.0, "G57": 136509.0}
TD_FOLDERS = {"PROBA": "td-a", "PROBB/SETUP1": "td-b", "PROBB/SETUP2": "td-b", "PROBC": "td-c"}
FILES_OF_CITIES = {"city-": "city", "peer-": "peer"}


@dataclass(frozen=True)
class Instance:
    """A name, as it stands in the results; kind: gap, gap-c, location, trigeiro, td-a, td-b, td-c, peer, city, file.

    known: the optimum or the best value published; None where there is none.
    """

    name: str
    kind: str
    known: float | None = None


def catalogue(bench: Path) -> list[Instance]:
    """All instances in the folder, in the order of their names; sets that aren't there are left out."""
    found = [*gap(bench), *location(bench), *trigeiro(bench), *td1996(bench)]
    for path in sorted(bench.glob("*.json.gz")):
        name = path.name.removesuffix(".json.gz")
        found += [Instance(name, kind) for start, kind in FILES_OF_CITIES.items() if name.startswith(start)]
    return found


def find(bench: Path, name: str) -> Instance:
    """The instance of this name, of the only name that ends in it, or the problem file of this path.

    Raises LookupError where there is none, or more than one.
    """
    if Path(name).exists() and name not in {"gap", "location"}:
        return Instance(name, "file")
    rows = catalogue(bench)
    exact = [row for row in rows if row.name == name]
    ending = exact or [row for row in rows if row.name.endswith("/" + name)]
    if len(ending) != 1:
        hint = ", ".join(row.name for row in ending[:5]) or "no such instance and no such file"
        raise LookupError(f"{name}: {hint}")
    return ending[0]


def load(bench: Path, instance: Instance) -> object:
    """The problem of an instance."""
    if instance.kind == "file":
        return read_problem(instance.name)
    if instance.kind in ("city", "peer"):
        return read_problem(bench / f"{instance.name}.json.gz")
    folder, _, inner = instance.name.partition("/")
    with zipfile.ZipFile(bench / f"{ARCHIVES[folder]}.zip") as archive:
        return READERS[folder](archive, inner)


# -- the sets ---------------------------------------------------------------------------------------------------------


def gap(bench: Path) -> list[Instance]:
    """gap/<set>/<file>: Chu & Beasley, Yagiura, Ibaraki & Glover, and the small ones of the OR-Library."""
    return [
        Instance(f"gap/{row['Path']}", "gap-c" if row["Path"].split("/")[1].startswith("c") else "gap", known(row))
        for row in listed(bench / "gap.zip", "best_known.csv")
    ]


def known(row: dict[str, str]) -> float | None:
    value = row["Optimum"] or row["Best known solution value"]
    return float(value) if value else None


def location(bench: Path) -> list[Instance]:
    """location/<set>/p<number>; line number of `os` is its optimum."""
    path = bench / "sscflp.zip"
    if not path.is_file():
        return []
    found = []
    with zipfile.ZipFile(path) as archive:
        for folder in ("diaz", "holmberg"):
            optima = text(archive, f"{folder}/os").split()
            found += [Instance(f"location/{folder}/p{n}", "location", float(v)) for n, v in enumerate(optima, 1)]
    return found


def trigeiro(bench: Path) -> list[Instance]:
    """trigeiro/F1 … F20, G53, G57."""
    proved = {
        row["instance"].removesuffix(".DAT"): float(row["obj"])
        for row in listed(bench / "trigeiro.zip", "solver_values.csv")
        if row["status"] == "Optimal"
    } | TRIGEIRO_OPTIMA
    names = [name.removesuffix(".DAT") for name in members(bench / "trigeiro.zip") if name.endswith(".DAT")]
    return [Instance(f"trigeiro/{name}", "trigeiro", proved.get(name)) for name in sorted(names, key=numbered)]


def td1996(bench: Path) -> list[Instance]:
    """td1996/<folder>/<name>, folder as in the archive."""
    path = bench / "td1996.zip"
    proved = {
        f"{row['dir']}/{row['instance']}": float(row["obj"])
        for row in listed(path, "solver_values.csv")
        if row["status"] == "Optimal"
    }
    names = sorted(name.removesuffix(".TMP") for name in members(path) if name.endswith(".TMP"))
    return [Instance(f"td1996/{name}", TD_FOLDERS[name.rpartition("/")[0]], proved.get(name)) for name in names]


def numbered(name: str) -> tuple[str, int]:
    return name[0], int(name[1:])


def members(path: Path) -> list[str]:
    if not path.is_file():
        return []
    with zipfile.ZipFile(path) as archive:
        return archive.namelist()


def listed(path: Path, name: str) -> list[dict[str, str]]:
    """The rows of a CSV inside a zip; none where the zip isn't there."""
    if not path.is_file():
        return []
    with zipfile.ZipFile(path) as archive:
        return list(csv.DictReader(io.StringIO(text(archive, name))))


def text(archive: zipfile.ZipFile, name: str) -> str:
    return archive.read(name).decode("utf-8", "replace")


def read_location(archive: zipfile.ZipFile, inner: str) -> object:
    reader = read_diaz if inner.startswith("diaz/") else read_holmberg
    return reader(text(archive, inner))


def read_levels(archive: zipfile.ZipFile, inner: str) -> object:
    """G0141112: structure G0, set-up times 1, end items 4, variation 1, load 1, spacing of orders 1, series 2."""
    folder, _, name = inner.rpartition("/")
    return read_td1996(
        text(archive, f"{folder}/{name[:2]}______.DAT"),
        text(archive, f"{inner}.TMP"),
        text(archive, f"{folder}/{name[0]}_{name[2:5]}___.DT{name[7]}"),
        CLASS_C_OVERTIME if folder == "PROBC" else None,
    )


ARCHIVES = {"gap": "gap", "location": "sscflp", "trigeiro": "trigeiro", "td1996": "td1996"}
READERS = {
    "gap": lambda archive, inner: read_gap(text(archive, inner))[0],
    "location": read_location,
    "trigeiro": lambda archive, inner: read_trigeiro(text(archive, f"{inner}.DAT")),
    "td1996": read_levels,
}
