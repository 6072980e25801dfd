import re
from datetime import date

import pytest
from django.urls import reverse

from tests import cast
from wida.dossiers.codes import Stage
from wida.dossiers.models import Dossier


def test_a_liaison_sees_the_dossier_they_made(house):
    dossier = cast.new_dossier(by="liaison.caw-limburg")

    answer = cast.signed_in("liaison.caw-limburg").get(reverse("dossiers:list"))

    assert answer.status_code == 200
    assert dossier.number in answer.content.decode()
    assert "Aerdman - Bosteels" in answer.content.decode()


def test_a_draft_of_a_partner_is_not_the_houses_yet(house):
    dossier = cast.new_dossier(by="liaison.caw-limburg")

    answer = cast.signed_in("coordinator.limburg").get(reverse("dossiers:list"))

    assert dossier.number not in answer.content.decode()


def test_another_house_sees_nothing(house):
    dossier = cast.at(cast.new_dossier(), Stage.FORMING)

    assert (
        dossier.number in cast.signed_in("coordinator.limburg").get(reverse("dossiers:list")).content.decode()
    )
    assert (
        dossier.number
        not in cast.signed_in("coordinator.antwerpen").get(reverse("dossiers:list")).content.decode()
    )


def test_names_can_be_hidden(house):
    cast.new_dossier(by="liaison.caw-limburg")
    client = cast.signed_in("liaison.caw-limburg")

    client.post(reverse("dossiers:hide_names"))

    assert "Aerdman" not in client.get(reverse("dossiers:list")).content.decode()


def numbers(client, **query) -> list[str]:
    page = client.get(reverse("dossiers:list"), query).content.decode()
    return re.findall(r'<small class="figures">([A-Z]+\d+)</small>', page)


def test_twenty_five_a_page_in_the_order_asked_for(house):
    made = [cast.new_dossier(by="coordinator.limburg").number for _dossier in range(27)]
    client = cast.signed_in("coordinator.limburg")

    first, second = numbers(client, sort="number"), numbers(client, sort="number", page="2")

    assert first == made[:25]
    assert second == made[25:]
    assert numbers(client, sort="number", page="99") == made[25:]
    assert numbers(client, sort="changed") == made[::-1][:25]


@pytest.fixture
def three(house):
    """One each in execution (red, track 3), information gathering (orange), and being built (not weighed)."""
    red, orange, new = (cast.new_dossier(by="coordinator.limburg") for _dossier in range(3))
    cast.at(red, Stage.EXECUTION)
    cast.at(orange, Stage.FORMING)
    Dossier.objects.filter(pk=red.pk).update(
        colour="rood", track="spoor_3", next_due=date(2020, 1, 1), next_kind="actie"
    )
    Dossier.objects.filter(pk=orange.pk).update(colour="oranje")
    return red.number, orange.number, new.number


def test_each_filter_keeps_what_fits_and_the_tiles_count_it(three):
    red, orange, new = three
    client = cast.signed_in("coordinator.limburg")
    manager = str(cast.member("casemanager.limburg").user_id)

    assert numbers(client, colour="rood") == [red]
    assert numbers(client, colour=["rood", "none"], sort="number") == [red, new]
    assert numbers(client, stage="dossiervorming") == [orange]
    assert numbers(client, stage=["opbouw", "uitvoering"], colour="none") == [new]
    assert numbers(client, track="spoor_3") == [red]
    assert numbers(client, manager=manager) == [red]
    assert numbers(client, manager="nobody", sort="number") == [orange, new]
    assert numbers(client, overdue="on") == [red]
    assert numbers(client, colour="groen") == []
    page = client.get(reverse("dossiers:list"), {"colour": "rood"}).content.decode()
    tiles = re.findall(r'name="colour" value="(\w+)".*?<b>(\d+)</b>', page, re.DOTALL)
    assert tiles == [("groen", "0"), ("oranje", "1"), ("rood", "1"), ("none", "1")]


def test_a_code_that_does_not_exist_filters_nothing(three):
    client = cast.signed_in("coordinator.limburg")

    assert (
        len(numbers(client, colour="paars", stage="x", track="y", manager="z", sort="w", view="v", page="-1"))
        == 3
    )
