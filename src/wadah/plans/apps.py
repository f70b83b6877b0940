"""Django's name for this room; its background work is registered when the rooms stand."""

from django.apps import AppConfig


class PlansConfig(AppConfig):
    name = "wadah.plans"
    label = "plans"
    verbose_name = "Plans"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from wadah.base.jobs import swept
        from wadah.plans import run  # noqa: F401 registers the job
        from wadah.plans.answers import job  # noqa: F401 registers the job
        from wadah.plans.edits import job as edits_job  # noqa: F401 registers the job
        from wadah.plans.outputs.job import JOB  # noqa: F401 registers the job
        from wadah.plans.outputs.services import outputs_refresh
        from wadah.plans.repairing import job as repairing_job  # noqa: F401 registers the job

        swept(outputs_refresh)
