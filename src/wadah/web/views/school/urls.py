"""Addresses of a school's or office's own pages."""

from django.urls import path

from wadah.web.views.school import duty, ordering, papers, sizes

urlpatterns = [
    path("sekolah/", duty.school, name="school"),
    path("sekolah/<str:code>/", duty.school_duty, name="school_duty"),
    path("sekolah/<str:code>/<int:year>/", duty.school_duty, name="school_year"),
    path("sekolah/<str:code>/<int:year>/ukuran/", sizes.school_sizes, name="school_sizes"),
    path("sekolah/<str:code>/<int:year>/ukuran/tempel/", sizes.school_paste, name="school_paste"),
    path("sekolah/<str:code>/<int:year>/pesan/", ordering.school_order, name="school_order"),
    path("pesanan/<str:number>/berkas.pdf", papers.procurement_papers, name="procurement_papers"),
]
