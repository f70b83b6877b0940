"""Addresses of a buyer's own pages, and of the papers that buyer and cooperative share."""

from django.urls import path

from wadah.web.views.buyer import answers, catalogue, papers, requests

urlpatterns = [
    path("pembeli/", catalogue.buyer, name="buyer"),
    path("pembeli/permintaan/", requests.buyer_requests, name="buyer_requests"),
    path("pembeli/permintaan/baru/", requests.buyer_request_add, name="buyer_request_add"),
    path("pembeli/permintaan/contoh.<str:kind>", requests.buyer_request_example, name="buyer_request_example"),
    path("pembeli/permintaan/<str:number>/", requests.buyer_request, name="buyer_request"),
    path("pembeli/permintaan/<str:number>/tarik/", requests.buyer_request_withdraw, name="buyer_request_withdraw"),
    path("pembeli/penawaran/<str:number>/", answers.buyer_quotation, name="buyer_quotation"),
    path(
        "pembeli/penawaran/<str:number>/terima/<str:code>/",
        answers.buyer_quotation_accept,
        name="buyer_quotation_accept",
    ),
    path("pembeli/penawaran/<str:number>/tolak/", answers.buyer_quotation_decline, name="buyer_quotation_decline"),
    path("penawaran/<str:number>/surat.pdf", papers.quotation_paper, name="quotation_paper"),
    path("pesanan/<str:number>/surat.pdf", papers.order_paper, name="order_paper"),
    path("cek/<str:number>/<str:code>/", papers.paper_check, name="paper_check"),
]
