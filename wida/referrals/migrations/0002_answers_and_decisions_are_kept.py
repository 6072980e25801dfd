from django.db import migrations

from wida.records.immutable import immutable


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0001_revisions_and_submissions"),
        ("referrals", "0001_criteria_clearance_and_decisions"),
    ]

    operations = [
        migrations.RunSQL(*immutable("referrals_clearance")),
        migrations.RunSQL(*immutable("referrals_decision")),
    ]
