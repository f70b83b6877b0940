"""Django's name for this room; what can be imported into it is registered when the rooms stand."""

from django.apps import AppConfig


class DemandConfig(AppConfig):
    name = "wadah.demand"
    label = "demand"
    verbose_name = "Demand"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from wadah.demand import imports  # noqa: F401 registers the kinds
