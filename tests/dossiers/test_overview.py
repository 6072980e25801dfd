import pytest
from django.urls import reverse

from tests import cast
from tests.addresses import without_tokens
from wida.dossiers.codes import Stage


@pytest.mark.parametrize("stage", Stage)
def test_the_coordinator_reads_the_overview_at_every_stage(house, stage):
    dossier = cast.at(cast.new_dossier(by="coordinator.limburg"), stage)

    answer = cast.signed_in("coordinator.limburg").get(reverse("dossiers:overview", args=[dossier.number]))

    assert answer.status_code == 200


def test_a_stranger_gets_what_a_number_that_does_not_exist_gets(house):
    dossier = cast.at(cast.new_dossier(), Stage.FORMING)
    stranger = cast.signed_in("coordinator.antwerpen")

    real = stranger.get(reverse("dossiers:overview", args=[dossier.number]))
    nothing = stranger.get(reverse("dossiers:overview", args=["LIMB99999"]))

    assert (real.status_code, nothing.status_code) == (404, 404)
    assert without_tokens(real) == without_tokens(nothing)


def test_the_author_no_longer_reads_what_the_house_took_over(house):
    dossier = cast.at(cast.new_dossier(by="referrer.hospital-limburg"), Stage.FORMING)
    author = cast.signed_in("referrer.hospital-limburg")

    assert author.get(reverse("dossiers:overview", args=[dossier.number])).status_code == 200
    assert author.get(reverse("people:people", args=[dossier.number])).status_code == 403


def test_who_looked_lists_the_look(house):
    dossier = cast.at(cast.new_dossier(), Stage.FORMING)
    cast.signed_in("liaison.caw-limburg").get(reverse("sharing:sharing", args=[dossier.number]))
    cast.signed_in("coordinator.antwerpen").get(reverse("sharing:sharing", args=[dossier.number]))

    answer = cast.signed_in("coordinator.limburg").get(reverse("audit:looks", args=[dossier.number]))

    assert cast.member("liaison.caw-limburg").user.name in answer.content.decode()
    assert cast.member("coordinator.antwerpen").user.name in answer.content.decode()


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("dossiers:overview", "Overzicht"),
        ("audit:looks", "Wie keek mee?"),
        ("people:people", "Persoonsgegevens"),
    ],
)
def test_the_title_says_which_page_of_which_dossier(house, address, words):
    dossier = cast.at(cast.new_dossier(), Stage.FORMING)

    page = cast.signed_in("coordinator.limburg").get(reverse(address, args=[dossier.number])).content.decode()

    assert f"<title>{words} – {dossier.number} – WIDA</title>" in page
