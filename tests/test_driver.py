"""What a session prepared outlives a refusal, and not a table that changes."""

from django.db import connection

from tests import cast
from wida.dossiers.codes import Stage

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
