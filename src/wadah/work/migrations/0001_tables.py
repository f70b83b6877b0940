from decimal import Decimal

import django.core.validators
import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.math
import django.db.models.lookups
from django.conf import settings
from django.db import migrations, models

import wadah.demand.rules.papers


class Migration(migrations.Migration):
    replaces = [
        ("work", "0001_initial"),
        ("work", "0002_rework_days"),
        ("work", "0003_lots_announced"),
        ("work", "0004_check_codes_of_quality"),
        ("work", "0005_under_way_told"),
    ]

    initial = True

    dependencies = [
        ("accounts", "0001_tables"),
        ("base", "0001_tables"),
        ("catalogue", "0001_tables"),
        ("demand", "0001_tables"),
        ("plans", "0001_tables"),
        ("register", "0001_tables"),
    ]

    operations = [
        migrations.CreateModel(
            name="InspectionPlan",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("valid_from", models.DateField()),
                ("valid_until", models.DateField(blank=True, null=True)),
                ("level", models.CharField(default="II", help_text="I, II, III, S-1 … S-4", max_length=3)),
                ("note", models.CharField(blank=True, max_length=400)),
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
                "ordering": ["part", "valid_from"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_until__isnull", True), ("valid_until__gte", models.F("valid_from")), _connector="OR"
                        ),
                        name="inspectionplan_period",
                    ),
                    models.UniqueConstraint(fields=("cooperative", "part", "valid_from"), name="inspectionplan_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("valid_until__isnull", True)),
                        fields=("cooperative", "part"),
                        name="inspectionplan_one_open",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DefectRule",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "defect_class",
                    models.CharField(
                        choices=[("critical", "critical"), ("major", "major"), ("minor", "minor")], max_length=8
                    ),
                ),
                (
                    "method",
                    models.CharField(
                        choices=[
                            ("aql", "by AQL"),
                            ("zero", "no defect allowed (Ac = 0)"),
                            ("user", "as agreed with the buyer"),
                            ("all", "every piece"),
                        ],
                        max_length=4,
                    ),
                ),
                ("aql", models.DecimalField(blank=True, decimal_places=3, max_digits=7, null=True)),
                ("ltpd", models.DecimalField(blank=True, decimal_places=5, max_digits=7, null=True)),
                ("risk", models.DecimalField(blank=True, decimal_places=4, max_digits=5, null=True)),
                ("n", models.PositiveIntegerField(blank=True, null=True)),
                ("ac", models.PositiveIntegerField(blank=True, null=True)),
                ("re", models.PositiveIntegerField(blank=True, null=True)),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="defect_rules",
                        to="work.inspectionplan",
                    ),
                ),
            ],
            options={
                "ordering": ["plan", "defect_class"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("defect_class__in", ["critical", "major", "minor"])),
                        name="defectrule_defect_class_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("method__in", ["aql", "zero", "user", "all"])),
                        name="defectrule_method_known",
                    ),
                    models.CheckConstraint(condition=models.Q(("aql__gt", 0)), name="defectrule_aql_positive"),
                    models.CheckConstraint(condition=models.Q(("ltpd__gt", 0)), name="defectrule_ltpd_positive"),
                    models.CheckConstraint(condition=models.Q(("risk__gt", 0)), name="defectrule_risk_positive"),
                    models.CheckConstraint(condition=models.Q(("n__gt", 0)), name="defectrule_n_positive"),
                    models.UniqueConstraint(fields=("plan", "defect_class"), name="defectrule_once"),
                    models.CheckConstraint(
                        condition=models.Q(("re__isnull", True), ("re__gt", models.F("ac")), _connector="OR"),
                        name="defectrule_re_above_ac",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Characteristic",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField()),
                ("name", models.CharField(max_length=120)),
                ("kind", models.CharField(choices=[("visual", "looked at"), ("measured", "measured")], max_length=8)),
                (
                    "defect_class",
                    models.CharField(
                        choices=[("critical", "critical"), ("major", "major"), ("minor", "minor")],
                        default="major",
                        max_length=8,
                    ),
                ),
                ("unit", models.CharField(blank=True, max_length=12)),
                ("lower", models.DecimalField(blank=True, decimal_places=6, max_digits=14, null=True)),
                ("target", models.DecimalField(blank=True, decimal_places=6, max_digits=14, null=True)),
                ("upper", models.DecimalField(blank=True, decimal_places=6, max_digits=14, null=True)),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="characteristics",
                        to="work.inspectionplan",
                    ),
                ),
            ],
            options={
                "ordering": ["plan", "number"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True), name="characteristic_name_filled"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["visual", "measured"])), name="characteristic_kind_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("defect_class__in", ["critical", "major", "minor"])),
                        name="characteristic_defect_class_known",
                    ),
                    models.UniqueConstraint(fields=("plan", "number"), name="characteristic_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("lower__isnull", True),
                            ("upper__isnull", True),
                            ("lower__lte", models.F("upper")),
                            _connector="OR",
                        ),
                        name="characteristic_limits",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Shipment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.CharField(max_length=20, unique=True)),
                ("check_code", models.CharField(default=wadah.demand.rules.papers.check_code_new, max_length=12)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("draft", "being picked"),
                            ("sent", "on the way"),
                            ("received", "received"),
                            ("cancelled", "cancelled"),
                        ],
                        default="draft",
                        max_length=9,
                    ),
                ),
                ("driver", models.CharField(blank=True, max_length=120)),
                ("vehicle", models.CharField(blank=True, max_length=60)),
                ("note", models.CharField(blank=True, max_length=400)),
                ("made_at", models.DateTimeField()),
                ("sent_at", models.DateTimeField(null=True)),
                ("simulated", models.BooleanField(default=False)),
                (
                    "made_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "order",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="demand.order"),
                ),
                (
                    "sent_by",
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
                    models.CheckConstraint(
                        condition=models.Q(("number", ""), _negated=True), name="shipment_number_filled"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ["draft", "sent", "received", "cancelled"])),
                        name="shipment_status_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Receipt",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.CharField(max_length=20, unique=True)),
                ("check_code", models.CharField(default=wadah.demand.rules.papers.check_code_new, max_length=12)),
                ("received_by", models.CharField(max_length=120)),
                ("office", models.CharField(blank=True, max_length=120)),
                ("received_at", models.DateTimeField()),
                ("on_behalf_of", models.CharField(blank=True, max_length=160)),
                ("note", models.CharField(blank=True, max_length=400)),
                (
                    "photo",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="base.attachment"
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "shipment",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="receipt", to="work.shipment"
                    ),
                ),
            ],
            options={
                "ordering": ["-id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("number", ""), _negated=True), name="receipt_number_filled"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("received_by", ""), _negated=True), name="receipt_received_by_filled"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SwitchingState",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "defect_class",
                    models.CharField(
                        choices=[("critical", "critical"), ("major", "major"), ("minor", "minor")], max_length=8
                    ),
                ),
                ("severity", models.CharField(default="normal", max_length=12)),
                ("state", models.JSONField(default=dict)),
                ("changed_at", models.DateTimeField()),
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
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("defect_class__in", ["critical", "major", "minor"])),
                        name="switchingstate_defect_class_known",
                    ),
                    models.UniqueConstraint(
                        fields=("cooperative", "part", "workshop", "defect_class"), name="switchingstate_once"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="WorkPackage",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("week_start", models.DateField(help_text="Monday")),
                ("pieces", models.DecimalField(decimal_places=3, max_digits=14)),
                ("taken", models.DecimalField(decimal_places=3, default=0, max_digits=14)),
                ("made_at", models.DateTimeField()),
                ("note", models.CharField(blank=True, max_length=400)),
                (
                    "cooperative",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="register.cooperative"
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "part",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="catalogue.part"
                    ),
                ),
                (
                    "run",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="plans.planrun"
                    ),
                ),
            ],
            options={
                "ordering": ["week_start", "id"],
                "indexes": [models.Index(fields=["cooperative", "week_start"], name="workpackage_of_a_week")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("pieces__gte", 0)), name="workpackage_pieces_not_negative"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("taken__gte", 0)), name="workpackage_taken_not_negative"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("taken__lte", models.F("pieces"))), name="workpackage_never_oversold"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Offer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.CharField(max_length=20, unique=True)),
                ("pieces", models.DecimalField(decimal_places=3, max_digits=14)),
                ("taken", models.DecimalField(decimal_places=3, default=0, max_digits=14)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("open", "waiting for an answer"),
                            ("taken", "taken"),
                            ("part", "taken in part"),
                            ("declined", "declined"),
                            ("lapsed", "no answer in time"),
                            ("withdrawn", "withdrawn"),
                        ],
                        default="open",
                        max_length=9,
                    ),
                ),
                ("minutes_per_piece", models.DecimalField(decimal_places=4, max_digits=12)),
                ("setup_minutes", models.DecimalField(decimal_places=2, default=0, max_digits=9)),
                ("pay_rupiah_piece", models.BigIntegerField(default=0)),
                ("setup_pay_rupiah", models.BigIntegerField(default=0)),
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
                ("offered_at", models.DateTimeField()),
                ("answer_by", models.DateTimeField()),
                ("seen_at", models.DateTimeField(blank=True, null=True)),
                ("reminded_50_at", models.DateTimeField(blank=True, null=True)),
                ("reminded_85_at", models.DateTimeField(blank=True, null=True)),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                ("on_behalf_of", models.CharField(blank=True, max_length=120)),
                (
                    "reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("busy", "no time"),
                            ("ill", "ill"),
                            ("machine", "machine broken"),
                            ("material", "no material"),
                            ("pay", "pay too low"),
                            ("skill", "can't make it"),
                            ("other", "another reason"),
                        ],
                        max_length=8,
                    ),
                ),
                ("reason_note", models.CharField(blank=True, max_length=400)),
                ("simulated", models.BooleanField(default=False)),
                (
                    "answered_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "workshop",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="register.workshop"
                    ),
                ),
                (
                    "package",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="offers", to="work.workpackage"
                    ),
                ),
            ],
            options={
                "ordering": ["package__week_start", "id"],
                "indexes": [
                    models.Index(fields=["workshop", "status"], name="offer_of_a_workshop"),
                    models.Index(fields=["status", "answer_by"], name="offer_waiting"),
                ],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("pieces__gt", 0)), name="offer_pieces_positive"),
                    models.CheckConstraint(condition=models.Q(("taken__gte", 0)), name="offer_taken_not_negative"),
                    models.CheckConstraint(
                        condition=models.Q(("minutes_per_piece__gte", 0)), name="offer_minutes_per_piece_not_negative"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("setup_minutes__gte", 0)), name="offer_setup_minutes_not_negative"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("pay_rupiah_piece__gte", 0)), name="offer_pay_rupiah_piece_not_negative"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("setup_pay_rupiah__gte", 0)), name="offer_setup_pay_rupiah_not_negative"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("material_rupiah_piece__gte", 0)),
                        name="offer_material_rupiah_piece_not_negative",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("lot_quantity_min__gte", 0)), name="offer_lot_quantity_min_not_negative"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("transport_rupiah_piece__gte", 0)),
                        name="offer_transport_rupiah_piece_not_negative",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("transport_rupiah_trip__gte", 0)),
                        name="offer_transport_rupiah_trip_not_negative",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("status__in", ["open", "taken", "part", "declined", "lapsed", "withdrawn"])
                        ),
                        name="offer_status_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("reason__in", ["busy", "ill", "machine", "material", "pay", "skill", "other", ""])
                        ),
                        name="offer_reason_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("taken__lte", models.F("pieces"))), name="offer_never_oversold"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status__in", ["taken", "part"]), ("taken__gt", 0)),
                            models.Q(models.Q(("status__in", ["taken", "part"]), _negated=True), ("taken", 0)),
                            _connector="OR",
                        ),
                        name="offer_taken_says_how_many",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("status", "open")),
                        fields=("package", "workshop"),
                        name="offer_one_open_a_workshop",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Reminder",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "channel",
                    models.CharField(choices=[("wa", "WhatsApp"), ("phone", "phone"), ("page", "page")], max_length=8),
                ),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "offer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="reminders", to="work.offer"
                    ),
                ),
            ],
            options={
                "ordering": ["at"],
            },
        ),
        migrations.CreateModel(
            name="WorkOrder",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.CharField(max_length=20, unique=True)),
                ("check_code", models.CharField(default=wadah.demand.rules.papers.check_code_new, max_length=12)),
                (
                    "kind",
                    models.CharField(
                        choices=[("pieces", "pieces"), ("trial", "trial lot"), ("service", "service")],
                        default="pieces",
                        max_length=7,
                    ),
                ),
                ("promise_week", models.DateField(help_text="Monday")),
                ("week_start", models.DateField(help_text="Monday")),
                ("due_on", models.DateField()),
                ("pieces", models.DecimalField(decimal_places=3, max_digits=14)),
                ("over", models.DecimalField(decimal_places=3, default=0, max_digits=14)),
                ("reported", models.DecimalField(decimal_places=3, default=0, max_digits=14)),
                ("handed_over", models.DecimalField(decimal_places=3, default=0, max_digits=14)),
                ("given_up", models.DecimalField(decimal_places=3, default=0, max_digits=14)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("open", "not begun"),
                            ("started", "in work"),
                            ("done", "done"),
                            ("cancelled", "cancelled"),
                        ],
                        default="open",
                        max_length=9,
                    ),
                ),
                ("minutes_per_piece", models.DecimalField(decimal_places=4, default=0, max_digits=12)),
                ("setup_minutes", models.DecimalField(decimal_places=2, default=0, max_digits=9)),
                ("pay_rupiah_piece", models.BigIntegerField(default=0)),
                ("setup_pay_rupiah", models.BigIntegerField(default=0)),
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
                ("note", models.CharField(blank=True, max_length=400)),
                ("made_at", models.DateTimeField()),
                ("closed_at", models.DateTimeField(null=True)),
                ("simulated", models.BooleanField(default=False)),
                (
                    "cooperative",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="register.cooperative"
                    ),
                ),
                (
                    "line",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="demand.orderline",
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "offer",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="work_orders",
                        to="work.offer",
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
                "ordering": ["due_on", "id"],
                "indexes": [
                    models.Index(fields=["workshop", "status"], name="workorder_of_a_workshop"),
                    models.Index(fields=["cooperative", "status", "due_on"], name="workorder_board"),
                ],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("pieces__gt", 0)), name="workorder_pieces_positive"),
                    models.CheckConstraint(condition=models.Q(("over__gte", 0)), name="workorder_over_not_negative"),
                    models.CheckConstraint(
                        condition=models.Q(("reported__gte", 0)), name="workorder_reported_not_negative"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("handed_over__gte", 0)), name="workorder_handed_over_not_negative"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("given_up__gte", 0)), name="workorder_given_up_not_negative"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("pay_rupiah_piece__gte", 0)), name="workorder_pay_rupiah_piece_not_negative"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("setup_pay_rupiah__gte", 0)), name="workorder_setup_pay_rupiah_not_negative"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("material_rupiah_piece__gte", 0)),
                        name="workorder_material_rupiah_piece_not_negative",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["pieces", "trial", "service"])), name="workorder_kind_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ["open", "started", "done", "cancelled"])),
                        name="workorder_status_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("material_by__in", ["cooperative", "member", "buyer"])),
                        name="workorder_material_by_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "handed_over__lte",
                                django.db.models.expressions.CombinedExpression(
                                    django.db.models.expressions.CombinedExpression(
                                        models.F("pieces"), "+", models.F("over")
                                    ),
                                    "-",
                                    models.F("given_up"),
                                ),
                            )
                        ),
                        name="workorder_never_more",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("given_up__lte", models.F("pieces"))), name="workorder_given_up_of_it"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Milestone",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField()),
                ("title", models.CharField(max_length=160)),
                ("quantity", models.DecimalField(decimal_places=3, max_digits=14)),
                ("due_on", models.DateField()),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("open", "in work"),
                            ("handed_in", "handed in"),
                            ("accepted", "accepted"),
                            ("rejected", "sent back to work"),
                            ("cancelled", "cancelled"),
                        ],
                        default="open",
                        max_length=9,
                    ),
                ),
                ("handed_in_at", models.DateTimeField(blank=True, null=True)),
                ("link", models.URLField(blank=True)),
                ("note", models.CharField(blank=True, max_length=400)),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                ("decision_note", models.CharField(blank=True, max_length=400)),
                (
                    "attachment",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="base.attachment"
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "handed_in_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "work_order",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="milestones", to="work.workorder"
                    ),
                ),
            ],
            options={
                "ordering": ["work_order", "number"],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("number__gt", 0)), name="milestone_number_positive"),
                    models.CheckConstraint(condition=models.Q(("quantity__gt", 0)), name="milestone_quantity_positive"),
                    models.CheckConstraint(
                        condition=models.Q(("title", ""), _negated=True), name="milestone_title_filled"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ["open", "handed_in", "accepted", "rejected", "cancelled"])),
                        name="milestone_status_known",
                    ),
                    models.UniqueConstraint(fields=("work_order", "number"), name="milestone_once"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Lot",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.CharField(max_length=20, unique=True)),
                ("check_code", models.CharField(default=wadah.demand.rules.papers.check_code_new, max_length=12)),
                (
                    "origin",
                    models.CharField(
                        choices=[
                            ("made", "made"),
                            ("bought", "bought"),
                            ("owned", "the buyer's own"),
                            ("split", "split off"),
                            ("merged", "merged"),
                            ("counted", "counted at the hub"),
                        ],
                        max_length=7,
                    ),
                ),
                ("supplier", models.CharField(blank=True, max_length=120)),
                ("batch", models.CharField(blank=True, max_length=60)),
                ("received_on", models.DateField()),
                ("bring_at", models.DateTimeField(blank=True, null=True)),
                ("expires_on", models.DateField(blank=True, null=True)),
                ("quantity", models.DecimalField(decimal_places=3, max_digits=14)),
                ("waiting", models.DecimalField(decimal_places=3, default=0, max_digits=14)),
                ("accepted", models.DecimalField(decimal_places=3, default=0, max_digits=14)),
                ("rejected", models.DecimalField(decimal_places=3, default=0, max_digits=14)),
                ("rework", models.DecimalField(decimal_places=3, default=0, max_digits=14)),
                ("scrapped", models.DecimalField(decimal_places=3, default=0, max_digits=14)),
                ("returned", models.DecimalField(decimal_places=3, default=0, max_digits=14)),
                ("issued", models.DecimalField(decimal_places=3, default=0, max_digits=14)),
                ("shipped", models.DecimalField(decimal_places=3, default=0, max_digits=14)),
                ("moved", models.DecimalField(decimal_places=3, default=0, max_digits=14)),
                ("note", models.CharField(blank=True, max_length=400)),
                ("made_at", models.DateTimeField()),
                ("simulated", models.BooleanField(default=False)),
                (
                    "cooperative",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="register.cooperative"
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="demand.buyer"
                    ),
                ),
                (
                    "part",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="catalogue.part"
                    ),
                ),
                (
                    "milestone",
                    models.OneToOneField(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="work.milestone"
                    ),
                ),
                (
                    "work_order",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="lots", to="work.workorder"
                    ),
                ),
            ],
            options={
                "ordering": ["received_on", "id"],
                "indexes": [models.Index(fields=["cooperative", "part"], name="lot_of_a_part")],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("number", ""), _negated=True), name="lot_number_filled"),
                    models.CheckConstraint(condition=models.Q(("quantity__gt", 0)), name="lot_quantity_positive"),
                    models.CheckConstraint(condition=models.Q(("waiting__gte", 0)), name="lot_waiting_not_negative"),
                    models.CheckConstraint(condition=models.Q(("accepted__gte", 0)), name="lot_accepted_not_negative"),
                    models.CheckConstraint(condition=models.Q(("rejected__gte", 0)), name="lot_rejected_not_negative"),
                    models.CheckConstraint(condition=models.Q(("rework__gte", 0)), name="lot_rework_not_negative"),
                    models.CheckConstraint(condition=models.Q(("scrapped__gte", 0)), name="lot_scrapped_not_negative"),
                    models.CheckConstraint(condition=models.Q(("returned__gte", 0)), name="lot_returned_not_negative"),
                    models.CheckConstraint(condition=models.Q(("issued__gte", 0)), name="lot_issued_not_negative"),
                    models.CheckConstraint(condition=models.Q(("shipped__gte", 0)), name="lot_shipped_not_negative"),
                    models.CheckConstraint(condition=models.Q(("moved__gte", 0)), name="lot_moved_not_negative"),
                    models.CheckConstraint(
                        condition=models.Q(("origin__in", ["made", "bought", "owned", "split", "merged", "counted"])),
                        name="lot_origin_known",
                    ),
                    models.CheckConstraint(
                        condition=django.db.models.lookups.LessThan(
                            django.db.models.functions.math.Abs(
                                django.db.models.expressions.CombinedExpression(
                                    models.F("quantity"),
                                    "-",
                                    django.db.models.expressions.CombinedExpression(
                                        django.db.models.expressions.CombinedExpression(
                                            django.db.models.expressions.CombinedExpression(
                                                django.db.models.expressions.CombinedExpression(
                                                    django.db.models.expressions.CombinedExpression(
                                                        django.db.models.expressions.CombinedExpression(
                                                            django.db.models.expressions.CombinedExpression(
                                                                django.db.models.expressions.CombinedExpression(
                                                                    models.F("waiting"), "+", models.F("accepted")
                                                                ),
                                                                "+",
                                                                models.F("rejected"),
                                                            ),
                                                            "+",
                                                            models.F("rework"),
                                                        ),
                                                        "+",
                                                        models.F("scrapped"),
                                                    ),
                                                    "+",
                                                    models.F("returned"),
                                                ),
                                                "+",
                                                models.F("issued"),
                                            ),
                                            "+",
                                            models.F("shipped"),
                                        ),
                                        "+",
                                        models.F("moved"),
                                    ),
                                )
                            ),
                            models.Value(Decimal("0.0005")),
                        ),
                        name="lot_every_piece_is_somewhere",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("origin", "made"), _negated=True), ("work_order__isnull", False), _connector="OR"
                        ),
                        name="lot_made_by_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("origin", "owned"), _negated=True), ("owner__isnull", False), _connector="OR"
                        ),
                        name="lot_owned_by_somebody",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Inspection",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.CharField(max_length=20, unique=True)),
                ("check_code", models.CharField(default=wadah.demand.rules.papers.check_code_new, max_length=12)),
                ("attempt", models.PositiveSmallIntegerField(default=1)),
                ("pieces", models.DecimalField(decimal_places=3, max_digits=14)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("open", "being inspected"),
                            ("passed", "passed"),
                            ("failed", "rejected"),
                            ("cancelled", "cancelled"),
                        ],
                        default="open",
                        max_length=9,
                    ),
                ),
                ("plans", models.JSONField(default=list)),
                ("characteristics", models.JSONField(default=list)),
                ("verdicts", models.JSONField(default=list)),
                ("opened_at", models.DateTimeField()),
                ("closed_at", models.DateTimeField(null=True)),
                (
                    "closed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "opened_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "lot",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="inspections", to="work.lot"
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("attempt__gt", 0)), name="inspection_attempt_positive"),
                    models.CheckConstraint(condition=models.Q(("pieces__gt", 0)), name="inspection_pieces_positive"),
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ["open", "passed", "failed", "cancelled"])),
                        name="inspection_status_known",
                    ),
                    models.UniqueConstraint(fields=("lot", "attempt"), name="inspection_attempt_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("status", "open")), fields=("lot",), name="inspection_one_open"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Disposition",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("accept", "accept as it is"),
                            ("sort", "sort piece by piece"),
                            ("rework", "rework"),
                            ("scrap", "scrap"),
                            ("return", "send back"),
                        ],
                        max_length=6,
                    ),
                ),
                ("pieces", models.DecimalField(decimal_places=3, max_digits=14)),
                ("accepted", models.DecimalField(decimal_places=3, default=0, max_digits=14)),
                ("rejected", models.DecimalField(decimal_places=3, default=0, max_digits=14)),
                ("reason", models.CharField(blank=True, max_length=400)),
                ("allowed_by", models.CharField(blank=True, max_length=120)),
                ("due_on", models.DateField(blank=True, null=True)),
                ("back", models.DecimalField(decimal_places=3, default=0, max_digits=14)),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "photo",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="base.attachment"
                    ),
                ),
                (
                    "inspection",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="dispositions",
                        to="work.inspection",
                    ),
                ),
                (
                    "lot",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="dispositions", to="work.lot"
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("pieces__gt", 0)), name="disposition_pieces_positive"),
                    models.CheckConstraint(
                        condition=models.Q(("accepted__gte", 0)), name="disposition_accepted_not_negative"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("rejected__gte", 0)), name="disposition_rejected_not_negative"
                    ),
                    models.CheckConstraint(condition=models.Q(("back__gte", 0)), name="disposition_back_not_negative"),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["accept", "sort", "rework", "scrap", "return"])),
                        name="disposition_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("back__lte", models.F("pieces"))), name="disposition_not_more_back"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="LotLink",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("pieces", models.DecimalField(decimal_places=3, max_digits=14)),
                (
                    "child",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="parents", to="work.lot"
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="children", to="work.lot"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("pieces__gt", 0)), name="lotlink_pieces_positive"),
                    models.UniqueConstraint(fields=("parent", "child"), name="lotlink_once"),
                    models.CheckConstraint(
                        condition=models.Q(("parent", models.F("child")), _negated=True), name="lotlink_not_itself"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="MaterialIssue",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("pieces", models.DecimalField(decimal_places=3, max_digits=14)),
                ("returned", models.DecimalField(decimal_places=3, default=0, max_digits=14)),
                ("scrapped", models.DecimalField(decimal_places=3, default=0, max_digits=14)),
                ("at", models.DateTimeField()),
                ("received_by", models.CharField(blank=True, max_length=120)),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "lot",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="issues", to="work.lot"
                    ),
                ),
                (
                    "work_order",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="issues", to="work.workorder"
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("pieces__gt", 0)), name="materialissue_pieces_positive"),
                    models.CheckConstraint(
                        condition=models.Q(("returned__gte", 0)), name="materialissue_returned_not_negative"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("scrapped__gte", 0)), name="materialissue_scrapped_not_negative"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "returned__lte",
                                django.db.models.expressions.CombinedExpression(
                                    models.F("pieces"), "-", models.F("scrapped")
                                ),
                            )
                        ),
                        name="materialissue_not_more_back",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ShipmentLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("box", models.PositiveSmallIntegerField(default=1)),
                ("pieces", models.DecimalField(decimal_places=3, max_digits=14)),
                ("received", models.DecimalField(decimal_places=3, default=0, max_digits=14)),
                ("refused", models.DecimalField(decimal_places=3, default=0, max_digits=14)),
                ("missing", models.DecimalField(decimal_places=3, default=0, max_digits=14)),
                (
                    "line",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="demand.orderline"
                    ),
                ),
                (
                    "lot",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="work.lot"),
                ),
                (
                    "shipment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="lines", to="work.shipment"
                    ),
                ),
            ],
            options={
                "ordering": ["shipment", "box", "id"],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("pieces__gt", 0)), name="shipmentline_pieces_positive"),
                    models.CheckConstraint(condition=models.Q(("box__gt", 0)), name="shipmentline_box_positive"),
                    models.CheckConstraint(
                        condition=models.Q(("received__gte", 0)), name="shipmentline_received_not_negative"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("refused__gte", 0)), name="shipmentline_refused_not_negative"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("missing__gte", 0)), name="shipmentline_missing_not_negative"
                    ),
                    models.UniqueConstraint(fields=("shipment", "line", "lot", "box"), name="shipmentline_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "received__lte",
                                django.db.models.expressions.CombinedExpression(
                                    django.db.models.expressions.CombinedExpression(
                                        models.F("pieces"), "-", models.F("refused")
                                    ),
                                    "-",
                                    models.F("missing"),
                                ),
                            )
                        ),
                        name="shipmentline_not_more",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Claim",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.CharField(max_length=20, unique=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("defect", "defective"),
                            ("short", "too few"),
                            ("wrong", "wrong part"),
                            ("damaged", "damaged on the way"),
                            ("other", "something else"),
                        ],
                        max_length=7,
                    ),
                ),
                ("pieces", models.DecimalField(decimal_places=3, max_digits=14)),
                ("returned", models.DecimalField(decimal_places=3, default=0, max_digits=14)),
                ("replaced", models.BooleanField(default=False)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("open", "open"),
                            ("accepted", "accepted"),
                            ("refused", "refused"),
                            ("settled", "settled"),
                        ],
                        default="open",
                        max_length=8,
                    ),
                ),
                ("note", models.CharField(max_length=400)),
                ("answer", models.CharField(blank=True, max_length=400)),
                ("made_at", models.DateTimeField()),
                ("decided_at", models.DateTimeField(null=True)),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "photo",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="base.attachment"
                    ),
                ),
                (
                    "shipment_line",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="claims", to="work.shipmentline"
                    ),
                ),
            ],
            options={
                "ordering": ["-id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("number", ""), _negated=True), name="claim_number_filled"
                    ),
                    models.CheckConstraint(condition=models.Q(("pieces__gt", 0)), name="claim_pieces_positive"),
                    models.CheckConstraint(
                        condition=models.Q(("returned__gte", 0)), name="claim_returned_not_negative"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["defect", "short", "wrong", "damaged", "other"])),
                        name="claim_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ["open", "accepted", "refused", "settled"])),
                        name="claim_status_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("returned__lte", models.F("pieces"))), name="claim_not_more_back"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="LotMove",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("receive", "received"),
                            ("accept", "accepted"),
                            ("reject", "rejected"),
                            ("sort_accept", "sorted out as good"),
                            ("rework", "sent to rework"),
                            ("rework_back", "back from rework"),
                            ("scrap", "scrapped"),
                            ("return", "sent back"),
                            ("issue", "handed out"),
                            ("issue_back", "brought back"),
                            ("ship", "shipped"),
                            ("ship_back", "came back from the buyer"),
                            ("split", "split off"),
                            ("merge", "merged"),
                        ],
                        max_length=11,
                    ),
                ),
                (
                    "from_bucket",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("waiting", "waiting for inspection"),
                            ("accepted", "accepted"),
                            ("rejected", "rejected"),
                            ("rework", "in rework"),
                            ("scrapped", "scrapped"),
                            ("returned", "sent back"),
                            ("issued", "handed out"),
                            ("shipped", "shipped"),
                            ("moved", "in another lot"),
                        ],
                        max_length=8,
                    ),
                ),
                (
                    "to_bucket",
                    models.CharField(
                        choices=[
                            ("waiting", "waiting for inspection"),
                            ("accepted", "accepted"),
                            ("rejected", "rejected"),
                            ("rework", "in rework"),
                            ("scrapped", "scrapped"),
                            ("returned", "sent back"),
                            ("issued", "handed out"),
                            ("shipped", "shipped"),
                            ("moved", "in another lot"),
                        ],
                        max_length=8,
                    ),
                ),
                ("pieces", models.DecimalField(decimal_places=3, max_digits=14)),
                ("at", models.DateTimeField()),
                ("on_behalf_of", models.CharField(blank=True, max_length=120)),
                ("reason", models.CharField(blank=True, max_length=400)),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "claim",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="moves", to="work.claim"
                    ),
                ),
                (
                    "inspection",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="moves",
                        to="work.inspection",
                    ),
                ),
                (
                    "lot",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="moves", to="work.lot"),
                ),
                (
                    "other_lot",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="work.lot"
                    ),
                ),
                (
                    "photo",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="base.attachment"
                    ),
                ),
                (
                    "workshop",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="register.workshop"
                    ),
                ),
                (
                    "issue",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="moves",
                        to="work.materialissue",
                    ),
                ),
                (
                    "shipment_line",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="moves",
                        to="work.shipmentline",
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
                "indexes": [models.Index(fields=["kind", "at"], name="lotmove_by_kind")],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("pieces__gt", 0)), name="lotmove_pieces_positive"),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    "receive",
                                    "accept",
                                    "reject",
                                    "sort_accept",
                                    "rework",
                                    "rework_back",
                                    "scrap",
                                    "return",
                                    "issue",
                                    "issue_back",
                                    "ship",
                                    "ship_back",
                                    "split",
                                    "merge",
                                ],
                            )
                        ),
                        name="lotmove_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "from_bucket__in",
                                [
                                    "waiting",
                                    "accepted",
                                    "rejected",
                                    "rework",
                                    "scrapped",
                                    "returned",
                                    "issued",
                                    "shipped",
                                    "moved",
                                    "",
                                ],
                            )
                        ),
                        name="lotmove_from_bucket_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "to_bucket__in",
                                [
                                    "waiting",
                                    "accepted",
                                    "rejected",
                                    "rework",
                                    "scrapped",
                                    "returned",
                                    "issued",
                                    "shipped",
                                    "moved",
                                ],
                            )
                        ),
                        name="lotmove_to_bucket_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("from_bucket", models.F("to_bucket")), _negated=True),
                        name="lotmove_goes_somewhere",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Tranche",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField()),
                ("checked", models.PositiveIntegerField()),
                ("defects", models.JSONField(default=dict)),
                ("note", models.CharField(blank=True, max_length=400)),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "inspection",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="tranches", to="work.inspection"
                    ),
                ),
                (
                    "photo",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="base.attachment"
                    ),
                ),
            ],
            options={
                "ordering": ["inspection", "number"],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("checked__gt", 0)), name="tranche_checked_positive"),
                    models.UniqueConstraint(fields=("inspection", "number"), name="tranche_once"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Measurement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("characteristic", models.PositiveSmallIntegerField()),
                ("sample", models.PositiveIntegerField()),
                ("value", models.DecimalField(decimal_places=6, max_digits=14)),
                (
                    "tranche",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="measurements", to="work.tranche"
                    ),
                ),
            ],
            options={
                "ordering": ["tranche", "characteristic", "sample"],
                "constraints": [
                    models.UniqueConstraint(fields=("tranche", "characteristic", "sample"), name="measurement_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Trial",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.CharField(max_length=20, unique=True)),
                ("check_code", models.CharField(default=wadah.demand.rules.papers.check_code_new, max_length=12)),
                (
                    "level",
                    models.PositiveSmallIntegerField(
                        default=3,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(5),
                        ],
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("open", "being tried"),
                            ("approved", "approved"),
                            ("refused", "refused"),
                            ("withdrawn", "withdrawn"),
                        ],
                        default="open",
                        max_length=9,
                    ),
                ),
                ("opened_at", models.DateTimeField()),
                ("decided_at", models.DateTimeField(null=True)),
                ("reason", models.CharField(blank=True, max_length=400)),
                (
                    "approval",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="catalogue.approval",
                    ),
                ),
                (
                    "buyer",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="demand.buyer",
                    ),
                ),
                (
                    "cooperative",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="register.cooperative"
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "expert",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="register.expert",
                    ),
                ),
                (
                    "opened_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
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
                (
                    "work_order",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="work.workorder"
                    ),
                ),
            ],
            options={
                "ordering": ["-id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ["open", "approved", "refused", "withdrawn"])),
                        name="trial_status_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("level__gte", 1), ("level__lte", 5)), name="trial_level"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("status", "open")), fields=("part", "workshop"), name="trial_one_open"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="TrialElement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField()),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("missing", "missing"),
                            ("given", "handed in"),
                            ("accepted", "accepted"),
                            ("refused", "refused"),
                            ("not_needed", "not needed"),
                        ],
                        default="missing",
                        max_length=10,
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=400)),
                ("at", models.DateTimeField()),
                (
                    "attachment",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="base.attachment"
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "trial",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="elements", to="work.trial"
                    ),
                ),
            ],
            options={
                "ordering": ["trial", "number"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ["missing", "given", "accepted", "refused", "not_needed"])),
                        name="trialelement_status_known",
                    ),
                    models.UniqueConstraint(fields=("trial", "number"), name="trialelement_once"),
                    models.CheckConstraint(
                        condition=models.Q(("number__gte", 1), ("number__lte", 18)), name="trialelement_number"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Progress",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("pieces", models.DecimalField(decimal_places=3, max_digits=14)),
                ("at", models.DateTimeField()),
                ("on_behalf_of", models.CharField(blank=True, max_length=120)),
                ("reason", models.CharField(blank=True, max_length=400)),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "photo",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="base.attachment"
                    ),
                ),
                (
                    "work_order",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="progress", to="work.workorder"
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("pieces", 0), _negated=True), ("photo__isnull", False), _connector="OR"
                        ),
                        name="progress_says_it",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Disruption",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("declined", "declined"),
                            ("part_taken", "taken in part"),
                            ("lapsed", "no answer in time"),
                            ("away", "away or ill"),
                            ("machine", "machine broken"),
                            ("rejected", "lot rejected"),
                            ("short", "fewer made"),
                            ("order", "order changed"),
                        ],
                        max_length=10,
                    ),
                ),
                ("first_week", models.DateField(help_text="Monday")),
                ("last_week", models.DateField(help_text="Monday, included")),
                ("pieces", models.DecimalField(decimal_places=3, max_digits=14, null=True)),
                ("note", models.CharField(blank=True, max_length=400)),
                (
                    "status",
                    models.CharField(
                        choices=[("open", "to be mended"), ("mended", "mended"), ("dismissed", "left as it is")],
                        default="open",
                        max_length=9,
                    ),
                ),
                ("made_at", models.DateTimeField()),
                ("closed_at", models.DateTimeField(null=True)),
                (
                    "closed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "cooperative",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="register.cooperative"
                    ),
                ),
                (
                    "mended_run",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="plans.planrun"
                    ),
                ),
                (
                    "part",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="catalogue.part"
                    ),
                ),
                (
                    "workshop",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="register.workshop"
                    ),
                ),
                (
                    "lot",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="work.lot"
                    ),
                ),
                (
                    "offer",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="work.offer"
                    ),
                ),
                (
                    "work_order",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="work.workorder"
                    ),
                ),
            ],
            options={
                "ordering": ["first_week", "id"],
                "indexes": [models.Index(fields=["cooperative", "status"], name="disruption_to_mend")],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("pieces__gt", 0)), name="disruption_pieces_positive"),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                ["declined", "part_taken", "lapsed", "away", "machine", "rejected", "short", "order"],
                            )
                        ),
                        name="disruption_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ["open", "mended", "dismissed"])),
                        name="disruption_status_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("last_week__gte", models.F("first_week"))), name="disruption_weeks"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="WorkTerms",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "offer_weeks_ahead",
                    models.PositiveSmallIntegerField(
                        default=4, validators=[django.core.validators.MinValueValidator(1)]
                    ),
                ),
                (
                    "answer_hours",
                    models.PositiveSmallIntegerField(
                        default=48, validators=[django.core.validators.MinValueValidator(1)]
                    ),
                ),
                ("level", models.CharField(default="II", max_length=3)),
                ("aql_major", models.DecimalField(decimal_places=3, default=1, max_digits=7)),
                ("aql_minor", models.DecimalField(decimal_places=3, default=4, max_digits=7)),
                (
                    "over_percent",
                    models.PositiveSmallIntegerField(
                        default=0, validators=[django.core.validators.MaxValueValidator(100)]
                    ),
                ),
                (
                    "cooperative",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="register.cooperative"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("offer_weeks_ahead__gt", 0)), name="workterms_offer_weeks_ahead_positive"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("answer_hours__gt", 0)), name="workterms_answer_hours_positive"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("aql_major__gt", 0)), name="workterms_aql_major_positive"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("aql_minor__gt", 0)), name="workterms_aql_minor_positive"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("over_percent__gte", 0)), name="workterms_over_percent_not_negative"
                    ),
                ],
            },
        ),
    ]
