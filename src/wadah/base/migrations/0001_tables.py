from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [("base", "0001_jobs_keys_history_counters"), ("base", "0002_imports"), ("base", "0003_attachments")]

    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Attachment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("content", models.BinaryField()),
                ("media_type", models.CharField(max_length=40)),
                ("name", models.CharField(blank=True, max_length=120)),
                ("digest", models.CharField(help_text="SHA-256 of the content", max_length=64)),
                ("user_id", models.BigIntegerField(null=True)),
                ("user_name", models.CharField(blank=True, max_length=120)),
                ("at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="IdempotencyKey",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=64, unique=True)),
                ("user_id", models.BigIntegerField(null=True)),
                ("route", models.CharField(max_length=200)),
                ("body_hash", models.CharField(max_length=64)),
                ("receipt", models.JSONField(default=dict)),
                ("created_at", models.DateTimeField(db_index=True)),
            ],
        ),
        migrations.CreateModel(
            name="Throttle",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=64, unique=True)),
                ("since", models.DateTimeField(db_index=True)),
                ("count", models.PositiveIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name="Change",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                ("user_id", models.BigIntegerField(null=True)),
                ("user_name", models.CharField(blank=True, max_length=120)),
                ("on_behalf_of", models.CharField(blank=True, max_length=120)),
                ("act", models.CharField(max_length=80)),
                ("object_kind", models.CharField(max_length=80)),
                ("object_id", models.CharField(max_length=64)),
                ("fields", models.JSONField(default=dict)),
                ("reason", models.TextField(blank=True)),
            ],
            options={
                "ordering": ["id"],
                "indexes": [models.Index(fields=["object_kind", "object_id"], name="change_of_an_object")],
            },
        ),
        migrations.CreateModel(
            name="Counter",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=40)),
                ("year", models.PositiveSmallIntegerField()),
                ("last", models.PositiveIntegerField(default=0)),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("kind", "year"), name="counter_kind_year")],
            },
        ),
        migrations.CreateModel(
            name="ImportBatch",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=40)),
                ("cooperative_id", models.BigIntegerField()),
                ("user_id", models.BigIntegerField()),
                ("user_name", models.CharField(max_length=120)),
                ("file_name", models.CharField(max_length=120)),
                ("content", models.BinaryField()),
                ("digest", models.CharField(max_length=64)),
                ("layout", models.JSONField(default=dict)),
                ("corrections", models.JSONField(default=dict)),
                ("preview", models.JSONField(default=dict)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("open", "Open"),
                            ("working", "Working"),
                            ("done", "Done"),
                            ("cancelled", "Cancelled"),
                        ],
                        default="open",
                        max_length=9,
                    ),
                ),
                ("job_id", models.BigIntegerField(blank=True, null=True)),
                ("number", models.CharField(blank=True, max_length=20, null=True, unique=True)),
                ("effects", models.JSONField(default=list)),
                ("error", models.TextField(blank=True)),
                ("created_at", models.DateTimeField()),
                ("done_at", models.DateTimeField(blank=True, null=True)),
                ("cancelled_at", models.DateTimeField(blank=True, null=True)),
                ("cancelled_by", models.CharField(blank=True, max_length=120)),
            ],
            options={
                "ordering": ["-id"],
                "indexes": [models.Index(fields=["cooperative_id", "status"], name="import_of_a_cooperative")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("number__isnull", True), ("status__in", ["open", "working"])),
                            models.Q(
                                ("done_at__isnull", False),
                                ("number__isnull", False),
                                ("status__in", ["done", "cancelled"]),
                            ),
                            _connector="OR",
                        ),
                        name="import_done_has_a_number",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ImportMatch",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=40)),
                ("cooperative_id", models.BigIntegerField()),
                ("headings", models.CharField(max_length=64)),
                ("columns", models.JSONField(default=dict)),
                ("fixed", models.JSONField(default=dict)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("kind", "cooperative_id", "headings"), name="importmatch_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Job",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=80)),
                ("payload", models.JSONField(default=dict)),
                ("key", models.CharField(blank=True, max_length=120, null=True, unique=True)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("queued", "Queued"),
                            ("running", "Running"),
                            ("done", "Done"),
                            ("failed", "Failed"),
                            ("stopped", "Stopped"),
                        ],
                        default="queued",
                        max_length=8,
                    ),
                ),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("worker", models.CharField(blank=True, max_length=80)),
                ("stop_asked", models.BooleanField(default=False)),
                ("progress", models.JSONField(default=dict)),
                ("result", models.JSONField(blank=True, null=True)),
                ("error", models.TextField(blank=True)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("started_at", models.DateTimeField(blank=True, null=True)),
                ("heartbeat_at", models.DateTimeField(blank=True, null=True)),
                ("finished_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "ordering": ["id"],
                "indexes": [models.Index(fields=["status", "heartbeat_at"], name="job_waiting")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "running"), _negated=True),
                            models.Q(models.Q(("worker", ""), _negated=True), ("heartbeat_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="job_running_has_a_worker",
                    )
                ],
            },
        ),
    ]
