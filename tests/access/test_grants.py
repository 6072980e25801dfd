"""What every account of the database may really do, and that none may do more than is written down."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg
import pytest
from django.db import connection

from tests.server import address_of
from wida.access.walls import build, listing
from wida.access.walls.roles import APP, AUDITOR, BACKUP, GUARD, SETTINGS, WORKER, bootstrap
from wida.access.walls.tables import WALLS

EXPECTED = Path(__file__).resolve().parents[2] / "docs" / "grants.txt"
FORBIDDEN = psycopg.errors.InsufficientPrivilege

pytestmark = pytest.mark.django_db


def ask(question: str, *values) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(question, values)
        return cursor.fetchall()


@pytest.fixture
def login():
    """Really signs in to the test's database as one of the accounts."""
    opened = []

    def sign_in(account: str) -> psycopg.Connection:
        known = connection.get_connection_params()
        opened.append(
            psycopg.connect(host=known.get("host"), dbname=known["dbname"], user=account, autocommit=True)
        )
        return opened[-1]

    yield sign_in
    for session in opened:
        session.close()


def test_the_accounts_may_do_what_is_written_and_nothing_else():
    found = [line.replace(ask("select current_database()")[0][0], "wida") for line in listing.lines()]

    assert found == EXPECTED.read_text().splitlines()


def test_the_application_owns_nothing_and_belongs_to_nobody():
    for account in (APP, WORKER, BACKUP, AUDITOR):
        assert ask("select count(*) from pg_class where relowner = %s::regrole", account) == [(0,)]
        assert ask("select count(*) from pg_proc where proowner = %s::regrole", account) == [(0,)]
        assert ask("select count(*) from pg_auth_members where member = %s::regrole", account) == [(0,)]


@pytest.mark.parametrize("account", [APP, WORKER])
@pytest.mark.parametrize(
    "attempt",
    [
        "truncate audit_event",
        "update audit_event set action = 'read'",
        "delete from audit_event",
        "truncate people_person",
        "delete from people_person",
        "delete from dossiers_dossier",
        "delete from dossiers_dossierkey",
        "update dossiers_dossierkey set wrapped = ''",
        "update risk_weighing set signature = 'x'",
        "alter table people_person disable row level security",
        "alter table audit_event disable trigger all",
        "drop policy see on people_person",
        "create policy all_of_it on people_person using (true)",
        "create table elsewhere (words text)",
        "create temp table elsewhere (words text)",
        "create function wida.mine() returns int language sql return 1",
        "set role wida_owner",
        "set role wida_guard",
        "set session authorization postgres",
        "alter role current_user bypassrls",
        "copy people_person to program 'cat'",
        "select pg_read_file('PG_VERSION')",
    ],
)
def test_what_the_application_can_never_do(login, account, attempt):
    with pytest.raises(FORBIDDEN):
        login(account).execute(attempt)


def test_switching_the_wall_off_is_an_error_not_an_empty_answer(login):
    session = login(APP)
    session.execute("set row_security = off")

    with pytest.raises(FORBIDDEN, match="row-level security"):
        session.execute("select * from people_person")


def test_the_application_gives_up_what_takes_too_long(login):
    for account, settings in SETTINGS.items():
        session = login(account)
        assert {name: session.execute(f"show {name}").fetchone()[0] for name in settings} == settings


def test_the_backup_reads_everything_and_writes_nothing(login):
    session = login(BACKUP)
    for table in WALLS:
        session.execute(f"select 1 from {table} limit 1")
    session.execute("set default_transaction_read_only = off")

    with pytest.raises(FORBIDDEN):
        session.execute("insert into django_migrations (app, name, applied) values ('x', 'x', now())")


def test_the_auditor_reads_the_trail_alone(login):
    session = login(AUDITOR)
    trail = {"audit_event", "audit_batch"}
    for table in trail:
        session.execute(f"select * from {table}")

    for table in WALLS.keys() - trail:
        with pytest.raises(FORBIDDEN):
            session.execute(f"select 1 from {table} limit 1")


def test_nobody_signs_in_as_the_guard(login):
    with pytest.raises(psycopg.OperationalError, match="not permitted to log in"):
        login(GUARD)


def test_the_doors_cannot_be_led_to_other_tables():
    found = ask(
        "select p.oid::regprocedure::text, proowner::regrole::text, proconfig from pg_proc p where prosecdef"
        " and pronamespace::regnamespace::text !~ '^(pg_|information_schema)'"
    )

    assert len(found) >= 2
    assert [door for door in found if door[1:] != (GUARD, ["search_path=pg_catalog, pg_temp"])] == []


def test_a_view_would_ask_as_who_looks():
    """Today there is none. One that belonged to the owner would show everything."""
    views = ask(
        "select relname from pg_class where relnamespace = 'public'::regnamespace and relkind in ('v', 'm')"
        " and not coalesce(reloptions @> '{security_invoker=true}', false)"
    )

    assert views == []


def test_no_unique_constraint_answers_for_what_somebody_may_not_see():
    """A refused duplicate tells that a row exists: only ids, numbers and codes are unique, never what is personal."""
    personal = (
        "name",
        "birth",
        "national",
        "token",
        "phone",
        "mail",
        "street",
        "address",
        "postal",
        "municipality",
    )
    unique = ask(
        "select c.relname, a.attname from pg_index i join pg_class c on c.oid = i.indrelid"
        " join pg_attribute a on a.attrelid = c.oid and a.attnum = any (i.indkey)"
        " where i.indisunique and c.relnamespace = 'public'::regnamespace"
    )
    walled = [(table, column) for table, column in unique if WALLS[table].see]

    assert len(walled) > 80
    suspect = {(t, c) for t, c in walled if any(word in c for word in personal) and not c.endswith("_id")}
    # A token is unique per person, and who makes one sees that person; a user's own is made at their own sign-in.
    # That of a report is unique within the organisation that sends it, which may know what it sent.
    assert suspect == {
        ("people_persontoken", "token"),
        ("access_usertoken", "token"),
        ("api_policereport", "pv_token"),
    }


def test_what_never_changes_may_not_even_be_tried():
    guarded = ask("select tgrelid::regclass::text from pg_trigger where tgname like '%%\\_immutable'")

    assert len(guarded) > 10
    assert [
        table for (table,) in guarded if "update" in WALLS[table].may or "delete" in WALLS[table].may
    ] == []


def test_every_table_of_a_dossier_has_a_wall():
    of_dossiers = ask(
        "select c.relname from pg_class c join pg_attribute a on a.attrelid = c.oid"
        " where c.relnamespace = 'public'::regnamespace and relkind = 'r' and attname in ('dossier_id', 'dossier')"
    )

    assert len(of_dossiers) > 60
    assert [table for (table,) in of_dossiers if not WALLS[table].see] == []


def test_the_accounts_are_made_once_however_often_one_asks():
    """Also when two ask at once: the accounts belong to the server, on which other databases may be made ready."""
    address = address_of(connection.settings_dict["NAME"])
    before = listing.lines()

    with ThreadPoolExecutor(4) as together:
        list(together.map(bootstrap, [address] * 4))

    assert listing.lines() == before


def test_a_table_without_a_wall_stops_the_migration():
    connection.cursor().execute("create table people_nickname (id int)")

    with pytest.raises(build.Unavailable, match="people_nickname"):
        build.build()


def test_health_names_walls_that_are_missing(client):
    connection.cursor().execute("alter table people_person no force row level security")
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json()["problems"]) == (503, ["walls: none around people_person"])

    connection.cursor().execute("comment on table django_migrations is 'walls of before'")
    assert client.get("/healthz").json()["problems"] == ["walls: not as declared, run wida migrate"]

    assert build.build()
    assert client.get("/healthz").status_code == 200

    connection.cursor().execute("drop policy see on people_person")
    assert client.get("/healthz").json()["problems"] == ["walls: not as declared, run wida migrate"]
    assert build.build()
    assert not build.build()
    assert client.get("/healthz").status_code == 200


def test_health_says_that_a_server_came_in_as_somebody_the_walls_let_pass(client, settings):
    settings.WIDA_STEPS_DOWN = False

    answer = client.get("/healthz")

    assert answer.status_code == 503
    assert answer.json()["problems"] == [
        "walls: the account of this server passes them, DATABASE_URL has to name wida_app"
    ]
