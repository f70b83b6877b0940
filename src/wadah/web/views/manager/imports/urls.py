"""Addresses of the importer."""

from __future__ import annotations

from django.urls import path

from wadah.web.views.manager.imports import batch, start

urlpatterns = [
    path("impor/", start.imports, name="imports"),
    path("impor/berkas/<int:pk>/", batch.shown, name="import_batch"),
    path("impor/berkas/<int:pk>/cara-baca/", batch.settle, name="import_settle"),
    path("impor/berkas/<int:pk>/perbaiki/", batch.correct, name="import_correct"),
    path("impor/berkas/<int:pk>/bertanda/", batch.marked, name="import_marked"),
    path("impor/berkas/<int:pk>/<str:act>/", batch.act, name="import_act"),
    path("impor/<str:kind>/", start.upload, name="import_kind"),
    path("impor/<str:kind>/templat/", start.template, name="import_template"),
]
