"""Labels with a QR code, 24 a sheet of A4, for lots and boxes."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from wadah.web.papers.sheet import compiled, qr_svg
from wadah.web.words import language

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

SHEET = Path(__file__).with_name("labels.typ")
LINE_LENGTH_MAX = 28


@dataclass(frozen=True, slots=True)
class Label:
    """head: what is read from afar; lines: three at the most, cut to what fits; url: where the QR code leads."""

    head: str
    lines: Sequence[str]
    url: str


def labels_pdf(title: str, labels: Iterable[Label]) -> bytes:
    rows = [
        {"head": label.head, "lines": [line[:LINE_LENGTH_MAX] for line in label.lines[:3]], "qr": qr_svg(label.url)}
        for label in labels
    ]
    return compiled(SHEET, {"title": title, "language": language(), "labels": rows})
