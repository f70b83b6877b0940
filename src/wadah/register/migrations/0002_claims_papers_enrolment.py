import datetime

import django.db.models.deletion
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models
from django.db.models import F

UNKNOWN_DAY = datetime.date(1900, 1, 1)
"""Stands for "not known" where this migration is undone and the column can't be empty any more."""


def verified_get_their_day(apps, schema_editor):
    """A verified claim has the day of its test piece: that since when it holds; without one it is an attested claim."""
    claims = apps.get_model("register", "WorkshopSkill").objects.filter(claim="verified")
    claims.filter(since__isnull=False).update(attested_on=F("since"))
    claims.filter(since__isnull=True).update(claim="attested")


def certificates_get_a_day(apps, schema_editor):
    apps.get_model("register", "Certificate").objects.filter(issued_on__isnull=True).update(issued_on=UNKNOWN_DAY)


class Migration(migrations.Migration):
    dependencies = [
        ("register", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Enrolment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("started_at", models.DateTimeField()),
                ("changed_at", models.DateTimeField()),
                ("told", models.JSONField(blank=True, default=dict)),
                ("dropped_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "ordering": ["-changed_at", "-id"],
            },
        ),
        migrations.AddField(
            model_name="certificate",
            name="archived_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="expert",
            name="archived_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="expert",
            name="cooperative",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="experts",
                to="register.cooperative",
            ),
        ),
        migrations.AddField(
            model_name="workshopskill",
            name="expert",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="register.expert",
            ),
        ),
        migrations.AddField(
            model_name="holiday",
            name="archived_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="machine",
            name="archived_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="workshop",
            name="confirmed_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="workshopskill",
            name="attested_on",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="workshopskill",
            name="evidence",
            field=models.CharField(blank=True, max_length=240),
        ),
        migrations.AlterField(
            model_name="certificate",
            name="issued_on",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AlterField(
            model_name="certificate",
            name="number",
            field=models.CharField(blank=True, max_length=60),
        ),
        migrations.RunPython(verified_get_their_day, migrations.RunPython.noop),
        migrations.RunPython(migrations.RunPython.noop, certificates_get_a_day),
        migrations.AddConstraint(
            model_name="workshopskill",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("claim", "verified"), _negated=True), ("attested_on__isnull", False), _connector="OR"
                ),
                name="workshopskill_verified_on_a_day",
            ),
        ),
        migrations.AddField(
            model_name="enrolment",
            name="cooperative",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="enrolments", to="register.cooperative"
            ),
        ),
        migrations.AddField(
            model_name="enrolment",
            name="membership",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="enrolment",
                to="register.membership",
            ),
        ),
        migrations.AddField(
            model_name="enrolment",
            name="started_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="expert",
            name="name_key",
            field=models.GeneratedField(
                db_persist=True,
                expression=django.db.models.functions.text.Lower(
                    django.db.models.functions.text.Replace(models.F("name"), models.Value(" "), models.Value(""))
                ),
                output_field=models.CharField(max_length=160),
            ),
        ),
        migrations.AddConstraint(
            model_name="enrolment",
            constraint=models.CheckConstraint(
                condition=models.Q(("membership__isnull", True), ("dropped_at__isnull", True), _connector="OR"),
                name="enrolment_finished_or_dropped",
            ),
        ),
    ]
