from django.db import migrations

from wida.records.immutable import immutable


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0001_revisions_and_submissions"),
        ("sharing", "0001_lanes_and_contributions"),
    ]

    operations = [migrations.RunSQL(*immutable("sharing_contribution"))]
