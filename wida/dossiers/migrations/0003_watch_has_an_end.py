from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_organisations_and_users"),
        ("accounts", "__first__"),
        ("dossiers", "0002_transitions_are_kept"),
    ]

    operations = [
        migrations.AddConstraint(
            model_name="dossier",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("stage", "wachtperiode"), _negated=True),
                    ("watch_until__isnull", False),
                    _connector="OR",
                ),
                name="dossiers_dossier_watched",
            ),
        ),
    ]
