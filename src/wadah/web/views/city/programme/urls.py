"""Addresses of the programme."""

from django.urls import path

from wadah.web.views.city.programme import bottlenecks, following, proposals, ramps, studies

urlpatterns = [
    path("penghambat/", bottlenecks.bottlenecks, name="bottlenecks"),
    path("penghambat/<int:pk>/hitung/", bottlenecks.bottlenecks_work_out, name="bottlenecks_work_out"),
    path("penghambat/<int:pk>/usulkan/", bottlenecks.bottlenecks_propose, name="bottlenecks_propose"),
    path("program/", studies.programme, name="programme"),
    path("program/banding/", studies.studies_compare, name="studies_compare"),
    path("program/usulan/", proposals.proposals, name="proposals"),
    path("program/usulan/baru/", proposals.proposal_add, name="proposal_add"),
    path("program/usulan/kurva/", ramps.curves, name="curves"),
    path("program/usulan/kurva/baru/", ramps.curve_new, name="ramp_add"),
    path("program/usulan/kurva/<int:pk>/", ramps.curve, name="ramp"),
    path("program/usulan/kurva/<int:pk>/ubah/", ramps.curve_edit, name="ramp_change"),
    path("program/usulan/<int:pk>/", proposals.proposal, name="proposal"),
    path("program/usulan/<int:pk>/ubah/", proposals.proposal_change, name="proposal_change"),
    path("program/usulan/<int:pk>/coret/", proposals.proposal_drop, name="proposal_drop"),
    path("program/usulan/<int:pk>/kembalikan/", proposals.proposal_back, name="proposal_back"),
    path("program/bagian/<int:pk>/", following.item, name="study_item"),
    path("program/bagian/<int:pk>/mulai/", following.item_started, name="study_item_begin"),
    path("program/bagian/<int:pk>/batal/", following.item_given_up, name="study_item_give_up"),
    path("program/<int:pk>/", studies.study, name="study"),
    path("program/<int:pk>/pakai/", studies.study_use, name="study_use_best"),
    path("program/<int:pk>/singkirkan/", studies.study_aside, name="study_discard"),
    path("program/<int:pk>/ambil/", studies.study_fetched, name="study_back"),
    path("program/<int:pk>/jalankan/", studies.study_adopted, name="study_adopt"),
    path("program/<int:pk>/urungkan/", studies.study_undone, name="study_adopt_undo"),
]
