"""What makes a paper checkable: a short code beside its number, drawn by chance, so that it can't be guessed."""

from __future__ import annotations

import secrets

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # nothing that looks like something else on paper
LENGTH = 8


def check_code_new() -> str:
    """Eight characters, about 10¹² possible ones."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
