"""Django's name for this room, and what it does by itself every hour."""

from django.apps import AppConfig


class WorkConfig(AppConfig):
    name = "wadah.work"
    label = "work"
    verbose_name = "Work"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from wadah.base.jobs import swept
        from wadah.work.services.moves import stock_follow
        from wadah.work.services.offering import offers_sync_all
        from wadah.work.services.offers import offers_lapse
        from wadah.work.services.rolling import promises_roll
        from wadah.work.services.under_way import under_way_follow

        for act in (promises_roll, offers_lapse, offers_sync_all, stock_follow, under_way_follow):
            swept(act)
