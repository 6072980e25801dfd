import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import wida.records.ids
import wida.records.sealing


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_organisations_and_users"),
        ("attachments", "0001_files"),
        ("dossiers", "0003_watch_has_an_end"),
        ("referrals", "0004_steps_in_the_queue_are_kept"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Addition",
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
                ("text", wida.records.sealing.SealedText()),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Letter",
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
                    "ground",
                    models.CharField(
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
                ("opening", wida.records.sealing.SealedText()),
                ("repeated_risk_why", wida.records.sealing.SealedText()),
                ("sharing_needed_why", wida.records.sealing.SealedText()),
                ("alignment_needed_why", wida.records.sealing.SealedText()),
                ("advice", wida.records.sealing.SealedText()),
                ("contact", wida.records.sealing.SealedText()),
                ("approved_at", models.DateTimeField(null=True)),
                ("approved_by", models.CharField(blank=True, max_length=200)),
                ("sent_on", models.DateField(null=True)),
                ("sent_by", models.CharField(blank=True, max_length=200)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Move",
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
                    "state",
                    models.CharField(
                        choices=[
                            ("aangeboden", "Offered"),
                            ("aanvaard", "Accepted"),
                            ("geweigerd", "Declined"),
                            ("ingetrokken", "Withdrawn"),
                        ],
                        default="aangeboden",
                        max_length=12,
                    ),
                ),
                ("answered_at", models.DateTimeField(null=True)),
                ("answered_by", models.CharField(blank=True, max_length=200)),
                ("answer", wida.records.sealing.SealedText()),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Referral",
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
                ("function", wida.records.sealing.SealedText()),
                ("phone", wida.records.sealing.SealedText()),
                ("email", wida.records.sealing.SealedText()),
                ("best_moment", wida.records.sealing.SealedText()),
                ("colleague", wida.records.sealing.SealedText()),
                ("expects", wida.records.sealing.SealedText()),
                ("unfinished", wida.records.sealing.SealedText()),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.RemoveConstraint(
            model_name="inflow",
            name="referrals_inflow_placed",
        ),
        migrations.AlterField(
            model_name="decision",
            name="kind",
            field=models.CharField(
                choices=[
                    ("teruggestuurd", "Returned for completion"),
                    ("niet_opgenomen", "Not taken up"),
                    ("aangesloten_bij_bestaand", "Joined to an existing dossier"),
                    ("anoniem_consult", "Turned into an anonymous consult"),
                ],
                max_length=32,
            ),
        ),
        migrations.AlterField(
            model_name="inflow",
            name="outcome",
            field=models.CharField(
                blank=True,
                choices=[
                    ("geopend", "Opened for information gathering"),
                    ("niet_opgenomen", "Not taken up"),
                    ("aangesloten_bij_bestaand", "Joined to an existing dossier"),
                    ("anoniem_consult", "Turned into an anonymous consult"),
                    ("zonder_gevolg", "No further follow-up"),
                    ("overgenomen", "Taken over"),
                    ("niet_overgenomen", "Not taken over"),
                ],
                max_length=32,
            ),
        ),
        migrations.AlterField(
            model_name="inflow",
            name="route",
            field=models.CharField(
                choices=[
                    ("kernpartner", "Core partner"),
                    ("professional", "Another professional"),
                    ("politie", "Police report"),
                    ("veilig_huis", "Safe Home"),
                    ("overdracht", "Handed over by another Safe Home"),
                ],
                max_length=16,
            ),
        ),
        migrations.AlterField(
            model_name="inflowstep",
            name="kind",
            field=models.CharField(
                choices=[
                    ("ontvangen", "Received"),
                    ("genomen", "Taken"),
                    ("doorgegeven", "Handed over"),
                    ("teruggelegd", "Put back"),
                    ("wacht", "Made to wait"),
                    ("hervat", "Can go on"),
                    ("aangevuld", "Completed by who referred"),
                    ("geplaatst", "Placed in a dossier"),
                    ("beslist", "Decided"),
                ],
                max_length=16,
            ),
        ),
        migrations.AddConstraint(
            model_name="inflow",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("outcome__in", ["", "zonder_gevolg", "niet_overgenomen"]),
                    ("dossier__isnull", False),
                    _connector="OR",
                ),
                name="referrals_inflow_placed",
            ),
        ),
        migrations.AddField(
            model_name="addition",
            name="author",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="addition",
            name="dossier",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="dossiers.dossier",
            ),
        ),
        migrations.AddField(
            model_name="addition",
            name="organisation",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="accounts.organisation",
            ),
        ),
        migrations.AddField(
            model_name="letter",
            name="attachment",
            field=models.OneToOneField(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="attachments.attachment",
            ),
        ),
        migrations.AddField(
            model_name="letter",
            name="author",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="letter",
            name="decision",
            field=models.OneToOneField(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="referrals.decision",
            ),
        ),
        migrations.AddField(
            model_name="letter",
            name="dossier",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="dossiers.dossier",
            ),
        ),
        migrations.AddField(
            model_name="letter",
            name="organisation",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="accounts.organisation",
            ),
        ),
        migrations.AddField(
            model_name="move",
            name="author",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="move",
            name="dossier",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="dossiers.dossier",
            ),
        ),
        migrations.AddField(
            model_name="move",
            name="from_home",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="accounts.safehome",
            ),
        ),
        migrations.AddField(
            model_name="move",
            name="inflow",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT, related_name="move", to="referrals.inflow"
            ),
        ),
        migrations.AddField(
            model_name="move",
            name="organisation",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="accounts.organisation",
            ),
        ),
        migrations.AddField(
            model_name="move",
            name="to_home",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="accounts.safehome",
            ),
        ),
        migrations.AddField(
            model_name="referral",
            name="author",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="referral",
            name="dossier",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="dossiers.dossier",
            ),
        ),
        migrations.AddField(
            model_name="referral",
            name="organisation",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="accounts.organisation",
            ),
        ),
        migrations.AddIndex(
            model_name="addition",
            index=models.Index(fields=["dossier"], name="referrals_addition_file"),
        ),
        migrations.AddIndex(
            model_name="letter",
            index=models.Index(fields=["dossier"], name="referrals_letter_file"),
        ),
        migrations.AddConstraint(
            model_name="letter",
            constraint=models.UniqueConstraint(
                condition=models.Q(("approved_at", None)), fields=("dossier",), name="referrals_letter_draft"
            ),
        ),
        migrations.AddConstraint(
            model_name="letter",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("approved_at", None),
                        ("approved_by", ""),
                        ("attachment", None),
                        ("decision", None),
                        ("sent_on", None),
                    ),
                    models.Q(
                        ("approved_at__isnull", False),
                        ("decision__isnull", False),
                        models.Q(("approved_by", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="referrals_letter_approved",
            ),
        ),
        migrations.AddConstraint(
            model_name="letter",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("sent_by", ""), ("sent_on", None)),
                    models.Q(("sent_on__isnull", False), models.Q(("sent_by", ""), _negated=True)),
                    _connector="OR",
                ),
                name="referrals_letter_sent",
            ),
        ),
        migrations.AddIndex(
            model_name="move",
            index=models.Index(fields=["dossier"], name="referrals_move_file"),
        ),
        migrations.AddConstraint(
            model_name="move",
            constraint=models.CheckConstraint(
                condition=models.Q(("from_home", models.F("to_home")), _negated=True),
                name="referrals_move_two",
            ),
        ),
        migrations.AddConstraint(
            model_name="move",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("answered_at", None), ("answered_by", ""), ("state", "aangeboden")),
                    models.Q(
                        models.Q(("state", "aangeboden"), _negated=True),
                        ("answered_at__isnull", False),
                        models.Q(("answered_by", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="referrals_move_answered",
            ),
        ),
        migrations.AddConstraint(
            model_name="move",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "aangeboden")),
                fields=("dossier",),
                name="referrals_move_standing",
            ),
        ),
        migrations.AddConstraint(
            model_name="referral",
            constraint=models.UniqueConstraint(fields=("dossier",), name="referrals_referral_once"),
        ),
    ]
