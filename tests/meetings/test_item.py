"""The point at the table: the file on one page, and the same on the wall."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests import cast
from tests.meetings.steps import (
    CAW,
    COORDINATOR,
    GGZ,
    MANAGER,
    POLICE,
    attend,
    call,
    day,
    decide,
    forming,
    get,
    invite,
    minute,
    point,
    post,
    put,
    read,
    sent,
    typed,
    url,
)
from tests.plans.making import new_action, new_goal
from tests.referrals.pages import text
from tests.risk.assessing import assessed
from tests.sharing.steps import KNOWN, ask, share
from wida.audit.models import Event
from wida.dossiers.codes import Stage
from wida.meetings.models import Meeting
from wida.people import actions as people
from wida.people.models import Person
from wida.situation import actions as situation


def incident(dossier, days_ago: int, **changes) -> None:
    mother, father = Person.objects.of(dossier).order_by("id")[:2]
    facts = {
        "kind": "geweldsincident",
        "precision": "dag",
        "involved": [("van", father.pk), ("naar", mother.pk)],
        "begins_on": day(-days_ago),
        "ends_on": None,
        "at": None,
        "forms": ["fysiek"],
        "children_present": "ja",
        "account": "Zij belde de politie.",
        "impact": "",
        "response": "",
        "source": "politie",
        "source_note": "",
        "reliability": "vastgesteld",
        "report_number": "",
    }
    situation.add_incident(dossier=dossier, by=cast.actor(POLICE), **facts | changes)


def sheet(page: str) -> str:
    return page[page.index('<div class="sheet') : page.index('id="minutes"')]


def test_the_page_starts_with_what_was_asked_and_on_which_ground(house):
    item = point(None, CAW)

    page = read(CAW, item)

    assert "Nemen we dit gezin op?" in sheet(page)
    assert "art. 353 §2 van het nieuwe Strafwetboek" in page
    assert "De integriteit van de leden van het gezin beschermen" in page
    assert "Nog niet beslist" in page
    event = Event.objects.filter(action="read", detail="item", part="meetings").get()
    assert (event.dossier, event.user) == (item.dossier.pk, cast.actor(CAW).user_id)


def test_facts_since_the_last_meeting_stand_on_it(house):
    dossier = forming(Stage.EXECUTION)
    first = put(dossier, call())
    Meeting.objects.filter(pk=first.meeting_id).update(on=day(-20))
    incident(dossier, 30, account="Van voor het vorige overleg.")
    incident(dossier, 5)
    incident(dossier, 2, kind="politie_interventie", forms=[], involved=[])

    shown = sheet(read(MANAGER, put(dossier, call())))

    assert f"Sinds {day(-20).day} " in shown
    assert shown.count("Politie Limburg") == 2
    assert "Fysiek" in shown
    assert shown.index("Tussenkomst van de politie") < shown.index("Fysiek")


def test_no_new_fact_is_not_no_violence(house):
    item = point()

    assert "Dat zegt niet dat er niets gebeurde." in sheet(read(COORDINATOR, item))


def test_more_facts_than_a_page_holds_lead_to_the_chronology(house):
    dossier = forming()
    dossier.opened_at = dossier.opened_at.replace(year=dossier.opened_at.year - 1)
    dossier.save()
    for ago in range(6):
        incident(dossier, ago)
    item = point(dossier)
    assert "de hele chronologie" not in sheet(read(COORDINATOR, item))

    incident(dossier, 9)

    shown = sheet(read(COORDINATOR, item))
    assert shown.count("Politie Limburg") == 6
    assert "de hele chronologie" in shown


def test_the_risk_is_counted_and_never_added_up(house):
    dossier = forming()
    item = point(dossier)
    assert "Nog niemand schatte het risico in." in sheet(read(COORDINATOR, item))

    assessed(
        POLICE,
        dossier,
        geweld_keel="aanwezig",
        escalatie="aanwezig",
        middelen="vermoeden",
        kinderen="afwezig",
    )

    shown = " ".join(sheet(read(COORDINATOR, item)).split())
    assert "<strong>2 van 13</strong> factoren aanwezig, <strong>9 onbekend</strong>, 1 vermoed" in shown
    assert "Onbekend telt niet als afwezig." in shown
    flags = shown[shown.index("sheet__flags") : shown.index("Onbekend telt")]
    assert "Geweld naar de keel" in flags
    assert "Patroon van escalatie" in flags
    assert "Wapen" not in flags


def test_each_child_is_named_with_who_saw_it_last(house):
    dossier = forming()
    noa, liam = (
        next(person for person in Person.objects.of(dossier) if person.given_name == name)
        for name in ("Noa", "Liam")
    )
    for ago, who in ((9, "huisarts"), (3, "juf van de derde kleuterklas")):
        people.add_note(child=noa, by=cast.actor(CAW), kind="gezien", on=day(-ago), by_whom=who, text="Stil.")
    people.add_note(
        child=liam, by=cast.actor(CAW), kind="signaal", on=day(-1), by_whom="crèche", text="Huilt."
    )

    shown = sheet(read(COORDINATOR, point(dossier)))

    assert f"gezien op {day(-3):%d/%m/%Y} door juf van de derde kleuterklas" in shown
    assert "huisarts" not in shown
    assert shown.count("niemand noteerde dit kind gezien te hebben") == 2


def test_who_answered_and_who_did_not_are_both_named(house):
    dossier = forming()
    item = point(dossier)
    assert "Er is nog geen partner bevraagd." in sheet(read(COORDINATOR, item))
    caw, _police = ask(dossier, CAW, POLICE)
    share(CAW, dossier, caw)

    shown = sheet(read(COORDINATOR, item))

    assert "Antwoord van CAW." in shown
    assert "Geen antwoord van Politie. Dat zegt niets over het risico." in shown
    assert KNOWN["text"] not in shown


def test_a_partner_reads_the_same_page(house):
    dossier = forming()
    incident(dossier, 0)
    assessed(POLICE, dossier, geweld_keel="aanwezig")
    item = point(dossier, CAW)
    minute(item, "Gezegd aan de tafel.")

    assert sheet(read(CAW, item)) == sheet(read(COORDINATOR, item))
    assert "Gezegd aan de tafel." in read(CAW, item)


def test_a_demo_like_point_says_what_still_lacks_only_until_it_is_there(house):
    item = point(None, CAW)
    assert "beslissing niet vastgelegd" in read(COORDINATOR, item)

    decide(item)

    page = read(COORDINATOR, item)
    assert "beslissing niet vastgelegd" not in page
    assert "geen verslag" in page


def test_after_the_decision_the_next_step_is_at_hand(house):
    item = point()
    step = reverse("dossiers:step", args=[item.dossier.number, "execute"])
    assert step not in read(COORDINATOR, item)

    decide(item)

    assert step in read(COORDINATOR, item)


# On the wall -----------------------------------------------------------------------------------------------


def test_the_wall_tells_the_case_and_nobodys_presence(house):
    dossier = forming(Stage.EXECUTION)
    new_action(dossier, what="Gesprek met de school", due_on=typed(-1))
    item = point(dossier, CAW, GGZ)
    attend(item, GGZ, "verontschuldigd", written_input="Schriftelijke inbreng van CGG.")
    minute(item, "Mevrouw wil dat het stopt.", speaker=cast.actor(CAW).signature)
    decide(item)

    page = text(get(CAW, "screen", item.dossier, item.pk))

    assert "Familie Aerdman - Bosteels" in page
    for words in ("Nemen we dit gezin op?", "Gesprek met de school", "Mevrouw wil dat het stopt.", "Spoor 3"):
        assert words in page
    for left_out in (
        "Schriftelijke inbreng",
        "Verontschuldigd",
        "Beroepsgeheim niet bevestigd",
        "<form",
        "<input",
    ):
        assert left_out not in page


def test_names_are_hidden_where_the_reader_hid_them(house):
    item = point()
    client = cast.signed_in(COORDINATOR)
    wall = url("screen", item.dossier, item.pk)
    assert "Aerdman - Bosteels" in text(client.get(wall))

    client.post(reverse("dossiers:hide_names"), sent())

    page = text(client.get(wall))
    assert "Aerdman - Bosteels" not in page
    assert item.dossier.number in page
    assert "Aerdman - Bosteels" not in text(
        client.get(reverse("house_meetings:meeting", args=[item.meeting_id]))
    )


# What it costs ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["item", "screen"])
def test_thirty_of_everything_costs_as_many_statements_as_one(house, name):
    dossier = forming(Stage.EXECUTION)
    meeting = call()
    item = put(dossier, meeting)
    client = cast.signed_in(MANAGER)

    def fill(times: range) -> None:
        for n in times:
            new_goal(dossier, text=f"Doel {n}")
            action = new_action(dossier, what=f"Actie {n}", due_on=typed(-1))
            post(
                MANAGER,
                "review_action",
                dossier,
                item.pk,
                action.pk,
                data={"outcome": "uitgevoerd", "version": 1},
            )
            minute(item, f"Regel {n}.")
            holder = f"{cast.member(CAW).organisation_id}:{cast.member(CAW).user_id}"
            data = {"what": f"Afspraak {n}", "holder": holder, "due_on": typed(5)}
            post(MANAGER, "add_action", dossier, item.pk, data=data)
            incident(dossier, n)
            noa = next(person for person in Person.objects.of(dossier) if person.given_name == "Noa")
            post(MANAGER, "add_point", dossier, item.pk, data={"person": str(noa.pk), "text": f"Punt {n}."})

    def statements() -> list[str]:
        client.get(url(name, dossier, item.pk))
        with CaptureQueriesContext(connection) as asked:
            answer = client.get(url(name, dossier, item.pk))
        assert answer.status_code == 200
        return [query["sql"] for query in asked if not query["sql"].startswith(("SAVEPOINT", "RELEASE"))]

    invite(item, CAW)
    fill(range(1))
    once = statements()
    invite(item, POLICE, GGZ, "prosecutor.limburg", "liaison.ocj-limburg", "liaison.vk-limburg")
    for family in ("Coremans", "Deckers", "Evers"):
        put(forming(Stage.EXECUTION, family_name=family), meeting)
    fill(range(1, 10))
    often = statements()

    assert len(often) == len(once)
    # Session, actor, opening, badge and trail; the point; ten for its sheet, seven for its parts, two for the agenda;
    # and for who writes, the drafts that wait.
    assert len(often) == {"item": 26, "screen": 22}[name]
