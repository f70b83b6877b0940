"""Since when a room or tool is shared; those that are there already count from now on."""

import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("forum", "0001_tables")]

    operations = [
        migrations.AddField(
            model_name="resource",
            name="created_at",
            field=models.DateTimeField(default=django.utils.timezone.now),
            preserve_default=False,
        ),
    ]
