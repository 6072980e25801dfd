from uuid import uuid4

from django.urls import reverse

from tests import cast
from tests.dossiers.test_search_dossiers import named
from wida.accounts.models import SafeHome
from wida.dossiers.codes import Stage
from wida.dossiers.models import Dossier


def look(login: str, **fields):
    return cast.signed_in(login).post(reverse("dossiers:new"), fields)


def test_one_name_alone_is_not_searched_and_the_screen_says_what_lacks(house):
    cast.new_dossier()

    answer = look("liaison.caw-limburg", family_name="Bosteels")

    assert answer.status_code == 422
    assert "Vul nog een veld in om te zoeken" in answer.content.decode()
    assert 'value="Bosteels"' in answer.content.decode()


def test_somebody_who_is_known_is_found_before_a_dossier_is_made(house):
    dossier = cast.at(cast.new_dossier(), Stage.FORMING)
    named(dossier, "Saartje", "Quintelier")

    answer = look("coordinator.limburg", family_name="quintelier", given_name="saartje")

    assert answer.status_code == 200
    assert dossier.number in answer.content.decode()


def test_a_coordinator_elsewhere_only_hears_whom_to_call(house):
    dossier = cast.at(cast.new_dossier(), Stage.FORMING)
    named(dossier, "Saartje", "Quintelier")

    page = look("coordinator.antwerpen", family_name="Quintelier", given_name="Saartje").content.decode()
    liaison = look("liaison.caw-antwerpen", family_name="Quintelier", given_name="Saartje").content.decode()

    assert "Contacteer de coördinator van Limburg" in page
    assert dossier.number not in page
    assert "Limburg" not in liaison


def start(client, **changed):
    home = SafeHome.objects.get(name="Limburg")
    return client.post(
        reverse("dossiers:start"),
        {"name": "Aerdman - Bosteels", "safe_home": str(home.pk), "police_zone": "0901", **changed},
    )


def test_a_dossier_gets_the_next_number_of_its_house(house):
    client = cast.signed_in("liaison.caw-limburg")

    first, second = start(client), start(client)

    numbers = list(Dossier.objects.order_by("id").values_list("number", flat=True))
    assert [answer["Location"] for answer in (first, second)] == [
        f"/dossiers/{number}/people/" for number in numbers
    ]
    assert int(numbers[1][4:]) == int(numbers[0][4:]) + 1
    assert numbers[0].startswith("LIMB")


def test_starting_twice_with_one_form_makes_one_dossier(house):
    client, key = cast.signed_in("liaison.caw-limburg"), str(uuid4())

    answers = [start(client, form_key=key) for _click in range(2)]

    assert Dossier.objects.count() == 1
    assert answers[0]["Location"] == answers[1]["Location"]


def test_a_dossier_without_a_name_is_refused_and_keeps_what_was_chosen(house):
    answer = start(cast.signed_in("liaison.caw-limburg"), name="")

    assert answer.status_code == 422
    assert '<option value="0901" selected>' in answer.content.decode()
    assert Dossier.objects.count() == 0


def test_nobody_starts_a_dossier_in_a_house_they_do_not_work_with(house):
    elsewhere = SafeHome.objects.get(name="Antwerpen")

    answer = start(cast.signed_in("liaison.caw-limburg"), safe_home=str(elsewhere.pk))

    assert answer.status_code == 422
    assert Dossier.objects.count() == 0


def test_the_central_team_starts_nothing(house):
    assert start(cast.signed_in("central.team")).status_code == 403
