"""Addresses of the city at work."""

from django.urls import path

from wadah.web.views.city.observatory import gaps, pairs, report, summary
from wadah.web.views.city.observatory import map as city_map

urlpatterns = [
    path("kota/", summary.summary, name="city_summary"),
    path("kota/peta/", city_map.the_map, name="city_map"),
    path("kota/laporan/", report.report, name="city_report"),
    path("kota/laporan/excel/", report.report_xlsx, name="city_report_xlsx"),
    path("kota/laporan/kertas/", report.report_paper, name="city_report_paper"),
    path("kota/mutu/", gaps.gaps, name="city_gaps"),
    path("kota/mutu/kembar/", pairs.pairs, name="city_pairs"),
    path("kota/mutu/kembar/<int:one>/<int:other>/", pairs.pair, name="city_pair"),
    path("kota/mutu/kembar/<int:pk>/batal/", pairs.part, name="city_part"),
]
