"""Django's name for this room; what can be imported into it is registered when the rooms stand."""

from django.apps import AppConfig


class CatalogueConfig(AppConfig):
    name = "wadah.catalogue"
    label = "catalogue"
    verbose_name = "Catalogue"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from wadah.catalogue import imports  # noqa: F401 registers the kinds
