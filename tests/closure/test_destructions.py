"""The end of a dossier: by two people, in its time; then nothing of it reads, nobody is found, one line remains."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from tests import cast
from wida.access.walls.identity import act_as, walled
from wida.audit.models import Event
from wida.closure import destruction
from wida.closure.jobs import propose_destructions
from wida.closure.models import Destruction
from wida.dossiers import tasks
from wida.dossiers.codes import Stage, TaskKind
from wida.dossiers.models import Dossier, DossierKey
from wida.people import matching
from wida.people.matching.renew import renew
from wida.people.models import Person, PersonToken
from wida.records.sealing import Locked, keyring

FIRST, SECOND = "administrative.limburg", "coordinator.limburg"
PAGE = "house_closure:destructions"


@pytest.fixture
def dossier(house):
    """Closed, and kept until yesterday."""
    dossier = cast.at(cast.new_dossier(), Stage.CLOSED)
    for person in Person.objects.of(dossier):
        matching.index(person)
    dossier.retain_until = timezone.localdate() - timedelta(days=1)
    dossier.save(update_fields=["retain_until"])
    return dossier


def propose(login: str, dossier: Dossier):
    return cast.signed_in(login).post(reverse("house_closure:propose_destruction", args=[dossier.pk]))


def agree(login: str, declaration: Destruction):
    return cast.signed_in(login).post(reverse("house_closure:agree_to_destruction", args=[declaration.pk]))


def test_each_night_what_was_kept_long_enough_becomes_a_task(dossier):
    """For the coordinator, once; gone as soon as somebody proposes it. What is kept longer asks nothing yet."""
    longer = cast.at(cast.new_dossier(), Stage.CLOSED)

    def waiting() -> list[str]:
        found = tasks.of(cast.actor(SECOND)).filter(kind=TaskKind.DESTROY)
        return list(found.values_list("dossier__number", flat=True))

    propose_destructions(0)
    propose_destructions(0)

    assert waiting() == [dossier.number]
    assert longer.number not in waiting()
    tab = cast.signed_in(SECOND).get(reverse("closure:closure", args=[dossier.number])).content.decode()
    assert reverse(PAGE) in tab
    assert propose(FIRST, dossier).status_code == 303
    assert waiting() == []
    propose_destructions(0)
    assert waiting() == []


def test_two_people_destroy_what_was_kept_long_enough(dossier):
    page = reverse(PAGE)
    assert (
        f"Vernietiging van {dossier.number} voorstellen" in cast.signed_in(FIRST).get(page).content.decode()
    )

    assert propose(FIRST, dossier).status_code == 303
    declaration = Destruction.objects.get()
    assert "Iemand anders moet akkoord gaan" in cast.signed_in(FIRST).get(page).content.decode()
    assert DossierKey.objects.filter(dossier=dossier).exists()

    assert agree(SECOND, declaration).status_code == 303
    assert not DossierKey.objects.filter(dossier=dossier).exists()
    assert not PersonToken.objects.filter(dossier=dossier).exists()
    assert "Vernietigd op" in cast.signed_in(FIRST).get(page).content.decode()
    assert list(Event.objects.filter(dossier=dossier.pk).order_by("-at").values_list("action", flat=True)[:2]) == [
        "destroyed", "destruction_proposed",
    ]  # fmt: skip


def test_afterwards_nothing_of_it_reads_and_nobody_in_it_is_found(dossier):
    client = cast.signed_in(SECOND)
    overview, closed = (
        reverse("dossiers:overview", args=[dossier.number]),
        reverse("dossiers:list") + "?view=closed",
    )
    assert client.get(overview).status_code == 200
    assert dossier.number in client.get(closed).content.decode()
    propose(FIRST, dossier)

    agree(SECOND, Destruction.objects.get())

    assert client.get(overview).status_code == 404
    assert dossier.number not in client.get(closed).content.decode()
    found = client.post(reverse("dossiers:search"), {"q": "Bosteels"})
    assert (found.status_code, dossier.number in found.content.decode()) == (200, False)
    with keyring(trusted=True), pytest.raises(Locked):
        print(Person.objects.filter(dossier=dossier).first().family_name)
    assert list(renew()) == []
    assert not PersonToken.objects.exists()


def test_the_same_person_is_never_both(dossier):
    propose(FIRST, dossier)
    declaration = Destruction.objects.get()

    assert agree(FIRST, declaration).status_code == 403
    with pytest.raises(DatabaseError, match="closure_destruction_two"), transaction.atomic():
        Destruction.objects.update(approved_by=declaration.proposed_by)
    assert DossierKey.objects.filter(dossier=dossier).exists()


@pytest.mark.parametrize(
    ("login", "status"),
    [
        ("casemanager.limburg", 403),
        ("liaison.caw-limburg", 403),
        ("central.team", 403),
        ("coordinator.antwerpen", 404),
    ],
)
def test_nobody_else_proposes_or_agrees(dossier, login, status):
    assert propose(login, dossier).status_code == status
    propose(FIRST, dossier)

    assert agree(login, Destruction.objects.get()).status_code == status
    assert DossierKey.objects.filter(dossier=dossier).exists()
    if status == 404:
        assert dossier.number not in cast.signed_in(login).get(reverse(PAGE)).content.decode()
    else:
        assert cast.signed_in(login).get(reverse(PAGE)).status_code == 403


@pytest.mark.parametrize("facts", [{"stage": Stage.EXECUTION}, {"retain_until": timezone.localdate()}])
def test_nothing_is_destroyed_before_its_time(dossier, facts):
    if "stage" in facts:
        dossier = cast.at(dossier, Stage.EXECUTION)
    else:
        Dossier.objects.filter(pk=dossier.pk).update(**facts)

    assert propose(FIRST, dossier).status_code == 404
    assert not Destruction.objects.exists()


def test_both_prove_again_who_they_are(dossier):
    address = reverse("house_closure:propose_destruction", args=[dossier.pk])

    client = cast.signed_in(FIRST)
    session = client.session
    session["confirmed_at"] = 0
    session.save()

    answer = client.post(address)

    assert answer.status_code != 303
    assert not Destruction.objects.exists()


@pytest.mark.parametrize("lacks", ["second", "time", "asker"])
def test_the_database_refuses_what_the_application_forgot_to_ask(dossier, lacks):
    one, two = cast.actor(FIRST), cast.actor(SECOND)
    declaration = destruction.propose(dossier=dossier, by=one)
    if lacks != "second":
        Destruction.objects.update(
            approved_by=two.user_id, approved_signature="x", approved_at=timezone.now()
        )
    if lacks == "time":
        Dossier.objects.filter(pk=dossier.pk).update(retain_until=timezone.localdate())

    with walled():
        act_as(one if lacks == "asker" else two)
        with pytest.raises(DatabaseError, match="not agreed by two"), transaction.atomic():
            connection.cursor().execute("select wida.destroy(%s)", [declaration.pk])

    assert DossierKey.objects.filter(dossier=dossier).exists()


def test_a_restore_does_not_bring_it_back(dossier):
    kept = DossierKey.objects.get(dossier=dossier)
    tokens = list(PersonToken.objects.filter(dossier=dossier))
    destruction.propose(dossier=dossier, by=cast.actor(FIRST))
    with walled():
        act_as(cast.actor(SECOND))
        destruction.agree(destruction_id=Destruction.objects.get().pk, by=cast.actor(SECOND))
    lines = destruction.ledger()
    # What a backup of before knows.
    DossierKey.objects.create(dossier=dossier, wrapped=kept.wrapped)
    PersonToken.objects.bulk_create(tokens)
    Destruction.objects.all().delete()
    Dossier.objects.update(destroyed_at=None)
    client = cast.signed_in(SECOND)
    overview = reverse("dossiers:overview", args=[dossier.number])
    assert client.get(overview).status_code == 200

    assert destruction.replay([*lines, "", f"{uuid4()} LIMB99999 2020-01-01"]) == 1

    assert client.get(overview).status_code == 404
    assert not PersonToken.objects.filter(dossier=dossier).exists()
    assert destruction.replay(lines) == 0
