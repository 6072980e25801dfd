"""Hypotheses about the violence between two people: dated, revisable, never a diagnosis."""

import pytest

from tests import cast
from tests.situation import story
from wida.situation.models import Dynamic


@pytest.fixture
def dossier(house):
    return story.formed()


@pytest.fixture
def caw(dossier):
    return cast.signed_in("liaison.caw-limburg")


def test_add(dossier, caw):
    answer = story.post(caw, "add_dynamic", dossier, story.dynamic(dossier))

    dynamic = Dynamic.objects.get()
    assert (answer.status_code, answer["Location"]) == (303, story.url("situation", dossier) + "#dynamics")
    assert (dynamic.profile, dynamic.grounds) == (
        "intiem_terrorisme",
        "Hij controleert haar telefoon en haar geld.",
    )
    assert "geen diagnose" in story.page(caw, dossier)


@pytest.mark.parametrize(
    ("changes", "anchor"),
    [
        ({"profile": "psychopaat"}, "id_profile_0"),
        ({"first": ""}, "id_first"),
        ({"on": story.day(5)}, "id_on"),
        ({"on": "gisteren"}, "id_on"),
        ({"grounds": ""}, "id_grounds"),
    ],
)
def test_add_says_what_is_wrong_and_keeps_what_was_typed(dossier, caw, changes, anchor):
    answer = story.post(caw, "add_dynamic", dossier, story.dynamic(dossier, doubts="Blijft staan", **changes))

    page = answer.content.decode()
    assert answer.status_code == 422
    assert f'href="#{anchor}"' in page
    assert "Blijft staan" in page


def test_two_times_the_same_person_is_refused(dossier, caw):
    kelly = story.person(dossier, "Kelly")

    answer = story.post(caw, "add_dynamic", dossier, story.dynamic(dossier, first=kelly, second=kelly))

    assert answer.status_code == 422
    assert Dynamic.objects.count() == 0


def test_a_newer_hypothesis_comes_first_and_the_earlier_ones_stay_readable(dossier, caw):
    story.post(caw, "add_dynamic", dossier, story.dynamic(dossier, on=story.day(-90), profile="situationeel"))
    other_way = {"first": story.person(dossier, "Kelly"), "second": story.person(dossier, "Youri")}
    story.post(caw, "add_dynamic", dossier, story.dynamic(dossier, on=story.day(-10), **other_way))

    page = story.page(caw, dossier)
    assert (
        page.index("Intiem terrorisme")
        < page.index("1 eerdere hypothese")
        < page.index("Situationeel koppelgeweld")
    )


def test_organisations_may_understand_it_differently(dossier, caw):
    story.post(caw, "add_dynamic", dossier, story.dynamic(dossier))
    police = cast.signed_in("liaison.police-limburg")
    story.post(police, "add_dynamic", dossier, story.dynamic(dossier, profile="situationeel"))

    page = story.page(caw, dossier)
    assert "Intiem terrorisme" in page
    assert "Situationeel koppelgeweld" in page
    assert "eerdere hypothese" not in page


def test_edit_keeps_the_earlier_version(dossier, caw):
    story.post(caw, "add_dynamic", dossier, story.dynamic(dossier))
    dynamic = Dynamic.objects.get()

    data = story.dynamic(dossier, grounds="Ook haar contacten.", reason="aanvulling", version="1")
    answer = story.post(caw, "edit_dynamic", dossier, data, dynamic.pk)
    stale = story.post(caw, "edit_dynamic", dossier, data, dynamic.pk)

    dynamic.refresh_from_db()
    assert (answer.status_code, stale.status_code) == (303, 409)
    assert (dynamic.version, dynamic.grounds) == (2, "Ook haar contacten.")
    earlier = caw.get(story.url("entry", dossier, "dynamics", dynamic.pk)).content.decode()
    assert "Hij controleert haar telefoon" in earlier
