"""Django's name for this room."""

from django.apps import AppConfig


class DemandConfig(AppConfig):
    name = "wadah.demand"
    label = "demand"
    verbose_name = "Demand"
    default_auto_field = "django.db.models.BigAutoField"
