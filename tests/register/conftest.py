"""The cast, for every test of the register."""

from __future__ import annotations
