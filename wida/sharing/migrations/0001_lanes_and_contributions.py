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
    ]

    operations = [
        migrations.CreateModel(
            name="Lane",
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
                    "lane",
                    models.CharField(
                        choices=[
                            ("parket", "Public prosecutor"),
                            ("politie", "Police"),
                            ("ajh", "Agency for Justice and Enforcement (AJH)"),
                            ("opgroeien_ocj_sdj", "Opgroeien agency (OCJ and SDJ)"),
                            ("opgroeien_regie_kg", "Opgroeien Regie agency (Kind en Gezin)"),
                            ("caw", "Centre for General Welfare (CAW)"),
                            ("clb", "Pupil Guidance Centre (CLB)"),
                            ("ggz", "Mental health care (GGZ)"),
                            ("gevangenis", "Prison"),
                            ("ocmw_lokaal_bestuur", "OCMW – local government"),
                            ("vk", "Child Abuse Confidential Centre (VK)"),
                            ("ziekenhuis", "Hospital"),
                            ("andere", "Other"),
                        ],
                        max_length=24,
                    ),
                ),
                ("requested_on", models.DateField()),
                ("due_on", models.DateField()),
                ("reminded_on", models.DateField(null=True)),
                ("open", models.BooleanField(default=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("gevraagd", "No answer yet"),
                            ("gekend", "Known"),
                            ("vroeger_gekend", "Formerly known"),
                            ("niet_gekend", "Not known"),
                            ("niets_te_delen", "Known, nothing to share"),
                            ("mag_niet_delen", "May not share"),
                            ("ingetrokken", "Withdrawn"),
                        ],
                        default="gevraagd",
                        max_length=16,
                    ),
                ),
                ("answered_on", models.DateField(null=True)),
                (
                    "ground",
                    models.CharField(
                        choices=[
                            ("betrokkenheid_kennis", "Involved with the family, or knows it"),
                            ("expertise", "Specific expertise"),
                        ],
                        max_length=24,
                    ),
                ),
                ("why", wida.records.sealing.SealedText()),
                ("contacts", wida.records.sealing.SealedText()),
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
                    "partner",
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
                "indexes": [models.Index(fields=["dossier"], name="sharing_lane_file")],
                "constraints": [
                    models.UniqueConstraint(fields=("dossier", "lane", "partner"), name="sharing_lane_once"),
                    models.CheckConstraint(
                        condition=models.Q(("due_on__gte", models.F("requested_on"))), name="sharing_lane_due"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answered_on", None), ("open", True), ("state", "gevraagd")),
                            models.Q(
                                models.Q(("state", "gevraagd"), _negated=True), ("answered_on__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="sharing_lane_answered",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("lane", "andere"), _negated=True),
                            ("why__isnull", False),
                            _connector="OR",
                        ),
                        name="sharing_lane_category_23",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Contribution",
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
                    "state",
                    models.CharField(
                        choices=[
                            ("gevraagd", "No answer yet"),
                            ("gekend", "Known"),
                            ("vroeger_gekend", "Formerly known"),
                            ("niet_gekend", "Not known"),
                            ("niets_te_delen", "Known, nothing to share"),
                            ("mag_niet_delen", "May not share"),
                            ("ingetrokken", "Withdrawn"),
                        ],
                        max_length=16,
                    ),
                ),
                ("text", wida.records.sealing.SealedText()),
                ("why_not", wida.records.sealing.SealedText()),
                (
                    "source",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("eigen", "Own observation or work"),
                            ("politie", "Police"),
                            ("gerechtelijk", "Judicial authority"),
                            ("client", "Somebody of the family"),
                            ("derde", "A third party"),
                        ],
                        max_length=16,
                    ),
                ),
                ("source_on", models.DateField(null=True)),
                (
                    "categories",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.PositiveSmallIntegerField(), default=list, size=None
                    ),
                ),
                (
                    "persons",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.UUIDField(), default=list, size=None
                    ),
                ),
                ("necessity", wida.records.sealing.SealedText()),
                ("basis", models.CharField(max_length=200)),
                ("basis_on", models.DateField(null=True)),
                ("recipients", wida.records.sealing.SealedText()),
                ("reason", wida.records.sealing.SealedText()),
                ("role", models.CharField(max_length=32)),
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
                    "lane",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="sharing.lane",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [models.Index(fields=["dossier"], name="sharing_contribution_file")],
                "constraints": [
                    models.UniqueConstraint(fields=("lane", "version"), name="sharing_contribution_version"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("necessity__isnull", False),
                                ("state__in", ("gekend", "vroeger_gekend")),
                                ("text__isnull", False),
                                models.Q(("source", ""), _negated=True),
                                models.Q(("categories", []), _negated=True),
                            ),
                            models.Q(
                                models.Q(("state__in", ("gekend", "vroeger_gekend")), _negated=True),
                                ("text__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="sharing_contribution_text",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "mag_niet_delen"), _negated=True),
                            ("why_not__isnull", False),
                            _connector="OR",
                        ),
                        name="sharing_contribution_ground",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("version", 1), models.Q(("state", "ingetrokken"), _negated=True)),
                            models.Q(("reason__isnull", False), ("version__gt", 1)),
                            _connector="OR",
                        ),
                        name="sharing_contribution_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state", "gevraagd"), _negated=True),
                        name="sharing_contribution_answers",
                    ),
                ],
            },
        ),
    ]
