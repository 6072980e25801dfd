"""Counting everything anew, in one transaction: who reads meanwhile still sees the figures of before."""

from django.db import connection, transaction
from django.utils import timezone

from wida.figures.models import Figure
from wida.figures.rounding import told


@transaction.atomic
def count_again() -> None:
    """As the house itself, or as the owner of the tables."""
    with connection.cursor() as cursor:
        cursor.execute("lock table figures_figure in share row exclusive mode")
        cursor.execute("delete from figures_figure")
        at = timezone.now()
        cursor.execute("select safe_home, month, measure, value, dossiers, amount from wida.count_figures()")
        Figure.objects.bulk_create(
            (Figure(counted_at=at, **number._asdict()) for number in told(cursor.fetchall())),
            batch_size=2_000,
        )
