"""Log lines without personal data or keys: long runs of digits (phone numbers, NIK, bank accounts) and what follows the
address of one-time links are blotted out."""

from __future__ import annotations

import logging
import re

LONG_NUMBER = re.compile(r"\+?\d[\d -]{7,}\d")
LINK_TOKEN = re.compile(r"(/masuk/tautan/)[^/\s\"'<>?]+")


def masked(text: str) -> str:
    return LONG_NUMBER.sub("#########", LINK_TOKEN.sub(r"\1#########", text))


class MaskingFormatter(logging.Formatter):
    """Masks the whole line, the traceback too: a database names the value that it refuses."""

    def format(self, record: logging.LogRecord) -> str:
        return masked(super().format(record))

    def formatTime(self, record: logging.LogRecord, datefmt: str | None = None) -> str:
        return super().formatTime(record, datefmt or "%H:%M:%S")
