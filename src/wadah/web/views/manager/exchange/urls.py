"""Addresses of the open exchange."""

from django.urls import path

from wadah.web.views.manager.exchange import incoming, outgoing

urlpatterns = [
    path("tukar/", incoming.exchange, name="exchange"),
    path("tukar/masuk/barang/", incoming.part_take, name="exchange_part_take"),
    path("tukar/masuk/bengkel/", incoming.workshop_take, name="exchange_workshop_take"),
    path("tukar/barang/", outgoing.parts, name="exchange_parts"),
    path("tukar/barang/<int:pk>/", outgoing.part, name="exchange_part"),
    path("tukar/barang/<int:pk>/berkas/", outgoing.part_download, name="exchange_part_file"),
    path("tukar/bengkel/", outgoing.workshops, name="exchange_workshops"),
    path("tukar/bengkel/<int:pk>/", outgoing.workshop, name="exchange_workshop"),
    path("tukar/bengkel/<int:pk>/berkas/", outgoing.workshop_download, name="exchange_workshop_file"),
]
