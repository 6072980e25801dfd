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
            name="Legend",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=wida.records.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("valid_from", models.DateField(unique=True)),
                ("green_name", models.CharField(max_length=60)),
                ("green", models.CharField(max_length=500)),
                ("orange_name", models.CharField(max_length=60)),
                ("orange", models.CharField(max_length=500)),
                ("red_name", models.CharField(max_length=60)),
                ("red", models.CharField(max_length=500)),
                ("reason", models.CharField(max_length=500)),
                ("user", models.UUIDField()),
                ("signature", models.CharField(max_length=200)),
                ("created_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="Assessment",
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
                ("assessed_on", models.DateField()),
                (
                    "lane",
                    models.CharField(
                        choices=[
                            ("politie", "Police"),
                            ("welzijn", "Welfare"),
                            ("samen", "Police and welfare"),
                        ],
                        max_length=8,
                    ),
                ),
                (
                    "together",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=120), default=list, size=None
                    ),
                ),
                (
                    "level",
                    models.CharField(
                        choices=[
                            ("laag", "Low"),
                            ("middel", "Medium"),
                            ("hoog", "High"),
                            ("onbekend", "Can't be judged yet"),
                        ],
                        max_length=8,
                    ),
                ),
                (
                    "imminence",
                    models.CharField(
                        choices=[
                            ("later", "Later"),
                            ("maanden", "Within months"),
                            ("dagen_weken", "Days to weeks"),
                            ("onbekend", "Unknown"),
                        ],
                        max_length=12,
                    ),
                ),
                ("motivation", wida.records.sealing.SealedText()),
                ("raises", wida.records.sealing.SealedText()),
                ("lowers", wida.records.sealing.SealedText()),
                ("dissent", wida.records.sealing.SealedText()),
                ("known_factors", models.PositiveSmallIntegerField()),
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
                "indexes": [models.Index(fields=["dossier", "-assessed_on"], name="risk_assessment_file")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("dossier", "organisation", "version"), name="risk_assessment_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("motivation__isnull", False)), name="risk_assessment_motivated"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DomainView",
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
                    "state",
                    models.CharField(
                        choices=[
                            ("steun", "Support"),
                            ("zorg", "Concern"),
                            ("wisselend", "Mixed"),
                            ("onbekend", "Unknown"),
                        ],
                        max_length=12,
                    ),
                ),
                ("account", wida.records.sealing.SealedText()),
                (
                    "assessment",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="domains",
                        to="risk.assessment",
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
                "indexes": [models.Index(fields=["dossier"], name="risk_domain_file")],
                "constraints": [
                    models.UniqueConstraint(fields=("assessment", "domain"), name="risk_domain_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="FactorScore",
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
                    "code",
                    models.CharField(
                        choices=[
                            ("doodsbedreiging_suicide", "Death threats or suicide"),
                            ("angst_slachtoffer", "Fear of the victim"),
                            ("ernstig_geweld", "Severe physical violence"),
                            ("geweld_keel", "Violence to the throat"),
                            ("escalatie", "Pattern of escalation"),
                            ("kinderen", "Children victim or witness"),
                            ("eerder_geweld_binnen", "Earlier violence in this family"),
                            ("eerder_geweld_buiten", "Earlier violence outside this family"),
                            ("controle_isolatie", "Control and isolation"),
                            ("afhankelijkheid", "Dependency"),
                            ("psychisch", "Concerns about psychological functioning"),
                            ("middelen", "Substance abuse"),
                            ("zorgmijding", "Not seeking or accepting help"),
                            ("wapen", "Access to a weapon"),
                            ("scheiding", "Recent or planned separation"),
                            ("belaging", "Stalking"),
                            ("zwangerschap", "Violence during pregnancy"),
                            ("seksueel_geweld", "Sexual violence"),
                            ("kinderen_bedreigd", "Children threatened"),
                        ],
                        max_length=32,
                    ),
                ),
                (
                    "present",
                    models.CharField(
                        choices=[
                            ("aanwezig", "Present"),
                            ("vermoeden", "Suspected"),
                            ("afwezig", "Absent"),
                            ("onbekend", "Unknown"),
                            ("nvt", "Not applicable"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "past",
                    models.CharField(
                        choices=[
                            ("aanwezig", "Present"),
                            ("vermoeden", "Suspected"),
                            ("afwezig", "Absent"),
                            ("onbekend", "Unknown"),
                            ("nvt", "Not applicable"),
                        ],
                        max_length=12,
                    ),
                ),
                ("motivation", wida.records.sealing.SealedText()),
                ("source", wida.records.sealing.SealedText()),
                ("seen_on", models.DateField(null=True)),
                ("reviewed_on", models.DateField()),
                (
                    "assessment",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="factors",
                        to="risk.assessment",
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
                    "not_for",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
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
                "indexes": [models.Index(fields=["dossier", "code"], name="risk_factor_file")],
                "constraints": [
                    models.UniqueConstraint(fields=("assessment", "code"), name="risk_factor_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                models.Q(("present__in", ("aanwezig", "vermoeden")), _negated=True),
                                models.Q(("past__in", ("aanwezig", "vermoeden")), _negated=True),
                            ),
                            ("motivation__isnull", False),
                            _connector="OR",
                        ),
                        name="risk_factor_motivated",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="FactorPerson",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=wida.records.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "side",
                    models.CharField(
                        choices=[("wie", "By whom"), ("tegenover", "Towards whom")], max_length=12
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
                    "person",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "factor",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="persons",
                        to="risk.factorscore",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["dossier"], name="risk_factorperson_file")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("factor", "side", "person"), name="risk_factorperson_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Instrument",
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
                ("name", models.CharField(max_length=120)),
                ("edition", models.CharField(blank=True, max_length=60)),
                ("used_on", models.DateField()),
                ("assessor", wida.records.sealing.SealedText()),
                (
                    "trained",
                    models.CharField(
                        choices=[("ja", "Yes"), ("nee", "No"), ("onbekend", "I don't know")], max_length=8
                    ),
                ),
                ("outcome", wida.records.sealing.SealedText()),
                ("missing", wida.records.sealing.SealedText()),
                ("limits", wida.records.sealing.SealedText()),
                (
                    "about",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
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
                (
                    "towards",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [models.Index(fields=["dossier"], name="risk_instrument_file")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("outcome__isnull", False)), name="risk_instrument_outcome"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Protection",
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
                ("place", models.PositiveSmallIntegerField()),
                ("title", wida.records.sealing.SealedText()),
                ("account", wida.records.sealing.SealedText()),
                (
                    "assessment",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="protections",
                        to="risk.assessment",
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
                "indexes": [models.Index(fields=["dossier"], name="risk_protection_file")],
                "constraints": [
                    models.UniqueConstraint(fields=("assessment", "place"), name="risk_protection_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Signal",
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
                    "flag",
                    models.CharField(
                        choices=[
                            ("geweld_keel", "Violence to the throat"),
                            ("doodsbedreiging", "Death threat"),
                            ("wapen", "Weapon"),
                            ("angst", "Fear of the victim"),
                            ("escalatie", "Pattern of escalation"),
                            ("scheiding_controle", "Separation with control"),
                            ("belaging", "Stalking"),
                            ("seksueel_geweld", "Sexual violence"),
                            ("zwangerschap", "Violence during pregnancy"),
                            ("kinderen_bedreigd", "Children threatened"),
                        ],
                        max_length=24,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("aanwezig", "Present"), ("vermoeden", "Suspected"), ("afwezig", "Absent")],
                        max_length=12,
                    ),
                ),
                ("seen_on", models.DateField()),
                ("account", wida.records.sealing.SealedText()),
                ("source", wida.records.sealing.SealedText()),
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
                    "not_for",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
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
                "indexes": [models.Index(fields=["dossier", "flag"], name="risk_signal_file")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("source__isnull", False)), name="risk_signal_source"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state", "afwezig"), ("account__isnull", False), _connector="OR"),
                        name="risk_signal_account",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Weighing",
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
                ("weighed_on", models.DateField()),
                (
                    "colour",
                    models.CharField(
                        choices=[("groen", "Green"), ("oranje", "Orange"), ("rood", "Red")], max_length=8
                    ),
                ),
                (
                    "meeting",
                    models.CharField(
                        choices=[
                            ("opbouw", "First weighing while building the file"),
                            ("triage", "Triage"),
                            ("casusoverleg", "Case conference"),
                            ("dringend", "Urgent consultation"),
                        ],
                        max_length=16,
                    ),
                ),
                ("motivation", wida.records.sealing.SealedText()),
                ("milder", models.BooleanField()),
                ("why_milder", wida.records.sealing.SealedText()),
                ("dissent", wida.records.sealing.SealedText()),
                ("why_corrected", wida.records.sealing.SealedText()),
                ("known_factors", models.PositiveSmallIntegerField()),
                ("lanes_answered", models.PositiveSmallIntegerField(null=True)),
                ("lanes_asked", models.PositiveSmallIntegerField(null=True)),
                ("snapshot", wida.records.sealing.SealedText()),
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
                    "corrects",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="corrected_by",
                        to="risk.weighing",
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
                    "legend",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="risk.legend",
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
                "indexes": [models.Index(fields=["dossier", "weighed_on"], name="risk_weighing_file")],
                "constraints": [
                    models.UniqueConstraint(fields=("dossier", "version"), name="risk_weighing_once"),
                    models.CheckConstraint(
                        condition=models.Q(("motivation__isnull", False), ("snapshot__isnull", False)),
                        name="risk_weighing_motivated",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("milder", False), ("why_milder__isnull", True)),
                            models.Q(("milder", True), ("why_milder__isnull", False)),
                            _connector="OR",
                        ),
                        name="risk_weighing_milder",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("corrects", None), ("why_corrected__isnull", True)),
                            models.Q(("corrects__isnull", False), ("why_corrected__isnull", False)),
                            _connector="OR",
                        ),
                        name="risk_weighing_correction",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("lanes_answered", None), ("lanes_asked", None)),
                            models.Q(("lanes_answered__isnull", False), ("lanes_asked__isnull", False)),
                            _connector="OR",
                        ),
                        name="risk_weighing_lanes",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Participant",
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
                ("name", models.CharField(max_length=200)),
                ("organisation_name", models.CharField(max_length=120)),
                ("excused", models.BooleanField(default=False)),
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
                    "user",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "weighing",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="participants",
                        to="risk.weighing",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [models.Index(fields=["dossier"], name="risk_participant_file")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("excused", False), ("user__isnull", False)),
                            models.Q(("excused", True), ("user", None)),
                            _connector="OR",
                        ),
                        name="risk_participant_who",
                    )
                ],
            },
        ),
    ]
