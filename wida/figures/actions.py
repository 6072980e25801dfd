"""Counting everything anew, in one transaction: who reads meanwhile still sees the counts of before."""

from django.db import connection, transaction

COUNT = """
    insert into figures_figure (safe_home_id, month, measure, value, dossiers, amount, counted_at)
    select safe_home, month, measure, value, dossiers, amount, now() from wida.count_figures()
"""


@transaction.atomic
def count_again() -> None:
    """As the house itself, or as the owner of the tables."""
    with connection.cursor() as cursor:
        cursor.execute("lock table figures_figure in share row exclusive mode")
        cursor.execute("delete from figures_figure")
        cursor.execute(COUNT)
