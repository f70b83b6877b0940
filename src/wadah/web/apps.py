"""Django's name for this room."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "wadah.web"
    label = "web"
    verbose_name = "Pages"
