"""Addresses of the pages. Each room's pages bring their own list, added here."""

from django.urls import path, re_path

from wadah.web.views import city, door, home, member, orders, plans

urlpatterns = [
    path("", home.home, name="home"),
    path("masuk/", door.sign_in, name="login"),
    path("keluar/", door.sign_out, name="logout"),
    path("bahasa/", door.language, name="language"),
    path("pesanan/", orders.orders, name="orders"),
    path("pesanan/<str:number>/", orders.order, name="order"),
    path("rencana/", plans.plans, name="plans"),
    path("rencana/<int:pk>/", plans.plan, name="plan"),
    path("rencana/<int:pk>/bengkel/", plans.plan_workshops, name="plan_workshops"),
    path("rencana/<int:pk>/bagian/", plans.plan_parts, name="plan_parts"),
    path("rencana/<int:pk>/terlambat/", plans.plan_late, name="plan_late"),
    re_path(r"^rencana/(?P<pk>\d+)/berkas/(?P<which>problem|plan)/$", plans.plan_file, name="plan_file"),
    re_path(r"^rencana/(?P<pk>\d+)/(?P<act>terbitkan|buang|pakai)/$", plans.plan_act, name="plan_act"),
    path("pekerjaan/", member.work, name="work"),
    path("wajib-batik/", city.coverage, name="coverage"),
    path("health/", door.health, name="health"),
]
