"""What was counted isn't kept any more, only what may be told of it. The next count fills the table again."""

from django.db import migrations, models
from django.db.models import F, Q
from django.db.models.lookups import Exact


class Migration(migrations.Migration):
    dependencies = [("figures", "0001_counts")]

    operations = [
        migrations.RunSQL("delete from figures_figure", migrations.RunSQL.noop),
        migrations.RemoveConstraint("figure", "figures_figure_once"),
        migrations.RemoveConstraint("figure", "figures_figure_month"),
        migrations.RemoveField("figure", "month"),
        migrations.AddField("figure", "year", models.PositiveSmallIntegerField(), preserve_default=False),
        migrations.AlterField(
            "figure",
            "measure",
            models.CharField(
                choices=[
                    ("aanmeldingen", "Referrals"),
                    ("maand", "Referrals by month"),
                    ("opname", "Admitted"),
                    ("aanmelder", "Who referred"),
                    ("fase", "Where they stand"),
                    ("spoor", "Track"),
                    ("kleur", "Colour of the last weighing"),
                    ("minderjarigen", "Families with children"),
                    ("risicofactor", "Risk factors that are present"),
                    ("afronding", "How it closed"),
                    ("doorlooptijd", "How long it takes"),
                ],
                max_length=16,
            ),
        ),
        migrations.AlterField("figure", "amount", models.PositiveBigIntegerField(null=True)),
        migrations.AddConstraint(
            "figure",
            models.UniqueConstraint(
                fields=["measure", "safe_home", "year", "value"], name="figures_figure_once"
            ),
        ),
        migrations.AddConstraint(
            "figure",
            models.CheckConstraint(condition=Q(Exact(F("dossiers") % 5, 0)), name="figures_figure_rounded"),
        ),
    ]
