from django.db import migrations

from wida.records.immutable import immutable


class Migration(migrations.Migration):
    dependencies = [
        ("dossiers", "0001_dossiers_and_tasks"),
        ("records", "0001_revisions_and_submissions"),
    ]

    operations = [migrations.RunSQL(*immutable("dossiers_transition"))]
