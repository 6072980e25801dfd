"""The life of a dossier through its front door: no step from the wrong stage, none with something missing."""

import pytest
from django.urls import reverse

from tests import cast
from wida.dossiers.codes import Stage
from wida.dossiers.life import STEPS
from wida.dossiers.models import Dossier, Transition
from wida.dossiers.overview import PLAIN_STEPS


def step(client, dossier, name: str, **data):
    return client.post(reverse("dossiers:step", args=[dossier.number, name]), data)


@pytest.mark.parametrize("name", PLAIN_STEPS)
def test_a_step_is_only_possible_from_its_stages(house, name):
    dossier = cast.new_dossier(by="coordinator.limburg")
    coordinator = cast.signed_in("coordinator.limburg")

    for stage in set(Stage) - STEPS[name].before:
        cast.at(dossier, stage)
        answer = step(coordinator, dossier, name, reason="Mag niet verloren gaan")

        assert answer.status_code == 409
        assert "Mag niet verloren gaan" in answer.content.decode()
        assert Dossier.objects.get().stage == stage


@pytest.mark.parametrize(
    ("name", "missing"),
    [("submit", 5), ("open", 4), ("execute", 3), ("decline", 1)],
)
def test_a_step_says_in_words_what_is_missing(house, name, missing):
    dossier = cast.new_dossier(by="coordinator.limburg")
    (stage,) = STEPS[name].before
    cast.at(dossier, stage)
    coordinator = cast.signed_in("coordinator.limburg")

    page = coordinator.get(reverse("dossiers:step", args=[dossier.number, name]))
    answer = step(coordinator, dossier, name, reason="Toch")

    assert page.content.decode().count(f'<li><a href="/dossiers/{dossier.number}/') == missing
    assert answer.status_code == 422
    assert (Dossier.objects.get().stage, Transition.objects.count()) == (stage, 0)


def test_somebody_without_the_right_is_refused(house):
    dossier = cast.at(cast.new_dossier(by="coordinator.limburg"), Stage.REFERRED)

    assert step(cast.signed_in("administrative.limburg"), dossier, "open").status_code == 403


def test_an_unknown_step_does_not_exist(house):
    dossier = cast.new_dossier(by="coordinator.limburg")

    assert step(cast.signed_in("coordinator.limburg"), dossier, "fly").status_code == 404
