"""Addresses of a member's phone pages."""

from django.urls import path

from wadah.web.views.member import work

urlpatterns = [path("pekerjaan/", work.work, name="work")]
