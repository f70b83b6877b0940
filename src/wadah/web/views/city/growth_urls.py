"""Addresses of the growth question."""

from django.urls import path

from wadah.web.views.city import growth, growth_figures

urlpatterns = [
    path("pertumbuhan/", growth.growth, name="growth"),
    path("pertumbuhan/angka/", growth_figures.figures, name="growth_figures"),
    path("pertumbuhan/angka/baru/", growth_figures.figure_add, name="growth_figure_add"),
    path("pertumbuhan/<int:pk>/", growth.growth_run, name="growth_run"),
    path("pertumbuhan/<int:pk>/berhenti/", growth.growth_stop, name="growth_stop"),
]
