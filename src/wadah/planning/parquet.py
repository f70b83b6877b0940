"""Tables in Parquet, through the optional extra `wadah[parquet]` (pyarrow), which is imported only when it is needed.

A column that is left out of the file is left out of each row. A null is null where the column may be null, else left
out. Series are lists of numbers; a bill of materials is JSON text, or a list of records of two fields.
"""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING, Any

from wadah.planning.columns import MISSING
from wadah.planning.errors import InputError
from wadah.planning.jsontext import parse
from wadah.planning.storage import LIMIT_BYTES, refuse
from wadah.planning.tables import Rows, Sheet, cells_of, header_faults, one_row, shaped

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wadah.planning.schema import Column

CELL_BYTES = 8  # what one number takes


def pyarrow(file: str | None) -> tuple[Any, Any]:
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError as error:
        raise refuse("no_pyarrow", file) from error
    return pa, pq


def read_parquet(sheet: Sheet, data: bytes, file: str) -> Rows:
    """The rows of a Parquet file. Raises InputError."""
    pa, pq = pyarrow(file)
    try:
        source = pq.ParquetFile(io.BytesIO(data))
        meta = source.metadata
        if meta.num_rows * meta.num_columns * CELL_BYTES > LIMIT_BYTES:
            raise refuse("too_big", file, most=LIMIT_BYTES // 2**20)
        names = list(source.schema_arrow.names)
        if faults := header_faults(sheet, names, file) + one_row(sheet, meta.num_rows, file):
            raise InputError(faults)
        columns = [column.to_pylist() for column in source.read().columns]
    except (pa.ArrowException, OSError, ValueError, OverflowError) as error:
        raise refuse("parquet_broken", file) from error
    kinds = {column.name: column for column in sheet.columns}
    cells = [
        [read_cell(kinds[name], cell, file) for cell in column] for name, column in zip(names, columns, strict=True)
    ]
    return Rows(shaped(sheet, names, zip(*cells, strict=True)), file)


def read_cell(column: Column, cell: object, file: str) -> object:
    if cell is None:
        return None if column.nullable else MISSING
    if column.kind == "bom":
        return read_bom(cell, file)
    return cell


def read_bom(cell: object, file: str) -> object:
    if isinstance(cell, str):
        try:
            return parse(cell, file)
        except InputError:
            return cell
    if isinstance(cell, list):
        return [list(line.values()) if isinstance(line, dict) else line for line in cell]
    return cell


def parquet_bytes(sheet: Sheet, rows: Sequence[object]) -> bytes:
    """The table with all its columns."""
    pa, pq = pyarrow(None)
    types = {"number": pa.float64(), "whole": pa.int64(), "flag": pa.bool_(), "series": pa.list_(pa.float64())}
    cells = [cells_of(sheet, row) for row in rows]
    arrays = {
        column.name: pa.array([write_cell(column, row[position]) for row in cells], types.get(column.kind, pa.string()))
        for position, column in enumerate(sheet.columns)
    }
    stream = io.BytesIO()
    pq.write_table(pa.table(arrays), stream)
    return stream.getvalue()


def write_cell(column: Column, cell: object) -> object:
    return json.dumps(cell) if column.kind == "bom" else cell
