"""Spreadsheets for tests of the importer, made on the spot."""

import datetime as dt
import io
import zipfile

import xlsxwriter


def xlsx(rows, sheet="Anggota", **more):
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False})
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    for name, lines in {sheet: rows, **more}.items():
        page = book.add_worksheet(name)
        for line, cells in enumerate(lines):
            for place, cell in enumerate(cells):
                if isinstance(cell, dt.date):
                    page.write_datetime(line, place, cell, day)
                else:
                    page.write(line, place, cell)
    book.close()
    return buffer.getvalue()


def zipped(parts, compression=zipfile.ZIP_DEFLATED):
    """parts: name → content, or pairs of them where a name comes twice."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", compression) as archive:
        for name, content in parts.items() if isinstance(parts, dict) else parts:
            archive.writestr(name, content)
    return buffer.getvalue()


def unzipped(content):
    """name → content of each part."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}
