"""A child of the family becomes eighteen: somebody is asked to talk with them, and nothing changes by itself."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests import cast
from tests.pages import plain
from wida.dossiers.codes import Stage, TaskKind
from wida.dossiers.models import Dossier, Task
from wida.people.jobs import see_who_grew_up
from wida.people.models import ComingOfAge, Person
from wida.records import actions as records

COORDINATOR = "coordinator.limburg"
TODAY = timezone.localdate()
GROUND = {"group": "andere", "ground": "Wil zelf meewerken aan het plan."}


@pytest.fixture
def family(house):
    """Began two years ago. Noa became eighteen since, Liam does so tomorrow, Fien was it before."""
    dossier = cast.at(cast.new_dossier(), Stage.EXECUTION)
    Dossier.objects.filter(pk=dossier.pk).update(created_at=timezone.now() - timedelta(days=730))
    days = {"Noa": TODAY, "Liam": TODAY + timedelta(days=1), "Fien": TODAY - timedelta(days=800)}
    for person in Person.objects.of(dossier).filter(group="kind"):
        day = days[person.given_name]
        born = (
            date(day.year - 18, day.month, min(day.day, 28))
            if day.month == 2
            else day.replace(year=day.year - 18)
        )
        records.change(
            person, by=cast.actor(COORDINATOR), version=1, birth_date=born.isoformat(), birth_year=born.year
        )
    return dossier


def tasks(dossier) -> list:
    found = Task.objects.filter(dossier=dossier, kind=TaskKind.GREW_UP, done_at=None)
    return [(task.source, task.role) for task in found]


def named(dossier, given):
    return next(one for one in Person.objects.of(dossier) if one.given_name == given)


def decide(dossier, person, login=COORDINATOR, **answers):
    address = reverse("people:grown_up", args=[dossier.number, person.pk])
    return cast.signed_in(login).post(address, GROUND | answers)


def test_the_task_stays_until_it_is_decided_and_nothing_changes_by_itself(family):
    noa = named(family, "Noa")
    see_who_grew_up(0)
    see_who_grew_up(0)

    assert tasks(family) == [(noa.pk, "coordinator")]
    assert named(family, "Noa").version == noa.version
    mine = plain(cast.signed_in(COORDINATOR).get("/tasks/"))
    assert "18 geworden: bespreek het dossier met de jongvolwassene" in mine
    tab = cast.signed_in(COORDINATOR).get(reverse("people:people", args=[family.number]))
    assert plain(tab).count("besproken en beslist?") == 1

    unreached = {"decision": "niet_bereikt", "group": "kind", "ground": "Woont in het buitenland."}
    assert decide(family, noa, **unreached).status_code == 303
    assert tasks(family) == [(noa.pk, "coordinator")]
    missing = decide(family, noa, decision="afgeschermd", version=1)
    assert missing.status_code == 422
    assert "Vul in wanneer u het besprak" in missing.content.decode()
    answers = {"decision": "afgeschermd", "spoken_on": TODAY.strftime("%d/%m/%Y"), "version": 1}
    assert decide(family, noa, asked="Mijn ouders mogen dit niet lezen.", **answers).status_code == 303

    assert tasks(family) == []
    kept = ComingOfAge.objects.of(family).get()
    assert (kept.person_id, kept.decision, kept.asked) == (
        noa.pk,
        "afgeschermd",
        "Mijn ouders mogen dit niet lezen.",
    )
    assert named(family, "Noa").group == "andere"
    see_who_grew_up(0)
    assert tasks(family) == []


def test_is_the_coordinators_to_decide_and_only_of_who_grew_up(family):
    answers = {"decision": "blijft", "spoken_on": TODAY.strftime("%d/%m/%Y")}

    for given in ("Liam", "Fien", "Kelly"):
        assert decide(family, named(family, given), **answers).status_code == 404
    for login in ("casemanager.limburg", "liaison.caw-limburg"):
        assert decide(family, named(family, "Noa"), login, **answers).status_code == 403
    assert decide(family, named(family, "Noa"), "coordinator.antwerpen", **answers).status_code == 404
    assert not ComingOfAge.objects.exists()
