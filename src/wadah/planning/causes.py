"""What the system, and the readers of JSON and CSV, say went wrong: their English, in Indonesian too."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from wadah.planning.violation import Language

# the system's own words for an error number (POSIX errno)
SYSTEM: dict[str, str] = {
    "No such file or directory": "file atau folder itu tidak ada",
    "Permission denied": "tidak diizinkan",
    "Operation not permitted": "tidak diizinkan",
    "Is a directory": "itu folder, bukan file",
    "Not a directory": "sebagian jalurnya bukan folder",
    "File exists": "sudah ada",
    "Directory not empty": "folder itu tidak kosong",
    "No space left on device": "tempat penyimpanan penuh",
    "Disk quota exceeded": "jatah tempat penyimpanan habis",
    "Read-only file system": "tempat penyimpanan hanya dapat dibaca",
    "File name too long": "namanya terlalu panjang",
    "File too large": "file terlalu besar",
    "Too many open files": "terlalu banyak file terbuka",
    "Too many levels of symbolic links": "tautan berputar-putar",
    "Input/output error": "tempat penyimpanan gagal dibaca atau ditulis",
    "Device or resource busy": "sedang dipakai",
    "Text file busy": "sedang dipakai",
    "Invalid argument": "tidak diterima sistem",
    "No such device or address": "perangkat itu tidak ada",
    "Cannot allocate memory": "memori tidak cukup",
    "Interrupted system call": "terputus",
    "Connection refused": "sambungan ditolak",
    "Stale file handle": "file itu sudah tidak terjangkau",
}

# Python's json module
JSON: dict[str, str] = {
    "Expecting value": "di sini harus ada nilai",
    "Expecting ',' delimiter": "di sini harus ada koma",
    "Expecting ':' delimiter": "di sini harus ada titik dua",
    "Expecting property name enclosed in double quotes": "di sini harus ada nama dalam tanda kutip ganda",
    "Illegal trailing comma before end of object": "ada koma lebih sebelum akhir objek",
    "Illegal trailing comma before end of array": "ada koma lebih sebelum akhir daftar",
    "Extra data": "ada isi lebih setelah akhir dokumen",
    "Unterminated string starting at": "teks yang mulai di sini tidak ditutup",
    "Invalid control character at": "ada karakter kendali dalam teks",
    "Invalid \\escape": "tanda \\ dalam teks tidak diikuti huruf yang berlaku",
    "Invalid \\uXXXX escape": "tanda \\u tidak diikuti empat angka heksadesimal",
    "Unexpected UTF-8 BOM (decode using utf-8-sig)": "ada tanda BOM di awal file",
}

# Python's csv module, whose words hold characters and numbers: pattern, Indonesian
CSV: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"unexpected end of data"), "file habis di tengah tanda kutip"),
    (re.compile(r"'(.)' expected after '(.)'"), "harus ada “{0}” setelah “{1}”"),
    (re.compile(r"field larger than field limit \((\d+)\)"), "satu sel lebih dari {0} karakter"),
    (re.compile(r"line contains NUL"), "ada karakter nol"),
    (re.compile(r"new-line character seen in unquoted field.*"), "ada ganti baris di luar tanda kutip"),
)


def cause(words: str, language: Language) -> str:
    """The same in the language; words that aren't known stay as they are."""
    if language == "en":
        return words
    if words in SYSTEM or words in JSON:
        return SYSTEM.get(words) or JSON[words]
    for pattern, sentence in CSV:
        if match := pattern.fullmatch(words):
            return sentence.format(*match.groups())
    return words
