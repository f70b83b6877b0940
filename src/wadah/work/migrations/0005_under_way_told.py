from collections import defaultdict
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from django.db import migrations

NONE, PLACES = Decimal(0), Decimal("0.001")


def tell(apps, _schema):
    """What was brought of promises, and what waits, is being mended or lies at workshops, told to plans (W5, W14)."""
    brought(apps)
    lots(apps)
    material(apps)


def in_work(row):
    return max(NONE, row.pieces - row.given_up - row.handed_over)


def brought(apps):
    """In each week, all that is promised but what its work orders still have in work."""
    left = defaultdict(lambda: NONE)
    for row in apps.get_model("work", "WorkOrder").objects.exclude(kind="trial"):
        left[row.cooperative_id, row.part_id, row.workshop_id, row.week_start] += in_work(row)
    for row in apps.get_model("plans", "Commitment").objects.all():
        key = row.cooperative_id, row.part_id, row.workshop_id, row.week_start
        row.handed_over = max(NONE, row.pieces - left[key])
        row.save(update_fields=["handed_over"])


def lots(apps):
    under_way = apps.get_model("plans", "UnderWay")
    for lot in apps.get_model("work", "Lot").objects.exclude(work_order__kind="trial"):
        if lot.waiting + lot.rework > 0:
            under_way.objects.create(
                cooperative_id=lot.cooperative_id,
                part_id=lot.part_id,
                source=lot.number,
                pieces=lot.waiting + lot.rework,
            )


def material(apps):
    each = {
        (row.parent_id, row.component_id): row.quantity for row in apps.get_model("catalogue", "BomLine").objects.all()
    }
    kept = defaultdict(lambda: NONE)
    for issue in apps.get_model("work", "MaterialIssue").objects.select_related("lot"):
        kept[issue.work_order_id, issue.lot.part_id] += issue.pieces - issue.returned - issue.scrapped
    orders = apps.get_model("work", "WorkOrder").objects.exclude(kind="trial").in_bulk({order for order, _part in kept})
    for (key, part), pieces in kept.items():
        row = orders.get(key)
        if row is None or in_work(row) == 0:
            continue
        per_piece = each.get((row.part_id, part), NONE)
        there = max(NONE, pieces - (row.handed_over * per_piece).quantize(PLACES, ROUND_FLOOR))
        count = min(there, (in_work(row) * per_piece).quantize(PLACES, ROUND_CEILING))
        if count > 0:
            apps.get_model("plans", "UnderWay").objects.create(
                cooperative_id=row.cooperative_id, part_id=part, source=row.number, pieces=count
            )


class Migration(migrations.Migration):
    dependencies = [
        ("catalogue", "0003_rates_in_amounts"),
        ("plans", "0006_what_is_under_way"),
        ("work", "0004_check_codes_of_quality"),
    ]

    operations = [migrations.RunPython(tell, migrations.RunPython.noop)]
