"""Documents of the open exchange, problem files and pasted messages gone wrong: read, or refused in words, whole."""

import gzip
import io
import random
import zipfile

from fuzz.documents import MANIFEST, PROBLEM, RECORD, as_bytes, fields_changed
from fuzz.holds import books, counts
from fuzz.mutations import TEXTS, hostile, mutated
from fuzz.parts import bytes_changed, parts_changed
from fuzz.trials import SEED, rolled_back, share_of, tried
from fuzz.world import world_build
from wadah.api.rules import document_kind, document_read, part_draft, workshop_draft
from wadah.api.selectors import part_preview, workshop_preview
from wadah.api.services import part_import, workshop_import
from wadah.base.clock import today
from wadah.base.errors import Refused
from wadah.demand.rules.pasted import LINES_MAX, TEXT_MAX, pasted_read
from wadah.planning.errors import ProblemError
from wadah.planning.files import problem_from_dict, read_problem, write_problem
from wadah.register.models import Area, Skill, Subsector

EXCHANGED, PROBLEMS, PASTED = share_of(0.2), share_of(0.15), share_of(0.05)


def test_no_document_breaks_the_exchange_or_is_half_taken_in(cast):
    world_build(cast)
    ends = tried(EXCHANGED, SEED * 3, lambda seed: rolled_back(lambda: exchanged(cast, seed)))
    assert ends.keys() >= {"unread", "part", "workshop", "refused"}, ends


def exchanged(cast, seed):
    """Read, shown, and taken in as it was shown."""
    rng = random.Random(seed)
    document = rng.choice([MANIFEST, RECORD])
    changed = fields_changed(rng, document) if rng.random() < 0.8 else document
    content = as_bytes(rng, changed)
    if rng.random() < 0.2:
        content = bytes_changed(rng, content)
    before, was = counts(), books() if rng.random() < 0.2 else None
    try:
        found = document_read(content, rng.choice(["", "okh.toml", "w.json"]))
        kind = document_kind(found)
        draft = part_draft(found) if kind == "part" else workshop_draft(found)
    except Refused as refused:
        assert str(refused)
        return "unread"
    try:
        (part_taken if kind == "part" else workshop_taken)(cast, draft, rng)
    except Refused as refused:
        assert str(refused)
        assert counts() == before
        assert was is None or books() == was
        return "refused"
    assert counts() != before
    return kind


def part_taken(cast, draft, rng):
    preview = part_preview(draft)
    facts = {"name": draft.name, "name_en": draft.name_en, "unit": draft.unit, "supply": draft.supply}
    part_import(
        by=cast.manager,
        draft=draft,
        code=rng.choice([preview.code, "BAUT", "RING"]),
        subsector=Subsector.objects.filter(code=draft.subsector).first() or cast.subsector,
        skill=Skill.objects.filter(code=draft.skill).first(),
        over=rng.random() < 0.5,
        **facts,
    )


def workshop_taken(cast, draft, rng):
    preview = workshop_preview(draft)
    workshop_import(
        by=cast.manager,
        draft=draft,
        cooperative=cast.cooperative,
        code=rng.choice([preview.code, "W-001"]),
        firm=draft.firm or draft.name,
        owner_name=draft.owner or "Pak Amin",
        phone=draft.phone,
        name=draft.name,
        kind=draft.kind,
        area=Area.objects.filter(name_spaced=draft.area).first(),
        even_so=rng.random() < 0.5,
    )


def test_no_problem_file_breaks_its_reader(tmp_path):
    ends = tried(PROBLEMS, SEED * 5, lambda seed: problem_tried(tmp_path, seed))
    assert ends.keys() >= {"refused", "read"}, ends


def problem_tried(folder, seed):
    rng = random.Random(seed)
    form = rng.choice(["json", "json", "json.gz", "zip"])
    path = folder / f"problem.{form}"
    path.write_bytes(problem_bytes(rng, form, folder))
    try:
        read_problem(path)
    except ProblemError as error:
        assert str(error) and all(fault.file or fault.table for fault in error.faults), seed
        return "refused"
    return "read"


def problem_bytes(rng, form, folder):
    if form == "zip":
        return tables_changed(rng, folder)
    document = fields_changed(rng, PROBLEM) if rng.random() < 0.7 else PROBLEM
    content = as_bytes(rng, document, toml=False)
    if rng.random() < 0.3:
        content = bytes_changed(rng, content)
    if form == "json.gz":
        content = gzip.compress(content, mtime=0)
        return bytes_changed(rng, content) if rng.random() < 0.4 else content
    return content


def tables_changed(rng, folder):
    """A zip of tables: cells and headings changed, bytes changed, members gone, twice, or named to lead out of it."""
    whole = folder / "whole.zip"
    if not whole.exists():
        write_problem(problem_from_dict(PROBLEM), whole)
    content = whole.read_bytes()
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = rng.choice(sorted(parts))
    lines = [line.split(b",") for line in parts[name].splitlines()]
    line = rng.choice(lines)
    line[rng.randrange(len(line))] = str(hostile(rng)).encode("utf-8", "replace")
    parts[name] = b"\n".join(b",".join(cells) for cells in lines)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for member, inside in parts.items():
            archive.writestr(member, inside)
    content = buffer.getvalue()
    act = rng.random()
    return parts_changed(rng, content) if act < 0.3 else bytes_changed(rng, content) if act < 0.5 else content


def test_no_pasted_message_breaks_its_reader():
    assert tried(PASTED, SEED * 7, pasted)["read"] == PASTED


def pasted(seed):
    """Lines of a message, or of another file taken for one: each line is understood, or says what it lacks."""
    rng = random.Random(seed)
    words = ["bracket mesin", "1.000 pcs", "20 Januari 2027", "kirim", "5 lusin", "31/12", "2027-01-20", *TEXTS]
    text = "\n".join(rng.choice([" ", "\t", "; "]).join(rng.sample(words, 3)) for _ in range(rng.randrange(1, 8)))
    if rng.random() < 0.2:
        text = mutated(seed)[2].decode("utf-8", "replace")
    found = pasted_read(text, today=today())
    assert len(found) <= LINES_MAX
    assert all(len(line.text) <= TEXT_MAX and (line.quantity or line.faults) for line in found)
    return "read"
