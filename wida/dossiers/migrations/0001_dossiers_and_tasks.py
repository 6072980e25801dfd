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
    ]

    operations = [
        migrations.CreateModel(
            name="Dossier",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=wida.records.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("number", models.CharField(max_length=16, unique=True)),
                ("family_name", wida.records.sealing.SealedText()),
                (
                    "stage",
                    models.CharField(
                        choices=[
                            ("opbouw", "Being built"),
                            ("aangemeld", "Referred"),
                            ("dossiervorming", "Information gathering"),
                            ("uitvoering", "Execution"),
                            ("wachtperiode", "Watch period"),
                            ("afgesloten", "Closed"),
                        ],
                        default="opbouw",
                        max_length=16,
                    ),
                ),
                (
                    "colour",
                    models.CharField(
                        blank=True,
                        choices=[("groen", "Green"), ("oranje", "Orange"), ("rood", "Red")],
                        max_length=8,
                    ),
                ),
                (
                    "track",
                    models.CharField(
                        blank=True, choices=[("spoor_2", "Track 2"), ("spoor_3", "Track 3")], max_length=8
                    ),
                ),
                ("signature", models.CharField(max_length=200)),
                ("created_at", models.DateTimeField()),
                ("changed_at", models.DateTimeField()),
                ("changed_by", models.CharField(max_length=200)),
                ("changed_part", models.CharField(max_length=20)),
                ("submitted_at", models.DateTimeField(null=True)),
                ("opened_at", models.DateTimeField(null=True)),
                ("watch_until", models.DateField(null=True)),
                ("closed_at", models.DateTimeField(null=True)),
                (
                    "closure_reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("doelen_bereikt", "Goals reached and violence stopped"),
                            ("geweld_gestopt_andere_opvolging", "Violence stopped, followed up elsewhere"),
                            ("overgedragen", "Handed over"),
                            ("geen_medewerking", "No cooperation, goals not reached"),
                            ("verhuisd_buiten_regio", "Moved out of the region"),
                            ("overlijden", "Death"),
                            ("niet_opgenomen", "Not taken up"),
                            ("aangesloten_bij_bestaand", "Joined to an existing dossier"),
                            ("andere", "Other"),
                        ],
                        max_length=32,
                    ),
                ),
                ("retain_until", models.DateField(null=True)),
                ("next_due", models.DateField(null=True)),
                (
                    "next_kind",
                    models.CharField(
                        choices=[
                            ("aanmelding_nakijken", "Check the referral"),
                            ("aanmelding_vervolledigen", "Complete the referral"),
                            ("vrijgave_parket", "Answer whether the file may be opened"),
                            ("antwoord_partner", "Answer the request for information"),
                            ("informeren_heroverwegen", "Reconsider informing somebody in the family"),
                            ("herinschatting", "Assess the risk again"),
                            ("overleg", "Take part in the meeting"),
                            ("verslag_goedkeuren", "Approve the minutes"),
                            ("actie", "Carry out an action of the plan"),
                            ("plan_bijsturen", "Review the plan"),
                            ("contact_wachtperiode", "Make contact in the watch period"),
                            (
                                "einde_wachtperiode",
                                "End of the watch period: ask again, then close or resume",
                            ),
                            ("kind_zien", "See the child"),
                        ],
                        max_length=32,
                        null=True,
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
                    "case_manager",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "joined_to",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
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
                    "police_zone",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.policezone",
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
            ],
            options={
                "indexes": [
                    models.Index(fields=["safe_home", "-changed_at", "-id"], name="dossiers_house_changed"),
                    models.Index(fields=["safe_home", "next_due", "id"], name="dossiers_house_due"),
                    models.Index(fields=["case_manager"], name="dossiers_case_manager"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("closed_at__isnull", False),
                                ("retain_until__isnull", False),
                                ("stage", "afgesloten"),
                                models.Q(("closure_reason", ""), _negated=True),
                            ),
                            models.Q(
                                models.Q(("stage", "afgesloten"), _negated=True),
                                ("closed_at", None),
                                ("closure_reason", ""),
                            ),
                            _connector="OR",
                        ),
                        name="dossiers_dossier_closed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("stage__in", ["opbouw", "aangemeld", "afgesloten"]),
                            ("opened_at__isnull", False),
                            _connector="OR",
                        ),
                        name="dossiers_dossier_opened",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DossierKey",
            fields=[
                (
                    "dossier",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="key",
                        serialize=False,
                        to="dossiers.dossier",
                    ),
                ),
                ("wrapped", models.BinaryField()),
            ],
        ),
        migrations.CreateModel(
            name="Task",
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
                            ("aanmelding_nakijken", "Check the referral"),
                            ("aanmelding_vervolledigen", "Complete the referral"),
                            ("vrijgave_parket", "Answer whether the file may be opened"),
                            ("antwoord_partner", "Answer the request for information"),
                            ("informeren_heroverwegen", "Reconsider informing somebody in the family"),
                            ("herinschatting", "Assess the risk again"),
                            ("overleg", "Take part in the meeting"),
                            ("verslag_goedkeuren", "Approve the minutes"),
                            ("actie", "Carry out an action of the plan"),
                            ("plan_bijsturen", "Review the plan"),
                            ("contact_wachtperiode", "Make contact in the watch period"),
                            (
                                "einde_wachtperiode",
                                "End of the watch period: ask again, then close or resume",
                            ),
                            ("kind_zien", "See the child"),
                        ],
                        max_length=32,
                    ),
                ),
                ("detail", models.CharField(blank=True, max_length=60)),
                ("due", models.DateField()),
                ("source", models.UUIDField()),
                ("role", models.CharField(blank=True, max_length=32)),
                ("created_at", models.DateTimeField()),
                ("created_by", models.CharField(max_length=200)),
                ("done_at", models.DateTimeField(null=True)),
                ("done_by", models.CharField(blank=True, max_length=200)),
                (
                    "dossier",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="tasks",
                        to="dossiers.dossier",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.organisation",
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
                "indexes": [
                    models.Index(
                        condition=models.Q(("done_at", None)),
                        fields=["dossier", "due"],
                        name="dossiers_task_file",
                    ),
                    models.Index(
                        condition=models.Q(("done_at", None)),
                        fields=["user", "due"],
                        name="dossiers_task_user",
                    ),
                    models.Index(
                        condition=models.Q(("done_at", None)),
                        fields=["organisation", "due"],
                        name="dossiers_task_organisation",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("done_at", None)),
                        fields=("kind", "source"),
                        name="dossiers_task_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("done_at", None), ("done_by", "")),
                            models.Q(("done_at__isnull", False), models.Q(("done_by", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="dossiers_task_done",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Transition",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=wida.records.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("name", models.CharField(max_length=24)),
                (
                    "before",
                    models.CharField(
                        choices=[
                            ("opbouw", "Being built"),
                            ("aangemeld", "Referred"),
                            ("dossiervorming", "Information gathering"),
                            ("uitvoering", "Execution"),
                            ("wachtperiode", "Watch period"),
                            ("afgesloten", "Closed"),
                        ],
                        max_length=16,
                    ),
                ),
                (
                    "after",
                    models.CharField(
                        choices=[
                            ("opbouw", "Being built"),
                            ("aangemeld", "Referred"),
                            ("dossiervorming", "Information gathering"),
                            ("uitvoering", "Execution"),
                            ("wachtperiode", "Watch period"),
                            ("afgesloten", "Closed"),
                        ],
                        max_length=16,
                    ),
                ),
                ("at", models.DateTimeField()),
                ("signature", models.CharField(max_length=200)),
                ("user", models.UUIDField()),
                ("organisation", models.UUIDField()),
                ("reason", wida.records.sealing.SealedText()),
                (
                    "dossier",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="transitions",
                        to="dossiers.dossier",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["dossier", "at"], name="dossiers_transition_file")],
            },
        ),
    ]
