"""Addresses of a year's surplus (SHU): closing, the meeting, sharing, paying, each member's sheet."""

from django.urls import path

from wadah.web.views.manager.money.years import shares, years

urlpatterns = [
    path("shu/bagian/<int:pk>/", shares.share, name="share"),
    path("shu/bagian/<int:pk>/lembar/", shares.share_paper, name="share_paper"),
    path("buku/<slug:code>/shu/", years.surplus_years, name="surplus_years"),
    path("buku/<slug:code>/shu/<int:year>/", years.surplus_year, name="surplus_year"),
    path("buku/<slug:code>/shu/<int:year>/usul/", years.year_propose, name="year_propose"),
    path("buku/<slug:code>/shu/<int:year>/tarik/", years.year_withdraw, name="year_withdraw"),
    path("buku/<slug:code>/shu/<int:year>/tutup/", years.year_close, name="year_close"),
    path("buku/<slug:code>/shu/<int:year>/rapat/", years.meeting_add, name="meeting_add"),
    path("buku/<slug:code>/shu/<int:year>/rapat/ulang/", years.meeting_back, name="meeting_back"),
    path("buku/<slug:code>/shu/<int:year>/bagi/", years.surplus_share, name="surplus_share"),
    path("buku/<slug:code>/shu/<int:year>/bagian/", shares.surplus_shares, name="surplus_shares"),
    path("buku/<slug:code>/shu/<int:year>/bayar/", shares.surplus_pay, name="surplus_pay"),
    path("buku/<slug:code>/shu/bayar/<str:number>/", shares.surplus_run, name="surplus_run"),
    path("buku/<slug:code>/shu/bayar/<str:number>/bank/", shares.surplus_bank_file, name="surplus_bank_file"),
    path("buku/<slug:code>/shu/bayar/<str:number>/batal/", shares.surplus_payout_back, name="surplus_payout_back"),
]
