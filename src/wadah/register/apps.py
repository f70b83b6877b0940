"""Django's name for this room."""

from django.apps import AppConfig


class RegisterConfig(AppConfig):
    name = "wadah.register"
    label = "register"
    verbose_name = "Register"
    default_auto_field = "django.db.models.BigAutoField"
