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
            name="Household",
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
                ("label", wida.records.sealing.SealedText()),
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
                "indexes": [models.Index(fields=["dossier"], name="people_household_file")],
            },
        ),
        migrations.CreateModel(
            name="Person",
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
                    "group",
                    models.CharField(
                        choices=[
                            ("rechtstreeks", "Directly involved"),
                            ("kind", "Children"),
                            ("andere", "Others involved"),
                        ],
                        max_length=12,
                    ),
                ),
                ("given_name", wida.records.sealing.SealedText()),
                ("family_name", wida.records.sealing.SealedText()),
                ("known_as", wida.records.sealing.SealedText()),
                (
                    "sex",
                    models.CharField(
                        choices=[("vrouw", "Woman"), ("man", "Man"), ("x", "X"), ("onbekend", "Unknown")],
                        default="onbekend",
                        max_length=8,
                    ),
                ),
                ("birth_date", wida.records.sealing.SealedText()),
                ("birth_year", models.PositiveSmallIntegerField(null=True)),
                ("age_stated", models.PositiveSmallIntegerField(null=True)),
                ("age_stated_on", models.DateField(null=True)),
                ("unborn", models.BooleanField(default=False)),
                ("due_on", models.DateField(null=True)),
                ("deceased", models.BooleanField(default=False)),
                ("national_number", wida.records.sealing.SealedText()),
                ("nationality", wida.records.sealing.SealedText()),
                ("languages", wida.records.sealing.SealedText()),
                ("interpreter", wida.records.sealing.SealedText()),
                ("profession", wida.records.sealing.SealedText()),
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
                "indexes": [models.Index(fields=["dossier"], name="people_person_file")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("age_stated", None), ("age_stated_on", None)),
                            models.Q(("age_stated__isnull", False), ("age_stated_on__isnull", False)),
                            _connector="OR",
                        ),
                        name="people_person_age_pair",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("due_on", None), ("unborn", False)),
                            models.Q(("birth_year", None), ("unborn", True)),
                            _connector="OR",
                        ),
                        name="people_person_unborn",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Custody",
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
                    "authority",
                    models.CharField(
                        choices=[
                            ("gezamenlijk", "Joint parental authority"),
                            ("exclusief", "Sole parental authority"),
                            ("gevraagd", "Custody asked for"),
                            ("voogdij", "Guardianship"),
                            ("geen", "No parental authority"),
                            ("onbekend", "Unknown"),
                        ],
                        max_length=12,
                    ),
                ),
                ("arrangement", wida.records.sealing.SealedText()),
                ("decided_on", models.DateField(null=True)),
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
                    "child",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "holder",
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
                "indexes": [models.Index(fields=["dossier"], name="people_custody_file")],
            },
        ),
        migrations.CreateModel(
            name="Contact",
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
                        choices=[("telefoon", "Telephone"), ("e_mail", "E-mail"), ("andere", "Other")],
                        max_length=12,
                    ),
                ),
                ("value", wida.records.sealing.SealedText()),
                (
                    "safe",
                    models.CharField(
                        choices=[
                            ("veilig", "Safe"),
                            ("niet_veilig", "Not safe"),
                            ("onbekend", "Not known whether safe"),
                        ],
                        max_length=12,
                    ),
                ),
                ("safe_times", wida.records.sealing.SealedText()),
                ("may_leave_message", models.BooleanField(null=True)),
                ("note", wida.records.sealing.SealedText()),
                ("confirmed_on", models.DateField(null=True)),
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
                "indexes": [models.Index(fields=["dossier"], name="people_contact_file")],
            },
        ),
        migrations.CreateModel(
            name="ChildPanel",
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
                    "exposure",
                    models.CharField(
                        choices=[
                            ("direct_slachtoffer", "Direct victim"),
                            ("getuige_aanwezig", "Was present"),
                            ("hoort_merkt", "Hears or notices it"),
                            ("niet_blootgesteld", "Not exposed"),
                            ("onbekend", "Unknown"),
                        ],
                        default="onbekend",
                        max_length=20,
                    ),
                ),
                ("school", wida.records.sealing.SealedText()),
                ("school_contact", wida.records.sealing.SealedText()),
                ("safe_person", wida.records.sealing.SealedText()),
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
                    "child",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="panels", to="people.person"
                    ),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [models.Index(fields=["dossier"], name="people_childpanel_file")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("withdrawn_at", None)),
                        fields=("child",),
                        name="people_childpanel_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ChildNote",
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
                        choices=[("stem", "Own voice"), ("gezien", "Seen"), ("signaal", "Signal")],
                        max_length=8,
                    ),
                ),
                ("on", models.DateField()),
                ("by_whom", wida.records.sealing.SealedText()),
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
                (
                    "child",
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
                "indexes": [models.Index(fields=["dossier"], name="people_childnote_file")],
            },
        ),
        migrations.CreateModel(
            name="Address",
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
                    "type",
                    models.CharField(
                        choices=[
                            ("domicilie", "Domicile"),
                            ("verblijf", "Residence"),
                            ("vluchthuis", "Refuge"),
                            ("referentieadres", "Reference address"),
                            ("gekozen_woonplaats", "Chosen residence (lawyer or police)"),
                            ("onbekend", "Unknown"),
                        ],
                        max_length=20,
                    ),
                ),
                ("street", wida.records.sealing.SealedText()),
                ("postal_code", wida.records.sealing.SealedText()),
                ("place", wida.records.sealing.SealedText()),
                ("country", wida.records.sealing.SealedText()),
                ("municipality", models.CharField(blank=True, max_length=60)),
                ("since", models.DateField(null=True)),
                ("until", models.DateField(null=True)),
                ("protected", models.BooleanField(default=False)),
                ("protected_why", wida.records.sealing.SealedText()),
                ("viewer_names", wida.records.sealing.SealedText()),
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
                "indexes": [models.Index(fields=["dossier"], name="people_address_file")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until", None),
                            ("since", None),
                            ("until__gte", models.F("since")),
                            _connector="OR",
                        ),
                        name="people_address_period",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("protected", False), ("municipality", ""), _connector="OR"),
                        name="people_address_hidden_place",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PersonToken",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("token", models.BigIntegerField()),
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
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.person"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["token"], name="people_token")],
                "constraints": [
                    models.UniqueConstraint(fields=("person", "token"), name="people_token_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Relation",
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
                            ("partner", "Partner"),
                            ("ex_partner", "Ex-partner"),
                            ("ouder", "Parent"),
                            ("stiefouder", "Step-parent"),
                            ("pleegouder", "Foster parent"),
                            ("broer_zus", "Brother or sister"),
                            ("halfbroer_zus", "Half-brother or half-sister"),
                            ("grootouder", "Grandparent"),
                            ("schoonfamilie", "In-law"),
                            ("andere_familie", "Other family"),
                            ("steunfiguur", "Support person"),
                            ("betrokken_derde", "Third party involved"),
                        ],
                        max_length=16,
                    ),
                ),
                ("married", models.BooleanField(default=False)),
                ("since", models.DateField(null=True)),
                ("until", models.DateField(null=True)),
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
                    "organisation",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.organisation",
                    ),
                ),
                (
                    "other",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
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
                "indexes": [models.Index(fields=["dossier"], name="people_relation_file")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("person", models.F("other")), _negated=True),
                        name="people_relation_two",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until", None),
                            ("since", None),
                            ("until__gte", models.F("since")),
                            _connector="OR",
                        ),
                        name="people_relation_period",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Residence",
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
                ("arrangement", wida.records.sealing.SealedText()),
                ("since", models.DateField(null=True)),
                ("until", models.DateField(null=True)),
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
                    "household",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.household",
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
                "indexes": [models.Index(fields=["dossier"], name="people_residence_file")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until", None),
                            ("since", None),
                            ("until__gte", models.F("since")),
                            _connector="OR",
                        ),
                        name="people_residence_period",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Service",
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
                ("name", wida.records.sealing.SealedText()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("caw", "Centre for General Welfare (CAW)"),
                            ("vluchthuis", "Refuge"),
                            ("ggz", "Mental health care (GGZ)"),
                            ("verslavingszorg", "Addiction care"),
                            ("huisarts", "General practitioner"),
                            ("ziekenhuis", "Hospital"),
                            ("jeugdhulp", "Youth support"),
                            ("gezinsondersteuning", "Kind en Gezin or family support"),
                            ("school_clb", "School or Pupil Guidance Centre (CLB)"),
                            ("ocmw", "OCMW or local government"),
                            ("justitie", "Justice house or court"),
                            ("advocaat", "Lawyer"),
                            ("andere", "Other"),
                        ],
                        max_length=24,
                    ),
                ),
                ("for_whom", wida.records.sealing.SealedText()),
                ("contact", wida.records.sealing.SealedText()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("lopend", "Active"),
                            ("vastgelopen", "Stuck"),
                            ("gestopt", "Ended"),
                            ("wachtlijst", "On a waiting list"),
                        ],
                        max_length=12,
                    ),
                ),
                ("since", models.DateField(null=True)),
                ("until", models.DateField(null=True)),
                ("result", wida.records.sealing.SealedText()),
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
                "indexes": [models.Index(fields=["dossier"], name="people_service_file")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until", None),
                            ("since", None),
                            ("until__gte", models.F("since")),
                            _connector="OR",
                        ),
                        name="people_service_period",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="AddressViewer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "address",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="viewers",
                        to="people.address",
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
                "constraints": [
                    models.UniqueConstraint(fields=("address", "organisation"), name="people_viewer_once")
                ],
            },
        ),
    ]
