import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [
        ("catalogue", "0001_initial"),
        ("catalogue", "0002_prices"),
        ("catalogue", "0003_rates_in_amounts"),
        ("catalogue", "0004_price_of_an_extra_hour"),
        ("catalogue", "0005_certificates_of_parts"),
    ]

    initial = True

    dependencies = [
        ("register", "0001_tables"),
    ]

    operations = [
        migrations.CreateModel(
            name="Motif",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=80, unique=True)),
                (
                    "aspect",
                    models.CharField(
                        choices=[
                            ("flora", "plants"),
                            ("fauna", "animals"),
                            ("colour", "colours"),
                            ("history", "history"),
                            ("culture", "culture"),
                        ],
                        max_length=10,
                    ),
                ),
                ("holder", models.CharField(max_length=120)),
                (
                    "right_kind",
                    models.CharField(
                        choices=[
                            ("copyright", "copyright"),
                            ("traditional", "traditional cultural expression"),
                            ("design", "industrial design"),
                        ],
                        max_length=12,
                    ),
                ),
                ("right_number", models.CharField(blank=True, max_length=40)),
                ("right_date", models.DateField(blank=True, null=True)),
                ("note", models.TextField(blank=True)),
            ],
            options={
                "ordering": ["name"],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("name", ""), _negated=True), name="motif_name_filled"),
                    models.CheckConstraint(
                        condition=models.Q(("holder", ""), _negated=True), name="motif_holder_filled"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("aspect__in", ["flora", "fauna", "colour", "history", "culture"])),
                        name="motif_aspect_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("right_kind__in", ["copyright", "traditional", "design"])),
                        name="motif_right_kind_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Part",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=80, unique=True)),
                ("name", models.CharField(max_length=120)),
                ("name_en", models.CharField(blank=True, max_length=120)),
                (
                    "unit",
                    models.CharField(
                        choices=[("piece", "piece"), ("hour", "hour"), ("metre", "metre"), ("kg", "kg")],
                        default="piece",
                        max_length=5,
                    ),
                ),
                ("integer", models.BooleanField(default=True)),
                (
                    "supply",
                    models.CharField(
                        choices=[("made", "made by members"), ("bought", "bought")], default="made", max_length=6
                    ),
                ),
                ("supply_reason", models.CharField(blank=True, max_length=240)),
                ("supply_reason_en", models.CharField(blank=True, max_length=240)),
                ("pack_size", models.DecimalField(blank=True, decimal_places=3, max_digits=12, null=True)),
                ("lead_time_weeks", models.PositiveSmallIntegerField(default=0)),
                ("holding_cost_rupiah", models.BigIntegerField(default=0)),
                ("shelf_life_weeks", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("max_share", models.DecimalField(decimal_places=4, default=1, max_digits=5)),
                ("min_sources", models.PositiveSmallIntegerField(default=1)),
                ("service", models.BooleanField(default=False)),
                ("source", models.TextField(blank=True)),
                ("archived_at", models.DateTimeField(blank=True, null=True)),
                (
                    "motif",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="parts",
                        to="catalogue.motif",
                    ),
                ),
                (
                    "routed_from",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="stages",
                        to="catalogue.part",
                    ),
                ),
                (
                    "skill",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="register.skill",
                    ),
                ),
                (
                    "subsector",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="register.subsector"
                    ),
                ),
            ],
            options={
                "ordering": ["code"],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("code", ""), _negated=True), name="part_code_filled"),
                    models.CheckConstraint(condition=models.Q(("name", ""), _negated=True), name="part_name_filled"),
                    models.CheckConstraint(
                        condition=models.Q(("holding_cost_rupiah__gte", 0)),
                        name="part_holding_cost_rupiah_not_negative",
                    ),
                    models.CheckConstraint(condition=models.Q(("pack_size__gt", 0)), name="part_pack_size_positive"),
                    models.CheckConstraint(
                        condition=models.Q(("min_sources__gt", 0)), name="part_min_sources_positive"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("unit__in", ["piece", "hour", "metre", "kg"])), name="part_unit_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("supply__in", ["made", "bought"])), name="part_supply_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("max_share__gt", 0), ("max_share__lte", 1)), name="part_max_share_share"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("service", False), models.Q(("integer", False), ("unit", "hour")), _connector="OR"
                        ),
                        name="part_service",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("pack_size__isnull", True), ("supply", "bought"), _connector="OR"),
                        name="part_packs_bought",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="MaterialPrice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("valid_from", models.DateField()),
                ("price_rupiah", models.BigIntegerField()),
                ("quantity", models.DecimalField(decimal_places=3, default=1, max_digits=12)),
                ("source", models.CharField(max_length=200)),
                ("simulated", models.BooleanField(default=False)),
                (
                    "cooperative",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="register.cooperative"
                    ),
                ),
                (
                    "part",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="prices", to="catalogue.part"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("source", ""), _negated=True), name="materialprice_source_filled"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("price_rupiah__gte", 0)), name="materialprice_price_rupiah_not_negative"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("quantity__gt", 0)), name="materialprice_quantity_positive"
                    ),
                    models.UniqueConstraint(fields=("cooperative", "part", "valid_from"), name="materialprice_once"),
                ],
            },
        ),
        migrations.CreateModel(
            name="HubStock",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("as_of", models.DateField()),
                ("quantity", models.DecimalField(decimal_places=3, max_digits=14)),
                (
                    "cooperative",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="register.cooperative"
                    ),
                ),
                (
                    "part",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="stock", to="catalogue.part"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("quantity__gte", 0)), name="hubstock_quantity_not_negative"
                    ),
                    models.UniqueConstraint(fields=("cooperative", "part", "as_of"), name="hubstock_once"),
                ],
            },
        ),
        migrations.CreateModel(
            name="BomLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("quantity", models.DecimalField(decimal_places=6, max_digits=14)),
                (
                    "component",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="used_in", to="catalogue.part"
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="bom", to="catalogue.part"
                    ),
                ),
            ],
            options={
                "ordering": ["parent_id", "id"],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("quantity__gt", 0)), name="bomline_quantity_positive"),
                    models.UniqueConstraint(fields=("parent", "component"), name="bomline_once"),
                    models.CheckConstraint(
                        condition=models.Q(("parent", models.F("component")), _negated=True), name="bomline_not_itself"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Approval",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("trial", "trial lot"),
                            ("approved", "approved"),
                            ("suspended", "suspended"),
                            ("withdrawn", "withdrawn"),
                        ],
                        max_length=9,
                    ),
                ),
                ("valid_from", models.DateField()),
                ("valid_until", models.DateField(blank=True, null=True)),
                ("by", models.CharField(blank=True, max_length=120)),
                ("note", models.TextField(blank=True)),
                (
                    "workshop",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="register.workshop"
                    ),
                ),
                (
                    "part",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="approvals", to="catalogue.part"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["workshop", "status"], name="catalogue_a_worksho_77e3b5_idx")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ["trial", "approved", "suspended", "withdrawn"])),
                        name="approval_status_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_until__isnull", True), ("valid_until__gte", models.F("valid_from")), _connector="OR"
                        ),
                        name="approval_period",
                    ),
                    models.UniqueConstraint(fields=("part", "workshop", "status", "valid_from"), name="approval_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("status", "approved"), ("valid_until__isnull", True)),
                        fields=("part", "workshop"),
                        name="approval_one_open",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PartCertificate",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("halal", "halal"),
                            ("pirt", "home food industry (PIRT)"),
                            ("sni", "national standard (SNI)"),
                            ("other", "other"),
                        ],
                        max_length=8,
                    ),
                ),
                (
                    "part",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="certificates", to="catalogue.part"
                    ),
                ),
            ],
            options={
                "ordering": ["part", "kind"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind", ""), _negated=True), name="partcertificate_kind_filled"
                    ),
                    models.UniqueConstraint(fields=("part", "kind"), name="partcertificate_once"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Rate",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("valid_from", models.DateField()),
                ("valid_until", models.DateField(blank=True, null=True)),
                ("minutes_per_piece", models.DecimalField(decimal_places=4, max_digits=12)),
                ("setup_minutes", models.DecimalField(decimal_places=2, default=0, max_digits=9)),
                ("setup_pay_rupiah", models.BigIntegerField(default=0)),
                ("pay_rupiah_piece", models.BigIntegerField(default=0)),
                (
                    "material_by",
                    models.CharField(
                        choices=[("cooperative", "the cooperative"), ("member", "the member"), ("buyer", "the buyer")],
                        default="cooperative",
                        max_length=11,
                    ),
                ),
                ("material_rupiah_piece", models.BigIntegerField(default=0)),
                ("transport_rupiah_piece", models.BigIntegerField(default=0)),
                ("transport_rupiah_trip", models.BigIntegerField(default=0)),
                ("lot_quantity_min", models.DecimalField(decimal_places=3, default=0, max_digits=14)),
                ("quantity_max_week", models.DecimalField(blank=True, decimal_places=3, max_digits=14, null=True)),
                ("yield_rate", models.DecimalField(decimal_places=5, default=1, max_digits=6)),
                ("source", models.TextField(blank=True)),
                ("simulated", models.BooleanField(default=False)),
                (
                    "part",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="rates", to="catalogue.part"
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
                "indexes": [models.Index(fields=["workshop", "valid_from"], name="catalogue_r_worksho_dc42f4_idx")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("minutes_per_piece__gte", 0)), name="rate_minutes_per_piece_not_negative"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("setup_minutes__gte", 0)), name="rate_setup_minutes_not_negative"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("setup_pay_rupiah__gte", 0)), name="rate_setup_pay_rupiah_not_negative"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("pay_rupiah_piece__gte", 0)), name="rate_pay_rupiah_piece_not_negative"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("material_rupiah_piece__gte", 0)),
                        name="rate_material_rupiah_piece_not_negative",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("transport_rupiah_piece__gte", 0)),
                        name="rate_transport_rupiah_piece_not_negative",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("transport_rupiah_trip__gte", 0)),
                        name="rate_transport_rupiah_trip_not_negative",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("material_by__in", ["cooperative", "member", "buyer"])),
                        name="rate_material_by_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("material_by", "member"), ("material_rupiah_piece", 0), _connector="OR"),
                        name="rate_material_paid_to_a_member",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("lot_quantity_min__gte", 0)), name="rate_lot_quantity_min_not_negative"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("quantity_max_week__gte", 0)), name="rate_quantity_max_week_not_negative"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("yield_rate__gt", 0), ("yield_rate__lte", 1)), name="rate_yield_rate_share"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_until__isnull", True), ("valid_until__gte", models.F("valid_from")), _connector="OR"
                        ),
                        name="rate_period",
                    ),
                    models.UniqueConstraint(fields=("part", "workshop", "valid_from"), name="rate_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("valid_until__isnull", True)),
                        fields=("part", "workshop"),
                        name="rate_one_open",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RoutingStep",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sequence", models.PositiveSmallIntegerField()),
                ("name", models.CharField(max_length=40)),
                ("minutes_per_piece", models.DecimalField(decimal_places=4, max_digits=12)),
                ("setup_minutes", models.DecimalField(decimal_places=2, default=0, max_digits=9)),
                ("with_previous", models.BooleanField(default=False)),
                (
                    "part",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="routing", to="catalogue.part"
                    ),
                ),
                (
                    "skill",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="register.skill"
                    ),
                ),
            ],
            options={
                "ordering": ["part_id", "sequence"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True), name="routingstep_name_filled"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("minutes_per_piece__gte", 0)),
                        name="routingstep_minutes_per_piece_not_negative",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("setup_minutes__gte", 0)), name="routingstep_setup_minutes_not_negative"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("sequence__gt", 0)), name="routingstep_sequence_positive"
                    ),
                    models.UniqueConstraint(fields=("part", "sequence"), name="routingstep_sequence_once"),
                    models.UniqueConstraint(fields=("part", "name"), name="routingstep_name_once"),
                    models.CheckConstraint(
                        condition=models.Q(("with_previous", False), ("sequence__gt", 1), _connector="OR"),
                        name="routingstep_first_has_no_previous",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CooperativeTerms",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("valid_from", models.DateField()),
                ("margin_percent", models.DecimalField(decimal_places=2, max_digits=6)),
                ("late_penalty_percent_week", models.DecimalField(decimal_places=3, max_digits=6)),
                ("late_penalty_cap_percent", models.DecimalField(decimal_places=2, max_digits=6)),
                ("quotation_valid_days", models.PositiveSmallIntegerField()),
                ("wage_rupiah_hour", models.BigIntegerField(blank=True, null=True)),
                ("wage_source", models.CharField(blank=True, max_length=200)),
                ("wage_on", models.DateField(blank=True, null=True)),
                ("overtime_rupiah_hour", models.BigIntegerField(blank=True, null=True)),
                ("simulated", models.BooleanField(default=False)),
                (
                    "cooperative",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="register.cooperative"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("margin_percent__gte", 0)), name="terms_margin_percent_not_negative"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("late_penalty_percent_week__gte", 0)),
                        name="terms_late_penalty_percent_week_not_negative",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("late_penalty_cap_percent__gte", 0)),
                        name="terms_late_penalty_cap_percent_not_negative",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("quotation_valid_days__gt", 0)), name="terms_quotation_valid_days_positive"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("wage_rupiah_hour__gt", 0)), name="terms_wage_rupiah_hour_positive"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("overtime_rupiah_hour__gt", 0)), name="terms_overtime_rupiah_hour_positive"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("late_penalty_cap_percent__lte", 100), ("late_penalty_percent_week__lte", 100)
                        ),
                        name="terms_penalty_within_the_price",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("wage_rupiah_hour__isnull", True),
                            models.Q(("wage_source", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="terms_wage_has_a_source",
                    ),
                    models.UniqueConstraint(fields=("cooperative", "valid_from"), name="terms_once"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Licence",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.CharField(max_length=40)),
                ("valid_from", models.DateField()),
                ("valid_until", models.DateField(blank=True, null=True)),
                ("royalty_rupiah_piece", models.BigIntegerField(default=0)),
                ("simulated", models.BooleanField(default=False)),
                (
                    "ikm",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="register.ikm"),
                ),
                (
                    "motif",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="licences", to="catalogue.motif"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("number", ""), _negated=True), name="licence_number_filled"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("royalty_rupiah_piece__gte", 0)),
                        name="licence_royalty_rupiah_piece_not_negative",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_until__isnull", True), ("valid_until__gte", models.F("valid_from")), _connector="OR"
                        ),
                        name="licence_period",
                    ),
                    models.UniqueConstraint(fields=("motif", "number"), name="licence_number_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("valid_until__isnull", True)),
                        fields=("motif", "ikm"),
                        name="licence_one_open",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="MotifSource",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=200)),
                ("published_on", models.DateField(blank=True, null=True)),
                ("says", models.TextField()),
                (
                    "motif",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="sources", to="catalogue.motif"
                    ),
                ),
            ],
            options={
                "ordering": ["published_on", "title"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("title", ""), _negated=True), name="motifsource_title_filled"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("says", ""), _negated=True), name="motifsource_says_filled"
                    ),
                    models.UniqueConstraint(fields=("motif", "title"), name="motifsource_once"),
                ],
            },
        ),
    ]
