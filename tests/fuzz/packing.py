"""A table as xlsx, csv or ods: as programs write it, and as some shouldn't."""

import csv
import datetime as dt
import io
from xml.sax.saxutils import escape, quoteattr

import xlsxwriter

from tables_made import zipped

SIGNS = [",", ";", "\t", "|"]
ENDS = ["\n", "\r\n", "\r"]
ENCODINGS = ["utf-8", "utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "latin-1", "utf-32"]
EXCEL_DAYS = (dt.date(1900, 1, 1), dt.date(9999, 12, 31))


def xml_text(text):
    """What XML can hold of a text."""
    return "".join(sign for sign in text if sign in "\t\n\r" or (sign >= " " and sign not in "\ufffe\uffff"))


def xlsx_made(lines, rng):
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    if rng.random() < 0.15:
        book.add_worksheet("Catatan").write(0, 0, "catatan")
    page = book.add_worksheet(rng.choice(["Data", "Anggota 2026", "Lembar'1", "Ünïcode 工"]))
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    for line, cells in enumerate(lines):
        for place, cell in enumerate(cells):
            cell_write(page, line, place, cell, day, rng)
    if rng.random() < 0.15 and lines:
        merged(page, len(lines), max(map(len, lines)), rng)
    if rng.random() < 0.1:
        book.add_worksheet("Sembunyi").hide()
        if rng.random() < 0.5:
            page.hide() if len(book.worksheets()) > 2 else page.set_column(0, 0, None, None, {"hidden": True})
    book.close()
    return buffer.getvalue()


def cell_write(page, line, place, cell, day, rng):
    if isinstance(cell, dt.date):
        page.write_datetime(line, place, cell, day)
    elif isinstance(cell, str) and cell.startswith("=") and rng.random() < 0.7:
        page.write_formula(line, place, cell, value=rng.choice([0, "hasil", "#REF!", ""]))
    elif isinstance(cell, str):
        page.write_string(line, place, xml_text(cell)[:32_767])
    elif isinstance(cell, bool | int | float):
        page.write(line, place, cell)


def merged(page, height, width, rng):
    top, left = rng.randrange(height), rng.randrange(max(width, 1))
    bottom = min(height + 1, top + rng.randrange(3))
    right = left + rng.randrange(3)
    if (top, left) != (bottom, right):
        page.merge_range(top, left, bottom, right, rng.choice(["Sari", "gabung", 7]))


def csv_made(lines, rng):
    sign, end = rng.choice(SIGNS), rng.choice(ENDS)
    buffer = io.StringIO(newline="")
    quoting = rng.choice([csv.QUOTE_MINIMAL, csv.QUOTE_MINIMAL, csv.QUOTE_ALL, csv.QUOTE_NONE])
    writer = csv.writer(buffer, delimiter=sign, lineterminator=end, quoting=quoting, escapechar="\\")
    for cells in lines:
        writer.writerow([text_of(cell) for cell in cells])
    text = buffer.getvalue()
    act = rng.randrange(14)
    if act == 0:
        text = text.replace(end, rng.choice(ENDS), len(lines) // 2 or 1)
    elif act == 1:
        text = text.replace('"', "", 1) if '"' in text else text.replace(sign, f'{sign}"', 1)
    elif act == 2:
        place = rng.randrange(len(text) + 1)
        text = text[:place] + rng.choice(['"', "\x00", sign, end, "x" * 1_000_000, "\\"]) + text[place:]
    elif act == 3:
        text = f"sep={sign}{end}{text}"
    return text.encode(rng.choice(ENCODINGS), errors=rng.choice(["replace", "ignore", "xmlcharrefreplace"]))


def text_of(cell):
    if isinstance(cell, dt.date):
        return cell.strftime("%d/%m/%Y")
    return "" if cell is None else str(cell).replace("\x00", " ")


def ods_made(lines, rng):
    rows = "".join(f"<table:table-row>{''.join(map(ods_cell, cells))}</table:table-row>" for cells in lines)
    if rng.random() < 0.2:
        rows += '<table:table-row table:number-rows-repeated="1048000"><table:table-cell/></table:table-row>'
    content = (
        '<?xml version="1.0" encoding="UTF-8"?><office:document-content'
        ' xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
        ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
        ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>'
        f'<table:table table:name="Data">{rows}</table:table></office:spreadsheet></office:body>'
        "</office:document-content>"
    )
    return zipped(
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "META-INF/manifest.xml": '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:'
            'manifest:1.0"><manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
            "</manifest:manifest>",
            "content.xml": content,
        }
    )


def ods_cell(cell):
    if cell is None:
        return "<table:table-cell/>"
    if isinstance(cell, bool):
        return typed("boolean", "boolean-value", str(cell).lower())
    if isinstance(cell, int | float):
        return typed("float", "value", cell)
    if isinstance(cell, dt.date):
        return typed("date", "date-value", cell.isoformat())
    text = escape(xml_text(cell))
    formula = f" table:formula={quoteattr('of:' + xml_text(cell))}" if cell.startswith("=") else ""
    return f'<table:table-cell office:value-type="string"{formula}><text:p>{text}</text:p></table:table-cell>'


def typed(kind, attribute, value):
    return f'<table:table-cell office:value-type="{kind}" office:{attribute}="{value}"/>'
