"""Addresses of a member's work and of what is brought to the hub."""

from django.urls import path

from wadah.web.views.member import bring, work

urlpatterns = [
    path("pekerjaan/<str:number>/", work.work_order, name="work_order"),
    path("pekerjaan/<str:number>/lapor/", work.work_report, name="work_report"),
    path("pekerjaan/<str:number>/kurang/", work.work_give_up, name="work_give_up"),
    path("pekerjaan/<str:number>/antar/", bring.work_bring, name="work_bring"),
    path("pekerjaan/<str:number>/tahap/<int:step>/", work.work_milestone, name="work_milestone"),
    path("pekerjaan/<str:number>/foto/<int:pk>/", work.work_photo, name="work_photo"),
    path("antar/", bring.bring, name="bring"),
    path("antar/<str:number>/", bring.bring_lot, name="bring_lot"),
    path("antar/<str:number>/batal/", bring.bring_cancel, name="bring_cancel"),
]
