"""Addresses of the officer's pages about the mandate and about motifs, and of what anybody may know of a cloth."""

from django.urls import path

from wadah.web.views.city.mandate import cloth, covered, days, institutions, rules

urlpatterns = [
    path("kota/wajib-batik/", covered.mandate, name="mandate"),
    path("kota/wajib-batik/lembaga/", covered.mandate_institutions, name="mandate_institutions"),
    path("kota/wajib-batik/aturan/baru/", rules.mandate_rule_add, name="mandate_rule_add"),
    path("kota/wajib-batik/aturan/<str:code>/", rules.mandate_rule, name="mandate_rule"),
    path("kota/wajib-batik/aturan/<str:code>/tahap/", rules.mandate_phase_add, name="mandate_phase_add"),
    path("kota/hari-batik/", days.batik_days, name="batik_days"),
    path("kota/hari-batik/baru/", days.batik_day_add, name="batik_day_add"),
    path("kota/hari-batik/<int:pk>/", days.batik_day, name="batik_day"),
    path("kota/usaha-kecil/", days.small_shares, name="small_shares"),
    path("kota/usaha-kecil/baru/", days.small_share_add, name="small_share_add"),
    path("kota/usaha-kecil/<int:pk>/", days.small_share, name="small_share"),
    path("lembaga/<str:code>/buka/", institutions.institution_account, name="institution_account"),
    path("lembaga/<str:code>/anggaran/", institutions.budget_add, name="budget_add"),
    path("motif-kota/", cloth.city_motifs, name="city_motifs"),
    path("motif-kota/<int:pk>/", cloth.city_motif, name="city_motif"),
    path("cek-lot/<str:number>/<str:code>/sertifikat.pdf", cloth.cloth_certificate, name="cloth_certificate"),
]
