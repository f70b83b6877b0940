"""Django's name for this room; what can be imported into it is registered when the rooms stand."""

from django.apps import AppConfig


class RegisterConfig(AppConfig):
    name = "wadah.register"
    label = "register"
    verbose_name = "Register"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from wadah.register import imports  # noqa: F401 registers the kinds
