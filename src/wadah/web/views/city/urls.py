"""Addresses of the city's pages."""

from django.urls import path

from wadah.web.views.city import coverage

urlpatterns = [path("wajib-batik/", coverage.coverage, name="coverage")]
