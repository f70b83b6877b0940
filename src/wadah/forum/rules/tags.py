"""Interests as tags, and addresses of pages out of names."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

TAGS_MAX = 12
TAG_LENGTH_MAX = 40
SLUG_LENGTH_MAX = 50
BETWEEN = re.compile(r"[,;\n#]+")
NOT_SLUG = re.compile(r"[^a-z0-9]+")


def tags_read(typed: str) -> list[str]:
    """ "Robot, batik  Tulis;robot" → ["robot", "batik tulis"]: each once, in the order typed, TAG_LENGTH_MAX
    letters at most."""
    tags = (" ".join(part.split()).lower()[:TAG_LENGTH_MAX].strip() for part in BETWEEN.split(typed))
    return list(dict.fromkeys(tag for tag in tags if tag))


def slug_made(name: str, taken: Collection[str]) -> str:
    """The address of a page with this name: letters a to z, digits and dashes; with a number where it is taken."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    slug = NOT_SLUG.sub("-", plain).strip("-")[:SLUG_LENGTH_MAX].strip("-") or "komunitas"
    numbered = (f"{slug}-{number}" for number in range(2, len(taken) + 3))
    return slug if slug not in taken and slug != "baru" else next(one for one in numbered if one not in taken)
