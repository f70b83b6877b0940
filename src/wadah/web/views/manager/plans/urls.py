"""Addresses of plans."""

from django.urls import path, re_path

from wadah.web.views.manager.plans import compare, fairness, plans, table, why

urlpatterns = [
    path("rencana/", plans.plans, name="plans"),
    path("rencana/<int:pk>/", plans.plan, name="plan"),
    path("rencana/<int:pk>/bengkel/", plans.plan_workshops, name="plan_workshops"),
    path("rencana/<int:pk>/bagian/", plans.plan_parts, name="plan_parts"),
    path("rencana/<int:pk>/terlambat/", plans.plan_late, name="plan_late"),
    path("rencana/<int:pk>/tabel/", table.plan_table, name="plan_table"),
    path("rencana/<int:pk>/pembagian/", fairness.plan_fair, name="plan_fair"),
    path("rencana/<int:pk>/banding/", compare.plan_compare, name="plan_compare"),
    path("rencana/<int:pk>/kenapa/<int:line>/", why.plan_why, name="plan_why"),
    path("rencana/<int:pk>/kenapa/<int:line>/cari/", why.plan_why_ask, name="plan_why_ask"),
    path("rencana/<int:pk>/kenapa/<int:line>/pakai/<int:place>/", why.plan_why_apply, name="plan_why_apply"),
    re_path(r"^rencana/(?P<pk>\d+)/berkas/(?P<which>problem|plan)/$", plans.plan_file, name="plan_file"),
    re_path(r"^rencana/(?P<pk>\d+)/(?P<act>terbitkan|buang|pakai)/$", plans.plan_act, name="plan_act"),
]
