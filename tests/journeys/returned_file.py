"""An xlsx that Wadah hands back, as somebody opens it in Excel: which cells are red, the note on each, typing anew."""

import io
import re
import zipfile
from xml.etree import ElementTree

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
SHEET, NOTES, STYLES = "xl/worksheets/sheet1.xml", "xl/comments1.xml", "xl/styles.xml"
RED = "FFFFC7CE"


class ReturnedFile:
    """The first sheet of an xlsx. Cells go by their names, "D14"."""

    def __init__(self, content):
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            self.files = {name: packed.read(name) for name in packed.namelist()}
        self.sheet = ElementTree.fromstring(self.files[SHEET])

    def cells(self):
        return {cell.get("r"): cell for cell in self.sheet.iter(f"{MAIN}c")}

    def red(self):
        """Names of the cells with a red ground, in the order of the sheet."""
        styles = ElementTree.fromstring(self.files[STYLES])
        fills = [ElementTree.tostring(fill).decode() for fill in styles.find(f"{MAIN}fills")]
        red_fills = {str(place) for place, fill in enumerate(fills) if RED in fill}
        formats = styles.find(f"{MAIN}cellXfs")
        red = {str(place) for place, one in enumerate(formats) if one.get("fillId") in red_fills}
        return [name for name, cell in self.cells().items() if cell.get("s") in red]

    def notes(self):
        """Name of a cell → what its note says."""
        comments = ElementTree.fromstring(self.files[NOTES])
        return {one.get("ref"): "".join(one.itertext()).strip() for one in comments.iter(f"{MAIN}comment")}

    def heading(self, name, row):
        """What stands in a row of headings above a cell."""
        shared = ElementTree.fromstring(self.files["xl/sharedStrings.xml"])
        texts = ["".join(one.itertext()) for one in shared]
        above = self.cells()[re.match("[A-Z]+", name)[0] + str(row)]
        return texts[int(above.find(f"{MAIN}v").text)]

    def type_in(self, name, value):
        """As a person types: a number stays one, everything else is text. The cell keeps its colour."""
        cell = self.cells()[name]
        cell[:] = []
        if isinstance(value, int):
            cell.attrib.pop("t", None)
            ElementTree.SubElement(cell, f"{MAIN}v").text = str(value)
        else:
            cell.set("t", "inlineStr")
            ElementTree.SubElement(ElementTree.SubElement(cell, f"{MAIN}is"), f"{MAIN}t").text = value

    def content(self):
        buffer = io.BytesIO()
        ElementTree.register_namespace("", MAIN[1:-1])
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as packed:
            for name, text in self.files.items():
                packed.writestr(name, ElementTree.tostring(self.sheet, "utf-8") if name == SHEET else text)
        return buffer.getvalue()
