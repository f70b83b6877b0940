"""Addresses of a year's surplus (SHU): closing, the meeting, sharing, paying, each member's sheet."""

from django.urls import path

from wadah.web.views.manager.money.years import shares, years

urlpatterns = [
    path("shu/bagian/<int:pk>/", shares.share, name="share"),
    path("shu/bagian/<int:pk>/lembar/", shares.share_paper, name="share_paper"),
    path("shu/<slug:code>/", years.surplus_years, name="surplus_years"),
    path("shu/<slug:code>/<int:year>/", years.surplus_year, name="surplus_year"),
    path("shu/<slug:code>/<int:year>/usul/", years.year_propose, name="year_propose"),
    path("shu/<slug:code>/<int:year>/tarik/", years.year_withdraw, name="year_withdraw"),
    path("shu/<slug:code>/<int:year>/tutup/", years.year_close, name="year_close"),
    path("shu/<slug:code>/<int:year>/rapat/", years.meeting_add, name="meeting_add"),
    path("shu/<slug:code>/<int:year>/rapat/ulang/", years.meeting_back, name="meeting_back"),
    path("shu/<slug:code>/<int:year>/bagi/", years.surplus_share, name="surplus_share"),
    path("shu/<slug:code>/<int:year>/bagian/", shares.surplus_shares, name="surplus_shares"),
    path("shu/<slug:code>/<int:year>/bayar/", shares.surplus_pay, name="surplus_pay"),
    path("shu/<slug:code>/bayar/<str:number>/", shares.surplus_run, name="surplus_run"),
    path("shu/<slug:code>/bayar/<str:number>/bank/", shares.surplus_bank_file, name="surplus_bank_file"),
    path("shu/<slug:code>/bayar/<str:number>/batal/", shares.surplus_payout_back, name="surplus_payout_back"),
]
