"""Addresses of buyers, orders, schools and offices, as a cooperative's manager sees them."""

from django.urls import path

from wadah.web.views.manager.demand import buyers, mandate, order_acts, orders

urlpatterns = [
    path("pesanan/", orders.orders, name="orders"),
    path("pesanan/baru/", order_acts.order_add, name="order_add"),
    path("pesanan/<str:number>/", orders.order, name="order"),
    path("pesanan/<str:number>/ubah/", order_acts.order_change, name="order_change"),
    path("pesanan/<str:number>/pasti/", order_acts.order_confirm, name="order_confirm"),
    path("pesanan/<str:number>/batal/", order_acts.order_call_off, name="order_call_off"),
    path("pesanan/<str:number>/baris/", order_acts.order_line_add, name="order_line_add"),
    path("pesanan/<str:number>/baris/<int:line_no>/", order_acts.order_line_change, name="order_line_change"),
    path(
        "pesanan/<str:number>/baris/<int:line_no>/keluar/", order_acts.order_line_take_out, name="order_line_take_out"
    ),
    path("pelanggan/", buyers.buyers, name="buyers"),
    path("pelanggan/baru/", buyers.buyer_new, name="buyer_add"),
    path("pelanggan/<int:pk>/", buyers.buyer_page, name="buyer_page"),
    path("pelanggan/<int:pk>/ubah/", buyers.buyer_change, name="buyer_change"),
    path("pelanggan/<int:pk>/arsip/", buyers.buyer_put_away, name="buyer_put_away"),
    path("pelanggan/<int:pk>/orang/", buyers.contact_add, name="buyer_contact_add"),
    path("pelanggan/<int:pk>/orang/<int:contact>/keluar/", buyers.contact_remove, name="buyer_contact_remove"),
    path("lembaga/", mandate.institutions, name="institutions"),
    path("lembaga/baru/", mandate.institution_add, name="institution_add"),
    path("lembaga/<str:code>/", mandate.institution, name="institution"),
    path("lembaga/<str:code>/ubah/", mandate.institution_change, name="institution_change"),
    path("lembaga/<str:code>/kepala/", mandate.headcount_add, name="headcount_add"),
    path("wajib-batik/aturan/", mandate.mandate_rules, name="mandate_rules"),
]
