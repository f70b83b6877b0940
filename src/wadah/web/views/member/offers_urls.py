"""Addresses of a member's first page and offers, and the short link of messages."""

from django.urls import path

from wadah.web.views.member import home, offers

urlpatterns = [
    path("beranda/", home.beranda, name="beranda"),
    path("t/<str:number>/", offers.offer_link, name="offer_link"),
    path("tawaran/", offers.offers, name="offers"),
    path("tawaran/<str:number>/", offers.offer, name="offer"),
    path("tawaran/<str:number>/ambil/", offers.offer_take_all, name="offer_take"),
    path("tawaran/<str:number>/tolak/", offers.offer_refuse, name="offer_decline"),
    path("tawaran/<str:number>/urungkan/", offers.offer_take_back, name="offer_undo"),
    path("tawaran/<str:number>/bukti/", offers.offer_receipt, name="offer_receipt"),
]
