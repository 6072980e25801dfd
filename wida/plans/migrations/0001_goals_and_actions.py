import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import wida.records.ids
import wida.records.sealing


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0001_organisations_and_users"),
        ("accounts", "__first__"),
        ("dossiers", "0002_transitions_are_kept"),
        ("people", "0001_persons_and_families"),
    ]

    operations = [
        migrations.CreateModel(
            name="Goal",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=wida.records.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("signature", models.CharField(max_length=200)),
                ("created_at", models.DateTimeField()),
                ("changed_at", models.DateTimeField()),
                ("version", models.PositiveIntegerField(default=1)),
                ("withdrawn_at", models.DateTimeField(null=True)),
                ("number", models.PositiveSmallIntegerField()),
                (
                    "domain",
                    models.CharField(
                        choices=[
                            ("veiligheid", "Safety"),
                            ("psychisch", "Psychological functioning"),
                            ("lichamelijk", "Physical health"),
                            ("relationeel", "Relational functioning"),
                            ("opvoeding_kinderen", "Parenting and children"),
                            ("sociaal_netwerk", "Social network"),
                            ("middelengebruik", "Substance use"),
                            ("financien", "Finances"),
                            ("huisvesting", "Housing"),
                            ("werk_dagbesteding_opleiding", "Work, daytime activity and education"),
                            ("justitie_administratief", "Justice and administration"),
                        ],
                        max_length=32,
                    ),
                ),
                (
                    "phase",
                    models.CharField(
                        choices=[
                            ("directe_veiligheid", "Direct safety"),
                            ("stabiele_veiligheid", "Help with the causes"),
                            ("herstel", "Recovery"),
                        ],
                        max_length=20,
                    ),
                ),
                ("text", wida.records.sealing.SealedText()),
                ("indicator", wida.records.sealing.SealedText()),
                (
                    "persons",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.UUIDField(), blank=True, default=list, size=None
                    ),
                ),
                (
                    "withheld_from",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.UUIDField(), blank=True, default=list, size=None
                    ),
                ),
                (
                    "factors",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=40), blank=True, default=list, size=None
                    ),
                ),
                ("target_on", models.DateField(null=True)),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "Open"), ("bereikt", "Reached"), ("losgelaten", "Let go")],
                        default="open",
                        max_length=12,
                    ),
                ),
                ("state_why", wida.records.sealing.SealedText()),
                ("closed_on", models.DateField(null=True)),
                (
                    "author",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "dossier",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="dossiers.dossier",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.organisation",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [models.Index(fields=["dossier"], name="plans_goal_file")],
                "constraints": [
                    models.UniqueConstraint(fields=("dossier", "number"), name="plans_goal_number"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("closed_on", None), ("state", "open"), ("state_why__isnull", True)),
                            models.Q(
                                models.Q(("state", "open"), _negated=True),
                                ("closed_on__isnull", False),
                                ("state_why__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="plans_goal_closed",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Action",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=wida.records.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("signature", models.CharField(max_length=200)),
                ("created_at", models.DateTimeField()),
                ("changed_at", models.DateTimeField()),
                ("version", models.PositiveIntegerField(default=1)),
                ("withdrawn_at", models.DateTimeField(null=True)),
                ("what", wida.records.sealing.SealedText()),
                ("start_on", models.DateField(null=True)),
                ("due_on", models.DateField(null=True)),
                ("judicial_on", models.DateField(null=True)),
                ("investigates", models.CharField(blank=True, max_length=40)),
                (
                    "persons",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.UUIDField(), blank=True, default=list, size=None
                    ),
                ),
                (
                    "withheld_from",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.UUIDField(), blank=True, default=list, size=None
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("gepland", "Planned"),
                            ("lopend", "Under way"),
                            ("uitgevoerd", "Carried out"),
                            ("kon_niet", "Became impossible"),
                            ("niet_uitgevoerd", "Not carried out"),
                            ("vervallen", "Lapsed"),
                        ],
                        default="gepland",
                        max_length=20,
                    ),
                ),
                ("note", wida.records.sealing.SealedText()),
                ("outcome", wida.records.sealing.SealedText()),
                ("ended_on", models.DateField(null=True)),
                ("agreed_at", models.DateTimeField()),
                ("accepted_at", models.DateTimeField(null=True)),
                ("accepted_by", models.CharField(blank=True, max_length=200)),
                ("accepted_noted_by", models.CharField(blank=True, max_length=200)),
                (
                    "author",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "dossier",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="dossiers.dossier",
                    ),
                ),
                (
                    "holder",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "holder_organisation",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.organisation",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.organisation",
                    ),
                ),
                (
                    "goal",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="plans.goal",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [models.Index(fields=["dossier"], name="plans_action_file")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("start_on", None),
                            ("due_on", None),
                            ("due_on__gte", models.F("start_on")),
                            _connector="OR",
                        ),
                        name="plans_action_period",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("ended_on", None),
                                ("outcome__isnull", True),
                                ("state__in", ("gepland", "lopend")),
                            ),
                            models.Q(
                                models.Q(("state__in", ("gepland", "lopend")), _negated=True),
                                ("ended_on__isnull", False),
                                ("outcome__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="plans_action_ended",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("accepted_at", None), ("accepted_by", ""), ("accepted_noted_by", "")),
                            models.Q(
                                ("accepted_at__isnull", False), models.Q(("accepted_by", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="plans_action_accepted",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="LogEntry",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=wida.records.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("signature", models.CharField(max_length=200)),
                ("created_at", models.DateTimeField()),
                ("changed_at", models.DateTimeField()),
                ("version", models.PositiveIntegerField(default=1)),
                ("withdrawn_at", models.DateTimeField(null=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("contact", "Contact"),
                            ("verslag", "Report"),
                            ("bijsturing", "Adjustment"),
                            ("andere", "Other"),
                        ],
                        max_length=12,
                    ),
                ),
                ("on", models.DateField()),
                ("with_whom", wida.records.sealing.SealedText()),
                (
                    "way",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("huisbezoek", "Home visit"),
                            ("gesprek", "Conversation at the service"),
                            ("telefoon", "Telephone"),
                            ("online", "Video call"),
                            ("schriftelijk", "In writing"),
                            ("overleg", "Meeting of services"),
                        ],
                        max_length=16,
                    ),
                ),
                ("text", wida.records.sealing.SealedText()),
                (
                    "author",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "dossier",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="dossiers.dossier",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.organisation",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [models.Index(fields=["dossier", "-on", "-id"], name="plans_logentry_file")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "contact"), _negated=True),
                            models.Q(("way", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="plans_logentry_way",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PlanVersion",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=wida.records.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("signature", models.CharField(max_length=200)),
                ("created_at", models.DateTimeField()),
                ("changed_at", models.DateTimeField()),
                ("version", models.PositiveIntegerField(default=1)),
                ("withdrawn_at", models.DateTimeField(null=True)),
                ("number", models.PositiveSmallIntegerField()),
                ("recorded_on", models.DateField()),
                ("review_on", models.DateField()),
                ("note", wida.records.sealing.SealedText()),
                ("content", wida.records.sealing.SealedText()),
                (
                    "author",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "dossier",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="dossiers.dossier",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.organisation",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [models.Index(fields=["dossier"], name="plans_planversion_file")],
                "constraints": [
                    models.UniqueConstraint(fields=("dossier", "number"), name="plans_planversion_number"),
                    models.CheckConstraint(
                        condition=models.Q(("review_on__gt", models.F("recorded_on"))),
                        name="plans_planversion_review",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PolicySignal",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                (
                    "theme",
                    models.CharField(
                        choices=[
                            ("wachttijd", "Waiting lists"),
                            ("aanbod_ontbreekt", "No suitable help exists"),
                            ("samenwerking", "Cooperation between services"),
                            ("informatiedeling", "Sharing of information"),
                            ("justitiele_opvolging", "Judicial follow-up"),
                            ("huisvesting", "Housing and shelter"),
                            ("kinderen", "Help for children"),
                            ("toegankelijkheid", "Language and accessibility"),
                            ("regelgeving", "Rules and laws"),
                            ("personeel_middelen", "Staff and means"),
                            ("andere", "Other"),
                        ],
                        max_length=32,
                    ),
                ),
                ("text", models.TextField()),
                ("month", models.DateField()),
                (
                    "safe_home",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.safehome",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["safe_home", "month"], name="plans_policysignal_house")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("month__day", 1)), name="plans_policysignal_month"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("text", ""), _negated=True), name="plans_policysignal_text"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SafetyPlan",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=wida.records.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("signature", models.CharField(max_length=200)),
                ("created_at", models.DateTimeField()),
                ("changed_at", models.DateTimeField()),
                ("version", models.PositiveIntegerField(default=1)),
                ("withdrawn_at", models.DateTimeField(null=True)),
                ("title", wida.records.sealing.SealedText()),
                ("signals", wida.records.sealing.SealedText()),
                ("steps", wida.records.sealing.SealedText()),
                ("contacts", wida.records.sealing.SealedText()),
                ("children", wida.records.sealing.SealedText()),
                ("agreements", wida.records.sealing.SealedText()),
                ("checked_on", models.DateField(null=True)),
                ("checked_with", wida.records.sealing.SealedText()),
                ("reader_names", wida.records.sealing.SealedText()),
                (
                    "author",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "dossier",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="dossiers.dossier",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.organisation",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [models.Index(fields=["dossier"], name="plans_safetyplan_file")],
            },
        ),
        migrations.CreateModel(
            name="SafetyPlanOpening",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=wida.records.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("signature", models.CharField(max_length=200)),
                ("created_at", models.DateTimeField()),
                ("changed_at", models.DateTimeField()),
                ("version", models.PositiveIntegerField(default=1)),
                ("withdrawn_at", models.DateTimeField(null=True)),
                ("reason", wida.records.sealing.SealedText()),
                (
                    "author",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "dossier",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="dossiers.dossier",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.organisation",
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="plans.safetyplan"
                    ),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [models.Index(fields=["dossier"], name="plans_safetyplanopening_file")],
            },
        ),
        migrations.CreateModel(
            name="SafetyPlanReader",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "dossier",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="dossiers.dossier",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.organisation",
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="readers",
                        to="plans.safetyplan",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("plan", "organisation", "user"),
                        name="plans_reader_once",
                        nulls_distinct=False,
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SetAside",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=wida.records.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("signature", models.CharField(max_length=200)),
                ("created_at", models.DateTimeField()),
                ("changed_at", models.DateTimeField()),
                ("version", models.PositiveIntegerField(default=1)),
                ("withdrawn_at", models.DateTimeField(null=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("risicofactor", "Risk factor without a goal"),
                            ("kind", "Child without a goal"),
                            ("actie", "Action without a person"),
                            ("onbekend", "Unknown, nobody finds out"),
                        ],
                        max_length=16,
                    ),
                ),
                ("subject", models.CharField(max_length=40)),
                ("score", models.CharField(blank=True, max_length=12)),
                ("why", wida.records.sealing.SealedText()),
                (
                    "author",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "dossier",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="dossiers.dossier",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.organisation",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [models.Index(fields=["dossier"], name="plans_setaside_file")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("withdrawn_at", None)),
                        fields=("dossier", "kind", "subject"),
                        name="plans_setaside_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Bottleneck",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=wida.records.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("signature", models.CharField(max_length=200)),
                ("created_at", models.DateTimeField()),
                ("changed_at", models.DateTimeField()),
                ("version", models.PositiveIntegerField(default=1)),
                ("withdrawn_at", models.DateTimeField(null=True)),
                (
                    "theme",
                    models.CharField(
                        choices=[
                            ("wachttijd", "Waiting lists"),
                            ("aanbod_ontbreekt", "No suitable help exists"),
                            ("samenwerking", "Cooperation between services"),
                            ("informatiedeling", "Sharing of information"),
                            ("justitiele_opvolging", "Judicial follow-up"),
                            ("huisvesting", "Housing and shelter"),
                            ("kinderen", "Help for children"),
                            ("toegankelijkheid", "Language and accessibility"),
                            ("regelgeving", "Rules and laws"),
                            ("personeel_middelen", "Staff and means"),
                            ("andere", "Other"),
                        ],
                        max_length=32,
                    ),
                ),
                ("text", wida.records.sealing.SealedText()),
                (
                    "author",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "dossier",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="dossiers.dossier",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.organisation",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [models.Index(fields=["dossier"], name="plans_bottleneck_file")],
            },
        ),
    ]
