import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "__first__"),
        ("base", "0001_jobs_keys_history_counters"),
        ("catalogue", "0001_initial"),
        ("demand", "0001_initial"),
        ("register", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="PlanRun",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("queued", "waiting"),
                            ("running", "planning"),
                            ("draft", "draft"),
                            ("published", "published"),
                            ("superseded", "replaced"),
                            ("discarded", "discarded"),
                            ("failed", "failed"),
                        ],
                        default="queued",
                        max_length=12,
                    ),
                ),
                ("start_on", models.DateField(help_text="Monday of period 0")),
                ("weeks", models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(1)])),
                ("time_limit_seconds", models.PositiveIntegerField(default=60)),
                ("seed", models.PositiveIntegerField(default=0)),
                ("change_cost_rupiah_piece", models.PositiveBigIntegerField(default=0)),
                ("stage", models.CharField(blank=True, max_length=40)),
                ("best_rupiah", models.FloatField(null=True)),
                ("bound_rupiah", models.FloatField(null=True)),
                ("gap", models.FloatField(null=True)),
                ("seconds", models.FloatField(default=0)),
                ("result", models.CharField(blank=True, help_text="status of the plan file", max_length=12)),
                (
                    "stopped",
                    models.CharField(blank=True, help_text="why the planner stopped, or why it failed", max_length=400),
                ),
                ("cost", models.JSONField(default=dict, help_text="rupiah by kind, docs/model.md §11")),
                ("problem_file", models.BinaryField(default=bytes, help_text="wadah-problem/1, gzipped JSON")),
                ("plan_file", models.BinaryField(default=bytes, help_text="wadah-plan/1, gzipped JSON")),
                ("created_at", models.DateTimeField()),
                ("published_at", models.DateTimeField(null=True)),
                (
                    "cooperative",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="register.cooperative"
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "job",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="base.job"
                    ),
                ),
                (
                    "published_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-id"],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("weeks__gte", 1)), name="planrun_weeks"),
                    models.CheckConstraint(
                        condition=models.Q(("time_limit_seconds__gte", 1)), name="planrun_time_limit"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("best_rupiah__isnull", True), ("best_rupiah__gte", 0), _connector="OR"),
                        name="planrun_best_not_negative",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("status", "published")),
                        fields=("cooperative",),
                        name="planrun_one_published",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("status__in", ["queued", "running"])),
                        fields=("cooperative",),
                        name="planrun_one_at_work",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PlannedLot",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("period", models.PositiveSmallIntegerField()),
                ("quantity", models.FloatField()),
                ("hours", models.FloatField(help_text="set-up included")),
                ("pay_rupiah", models.FloatField(help_text="set-up and pieces, as the problem prices them")),
                (
                    "part",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="catalogue.part"
                    ),
                ),
                (
                    "workshop",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="register.workshop"
                    ),
                ),
                (
                    "run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="lots", to="plans.planrun"
                    ),
                ),
            ],
            options={
                "ordering": ["period", "part_id"],
                "constraints": [
                    models.UniqueConstraint(fields=("run", "part", "workshop", "period"), name="plannedlot_once"),
                    models.CheckConstraint(condition=models.Q(("quantity__gt", 0)), name="plannedlot_positive"),
                ],
            },
        ),
        migrations.CreateModel(
            name="PlannedLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("on_time", models.FloatField(default=0)),
                ("late", models.FloatField(default=0)),
                ("short", models.FloatField(default=0)),
                ("last_period", models.SmallIntegerField(help_text="week of the last delivery", null=True)),
                ("due_period", models.SmallIntegerField()),
                ("deliveries", models.JSONField(default=list, help_text="[[period, pieces], …]")),
                ("reasons", models.JSONField(default=list, help_text="planning.explain reasons: code and numbers")),
                (
                    "assigned_to",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="register.workshop"
                    ),
                ),
                (
                    "line",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="demand.orderline"
                    ),
                ),
                (
                    "run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="lines", to="plans.planrun"
                    ),
                ),
            ],
            options={
                "ordering": ["due_period", "line_id"],
                "constraints": [models.UniqueConstraint(fields=("run", "line"), name="plannedline_once")],
            },
        ),
        migrations.CreateModel(
            name="Commitment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("week_start", models.DateField(help_text="Monday")),
                ("pieces", models.DecimalField(decimal_places=3, max_digits=12)),
                (
                    "cooperative",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="register.cooperative"
                    ),
                ),
                (
                    "part",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="catalogue.part"
                    ),
                ),
                (
                    "workshop",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="register.workshop"
                    ),
                ),
            ],
            options={
                "ordering": ["week_start", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("cooperative", "part", "workshop", "week_start"), name="commitment_once"
                    ),
                    models.CheckConstraint(condition=models.Q(("pieces__gt", 0)), name="commitment_positive"),
                ],
            },
        ),
    ]
