"""Addresses that anybody may open: the first page, the door, the language, the server's health."""

from django.urls import path

from wadah.web.views.public import door, home

urlpatterns = [
    path("", home.home, name="home"),
    path("masuk/", door.sign_in, name="login"),
    path("keluar/", door.sign_out, name="logout"),
    path("bahasa/", door.language, name="language"),
    path("health/", door.health, name="health"),
]
