"""Addresses of mentoring: who goes where, who fits, visits, and what came of it."""

from django.urls import path

from wadah.web.views.manager.mentoring import find, mentoring, report, visits

urlpatterns = [
    path("pendampingan/", mentoring.mentorings, name="mentorings"),
    path("pendampingan/cari/", find.mentoring_find, name="mentoring_find"),
    path("pendampingan/baru/", mentoring.mentoring_add, name="mentoring_add"),
    path("pendampingan/hasil/", report.mentoring_report, name="mentoring_report"),
    path("pendampingan/<int:pk>/", mentoring.mentoring, name="mentoring"),
    path("pendampingan/<int:pk>/kunjungan/", visits.visit_add, name="visit_add"),
    path("pendampingan/<int:pk>/selesai/", mentoring.mentoring_end_page, name="mentoring_end"),
    path("pendampingan/kunjungan/<int:pk>/", visits.visit_held, name="visit_held"),
    path("pendampingan/kunjungan/<int:pk>/batal/", visits.visit_called_off, name="visit_called_off"),
    path("pendampingan/ahli/<int:pk>/jam/", visits.expert_hours, name="expert_hours"),
]
