import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import wida.records.ids


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="User",
            fields=[
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                (
                    "id",
                    models.UUIDField(
                        default=wida.records.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("login", models.CharField(max_length=80, unique=True)),
                ("name", models.CharField(max_length=80)),
                ("is_active", models.BooleanField(default=True)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="SafeHome",
            fields=[
                ("valid_from", models.DateField()),
                ("valid_until", models.DateField(blank=True, null=True)),
                (
                    "id",
                    models.UUIDField(
                        default=wida.records.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("name", models.CharField(max_length=80, unique=True)),
                ("seat", models.CharField(max_length=80)),
                ("prefix", models.CharField(max_length=6, unique=True)),
                ("next_number", models.PositiveIntegerField(default=10001)),
            ],
            options={
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_until", None),
                            ("valid_until__gte", models.F("valid_from")),
                            _connector="OR",
                        ),
                        name="accounts_safehome_period",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Organisation",
            fields=[
                ("valid_from", models.DateField()),
                ("valid_until", models.DateField(blank=True, null=True)),
                (
                    "id",
                    models.UUIDField(
                        default=wida.records.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("name", models.CharField(max_length=120, unique=True)),
                (
                    "type",
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
                            ("veilig_huis", "Safe Home"),
                            ("centraal", "Central services"),
                        ],
                        max_length=24,
                    ),
                ),
                (
                    "safe_home",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.safehome",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("safe_home__isnull", False), ("type", "veilig_huis")),
                            models.Q(models.Q(("type", "veilig_huis"), _negated=True), ("safe_home", None)),
                            _connector="OR",
                        ),
                        name="accounts_organisation_house",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Membership",
            fields=[
                ("valid_from", models.DateField()),
                ("valid_until", models.DateField(blank=True, null=True)),
                (
                    "id",
                    models.UUIDField(
                        default=wida.records.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("aanmelder", "Referrer"),
                            ("contactpersoon", "Partner liaison"),
                            ("casusregisseur", "Case manager"),
                            ("psycholoog", "Psychologist"),
                            ("kinderpsycholoog", "Child psychologist"),
                            ("coordinator", "Coordinator"),
                            ("administratie", "Administrative staff"),
                            ("parketcriminoloog", "Prosecutor's criminologist"),
                            ("verbindingsambtenaar_politie", "Police liaison officer"),
                            ("centraal_team", "Central team"),
                            ("auditor", "Auditor"),
                            ("functioneel_beheerder", "Functional administrator"),
                        ],
                        max_length=32,
                    ),
                ),
                ("function", models.CharField(blank=True, max_length=80)),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="memberships",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="memberships",
                        to="accounts.organisation",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("user", "organisation", "role"), name="accounts_membership_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PoliceZone",
            fields=[
                ("valid_from", models.DateField()),
                ("valid_until", models.DateField(blank=True, null=True)),
                ("code", models.CharField(max_length=4, primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=60)),
                (
                    "safe_home",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="police_zones",
                        to="accounts.safehome",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_until", None),
                            ("valid_until__gte", models.F("valid_from")),
                            _connector="OR",
                        ),
                        name="accounts_policezone_period",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Partnership",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("valid_from", models.DateField()),
                ("valid_until", models.DateField(blank=True, null=True)),
                ("core", models.BooleanField(default=False)),
                ("agreement", models.CharField(blank=True, max_length=120)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="partnerships",
                        to="accounts.organisation",
                    ),
                ),
                (
                    "safe_home",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="partnerships",
                        to="accounts.safehome",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("safe_home", "organisation"), name="accounts_partnership_once"
                    )
                ],
            },
        ),
    ]
