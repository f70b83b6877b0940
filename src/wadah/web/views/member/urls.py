"""Addresses of a member's phone pages."""

from django.urls import path

from wadah.web.views.member import abilities, mentor, work

urlpatterns = [
    path("pekerjaan/", work.work, name="work"),
    path("pendamping/", mentor.my_mentor, name="my_mentor"),
    path("kemampuan/", abilities.abilities, name="abilities"),
    path("kemampuan/<int:pk>/keterampilan/", abilities.ability_skills, name="ability_skills"),
    path("kemampuan/<int:pk>/mesin/", abilities.ability_machine, name="ability_machine"),
    path("kemampuan/<int:pk>/jam/", abilities.ability_hours, name="ability_hours"),
    path("kemampuan/<int:pk>/harapan/", abilities.ability_wish, name="ability_wish"),
    path("kemampuan/<int:pk>/hari/", abilities.ability_days, name="ability_days"),
    path("kemampuan/<int:pk>/benar/", abilities.ability_confirm, name="ability_confirm"),
]
