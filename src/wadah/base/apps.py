"""Django's name for this room; its background work is registered when the rooms stand."""

from django.apps import AppConfig


class BaseConfig(AppConfig):
    name = "wadah.base"
    label = "base"
    verbose_name = "Foundations"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from wadah.base.imports import run  # noqa: F401 registers the job
