"""The legend of the weighing: one for all houses, in versions."""

import uuid
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.risk.assessing import (
    HOUSE,
    POLICE,
    client,
    day,
    faults,
    page,
    said,
    shared,
    text,
    typed,
    url,
    weighed,
)
from wida.audit.models import Event
from wida.risk.models import Legend

KEEPERS = [HOUSE, "coordinator.antwerpen", "admin.team"]


def version(ahead: int = 0, **more) -> dict:
    return {
        "form_key": str(uuid.uuid4()),
        "valid_from": typed(-ahead),
        "reason": "De stuurgroep koos andere woorden.",
        "green_name": "Licht.",
        "green": "Nieuwe betekenis van groen.",
        "orange_name": "Midden.",
        "orange": "Nieuwe betekenis van oranje.",
        "red_name": "Zwaar.",
        "red": "Nieuwe betekenis van rood.",
        **more,
    }


def add(login: str, **more):
    return client(login).post(reverse("house_risk:add_legend"), version(**more))


def read(login: str = POLICE) -> str:
    return text(client(login).get(reverse("house_risk:legend")))


def test_as_delivered_it_holds_until_somebody_changes_it(house):
    assert said("Very serious.") in read()
    assert said("Very serious.") in page(HOUSE, "weighing", shared())


@pytest.mark.parametrize("login", KEEPERS)
def test_coordinators_and_the_functional_administrator_keep_it(house, login):
    answer = add(login)

    assert answer.status_code == 303, faults(answer)
    assert "Nieuwe betekenis van rood." in read()
    assert "Nieuwe betekenis van rood." in page(POLICE, "weighing", shared())
    assert Event.objects.filter(action="changed", table="risk.legend").count() == 1


@pytest.mark.parametrize("login", [POLICE, "administrative.limburg", "casemanager.limburg", "central.team"])
def test_nobody_else_does(house, login):
    assert client(login).get(reverse("house_risk:add_legend")).status_code == 403
    assert add(login).status_code == 403
    assert not Legend.objects.exists()
    assert Event.objects.filter(action="refused", detail="legend").count() == 2
    assert reverse("house_risk:add_legend") not in read(login)


def test_an_old_weighing_keeps_the_legend_of_its_own_day(house):
    dossier = shared()
    weighed(HOUSE, dossier, ago=5)
    add(HOUSE)
    weighed(HOUSE, dossier)

    html = page(POLICE, "weighing", dossier)

    new, old = (
        html[html.index('id="weighing-2"') : html.index('id="weighing-1"')],
        html[html.index('id="weighing-1"') :],
    )
    assert said("The legend of that day") in old
    assert said("Very serious.") in old
    assert "Nieuwe betekenis van rood." not in old
    assert said("The legend of that day") not in new
    assert "Nieuwe betekenis van rood." in text(client(HOUSE).get(url("add_weighing", dossier)))


def test_a_version_to_come_does_not_hold_yet(house):
    add(HOUSE, ahead=7)

    assert "Nieuwe betekenis van rood." in read()
    assert "Nieuwe betekenis van rood." not in page(POLICE, "weighing", shared())


@pytest.mark.parametrize("ahead", [-1, 0, 7])
def test_a_version_starts_after_the_last_one_and_never_in_the_past(house, ahead):
    add(HOUSE, ahead=7)

    answer = add(HOUSE, ahead=ahead)

    assert answer.status_code == 422
    assert len(faults(answer)) == 1
    assert Legend.objects.get().valid_from == timezone.localdate() + timedelta(days=7)


def test_every_colour_has_a_meaning_and_the_change_a_reason(house):
    answer = add(HOUSE, red="", reason="")

    assert answer.status_code == 422
    assert len(faults(answer)) == 2
    assert "Nieuwe betekenis van groen." in answer.content.decode()


def test_sent_twice_it_is_one_version(house):
    browser, data = client(HOUSE), version()

    first, second = (browser.post(reverse("house_risk:add_legend"), data) for _ in range(2))

    assert (first.status_code, second.status_code) == (303, 303)
    assert Legend.objects.get().valid_from == day()


def test_the_form_starts_from_the_words_that_hold(house):
    add(HOUSE)

    html = text(client("coordinator.antwerpen").get(reverse("house_risk:add_legend")))

    assert "Nieuwe betekenis van oranje." in html
