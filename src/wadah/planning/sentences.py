"""The sentences of messages.py, by code of the fault: (Indonesian, English), each with the way out.

The fields are the value found and the hints of the fault (errors.Fault).
"""

from __future__ import annotations

VALUES: dict[str, tuple[str, str]] = {
    "missing": ("nilai ini wajib diisi", "this value is missing; give it"),
    "null": (
        "null tidak berlaku di sini; isi nilainya atau hilangkan",
        "null has no meaning here; give a value or leave it out",
    ),
    "empty": ("teks kosong; beri nama", "the text is empty; give a name"),
    "not_text": ("{value} bukan teks; tulis sebagai teks", "{value} is not text; write it as text"),
    "unstorable": (
        "{value} memuat karakter yang tidak dapat disimpan; hapus karakter itu",
        "{value} holds a character that can't be stored; take it out",
    ),
    "not_number": (
        "{value} bukan bilangan; tulis seperti 1234.5, tanpa pemisah ribuan",
        "{value} is not a number; write it like 1234.5, without separators",
    ),
    "not_finite": ("{value} bukan bilangan berhingga", "{value} is not a finite number; give one that is"),
    "not_whole": ("{value} bukan bilangan bulat; bulatkan", "{value} is not a whole number; round it"),
    "too_small": ("{value} kurang dari {least}; sedikitnya {least}", "{value} is below {least}; give at least {least}"),
    "too_low": ("{value} harus lebih dari {least}", "{value} must be more than {least}"),
    "too_large": ("{value} lebih dari {most}; paling banyak {most}", "{value} is above {most}; give at most {most}"),
    "not_flag": ("{value} harus true atau false", "{value} must be true or false"),
    "not_date": (
        "{value} bukan tanggal; tulis seperti 2026-12-07",
        "{value} is not a date; write it like 2026-12-07",
    ),
    "not_series": (
        "{value} harus satu bilangan atau {periods} bilangan, satu untuk tiap periode",
        "{value} must be one number, or {periods} numbers, one for each period",
    ),
    "series_length": (
        "berisi {value} bilangan; harus tepat {periods}, satu untuk tiap periode",
        "it holds {value} numbers; give exactly {periods}, one for each period",
    ),
    "not_bom": (
        'susunan bahan {value} harus berupa daftar seperti [["BAUT-M8", 4]]',
        'the bill of materials {value} must be a list like [["BOLT-M8", 4]]',
    ),
}

RULES: dict[str, tuple[str, str]] = {
    "unknown_id": (
        "{value} tidak ada di daftar {list}; tambahkan di sana atau perbaiki namanya",
        "{value} is not in the list {list}; add it there or correct it",
    ),
    "duplicate_id": (
        "{value} sudah dipakai di baris lain; setiap id hanya sekali",
        "{value} is taken by an earlier row; each id is used once",
    ),
    "duplicate_pair": (
        "pasangan {value} sudah ada di baris lain; gabungkan menjadi satu baris",
        "the pair {value} is in an earlier row already; put them in one row",
    ),
    "bom_loop": (
        "susunan bahan berputar: {value}; hapus salah satu kaitannya",
        "the bills of materials run in a loop: {value}; take one link out",
    ),
    "quantity_not_whole": (
        "{value} harus bulat, karena {part} dihitung per buah; bulatkan, atau beri {part} integer false",
        "{value} must be whole, since {part} is counted in pieces; round it, or give {part} integer false",
    ),
    "single_source_mixed": (
        "pesanan {value} harus satu sumber juga, karena pesanan {order} untuk {part} satu sumber",
        "order {value} must be single-source too, because order {order} for {part} is",
    ),
    "single_source_stock": (
        "stok {value} tidak boleh ada, karena pesanan {order} satu sumber; beri stok 0",
        "there may be no stock ({value}), because order {order} is single-source; make it 0",
    ),
    "single_source_component": (
        "{value} tidak boleh menjadi bahan, karena pesanan {order} untuk barang itu satu sumber",
        "{value} may not be a component, because order {order} for it is single-source; take it out",
    ),
    "idle_making": (
        "biaya {value} di bawah target melebihi biaya satu jam kerja ({hour}): rencana akan membuat barang yang tidak "
        "dipesan; turunkan biaya itu",
        "at {value} an hour below the target, and {hour} for an hour's work, the plan will make what nobody ordered; "
        "lower that cost",
    ),
}

DOCUMENTS: dict[str, tuple[str, str]] = {
    "not_object": (
        "ditemukan {value}; di sini harus ada objek {{…}}",
        "{value} found; there must be an object {{…}} here",
    ),
    "not_list": ("ditemukan {value}; di sini harus ada daftar […]", "{value} found; there must be a list […] here"),
    "row_length": (
        "ditemukan {value}; satu baris berisi tepat: {columns}",
        "{value} found; a row holds exactly: {columns}",
    ),
    "unknown_key": ("{value} tidak dikenal; yang dikenal: {known}", "{value} is not known; known are: {known}"),
    "duplicate_key": ("{value} tertulis dua kali; hapus satu", "{value} is given twice; take one out"),
    "missing_list": (
        "daftar ini tidak ada; tulis [] bila memang kosong",
        "this list is missing; write [] if there is nothing in it",
    ),
    "no_format": ('tidak tertulis; tambahkan "format": "{format}"', 'it is missing; add "format": "{format}"'),
    "wrong_format": (
        "{value} bukan format yang dibaca; harus {format}",
        "{value} is not read here; it must be {format}",
    ),
    "json_broken": (
        "bukan JSON yang benar pada kolom ke-{column} ({reason}); perbaiki di tempat itu",
        "no proper JSON at column {column} ({reason}); mend it there",
    ),
    "json_number": ("ada bilangan dengan terlalu banyak angka; pendekkan", "a number has too many digits; shorten it"),
    "json_deep": ("daftar di dalam daftar terlalu dalam; ratakan", "lists are nested too deeply; flatten them"),
    "encoding": ("teks ini bukan UTF-8; simpan ulang sebagai UTF-8", "the text is not UTF-8; save it as UTF-8"),
}

FILES: dict[str, tuple[str, str]] = {
    "no_file": ("tidak ada file atau folder ini; periksa namanya", "there is no such file or folder; check the name"),
    "unreadable": (
        "tidak dapat dibaca ({reason}); periksa izin dan jenisnya",
        "it can't be read ({reason}); check its permissions and kind",
    ),
    "unwritable": (
        "tidak dapat ditulis ({reason}); periksa folder dan izinnya",
        "it can't be written ({reason}); check the folder and its permissions",
    ),
    "unknown_format": (
        "jenis file ini tidak dikenal; pakai .json, .json.gz, .zip, atau folder berisi tabel",
        "this kind of file is not known; use .json, .json.gz, .zip or a folder of tables",
    ),
    "too_big": (
        "isinya lebih dari {most} MiB; bagi menjadi lebih kecil",
        "it holds more than {most} MiB; make it smaller",
    ),
    "gzip_broken": ("file gzip rusak atau terpotong; buat lagi", "the gzip is broken or cut off; make it again"),
    "zip_broken": (
        "bukan file zip yang utuh, atau terkunci sandi; buat lagi",
        "this is no whole zip, or it needs a password; make it again",
    ),
    "parquet_broken": ("bukan file Parquet yang utuh; buat lagi", "this is no whole Parquet file; make it again"),
    "no_pyarrow": (
        "tabel Parquet memerlukan pyarrow; pasang wadah[parquet], atau pakai CSV",
        "Parquet tables need pyarrow; install wadah[parquet], or use CSV",
    ),
    "folder_in_use": (
        "folder ini berisi file lain, jadi tidak ditimpa; pilih folder baru",
        "this folder holds other files and isn't overwritten; choose a new one",
    ),
    "missing_table": (
        "tabel ini tidak ada; tambahkan, biarpun hanya berisi judul kolom",
        "this table is missing; add it, if only with its header",
    ),
    "unknown_table": ("tabel ini tidak dikenal; yang dikenal: {known}", "this table is not known; known are: {known}"),
    "table_twice": (
        "tabel ini ada dua kali, juga di {other}; hapus satu",
        "this table is also in {other}; take one out",
    ),
    "unknown_column": (
        "kolom {value} tidak dikenal; yang dikenal: {known}",
        "column {value} is not known; known are: {known}",
    ),
    "duplicate_column": ("kolom {value} ada dua kali; hapus satu", "column {value} is there twice; take one out"),
    "missing_column": ("kolom ini wajib ada; tambahkan", "this column is missing; add it"),
    "one_row": ("tabel ini berisi {value} baris; harus tepat satu", "this table has {value} rows; it must have one"),
    "csv_broken": ("bukan CSV yang benar ({reason}); perbaiki baris itu", "no proper CSV ({reason}); mend that line"),
    "csv_empty": ("tabel ini kosong; tulis judul kolomnya", "the table is empty; write its header"),
    "csv_semicolon": (
        "kolom dipisahkan titik koma; simpan dengan koma sebagai pemisah",
        "columns are separated by semicolons; save it with commas",
    ),
    "published_text": (
        "{value} bukan bilangan, jadi ini bukan berkas {format}; periksa formatnya",
        "{value} is not a number, so this is no {format} file; check the format",
    ),
    "published_short": (
        "bilangannya habis sebelum selesai (tersisa {value}), jadi ini bukan berkas {format} yang utuh",
        "the numbers end too soon ({value} left), so this is no whole {format} file; check the format",
    ),
    "published_left": (
        "masih tersisa {value} bilangan, jadi ini bukan berkas {format}; periksa formatnya",
        "{value} numbers are left over, so this is no {format} file; check the format",
    ),
    "published_size": (
        "ukuran {value} tidak cocok untuk berkas {format}; periksa formatnya",
        "the size {value} doesn't fit a {format} file; check the format",
    ),
}

SENTENCES = VALUES | RULES | DOCUMENTS | FILES
