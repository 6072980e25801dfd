"""The counts that the pages read, so that no page counts a million dossiers."""

from django.db import models
from django.db.models import Q

from wida.figures.codes import Measure


class Figure(models.Model):
    """How many referrals of a month at a house have a value of a measure. Replaced as a whole at each count.

    `amount` is what is summed beside it: children, or days. No page tells these as they are: see `rounding`.
    """

    id = models.BigAutoField(primary_key=True)
    safe_home = models.ForeignKey(
        "accounts.SafeHome", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    month = models.DateField()
    measure = models.CharField(max_length=16, choices=Measure.choices)
    value = models.CharField(max_length=40, blank=True)
    dossiers = models.PositiveIntegerField()
    amount = models.PositiveBigIntegerField()
    counted_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["measure", "safe_home", "month", "value"], name="figures_figure_once"
            ),
            models.CheckConstraint(condition=Q(month__day=1, dossiers__gt=0), name="figures_figure_month"),
        ]
