from django.db import migrations

from wida.records.immutable import immutable

TABLES = (
    "risk_assessment",
    "risk_factorscore",
    "risk_factorperson",
    "risk_domainview",
    "risk_protection",
    "risk_weighing",
    "risk_participant",
    "risk_legend",
)


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0001_revisions_and_submissions"),
        ("risk", "0001_assessments_and_weighings"),
    ]

    operations = [migrations.RunSQL(*immutable(table)) for table in TABLES]
