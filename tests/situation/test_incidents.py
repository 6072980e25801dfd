"""Facts of the chronology: added, changed, read with their versions."""

from datetime import date, time
from uuid import uuid4

import pytest

from tests import cast
from tests.pages import plain
from tests.situation import story
from wida.records.queries import history
from wida.situation.models import Incident, Involved


@pytest.fixture
def dossier(house):
    return story.formed()


@pytest.fixture
def police(dossier):
    return cast.signed_in("liaison.police-limburg")


def parts(incident) -> set[tuple[str, str]]:
    rows = Involved.objects.filter(incident=incident, edition=incident.edition).select_related("person")
    return {(row.role, row.person.given_name) for row in rows}


def test_add_keeps_everything(dossier, police):
    answer = story.post(police, "add_incident", dossier, story.incident(dossier))

    incident = Incident.objects.get()
    assert (answer.status_code, answer["Location"]) == (303, story.url("situation", dossier) + "#incidents")
    assert (incident.kind, incident.precision, incident.begins_on, incident.at) == (
        "geweldsincident",
        "dag",
        date(2024, 8, 2),
        time(23, 30),
    )
    assert (incident.forms, incident.children_present, incident.reliability) == (
        ["fysiek"],
        "ja",
        "vastgesteld",
    )
    assert incident.account == "Slagen in het gezicht, in de keuken."
    assert incident.organisation == cast.member("liaison.police-limburg").organisation
    assert (incident.report_district, incident.report_prevention_code, incident.report_year) == (
        "TG",
        "43",
        2024,
    )
    assert (incident.report_service, incident.report_serial) == ("L1", "001234")
    assert parts(incident) == {("van", "Youri"), ("naar", "Kelly"), ("getuige", "Noa")}


@pytest.mark.parametrize(
    ("precision", "typed", "first", "last", "words"),
    [
        ("rond", {"begins_on": "14/6/2024"}, date(2024, 6, 14), None, "rond 14 juni 2024"),
        ("maand", {"begins_on": "juni 2024"}, date(2024, 6, 1), None, "in de loop van juni 2024"),
        ("maand", {"begins_on": "14/6/2024"}, date(2024, 6, 1), None, "in de loop van juni 2024"),
        ("jaar", {"begins_on": "6/2024"}, date(2024, 1, 1), None, "in de loop van 2024"),
        (
            "periode",
            {"begins_on": "2019", "ends_on": "mei 2020"},
            date(2019, 1, 1),
            date(2020, 5, 31),
            "van januari 2019 tot mei 2020",
        ),
    ],
)
def test_add_with_a_date_that_is_known_less_exactly(dossier, police, precision, typed, first, last, words):
    story.post(police, "add_incident", dossier, story.incident(dossier, precision=precision, **typed))

    incident = Incident.objects.get()
    assert (incident.begins_on, incident.ends_on, incident.at) == (first, last, None)
    assert words in story.page(police, dossier)


@pytest.mark.parametrize(
    ("changes", "anchor"),
    [
        ({"begins_on": "31/2/2024"}, "id_begins_on"),
        ({"begins_on": story.day(5)}, "id_begins_on"),
        ({"begins_on": "2024"}, "id_begins_on"),
        ({"begins_on": ""}, "id_begins_on"),
        ({"at": "25.00"}, "id_at"),
        ({"precision": "periode", "ends_on": "1/8/2024"}, "id_ends_on"),
        ({"precision": "periode"}, "id_ends_on"),
        ({"precision": "periode", "ends_on": story.day(5)}, "id_ends_on"),
        ({"towards": []}, "id_towards_0"),
        ({"forms": []}, "id_forms_0"),
        ({"forms": ["heks"]}, "id_forms_0"),
        ({"account": ""}, "id_account"),
        ({"reliability": ""}, "id_reliability_0"),
        ({"children_present": ""}, "id_children_present_0"),
        ({"source": "buren"}, "id_source"),
        ({"towards": [str(uuid4())]}, "id_towards_0"),
    ],
)
def test_add_says_what_is_wrong_and_keeps_what_was_typed(dossier, police, changes, anchor):
    answer = story.post(
        police, "add_incident", dossier, story.incident(dossier, response="Blijft staan", **changes)
    )

    page = answer.content.decode()
    assert answer.status_code == 422
    assert f'href="#{anchor}"' in page
    assert "Blijft staan" in page
    assert Incident.objects.count() == 0


def test_violence_of_somebody_towards_only_themselves_is_refused(dossier, police):
    kelly = story.person(dossier, "Kelly")

    answer = story.post(
        police, "add_incident", dossier, story.incident(dossier, froms=[kelly], towards=[kelly])
    )

    assert answer.status_code == 422


def test_mutual_violence_has_both_on_both_sides(dossier, police):
    both = [story.person(dossier, "Kelly"), story.person(dossier, "Youri")]

    story.post(
        police, "add_incident", dossier, story.incident(dossier, froms=both, towards=both, witnesses=[])
    )

    assert parts(Incident.objects.get()) == {(r, p) for r in ("van", "naar") for p in ("Kelly", "Youri")}


def test_something_that_went_well_needs_nobody_and_no_form(dossier, police):
    nothing = {"froms": [], "towards": [], "witnesses": [], "forms": [], "report_number": ""}

    answer = story.post(police, "add_incident", dossier, story.incident(dossier, kind="positief", **nothing))

    assert answer.status_code == 303
    assert "Iets dat goed ging" in story.page(police, dossier)


def test_what_the_precision_does_not_ask_is_dropped(dossier, police):
    answer = story.post(
        police,
        "add_incident",
        dossier,
        story.incident(dossier, precision="maand", begins_on="6/2024", ends_on="nooit", at="99"),
    )

    assert answer.status_code == 303
    assert (Incident.objects.get().ends_on, Incident.objects.get().at) == (None, None)


def test_an_odd_report_number_is_kept_with_a_warning(dossier, police):
    answer = story.post(
        police, "add_incident", dossier, story.incident(dossier, report_number="na te vragen")
    )

    incident = Incident.objects.get()
    assert answer.status_code == 303
    assert (incident.report_number, incident.report_district, incident.report_year) == (
        "na te vragen",
        "",
        None,
    )
    assert "Kijk het PV-nummer na" in story.page(police, dossier)


def test_a_usual_report_number_gets_no_warning(dossier, police):
    story.post(police, "add_incident", dossier, story.incident(dossier))

    assert "Kijk het PV-nummer na" not in story.page(police, dossier)
    assert "PV TG.43.L1.001234/2024" in story.page(police, dossier)


def test_sent_twice_is_one_fact(dossier, police):
    data = story.incident(dossier) | {"form_key": str(uuid4())}

    first = story.post(police, "add_incident", dossier, data)
    second = story.post(police, "add_incident", dossier, data)

    assert (first.status_code, second.status_code) == (303, 303)
    assert first["Location"] == second["Location"]
    assert Incident.objects.count() == 1


def test_edit_shows_what_stands_and_keeps_the_earlier_version_with_who_was_involved(dossier, police):
    story.post(police, "add_incident", dossier, story.incident(dossier))
    incident = Incident.objects.get()

    form = police.get(story.url("edit_incident", dossier, incident.pk)).content.decode()
    changed = story.incident(
        dossier, witnesses=[], account="Slagen op de arm.", reason="PV nagelezen", version="1"
    )
    answer = story.post(police, "edit_incident", dossier, changed, incident.pk)

    assert "Slagen in het gezicht" in form
    assert 'value="02/08/2024"' in form
    assert form.count(" checked") == 1 + 3 + 1 + 1 + 1  # precision, persons, form, children, reliability
    incident.refresh_from_db()
    assert answer.status_code == 303
    assert (incident.version, incident.account) == (2, "Slagen op de arm.")
    assert parts(incident) == {("van", "Youri"), ("naar", "Kelly")}
    page = police.get(story.url("incident", dossier, incident.pk)).content.decode()
    assert "PV nagelezen" in page
    assert page.count("Slagen in het gezicht") == 1
    assert "Noa Bosteels" in page


def test_only_other_persons_is_a_new_version_too(dossier, police):
    story.post(police, "add_incident", dossier, story.incident(dossier))
    incident = Incident.objects.get()

    data = story.incident(dossier, witnesses=[story.person(dossier, "Liam")], version="1", reason="")
    story.post(police, "edit_incident", dossier, data, incident.pk)

    incident.refresh_from_db()
    assert (incident.version, incident.edition) == (2, 2)
    assert history(incident)[0].state["edition"] == 1


def test_nothing_changed_is_no_new_version(dossier, police):
    story.post(police, "add_incident", dossier, story.incident(dossier))
    incident = Incident.objects.get()

    answer = story.post(
        police, "edit_incident", dossier, story.incident(dossier, version="1", reason=""), incident.pk
    )

    incident.refresh_from_db()
    assert (answer.status_code, incident.version, incident.involved.count()) == (303, 1, 3)


def test_two_people_at_once_both_keep_their_words(dossier, police):
    story.post(police, "add_incident", dossier, story.incident(dossier))
    incident = Incident.objects.get()
    first = story.incident(dossier, account="Van de eerste", version="1")
    second = story.incident(dossier, account="Van de tweede", version="1")

    story.post(police, "edit_incident", dossier, first, incident.pk)
    answer = story.post(police, "edit_incident", dossier, second, incident.pk)

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Van de eerste" in plain(answer)
    assert "Van de tweede" in plain(answer)
    assert 'name="version" value="2"' in page
    incident.refresh_from_db()
    assert incident.account == "Van de eerste"


def test_somebody_who_left_the_dossier_keeps_their_place_in_a_fact(dossier, police):
    from wida.people.models import Person
    from wida.records import actions as records

    story.post(police, "add_incident", dossier, story.incident(dossier))
    incident = Incident.objects.get()
    noa = Person.objects.get(pk=story.person(dossier, "Noa"))
    data = story.incident(dossier, account="Nagelezen", version="1")
    records.withdraw(noa, by=cast.actor("liaison.caw-limburg"), version=1, reason="dubbel")

    answer = story.post(police, "edit_incident", dossier, data, incident.pk)

    incident.refresh_from_db()
    assert answer.status_code == 303
    assert ("getuige", "Noa") in parts(incident)


def test_the_page_of_a_fact_of_another_dossier_does_not_exist(dossier, police):
    story.post(police, "add_incident", dossier, story.incident(dossier))
    other = story.formed()

    assert police.get(story.url("incident", other, Incident.objects.get().pk)).status_code == 404
