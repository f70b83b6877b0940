"""Django's name for this room."""

from django.apps import AppConfig


class WorkConfig(AppConfig):
    name = "wadah.work"
    label = "work"
    verbose_name = "Work"
    default_auto_field = "django.db.models.BigAutoField"
