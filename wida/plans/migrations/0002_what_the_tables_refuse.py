from django.db import migrations

from wida.records.immutable import immutable

# An array can't carry a foreign key; this one is stricter: the person belongs to the same dossier.
FAMILY = """
create function plans_refuse_strangers() returns trigger language plpgsql as $$
begin
  if exists (
    select 1 from unnest(new.persons || new.withheld_from) as named(id)
    where not exists (select 1 from people_person p where p.id = named.id and p.dossier_id = new.dossier_id)
  ) then
    raise exception '% names somebody who is no person of its dossier', tg_table_name
      using errcode = 'foreign_key_violation';
  end if;
  return new;
end $$
"""


def strangers(table: str) -> tuple[str, str]:
    return (
        f"create trigger {table}_strangers before insert or update of persons, withheld_from on {table} "
        "for each row execute function plans_refuse_strangers()",
        f"drop trigger {table}_strangers on {table}",
    )


class Migration(migrations.Migration):
    dependencies = [
        ("plans", "0001_goals_and_actions"),
        ("records", "0001_revisions_and_submissions"),
    ]

    operations = [
        migrations.RunSQL(FAMILY, "drop function plans_refuse_strangers()"),
        migrations.RunSQL(*strangers("plans_goal")),
        migrations.RunSQL(*strangers("plans_action")),
        migrations.RunSQL(*immutable("plans_planversion")),
        migrations.RunSQL(*immutable("plans_safetyplanopening")),
    ]
