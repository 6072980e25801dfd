"""The tab: read in few statements, the chronology with its silences, filters, and what is still empty."""

import re
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests import cast
from tests.situation import story
from wida.dossiers.codes import Stage
from wida.situation import actions
from wida.situation.models import Incident
from wida.situation.queries import incident_marks


@pytest.fixture
def dossier(house):
    return story.formed()


@pytest.fixture
def caw(dossier):
    return cast.signed_in("liaison.caw-limburg")


def note(dossier, begins_on: date, **facts) -> Incident:
    """A fact written down without the form, for tests about how facts are shown."""
    usual = {
        "kind": "geweldsincident",
        "precision": "dag",
        "forms": ["fysiek"],
        "children_present": "onbekend",
        "account": f"Feit van {begins_on.isoformat()}",
        "source": "politie",
        "reliability": "vastgesteld",
        "involved": [],
    }
    return actions.add_incident(
        dossier=dossier, by=cast.actor("liaison.police-limburg"), begins_on=begins_on, **(usual | facts)
    )


def ago(days: int) -> date:
    return timezone.localdate() - timedelta(days=days)


def fact(day: date) -> str:
    return f"Feit van {day.isoformat()}"


def told(page: str) -> list[str]:
    """The facts and the silences of the chronology, in the order of the page."""
    return re.findall(r"Feit van [\d-]+|\d+ maand(?:en)? zonder", page)


def test_costs_as_much_for_a_hundred_facts_as_for_one(dossier, caw):
    url = story.url("situation", dossier)
    for data, name in (
        (story.pattern(dossier), "add_pattern"),
        (story.measure(dossier), "add_measure"),
        (story.dynamic(dossier), "add_dynamic"),
        (story.danger(), "add_danger"),
        ({"text": "Beschrijving"}, "narrative"),
    ):
        story.post(caw, name, dossier, data)
    story.post(caw, "inform", dossier, story.informed(), story.person(dossier, "Kelly"))
    people = [("naar", story.person(dossier, "Kelly")), ("van", story.person(dossier, "Youri"))]
    note(dossier, date(2024, 1, 1), involved=people)
    with CaptureQueriesContext(connection) as one:
        caw.get(url)
    for number in range(99):
        incident = note(dossier, date(2023, 1 + number % 12, 1 + number % 28), involved=people)
        if number % 10 == 0:
            actions.add_remark(
                subject=incident,
                about="incidents",
                by=cast.actor("liaison.caw-limburg"),
                kind="betwist",
                text="Nee",
            )
    with CaptureQueriesContext(connection) as hundred:
        page = caw.get(url).content.decode()

    assert page.count("chronology__item") >= 100
    assert len(hundred) == len(one)
    own = [query["sql"] for query in hundred if re.search(r'FROM "(situation|people)_', query["sql"])]
    assert len(own) <= 9


def test_facts_stand_in_the_order_of_time_under_their_year(dossier, caw):
    note(dossier, date(2024, 3, 2))
    note(dossier, date(2022, 12, 30), precision="rond")
    note(dossier, date(2023, 2, 1), precision="maand")

    page = story.page(caw, dossier)

    expected = ["Feit van 2022-12-30", "Feit van 2023-02-01", "12 maanden zonder", "Feit van 2024-03-02"]
    assert told(page)[:4] == expected
    assert re.findall(r'id="year-(\d+)"', page)[:3] == ["2022", "2023", "2024"]
    assert "rond 30 december 2022" in page
    assert "in de loop van februari 2023" in page


def test_newest_first(dossier, caw):
    note(dossier, ago(40))
    note(dossier, ago(10))

    assert told(story.page(caw, dossier)) == [fact(ago(40)), fact(ago(10))]
    assert told(story.page(caw, dossier, order="newest")) == [fact(ago(10)), fact(ago(40))]


def test_the_time_since_the_last_fact_is_a_silence_too(dossier, caw):
    note(dossier, ago(200))

    assert told(story.page(caw, dossier)) == [fact(ago(200)), "7 maanden zonder"]
    assert told(story.page(caw, dossier, order="newest")) == ["7 maanden zonder", fact(ago(200))]


def test_a_long_known_time_is_no_silence(dossier, caw):
    note(dossier, ago(900), precision="periode", ends_on=ago(30))
    note(dossier, ago(700))
    note(dossier, ago(20))

    assert told(story.page(caw, dossier)) == [fact(ago(900)), fact(ago(700)), fact(ago(20))]


def test_the_filter_shows_what_it_takes_and_no_silence(dossier, caw):
    noa = story.person(dossier, "Noa")
    note(dossier, date(2019, 1, 1), involved=[("getuige", noa)])
    note(dossier, date(2021, 1, 1), forms=["digitaal"], source="caw")
    note(dossier, date(2024, 1, 1), forms=["digitaal", "fysiek"])

    assert told(story.page(caw, dossier, person=noa)) == ["Feit van 2019-01-01"]
    assert told(story.page(caw, dossier, form="digitaal")) == ["Feit van 2021-01-01", "Feit van 2024-01-01"]
    assert told(story.page(caw, dossier, source="caw")) == ["Feit van 2021-01-01"]
    assert told(story.page(caw, dossier, form="digitaal", source="politie")) == ["Feit van 2024-01-01"]
    page = story.page(caw, dossier, form="digitaal")
    assert "2 feiten van 3" in page
    assert '<option value="digitaal" selected>' in page


def test_a_choice_that_leads_to_nothing_says_that_this_proves_nothing(dossier, caw):
    noa = story.person(dossier, "Noa")
    note(dossier, date(2024, 1, 1), involved=[("getuige", noa)])
    note(dossier, date(2024, 2, 1), source="caw")

    page = story.page(caw, dossier, person=noa, source="caw")

    assert told(page) == []
    assert "Dat bewijst niets" in page


@pytest.mark.parametrize(
    "asked",
    [
        {"person": "niemand"},
        {"person": "' or 1=1"},
        {"form": "heks"},
        {"source": "buren"},
        {"order": "andersom"},
    ],
)
def test_a_filter_nobody_offered_counts_as_none(dossier, caw, asked):
    note(dossier, ago(10))

    assert told(story.page(caw, dossier, **asked)) == [fact(ago(10))]


def test_a_long_account_is_begun_and_read_on_its_own_page(dossier, caw):
    words = " ".join(f"woord{number}" for number in range(200))
    incident = note(dossier, date(2024, 10, 1), account=words)

    page = story.page(caw, dossier)

    assert "woord10 " in page
    assert "woord199" not in page
    assert "woord199" in caw.get(story.url("incident", dossier, incident.pk)).content.decode()


def test_who_did_it_is_said_also_when_nobody_knows(dossier, caw):
    note(dossier, date(2024, 10, 1), involved=[("naar", story.person(dossier, "Kelly"))])

    page = story.page(caw, dossier)

    assert "Niet gekend door wie" in page
    assert "tegen Kelly Bosteels" in page
    assert "Niet gekend of er kinderen bij waren" in page


def test_what_somebody_wrote_is_not_read_as_a_page(dossier, caw):
    note(dossier, date(2024, 10, 1), account='<script>alert("x")</script> **vet**')

    page = story.page(caw, dossier)

    assert "&lt;script&gt;" in page
    assert "<strong>vet</strong>" in page


def test_an_empty_tab_says_what_belongs_there(dossier, caw):
    page = story.page(caw, dossier)

    empty = page[page.index("Niet ingevuld") : page.index("Niet ingevuld") + 2000]
    for part in (
        "dangers",
        "narratives",
        "patterns",
        "incidents",
        "measures",
        "dynamics",
        "informed",
        "wishes",
    ):
        assert f'href="#{part}"' in empty
        assert f'id="{part}"' in page
    assert 'href="tel:101"' in page


def test_who_was_informed_counts_as_filled_only_when_no_adult_is_missing(dossier, caw):
    story.post(caw, "inform", dossier, story.informed(), story.person(dossier, "Kelly"))
    page = story.page(caw, dossier)
    assert page.index('id="on-page-empty"') < page.index('href="#informed"')

    story.post(caw, "inform", dossier, story.not_yet(), story.person(dossier, "Youri"))
    page = story.page(caw, dossier)
    assert page.index('href="#informed"') < page.index('id="on-page-empty"')


def test_the_strip_counts_violence_and_interventions_of_the_last_year(dossier, caw):
    month = timezone.localdate().replace(day=1)
    note(dossier, month)
    note(dossier, month, kind="politie_interventie")
    note(dossier, month, kind="positief")
    note(dossier, date(2019, 5, 1))

    page = story.page(caw, dossier)

    table = page[page.index("Genoteerde feiten per maand") :]
    rows = re.findall(r'<th scope="row">([^<]+)</th><td>(\d+)</td>', table)
    assert rows[0] == ("Vroeger", "1")
    assert rows[-1][1] == "2"
    assert sum(int(count) for _month, count in rows) == 3


def test_marks_for_drawings_are_violence_and_interventions_in_order(dossier):
    note(dossier, date(2024, 2, 1), kind="politie_interventie", forms=[])
    note(dossier, date(2023, 2, 1), forms=["psychisch", "fysiek"])
    note(dossier, date(2022, 2, 1), kind="positief")
    gone = note(dossier, date(2021, 2, 1))
    actions.withdraw(gone, by=cast.actor("liaison.police-limburg"), version=1, reason="dubbel")

    assert incident_marks(dossier) == [
        (date(2023, 2, 1), "Fysiek geweld, Psychisch geweld"),
        (date(2024, 2, 1), "Tussenkomst van de politie"),
    ]


def test_two_dossiers_hold_nothing_of_each_other(dossier, caw):
    note(dossier, date(2024, 10, 1))
    other = cast.at(cast.new_dossier(), Stage.FORMING)

    assert told(story.page(caw, other)) == []
