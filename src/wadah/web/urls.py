"""Addresses of the pages. Each room's pages bring their own list, added here."""

from django.urls import path

from wadah.web.views import door, home

urlpatterns = [
    path("", home.home, name="home"),
    path("masuk/", door.sign_in, name="login"),
    path("keluar/", door.sign_out, name="logout"),
    path("bahasa/", door.language, name="language"),
    path("health/", door.health, name="health"),
]
