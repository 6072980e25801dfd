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
            name="Incident",
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
                            ("geweldsincident", "Violent incident"),
                            ("politie_interventie", "Police intervention"),
                            ("melding", "Report or complaint"),
                            ("maatregel", "Measure imposed, changed or broken"),
                            ("hulp_start", "Help starts"),
                            ("hulp_stop", "Help stops"),
                            ("gezinswijziging", "Change in the family"),
                            ("verhuis", "Move to another home"),
                            ("geboorte", "Birth or pregnancy"),
                            ("scheiding", "Separation or divorce"),
                            ("gezondheid", "Health"),
                            ("school", "School or work"),
                            ("positief", "Something that went well"),
                            ("overleg", "Meeting about the family"),
                        ],
                        max_length=24,
                    ),
                ),
                (
                    "precision",
                    models.CharField(
                        choices=[
                            ("dag", "On one day"),
                            ("rond", "Around a day"),
                            ("maand", "In the course of a month"),
                            ("jaar", "In the course of a year"),
                            ("periode", "From one day to another"),
                        ],
                        max_length=8,
                    ),
                ),
                ("begins_on", models.DateField()),
                ("ends_on", models.DateField(null=True)),
                ("at", models.TimeField(null=True)),
                (
                    "forms",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("fysiek", "Physical violence"),
                                ("seksueel", "Sexual violence"),
                                ("psychisch", "Psychological violence"),
                                ("economisch", "Economic violence"),
                                ("verwaarlozing", "Neglect"),
                                ("belaging", "Stalking"),
                                ("digitaal", "Digital violence"),
                                ("dwingende_controle", "Coercive control"),
                            ],
                            max_length=20,
                        ),
                        default=list,
                        size=None,
                    ),
                ),
                (
                    "children_present",
                    models.CharField(
                        choices=[("ja", "Yes"), ("nee", "No"), ("onbekend", "I don't know")], max_length=8
                    ),
                ),
                ("account", wida.records.sealing.SealedText()),
                ("impact", wida.records.sealing.SealedText()),
                ("response", wida.records.sealing.SealedText()),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("parket", "Prosecutor"),
                            ("politie", "Police"),
                            ("ajh", "AJH"),
                            ("opgroeien_ocj_sdj", "OCJ/SDJ"),
                            ("opgroeien_regie_kg", "Kind en Gezin"),
                            ("caw", "CAW"),
                            ("clb", "CLB"),
                            ("ggz", "GGZ"),
                            ("gevangenis", "Prison"),
                            ("ocmw_lokaal_bestuur", "OCMW"),
                            ("vk", "VK"),
                            ("ziekenhuis", "Hospital"),
                            ("andere", "Other"),
                            ("veilig_huis", "Safe Home"),
                            ("gezin", "Somebody of the family"),
                            ("omgeving", "Somebody around the family"),
                        ],
                        max_length=24,
                    ),
                ),
                ("source_note", wida.records.sealing.SealedText()),
                (
                    "reliability",
                    models.CharField(
                        choices=[
                            ("vastgesteld", "Established"),
                            ("verklaard", "Stated by somebody"),
                            ("vermoeden", "Suspected"),
                            ("betwist", "Disputed"),
                        ],
                        max_length=12,
                    ),
                ),
                ("report_number", wida.records.sealing.SealedText()),
                ("report_district", models.CharField(blank=True, max_length=2)),
                ("report_prevention_code", models.CharField(blank=True, max_length=3)),
                ("report_service", wida.records.sealing.SealedText()),
                ("report_serial", wida.records.sealing.SealedText()),
                ("report_year", models.PositiveSmallIntegerField(null=True)),
                ("edition", models.PositiveIntegerField(default=1)),
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
                "indexes": [models.Index(fields=["dossier", "begins_on"], name="situation_incident_order")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ends_on__isnull", False), ("precision", "periode")),
                            models.Q(models.Q(("precision", "periode"), _negated=True), ("ends_on", None)),
                            _connector="OR",
                        ),
                        name="situation_incident_ends",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("begins_on", None),
                            ("ends_on", None),
                            ("ends_on__gte", models.F("begins_on")),
                            _connector="OR",
                        ),
                        name="situation_incident_period",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("at", None), ("precision", "dag"), _connector="OR"),
                        name="situation_incident_at",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Informed",
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
                            ("geinformeerd", "Informed"),
                            ("nog_niet", "Not yet, for a reason"),
                            ("te_doen", "Still to do"),
                        ],
                        max_length=12,
                    ),
                ),
                ("on", models.DateField(null=True)),
                ("by_whom", wida.records.sealing.SealedText()),
                (
                    "why_not",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("niet_veilig", "Not safe for the victim or the children"),
                            ("niet_bereikt", "Not reached"),
                            ("te_jong", "Too young, or later together with a parent"),
                            ("andere", "Another reason"),
                        ],
                        max_length=12,
                    ),
                ),
                ("why_not_note", wida.records.sealing.SealedText()),
                ("reconsider_on", models.DateField(null=True)),
                ("wishes", wida.records.sealing.SealedText()),
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
                "indexes": [models.Index(fields=["dossier"], name="situation_informed_file")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("withdrawn_at", None)),
                        fields=("person", "organisation"),
                        name="situation_informed_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("on__isnull", False), ("state", "geinformeerd")),
                            models.Q(models.Q(("state", "geinformeerd"), _negated=True), ("on", None)),
                            _connector="OR",
                        ),
                        name="situation_informed_on",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("reconsider_on__isnull", False),
                                ("state", "nog_niet"),
                                models.Q(("why_not", ""), _negated=True),
                            ),
                            models.Q(models.Q(("state", "nog_niet"), _negated=True), ("why_not", "")),
                            _connector="OR",
                        ),
                        name="situation_informed_not_yet",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Measure",
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
                            ("tijdelijk_huisverbod", "Temporary restraining order from the home (THV)"),
                            ("contactverbod", "Contact ban"),
                            ("plaatsverbod", "Ban from a street or place"),
                            ("voorwaarden", "Release under conditions"),
                            ("probatie", "Probation"),
                            ("bemiddeling_en_maatregelen", "Mediation and measures (prosecutor)"),
                            ("aanhouding", "Remand in custody or prison sentence"),
                            ("elektronisch_toezicht", "Electronic monitoring"),
                            ("stalkingalarm", "Mobile stalking alarm"),
                            ("familierechtbank", "Decision of the family court"),
                            ("jeugdrechtbank", "Measure of the youth court"),
                            ("andere", "Other measure"),
                        ],
                        max_length=32,
                    ),
                ),
                ("begins_on", models.DateField()),
                ("ends_on", models.DateField(null=True)),
                ("extended_until", models.DateField(null=True)),
                ("issued_by", wida.records.sealing.SealedText()),
                ("reference", wida.records.sealing.SealedText()),
                ("conditions", wida.records.sealing.SealedText()),
                ("edition", models.PositiveIntegerField(default=1)),
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
                "indexes": [models.Index(fields=["dossier"], name="situation_measure_file")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("begins_on", None),
                            ("ends_on", None),
                            ("ends_on__gte", models.F("begins_on")),
                            _connector="OR",
                        ),
                        name="situation_measure_period",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("extended_until", None),
                            models.Q(("ends_on__isnull", False), ("extended_until__gt", models.F("ends_on"))),
                            _connector="OR",
                        ),
                        name="situation_measure_extended",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Involved",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("edition", models.PositiveIntegerField()),
                ("role", models.CharField(max_length=12)),
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
                    "incident",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="involved",
                        to="situation.incident",
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
                    "measure",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="involved",
                        to="situation.measure",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["dossier", "person"], name="situation_involved_person")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("incident", None), ("measure__isnull", False)),
                            models.Q(("incident__isnull", False), ("measure", None)),
                            _connector="OR",
                        ),
                        name="situation_involved_in_one",
                    ),
                    models.UniqueConstraint(
                        fields=("incident", "edition", "person", "role"), name="situation_involved_incident"
                    ),
                    models.UniqueConstraint(
                        fields=("measure", "edition", "person", "role"), name="situation_involved_measure"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Narrative",
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
                "indexes": [models.Index(fields=["dossier"], name="situation_narrative_file")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("withdrawn_at", None)),
                        fields=("dossier", "organisation"),
                        name="situation_narrative_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Pattern",
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
                    "forms",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("fysiek", "Physical violence"),
                                ("seksueel", "Sexual violence"),
                                ("psychisch", "Psychological violence"),
                                ("economisch", "Economic violence"),
                                ("verwaarlozing", "Neglect"),
                                ("belaging", "Stalking"),
                                ("digitaal", "Digital violence"),
                                ("dwingende_controle", "Coercive control"),
                            ],
                            max_length=20,
                        ),
                        default=list,
                        size=None,
                    ),
                ),
                (
                    "relation",
                    models.CharField(
                        choices=[
                            ("partnergeweld", "Partner violence (also by an ex-partner)"),
                            ("kindermishandeling", "Child abuse"),
                            ("belaging", "Stalking"),
                            ("ouderenmisbehandeling", "Abuse or neglect of an older person"),
                            ("oudermisbehandeling", "Abuse of a parent by a child"),
                            ("siblinggeweld", "Violence between siblings"),
                            ("eergerelateerd", "Honour-related violence"),
                            ("andere_familie", "In-laws or other family"),
                            ("andere", "Other relation"),
                        ],
                        max_length=24,
                    ),
                ),
                ("since", models.DateField(null=True)),
                (
                    "since_precision",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("dag", "On one day"),
                            ("rond", "Around a day"),
                            ("maand", "In the course of a month"),
                            ("jaar", "In the course of a year"),
                            ("periode", "From one day to another"),
                        ],
                        max_length=8,
                    ),
                ),
                (
                    "ongoing",
                    models.CharField(
                        choices=[("ja", "Yes"), ("nee", "No"), ("onbekend", "I don't know")], max_length=8
                    ),
                ),
                ("until", models.DateField(null=True)),
                (
                    "until_precision",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("dag", "On one day"),
                            ("rond", "Around a day"),
                            ("maand", "In the course of a month"),
                            ("jaar", "In the course of a year"),
                            ("periode", "From one day to another"),
                        ],
                        max_length=8,
                    ),
                ),
                (
                    "frequency",
                    models.CharField(
                        choices=[
                            ("eenmalig", "Once"),
                            ("enkele_keren_per_jaar", "A few times a year"),
                            ("maandelijks", "About every month"),
                            ("wekelijks", "About every week"),
                            ("dagelijks", "Every day, or all the time"),
                            ("onbekend", "How often is not known"),
                        ],
                        max_length=24,
                    ),
                ),
                ("note", wida.records.sealing.SealedText()),
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
                    "giver",
                    models.ForeignKey(
                        db_index=False,
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
                (
                    "receiver",
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
                "indexes": [models.Index(fields=["dossier"], name="situation_pattern_file")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("giver", models.F("receiver")), _negated=True),
                        name="situation_pattern_two",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("forms", []), _negated=True), name="situation_pattern_forms"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("since", None), ("since_precision", "")),
                            models.Q(
                                ("since__isnull", False), models.Q(("since_precision", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="situation_pattern_since",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("until", None), ("until_precision", "")),
                            models.Q(
                                ("ongoing", "nee"),
                                ("until__isnull", False),
                                models.Q(("until_precision", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="situation_pattern_until",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("since", None),
                            ("until", None),
                            ("until__gte", models.F("since")),
                            _connector="OR",
                        ),
                        name="situation_pattern_period",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Remark",
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
                ("subject", models.UUIDField()),
                ("about", models.CharField(max_length=12)),
                (
                    "kind",
                    models.CharField(
                        choices=[("betwist", "We dispute this"), ("aanvulling", "We add something")],
                        max_length=12,
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
                "indexes": [
                    models.Index(fields=["dossier"], name="situation_remark_file"),
                    models.Index(fields=["subject"], name="situation_remark_subject"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Danger",
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
                ("on", models.DateField()),
                (
                    "acute",
                    models.CharField(
                        choices=[("ja", "Yes"), ("nee", "No"), ("onbekend", "I don't know")], max_length=8
                    ),
                ),
                ("what", wida.records.sealing.SealedText()),
                ("done", wida.records.sealing.SealedText()),
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
                "indexes": [models.Index(fields=["dossier"], name="situation_danger_file")],
            },
        ),
        migrations.CreateModel(
            name="Dynamic",
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
                    "profile",
                    models.CharField(
                        choices=[
                            ("intiem_terrorisme", "Intimate terrorism"),
                            ("gewelddadig_verzet", "Violent resistance"),
                            ("situationeel", "Situational couple violence"),
                            ("wederzijdse_controle", "Mutual violent control"),
                            ("scheiding", "Separation-related violence"),
                            ("onbekend", "Not known yet"),
                        ],
                        max_length=24,
                    ),
                ),
                ("on", models.DateField()),
                ("grounds", wida.records.sealing.SealedText()),
                ("doubts", wida.records.sealing.SealedText()),
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
                    "first",
                    models.ForeignKey(
                        db_index=False,
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
                (
                    "second",
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
                "indexes": [models.Index(fields=["dossier"], name="situation_dynamic_file")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("first", models.F("second")), _negated=True),
                        name="situation_dynamic_two",
                    )
                ],
            },
        ),
    ]
