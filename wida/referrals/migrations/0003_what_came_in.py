import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import wida.records.ids
import wida.records.sealing


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_organisations_and_users"),
        ("dossiers", "0003_watch_has_an_end"),
        ("referrals", "0002_answers_and_decisions_are_kept"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Inflow",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=wida.records.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "route",
                    models.CharField(
                        choices=[
                            ("kernpartner", "Core partner"),
                            ("professional", "Another professional"),
                            ("politie", "Police report"),
                            ("veilig_huis", "Safe Home"),
                        ],
                        max_length=16,
                    ),
                ),
                ("receipt", models.CharField(max_length=20, unique=True)),
                ("signature", models.CharField(max_length=200)),
                ("received_at", models.DateTimeField()),
                ("due", models.DateField()),
                ("acknowledged_at", models.DateTimeField(null=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("nieuw", "New"),
                            ("wacht", "Waiting for something"),
                            ("beslist", "Decided"),
                        ],
                        default="nieuw",
                        max_length=8,
                    ),
                ),
                (
                    "waits_for",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("aanvulling", "Completion by who sent it"),
                            ("vrijgave", "Clearance by the prosecutor"),
                            ("plaatsing", "Somebody who says to which family it belongs"),
                            ("andere", "Something else"),
                        ],
                        max_length=12,
                    ),
                ),
                ("reason", wida.records.sealing.SealedText()),
                ("taken_at", models.DateTimeField(null=True)),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("geopend", "Opened for information gathering"),
                            ("niet_opgenomen", "Not taken up"),
                            ("aangesloten_bij_bestaand", "Joined to an existing dossier"),
                            ("anoniem_consult", "Turned into an anonymous consult"),
                            ("zonder_gevolg", "No further follow-up"),
                        ],
                        max_length=32,
                    ),
                ),
                ("decided_at", models.DateTimeField(null=True)),
                ("wrapped", models.BinaryField()),
                (
                    "dossier",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="dossiers.dossier",
                    ),
                ),
                (
                    "safe_home",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.safehome",
                    ),
                ),
                (
                    "sender",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.organisation",
                    ),
                ),
                (
                    "taken_by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="InflowSeen",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("at", models.DateTimeField()),
                (
                    "inflow",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="seen",
                        to="referrals.inflow",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="InflowStep",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=wida.records.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("ontvangen", "Received"),
                            ("genomen", "Taken"),
                            ("doorgegeven", "Handed over"),
                            ("teruggelegd", "Put back"),
                            ("wacht", "Made to wait"),
                            ("hervat", "Can go on"),
                            ("geplaatst", "Placed in a dossier"),
                            ("beslist", "Decided"),
                        ],
                        max_length=16,
                    ),
                ),
                ("at", models.DateTimeField()),
                ("user", models.UUIDField(null=True)),
                ("signature", models.CharField(max_length=200)),
                ("to", models.CharField(blank=True, max_length=200)),
                ("detail", models.CharField(blank=True, max_length=32)),
                ("reason", wida.records.sealing.SealedText()),
                (
                    "inflow",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="steps",
                        to="referrals.inflow",
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="inflow",
            index=models.Index(fields=["safe_home", "state", "due", "id"], name="referrals_inflow_queue"),
        ),
        migrations.AddIndex(
            model_name="inflow",
            index=models.Index(fields=["dossier"], name="referrals_inflow_file"),
        ),
        migrations.AddConstraint(
            model_name="inflow",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "wacht"), models.Q(("waits_for", ""), _negated=True)),
                    models.Q(models.Q(("state", "wacht"), _negated=True), ("waits_for", "")),
                    _connector="OR",
                ),
                name="referrals_inflow_waits",
            ),
        ),
        migrations.AddConstraint(
            model_name="inflow",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("decided_at__isnull", False),
                        ("state", "beslist"),
                        models.Q(("outcome", ""), _negated=True),
                    ),
                    models.Q(
                        models.Q(("state", "beslist"), _negated=True), ("decided_at", None), ("outcome", "")
                    ),
                    _connector="OR",
                ),
                name="referrals_inflow_decided",
            ),
        ),
        migrations.AddConstraint(
            model_name="inflow",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("taken_at", None), ("taken_by", None)),
                    models.Q(("taken_at__isnull", False), ("taken_by__isnull", False)),
                    _connector="OR",
                ),
                name="referrals_inflow_taken",
            ),
        ),
        migrations.AddConstraint(
            model_name="inflow",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("outcome__in", ["", "anoniem_consult", "zonder_gevolg"]),
                    ("dossier__isnull", False),
                    _connector="OR",
                ),
                name="referrals_inflow_placed",
            ),
        ),
        migrations.AddConstraint(
            model_name="inflow",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "beslist"), _negated=True),
                fields=("dossier",),
                name="referrals_inflow_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="inflowseen",
            constraint=models.UniqueConstraint(fields=("inflow", "user"), name="referrals_inflowseen_once"),
        ),
        migrations.AddIndex(
            model_name="inflowstep",
            index=models.Index(fields=["inflow", "at"], name="referrals_inflowstep_order"),
        ),
    ]
