"""The tab Risico-inschatting."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import cast
from tests.risk.assessing import (
    HOUSE,
    POLICE,
    WELFARE,
    answers,
    assess,
    assessed,
    client,
    factor,
    page,
    said,
    shared,
    text,
    told,
    url,
    weighed,
)
from wida.dossiers.codes import Stage
from wida.risk.codes import CODES, FACTORS


def test_before_anybody_assessed_all_thirteen_are_unknown_with_whom_to_ask(house):
    html = page(HOUSE, "risk", shared())

    for code in FACTORS:
        row = factor(html, code)
        assert "score--unknown" in row
        assert "/sharing/#lane-" in row
    assert said("%(known)s of %(total)s known", known=0, total=13) in html
    assert said("Nobody assessed the risk yet.") in html
    assert all(f'id="{anchor}"' in html for anchor in re.findall(r'href="#([\w-]+)"', html))


def test_the_factors_stand_in_their_fixed_order_whatever_their_score(house):
    dossier = shared()
    assessed(POLICE, dossier, zorgmijding="aanwezig", middelen="aanwezig", doodsbedreiging_suicide="afwezig")

    assert re.findall(r'class="factor" id="factor-(\w+)"', page(HOUSE, "risk", dossier)) == [
        str(c) for c in CODES
    ]


def test_police_and_welfare_stand_side_by_side_and_their_difference_is_named(house):
    dossier = shared()
    assessed(POLICE, dossier, escalatie="vermoeden", more={"escalatie-motivation": "Het is rustiger."})
    assessed(
        WELFARE,
        dossier,
        escalatie="aanwezig",
        more={"escalatie-motivation": "Meer berichten via de kinderen."},
    )

    row = factor(page(HOUSE, "risk", dossier), "escalatie")

    assert said("Police and welfare differ") in row
    assert row.index("Het is rustiger.") < row.index("Meer berichten via de kinderen.")
    assert "score--half" in row
    assert "score--full" in row


def test_unknown_against_known_is_a_gap_and_no_difference(house):
    dossier = shared()
    assessed(POLICE, dossier)
    assessed(WELFARE, dossier, escalatie="aanwezig")

    row = factor(page(HOUSE, "risk", dossier), "escalatie")

    assert said("Police and welfare differ") not in row
    assert "score--unknown" in row
    assert "score--full" in row


def test_agreement_is_no_difference(house):
    dossier = shared()
    assessed(POLICE, dossier, escalatie="aanwezig")
    assessed(WELFARE, dossier, escalatie="aanwezig")

    assert said("Police and welfare differ") not in factor(page(HOUSE, "risk", dossier), "escalatie")


def test_the_prosecutor_speaks_with_the_police_and_others_in_a_lane_are_not_hidden(house):
    dossier = shared()
    assessed("prosecutor.limburg", dossier, ago=2, middelen="aanwezig")
    assessed(POLICE, dossier, middelen="afwezig")

    row = factor(page(HOUSE, "risk", dossier), "middelen")

    assert said("In the same lane:") in row
    assert "Parket Limburg" in row


def test_completeness_counts_what_any_partner_knows(house):
    dossier = shared()
    assessed(POLICE, dossier, middelen="aanwezig", geweld_keel="afwezig", wapen="aanwezig")
    assessed(WELFARE, dossier, middelen="vermoeden", kinderen="nvt")

    assert said("%(known)s of %(total)s known", known=3, total=13) in page(HOUSE, "risk", dossier)


def test_what_changed_is_told_per_factor(house):
    dossier = shared()
    assessed(
        POLICE,
        dossier,
        ago=9,
        middelen="aanwezig",
        escalatie="vermoeden",
        psychisch="vermoeden",
        kinderen="aanwezig",
    )
    assessed(
        POLICE,
        dossier,
        middelen="vermoeden",
        escalatie="aanwezig",
        zorgmijding="aanwezig",
        kinderen="aanwezig",
    )

    changes = re.search(r'<table class="changes".*?</table>', page(HOUSE, "risk", dossier), re.DOTALL)[0]

    rows = dict(re.findall(r'#factor-(\w+)".*?<td.*?<td[^>]*><strong>(.*?)\.</strong>', changes, re.DOTALL))
    assert rows == {
        "escalatie": said("Heavier"),
        "middelen": said("Lighter"),
        "psychisch": said("No longer known"),
        "zorgmijding": said("Newly known"),
    }


def test_a_first_assessment_says_that_there_is_nothing_to_compare(house):
    dossier = shared()
    assessed(POLICE, dossier, middelen="aanwezig")

    html = page(HOUSE, "risk", dossier)

    assert said("This is the first assessment: there is nothing to compare it with yet.") in html
    assert said("A course shows from the second assessment on.") in html


def test_the_course_is_drawn_and_stands_in_a_table(house):
    dossier = shared()
    assessed(POLICE, dossier, ago=9, middelen="aanwezig")
    assessed(WELFARE, dossier, middelen="afwezig")

    html = page(HOUSE, "risk", dossier)

    strip = re.search(r'<div class="strip">.*?</section>', html, re.DOTALL)[0]
    assert strip.count('role="img"') == 2
    assert len(re.findall(r'<th scope="row">', strip)) == len(FACTORS)


def test_the_heaviest_judgement_comes_first_and_others_stand_with_it(house):
    dossier = shared()
    assess(WELFARE, dossier, answers(ago=5) | {"level": "hoog", "motivation": "Het CAW is bang."})
    assess(POLICE, dossier, answers() | {"level": "laag", "motivation": "Rustig verhoor."})

    html = page(HOUSE, "risk", dossier)

    box = re.search(r'<section class="judgement".*?</section>', html, re.DOTALL)[0]
    assert box.index("Het CAW is bang.") < box.index("Rustig verhoor.")
    assert said("Judgement of %(organisation)s", organisation="CAW Limburg") in html


def test_critical_signals_stand_on_top_with_day_and_source(house):
    dossier = shared()
    told(WELFARE, dossier)
    assessed(POLICE, dossier, escalatie="vermoeden", wapen="afwezig")

    short = re.search(r'<section class="short".*?</section>', page(HOUSE, "risk", dossier), re.DOTALL)[0]

    assert "Sms: je zult het niet meer meemaken." in short
    assert "gesprek van gisteren" in short
    assert "CAW Limburg" in short
    assert short.index(said("Suspected:")) < short.index(said("Looked into and not found:"))
    assert said("Looked into and not found:") + "</p>" not in short
    assert said("Nobody looked into it yet:") in short


def test_no_page_of_the_room_adds_scores_up(house):
    """The same scores twice as heavy change no number on the page."""
    dossier, other = shared(), shared()
    assessed(POLICE, dossier, **{str(code): "vermoeden" for code in CODES})
    assessed(POLICE, other, **{str(code): "aanwezig" for code in CODES})

    light, heavy = (re.sub(r"<[^>]*>", " ", page(HOUSE, "risk", one)) for one in (dossier, other))

    flags = [len(re.findall(rf"(\d+) {said('critical signals')}", one)) for one in (light, heavy)]
    numbers = [set(re.findall(r"\b\d+ van \d+|\b\d+ of \d+|\d+ ?%", one)) for one in (light, heavy)]
    assert flags == [0, 0]
    assert numbers[0] == numbers[1]


def test_who_reads_along_gets_no_button_and_is_told(house):
    dossier = shared()
    assessed(POLICE, dossier)

    html = page("administrative.limburg", "risk", dossier)

    assert url("add_assessment", dossier) not in html
    assert said("You read along. You can't add an assessment in this phase or in your role.") in html


@pytest.mark.parametrize(
    "login", ["coordinator.antwerpen", "liaison.hospital-limburg", "liaison.caw-antwerpen"]
)
def test_a_stranger_learns_nothing(house, login):
    dossier = shared()
    assessment = assessed(POLICE, dossier, middelen="aanwezig")

    for address in (url("risk", dossier), url("assessment", dossier, assessment.pk)):
        assert client(login).get(address).status_code == 404


def test_a_closed_dossier_is_still_read_by_the_house(house):
    dossier = shared()
    assessed(POLICE, dossier, middelen="aanwezig")
    cast.at(dossier, Stage.CLOSED)

    assert "Vastgesteld: middelen." in page(HOUSE, "risk", dossier)
    assert client(POLICE).get(url("risk", dossier)).status_code == 404


@pytest.mark.parametrize("name", ["risk", "weighing"])
def test_ten_times_as_much_costs_no_more_statements(house, name):
    few, many = shared(), shared()
    for dossier, times in ((few, 1), (many, 10)):
        for _ in range(times):
            assessed(POLICE, dossier, middelen="aanwezig", geweld_keel="aanwezig")
            assessed(WELFARE, dossier, middelen="afwezig", more={"protection-0-title": "Oma"})
            told(WELFARE, dossier)
            weighed(HOUSE, dossier)
    browser = client(HOUSE)

    counts = []
    for dossier in (few, many):
        with CaptureQueriesContext(connection) as statements:
            text(browser.get(url(name, dossier)))
        counts.append(
            [one["sql"] for one in statements if not one["sql"].startswith(("SAVEPOINT", "RELEASE"))]
        )

    own = [[sql for sql in sqls if '"risk_' in sql or '"people_' in sql] for sqls in counts]
    assert len(counts[0]) == len(counts[1]) <= 14
    assert len(own[0]) == len(own[1]) <= 9


def test_an_assessment_is_read_as_it_was_recorded_with_what_changed(house):
    dossier = shared()
    first = assessed(
        POLICE, dossier, ago=9, middelen="aanwezig", more={"middelen-motivation": "Toen dronken."}
    )
    second = assessed(POLICE, dossier, middelen="afwezig")

    html = page(WELFARE, "assessment", dossier, second.pk)

    assert url("assessment", dossier, first.pk) in html
    assert said("Lighter") in factor(html, "middelen")
    assert "Toen dronken." in page(WELFARE, "assessment", dossier, first.pk)
    assert client(WELFARE).get(url("assessment", shared(), first.pk)).status_code == 404
