"""Reads settings from environment variables; a value that can't be used stops the start, naming the variable."""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit


class SettingError(RuntimeError):
    """An environment variable holds a value that Wadah can't use."""


def text(name: str, default: str) -> str:
    return os.environ.get(name, "") or default


def flag(name: str, *, default: bool) -> bool:
    value = os.environ.get(name, "").lower()
    if value not in {"", "0", "1", "true", "false"}:
        raise SettingError(f"{name}: expected 0 or 1, got {value!r}")
    return default if value == "" else value in {"1", "true"}


def choice(name: str, *values: str, default: str) -> str:
    value = text(name, default)
    if value not in values:
        raise SettingError(f"{name}: expected {' or '.join(values)}, got {value!r}")
    return value


def secret(name: str, path: Path) -> str:
    """The variable, or a key written once to a file that only the owner can read."""
    if os.environ.get(name):
        return os.environ[name]
    try:
        return path.read_text().strip()
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
        key = secrets.token_urlsafe(50)
        path.touch(mode=0o600)
        path.write_text(key)
        return key


def database(name: str, default: str) -> dict[str, Any]:
    """sqlite:///PATH, sqlite://:memory: or postgresql://USER:PASSWORD@HOST:PORT/NAME (?host=/socket/folder)."""
    url = urlsplit(text(name, default))
    if url.scheme == "sqlite":
        return sqlite(":memory:" if url.netloc == ":memory:" else unquote(url.path))
    if url.scheme in {"postgresql", "postgres"}:
        query = dict(part.split("=", 1) for part in url.query.split("&") if part)
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(url.path.lstrip("/")),
            "USER": unquote(url.username or ""),
            "PASSWORD": unquote(url.password or ""),
            "HOST": unquote(query.get("host", url.hostname or "")),
            "PORT": str(url.port or ""),
        }
    raise SettingError(f"{name}: expected sqlite:///PATH or postgresql://…, got {url.scheme}://…")


def sqlite(path: str) -> dict[str, Any]:
    """SQLite as docs/decisions asks: one writer at a time, taken at BEGIN, waited for, and synced in full."""
    if path != ":memory:":
        Path(path).parent.mkdir(parents=True, exist_ok=True)
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
        },
    }
