import django.core.validators
import django.db.models.deletion
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [
        ("register", "0001_initial"),
        ("register", "0002_claims_papers_enrolment"),
        ("register", "0003_wishes_and_needs"),
    ]

    initial = True

    dependencies = [
        ("accounts", "0001_tables"),
    ]

    operations = [
        migrations.CreateModel(
            name="Skill",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.SlugField(max_length=40, unique=True)),
                ("name", models.CharField(max_length=80)),
                ("name_en", models.CharField(max_length=80)),
                ("kbli", models.CharField(blank=True, max_length=16)),
            ],
            options={
                "ordering": ["code"],
            },
        ),
        migrations.CreateModel(
            name="Subsector",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.SlugField(max_length=40, unique=True)),
                ("name", models.CharField(max_length=80)),
                ("name_en", models.CharField(max_length=80)),
                (
                    "kind",
                    models.CharField(
                        choices=[("goods", "goods"), ("services", "services")], default="goods", max_length=10
                    ),
                ),
                ("perishable", models.BooleanField(default=False)),
            ],
            options={
                "ordering": ["code"],
            },
        ),
        migrations.CreateModel(
            name="Area",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=16, unique=True)),
                ("bps_code", models.CharField(blank=True, max_length=16)),
                ("name", models.CharField(max_length=80)),
                ("name_spaced", models.CharField(max_length=80)),
                (
                    "name_key",
                    models.GeneratedField(
                        db_persist=True,
                        expression=django.db.models.functions.text.Lower(
                            django.db.models.functions.text.Replace(
                                models.F("name_spaced"), models.Value(" "), models.Value("")
                            )
                        ),
                        output_field=models.CharField(max_length=160),
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("city", "city"), ("kecamatan", "kecamatan"), ("kelurahan", "kelurahan")],
                        max_length=12,
                    ),
                ),
                ("lat", models.FloatField(blank=True, null=True)),
                ("lng", models.FloatField(blank=True, null=True)),
                ("area_km2", models.FloatField(blank=True, null=True)),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="children",
                        to="register.area",
                    ),
                ),
            ],
            options={
                "ordering": ["code"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "city"), ("parent__isnull", True)),
                            models.Q(models.Q(("kind", "city"), _negated=True), ("parent__isnull", False)),
                            _connector="OR",
                        ),
                        name="area_only_a_city_has_no_parent",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("lat__isnull", False),
                                ("lat__range", (-90.0, 90.0)),
                                ("lng__isnull", False),
                                ("lng__range", (-180.0, 180.0)),
                            ),
                            models.Q(("lat__isnull", True), ("lng__isnull", True)),
                            _connector="OR",
                        ),
                        name="area_on_the_globe",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("bps_code", ""), _negated=True), fields=("bps_code",), name="area_bps_code"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Appointment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "role",
                    models.CharField(choices=[("officer", "city officer"), ("admin", "administrator")], max_length=8),
                ),
                ("valid_from", models.DateField()),
                ("valid_until", models.DateField(blank=True, null=True)),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
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
            ],
            options={
                "ordering": ["role", "valid_from", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_until__isnull", True), ("valid_until__gte", models.F("valid_from")), _connector="OR"
                        ),
                        name="appointment_dates",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("valid_until__isnull", True)),
                        fields=("user", "role"),
                        name="appointment_one_open",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Classification",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("scheme", models.CharField(max_length=40)),
                ("version", models.CharField(max_length=16)),
                ("code", models.CharField(max_length=16)),
                ("title", models.CharField(max_length=300)),
            ],
            options={
                "ordering": ["scheme", "version", "code"],
                "constraints": [
                    models.UniqueConstraint(fields=("scheme", "version", "code"), name="classification_code")
                ],
            },
        ),
        migrations.CreateModel(
            name="Cooperative",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.SlugField(max_length=40, unique=True)),
                ("name", models.CharField(max_length=160)),
                (
                    "name_key",
                    models.GeneratedField(
                        db_persist=True,
                        expression=django.db.models.functions.text.Lower(
                            django.db.models.functions.text.Replace(
                                models.F("name"), models.Value(" "), models.Value("")
                            )
                        ),
                        output_field=models.CharField(max_length=160),
                    ),
                ),
                ("legal_number", models.CharField(blank=True, max_length=60)),
                ("founded_on", models.DateField(blank=True, null=True)),
                (
                    "fairness_key",
                    models.CharField(
                        choices=[
                            ("none", "no target"),
                            ("equal", "the same hours for every workshop"),
                            ("free_hours", "in proportion to free hours"),
                            ("wished", "in proportion to the hours wished for"),
                            ("need", "by need, as the cooperative weighs it"),
                        ],
                        default="none",
                        max_length=12,
                    ),
                ),
                (
                    "target_percent",
                    models.PositiveSmallIntegerField(
                        default=0, validators=[django.core.validators.MaxValueValidator(100)]
                    ),
                ),
                ("below_target_cost_rupiah_hour", models.BigIntegerField(default=0)),
                ("engage_cost_rupiah", models.BigIntegerField(default=0)),
                ("simulated", models.BooleanField(default=False)),
                (
                    "area",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cooperatives",
                        to="register.area",
                    ),
                ),
            ],
            options={
                "ordering": ["name", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("target_percent__lte", 100)), name="cooperative_target_percent"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("below_target_cost_rupiah_hour__gte", 0)),
                        name="cooperative_below_target_cost",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("engage_cost_rupiah__gte", 0)), name="cooperative_engage_cost"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Expert",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=120)),
                ("years_experience", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("background", models.CharField(blank=True, max_length=240)),
                ("simulated", models.BooleanField(default=False)),
                (
                    "name_key",
                    models.GeneratedField(
                        db_persist=True,
                        expression=django.db.models.functions.text.Lower(
                            django.db.models.functions.text.Replace(
                                models.F("name"), models.Value(" "), models.Value("")
                            )
                        ),
                        output_field=models.CharField(max_length=160),
                    ),
                ),
                ("archived_at", models.DateTimeField(blank=True, null=True)),
                (
                    "area",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="experts",
                        to="register.area",
                    ),
                ),
                (
                    "cooperative",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="experts",
                        to="register.cooperative",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["name", "id"],
            },
        ),
        migrations.CreateModel(
            name="Holiday",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("date", models.DateField()),
                ("name", models.CharField(max_length=120)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("national", "national holiday"),
                            ("collective_leave", "collective leave"),
                            ("local", "local holiday"),
                        ],
                        default="national",
                        max_length=18,
                    ),
                ),
                ("archived_at", models.DateTimeField(blank=True, null=True)),
                (
                    "area",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="holidays",
                        to="register.area",
                    ),
                ),
            ],
            options={
                "ordering": ["date", "name"],
                "constraints": [
                    models.UniqueConstraint(fields=("date", "name", "area"), name="holiday_once_in_an_area"),
                    models.UniqueConstraint(
                        condition=models.Q(("area__isnull", True)),
                        fields=("date", "name"),
                        name="holiday_once_in_the_country",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Ikm",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=160)),
                (
                    "name_key",
                    models.GeneratedField(
                        db_persist=True,
                        expression=django.db.models.functions.text.Lower(
                            django.db.models.functions.text.Replace(
                                models.F("name"), models.Value(" "), models.Value("")
                            )
                        ),
                        output_field=models.CharField(max_length=160),
                    ),
                ),
                ("owner_name", models.CharField(max_length=120)),
                (
                    "owner_key",
                    models.GeneratedField(
                        db_persist=True,
                        expression=django.db.models.functions.text.Lower(
                            django.db.models.functions.text.Replace(
                                models.F("owner_name"), models.Value(" "), models.Value("")
                            )
                        ),
                        output_field=models.CharField(max_length=160),
                    ),
                ),
                (
                    "legal_form",
                    models.CharField(
                        choices=[
                            ("individual", "individual"),
                            ("ud", "trading house (UD)"),
                            ("cv", "limited partnership (CV)"),
                            ("firm", "partnership (firma)"),
                            ("pt", "limited company (PT)"),
                            ("pt_individual", "one-person company (PT perorangan)"),
                            ("cooperative", "cooperative"),
                            ("other", "other"),
                        ],
                        default="individual",
                        max_length=16,
                    ),
                ),
                ("phone", models.CharField(blank=True, max_length=16)),
                ("workers", models.PositiveIntegerField(blank=True, null=True)),
                ("investment_rupiah", models.BigIntegerField(blank=True, null=True)),
                ("annual_sales_rupiah", models.BigIntegerField(blank=True, null=True)),
                ("simulated", models.BooleanField(default=False)),
                ("source", models.CharField(blank=True, max_length=200)),
                (
                    "area",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="ikm",
                        to="register.area",
                    ),
                ),
                ("subsectors", models.ManyToManyField(blank=True, related_name="ikm", to="register.subsector")),
            ],
            options={
                "ordering": ["name", "id"],
                "indexes": [models.Index(fields=["name_key"], name="ikm_name_key")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("phone", ""), ("phone__startswith", "+"), _connector="OR"),
                        name="ikm_phone_e164",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("investment_rupiah__isnull", True), ("investment_rupiah__gte", 0), _connector="OR"
                        ),
                        name="ikm_investment",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("annual_sales_rupiah__isnull", True), ("annual_sales_rupiah__gte", 0), _connector="OR"
                        ),
                        name="ikm_annual_sales",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Membership",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("member", "member"),
                            ("manager", "manager"),
                            ("treasurer", "treasurer"),
                            ("inspector", "inspector"),
                        ],
                        default="member",
                        max_length=10,
                    ),
                ),
                ("joined_on", models.DateField()),
                ("left_on", models.DateField(blank=True, null=True)),
                (
                    "cooperative",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="memberships",
                        to="register.cooperative",
                    ),
                ),
                (
                    "ikm",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="memberships",
                        to="register.ikm",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["cooperative", "role", "joined_on", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ikm__isnull", False), ("role", "member")),
                            models.Q(models.Q(("role", "member"), _negated=True), ("user__isnull", False)),
                            _connector="OR",
                        ),
                        name="membership_member_is_an_ikm",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("left_on__isnull", True), ("left_on__gte", models.F("joined_on")), _connector="OR"
                        ),
                        name="membership_dates",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ikm__isnull", False), ("left_on__isnull", True)),
                        fields=("cooperative", "ikm", "role"),
                        name="membership_one_open_an_ikm",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(
                            ("left_on__isnull", True),
                            ("user__isnull", False),
                            models.Q(("role", "member"), _negated=True),
                        ),
                        fields=("cooperative", "user", "role"),
                        name="membership_one_open_a_person",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Enrolment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("started_at", models.DateTimeField()),
                ("changed_at", models.DateTimeField()),
                ("told", models.JSONField(blank=True, default=dict)),
                ("dropped_at", models.DateTimeField(blank=True, null=True)),
                (
                    "cooperative",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="enrolments",
                        to="register.cooperative",
                    ),
                ),
                (
                    "started_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "membership",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="enrolment",
                        to="register.membership",
                    ),
                ),
            ],
            options={
                "ordering": ["-changed_at", "-id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("membership__isnull", True), ("dropped_at__isnull", True), _connector="OR"),
                        name="enrolment_finished_or_dropped",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ExpertSkill",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "expert",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="mastered", to="register.expert"
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
                "ordering": ["expert", "skill"],
                "constraints": [models.UniqueConstraint(fields=("expert", "skill"), name="expertskill_once")],
            },
        ),
        migrations.CreateModel(
            name="SubsectorClassification",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "role",
                    models.CharField(choices=[("main", "main"), ("related", "related")], default="main", max_length=8),
                ),
                ("valid_from", models.DateField()),
                ("valid_until", models.DateField(blank=True, null=True)),
                ("source", models.CharField(blank=True, max_length=200)),
                (
                    "classification",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="coded", to="register.classification"
                    ),
                ),
                (
                    "subsector",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="coded", to="register.subsector"
                    ),
                ),
            ],
            options={
                "ordering": ["subsector", "role", "classification"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("subsector", "classification", "valid_from"), name="subsectorclassification_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_until__isnull", True), ("valid_until__gte", models.F("valid_from")), _connector="OR"
                        ),
                        name="subsectorclassification_dates",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Workshop",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=20, unique=True)),
                ("name", models.CharField(max_length=160)),
                (
                    "name_key",
                    models.GeneratedField(
                        db_persist=True,
                        expression=django.db.models.functions.text.Lower(
                            django.db.models.functions.text.Replace(
                                models.F("name"), models.Value(" "), models.Value("")
                            )
                        ),
                        output_field=models.CharField(max_length=160),
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("home", "home"), ("garage", "garage"), ("workshop", "workshop")],
                        default="workshop",
                        max_length=10,
                    ),
                ),
                ("floor_m2", models.PositiveIntegerField(blank=True, null=True)),
                ("power_va", models.PositiveIntegerField(blank=True, null=True)),
                ("address", models.CharField(blank=True, max_length=240)),
                ("lat", models.FloatField(blank=True, null=True)),
                ("lng", models.FloatField(blank=True, null=True)),
                ("simulated", models.BooleanField(default=False)),
                ("archived_at", models.DateTimeField(blank=True, null=True)),
                ("confirmed_at", models.DateTimeField(blank=True, null=True)),
                ("wish_minutes_week", models.PositiveIntegerField(blank=True, null=True)),
                ("need_weight", models.DecimalField(decimal_places=2, default=1, max_digits=4)),
                ("need_reason", models.CharField(blank=True, max_length=240)),
                (
                    "area",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="workshops",
                        to="register.area",
                    ),
                ),
                (
                    "ikm",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="workshops", to="register.ikm"
                    ),
                ),
            ],
            options={
                "ordering": ["code"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("code", ""), _negated=True), name="workshop_code_filled"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("wish_minutes_week__isnull", True), ("wish_minutes_week__lte", 10080), _connector="OR"
                        ),
                        name="workshop_wish",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("need_weight__gte", 0), ("need_weight__lte", 10)), name="workshop_need"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("need_weight", 1), models.Q(("need_reason", ""), _negated=True), _connector="OR"
                        ),
                        name="workshop_need_has_a_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("lat__isnull", False),
                                ("lat__range", (-90.0, 90.0)),
                                ("lng__isnull", False),
                                ("lng__range", (-180.0, 180.0)),
                            ),
                            models.Q(("lat__isnull", True), ("lng__isnull", True)),
                            _connector="OR",
                        ),
                        name="workshop_on_the_globe",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="WeekPattern",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("valid_from", models.DateField()),
                (
                    "minutes_monday",
                    models.PositiveSmallIntegerField(
                        default=0, validators=[django.core.validators.MaxValueValidator(1440)]
                    ),
                ),
                (
                    "minutes_tuesday",
                    models.PositiveSmallIntegerField(
                        default=0, validators=[django.core.validators.MaxValueValidator(1440)]
                    ),
                ),
                (
                    "minutes_wednesday",
                    models.PositiveSmallIntegerField(
                        default=0, validators=[django.core.validators.MaxValueValidator(1440)]
                    ),
                ),
                (
                    "minutes_thursday",
                    models.PositiveSmallIntegerField(
                        default=0, validators=[django.core.validators.MaxValueValidator(1440)]
                    ),
                ),
                (
                    "minutes_friday",
                    models.PositiveSmallIntegerField(
                        default=0, validators=[django.core.validators.MaxValueValidator(1440)]
                    ),
                ),
                (
                    "minutes_saturday",
                    models.PositiveSmallIntegerField(
                        default=0, validators=[django.core.validators.MaxValueValidator(1440)]
                    ),
                ),
                (
                    "minutes_sunday",
                    models.PositiveSmallIntegerField(
                        default=0, validators=[django.core.validators.MaxValueValidator(1440)]
                    ),
                ),
                (
                    "overtime_minutes_week",
                    models.PositiveIntegerField(
                        default=0, validators=[django.core.validators.MaxValueValidator(10080)]
                    ),
                ),
                ("overtime_cost_rupiah_hour", models.BigIntegerField(default=0)),
                (
                    "workshop",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="week_patterns",
                        to="register.workshop",
                    ),
                ),
            ],
            options={
                "ordering": ["workshop", "valid_from"],
                "constraints": [
                    models.UniqueConstraint(fields=("workshop", "valid_from"), name="weekpattern_once_a_day"),
                    models.CheckConstraint(
                        condition=models.Q(("overtime_cost_rupiah_hour__gte", 0)), name="weekpattern_overtime_cost"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("overtime_minutes_week__lte", 10080)), name="weekpattern_overtime_minutes"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("minutes_monday__lte", 1440)), name="weekpattern_minutes_monday"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("minutes_tuesday__lte", 1440)), name="weekpattern_minutes_tuesday"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("minutes_wednesday__lte", 1440)), name="weekpattern_minutes_wednesday"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("minutes_thursday__lte", 1440)), name="weekpattern_minutes_thursday"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("minutes_friday__lte", 1440)), name="weekpattern_minutes_friday"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("minutes_saturday__lte", 1440)), name="weekpattern_minutes_saturday"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("minutes_sunday__lte", 1440)), name="weekpattern_minutes_sunday"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Machine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=120)),
                (
                    "count",
                    models.PositiveSmallIntegerField(
                        default=1, validators=[django.core.validators.MinValueValidator(1)]
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=240)),
                ("archived_at", models.DateTimeField(blank=True, null=True)),
                (
                    "skill",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="machines",
                        to="register.skill",
                    ),
                ),
                (
                    "workshop",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="machines", to="register.workshop"
                    ),
                ),
            ],
            options={
                "ordering": ["workshop", "name"],
                "constraints": [models.CheckConstraint(condition=models.Q(("count__gte", 1)), name="machine_count")],
            },
        ),
        migrations.CreateModel(
            name="Leave",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("first_day", models.DateField()),
                ("last_day", models.DateField()),
                ("reason", models.CharField(blank=True, max_length=160)),
                (
                    "workshop",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="leaves", to="register.workshop"
                    ),
                ),
            ],
            options={
                "ordering": ["workshop", "first_day"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("last_day__isnull", True), ("last_day__gte", models.F("first_day")), _connector="OR"
                        ),
                        name="leave_dates",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Certificate",
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
                ("number", models.CharField(blank=True, max_length=60)),
                ("issued_on", models.DateField(blank=True, null=True)),
                ("expires_on", models.DateField(blank=True, null=True)),
                ("archived_at", models.DateTimeField(blank=True, null=True)),
                (
                    "ikm",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="certificates",
                        to="register.ikm",
                    ),
                ),
                (
                    "workshop",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="certificates",
                        to="register.workshop",
                    ),
                ),
            ],
            options={
                "ordering": ["kind", "number"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ikm__isnull", True), ("workshop__isnull", False)),
                            models.Q(("ikm__isnull", False), ("workshop__isnull", True)),
                            _connector="OR",
                        ),
                        name="certificate_of_one_holder",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("expires_on__isnull", True), ("expires_on__gte", models.F("issued_on")), _connector="OR"
                        ),
                        name="certificate_dates",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="WorkshopSkill",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "claim",
                    models.CharField(
                        choices=[("claimed", "claimed"), ("attested", "attested"), ("verified", "verified")],
                        default="claimed",
                        max_length=10,
                    ),
                ),
                ("since", models.DateField(blank=True, null=True)),
                ("attested_on", models.DateField(blank=True, null=True)),
                ("evidence", models.CharField(blank=True, max_length=240)),
                (
                    "attested_by",
                    models.ForeignKey(
                        blank=True,
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
                    "skill",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="mastered", to="register.skill"
                    ),
                ),
                (
                    "workshop",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="mastered", to="register.workshop"
                    ),
                ),
            ],
            options={
                "ordering": ["workshop", "skill"],
                "constraints": [
                    models.UniqueConstraint(fields=("workshop", "skill"), name="workshopskill_once"),
                    models.CheckConstraint(
                        condition=models.Q(("claim", "claimed"), ("attested_by__isnull", False), _connector="OR"),
                        name="workshopskill_attested_by_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("claim", "verified"), _negated=True),
                            ("attested_on__isnull", False),
                            _connector="OR",
                        ),
                        name="workshopskill_verified_on_a_day",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="expert",
            name="skills",
            field=models.ManyToManyField(related_name="experts", through="register.ExpertSkill", to="register.skill"),
        ),
        migrations.AddField(
            model_name="subsector",
            name="classifications",
            field=models.ManyToManyField(
                related_name="subsectors", through="register.SubsectorClassification", to="register.classification"
            ),
        ),
        migrations.AddField(
            model_name="workshop",
            name="skills",
            field=models.ManyToManyField(
                related_name="workshops", through="register.WorkshopSkill", to="register.skill"
            ),
        ),
    ]
