import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """The tokens of a person are found among those of its dossier, with one small index instead of two."""

    dependencies = [("dossiers", "0005_open_lists"), ("people", "0008_tokens_carry_their_dossier")]
    operations = [
        migrations.AlterField(
            model_name="persontoken",
            name="person",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="people.person",
            ),
        ),
        migrations.RemoveIndex(model_name="persontoken", name="people_persontoken_file"),
        migrations.AddIndex(
            model_name="persontoken", index=models.Index(fields=["dossier"], name="people_persontoken_file")
        ),
    ]
