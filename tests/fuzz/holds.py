"""What has to hold for every file: the books before and after, and how faults are told."""

from __future__ import annotations

import io
import math
import re
import zipfile

import python_calamine
from django.apps import apps
from django.db import connection
from django.utils.translation import override

from wadah.base.imports.check import rows_check
from wadah.base.imports.faults import place_text
from wadah.base.imports.kinds import KINDS, Scope
from wadah.base.imports.layout import Layout, is_empty
from wadah.base.imports.reading import cell_of
from wadah.base.imports.services import book_of, import_marked

ROOMS = ("register", "catalogue", "demand", "plans", "accounts")
LEFT = ("base.change", "base.importbatch", "base.importmatch", "base.counter")
"""What an import itself leaves, beside the rows that it is about."""


UNTOLD = re.compile(r"^[a-z_]+:|dilanggar|violated|<class|Traceback")
"""What no message to people holds: names of columns and constraints of the database, and what a program says."""


def models():
    every = apps.get_models(include_auto_created=True)
    return [model for model in every if model._meta.app_label in ROOMS and model._meta.managed]


def counts():
    """Rows of every table of the rooms, in one query."""
    tables = [*(model._meta.db_table for model in models()), "base_change", "base_counter"]
    query = " UNION ALL ".join(f"SELECT '{table}', COUNT(*) FROM {table}" for table in tables)
    with connection.cursor() as cursor:
        cursor.execute(query)
        return dict(cursor.fetchall())


def books():
    """Every row of the rooms that an import writes into, column by column."""
    found = {}
    with connection.cursor() as cursor:
        for model in models():
            if model._meta.app_label in ROOMS[:3]:
                cursor.execute(f"SELECT * FROM {model._meta.db_table}")
                found[model._meta.label_lower] = sorted(map(repr, cursor.fetchall()))
    return found


def history():
    """What was written down, without when and of which row."""
    fields = ("act", "object_kind", "fields", "user_id", "reason")
    return sorted(map(repr, apps.get_model("base.change").objects.values_list(*fields)))


def faults_named(batch, kind, seed):
    """Each fault with sheet, row and column, in Indonesian."""
    sheet, height = batch.layout["sheet"], len(book_of(batch, Layout(**batch.layout)).sheet(batch.layout["sheet"]).rows)
    for row, column, message in batch.preview.get("faults", []):
        label = kind.place_label(column, batch.layout["columns"])
        where = place_text(sheet, row, label)
        assert 1 <= row <= height and str(row) in where, seed
        assert sheet in where and label and label in where, (seed, where)
        assert message and not UNTOLD.search(message), (seed, message)


def said_in_both_languages(batch, kind, by, seed):
    """The same faults at the same places in English, and no sentence in English where Indonesian was asked for."""
    layout = Layout(**batch.layout)
    told = []
    for language in ("id", "en"):
        with override(language):
            desk = kind.desk(Scope(batch.cooperative_id, by, batch.created_at.date()))
            checked = rows_check(kind, desk, book_of(batch, layout), layout, batch.corrections)
        told.append([fault for outcome in checked.outcomes for fault in outcome.faults])
    places = [[(fault.row, fault.column) for fault in faults] for faults in told]
    assert places[0] == places[1], seed
    same = [here.message for here, there in zip(*told, strict=True) if here.message == there.message]
    assert not same, (seed, same)


def harmless(content, seed):
    """A file handed back has no formula, whatever it was made of, and a real reader reads it."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        sheets = [archive.read(name) for name in archive.namelist() if name.startswith("xl/worksheets/sheet")]
    assert sheets and not any(b"<f>" in sheet or b"<f " in sheet for sheet in sheets), seed
    book = python_calamine.load_workbook(io.BytesIO(content))
    return book.get_sheet_by_index(0).to_python(skip_empty_area=False)


def marked_as_sent(batch, seed):
    """The rows handed back are those that were sent, cell for cell, as a program of others reads them."""
    rows = [[cell_of(cell) for cell in row] for row in harmless(import_marked(batch=batch), seed)]
    layout = Layout(**batch.layout)
    sent = book_of(batch, layout).sheet(layout.sheet).rows
    here, there = filled(rows), filled([[as_kept(cell) for cell in row] for row in sent])
    differ = [
        (place, here.get(place), there.get(place))
        for place in here | there
        if not alike(here.get(place), there.get(place))
    ]
    assert not differ, (seed, differ[:3])


def alike(here, there):
    """Excel keeps 16 figures of a number."""
    if isinstance(here, int | float) and isinstance(there, int | float):
        return math.isclose(here, there, rel_tol=1e-14)
    return here == there


def as_kept(cell):
    """A text is at most as long as Excel allows."""
    return cell[:32_767] if isinstance(cell, str) else cell


def filled(rows):
    return {
        (line, place): cell for line, cells in enumerate(rows) for place, cell in enumerate(cells) if not is_empty(cell)
    }


def kind_of(batch):
    return KINDS[batch.kind]
