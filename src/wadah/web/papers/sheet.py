"""Papers of the hub on one sheet (sheet.typ): facts, tables, notes, signatures and a QR that proves it genuine.

content = sheet_pdf(
    title=_("Delivery note"), number=row.number, date=day(row.sent_on), cooperative=row.order.cooperative,
    to=To(_("To"), buyer.name), facts=[(_("Driver"), row.driver)],
    tables=[SheetTable(head=[_("Part"), _("Pieces")], align="wr", rows=[["Baut M8", "500"]])],
    signatures=[(_("Sent by"), ""), (_("Received by"), "")], check_url=url)
"""

from __future__ import annotations

import io
import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import segno
import typst
from django.utils.translation import gettext as _

from wadah.units import date_text
from wadah.web.words import language

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from wadah.register.models import Cooperative

SHEET, PACK = Path(__file__).with_name("sheet.typ"), Path(__file__).with_name("pack.typ")
TAGGED_ROWS_MAX = 120
"""A longer paper is made without marks for those who hear it, to stay small; its page and its Excel have them all."""


@dataclass(frozen=True, slots=True)
class To:
    """Whom a paper is for: what stands above the name, the name, and the lines below it."""

    label: str = ""
    name: str = ""
    lines: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class SheetTable:
    """align: a letter a column: l, r, c, or w for the wide one on the left; note: a sentence below, in italics."""

    head: list[str]
    align: str
    rows: list[list[str]]
    title: str = ""
    note: str = ""


def sheet_pdf(**facts: Any) -> bytes:
    """The paper as PDF, in the language of the page; the facts of `sheet_data`."""
    data = sheet_data(**facts)
    return compiled(SHEET, data, tagged=rows_of(data) <= TAGGED_ROWS_MAX)


def pack_pdf(title: str, author: str, papers: Sequence[dict[str, Any]]) -> bytes:
    """Several papers (`sheet_data`) in one file, each from a page of its own."""
    data: dict[str, object] = {"title": title, "author": author, "papers": list(papers)}
    return compiled(PACK, data, tagged=sum(map(rows_of, papers)) <= TAGGED_ROWS_MAX)


def rows_of(data: Mapping[str, Any]) -> int:
    return sum(len(table["rows"]) for table in data["tables"])


def sheet_data(
    *,
    title: str,
    number: str,
    date: date | None,
    cooperative: Cooperative,
    check_url: str,
    to: To | None = None,
    sender: To | None = None,
    intro: str = "",
    facts: Sequence[tuple[str, str]] = (),
    tables: Sequence[SheetTable] = (),
    notes: Sequence[str] = (),
    signatures: Sequence[tuple[str, str]] = (),
    stamp: str = "",
    draft: bool = False,
    simulated: bool = False,
) -> dict[str, Any]:
    """What a paper says, in the language of the page. sender: who writes it, the cooperative where left out; facts with
    an empty value are left out; stamp: what stands in the room that is left for a stamp, none where empty."""
    marks = [*([_("draft, not valid")] if draft else []), *([_("simulated")] if simulated else [])]
    area = [cooperative.area.name] if cooperative.area else []
    writer = sender or To("", cooperative.name, [*area, *filter(None, [cooperative.legal_number])])
    return {
        "language": language(),
        "title": title,
        "number": number,
        "date": date_text(date, language()) if date else "",
        "mark": " · ".join(marks),
        "sender": {"name": writer.name, "lines": writer.lines},
        "to": asdict(to or To()),
        "intro": intro,
        "facts": [list(pair) for pair in facts if pair[1]],
        "tables": [asdict(one) | {"align": list(one.align)} for one in tables],
        "notes": list(notes),
        "signatures": [{"label": label, "name": name} for label, name in signatures],
        "stamp": stamp,
        "qr": qr_svg(check_url),
        "check": _("Is this paper genuine? %(address)s") % {"address": check_url},
    }


def qr_svg(text: str) -> str:
    picture = io.BytesIO()
    segno.make(text, error="m").save(picture, kind="svg", border=1, xmldecl=False)
    return picture.getvalue().decode()


def compiled(template: Path, data: dict[str, object], *, tagged: bool = True) -> bytes:
    """tagged: with marks for readers who hear the paper, about a kilobyte a row of a table."""
    made = typst.compile(
        str(template), sys_inputs={"data": json.dumps(data, ensure_ascii=False)}, format="pdf", pdf_tags=tagged
    )
    assert isinstance(made, bytes)
    return made
