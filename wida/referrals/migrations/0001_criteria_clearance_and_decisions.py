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
    ]

    operations = [
        migrations.CreateModel(
            name="ClearanceRequest",
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
                ("asked_signature", models.CharField(max_length=200)),
                ("asked_on", models.DateField()),
                ("due_on", models.DateField()),
                ("question", wida.records.sealing.SealedText()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("gevraagd", "Asked"),
                            ("beantwoord", "Answered"),
                            ("vervallen", "No longer asked"),
                        ],
                        default="gevraagd",
                        max_length=12,
                    ),
                ),
                (
                    "asked_organisation",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.organisation",
                    ),
                ),
                (
                    "asked_user",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
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
                "indexes": [models.Index(fields=["dossier"], name="referrals_request_file")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "gevraagd")),
                        fields=("dossier",),
                        name="referrals_clearancerequest_standing",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("due_on__gte", models.F("asked_on"))),
                        name="referrals_clearancerequest_due",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Clearance",
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
                ("answer", models.CharField(choices=[("ja", "Yes"), ("nee", "No")], max_length=8)),
                ("basis", models.CharField(blank=True, max_length=32)),
                ("basis_text", models.CharField(blank=True, max_length=200)),
                ("decided_on", models.DateField()),
                ("motivation", wida.records.sealing.SealedText()),
                ("function", models.CharField(blank=True, max_length=80)),
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
                    "request",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="referrals.clearancerequest",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [models.Index(fields=["dossier"], name="referrals_clearance_file")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("answer", "nee"),
                            models.Q(
                                models.Q(("basis", ""), _negated=True),
                                models.Q(("basis_text", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="referrals_clearance_basis",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Criteria",
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
                    "side",
                    models.CharField(
                        choices=[("aanmelder", "Referrer"), ("coordinator", "Coordinator")], max_length=12
                    ),
                ),
                (
                    "repeated_risk",
                    models.CharField(
                        choices=[("ja", "Yes"), ("nee", "No"), ("onbekend", "I don't know")], max_length=8
                    ),
                ),
                ("repeated_risk_why", wida.records.sealing.SealedText()),
                (
                    "sharing_needed",
                    models.CharField(
                        choices=[("ja", "Yes"), ("nee", "No"), ("onbekend", "I don't know")], max_length=8
                    ),
                ),
                ("sharing_needed_why", wida.records.sealing.SealedText()),
                (
                    "alignment_needed",
                    models.CharField(
                        choices=[("ja", "Yes"), ("nee", "No"), ("onbekend", "I don't know")], max_length=8
                    ),
                ),
                ("alignment_needed_why", wida.records.sealing.SealedText()),
                ("direct_help", wida.records.sealing.SealedText()),
                ("running_help", wida.records.sealing.SealedText()),
                ("trajectory", wida.records.sealing.SealedText()),
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
                "indexes": [models.Index(fields=["dossier"], name="referrals_criteria_file")],
                "constraints": [
                    models.UniqueConstraint(fields=("dossier", "side"), name="referrals_criteria_side"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("alignment_needed_why__isnull", False),
                            ("repeated_risk_why__isnull", False),
                            ("sharing_needed_why__isnull", False),
                        ),
                        name="referrals_criteria_reasons",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Decision",
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
                            ("teruggestuurd", "Returned for completion"),
                            ("niet_opgenomen", "Not taken up"),
                            ("aangesloten_bij_bestaand", "Joined to an existing dossier"),
                        ],
                        max_length=32,
                    ),
                ),
                (
                    "ground",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("voldoet_niet_aan_criteria", "The criteria are not met"),
                            (
                                "weegt_niet_zwaar_genoeg",
                                "It does not weigh heavily enough for a joint approach",
                            ),
                        ],
                        max_length=32,
                    ),
                ),
                ("reason", wida.records.sealing.SealedText()),
                ("repeated_risk_why", wida.records.sealing.SealedText()),
                ("sharing_needed_why", wida.records.sealing.SealedText()),
                ("alignment_needed_why", wida.records.sealing.SealedText()),
                ("advice", wida.records.sealing.SealedText()),
                ("contact", wida.records.sealing.SealedText()),
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
                "indexes": [models.Index(fields=["dossier"], name="referrals_decision_file")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("advice__isnull", False),
                                ("contact__isnull", False),
                                ("kind", "niet_opgenomen"),
                                models.Q(("ground", ""), _negated=True),
                            ),
                            models.Q(
                                models.Q(("kind", "niet_opgenomen"), _negated=True),
                                ("advice__isnull", True),
                                ("ground", ""),
                            ),
                            _connector="OR",
                        ),
                        name="referrals_decision_advice",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Proportionality",
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
                ("answer", models.CharField(choices=[("ja", "Yes"), ("nee", "No")], max_length=8)),
                ("motivation", wida.records.sealing.SealedText()),
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
                "indexes": [models.Index(fields=["dossier"], name="referrals_proportionality_file")],
                "constraints": [
                    models.UniqueConstraint(fields=("dossier",), name="referrals_proportionality_once"),
                    models.CheckConstraint(
                        condition=models.Q(("motivation__isnull", False)),
                        name="referrals_proportionality_why",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="YouthConsultation",
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
                    "body",
                    models.CharField(
                        choices=[
                            ("ocj", "Support centre for youth care (OCJ)"),
                            ("vk", "Child Abuse Confidential Centre (VK)"),
                        ],
                        max_length=8,
                    ),
                ),
                ("consulted_on", models.DateField()),
                ("contact", wida.records.sealing.SealedText()),
                ("outcome", wida.records.sealing.SealedText()),
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
                "indexes": [models.Index(fields=["dossier"], name="referrals_youth_file")],
            },
        ),
    ]
