"""Django's name for this room."""

from django.apps import AppConfig


class ForumConfig(AppConfig):
    name = "wadah.forum"
    label = "forum"
    verbose_name = "Forum"
    default_auto_field = "django.db.models.BigAutoField"
