"""Addresses of plans."""

from django.urls import path, re_path

from wadah.web.views.manager.plans import compare, edits, fairness, plans, table, why

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
    path("rencana/<int:pk>/suntingan/", edits.plan_edits, name="plan_edits"),
    path("rencana/<int:pk>/suntingan/lot/<int:lot>/", edits.plan_edit_lot, name="plan_edit_lot"),
    path("rencana/<int:pk>/suntingan/bengkel/<int:workshop>/", edits.plan_edit_workshop, name="plan_edit_workshop"),
    re_path(
        r"^rencana/(?P<pk>\d+)/suntingan/(?P<edit>\d+)/(?P<act>urungkan|pulihkan)/$",
        edits.plan_edit_act,
        name="plan_edit_act",
    ),
    re_path(
        r"^rencana/(?P<pk>\d+)/suntingan/(?P<act>hitung|terapkan|buang)/$", edits.plan_edits_act, name="plan_edits_act"
    ),
    re_path(r"^rencana/(?P<pk>\d+)/berkas/(?P<which>problem|plan)/$", plans.plan_file, name="plan_file"),
    re_path(r"^rencana/(?P<pk>\d+)/(?P<act>terbitkan|buang|lagi|pakai)/$", plans.plan_act, name="plan_act"),
]
