"""What a session prepared outlives a refusal, and not a table that changes; and one that is gone is noticed at once."""

import select
from uuid import uuid4

from django.db import connection, connections

from tests import cast
from wida.accounts.models import SafeHome
from wida.dossiers.codes import Stage
from wida.driver import base

PREPARED = "select count(*) from pg_prepared_statements where from_sql is false"


def prepared() -> int:
    with connection.cursor() as cursor:
        cursor.execute(PREPARED)
        return cursor.fetchone()[0]


def test_pages_after_a_refusal_are_not_planned_again(house):
    dossier = cast.at(cast.new_dossier(), Stage.EXECUTION)
    client, stranger = cast.signed_in("coordinator.limburg"), cast.signed_in("coordinator.antwerpen")
    page = f"/dossiers/{dossier.number}/"
    for _time in range(3):
        assert client.get(page).status_code == 200
    before = prepared()

    assert stranger.get(page).status_code == 404

    assert prepared() >= before > 10
    assert client.get(page).status_code == 200


def test_a_table_that_changes_is_read_as_it_is_now(db):
    def read():
        with connection.cursor() as cursor:
            cursor.execute("select * from kept")
            return cursor.fetchall()

    with connection.cursor() as cursor:
        cursor.execute("create table kept as select 1 as one")
        assert [read() for _time in range(3)] == [[(1,)]] * 3
        cursor.execute("alter table kept add column two integer default 2")
    assert [read() for _time in range(3)] == [[(1, 2)]] * 3


def test_a_long_statement_is_taken_apart_once(house):
    client, home = cast.signed_in("liaison.caw-limburg"), str(SafeHome.objects.get(name="Limburg").pk)

    def start() -> int:
        words = {"name": "Aerdman", "safe_home": home, "police_zone": "", "form_key": str(uuid4())}
        assert client.post("/dossiers/start/", words).status_code == 303
        return base._taken_apart.cache_info().misses

    start()

    assert start() == start() > 10


def test_a_session_that_was_ended_is_not_taken_for_one_that_answers(house):
    other = connections.create_connection("default")
    try:
        other.connect()
        assert other.is_usable()
        assert other.is_usable()
        line = select.poll()
        line.register(other.connection.fileno(), select.POLLIN)
        with connection.cursor() as cursor:
            cursor.execute("select pg_terminate_backend(%s)", [other.connection.info.backend_pid])
        assert line.poll(10_000)

        assert not other.is_usable()
    finally:
        other.close()


def test_a_session_that_answered_a_moment_ago_is_asked_nothing(house):
    other = connections.create_connection("default")
    try:
        other.connect()
        assert other.is_usable()
        other.set_autocommit(False)
        with other.cursor() as cursor:
            cursor.execute("select 1")
        other.connection.pgconn.exec_(b"select 1 / 0")  # from here on the server refuses whatever it is asked

        assert other.is_usable()
        other.errors_occurred = True
        assert not other.is_usable()
    finally:
        other.close()
