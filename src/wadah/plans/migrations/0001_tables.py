import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [
        ("plans", "0001_initial"),
        ("plans", "0002_plan_edits"),
        ("plans", "0003_promised_minutes"),
        ("plans", "0004_outputs_of_parts"),
        ("plans", "0005_promises_read"),
        ("plans", "0006_what_is_under_way"),
    ]

    initial = True

    dependencies = [
        ("accounts", "0001_tables"),
        ("base", "0001_tables"),
        ("catalogue", "0001_tables"),
        ("demand", "0001_tables"),
        ("register", "0001_tables"),
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
                (
                    "promises_read_at",
                    models.DateTimeField(help_text="members' promises up to this moment are in the plan", null=True),
                ),
                (
                    "stock_read_at",
                    models.DateTimeField(
                        help_text="what was handed over up to this moment lies in its stock, not in its lots (work.md W14)",
                        null=True,
                    ),
                ),
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
                    "based_on",
                    models.ForeignKey(
                        help_text="the plan that was edited or mended",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="plans.planrun",
                    ),
                ),
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
                ("promised", models.FloatField(default=0, help_text="pieces, up to the run's promises_read_at")),
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
                (
                    "from_stock",
                    models.FloatField(
                        default=0, help_text="pieces at hand that its problem doesn't ask for (work.md W14)"
                    ),
                ),
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
            name="PlanEdit",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("pin", "keep a lot"),
                            ("forbid", "not this part there"),
                            ("out", "workshop away"),
                            ("move", "move a lot"),
                        ],
                        max_length=6,
                    ),
                ),
                ("first_period", models.PositiveSmallIntegerField()),
                ("last_period", models.PositiveSmallIntegerField(help_text="included")),
                ("quantity", models.FloatField(help_text="pieces, of a move", null=True)),
                ("to_period", models.PositiveSmallIntegerField(null=True)),
                ("made_at", models.DateTimeField()),
                ("undone_at", models.DateTimeField(help_text="taken back; it can be brought back", null=True)),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "part",
                    models.ForeignKey(
                        help_text="none: all of them (out)",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="catalogue.part",
                    ),
                ),
                (
                    "to_workshop",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="register.workshop"
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
                        on_delete=django.db.models.deletion.CASCADE, related_name="edits", to="plans.planrun"
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("last_period__gte", models.F("first_period"))), name="planedit_periods"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("part__isnull", False), ("kind", "out"), _connector="OR"),
                        name="planedit_part",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("kind", "move"),
                                ("quantity__gt", 0),
                                ("to_period__isnull", False),
                                ("to_workshop__isnull", False),
                            ),
                            models.Q(
                                models.Q(("kind", "move"), _negated=True),
                                ("quantity", None),
                                ("to_period", None),
                                ("to_workshop", None),
                            ),
                            _connector="OR",
                        ),
                        name="planedit_move",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PlanAnswer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "question",
                    models.CharField(
                        choices=[("edits", "Edits"), ("ways", "Ways"), ("repair", "Repair")], max_length=6
                    ),
                ),
                ("about", models.CharField(max_length=120)),
                ("result", models.JSONField(null=True)),
                ("plans_file", models.BinaryField(default=bytes)),
                ("asked_at", models.DateTimeField()),
                (
                    "asked_by",
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
                    "run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="answers", to="plans.planrun"
                    ),
                ),
            ],
            options={
                "ordering": ["-id"],
                "constraints": [models.UniqueConstraint(fields=("run", "question", "about"), name="plananswer_once")],
            },
        ),
        migrations.CreateModel(
            name="PartOutput",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("week_on", models.DateField(help_text="Monday")),
                ("week_quantity", models.FloatField()),
                ("week_bound", models.FloatField()),
                ("month_until", models.DateField(help_text="Sunday", null=True)),
                ("month_quantity", models.FloatField(null=True)),
                ("month_bound", models.FloatField(null=True)),
                ("worked_out_at", models.DateTimeField()),
                (
                    "cooperative",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="register.cooperative"
                    ),
                ),
                (
                    "part",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="catalogue.part"
                    ),
                ),
                (
                    "run",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="plans.planrun"
                    ),
                ),
            ],
            options={
                "ordering": ["cooperative_id", "part_id"],
                "constraints": [
                    models.UniqueConstraint(fields=("cooperative", "part"), name="partoutput_once"),
                    models.CheckConstraint(
                        condition=models.Q(("week_bound__gte", models.F("week_quantity")), ("week_quantity__gte", 0)),
                        name="partoutput_week",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("month_bound__isnull", True),
                                ("month_quantity__isnull", True),
                                ("month_until__isnull", True),
                            ),
                            models.Q(
                                ("month_bound__gte", models.F("month_quantity")),
                                ("month_quantity__gte", 0),
                                ("month_until__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="partoutput_month",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="UnderWay",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("source", models.CharField(max_length=20)),
                ("pieces", models.DecimalField(decimal_places=3, max_digits=14)),
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
            ],
            options={
                "ordering": ["source", "id"],
                "indexes": [models.Index(fields=["cooperative", "part"], name="underway_of_a_part")],
                "constraints": [
                    models.UniqueConstraint(fields=("source", "part"), name="underway_once"),
                    models.CheckConstraint(condition=models.Q(("pieces__gt", 0)), name="underway_positive"),
                ],
            },
        ),
        migrations.CreateModel(
            name="CapacityBucket",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("week_start", models.DateField(help_text="Monday")),
                ("promised_minutes", models.PositiveIntegerField(default=0)),
                ("most_minutes", models.PositiveIntegerField(default=0)),
                (
                    "workshop",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="register.workshop"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("workshop", "week_start"), name="capacitybucket_once"),
                    models.CheckConstraint(
                        condition=models.Q(("promised_minutes__lte", models.F("most_minutes"))),
                        name="capacitybucket_never_oversold",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Commitment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("week_start", models.DateField(help_text="Monday")),
                ("pieces", models.DecimalField(decimal_places=3, max_digits=12)),
                ("minutes", models.PositiveIntegerField(default=0)),
                ("handed_over", models.DecimalField(decimal_places=3, default=0, max_digits=12)),
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
                "indexes": [models.Index(fields=["workshop", "week_start"], name="commitment_of_a_week")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("cooperative", "part", "workshop", "week_start"), name="commitment_once"
                    ),
                    models.CheckConstraint(condition=models.Q(("pieces__gt", 0)), name="commitment_positive"),
                    models.CheckConstraint(
                        condition=models.Q(("handed_over__gte", 0), ("handed_over__lte", models.F("pieces"))),
                        name="commitment_handed_over_of_it",
                    ),
                ],
            },
        ),
    ]
