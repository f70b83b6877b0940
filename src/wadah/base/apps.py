"""Django's name for this room."""

from django.apps import AppConfig


class BaseConfig(AppConfig):
    name = "wadah.base"
    label = "base"
    verbose_name = "Foundations"
    default_auto_field = "django.db.models.BigAutoField"
