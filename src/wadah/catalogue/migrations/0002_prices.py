"""Rates say what each amount is for; parts can be put away; dated prices and terms.

Forward: the cost of a piece, of which no split was kept, becomes pay whole; the cost of a set-up becomes the trip where
the rate is simulated (the examples' tables say that it is one) and pay for setting up elsewhere. Where the split isn't
known, the rate's source says so. Backward: the amounts are added up again.
"""

from __future__ import annotations

from django.db import migrations, models
from django.db.models import Case, F, Q, Value, When
from django.db.models.functions import Concat

UNSPLIT = "Pembagian upah, bahan, dan angkutan tidak diketahui: seluruhnya dicatat sebagai upah."


def amounts_split(apps, schema_editor):
    rates = apps.get_model("catalogue", "Rate").objects.using(schema_editor.connection.alias)
    rates.update(pay_rupiah_piece=F("cost_rupiah_piece"))
    rates.filter(simulated=True).update(transport_rupiah_trip=F("setup_cost_rupiah"))
    known = rates.filter(simulated=False)
    known.update(setup_pay_rupiah=F("setup_cost_rupiah"))
    known.filter(Q(cost_rupiah_piece__gt=0) | Q(setup_cost_rupiah__gt=0)).update(
        source=Case(
            When(source="", then=Value(UNSPLIT)),
            default=Concat("source", Value(f" {UNSPLIT}"), output_field=models.TextField()),
            output_field=models.TextField(),
        )
    )


def amounts_join(apps, schema_editor):
    rates = apps.get_model("catalogue", "Rate").objects.using(schema_editor.connection.alias)
    rates.update(
        cost_rupiah_piece=F("pay_rupiah_piece") + F("material_rupiah_piece") + F("transport_rupiah_piece"),
        setup_cost_rupiah=F("setup_pay_rupiah") + F("transport_rupiah_trip"),
    )


def amount(name):
    return migrations.AddField("rate", name, models.BigIntegerField(default=0))


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0001_initial"), ("register", "0001_initial")]

    operations = [
        migrations.RemoveConstraint("rate", "rate_setup_cost_rupiah_not_negative"),
        migrations.RemoveConstraint("rate", "rate_cost_rupiah_piece_not_negative"),
        amount("pay_rupiah_piece"),
        amount("setup_pay_rupiah"),
        amount("material_rupiah_piece"),
        amount("transport_rupiah_piece"),
        amount("transport_rupiah_trip"),
        migrations.AddField("part", "archived_at", models.DateTimeField(blank=True, null=True)),
        migrations.RunPython(amounts_split, amounts_join),
    ]
