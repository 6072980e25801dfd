"""Tables whose rows never change: the database itself refuses."""

FUNCTION = """
create or replace function wida_refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '% is append-only', tg_table_name using errcode = 'restrict_violation';
end $$
"""


def immutable(table: str) -> tuple[list[str], list[str]]:
    """The statements for `migrations.RunSQL(*immutable("risk_weighing"))`: forwards and back.

    A flush of a test database truncates, so TRUNCATE is refused by grants, not by a trigger.
    """
    return (
        [
            f"create trigger {table}_immutable before update or delete on {table} "
            "for each row execute function wida_refuse_change()"
        ],
        [f"drop trigger {table}_immutable on {table}"],
    )
