"""What every account may really do, read from the catalogue of the database: compared with `docs/grants.txt`."""

from django.db import connection

ROLES = """
select rolname, concat_ws(' ',
  case when rolcanlogin then 'login' end, case when rolsuper then 'superuser' end,
  case when rolbypassrls then 'bypassrls' end, case when rolcreaterole then 'createrole' end,
  case when rolcreatedb then 'createdb' end, case when rolreplication then 'replication' end,
  (select 'member of ' || string_agg(g.rolname, ', ' order by g.rolname)
     from pg_auth_members m join pg_roles g on g.oid = m.roleid where m.member = r.oid),
  array_to_string(rolconfig, ' '))
from pg_roles r where rolname like 'wida%' order by rolname
"""

TABLES = """
select c.relname, pg_get_userbyid(c.relowner),
  case when c.relrowsecurity and c.relforcerowsecurity then 'walled' when relkind in ('r', 'p') then 'open' else '' end,
  (select string_agg(distinct policyname, ' ' order by policyname) from pg_policies p
     where p.schemaname = 'public' and p.tablename = c.relname)
from pg_class c where relnamespace = 'public'::regnamespace and relkind in ('r', 'p', 'v', 'm', 'S', 'f')
  and not (relkind = 'S' and exists (select from pg_depend d where d.objid = c.oid and d.deptype = 'i'))
order by 1
"""

GRANTS = """
select object, grantee, string_agg(privilege, ' ' order by privilege) from (
  select c.relname as object, a.grantee::regrole::text as grantee, lower(a.privilege_type) as privilege
    from pg_class c, aclexplode(c.relacl) a where c.relnamespace = 'public'::regnamespace and a.grantee <> c.relowner
  union all
  select c.relname, a.grantee::regrole::text, lower(a.privilege_type) || '(' || t.attname || ')'
    from pg_class c join pg_attribute t on t.attrelid = c.oid, aclexplode(t.attacl) a
    where c.relnamespace = 'public'::regnamespace
  union all
  select 'schema ' || nspname, case a.grantee when 0 then 'public' else a.grantee::regrole::text end,
    lower(a.privilege_type)
    from pg_namespace n, aclexplode(n.nspacl) a where nspname in ('public', 'wida') and a.grantee <> n.nspowner
  union all
  select 'database', case a.grantee when 0 then 'public' else a.grantee::regrole::text end, lower(a.privilege_type)
    from pg_database d, aclexplode(d.datacl) a where datname = current_database() and a.grantee <> d.datdba
) g group by object, grantee order by object, grantee
"""

FUNCTIONS = """
select p.oid::regprocedure::text, pg_get_userbyid(p.proowner),
  array_to_string(p.proconfig, ' '),
  (select string_agg(case a.grantee when 0 then 'public' else a.grantee::regrole::text end, ' ' order by a.grantee)
     from aclexplode(p.proacl) a where a.grantee <> p.proowner)
from pg_proc p where prosecdef and pronamespace::regnamespace::text <> 'pg_catalog' order by 1
"""


def lines() -> list[str]:
    """Accounts, tables with their policies and grants, and the functions that see more than who asks; a line each."""
    grants: dict[str, list[str]] = {}
    for name, grantee, privileges in _ask(GRANTS):
        grants.setdefault(name, []).append(f"    {grantee}: {privileges}")
    found = ["Accounts", ""]
    found += [f"{name}: {may}" for name, may in _ask(ROLES)]
    for place in ("database", "schema public", "schema wida"):
        found += ["", place, *grants.get(place, [])]
    found += ["", "Tables", ""]
    for name, owner, wall, policies in _ask(TABLES):
        found.append(
            " ".join(filter(None, [f"{name} ({owner})", wall, policies and f"policies: {policies}"]))
        )
        found += grants.get(name, [])
    found += ["", "Functions that run as their owner", ""]
    for name, owner, settings, may in _ask(FUNCTIONS):
        found.append(f"{name} ({owner}) {settings}; executed by {may or 'public'}")
    return found


def _ask(question: str) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(question)
        return cursor.fetchall()
