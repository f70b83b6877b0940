"""Addresses of what comes in: requests, what Wadah answers, quotations."""

from __future__ import annotations

from django.urls import path

from wadah.web.views.manager.quotes import answers, quotations, requests

urlpatterns = [
    path("pesanan-masuk/", requests.requests, name="requests"),
    path("pesanan-masuk/baru/", requests.request_add, name="request_add"),
    path("pesanan-masuk/<str:number>/", requests.request_page, name="request"),
    path("pesanan-masuk/<str:number>/baris/<int:line_no>/", requests.request_match, name="request_match"),
    path("pesanan-masuk/<str:number>/tolak/", requests.request_refuse, name="request_refuse"),
    path("pesanan-masuk/<str:number>/bisakah/", answers.request_answer, name="request_answer"),
    path("pesanan-masuk/<str:number>/tawarkan/", answers.request_quote, name="request_quote"),
    path("penawaran/<str:number>/", quotations.quotation, name="quotation"),
    path("penawaran/<str:number>/ubah/", quotations.quotation_edit, name="quotation_edit"),
    path("penawaran/<str:number>/kirim/", quotations.quotation_post, name="quotation_post"),
    path("penawaran/<str:number>/tarik/", quotations.quotation_pull, name="quotation_pull"),
    path("penawaran/<str:number>/surat-terima/", quotations.quotation_letter, name="quotation_letter"),
    path("penawaran/<str:number>/ditolak/", quotations.quotation_refused, name="quotation_refused"),
]
