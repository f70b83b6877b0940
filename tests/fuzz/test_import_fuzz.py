"""R9: whatever a file holds, it is refused in words, shown with what is wrong, or written whole and taken back whole.

`make fuzz N=20000 SEED=7` tries more; the ordinary run tries 1,000 files, those of test_documents_fuzz.py included.
"""

import json
import random

import pytest
from django.db import connection, transaction
from django.test import Client

from fuzz.holds import books, counts, faults_named, history, kind_of, marked_as_sent, said_in_both_languages
from fuzz.mutations import mutated
from fuzz.trials import SEED, rolled_back, share_of, tried
from fuzz.world import world_build
from wadah.base.errors import Refused
from wadah.base.imports import write
from wadah.base.imports.faults import FileRefused
from wadah.base.imports.guard import HEAD_ROWS, ROWS_MAX
from wadah.base.imports.kinds import KINDS, Desk
from wadah.base.imports.layout import headings_of, layout_find
from wadah.base.imports.reading import book_read
from wadah.base.imports.services import (
    import_cancel,
    import_commit,
    import_correct,
    import_settle,
    import_upload,
)

TRIALS, READ = share_of(0.35), share_of(0.25)


def test_no_file_breaks_the_importer_or_is_half_written(cast, monkeypatch):
    world_build(cast)
    client = Client()
    client.force_login(cast.manager)
    ends = tried(TRIALS, SEED, lambda seed: rolled_back(lambda: trial(cast, client, monkeypatch, seed)))
    assert ends.keys() >= {"refused", "asks", "wrong", "same", "written"}, ends
    assert ends["written"] > TRIALS // 10, ends


def test_no_file_breaks_the_reader():
    """Read, and the table in it found for any kind; without the books, so that many more are tried."""
    ends = tried(READ, SEED * 2, read)
    assert ends.keys() >= {"refused", "read"}, ends


def read(seed):
    kind, _name, content = mutated(seed)
    try:
        book = book_read(content)
    except FileRefused as refused:
        assert len(str(refused)) > 15
        return "refused"
    for sheet in book.sheets:
        assert len(sheet.rows) <= ROWS_MAX + HEAD_ROWS + 1
    layout = layout_find(book, KINDS[kind])
    assert all(place < len(headings_of(book.sheet(layout.sheet), layout.header)) for place in layout.columns.values())
    json.dumps(layout.as_json()).encode()
    return "read"


def trial(cast, client, monkeypatch, seed):
    """Send the file of a seed and do with it what a manager would. How it ended."""
    rng = random.Random(seed)
    kind, name, content = mutated(seed)
    before = counts()
    sent = {"kind": kind, "cooperative_id": cast.cooperative.pk, "file_name": name, "content": content}
    try:
        batch = import_upload(**sent, by=cast.manager)
    except FileRefused as refused:
        assert len(str(refused)) > 15
        assert counts() == before
        return "refused"
    assert counts() == before
    if rng.random() < 0.2:
        settled(batch, cast, rng)
        assert counts() == before
    faults_named(batch, kind_of(batch), seed)
    if rng.random() < 0.04:
        shown(client, batch)
    told = batch.preview.get("counts")
    if not told:
        return "asks"
    if told["wrong"]:
        return wrong(batch, cast, rng, before, seed)
    if not told["new"] + told["changed"]:
        return "same"
    return written(batch, sent, cast, monkeypatch, rng, before)


def settled(batch, cast, rng):
    """Say that it is to be read otherwise, sensibly or not."""
    width = max(len(batch.preview["headings"]), 1)
    keys = [column.key for column in kind_of(batch).columns]
    chosen = {key: rng.randrange(-1, width + 1) for key in rng.sample(keys, min(3, len(keys)))}
    try:
        with transaction.atomic():
            settled = import_settle(
                batch=batch,
                by=cast.manager,
                sheet=rng.choice([*batch.preview["sheets"], "?"]),
                header=rng.choice([0, 1, 1, 2, 3, 60_000]),
                decimal=rng.choice([",", ".", "x"]),
                encoding=batch.layout["encoding"] and rng.choice(["utf-8", "utf-16", "windows-1252", "x"]),
                delimiter=batch.layout["delimiter"] and rng.choice([";", ",", "\t", "|", "x"]),
                columns=rng.choice([None, chosen]),
                fixed={rng.choice(keys): rng.choice(["=cmd", "W-001", " "])},
            )
    except Refused as refused:
        assert str(refused)
    else:
        batch.__dict__ |= {name: settled.__dict__[name] for name in ("layout", "preview", "status", "error")}


def shown(client, batch):
    for page in ("", "cara-baca/"):
        assert client.get(f"/impor/berkas/{batch.pk}/{page}").status_code == 200


def wrong(batch, cast, rng, before, seed):
    """Nothing is written while a row is wrong; the file comes back marked, and a correction is only looked at."""
    with pytest.raises(Refused):
        import_commit(batch=batch, fingerprint=batch.preview["fingerprint"], by=cast.manager)
    marked_as_sent(batch, seed)
    if rng.random() < 0.1:
        said_in_both_languages(batch, kind_of(batch), cast.manager, seed)
    if rng.random() < 0.2:
        fault = rng.choice(batch.preview["faults"])
        key = fault[1] or kind_of(batch).columns[0].key
        text = rng.choice(["W-050", "0812-1111-2222", "=1+1", "", "x" * 2000])
        faults_named(
            import_correct(batch=batch, texts={str(fault[0]): {key: text}}, by=cast.manager), kind_of(batch), seed
        )
    assert counts() == before
    return "wrong"


def written(batch, sent, cast, monkeypatch, rng, before):
    """All of it or nothing; the same again has nothing to do; taken back, the books are as they were."""
    was = books()
    if kind_of(batch).desk.write_many is not Desk.write_many and rng.random() < 0.3:
        each = rolled_back(lambda: one_by_one(batch, cast, monkeypatch))
        alike(each, rolled_back(lambda: pressed(batch, cast)))
        batch.refresh_from_db()
    done = import_commit(batch=batch, fingerprint=batch.preview["fingerprint"], by=cast.manager)
    if done.status != "done":
        assert done.error
        assert counts() == before
        return "not written"
    again = import_upload(**sent, by=cast.manager)
    told = again.preview.get("counts", {})
    if again.layout == done.layout:
        assert told["new"] == told["changed"] == told["wrong"] == 0, (told, again.preview)
    import_cancel(batch=done, by=cast.manager)
    assert books() == was
    return "written"


def alike(each, at_once):
    """Written row by row and at once, the books and their history are the same."""
    assert each[0] == at_once[0]
    for here, there in zip(each[1:], at_once[1:], strict=True):
        assert [(name, here[name], there[name]) for name in here if here[name] != there[name]] == []


def pressed(batch, cast):
    batch.refresh_from_db()
    done = import_commit(batch=batch, fingerprint=batch.preview["fingerprint"], by=cast.manager)
    same_keys = connection.vendor == "sqlite"  # elsewhere a number that was rolled back isn't given out again
    return done.status, books() if same_keys else counts(), {"history": history()}


def one_by_one(batch, cast, monkeypatch):
    with monkeypatch.context() as patched:
        patched.setattr(write, "written_at_once", lambda *_told: False)
        return pressed(batch, cast)
