"""Addresses of the members' answers, of work offered by hand, and of mending the plan in force."""

from django.urls import path, re_path

from wadah.web.views.manager.offers import answers, mending, packages

urlpatterns = [
    path("jawaban/", answers.answers, name="answers"),
    path("jawaban/tawarkan/", packages.package_new, name="package_new"),
    path("jawaban/<str:number>/", answers.answer, name="answer"),
    path("jawaban/<str:number>/bukti/", answers.answer_receipt, name="answer_receipt"),
    path("jawaban/<str:number>/bukti.pdf", answers.answer_slip, name="answer_slip"),
    path("jawaban/<str:number>/wa/", answers.answer_wa, name="answer_wa"),
    path("jawaban/<str:number>/ingatkan/<str:channel>/", answers.answer_remind, name="answer_remind"),
    re_path(r"^jawaban/(?P<number>[^/]+)/(?P<act>ambil|tolak|tarik|urungkan)/$", answers.answer_act, name="answer_act"),
    path("perbaikan/", mending.mending_start, name="mending_start"),
    path("perbaikan/semua/", mending.disruptions, name="disruptions"),
    path("perbaikan/<int:pk>/", mending.mending, name="mending"),
    path("perbaikan/<int:pk>/lapor/", mending.mending_report, name="mending_report"),
    path("perbaikan/<int:pk>/<str:act>/", mending.mending_act, name="mending_act"),
]
