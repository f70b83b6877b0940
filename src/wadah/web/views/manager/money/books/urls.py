"""Addresses of the books of a cooperative and their reports."""

from django.urls import path

from wadah.web.views.manager.money.books import accounts, journals, months, openings, postings, reports

urlpatterns = [
    path("buku/", accounts.books, name="books"),
    path("buku/<slug:code>/", accounts.book, name="book"),
    path("buku/<slug:code>/akun-baru/", accounts.book_account_add, name="book_account_add"),
    path("buku/<slug:code>/akun/<str:account>/", accounts.book_account, name="book_account"),
    path("buku/<slug:code>/akun/<str:account>/pakai/", accounts.book_account_use, name="book_account_use"),
    path("buku/<slug:code>/jurnal/", postings.book_postings, name="book_postings"),
    path("buku/<slug:code>/jurnal/<int:seq>/", postings.book_posting, name="book_posting"),
    path("buku/<slug:code>/catatan/", journals.journals, name="journals"),
    path("buku/<slug:code>/catatan/baru/", journals.journal_add, name="journal_add"),
    path("buku/<slug:code>/catatan/<str:number>/", journals.journal, name="journal"),
    path("buku/<slug:code>/catatan/<str:number>/bukti/", journals.journal_file, name="journal_file"),
    path("buku/<slug:code>/catatan/<str:number>/batal/", journals.journal_back, name="journal_back"),
    path("buku/<slug:code>/saldo-awal/", openings.opening, name="opening"),
    path("buku/<slug:code>/saldo-awal/isi/", openings.opening_fill, name="opening_fill"),
    path("buku/<slug:code>/saldo-awal/contoh.xlsx", openings.opening_form, name="opening_form"),
    path("buku/<slug:code>/saldo-awal/kunci/", openings.opening_fix, name="opening_fix"),
    path("buku/<slug:code>/saldo-awal/buang/", openings.opening_drop, name="opening_drop"),
    path("buku/<slug:code>/saldo-awal/tarik/", openings.opening_undo, name="opening_undo"),
    path("buku/<slug:code>/bulan/", months.book_months, name="book_months"),
    path("buku/<slug:code>/bulan/tutup/", months.book_month_close, name="book_month_close"),
    path("buku/<slug:code>/persediaan/", months.stock_counts, name="book_stock"),
    path("buku/<slug:code>/persediaan/hitung/", months.stock_count_add, name="book_stock_add"),
    path("buku/<slug:code>/persediaan/<int:pk>/", months.stock_count, name="book_stock_count"),
    path("buku/<slug:code>/laporan/", reports.reports, name="reports"),
    path("buku/<slug:code>/laporan/<int:year>/anggota/", reports.report_members, name="report_members"),
    path("buku/<slug:code>/laporan/<int:year>/rat.<str:kind>", reports.report_pack, name="report_pack"),
    path("buku/<slug:code>/laporan/<int:year>/<slug:kind>/", reports.report, name="report"),
]
