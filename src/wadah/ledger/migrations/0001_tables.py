import django.db.models.deletion
import django.db.models.expressions
from django.conf import settings
from django.db import migrations, models

import wadah.demand.rules.papers


class Migration(migrations.Migration):
    replaces = [
        ("ledger", "0001_books_opened"),
        ("ledger", "0002_what_is_taken_back"),
        ("ledger", "0003_shares_taken_back"),
        ("ledger", "0004_statement_lines_know_their_payment"),
    ]

    initial = True

    dependencies = [
        ("accounts", "0001_tables"),
        ("base", "0001_tables"),
        ("catalogue", "0001_tables"),
        ("demand", "0001_tables"),
        ("register", "0001_tables"),
        ("work", "0001_tables"),
    ]

    operations = [
        migrations.CreateModel(
            name="Account",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=8)),
                ("name", models.CharField(blank=True, max_length=120)),
                (
                    "group",
                    models.CharField(
                        choices=[
                            ("current_asset", "current assets"),
                            ("fixed_asset", "fixed assets"),
                            ("other_asset", "other assets"),
                            ("current_liability", "short-term liabilities"),
                            ("long_liability", "long-term liabilities"),
                            ("equity", "equity"),
                            ("revenue", "revenue"),
                            ("other_revenue", "other revenue"),
                            ("direct_cost", "direct cost"),
                            ("cost", "operating cost"),
                            ("other_cost", "other cost"),
                            ("income_tax", "income tax"),
                        ],
                        max_length=17,
                    ),
                ),
                ("side", models.CharField(choices=[("debit", "debit"), ("credit", "credit")], max_length=6)),
                (
                    "party",
                    models.CharField(
                        blank=True, choices=[("ikm", "maker"), ("buyer", "buyer"), ("motif", "motif")], max_length=5
                    ),
                ),
                ("manual", models.BooleanField(default=False)),
                ("archived", models.BooleanField(default=False)),
                (
                    "cooperative",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="register.cooperative",
                    ),
                ),
            ],
            options={
                "ordering": ["code"],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("code", ""), _negated=True), name="account_code_filled"),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "group__in",
                                [
                                    "current_asset",
                                    "fixed_asset",
                                    "other_asset",
                                    "current_liability",
                                    "long_liability",
                                    "equity",
                                    "revenue",
                                    "other_revenue",
                                    "direct_cost",
                                    "cost",
                                    "other_cost",
                                    "income_tax",
                                ],
                            )
                        ),
                        name="account_group_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("side__in", ["debit", "credit"])), name="account_side_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("party__in", ["ikm", "buyer", "motif", ""])), name="account_party_known"
                    ),
                    models.UniqueConstraint(fields=("cooperative", "code"), name="account_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("cooperative__isnull", True)), fields=("code",), name="account_of_the_chart"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("cooperative__isnull", True),
                            models.Q(models.Q(("name", ""), _negated=True), ("party", "")),
                            _connector="OR",
                        ),
                        name="account_own_has_a_name",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Advance",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.CharField(max_length=24, unique=True)),
                ("kind", models.CharField(choices=[("money", "money"), ("material", "material")], max_length=8)),
                ("on", models.DateField()),
                ("till", models.CharField(blank=True, choices=[("cash", "cash"), ("bank", "bank")], max_length=4)),
                ("rupiah", models.BigIntegerField()),
                ("recovered", models.BigIntegerField(default=0)),
                ("what", models.CharField(max_length=400)),
                ("at", models.DateTimeField()),
                ("reversed_at", models.DateTimeField(null=True)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "cooperative",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="register.cooperative"
                    ),
                ),
                (
                    "ikm",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="register.ikm"),
                ),
            ],
            options={
                "ordering": ["on", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("number", ""), _negated=True), name="advance_number_filled"
                    ),
                    models.CheckConstraint(condition=models.Q(("what", ""), _negated=True), name="advance_what_filled"),
                    models.CheckConstraint(condition=models.Q(("rupiah__gt", 0)), name="advance_rupiah_positive"),
                    models.CheckConstraint(
                        condition=models.Q(("recovered__gte", 0)), name="advance_recovered_not_negative"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["money", "material"])), name="advance_kind_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("till__in", ["cash", "bank", ""])), name="advance_till_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("recovered__lte", models.F("rupiah"))), name="advance_not_recovered_twice"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kind", "material"), models.Q(("till", ""), _negated=True), _connector="OR"
                        ),
                        name="advance_of_money_has_a_till",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="BankFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=120)),
                ("digest", models.CharField(max_length=64)),
                ("rows", models.PositiveIntegerField(default=0)),
                ("told", models.JSONField(default=dict)),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
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
                "ordering": ["-id"],
                "constraints": [models.UniqueConstraint(fields=("cooperative", "digest"), name="bankfile_once")],
            },
        ),
        migrations.CreateModel(
            name="BankRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=64)),
                ("on", models.DateField()),
                ("rupiah", models.BigIntegerField()),
                ("text", models.CharField(blank=True, max_length=400)),
                ("dismissed", models.CharField(blank=True, max_length=200)),
                (
                    "cooperative",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="register.cooperative"
                    ),
                ),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="lines", to="ledger.bankfile"
                    ),
                ),
            ],
            options={
                "ordering": ["on", "id"],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("rupiah__gt", 0)), name="bankrow_rupiah_positive"),
                    models.UniqueConstraint(fields=("cooperative", "key"), name="bankrow_once"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Book",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("opened_on", models.DateField()),
                ("head_seq", models.PositiveBigIntegerField(default=0)),
                ("head_hash", models.CharField(blank=True, max_length=64)),
                (
                    "cooperative",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="register.cooperative"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="BookYear",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("year", models.PositiveSmallIntegerField()),
                (
                    "status",
                    models.CharField(
                        choices=[("proposed", "waits for a second person"), ("closed", "closed"), ("shared", "shared")],
                        default="proposed",
                        max_length=8,
                    ),
                ),
                ("result", models.BigIntegerField()),
                ("members_part", models.BigIntegerField()),
                ("proposed_at", models.DateTimeField()),
                ("closed_at", models.DateTimeField(null=True)),
                ("simulated", models.BooleanField(default=False)),
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
                    "proposed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "ordering": ["-year"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ["proposed", "closed", "shared"])),
                        name="bookyear_status_known",
                    ),
                    models.UniqueConstraint(fields=("cooperative", "year"), name="bookyear_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("status", "proposed"),
                            models.Q(
                                ("closed_by__isnull", False),
                                models.Q(("closed_by", models.F("proposed_by")), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="bookyear_four_eyes",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Journal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.CharField(max_length=24, unique=True)),
                ("on", models.DateField()),
                ("what", models.CharField(max_length=400)),
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
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
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
                "ordering": ["-on", "-id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("number", ""), _negated=True), name="journal_number_filled"
                    ),
                    models.CheckConstraint(condition=models.Q(("what", ""), _negated=True), name="journal_what_filled"),
                ],
            },
        ),
        migrations.CreateModel(
            name="JournalLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("debit", models.BigIntegerField(default=0)),
                ("credit", models.BigIntegerField(default=0)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ledger.account"
                    ),
                ),
                (
                    "journal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="lines", to="ledger.journal"
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("debit__gte", 0)), name="journalline_debit_not_negative"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("credit__gte", 0)), name="journalline_credit_not_negative"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("credit__gt", models.F("debit")), ("debit", 0)),
                            models.Q(("credit", 0), ("debit__gt", models.F("credit"))),
                            _connector="OR",
                        ),
                        name="journalline_one_side",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Meeting",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reference", models.CharField(max_length=80)),
                ("held_on", models.DateField()),
                ("present", models.PositiveIntegerField(help_text="members who were there")),
                ("members", models.PositiveIntegerField(help_text="members there are")),
                (
                    "patronage_base",
                    models.CharField(
                        choices=[("pay", "pay for accepted work"), ("hours", "hours in accepted work")],
                        default="pay",
                        max_length=6,
                    ),
                ),
                ("others_to_reserve", models.BooleanField(default=True)),
                ("note", models.CharField(blank=True, max_length=400)),
                ("at", models.DateTimeField()),
                ("shared_at", models.DateTimeField(null=True)),
                (
                    "book_year",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="meeting", to="ledger.bookyear"
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "shared_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-held_on"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("reference", ""), _negated=True), name="meeting_reference_filled"
                    ),
                    models.CheckConstraint(condition=models.Q(("present__gt", 0)), name="meeting_present_positive"),
                    models.CheckConstraint(condition=models.Q(("members__gt", 0)), name="meeting_members_positive"),
                    models.CheckConstraint(
                        condition=models.Q(("patronage_base__in", ["pay", "hours"])),
                        name="meeting_patronage_base_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("present__lte", models.F("members"))), name="meeting_present_of_members"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="MeetingPool",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "pool",
                    models.CharField(
                        choices=[
                            ("reserve", "reserve (dana cadangan)"),
                            ("patronage", "to members by their work (jasa usaha)"),
                            ("capital", "to members by their savings (jasa modal)"),
                            ("board", "board and supervisors"),
                            ("staff", "staff"),
                            ("education", "education"),
                            ("social", "social fund"),
                            ("area", "development of the area"),
                        ],
                        max_length=9,
                    ),
                ),
                ("percent", models.DecimalField(decimal_places=4, max_digits=7)),
                ("rupiah", models.BigIntegerField(default=0)),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="pools", to="ledger.meeting"
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("percent__gte", 0)), name="meetingpool_percent_not_negative"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("rupiah__gte", 0)), name="meetingpool_rupiah_not_negative"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "pool__in",
                                ["reserve", "patronage", "capital", "board", "staff", "education", "social", "area"],
                            )
                        ),
                        name="meetingpool_pool_known",
                    ),
                    models.UniqueConstraint(fields=("meeting", "pool"), name="meetingpool_once"),
                ],
            },
        ),
        migrations.CreateModel(
            name="MemberTerms",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("valid_from", models.DateField()),
                ("decided_by", models.CharField(max_length=200)),
                ("principal_saving_rupiah", models.BigIntegerField(default=0)),
                ("mandatory_saving_rupiah_month", models.BigIntegerField(default=0)),
                ("voluntary_percent", models.DecimalField(decimal_places=3, default=0, max_digits=6)),
                ("recovery_percent_max", models.DecimalField(decimal_places=3, default=50, max_digits=6)),
                ("penalty_percent_week", models.DecimalField(decimal_places=3, default=0, max_digits=6)),
                ("penalty_cap_percent", models.DecimalField(decimal_places=3, default=0, max_digits=6)),
                ("simulated", models.BooleanField(default=False)),
                (
                    "cooperative",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="register.cooperative"
                    ),
                ),
            ],
            options={
                "ordering": ["cooperative", "valid_from"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("decided_by", ""), _negated=True), name="memberterms_decided_by_filled"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("principal_saving_rupiah__gte", 0)),
                        name="memberterms_principal_saving_rupiah_not_negative",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("mandatory_saving_rupiah_month__gte", 0)),
                        name="memberterms_mandatory_saving_rupiah_month_not_negative",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("voluntary_percent__gte", 0)),
                        name="memberterms_voluntary_percent_not_negative",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("recovery_percent_max__gte", 0)),
                        name="memberterms_recovery_percent_max_not_negative",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("penalty_percent_week__gte", 0)),
                        name="memberterms_penalty_percent_week_not_negative",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("penalty_cap_percent__gte", 0)),
                        name="memberterms_penalty_cap_percent_not_negative",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("penalty_cap_percent__lte", 100),
                            ("recovery_percent_max__lte", 100),
                            ("voluntary_percent__lte", 100),
                        ),
                        name="memberterms_percent",
                    ),
                    models.UniqueConstraint(fields=("cooperative", "valid_from"), name="memberterms_once"),
                ],
            },
        ),
        migrations.CreateModel(
            name="PayoutAccount",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("valid_from", models.DateField()),
                ("bank", models.CharField(max_length=60)),
                ("holder", models.CharField(max_length=120)),
                ("number", models.TextField(help_text="encrypted")),
                ("last", models.CharField(max_length=4)),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "ikm",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="register.ikm"),
                ),
            ],
            options={
                "ordering": ["ikm", "valid_from", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("bank", ""), _negated=True), name="payoutaccount_bank_filled"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("holder", ""), _negated=True), name="payoutaccount_holder_filled"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("number", ""), _negated=True), name="payoutaccount_number_filled"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("last", ""), _negated=True), name="payoutaccount_last_filled"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Period",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("month", models.DateField()),
                ("closed_seq", models.PositiveBigIntegerField()),
                ("closed_at", models.DateTimeField()),
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
            ],
            options={
                "ordering": ["month"],
                "constraints": [
                    models.UniqueConstraint(fields=("cooperative", "month"), name="period_once"),
                    models.CheckConstraint(condition=models.Q(("month__day", 1)), name="period_first_day"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Posting",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("seq", models.PositiveBigIntegerField()),
                ("on", models.DateField()),
                (
                    "rule",
                    models.CharField(
                        choices=[
                            ("P1", "accepted work"),
                            ("P2", "invoice"),
                            ("P3", "credit note"),
                            ("P4", "payment from a buyer"),
                            ("P5", "payment set against an invoice"),
                            ("P6", "advance to a member"),
                            ("P7", "settlement"),
                            ("P8", "paid out"),
                            ("P9", "savings"),
                            ("P10", "journal entry"),
                            ("P11", "stock count"),
                            ("P12", "income tax"),
                            ("P13", "year closed"),
                            ("P14", "surplus shared"),
                            ("P15", "share of the surplus paid out"),
                            ("P16", "royalty paid out"),
                            ("P17", "reversal"),
                            ("P18", "paid back to a buyer"),
                        ],
                        max_length=3,
                    ),
                ),
                ("source_kind", models.CharField(max_length=20)),
                ("source_id", models.BigIntegerField()),
                ("source_number", models.CharField(blank=True, max_length=24)),
                ("note", models.CharField(blank=True, max_length=400)),
                ("at", models.DateTimeField()),
                ("previous_hash", models.CharField(blank=True, max_length=64)),
                ("hash", models.CharField(max_length=64)),
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
                    "cooperative",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="register.cooperative"
                    ),
                ),
                (
                    "reverses",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reversed_by",
                        to="ledger.posting",
                    ),
                ),
            ],
            options={
                "ordering": ["cooperative", "seq"],
                "indexes": [models.Index(fields=["cooperative", "on"], name="posting_by_day")],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("seq__gt", 0)), name="posting_seq_positive"),
                    models.CheckConstraint(
                        condition=models.Q(("source_kind", ""), _negated=True), name="posting_source_kind_filled"
                    ),
                    models.CheckConstraint(condition=models.Q(("hash", ""), _negated=True), name="posting_hash_filled"),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "rule__in",
                                [
                                    "P1",
                                    "P2",
                                    "P3",
                                    "P4",
                                    "P5",
                                    "P6",
                                    "P7",
                                    "P8",
                                    "P9",
                                    "P10",
                                    "P11",
                                    "P12",
                                    "P13",
                                    "P14",
                                    "P15",
                                    "P16",
                                    "P17",
                                    "P18",
                                ],
                            )
                        ),
                        name="posting_rule_known",
                    ),
                    models.UniqueConstraint(fields=("cooperative", "seq"), name="posting_seq_once"),
                    models.UniqueConstraint(fields=("rule", "source_kind", "source_id"), name="posting_source_once"),
                ],
            },
        ),
        migrations.CreateModel(
            name="PostingLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("line_no", models.PositiveIntegerField()),
                ("debit", models.BigIntegerField(default=0)),
                ("credit", models.BigIntegerField(default=0)),
                ("pieces", models.DecimalField(decimal_places=3, max_digits=14, null=True)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ledger.account"
                    ),
                ),
                (
                    "buyer",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="demand.buyer"
                    ),
                ),
                (
                    "ikm",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="register.ikm"
                    ),
                ),
                (
                    "lot",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="work.lot"
                    ),
                ),
                (
                    "motif",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="catalogue.motif"
                    ),
                ),
                (
                    "posting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="lines", to="ledger.posting"
                    ),
                ),
            ],
            options={
                "ordering": ["posting", "line_no"],
                "indexes": [
                    models.Index(fields=["account", "ikm"], name="line_of_an_ikm"),
                    models.Index(fields=["account", "buyer"], name="line_of_a_buyer"),
                ],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("line_no__gt", 0)), name="postingline_line_no_positive"),
                    models.CheckConstraint(
                        condition=models.Q(("debit__gte", 0)), name="postingline_debit_not_negative"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("credit__gte", 0)), name="postingline_credit_not_negative"
                    ),
                    models.UniqueConstraint(fields=("posting", "line_no"), name="postingline_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("debit__gt", 0), ("credit", 0)),
                            models.Q(("credit__gt", 0), ("debit", 0)),
                            _connector="OR",
                        ),
                        name="postingline_one_side",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Reversal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reason", models.CharField(max_length=400)),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "posting",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ledger.posting"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True), name="reversal_reason_filled"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="RoyaltyPayout",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.CharField(max_length=24, unique=True)),
                ("holder", models.CharField(max_length=120)),
                ("on", models.DateField()),
                ("till", models.CharField(choices=[("cash", "cash"), ("bank", "bank")], max_length=4)),
                ("rupiah", models.BigIntegerField()),
                ("at", models.DateTimeField()),
                ("reversed_at", models.DateTimeField(null=True)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "cooperative",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="register.cooperative"
                    ),
                ),
                (
                    "motif",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="catalogue.motif"
                    ),
                ),
            ],
            options={
                "ordering": ["-id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("number", ""), _negated=True), name="royaltypayout_number_filled"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("holder", ""), _negated=True), name="royaltypayout_holder_filled"
                    ),
                    models.CheckConstraint(condition=models.Q(("rupiah__gt", 0)), name="royaltypayout_rupiah_positive"),
                    models.CheckConstraint(
                        condition=models.Q(("till__in", ["cash", "bank"])), name="royaltypayout_till_known"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SaleTerms",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "sold_as",
                    models.CharField(
                        choices=[
                            ("principal", "in its own name (the whole price is turnover)"),
                            ("agent", "for its members (only the fee is turnover)"),
                        ],
                        default="principal",
                        max_length=9,
                    ),
                ),
                ("fee_percent", models.DecimalField(decimal_places=3, default=0, max_digits=6)),
                ("due_days", models.PositiveSmallIntegerField(default=30)),
                (
                    "order",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="demand.order"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("fee_percent__gte", 0)), name="saleterms_fee_percent_not_negative"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("sold_as__in", ["principal", "agent"])), name="saleterms_sold_as_known"
                    ),
                    models.CheckConstraint(condition=models.Q(("fee_percent__lte", 100)), name="saleterms_fee"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("sold_as", "agent"), _negated=True), ("fee_percent__gt", 0), _connector="OR"
                        ),
                        name="saleterms_agent_fee",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Settlement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.CharField(max_length=24, unique=True)),
                ("until", models.DateField()),
                ("on", models.DateField(help_text="the day that it is posted to")),
                (
                    "status",
                    models.CharField(
                        choices=[("draft", "preview"), ("locked", "locked"), ("paid", "paid out")],
                        default="draft",
                        max_length=6,
                    ),
                ),
                ("prepared_at", models.DateTimeField()),
                ("locked_at", models.DateTimeField(null=True)),
                ("simulated", models.BooleanField(default=False)),
                (
                    "cooperative",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="register.cooperative"
                    ),
                ),
                (
                    "locked_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "prepared_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "terms",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="ledger.memberterms",
                    ),
                ),
            ],
            options={
                "ordering": ["-id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("number", ""), _negated=True), name="settlement_number_filled"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ["draft", "locked", "paid"])), name="settlement_status_known"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("status", "draft")),
                        fields=("cooperative",),
                        name="settlement_one_draft_a_cooperative",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("status", "draft"),
                            models.Q(
                                ("locked_by__isnull", False),
                                models.Q(("locked_by", models.F("prepared_by")), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="settlement_four_eyes",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Payout",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.CharField(max_length=24, unique=True)),
                ("on", models.DateField()),
                ("till", models.CharField(choices=[("cash", "cash"), ("bank", "bank")], max_length=4)),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "settlement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="payouts", to="ledger.settlement"
                    ),
                ),
            ],
            options={
                "ordering": ["-id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("number", ""), _negated=True), name="payout_number_filled"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("till__in", ["cash", "bank"])), name="payout_till_known"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SettlementRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("check_code", models.CharField(default=wadah.demand.rules.papers.check_code_new, max_length=12)),
                ("work", models.BigIntegerField(default=0)),
                ("penalty", models.BigIntegerField(default=0)),
                ("recovered", models.BigIntegerField(default=0)),
                ("carried_in", models.BigIntegerField(default=0)),
                ("mandatory", models.BigIntegerField(default=0)),
                ("voluntary", models.BigIntegerField(default=0)),
                ("carried_out", models.BigIntegerField(default=0)),
                ("net", models.BigIntegerField(default=0)),
                ("paid", models.BigIntegerField(default=0)),
                ("why", models.JSONField(default=list)),
                (
                    "ikm",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="register.ikm"),
                ),
                (
                    "settlement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="rows", to="ledger.settlement"
                    ),
                ),
            ],
            options={
                "ordering": ["settlement", "ikm"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("recovered__gte", 0)), name="settlementrow_recovered_not_negative"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("carried_in__gte", 0)), name="settlementrow_carried_in_not_negative"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("mandatory__gte", 0)), name="settlementrow_mandatory_not_negative"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("voluntary__gte", 0)), name="settlementrow_voluntary_not_negative"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("carried_out__gte", 0)), name="settlementrow_carried_out_not_negative"
                    ),
                    models.CheckConstraint(condition=models.Q(("net__gte", 0)), name="settlementrow_net_not_negative"),
                    models.CheckConstraint(
                        condition=models.Q(("paid__gte", 0)), name="settlementrow_paid_not_negative"
                    ),
                    models.UniqueConstraint(fields=("settlement", "ikm"), name="settlementrow_once"),
                    models.CheckConstraint(
                        condition=models.Q(("paid__lte", models.F("net"))), name="settlementrow_not_paid_twice"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "net",
                                django.db.models.expressions.CombinedExpression(
                                    django.db.models.expressions.CombinedExpression(
                                        django.db.models.expressions.CombinedExpression(
                                            django.db.models.expressions.CombinedExpression(
                                                django.db.models.expressions.CombinedExpression(
                                                    django.db.models.expressions.CombinedExpression(
                                                        models.F("work"), "-", models.F("penalty")
                                                    ),
                                                    "-",
                                                    models.F("recovered"),
                                                ),
                                                "-",
                                                models.F("carried_in"),
                                            ),
                                            "-",
                                            models.F("mandatory"),
                                        ),
                                        "-",
                                        models.F("voluntary"),
                                    ),
                                    "+",
                                    models.F("carried_out"),
                                ),
                            )
                        ),
                        name="settlementrow_adds_up",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Saving",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.CharField(blank=True, max_length=24)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("pokok", "principal savings (pokok)"),
                            ("wajib", "mandatory savings (wajib)"),
                            ("sukarela", "voluntary savings (sukarela)"),
                        ],
                        max_length=8,
                    ),
                ),
                ("on", models.DateField()),
                ("rupiah", models.BigIntegerField()),
                ("till", models.CharField(blank=True, choices=[("cash", "cash"), ("bank", "bank")], max_length=4)),
                ("note", models.CharField(blank=True, max_length=400)),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "cooperative",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="register.cooperative"
                    ),
                ),
                (
                    "ikm",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="register.ikm"),
                ),
                (
                    "reverses",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reversed_by",
                        to="ledger.saving",
                    ),
                ),
                (
                    "row",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="savings",
                        to="ledger.settlementrow",
                    ),
                ),
            ],
            options={
                "ordering": ["on", "id"],
                "indexes": [models.Index(fields=["cooperative", "ikm", "kind"], name="saving_of_a_member")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["pokok", "wajib", "sukarela"])), name="saving_kind_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("till__in", ["cash", "bank", ""])), name="saving_till_known"
                    ),
                    models.CheckConstraint(condition=models.Q(("rupiah", 0), _negated=True), name="saving_says_it"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("row__isnull", False), ("rupiah__gt", 0)),
                            models.Q(models.Q(("till", ""), _negated=True), models.Q(("number", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="saving_withheld_or_by_hand",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("number", ""), _negated=True), fields=("number",), name="saving_number_once"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Recovery",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("rupiah", models.BigIntegerField()),
                (
                    "advance",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="recoveries", to="ledger.advance"
                    ),
                ),
                (
                    "row",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="recoveries",
                        to="ledger.settlementrow",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("rupiah__gt", 0)), name="recovery_rupiah_positive"),
                    models.UniqueConstraint(fields=("row", "advance"), name="recovery_once"),
                ],
            },
        ),
        migrations.CreateModel(
            name="PayoutRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("rupiah", models.BigIntegerField()),
                ("received_by", models.CharField(blank=True, max_length=120)),
                ("reversed_at", models.DateTimeField(null=True)),
                (
                    "account",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="ledger.payoutaccount",
                    ),
                ),
                (
                    "payout",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="rows", to="ledger.payout"
                    ),
                ),
                (
                    "row",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="payouts", to="ledger.settlementrow"
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("rupiah__gt", 0)), name="payoutrow_rupiah_positive")
                ],
            },
        ),
        migrations.CreateModel(
            name="StockCount",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("on", models.DateField()),
                ("rupiah", models.BigIntegerField()),
                ("before_rupiah", models.BigIntegerField(help_text="what the books held")),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
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
                "ordering": ["on"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("rupiah__gte", 0)), name="stockcount_rupiah_not_negative"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("before_rupiah__gte", 0)), name="stockcount_before_rupiah_not_negative"
                    ),
                    models.UniqueConstraint(fields=("cooperative", "on"), name="stockcount_once"),
                ],
            },
        ),
        migrations.CreateModel(
            name="StockCountRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("pieces", models.DecimalField(decimal_places=3, max_digits=14)),
                ("each_rupiah", models.DecimalField(decimal_places=4, max_digits=16)),
                ("rupiah", models.BigIntegerField()),
                ("how", models.CharField(help_text="where the price comes from: pay, price, none", max_length=8)),
                (
                    "count",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="rows", to="ledger.stockcount"
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
                "ordering": ["id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("pieces__gte", 0)), name="stockcountrow_pieces_not_negative"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("each_rupiah__gte", 0)), name="stockcountrow_each_rupiah_not_negative"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("rupiah__gte", 0)), name="stockcountrow_rupiah_not_negative"
                    ),
                    models.UniqueConstraint(fields=("count", "part"), name="stockcountrow_once"),
                ],
            },
        ),
        migrations.CreateModel(
            name="SurplusShare",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("check_code", models.CharField(default=wadah.demand.rules.papers.check_code_new, max_length=12)),
                ("patronage_base", models.BigIntegerField()),
                ("capital_base", models.BigIntegerField()),
                ("patronage", models.BigIntegerField()),
                ("capital", models.BigIntegerField()),
                ("paid", models.BigIntegerField(default=0)),
                (
                    "ikm",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="register.ikm"),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="shares", to="ledger.meeting"
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("patronage_base__gte", 0)), name="surplusshare_patronage_base_not_negative"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("capital_base__gte", 0)), name="surplusshare_capital_base_not_negative"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("patronage__gte", 0)), name="surplusshare_patronage_not_negative"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("capital__gte", 0)), name="surplusshare_capital_not_negative"
                    ),
                    models.CheckConstraint(condition=models.Q(("paid__gte", 0)), name="surplusshare_paid_not_negative"),
                    models.UniqueConstraint(fields=("meeting", "ikm"), name="surplusshare_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "paid__lte",
                                django.db.models.expressions.CombinedExpression(
                                    models.F("patronage"), "+", models.F("capital")
                                ),
                            )
                        ),
                        name="surplusshare_not_paid_twice",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SurplusPayout",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.CharField(max_length=24, unique=True)),
                ("on", models.DateField()),
                ("till", models.CharField(choices=[("cash", "cash"), ("bank", "bank")], max_length=4)),
                ("rupiah", models.BigIntegerField()),
                ("at", models.DateTimeField()),
                ("reversed_at", models.DateTimeField(null=True)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "share",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="payouts", to="ledger.surplusshare"
                    ),
                ),
            ],
            options={
                "ordering": ["-id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("number", ""), _negated=True), name="surpluspayout_number_filled"
                    ),
                    models.CheckConstraint(condition=models.Q(("rupiah__gt", 0)), name="surpluspayout_rupiah_positive"),
                    models.CheckConstraint(
                        condition=models.Q(("till__in", ["cash", "bank"])), name="surpluspayout_till_known"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="TaxRate",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("ppn", "value added tax (PPN)"),
                            ("ppn_collector", "value added tax that a public treasurer pays for us (PPN)"),
                            ("ppn_luxury", "value added tax on luxury goods (PPN)"),
                            ("final_income", "final income tax (PPh final)"),
                            ("pph22", "withheld by a public treasurer on goods (PPh 22)"),
                            ("pph22_certified", "withheld on goods with a certificate (PPh final in place of PPh 22)"),
                            ("pph23", "withheld on services (PPh 23)"),
                            ("savings_interest", "final tax on members' savings interest"),
                            ("stamp", "stamp duty (meterai)"),
                        ],
                        max_length=16,
                    ),
                ),
                ("valid_from", models.DateField()),
                ("valid_until", models.DateField(blank=True, null=True)),
                ("percent", models.DecimalField(decimal_places=4, default=0, max_digits=7)),
                ("base_numerator", models.PositiveSmallIntegerField(default=1)),
                ("base_denominator", models.PositiveSmallIntegerField(default=1)),
                ("above_rupiah", models.BigIntegerField(default=0)),
                ("turnover_max_rupiah", models.BigIntegerField(default=0)),
                ("fixed_rupiah", models.BigIntegerField(default=0)),
                ("code", models.CharField(blank=True, max_length=4)),
                ("source", models.CharField(max_length=300)),
                ("sure", models.CharField(default="B", max_length=1)),
            ],
            options={
                "ordering": ["kind", "valid_from"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("source", ""), _negated=True), name="taxrate_source_filled"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("percent__gte", 0)), name="taxrate_percent_not_negative"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("above_rupiah__gte", 0)), name="taxrate_above_rupiah_not_negative"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("fixed_rupiah__gte", 0)), name="taxrate_fixed_rupiah_not_negative"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("turnover_max_rupiah__gte", 0)),
                        name="taxrate_turnover_max_rupiah_not_negative",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    "ppn",
                                    "ppn_collector",
                                    "ppn_luxury",
                                    "final_income",
                                    "pph22",
                                    "pph22_certified",
                                    "pph23",
                                    "savings_interest",
                                    "stamp",
                                ],
                            )
                        ),
                        name="taxrate_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_until__isnull", True), ("valid_until__gte", models.F("valid_from")), _connector="OR"
                        ),
                        name="taxrate_period",
                    ),
                    models.CheckConstraint(condition=models.Q(("base_denominator__gt", 0)), name="taxrate_base"),
                    models.UniqueConstraint(fields=("kind", "valid_from"), name="taxrate_once"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Invoice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.CharField(max_length=24, unique=True)),
                ("check_code", models.CharField(default=wadah.demand.rules.papers.check_code_new, max_length=12)),
                ("on", models.DateField()),
                ("due_on", models.DateField()),
                (
                    "sold_as",
                    models.CharField(
                        choices=[
                            ("principal", "in its own name (the whole price is turnover)"),
                            ("agent", "for its members (only the fee is turnover)"),
                        ],
                        max_length=9,
                    ),
                ),
                ("net", models.BigIntegerField()),
                ("fee", models.BigIntegerField(default=0)),
                ("tax", models.BigIntegerField(default=0)),
                ("total", models.BigIntegerField()),
                ("paid", models.BigIntegerField(default=0)),
                ("credited", models.BigIntegerField(default=0)),
                ("at", models.DateTimeField()),
                ("simulated", models.BooleanField(default=False)),
                (
                    "buyer",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="demand.buyer"),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "cooperative",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="register.cooperative"
                    ),
                ),
                (
                    "order",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="demand.order"),
                ),
                (
                    "tax_rate",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ledger.taxrate"
                    ),
                ),
            ],
            options={
                "ordering": ["-id"],
                "indexes": [models.Index(fields=["cooperative", "due_on"], name="invoice_by_due")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("number", ""), _negated=True), name="invoice_number_filled"
                    ),
                    models.CheckConstraint(condition=models.Q(("net__gt", 0)), name="invoice_net_positive"),
                    models.CheckConstraint(condition=models.Q(("fee__gte", 0)), name="invoice_fee_not_negative"),
                    models.CheckConstraint(condition=models.Q(("tax__gte", 0)), name="invoice_tax_not_negative"),
                    models.CheckConstraint(condition=models.Q(("paid__gte", 0)), name="invoice_paid_not_negative"),
                    models.CheckConstraint(
                        condition=models.Q(("credited__gte", 0)), name="invoice_credited_not_negative"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("sold_as__in", ["principal", "agent"])), name="invoice_sold_as_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "total",
                                django.db.models.expressions.CombinedExpression(models.F("net"), "+", models.F("tax")),
                            )
                        ),
                        name="invoice_total",
                    ),
                    models.CheckConstraint(condition=models.Q(("fee__lte", models.F("net"))), name="invoice_fee_of_it"),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "paid__lte",
                                django.db.models.expressions.CombinedExpression(
                                    models.F("total"), "-", models.F("credited")
                                ),
                            )
                        ),
                        name="invoice_not_paid_twice",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CreditNote",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.CharField(max_length=24, unique=True)),
                ("check_code", models.CharField(default=wadah.demand.rules.papers.check_code_new, max_length=12)),
                ("on", models.DateField()),
                ("pieces", models.DecimalField(decimal_places=3, max_digits=14)),
                ("net", models.BigIntegerField()),
                ("fee", models.BigIntegerField(default=0)),
                ("tax", models.BigIntegerField(default=0)),
                ("total", models.BigIntegerField()),
                ("freed", models.BigIntegerField(default=0)),
                ("reason", models.CharField(max_length=400)),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "claim",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="work.claim"
                    ),
                ),
                (
                    "invoice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="credit_notes", to="ledger.invoice"
                    ),
                ),
            ],
            options={
                "ordering": ["-id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("number", ""), _negated=True), name="creditnote_number_filled"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True), name="creditnote_reason_filled"
                    ),
                    models.CheckConstraint(condition=models.Q(("pieces__gt", 0)), name="creditnote_pieces_positive"),
                    models.CheckConstraint(condition=models.Q(("net__gt", 0)), name="creditnote_net_positive"),
                    models.CheckConstraint(condition=models.Q(("fee__gte", 0)), name="creditnote_fee_not_negative"),
                    models.CheckConstraint(condition=models.Q(("tax__gte", 0)), name="creditnote_tax_not_negative"),
                    models.CheckConstraint(condition=models.Q(("freed__gte", 0)), name="creditnote_freed_not_negative"),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "total",
                                django.db.models.expressions.CombinedExpression(models.F("net"), "+", models.F("tax")),
                            )
                        ),
                        name="creditnote_total",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="InvoiceLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("pieces", models.DecimalField(decimal_places=3, max_digits=14)),
                ("price_rupiah_piece", models.BigIntegerField()),
                ("rupiah", models.BigIntegerField()),
                ("cancelled", models.BooleanField(default=False)),
                (
                    "invoice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="lines", to="ledger.invoice"
                    ),
                ),
                (
                    "shipment_line",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="work.shipmentline"
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("pieces__gt", 0)), name="invoiceline_pieces_positive"),
                    models.CheckConstraint(
                        condition=models.Q(("price_rupiah_piece__gte", 0)),
                        name="invoiceline_price_rupiah_piece_not_negative",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("rupiah__gte", 0)), name="invoiceline_rupiah_not_negative"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("cancelled", False)),
                        fields=("shipment_line",),
                        name="invoiceline_invoiced_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Payment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.CharField(max_length=24, unique=True)),
                ("check_code", models.CharField(default=wadah.demand.rules.papers.check_code_new, max_length=12)),
                ("on", models.DateField()),
                ("till", models.CharField(choices=[("cash", "cash"), ("bank", "bank")], max_length=4)),
                ("rupiah", models.BigIntegerField()),
                ("withheld", models.BigIntegerField(default=0)),
                ("withheld_slip", models.CharField(blank=True, max_length=60)),
                ("allocated", models.BigIntegerField(default=0)),
                ("refunded", models.BigIntegerField(default=0)),
                ("reference", models.CharField(blank=True, max_length=120)),
                ("at", models.DateTimeField()),
                ("reversed_at", models.DateTimeField(null=True)),
                ("simulated", models.BooleanField(default=False)),
                (
                    "bank_row",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="payment",
                        to="ledger.bankrow",
                    ),
                ),
                (
                    "buyer",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="demand.buyer"),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "cooperative",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="register.cooperative"
                    ),
                ),
                (
                    "withheld_rate",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ledger.taxrate"
                    ),
                ),
            ],
            options={
                "ordering": ["-id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("number", ""), _negated=True), name="payment_number_filled"
                    ),
                    models.CheckConstraint(condition=models.Q(("rupiah__gte", 0)), name="payment_rupiah_not_negative"),
                    models.CheckConstraint(
                        condition=models.Q(("withheld__gte", 0)), name="payment_withheld_not_negative"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("allocated__gte", 0)), name="payment_allocated_not_negative"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("refunded__gte", 0)), name="payment_refunded_not_negative"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("till__in", ["cash", "bank"])), name="payment_till_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "allocated__lte",
                                django.db.models.expressions.CombinedExpression(
                                    django.db.models.expressions.CombinedExpression(
                                        models.F("rupiah"), "+", models.F("withheld")
                                    ),
                                    "-",
                                    models.F("refunded"),
                                ),
                            )
                        ),
                        name="payment_not_spent_twice",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("withheld", 0), ("withheld_rate__isnull", False), _connector="OR"),
                        name="payment_withheld_by_a_rate",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Allocation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("rupiah", models.BigIntegerField()),
                ("on", models.DateField()),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "invoice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="allocations", to="ledger.invoice"
                    ),
                ),
                (
                    "payment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="allocations", to="ledger.payment"
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("rupiah", 0), _negated=True), name="allocation_says_it")
                ],
            },
        ),
        migrations.CreateModel(
            name="Refund",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("on", models.DateField()),
                ("till", models.CharField(choices=[("cash", "cash"), ("bank", "bank")], max_length=4)),
                ("rupiah", models.BigIntegerField()),
                ("reason", models.CharField(max_length=400)),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "payment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="refunds", to="ledger.payment"
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("rupiah__gt", 0)), name="refund_rupiah_positive"),
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True), name="refund_reason_filled"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("till__in", ["cash", "bank"])), name="refund_till_known"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="IncomeTax",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("month", models.DateField()),
                ("turnover_rupiah", models.BigIntegerField()),
                ("rupiah", models.BigIntegerField()),
                ("withheld", models.BigIntegerField(default=0)),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "cooperative",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="register.cooperative"
                    ),
                ),
                (
                    "rate",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ledger.taxrate"
                    ),
                ),
            ],
            options={
                "ordering": ["month"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("rupiah__gte", 0)), name="incometax_rupiah_not_negative"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("withheld__gte", 0)), name="incometax_withheld_not_negative"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("withheld__lte", models.F("rupiah"))), name="incometax_withheld_of_it"
                    ),
                    models.UniqueConstraint(fields=("cooperative", "month"), name="incometax_once"),
                ],
            },
        ),
        migrations.CreateModel(
            name="TaxStatus",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("valid_from", models.DateField()),
                ("npwp", models.CharField(blank=True, max_length=24)),
                ("registered", models.BooleanField(default=False)),
                ("final_income", models.BooleanField(default=True)),
                ("certificate", models.CharField(blank=True, max_length=60)),
                (
                    "cooperative",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="register.cooperative"
                    ),
                ),
            ],
            options={
                "ordering": ["cooperative", "valid_from"],
                "constraints": [models.UniqueConstraint(fields=("cooperative", "valid_from"), name="taxstatus_once")],
            },
        ),
        migrations.CreateModel(
            name="VoluntarySaving",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("valid_from", models.DateField()),
                ("percent", models.DecimalField(decimal_places=3, max_digits=6)),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "cooperative",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="register.cooperative"
                    ),
                ),
                (
                    "ikm",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="register.ikm"),
                ),
            ],
            options={
                "ordering": ["valid_from"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("percent__gte", 0)), name="voluntarysaving_percent_not_negative"
                    ),
                    models.CheckConstraint(condition=models.Q(("percent__lte", 100)), name="voluntarysaving_percent"),
                    models.UniqueConstraint(fields=("cooperative", "ikm", "valid_from"), name="voluntarysaving_once"),
                ],
            },
        ),
        migrations.CreateModel(
            name="WorkEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("on", models.DateField()),
                ("is_member", models.BooleanField()),
                ("pieces", models.DecimalField(decimal_places=3, max_digits=14)),
                ("accepted_after", models.DecimalField(decimal_places=3, max_digits=14)),
                ("rupiah", models.BigIntegerField()),
                ("late_weeks", models.PositiveSmallIntegerField(default=0)),
                ("royalty_rupiah_piece", models.BigIntegerField(default=0)),
                ("royalty_rupiah", models.BigIntegerField(default=0)),
                (
                    "cooperative",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="register.cooperative"
                    ),
                ),
                (
                    "ikm",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="register.ikm"),
                ),
                (
                    "motif",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="catalogue.motif"
                    ),
                ),
                (
                    "move",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="work.lotmove"
                    ),
                ),
                (
                    "settled",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="entries",
                        to="ledger.settlementrow",
                    ),
                ),
                (
                    "work_order",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="work.workorder"
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
                "indexes": [
                    models.Index(fields=["cooperative", "settled", "on"], name="workentry_unsettled"),
                    models.Index(fields=["work_order"], name="workentry_of_a_work_order"),
                    models.Index(fields=["cooperative", "ikm", "on"], name="workentry_of_an_ikm"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("pieces", 0), _negated=True), name="workentry_some_pieces"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("accepted_after__gte", 0)), name="workentry_accepted_after_not_negative"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("royalty_rupiah_piece__gte", 0)),
                        name="workentry_royalty_rupiah_piece_not_negative",
                    ),
                ],
            },
        ),
    ]
