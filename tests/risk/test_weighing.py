"""The tab Weging."""

import re

from tests import cast
from tests.risk.assessing import (
    HOUSE,
    POLICE,
    WELFARE,
    assessed,
    client,
    page,
    said,
    shared,
    told,
    typed,
    url,
    weighed,
)
from wida.dossiers.codes import Stage


def test_not_weighed_says_that_it_proves_nothing(house):
    html = page(HOUSE, "weighing", shared())

    assert said("This dossier has not been weighed yet. That does not mean there is no danger.") in html
    assert 'class="history"' not in html


def test_weighings_stand_from_new_to_old_and_the_newest_holds(house):
    dossier = shared()
    weighed(HOUSE, dossier, ago=9, motivation="De oudste.", colour="oranje")
    weighed(HOUSE, dossier, ago=1, motivation="De nieuwste.")

    html = page(WELFARE, "weighing", dossier)

    assert html.index("De nieuwste.") < html.index("De oudste.")
    assert html.count(said("Holds now")) == 1
    assert html.index(said("Holds now")) < html.index("De oudste.")


def test_the_colour_is_word_and_shape(house):
    dossier = shared()
    weighed(HOUSE, dossier, colour="oranje")

    when = re.search(r'class="history__when">.*?</div>', page(WELFARE, "weighing", dossier), re.DOTALL)[0]

    assert "shape--orange" in when
    assert re.sub(r"<[^>]*>", " ", when).split()[-3] in ("Oranje", "Orange")


def test_the_course_is_drawn_with_the_signals_and_stands_in_a_table(house):
    dossier = shared()
    told(WELFARE, dossier, seen_on=typed(4))
    weighed(HOUSE, dossier, ago=9)
    weighed(HOUSE, dossier)

    strip = re.search(r'<div class="strip">.*?</section>', page(HOUSE, "weighing", dossier), re.DOTALL)[0]

    assert 'role="img"' in strip
    assert typed(4) in re.search(r'<ol class="marks".*?</ol>', strip, re.DOTALL)[0]
    assert len(re.findall(r'<th scope="row">', strip)) == 3


def test_a_newer_assessment_asks_to_weigh_again(house):
    dossier = shared()
    assessed(POLICE, dossier, ago=9, middelen="aanwezig", escalatie="vermoeden")
    weighed(HOUSE, dossier, ago=8)
    assert "notice--info" not in page(HOUSE, "weighing", dossier)

    assessed(POLICE, dossier, middelen="afwezig", escalatie="aanwezig", geweld_keel="aanwezig")

    notice = re.search(r"notice--info.*?</div>\s*</div>", page(HOUSE, "weighing", dossier), re.DOTALL)[0]
    assert re.search(r"\b3\b", re.sub(r"<[^>]*>", " ", notice))
    assert not re.search(r"rood|oranje|groen|red|orange|green", notice, re.IGNORECASE)
    weighed(HOUSE, dossier)
    assert "notice--info" not in page(HOUSE, "weighing", dossier)


def test_an_assessment_that_changes_no_score_asks_nothing(house):
    dossier = shared()
    assessed(POLICE, dossier, ago=9, middelen="aanwezig")
    weighed(HOUSE, dossier, ago=8)

    assessed(POLICE, dossier, middelen="aanwezig")

    assert "notice--info" not in page(HOUSE, "weighing", dossier)


def test_who_reads_along_gets_no_form(house):
    dossier = shared()
    weighing = weighed(HOUSE, dossier)

    html = page("administrative.limburg", "weighing", dossier)

    assert url("add_weighing", dossier) not in html
    assert url("correct_weighing", dossier, weighing.pk) not in html
    assert said("You read along. You can't add a weighing in this phase or in your role.") in html


def test_a_stranger_learns_nothing(house):
    dossier = shared()
    weighing = weighed(HOUSE, dossier)

    for address in (url("weighing", dossier), url("snapshot", dossier, weighing.pk)):
        assert client("coordinator.antwerpen").get(address).status_code == 404


def test_a_closed_dossier_keeps_its_line_until_the_day_it_was_closed(house):
    dossier = shared()
    weighed(HOUSE, dossier, ago=3)
    cast.at(dossier, Stage.CLOSED)

    assert 'role="img"' in page(HOUSE, "weighing", dossier)
