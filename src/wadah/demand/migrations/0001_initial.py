import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "__first__"),
        ("catalogue", "0001_initial"),
        ("register", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Buyer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=160, unique=True)),
                (
                    "market",
                    models.CharField(
                        choices=[
                            ("local", "in the city"),
                            ("national", "elsewhere in Indonesia"),
                            ("export", "abroad"),
                        ],
                        max_length=8,
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("factory", "factory"),
                            ("government", "government"),
                            ("school", "school"),
                            ("trader", "trader"),
                            ("other", "other"),
                        ],
                        max_length=10,
                    ),
                ),
                ("simulated", models.BooleanField(default=False)),
                ("source", models.TextField(blank=True)),
            ],
            options={
                "ordering": ["name"],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("name", ""), _negated=True), name="buyer_name_filled"),
                    models.CheckConstraint(
                        condition=models.Q(("market__in", ["local", "national", "export"])), name="buyer_market_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["factory", "government", "school", "trader", "other"])),
                        name="buyer_kind_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Institution",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=40, unique=True)),
                ("name", models.CharField(max_length=160)),
                (
                    "kind",
                    models.CharField(
                        choices=[("school", "school"), ("office", "office"), ("aggregate", "total of several")],
                        max_length=9,
                    ),
                ),
                (
                    "level",
                    models.CharField(
                        choices=[
                            ("sd", "primary school (SD)"),
                            ("smp", "junior secondary school (SMP)"),
                            ("sma", "senior secondary school (SMA)"),
                            ("smk", "vocational school (SMK)"),
                            ("office", "city office"),
                        ],
                        max_length=6,
                    ),
                ),
                ("state", models.BooleanField(blank=True, null=True)),
                ("count", models.PositiveIntegerField(default=1)),
                (
                    "area",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="register.area"
                    ),
                ),
            ],
            options={
                "ordering": ["code"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("code", ""), _negated=True), name="institution_code_filled"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True), name="institution_name_filled"
                    ),
                    models.CheckConstraint(condition=models.Q(("count__gt", 0)), name="institution_count_positive"),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["school", "office", "aggregate"])),
                        name="institution_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("level__in", ["sd", "smp", "sma", "smk", "office"])),
                        name="institution_level_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind", "school"), ("level", "office"), _negated=True),
                        name="institution_school_level",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "office"), _negated=True), ("level", "office"), _connector="OR"
                        ),
                        name="institution_office_level",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Headcount",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "group",
                    models.CharField(
                        choices=[
                            ("pupils", "pupils"),
                            ("teachers", "teachers"),
                            ("staff", "school staff"),
                            ("employees", "city employees"),
                        ],
                        max_length=9,
                    ),
                ),
                ("heads", models.PositiveIntegerField()),
                ("as_of", models.DateField()),
                ("source", models.TextField(blank=True)),
                (
                    "institution",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="headcounts", to="demand.institution"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("group__in", ["pupils", "teachers", "staff", "employees"])),
                        name="headcount_group_known",
                    ),
                    models.UniqueConstraint(fields=("institution", "group", "as_of"), name="headcount_once"),
                ],
            },
        ),
        migrations.CreateModel(
            name="MandateRule",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=40, unique=True)),
                ("name", models.CharField(max_length=160)),
                ("valid_from", models.DateField()),
                ("valid_until", models.DateField(blank=True, null=True)),
                (
                    "applies_to_kind",
                    models.CharField(choices=[("school", "schools"), ("office", "offices")], max_length=6),
                ),
                (
                    "applies_to_level",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("sd", "primary school (SD)"),
                            ("smp", "junior secondary school (SMP)"),
                            ("sma", "senior secondary school (SMA)"),
                            ("smk", "vocational school (SMK)"),
                            ("office", "city office"),
                        ],
                        max_length=6,
                    ),
                ),
                (
                    "applies_to_group",
                    models.CharField(
                        choices=[
                            ("pupils", "pupils"),
                            ("teachers", "teachers"),
                            ("staff", "school staff"),
                            ("employees", "city employees"),
                        ],
                        max_length=9,
                    ),
                ),
                ("applies_to_state", models.BooleanField(blank=True, null=True)),
                ("pieces_per_head_year", models.DecimalField(decimal_places=4, max_digits=8)),
                ("obligation", models.BooleanField()),
                ("source", models.TextField(blank=True)),
                ("note", models.TextField(blank=True)),
            ],
            options={
                "ordering": ["code"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("code", ""), _negated=True), name="mandaterule_code_filled"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True), name="mandaterule_name_filled"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("pieces_per_head_year__gt", 0)),
                        name="mandaterule_pieces_per_head_year_positive",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("applies_to_kind__in", ["school", "office"])),
                        name="mandaterule_applies_to_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("applies_to_level__in", ["sd", "smp", "sma", "smk", "office", ""])),
                        name="mandaterule_applies_to_level_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("applies_to_group__in", ["pupils", "teachers", "staff", "employees"])),
                        name="mandaterule_applies_to_group_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_until__isnull", True), ("valid_until__gte", models.F("valid_from")), _connector="OR"
                        ),
                        name="mandaterule_period",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="MandatePhase",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("valid_from", models.DateField()),
                ("compliance", models.DecimalField(decimal_places=4, max_digits=5)),
                ("assumption", models.TextField()),
                (
                    "rule",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="phases", to="demand.mandaterule"
                    ),
                ),
            ],
            options={
                "ordering": ["rule_id", "valid_from"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("compliance__gte", 0), ("compliance__lte", 1)),
                        name="mandatephase_compliance_share",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("assumption", ""), _negated=True), name="mandatephase_assumption_filled"
                    ),
                    models.UniqueConstraint(fields=("rule", "valid_from"), name="mandatephase_once"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Order",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.CharField(max_length=20, unique=True)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("draft", "draft"),
                            ("confirmed", "confirmed"),
                            ("planned", "planned"),
                            ("closed", "closed"),
                            ("cancelled", "cancelled"),
                        ],
                        default="draft",
                        max_length=9,
                    ),
                ),
                ("ordered_on", models.DateField()),
                ("note", models.TextField(blank=True)),
                ("simulated", models.BooleanField(default=False)),
                (
                    "buyer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="orders", to="demand.buyer"
                    ),
                ),
                (
                    "cooperative",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="register.cooperative"
                    ),
                ),
            ],
            options={
                "ordering": ["-ordered_on", "-number"],
                "indexes": [models.Index(fields=["cooperative", "status"], name="demand_orde_coopera_7443e4_idx")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("number", ""), _negated=True), name="order_number_filled"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ["draft", "confirmed", "planned", "closed", "cancelled"])),
                        name="order_status_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="OrderLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("line_no", models.PositiveSmallIntegerField()),
                ("quantity", models.DecimalField(decimal_places=3, max_digits=14)),
                ("due_on", models.DateField()),
                ("earliest_on", models.DateField(blank=True, null=True)),
                ("price_rupiah_piece", models.BigIntegerField(default=0)),
                ("late_cost_rupiah_piece_week", models.BigIntegerField(blank=True, null=True)),
                ("short_cost_rupiah_piece", models.BigIntegerField(blank=True, null=True)),
                ("partial", models.BooleanField(default=True)),
                ("single_source", models.BooleanField(default=False)),
                (
                    "level",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("sd", "primary school (SD)"),
                            ("smp", "junior secondary school (SMP)"),
                            ("sma", "senior secondary school (SMA)"),
                            ("smk", "vocational school (SMK)"),
                            ("office", "city office"),
                        ],
                        max_length=6,
                    ),
                ),
                (
                    "area",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="register.area",
                    ),
                ),
                (
                    "mandate",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lines",
                        to="demand.mandaterule",
                    ),
                ),
                (
                    "order",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="lines", to="demand.order"
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
                "ordering": ["order_id", "line_no"],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("line_no__gt", 0)), name="orderline_line_no_positive"),
                    models.CheckConstraint(condition=models.Q(("quantity__gt", 0)), name="orderline_quantity_positive"),
                    models.CheckConstraint(
                        condition=models.Q(("price_rupiah_piece__gte", 0)),
                        name="orderline_price_rupiah_piece_not_negative",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("late_cost_rupiah_piece_week__gte", 0)),
                        name="orderline_late_cost_rupiah_piece_week_not_negative",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("short_cost_rupiah_piece__gte", 0)),
                        name="orderline_short_cost_rupiah_piece_not_negative",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("level__in", ["sd", "smp", "sma", "smk", "office", ""])),
                        name="orderline_level_known",
                    ),
                    models.UniqueConstraint(fields=("order", "line_no"), name="orderline_no_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("earliest_on__isnull", True), ("earliest_on__lte", models.F("due_on")), _connector="OR"
                        ),
                        name="orderline_earliest_first",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="BuyerContact",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "buyer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="contacts", to="demand.buyer"
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("buyer", "user"), name="buyercontact_once")],
            },
        ),
    ]
