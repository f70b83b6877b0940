"""Django's name for this room, and what it does by itself every hour."""

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    name = "wadah.ledger"
    label = "ledger"
    verbose_name = "Ledger"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from wadah.base.jobs import swept
        from wadah.ledger.services.drafts import hand, members, openings, sales, work, years  # noqa: F401 (each registers its rules)
        from wadah.ledger.services.work import work_post_all

        swept(work_post_all)
