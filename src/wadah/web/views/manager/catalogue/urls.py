"""Addresses of parts, bills of materials, approvals, rates, prices, stock, motifs, licences and terms."""

from django.urls import path

from wadah.web.views.manager.catalogue import lines, makers, motifs, parts, prices

urlpatterns = [
    path("barang/", parts.parts, name="parts"),
    path("barang/tambah/", parts.part_add, name="part_add"),
    path("barang/<int:pk>/", parts.part, name="part"),
    path("barang/<int:pk>/ubah/", parts.part_change, name="part_change"),
    path("barang/<int:pk>/arsip/", parts.part_put_away, name="part_archive"),
    path("barang/<int:pk>/pulih/", parts.part_bring_back, name="part_restore"),
    path("barang/<int:pk>/bahan/", lines.part_bom, name="part_bom"),
    path("barang/<int:pk>/urutan/", lines.part_routing, name="part_routing"),
    path("persetujuan/", makers.approvals, name="approvals"),
    path("persetujuan/tambah/", makers.approval_add, name="approval_add"),
    path("persetujuan/<int:pk>/", makers.approval, name="approval"),
    path("tarif/", makers.rates, name="rates"),
    path("tarif/tambah/", makers.rate_add, name="rate_add"),
    path("tarif/<int:pk>/", makers.rate, name="rate"),
    path("tarif/<int:pk>/akhiri/", makers.rate_finish, name="rate_end"),
    path("harga-bahan/", prices.material_prices, name="material_prices"),
    path("harga-bahan/tambah/", prices.material_price_add, name="material_price_add"),
    path("harga-bahan/<int:pk>/", prices.material_price, name="material_price"),
    path("stok/", prices.stock_counts, name="stock_counts"),
    path("stok/tambah/", prices.stock_add, name="stock_add"),
    path("stok/<int:pk>/", prices.stock_one, name="stock_one"),
    path("ketentuan/", prices.terms, name="terms"),
    path("ketentuan/tambah/", prices.terms_add, name="terms_add"),
    path("ketentuan/<int:pk>/", prices.terms_one, name="terms_one"),
    path("motif/", motifs.motifs, name="motifs"),
    path("motif/tambah/", motifs.motif_add, name="motif_add"),
    path("motif/<int:pk>/sumber/", motifs.motif_source_add, name="motif_source_add"),
    path("motif/<int:pk>/", motifs.motif, name="motif"),
    path("lisensi/", motifs.licences, name="licences"),
    path("lisensi/tambah/", motifs.licence_add, name="licence_add"),
    path("lisensi/<int:pk>/", motifs.licence, name="licence"),
]
