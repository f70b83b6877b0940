"""What `wadah verify` and `wadah head` say, in Indonesian and English."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wadah.cli.words import LANGUAGES, whole
from wadah.units import rupiah_text

if TYPE_CHECKING:
    from wadah.ledger.verify.faults import Fault

WORDS: dict[str, tuple[str, str]] = {
    "fine": (
        "{cooperative}: {postings} catatan dan {lines} baris benar, {months} bulan seimbang, buku pembantu cocok.",
        "{cooperative}: {postings} postings and {lines} lines hold, {months} months balance, sub-ledgers agree.",
    ),
    "head": ("  Catatan terakhir: nomor {seq}, sidik {hash}", "  Last posting: number {seq}, hash {hash}"),
    "again": (
        "  Dihitung ulang dari dokumen: hasilnya sama.",
        "  Worked out again from the documents: it comes out the same.",
    ),
    "booked": (
        "Ruang atau alat “{name}”: jadwal {at} diberikan dua kali.",
        "Room or tool “{name}”: the booking of {at} was given twice.",
    ),
    "none": ("Belum ada pembukuan.", "There are no books yet."),
    "seconds": ("Selesai dalam {seconds} detik.", "Done in {seconds} seconds."),
    "broken": ("{cooperative}: {count} hal tidak benar.", "{cooperative}: {count} things don't hold."),
    "posting": ("  Catatan nomor {seq}, {on} ({law}): ", "  Posting number {seq}, {on} ({law}): "),
    "posting gone": ("  Catatan nomor {seq} ({law}): ", "  Posting number {seq} ({law}): "),
    "row": ("  ({law}) ", "  ({law}) "),
    # -- faults, by their code
    "gap": ("tidak ada; nomor tidak boleh berlubang.", "isn't there; numbers have no gaps."),
    "line_no": (
        "baris ke-{due} bernomor {stored}; satu baris hilang atau bertambah.",
        "line {due} bears the number {stored}; a line is missing, or one too many.",
    ),
    "account": (
        "baris {line} memakai akun yang bukan milik koperasi ini ({stored}).",
        "line {line} is on an account that isn't this cooperative's ({stored}).",
    ),
    "party": (
        "baris {line} pada akun {account} tidak menyebut pihak yang benar.",
        "line {line} on account {account} doesn't name the party that the account asks for.",
    ),
    "unbalanced": (
        "debit {debit} dan kredit {credit}; keduanya harus sama dan di atas nol.",
        "debit {debit} and credit {credit}; they have to be the same, above zero.",
    ),
    "link": (
        "tidak menyambung ke catatan sebelumnya: tersimpan {stored}, seharusnya {due}.",
        "doesn't follow on the posting before it: stored {stored}, should be {due}.",
    ),
    "hash": (
        "isinya tidak cocok dengan sidiknya: tersimpan {stored}, menurut isinya {due}.",
        "its hash doesn't cover what is stored: stored {stored}, by what is stored {due}.",
    ),
    "closed": (
        "bertanggal {stored}, padahal bulan itu sudah ditutup; paling awal {due}.",
        "is dated {stored}, in a month that was closed; {due} at the earliest.",
    ),
    "field": (
        "{field} tersimpan {stored}, menurut dokumennya {due}.",
        "{field} is stored as {stored}, by its document it is {due}.",
    ),
    "no_document": (
        "dokumennya ({kind} {document}) tidak ada.",
        "its document ({kind} {document}) isn't there.",
    ),
    "again_differs": (
        "dihitung ulang dari dokumennya, sidiknya {due}; tersimpan {stored}.",
        "worked out again from its document, its hash is {due}; stored {stored}.",
    ),
    "head_differs": (
        "buku menyebut catatan terakhir {stored}, yang ada {due}.",
        "the book says that the last posting is {stored}, there is {due}.",
    ),
    "cut": (
        "yang terakhir ada; menurut sidik yang disimpan terpisah ada {due}. Catatan di akhir telah dihapus.",
        "is the last there is; by the head kept apart there were {due}. Postings at the end were removed.",
    ),
    "kept": (
        "sidiknya {stored}, menurut yang disimpan terpisah {due}.",
        "its hash is {stored}, by the head kept apart {due}.",
    ),
    "period": (
        "bulan tertutup {stored} tidak berurutan; seharusnya {due}.",
        "closed month {stored} is out of turn; it should be {due}.",
    ),
    "control": (
        "akun {account}, {party}: pembukuan {stored}, dokumen {due}{others}.",
        "account {account}, {party}: the books say {stored}, the documents {due}{others}.",
    ),
    "more": (" (dan {more} pihak lain)", " (and {more} others)"),
    "running": ("{document}: {what} {stored}, jumlah barisnya {due}.", "{document}: {what} {stored}, its rows {due}."),
    "work_pieces": (
        "{work_order}: {stored} buah diterima menurut pembukuan, {due} menurut gerakan barang.",
        "{work_order}: {stored} pieces accepted by the books, {due} by the moves of pieces.",
    ),
    "work_entries": (
        "{work_order}: upah tercatat {stored}, menurut buah yang diterima {due}.",
        "{work_order}: pay entered {stored}, for the pieces accepted {due}.",
    ),
    "work_postings": (
        "{work_order}: upah dalam catatan {stored}, menurut buah yang diterima {due}.",
        "{work_order}: pay posted {stored}, for the pieces accepted {due}.",
    ),
    "entry": (
        "{work_order}, {on}: {field} tercatat {stored}, menurut gerakan barang {due}.",
        "{work_order}, {on}: {field} entered as {stored}, by the moves of pieces {due}.",
    ),
    "chart": ("akun {account}: tersimpan {stored}, seharusnya {due}.", "account {account}: {stored}, should be {due}."),
    "lines_lost": (
        "ada {stored} baris, yang termasuk suatu catatan {due}.",
        "there are {stored} lines, of which {due} belong to a posting.",
    ),
    # -- fields and sums
    "line": ("baris {line}, {field}", "line {line}, {field}"),
    "seq": ("nomor", "the number"),
    "on": ("tanggal", "the day"),
    "rule": ("aturan", "the rule"),
    "source_kind": ("jenis dokumen", "the kind of document"),
    "source_id": ("dokumen", "the document"),
    "source_number": ("nomor dokumen", "the document's number"),
    "note": ("catatan", "the note"),
    "at": ("waktu", "the moment"),
    "by": ("pembuat", "who made it"),
    "reverses": ("catatan yang dibatalkan", "the posting taken back"),
    "lines": ("banyaknya baris", "the number of lines"),
    "code": ("akun", "the account"),
    "debit": ("debit", "debit"),
    "credit": ("kredit", "credit"),
    "ikm": ("pembuat barang", "the maker"),
    "buyer": ("pembeli", "the buyer"),
    "motif": ("motif", "the motif"),
    "lot": ("lot", "the lot"),
    "pieces": ("banyaknya buah", "pieces"),
    "accepted_after": ("jumlah diterima sesudahnya", "pieces accepted after it"),
    "rupiah": ("upah", "pay"),
    "ikm_id": ("pembuat barang", "the maker"),
    "royalty_rupiah": ("royalti", "royalty"),
    "invoice_lines": ("nilai", "net"),
    "invoice_paid": ("dibayar", "paid"),
    "invoice_credited": ("dikreditkan", "credited"),
    "payment_allocated": ("dipakai untuk tagihan", "set against invoices"),
    "payment_refunded": ("dikembalikan", "paid back"),
    "advance_recovered": ("dipotong", "recovered"),
    "repayment_parts": ("dipakai untuk uang muka", "set against advances"),
    "row_work": ("upah", "work"),
    "row_recovered": ("potongan uang muka", "advances recovered"),
    "row_mandatory": ("simpanan wajib", "mandatory savings"),
    "row_voluntary": ("simpanan sukarela", "voluntary savings"),
    "row_paid": ("dibayar", "paid"),
    "share_paid": ("dibayar", "paid"),
    # -- heads
    "head unread": (
        "--head: {text} bukan NOMOR:SIDIK, dan bukan berkas dari `wadah head`",
        "--head: {text} is neither NUMBER:HASH nor a file that `wadah head` wrote",
    ),
    "head whose": (
        "--head: ada {count} koperasi; sebutkan --cooperative KODE, atau beri berkas dari `wadah head`",
        "--head: there are {count} cooperatives; name one by --cooperative CODE, or give a file of `wadah head`",
    ),
    "unknown": (
        "tidak ada koperasi berkode {code}; yang ada: {codes}",
        "there is no cooperative {code}; there are: {codes}",
    ),
    "gone": (
        "{code}: menurut sidik yang disimpan terpisah ada {due} catatan; koperasi itu tidak ada lagi.",
        "{code}: by the head kept apart it had {due} postings; the cooperative isn't there any more.",
    ),
    "kept when": (
        "# Dicatat {day}; simpan di luar komputer ini.",
        "# Kept on {day}; store it away from this computer.",
    ),
}  # fmt: skip
CODES = {"again": "again_differs", "head": "head_differs"}
MONEY = {"unbalanced", "control", "running", "work_entries", "work_postings"}
SHORT = 16
HASHES = {"link", "hash", "again", "kept"}


def say(language: str, key: str, **values: object) -> str:
    return WORDS[key][LANGUAGES.index(language)].format(**values)


def fault_text(fault: Fault, language: str) -> str:
    """One line: where, what is stored, what should be."""
    values = dict(fault.values)
    if fault.code in MONEY:
        values = {name: rupiah_text(one) if isinstance(one, int) else one for name, one in values.items()}
    if fault.code in HASHES:
        values = {name: f"{str(one)[:SHORT]}…" if one else "–" for name, one in values.items()}
    if fault.code == "control":
        more = fault.values["more"]
        values["others"] = say(language, "more", more=more) if more else ""
    if fault.code == "running":
        values["what"] = say(language, str(values["what"]))
    if fault.code in {"field", "entry"}:
        values["field"] = field_text(fault, language)
    return where(fault, language) + say(language, CODES.get(fault.code, fault.code), **{"on": fault.on, **values})


def field_text(fault: Fault, language: str) -> str:
    name, line = str(fault.values["field"]), fault.values.get("line")
    told = say(language, "code" if name == "account" else name)
    return say(language, "line", line=line, field=told) if line else told


def where(fault: Fault, language: str) -> str:
    if not fault.seq:
        return say(language, "row", law=fault.law)
    key = "posting" if fault.on else "posting gone"
    return say(language, key, seq=whole(fault.seq, language), on=fault.on, law=fault.law)
