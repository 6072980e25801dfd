"""Tokens are pairs of how names sound now. The old ones meet none of them: `wida reindex-people` makes the new ones."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("dossiers", "0003_watch_has_an_end"),
        ("people", "0001_persons_and_families"),
    ]

    operations = [
        migrations.DeleteModel(name="PersonToken"),
        migrations.CreateModel(
            name="PersonToken",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "token", "person_id", blank=True, editable=False, primary_key=True, serialize=False
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
        ),
    ]
