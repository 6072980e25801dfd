"""What stands out in a house, for its coordinator, and the whole trail, for the auditor."""

import csv
import io
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests import cast
from tests.addresses import arguments_for, of_dossiers
from wida.access.actions import end_all, end_mandate
from wida.access.emergency import break_glass
from wida.access.rules import Ground
from wida.accounts.models import User
from wida.audit import odd, written
from wida.audit.actions import record
from wida.audit.models import Event, Question
from wida.dossiers.codes import Stage
from wida.people import matching
from wida.people.models import Person

pytestmark = pytest.mark.usefixtures("house", "seals")

COORDINATOR, CAW, POLICE, STRANGER = (
    "coordinator.limburg",
    "liaison.caw-limburg",
    "liaison.police-limburg",
    "coordinator.antwerpen",
)


@pytest.fixture
def dossier():
    return cast.at(cast.new_dossier(by=COORDINATOR), Stage.FORMING)


def found(login: str = COORDINATOR) -> list[tuple[str, str, str]]:
    return [(look.kind, look.who, look.number) for look in odd.of(cast.actor(login))]


def at(hour: int, days: int = 1):
    """A moment of a day that has passed, at an hour in Brussels."""
    return (timezone.localtime() - timedelta(days=days)).replace(hour=hour, minute=10)


def looked(login: str, dossier, moment) -> Event:
    actor = cast.actor(login)
    return Event.objects.create(
        at=moment, action="read", user=actor.user_id, signature=actor.signature, role=actor.role,
        organisation=actor.organisation_id, dossier=dossier.pk, part="people",
    )  # fmt: skip


def name_of(login: str) -> str:
    return cast.member(login).user.name


def test_an_ordinary_day_leaves_nothing(dossier):
    for hour in (6, 9, 21):
        looked(CAW, dossier, at(hour))

    assert found() == []


def test_a_look_at_night(dossier):
    looked(CAW, dossier, at(2))
    looked(CAW, dossier, at(2))
    looked(CAW, dossier, at(22, days=3))

    assert found() == [("night", name_of(CAW), dossier.number)] * 2


def test_the_same_family_name(dossier):
    """By tokens: the names of the family stand nowhere in the clear."""
    for person in Person.objects.of(dossier):
        matching.index(person)
    for name in ("Piet Bosteels", "Ann van Bosteels", "Bosteels Janssens"):
        User.objects.filter(pk=cast.member(POLICE).user_id).update(name=name)
        looked(POLICE, dossier, at(10))

    assert found() == [("same_surname", "Piet Bosteels", dossier.number)]
    assert odd._family_tokens("Ann van Bosteels, Politie") & odd._family_tokens("Piet Bosteels, CAW")


def test_attempts_without_a_mandate_and_after_it(dossier):
    for login in (STRANGER, CAW):
        cast.signed_in(login).get(reverse("people:people", args=[dossier.number]))
    end_all(dossier=dossier, by=cast.actor(COORDINATOR), ground=Ground.INVITED)
    cast.signed_in(CAW).get(reverse("people:people", args=[dossier.number]))

    # Also when these tests run at night.
    assert sorted(odd for odd in found() if odd[0] != "night") == [
        ("after_mandate", name_of(CAW), dossier.number),
        ("never_assigned", name_of(STRANGER), dossier.number),
    ]
    assert found(STRANGER) == []

    stranger = break_glass(number=dossier.number, reason="Kinderen alleen", by=cast.actor(STRANGER))
    end_mandate(mandate=stranger, by=cast.actor(STRANGER), version=stranger.version, why="")
    cast.signed_in(STRANGER).get(reverse("people:people", args=[dossier.number]))

    assert sorted(odd[0] for odd in found() if odd[1] == name_of(STRANGER) and odd[0] != "night") == [
        "after_mandate",
        "never_assigned",
    ]


def test_many_dossiers_in_one_hour(monkeypatch, dossier):
    monkeypatch.setattr(odd, "MANY", 2)
    others = [cast.at(cast.new_dossier(by=COORDINATOR), Stage.FORMING) for _ in range(2)]
    for one in (dossier, others[0]):
        looked(CAW, one, at(10))
    assert found() == []
    looked(CAW, others[1], at(10))

    assert found() == [("many_files", name_of(CAW), dossier.number)]
    assert odd.of(cast.actor(COORDINATOR))[0].count == 3


def test_the_coordinator_asks_from_the_list_and_sees_that_it_was_asked(dossier):
    look = looked(CAW, dossier, at(3))
    client = cast.signed_in(COORDINATOR)
    address = reverse("audit:ask", args=[dossier.number, look.pk])

    assert address in client.get(reverse("house_audit:odd_looks")).content.decode()
    assert client.post(address, {"words": "Was u van wacht?"}).status_code == 303
    page = client.get(reverse("house_audit:odd_looks")).content.decode()

    assert Question.objects.get().asked_id == cast.actor(CAW).user_id
    assert "Gevraagd" in page
    assert Event.objects.filter(action="listed", detail="odd_looks").count() == 2


@pytest.mark.parametrize("login", [CAW, "casemanager.limburg", "auditor.team", "central.team", "admin.team"])
def test_the_list_is_the_coordinators(login):
    assert cast.signed_in(login).get(reverse("house_audit:odd_looks")).status_code == 403


# The auditor ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("login", [COORDINATOR, CAW, "casemanager.limburg", "central.team", "admin.team"])
def test_the_trail_is_the_auditors(login):
    for name in ("house_audit:events", "house_audit:export_events"):
        assert cast.signed_in(login).get(reverse(name)).status_code == 403

    assert Event.objects.filter(action="refused", detail__in=["events", "export_events"]).count() == 2


def stale(client):
    """As long after proving who they are."""
    session = client.session
    session["confirmed_at"] = 0
    session.save()
    return client


def test_the_auditor_sees_who_did_what_and_is_seen(dossier):
    cast.signed_in(CAW).get(reverse("people:people", args=[dossier.number]))
    auditor = cast.signed_in("auditor.team")

    page = auditor.get(reverse("house_audit:events")).content.decode()

    assert cast.actor(CAW).signature in page.replace("&#x27;", "'")
    assert str(dossier.pk)[-8:] in page
    assert [word for word in ("Bosteels", "Aerdman", dossier.number) if word in page] == []
    assert Event.objects.get(action="listed", detail="events").user == cast.actor("auditor.team").user_id


def test_the_auditor_narrows_the_trail(dossier):
    actor = cast.actor(CAW)
    looked(CAW, dossier, at(10, days=3))
    looked(POLICE, dossier, at(10, days=40))
    get = cast.signed_in("auditor.team").get
    days = {"since": f"{at(0, 50):%d/%m/%Y}", "until": f"{at(0, 2):%d/%m/%Y}"}

    def rows(**filters) -> int:
        page = get(reverse("house_audit:events"), filters).content.decode()
        return page.count("<tr>") - 1 if "<tr>" in page else 0

    assert rows(**days, action="read") == 2
    assert rows(action="read") == 1
    assert rows(**days, action="read", organisation=actor.organisation_id) == 1
    assert rows(**days, action="read", user=actor.user_id) == 1
    assert rows(**days, action="read", dossier=dossier.pk) == 2
    assert rows(**days, action="printed") == 0
    assert rows(since="gisteren", until="31/02/2026", action="'", user="x") > 0


def test_no_address_of_a_dossier_opens_for_the_auditor(dossier):
    auditor = cast.signed_in("auditor.team")
    opened = [
        address.name
        for address in of_dossiers()
        if auditor.get(reverse(address.name, kwargs=arguments_for(address, dossier.number))).status_code
        != 404
    ]

    assert opened == []


def test_the_export_asks_who_you_are_and_cannot_calculate(dossier):
    user = cast.member(CAW).user
    User.objects.filter(pk=user.pk).update(name='=HYPERLINK("http://x")')
    record("read", by=cast.actor(CAW), dossier=dossier.pk, part="people", detail="-1 is a code too")
    address = reverse("house_audit:export_events")

    assert (
        stale(cast.signed_in("auditor.team")).get(address)["Location"].startswith(reverse("accounts:confirm"))
    )
    answer = cast.signed_in("auditor.team").get(address)
    rows = list(csv.DictReader(io.StringIO(answer.content.decode())))

    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert list(rows[0]) == list(written.COLUMNS)
    assert [row["signature"] for row in rows if row["detail"] == "'-1 is a code too"] == [
        f"'{cast.actor(CAW).signature}"
    ]
    assert not [value for row in rows for value in row.values() if value[:1] in "=+-@\t\r" and value]
    assert Event.objects.filter(action="exported", detail="events").count() == 1
