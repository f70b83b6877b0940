"""Django's name for this room; what can be imported into it, and what ends by itself, is registered here."""

from django.apps import AppConfig


class DemandConfig(AppConfig):
    name = "wadah.demand"
    label = "demand"
    verbose_name = "Demand"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from wadah.base.jobs import swept
        from wadah.demand import imports  # noqa: F401 registers the kinds
        from wadah.demand.services import quotations_lapse

        swept(quotations_lapse)
