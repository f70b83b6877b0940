"""How names are compared: "Medansatria" and "MEDAN SATRIA" are one place, "bu sari" is Bu Sari."""

from __future__ import annotations


def fold_key(text: str) -> str:
    """`text` without spaces and in small letters: what the database keeps in the name_key columns."""
    return "".join(text.split()).lower()
