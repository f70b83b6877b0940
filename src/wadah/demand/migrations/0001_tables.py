import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import wadah.demand.rules.papers


class Migration(migrations.Migration):
    replaces = [
        ("demand", "0001_initial"),
        ("demand", "0002_requests_and_quotations"),
        ("demand", "0003_buyers_of_cooperatives"),
        ("demand", "0004_answers_by_phone"),
        ("demand", "0005_handed_over"),
    ]

    initial = True

    dependencies = [
        ("accounts", "0001_tables"),
        ("catalogue", "0001_tables"),
        ("register", "0001_tables"),
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
                ("address", models.TextField(blank=True)),
                ("archived_at", models.DateTimeField(blank=True, null=True)),
                ("cooperatives", models.ManyToManyField(blank=True, related_name="+", to="register.cooperative")),
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
            name="Request",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.CharField(max_length=20, unique=True)),
                ("received_on", models.DateField()),
                (
                    "channel",
                    models.CharField(
                        choices=[
                            ("form", "by form"),
                            ("excel", "from Excel"),
                            ("text", "by message"),
                            ("phone", "by phone"),
                            ("letter", "by letter"),
                        ],
                        max_length=6,
                    ),
                ),
                ("note", models.TextField(blank=True)),
                ("text", models.TextField(blank=True)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("open", "open"),
                            ("quoted", "quoted"),
                            ("accepted", "accepted"),
                            ("declined", "declined"),
                            ("lapsed", "lapsed"),
                            ("withdrawn", "withdrawn"),
                        ],
                        default="open",
                        max_length=9,
                    ),
                ),
                ("answer", models.TextField(blank=True)),
                ("simulated", models.BooleanField(default=False)),
                (
                    "buyer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="requests", to="demand.buyer"
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
                "ordering": ["-received_on", "-number"],
                "indexes": [models.Index(fields=["cooperative", "status"], name="request_of_a_cooperative")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("number", ""), _negated=True), name="request_number_filled"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("channel__in", ["form", "excel", "text", "phone", "letter"])),
                        name="request_channel_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("status__in", ["open", "quoted", "accepted", "declined", "lapsed", "withdrawn"])
                        ),
                        name="request_status_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Quotation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.CharField(max_length=20, unique=True)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("draft", "draft"),
                            ("sent", "sent"),
                            ("accepted", "accepted"),
                            ("declined", "declined"),
                            ("lapsed", "lapsed"),
                            ("withdrawn", "withdrawn"),
                        ],
                        default="draft",
                        max_length=9,
                    ),
                ),
                ("valid_until", models.DateField()),
                ("reserves_hours", models.BooleanField(default=False)),
                ("margin_percent", models.DecimalField(decimal_places=2, max_digits=6)),
                ("late_penalty_percent_week", models.DecimalField(decimal_places=3, max_digits=6)),
                ("late_penalty_cap_percent", models.DecimalField(decimal_places=3, max_digits=6)),
                ("note", models.TextField(blank=True)),
                ("sent_at", models.DateTimeField(blank=True, null=True)),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                (
                    "answered_how",
                    models.CharField(
                        blank=True,
                        choices=[("page", "on the page"), ("letter", "by letter"), ("phone", "by phone")],
                        max_length=6,
                    ),
                ),
                ("answered_by", models.CharField(blank=True, max_length=120)),
                ("letter_reference", models.CharField(blank=True, max_length=80)),
                ("letter_on", models.DateField(blank=True, null=True)),
                ("reason", models.TextField(blank=True)),
                ("check_code", models.CharField(default=wadah.demand.rules.papers.check_code_new, max_length=12)),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="quotations", to="demand.request"
                    ),
                ),
            ],
            options={
                "ordering": ["-number"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("number", ""), _negated=True), name="quotation_number_filled"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("margin_percent__gte", 0)), name="quotation_margin_percent_not_negative"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("late_penalty_percent_week__gte", 0)),
                        name="quotation_late_penalty_percent_week_not_negative",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("late_penalty_cap_percent__gte", 0)),
                        name="quotation_late_penalty_cap_percent_not_negative",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("status__in", ["draft", "sent", "accepted", "declined", "lapsed", "withdrawn"])
                        ),
                        name="quotation_status_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("answered_how__in", ["page", "letter", "phone", ""])),
                        name="quotation_answered_how_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status__in", ["sent", "accepted", "declined", "lapsed"]), _negated=True),
                            ("sent_at__isnull", False),
                            _connector="OR",
                        ),
                        name="quotation_sent_before_answered",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "accepted"), _negated=True),
                            models.Q(("answered_at__isnull", False), models.Q(("answered_by", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="quotation_accepted_by_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answered_how__in", ["letter", "phone"]), _negated=True),
                            models.Q(models.Q(("letter_reference", ""), _negated=True), ("letter_on__isnull", False)),
                            _connector="OR",
                        ),
                        name="quotation_letter_named",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("status", "sent")), fields=("request",), name="quotation_one_sent"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("status", "accepted")), fields=("request",), name="quotation_one_accepted"
                    ),
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
                            ("reserved", "reserved"),
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
                ("check_code", models.CharField(default=wadah.demand.rules.papers.check_code_new, max_length=12)),
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
                (
                    "quotation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="orders",
                        to="demand.quotation",
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
                        condition=models.Q(
                            ("status__in", ["draft", "reserved", "confirmed", "planned", "closed", "cancelled"])
                        ),
                        name="order_status_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "reserved"), _negated=True),
                            ("quotation__isnull", False),
                            _connector="OR",
                        ),
                        name="order_reserved_by_a_quotation",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("status", "cancelled"), _negated=True),
                        fields=("quotation",),
                        name="order_one_a_quotation",
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
                ("handed_over", models.DecimalField(decimal_places=3, default=0, max_digits=14)),
                ("due_on", models.DateField()),
                ("earliest_on", models.DateField(blank=True, null=True)),
                ("promised_on", models.DateField(blank=True, null=True)),
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
                    models.CheckConstraint(
                        condition=models.Q(("handed_over__gte", 0)), name="orderline_handed_over_not_negative"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("handed_over__lte", models.F("quantity"))),
                        name="orderline_not_handed_over_twice",
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
            name="QuotationVariant",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=1)),
                ("label", models.CharField(max_length=120)),
                ("reserved", models.BooleanField(default=False)),
                ("chosen", models.BooleanField(default=False)),
                (
                    "quotation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="variants", to="demand.quotation"
                    ),
                ),
            ],
            options={
                "ordering": ["quotation_id", "code"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("code", ""), _negated=True), name="quotationvariant_code_filled"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("label", ""), _negated=True), name="quotationvariant_label_filled"
                    ),
                    models.UniqueConstraint(fields=("quotation", "code"), name="quotationvariant_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("chosen", True)), fields=("quotation",), name="quotationvariant_one_chosen"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="QuotationLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("line_no", models.PositiveSmallIntegerField()),
                ("quantity", models.DecimalField(decimal_places=3, max_digits=14)),
                ("promised_on", models.DateField()),
                ("price_rupiah_piece", models.BigIntegerField()),
                ("late_penalty_rupiah_piece_week", models.BigIntegerField()),
                ("short_cost_rupiah_piece", models.BigIntegerField()),
                ("partial", models.BooleanField(default=True)),
                ("cost", models.JSONField(blank=True, default=list)),
                (
                    "sure",
                    models.CharField(choices=[("proven", "proven"), ("found", "found")], default="found", max_length=6),
                ),
                (
                    "part",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="catalogue.part"
                    ),
                ),
                (
                    "variant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="lines", to="demand.quotationvariant"
                    ),
                ),
            ],
            options={
                "ordering": ["variant_id", "line_no"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("line_no__gt", 0)), name="quotationline_line_no_positive"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("quantity__gt", 0)), name="quotationline_quantity_positive"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("price_rupiah_piece__gte", 0)),
                        name="quotationline_price_rupiah_piece_not_negative",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("late_penalty_rupiah_piece_week__gte", 0)),
                        name="quotationline_late_penalty_rupiah_piece_week_not_negative",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("short_cost_rupiah_piece__gte", 0)),
                        name="quotationline_short_cost_rupiah_piece_not_negative",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("sure__in", ["proven", "found"])), name="quotationline_sure_known"
                    ),
                    models.UniqueConstraint(fields=("variant", "line_no"), name="quotationline_no_once"),
                ],
            },
        ),
        migrations.CreateModel(
            name="RequestLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("line_no", models.PositiveSmallIntegerField()),
                ("text", models.CharField(max_length=200)),
                ("quantity", models.DecimalField(decimal_places=3, max_digits=14)),
                ("wanted_on", models.DateField()),
                (
                    "part",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="catalogue.part",
                    ),
                ),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="lines", to="demand.request"
                    ),
                ),
            ],
            options={
                "ordering": ["request_id", "line_no"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("text", ""), _negated=True), name="requestline_text_filled"
                    ),
                    models.CheckConstraint(condition=models.Q(("line_no__gt", 0)), name="requestline_line_no_positive"),
                    models.CheckConstraint(
                        condition=models.Q(("quantity__gt", 0)), name="requestline_quantity_positive"
                    ),
                    models.UniqueConstraint(fields=("request", "line_no"), name="requestline_no_once"),
                ],
            },
        ),
    ]
