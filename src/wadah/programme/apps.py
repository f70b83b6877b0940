"""Django's name for this room."""

from django.apps import AppConfig


class ProgrammeConfig(AppConfig):
    name = "wadah.programme"
    label = "programme"
    verbose_name = "Programme"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from wadah.programme.growth.job import JOB  # noqa: F401 registers the job
        from wadah.programme.packages import bottlenecks, job  # noqa: F401 register their jobs
