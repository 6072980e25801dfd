from django.urls import reverse

from tests import cast
from wida.dossiers.codes import Stage


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
