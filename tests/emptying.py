"""After a test that really committed, the database is again the copy of the template that it was.

Django would truncate every table, and make the rights of its own admin anew: most of what such a test costs. Rows
are taken away past all triggers, and those of the template are put back.
"""

from django.db import connection
from psycopg import sql

# Everything but what `migrate` keeps of itself.
TABLES = """
select relname from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')
and not relispartition and relname <> 'django_migrations'
"""
# Of each table what the template held.
ROWS: dict[str, bytes] = {}


def remember() -> None:
    ROWS.update(held())


def bring_back(_case=None) -> None:
    connection.ensure_connection()
    put(ROWS)


def held() -> dict[str, bytes]:
    """Every row of every table."""
    rows = {}
    with connection.cursor() as cursor:
        cursor.execute(TABLES)
        for (table,) in cursor.fetchall():
            with cursor.copy(sql.SQL("copy {} to stdout").format(sql.Identifier(table))) as part:
                rows[table] = b"".join(bytes(row) for row in part)
    return rows


def put(rows: dict[str, bytes]) -> None:
    """These rows and no others, past all triggers."""
    session = connection.connection
    emptied = [sql.SQL("delete from {}").format(sql.Identifier(table)) for table in rows]
    with session.transaction():
        session.execute(
            sql.SQL("; ").join([sql.SQL("set local session_replication_role = replica"), *emptied]),
            prepare=False,
        )
        for table in filter(rows.get, rows):
            with session.cursor().copy(sql.SQL("copy {} from stdin").format(sql.Identifier(table))) as part:
                part.write(rows[table])
        session.execute("set local session_replication_role = origin", prepare=False)
