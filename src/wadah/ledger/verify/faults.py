"""What `verify` finds broken, as data; the doors put it into words (cli/verify_words.py)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Fault:
    """law: of docs/ledger.md; code: what is broken; seq, on: of the posting, 0 and "" where it is no single one.

    values: what the words name, mostly what is stored ("stored") and what should be ("due").
    """

    law: str
    code: str
    seq: int = 0
    on: str = ""
    values: Mapping[str, object] = field(default_factory=dict)
