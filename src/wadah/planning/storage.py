"""Bytes from and to the disk: limited in size when read, all or nothing when written.

Nothing here knows what is in the files. Every fault is an InputError, whatever the disk, gzip or zip says.
"""

from __future__ import annotations

import gzip
import io
import os
import shutil
import zipfile
import zlib
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import IO, TYPE_CHECKING

from wadah.planning.errors import Fault, InputError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

LIMIT_BYTES = 2**29  # 512 MiB unpacked: ten times a city of 30,000 workshops, and no bomb
ZIP_DAY = (1980, 1, 1, 0, 0, 0)  # a fixed time, so that the same tables make the same bytes

BROKEN_ZIP = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError)


def refuse(code: str, file: str | None = None, **hints: object) -> InputError:
    """An InputError of one fault that concerns a file as a whole."""
    return InputError([Fault(code, file=file, hint=tuple(hints.items()))])


# -- reading ----------------------------------------------------------------------------------------------------------


def read_file(path: Path) -> bytes:
    try:
        with path.open("rb") as stream:
            return limited(stream, path.name)
    except FileNotFoundError as error:
        raise refuse("no_file", str(path)) from error
    except OSError as error:
        raise refuse("unreadable", str(path), reason=error.strerror or str(error)) from error


def limited(stream: IO[bytes] | gzip.GzipFile, file: str) -> bytes:
    data = stream.read(LIMIT_BYTES + 1)
    if len(data) > LIMIT_BYTES:
        raise refuse("too_big", file, most=LIMIT_BYTES // 2**20)
    return data


def gunzipped(data: bytes, file: str) -> bytes:
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(data)) as stream:
            return limited(stream, file)
    except (OSError, EOFError, zlib.error) as error:
        raise refuse("gzip_broken", file) from error


def zip_members(path: Path) -> dict[str, bytes]:
    """Unpacked tables (*.csv, *.parquet) of a zip by member name; other members are left alone."""
    data = read_file(path)
    members, left = {}, LIMIT_BYTES
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for info in archive.infolist():
                if is_table(info.filename):
                    with archive.open(info) as stream:
                        members[info.filename] = limited(stream, f"{path.name}/{info.filename}")
                    left -= len(members[info.filename])
                    if left < 0:
                        raise refuse("too_big", path.name, most=LIMIT_BYTES // 2**20)
    except BROKEN_ZIP as error:
        raise refuse("zip_broken", path.name) from error
    return members


def folder_members(path: Path) -> dict[str, bytes]:
    """Tables of a folder by file name."""
    try:
        names = sorted(entry.name for entry in path.iterdir() if is_table(entry.name))
    except FileNotFoundError as error:
        raise refuse("no_file", str(path)) from error
    except OSError as error:
        raise refuse("unreadable", str(path), reason=error.strerror or str(error)) from error
    return {name: read_file(path / name) for name in names}


def is_table(name: str) -> bool:
    """Hidden files and what some systems add to a zip are no tables."""
    path = PurePosixPath(name)
    hidden = path.name.startswith(".") or path.parts[0] == "__MACOSX"
    return path.suffix.lower() in (".csv", ".parquet") and not hidden


# -- writing ----------------------------------------------------------------------------------------------------------


def write_file(path: Path, data: bytes) -> None:
    """Write beside the file, then put it in its place in one step."""
    with beside(path) as part:
        with part.open("xb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        part.replace(path)


def gzipped(data: bytes) -> bytes:
    return gzip.compress(data, compresslevel=6, mtime=0)


def zipped(members: Mapping[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(zipfile.ZipInfo(name, ZIP_DAY), data, zipfile.ZIP_DEFLATED)
    return stream.getvalue()


def write_folder(path: Path, members: Mapping[str, bytes]) -> None:
    """Write a folder of tables; an older one is replaced, a folder that holds anything else is left alone."""
    if path.exists() and not (path.is_dir() and all(is_table(entry.name) for entry in path.iterdir())):
        raise refuse("folder_in_use", str(path))
    with beside(path) as part:
        part.mkdir()
        for name, data in members.items():
            (part / name).write_bytes(data)
        old = part.with_suffix(".old")
        if path.exists():
            path.rename(old)
        part.rename(path)
        if old.exists():
            shutil.rmtree(old)


@contextmanager
def beside(path: Path) -> Iterator[Path]:
    """A hidden name next to `path`; whatever is left there is removed."""
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        yield part
    except OSError as error:
        raise refuse("unwritable", str(path), reason=error.strerror or str(error)) from error
    finally:
        if part.is_dir():
            shutil.rmtree(part)
        else:
            part.unlink(missing_ok=True)
