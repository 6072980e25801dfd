"""What was known at a weighing stays readable as it was."""

import re

from tests import cast
from tests.risk.assessing import (
    HOUSE,
    POLICE,
    WELFARE,
    assessed,
    factor,
    page,
    person,
    said,
    shared,
    told,
    url,
    weighed,
)
from wida.access.actions import give_mandate
from wida.access.rules import Ground
from wida.people.models import Person
from wida.records import actions as records
from wida.risk.models import Weighing
from wida.sharing.queries import answered


def test_it_shows_what_stood_then_and_nothing_that_came_later(house):
    dossier = shared()
    assessed(
        POLICE, dossier, ago=5, geweld_keel="aanwezig", more={"geweld_keel-motivation": "Dit was gekend."}
    )
    told(WELFARE, dossier, account="Een sms van eergisteren.")
    weighing = weighed(HOUSE, dossier)

    assessed(
        POLICE,
        dossier,
        geweld_keel="afwezig",
        middelen="aanwezig",
        more={"middelen-motivation": "Dit kwam later."},
    )
    told(WELFARE, dossier, flag="wapen", account="Een mes, later gevonden.")

    html = page(WELFARE, "snapshot", dossier, weighing.pk)
    assert "Dit was gekend." in factor(html, "geweld_keel")
    assert "score--full" in factor(html, "geweld_keel")
    assert "Een sms van eergisteren." in html
    assert "Dit kwam later." not in html
    assert "Een mes, later gevonden." not in html
    assert said("%(known)s of %(total)s known", known=1, total=13) in html


def test_it_names_who_could_read_then(house):
    dossier = shared()
    weighing = weighed(HOUSE, dossier)
    give_mandate(
        dossier=dossier,
        holder=cast.member("liaison.clb-limburg"),
        ground=Ground.INVITED,
        by=cast.actor(HOUSE),
    )

    html = page(HOUSE, "snapshot", dossier, weighing.pk)

    readers = re.search(rf"{said('Who could read the dossier')}.*?</dl>", html, re.DOTALL)[0]
    assert cast.actor(POLICE).signature in readers
    assert cast.actor(HOUSE).signature in readers
    assert "CLB Limburg" not in readers


def test_it_counts_how_many_partners_had_answered(house):
    dossier = shared()

    weighing = weighed(HOUSE, dossier)

    assert (weighing.lanes_answered, weighing.lanes_asked) == answered(dossier)
    assert weighing.known_factors == 0


def test_persons_keep_the_name_they_had(house):
    dossier = shared()
    youri = person(dossier, "Youri")
    assessed(POLICE, dossier, middelen="aanwezig", more={"middelen-who": [youri]})
    weighing = weighed(HOUSE, dossier)
    record = Person.objects.get(pk=youri)
    records.change(record, by=cast.actor(WELFARE), version=record.version, given_name="Joeri")

    assert "Youri Aerdman" in factor(page(HOUSE, "snapshot", dossier, weighing.pk), "middelen")
    assert "Joeri Aerdman" in factor(page(HOUSE, "risk", dossier), "middelen")


def test_before_any_assessment_it_says_that_all_was_unknown(house):
    dossier = shared()
    weighing = weighed(HOUSE, dossier)

    html = page(HOUSE, "snapshot", dossier, weighing.pk)

    assert said("%(known)s of %(total)s known", known=0, total=13) in html
    assert said("Nobody judged yet") in html


def test_it_stands_sealed_in_the_database(house):
    dossier = shared()
    assessed(POLICE, dossier, middelen="aanwezig", more={"middelen-motivation": "Geheim woord."})

    weighed(HOUSE, dossier)

    stored = bytes(Weighing.objects.values_list("snapshot", flat=True).get())
    assert b"Geheim" not in stored
    assert "Geheim woord." in Weighing.objects.get().snapshot


def test_it_has_nothing_to_press(house):
    dossier = shared()
    told(WELFARE, dossier)
    weighing = weighed(HOUSE, dossier)

    main = re.search(r"<main.*?</main>", page(WELFARE, "snapshot", dossier, weighing.pk), re.DOTALL)[0]

    assert "withdraw" not in main
    assert url("add_assessment", dossier) not in main
    assert Weighing.objects.count() == 1
