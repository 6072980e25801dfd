from django.urls import reverse

from tests import cast
from wida.audit.models import Event
from wida.dossiers.codes import Stage
from wida.people.actions import add_person


def named(dossier, given: str, family: str) -> None:
    add_person(
        dossier=dossier, by=cast.actor("coordinator.limburg"), group="andere", given_name=given, family_name=family,
        known_as="", sex="x", birth_date=None, age_stated=None, unborn=False, due_on=None, deceased=False,
        national_number="", nationality="", languages="", interpreter="", profession="", note="",
    )  # fmt: skip


def search(login: str, words: str):
    return cast.signed_in(login).post(reverse("dossiers:search"), {"q": words})


def test_a_number_opens_its_dossier(house):
    dossier = cast.at(cast.new_dossier(), Stage.FORMING)

    answer = search("coordinator.limburg", dossier.number.lower())

    assert (answer.status_code, answer["Location"]) == (303, f"/dossiers/{dossier.number}/")


def test_an_unknown_number_and_a_foreign_one_get_the_same_words(house):
    dossier = cast.at(cast.new_dossier(), Stage.FORMING)

    foreign = search("coordinator.antwerpen", dossier.number)
    nothing = search("coordinator.antwerpen", "LIMB99999")

    assert foreign.status_code == nothing.status_code == 200
    assert "0 dossiers gevonden" in foreign.content.decode()
    assert "0 dossiers gevonden" in nothing.content.decode()


def test_a_family_name_finds_the_dossier_whatever_its_accents(house):
    dossier = cast.at(cast.new_dossier(), Stage.FORMING)
    named(dossier, "Élodie", "Zwaenepöel")

    mine = search("coordinator.limburg", "zwaenepoel").content.decode()
    theirs = search("coordinator.antwerpen", "zwaenepoel").content.decode()

    assert dossier.number in mine
    assert dossier.number not in theirs


def test_a_search_is_recorded_without_its_words(house):
    search("coordinator.limburg", "Zwaenepoel")

    event = Event.objects.get(action="searched")
    assert (event.detail, event.signature) == ("family_name", cast.actor("coordinator.limburg").signature)
