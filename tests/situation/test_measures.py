"""Measures of justice and police: how long they run, and whom they protect."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests import cast
from tests.situation import story
from wida.situation.models import Involved, Measure


@pytest.fixture
def dossier(house):
    return story.formed()


@pytest.fixture
def police(dossier):
    return cast.signed_in("liaison.police-limburg")


def test_add_keeps_on_whom_and_for_whom(dossier, police):
    answer = story.post(police, "add_measure", dossier, story.measure(dossier))

    measure = Measure.objects.get()
    rows = Involved.objects.filter(measure=measure).select_related("person")
    assert (answer.status_code, answer["Location"]) == (303, story.url("situation", dossier) + "#measures")
    assert measure.ends_on == timezone.localdate() + timedelta(days=9)
    assert {(row.role, row.person.given_name) for row in rows} == {
        ("op_wie", "Youri"),
        ("beschermd", "Kelly"),
        ("beschermd", "Noa"),
    }


@pytest.mark.parametrize(
    ("changes", "anchor"),
    [
        ({"kind": ""}, "id_kind"),
        ({"begins_on": "32/1/2024"}, "id_begins_on"),
        ({"begins_on": ""}, "id_begins_on"),
        ({"ends_on": story.day(-6)}, "id_ends_on"),
        ({"extended_until": story.day(9)}, "id_extended_until"),
        ({"ends_on": "", "extended_until": story.day(30)}, "id_ends_on"),
        ({"subjects": [], "protected": []}, "id_subjects_0"),
        ({"issued_by": ""}, "id_issued_by"),
    ],
)
def test_add_says_what_is_wrong_and_keeps_what_was_typed(dossier, police, changes, anchor):
    answer = story.post(
        police, "add_measure", dossier, story.measure(dossier, reference="Blijft 12", **changes)
    )

    page = answer.content.decode()
    assert answer.status_code == 422
    assert f'href="#{anchor}"' in page
    assert "Blijft 12" in page
    assert Measure.objects.count() == 0


@pytest.mark.parametrize(
    ("begins", "ends", "extended", "words"),
    [
        (-5, 9, None, "Loopt tot "),
        (-5, 0, None, "Loopt tot "),
        (-5, None, None, "Loopt, zonder einddatum"),
        (3, 9, None, "Start op "),
        (-30, -16, None, "Afgelopen op "),
        (-30, -16, 40, "Loopt tot "),
    ],
)
def test_what_a_measure_is_today(dossier, police, begins, ends, extended, words):
    dates = {
        "begins_on": story.day(begins),
        "ends_on": story.day(ends) if ends is not None else "",
        "extended_until": story.day(extended) if extended else "",
    }
    story.post(police, "add_measure", dossier, story.measure(dossier, **dates))

    states = ["Loopt tot ", "Loopt, zonder einddatum", "Start op ", "Afgelopen op "]
    page = story.page(police, dossier)
    assert [state for state in states if state in page] == [words]


def test_an_extension_is_a_new_version(dossier, police):
    story.post(police, "add_measure", dossier, story.measure(dossier))
    measure = Measure.objects.get()

    data = story.measure(dossier, extended_until=story.day(60), reason="familierechtbank", version="1")
    answer = story.post(police, "edit_measure", dossier, data, measure.pk)

    measure.refresh_from_db()
    assert answer.status_code == 303
    assert (measure.version, measure.edition) == (2, 1)
    assert measure.last_day == timezone.localdate() + timedelta(days=60)


def test_edit_from_an_old_version_gives_both_back(dossier, police):
    story.post(police, "add_measure", dossier, story.measure(dossier))
    measure = Measure.objects.get()
    first = story.measure(dossier, conditions="Van de eerste", version="1")
    second = story.measure(dossier, conditions="Van de tweede", version="1")

    story.post(police, "edit_measure", dossier, first, measure.pk)
    answer = story.post(police, "edit_measure", dossier, second, measure.pk)

    assert answer.status_code == 409
    assert "Van de eerste" in answer.content.decode()
    assert "Van de tweede" in answer.content.decode()
