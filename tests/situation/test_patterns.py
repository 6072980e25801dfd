"""Forms of violence from one person to another."""

from datetime import date

import pytest

from tests import cast
from tests.situation import story
from wida.people.models import Person
from wida.records.queries import read_at_once
from wida.situation.models import Pattern
from wida.situation.queries import lines_of, violence


@pytest.fixture
def dossier(house):
    return story.formed()


@pytest.fixture
def caw(dossier):
    return cast.signed_in("liaison.caw-limburg")


def test_add_makes_a_row_for_each_person_it_goes_to(dossier, caw):
    receivers = [story.person(dossier, name) for name in ("Kelly", "Noa", "Liam")]

    answer = story.post(caw, "add_pattern", dossier, story.pattern(dossier, receivers=receivers))

    assert (answer.status_code, answer["Location"]) == (303, story.url("situation", dossier) + "#patterns")
    rows = Pattern.objects.select_related("giver", "receiver")
    assert {row.receiver.given_name for row in rows} == {"Kelly", "Noa", "Liam"}
    assert {row.giver.given_name for row in rows} == {"Youri"}
    assert {(row.since, row.since_precision) for row in rows} == {(date(2022, 1, 1), "jaar")}


@pytest.mark.parametrize(
    ("changes", "anchor"),
    [
        ({"forms": []}, "id_forms_0"),
        ({"giver": ""}, "id_giver"),
        ({"receivers": []}, "id_receivers_0"),
        ({"relation": "buren"}, "id_relation"),
        ({"frequency": ""}, "id_frequency_0"),
        ({"since": "30/2/2024"}, "id_since"),
        ({"since": story.day(5)}, "id_since"),
        ({"ongoing": ""}, "id_ongoing_0"),
        ({"ongoing": "nee", "until": "2021"}, "id_until"),
    ],
)
def test_add_says_what_is_wrong_and_keeps_what_was_typed(dossier, caw, changes, anchor):
    answer = story.post(caw, "add_pattern", dossier, story.pattern(dossier, note="Blijft staan", **changes))

    page = answer.content.decode()
    assert answer.status_code == 422
    assert f'href="#{anchor}"' in page
    assert "Blijft staan" in page
    assert Pattern.objects.count() == 0


def test_violence_from_somebody_to_themselves_is_refused(dossier, caw):
    youri = story.person(dossier, "Youri")

    answer = story.post(caw, "add_pattern", dossier, story.pattern(dossier, receivers=[youri]))

    assert answer.status_code == 422
    assert Pattern.objects.count() == 0


def test_an_end_counts_only_for_what_is_over(dossier, caw):
    story.post(caw, "add_pattern", dossier, story.pattern(dossier, ongoing="ja", until="2021"))
    story.post(caw, "add_pattern", dossier, story.pattern(dossier, ongoing="nee", until="mei 2024"))

    ended = {(row.ongoing, row.until, row.until_precision) for row in Pattern.objects.all()}
    assert ended == {("ja", None, ""), ("nee", date(2024, 5, 1), "maand")}
    assert "Nee, tot mei 2024" in story.page(caw, dossier)


def test_over_in_the_year_in_which_it_began_is_no_contradiction(dossier, caw):
    story.post(
        caw, "add_pattern", dossier, story.pattern(dossier, since="6/2023", ongoing="nee", until="2023")
    )

    assert (Pattern.objects.get().since, Pattern.objects.get().until) == (date(2023, 6, 1), date(2023, 6, 1))


def test_unknown_is_said_as_loudly_as_known(dossier, caw):
    unknown = {"since": "", "ongoing": "onbekend", "frequency": "onbekend"}
    story.post(caw, "add_pattern", dossier, story.pattern(dossier, **unknown))

    page = story.page(caw, dossier)
    assert page.count("score--unknown") >= 2
    assert "Niet gekend hoe vaak" in page


def test_edit_changes_one_row_and_keeps_the_earlier_version(dossier, caw):
    story.post(caw, "add_pattern", dossier, story.pattern(dossier))
    pattern = Pattern.objects.get()
    liam = story.person(dossier, "Liam")

    form = caw.get(story.url("edit_pattern", dossier, pattern.pk)).content.decode()
    data = story.pattern(dossier, receivers=liam, frequency="wekelijks", reason="Liam bedoeld", version="1")
    answer = story.post(caw, "edit_pattern", dossier, data, pattern.pk)

    pattern.refresh_from_db()
    assert 'value="2022"' in form
    assert answer.status_code == 303
    assert (str(pattern.receiver_id), pattern.frequency, pattern.version) == (liam, "wekelijks", 2)
    earlier = caw.get(story.url("entry", dossier, "patterns", pattern.pk)).content.decode()
    assert "Kelly Bosteels" in earlier
    assert "Liam bedoeld" in earlier


def test_edit_from_an_old_version_gives_both_back(dossier, caw):
    story.post(caw, "add_pattern", dossier, story.pattern(dossier))
    pattern = Pattern.objects.get()
    kelly = story.person(dossier, "Kelly")
    first = story.pattern(dossier, receivers=kelly, note="Van de eerste", version="1")
    second = story.pattern(dossier, receivers=kelly, note="Van de tweede", version="1")

    story.post(caw, "edit_pattern", dossier, first, pattern.pk)
    answer = story.post(caw, "edit_pattern", dossier, second, pattern.pk)

    assert answer.status_code == 409
    assert "Van de eerste" in answer.content.decode()
    assert "Van de tweede" in answer.content.decode()


def test_lines_of_violence_say_who_to_whom_with_what_still_goes_on_first(dossier, caw):
    kelly, youri = story.person(dossier, "Kelly"), story.person(dossier, "Youri")
    over = story.pattern(dossier, giver=kelly, receivers=[youri], forms=["economisch"], ongoing="nee")
    story.post(caw, "add_pattern", dossier, over)
    story.post(caw, "add_pattern", dossier, story.pattern(dossier, forms=["psychisch", "fysiek"]))

    names = {person.pk: person.given_name for person in Person.objects.of(dossier)}
    lines = lines_of(read_at_once(violence(dossier))[0])

    assert [(names[line.giver_id], names[line.receiver_id], line.label) for line in lines] == [
        ("Youri", "Kelly", "Fysiek geweld, Psychisch geweld"),
        ("Kelly", "Youri", "Economisch geweld"),
    ]
