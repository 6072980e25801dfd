"""The figures that the pages read, so that no page counts a million dossiers."""

from django.db import models
from django.db.models import F, Q
from django.db.models.lookups import Exact

from wida.figures.codes import Measure
from wida.figures.rounding import BASE


class Figure(models.Model):
    """How many referrals of a year at a house have a value of a measure, rounded. Replaced as a whole at each count.

    `amount` is what is summed beside it, None where too few families have it: children, rounded as well; or days on
    average times `dossiers`, so that sums of both give the average of more houses and years.
    """

    id = models.BigAutoField(primary_key=True)
    safe_home = models.ForeignKey(
        "accounts.SafeHome", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    year = models.PositiveSmallIntegerField()
    measure = models.CharField(max_length=16, choices=Measure.choices)
    value = models.CharField(max_length=40, blank=True)
    dossiers = models.PositiveIntegerField()
    amount = models.PositiveBigIntegerField(null=True)
    counted_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["measure", "safe_home", "year", "value"], name="figures_figure_once"
            ),
            # No number stands here as it was counted.
            models.CheckConstraint(
                condition=Q(Exact(F("dossiers") % BASE, 0)), name="figures_figure_rounded"
            ),
        ]
