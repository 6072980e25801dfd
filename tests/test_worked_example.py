"""The main job, played through the browser: one family from first concern to closed, by everybody who works on it."""

import re

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests import cast
from tests.story import admitting, building, closing, files, meeting, people, planning, sharing
from tests.story.browser import follow, open_tab, open_tasks, part, sign_in
from tests.story.family import FAMILY, days_on, today
from tests.story.looking import enter, enter_from_list, phases, point, stands, waiting, what_lacks
from tests.story.professionals import name_of, signature_of
from wida.web.dates import long_day


@pytest.fixture
def limburg(transactional_db):
    cast.organisations()


def test_one_family_from_first_concern_to_closed(page, limburg, tmp_path):
    number = a_family_is_met_and_referred(page)
    the_house_checks_and_opens_the_file(page, number)
    each_partner_answers_for_itself(page, number)
    the_meeting_weighs_and_decides(page, number)
    the_case_manager_writes_the_plan(page, number)
    the_partners_carry_it_out(page, tmp_path)
    the_violence_has_stopped(page, number)
    what_remains_is_readable_for_the_house_alone(page, number)


# From first concern to referral ---------------------------------------------------------------------------


def a_family_is_met_and_referred(page: Page) -> str:
    sign_in(page, "liaison.ocj-limburg")
    number = building.start_dossier(page)
    stands(page, "Dossieropbouw", colour="Niet gewogen")
    people.add_everybody(page)
    expect(part(page, "Kinderen").get_by_role("article")).to_have_count(3)
    people.relations(page)
    people.homes(page)
    people.custody(page)
    people.safe_contact(page)
    people.address(page)
    people.children(page)
    people.services(page)
    building.situation(page)
    expect(page.get_by_text("Nog niet ingevuld: Jessy Mortelbosch, Dylan Verhaegden.")).to_be_visible()
    building.informed(page)
    expect(page.get_by_text("Nog niet ingevuld:")).to_have_count(0)
    building.assess(page)
    expect(page.get_by_text("9 van 13 gekend")).to_be_visible()
    expect(page.get_by_role("heading", name="3 kritieke signalen")).to_be_visible()
    building.first_weighing(page)
    stands(page, "Dossieropbouw", colour="Oranje")
    what_lacks(page, "Aanmelden bij het Veilig Huis", ["Beantwoord de drie criteria, elk met een reden"])
    building.criteria(page)
    follow(page, "Overzicht")
    building.submit(page)
    stands(page, "Dossieropbouw", colour="Oranje", status="Aangemeld")
    expect(page.get_by_text("U hebt in deze fase geen stap te zetten.")).to_be_visible()
    open_tab(page, "Persoonsgegevens")
    expect(page.get_by_role("link", name="Persoon toevoegen")).to_have_count(0)
    return number


# The check, the clearance, the opening --------------------------------------------------------------------


def the_house_checks_and_opens_the_file(page: Page, number: str) -> None:
    sign_in(page, "coordinator.antwerpen")
    assert page.goto(f"/dossiers/{number}/people/").status == 404

    task = f"Kijk de aanmelding na ({number})"
    sign_in(page, "coordinator.limburg")
    open_tasks(page)
    follow(page, task)
    follow(page, "Overzicht")
    what_lacks(
        page,
        "Naar dossiervorming",
        [
            "Kijk de criteria na: alle drie moeten vervuld zijn",
            "Motiveer waarom info delen proportioneel is",
            "Vraag het parket of het dossier open mag, en leg het antwoord vast",
            "Raadpleeg OCJ of VK: er zijn minderjarigen betrokken",
        ],
    )
    open_tab(page, "Infodeling")
    expect(page.get_by_role("heading", name="Nog niet open voor infodeling")).to_be_visible()
    follow(page, "Naar de aanmelding")
    admitting.check(page)
    admitting.proportionality(page)
    admitting.consult_ocj(page)
    admitting.ask_clearance(page)

    sign_in(page, "prosecutor.limburg")
    open_tasks(page)
    follow(page, f"Antwoord of het dossier open mag ({number})")
    admitting.give_clearance(page)
    expect(page.get_by_role("link", name=FAMILY)).to_have_count(0)

    enter(page, "coordinator.limburg")
    expect(page.get_by_text("Alles is er voor “Naar dossiervorming”.")).to_be_visible()
    admitting.open_sharing(page)
    stands(page, "Dossiervorming", colour="Oranje")
    open_tasks(page)
    expect(page.get_by_role("link", name=task)).to_have_count(0)


# The partners ---------------------------------------------------------------------------------------------


def each_partner_answers_for_itself(page: Page, number: str) -> None:
    enter(page, "coordinator.limburg")
    sharing.ask_core(page)
    sharing.ask_substances(page)

    asked = f"Beantwoord de vraag om info ({number})"
    sign_in(page, "liaison.caw-limburg")
    open_tasks(page)
    follow(page, asked)
    sharing.contribute(
        page,
        "Mevrouw komt wekelijks op gesprek. Ze wil dat het geweld stopt.",
        ["6. Levensstijl, vrije tijd en sociale context", "11. Risicosituaties en risicogedrag"],
    )
    open_tasks(page)
    expect(page.get_by_role("link", name=asked)).to_have_count(0)

    enter(page, "liaison.police-limburg")
    sharing.contribute(
        page, "Zes tussenkomsten in een jaar.", ["9. Politionele en gerechtelijke gegevens"], "Politie"
    )
    enter(page, "liaison.ocj-limburg")
    sharing.contribute(page, "Het gezin is sinds de lente bekend.", ["11. Risicosituaties en risicogedrag"])
    enter(page, "liaison.ajh-limburg")
    sharing.contribute(page, "Hij volgt een daderprogramma.", ["9. Politionele en gerechtelijke gegevens"])
    enter(page, "liaison.substances-limburg")
    sharing.contribute(page, "Hij meldde zich aan en haakte af.", ["10. Gezondheid"])
    enter(page, "liaison.ggz-limburg")
    sharing.answer(page, "Niet gekend")
    enter(page, "liaison.ocmw-limburg")
    sharing.answer(page, "Mag niet delen", "Beroepsgeheim, mevrouw gaf geen toestemming.")

    enter(page, "coordinator.limburg")
    open_tab(page, "Infodeling")
    for lane, state in (
        ("Politie", "Gekend"),
        ("Centrum Algemeen Welzijnswerk (CAW)", "Gekend"),
        ("Andere", "Gekend"),
        ("Geestelijke gezondheidszorg (GGZ)", "Niet gekend"),
        ("OCMW – lokaal bestuur", "Mag niet delen"),
    ):
        article = page.get_by_role("article", name=lane, exact=True)
        expect(article.get_by_text(state, exact=True)).to_be_visible()
    expect(page.get_by_role("article", name="Politie", exact=True)).to_contain_text(
        "Niet vertellen aan het gezin"
    )
    expect(waiting(page, "Vertrouwenscentrum Kindermishandeling (VK)")).to_contain_text("Nog geen antwoord")
    expect(waiting(page, "Gevangenis")).to_contain_text("Nog niet gevraagd")


# The case conference --------------------------------------------------------------------------------------


def the_meeting_weighs_and_decides(page: Page, number: str) -> None:
    police = signature_of("liaison.police-limburg")
    sign_in(page, "coordinator.limburg")
    meeting.call(page)
    enter_from_list(page)
    meeting.put_on_agenda(page)
    meeting.invite(page)

    sign_in(page, "liaison.police-limburg")
    open_tasks(page)
    expect(page.get_by_role("link", name=f"Neem deel aan het overleg ({number})")).to_be_visible()

    enter(page, "coordinator.limburg")
    meeting.at_the_table(page)
    expect(point(page)).to_contain_text("Nog 4 dingen voor dit punt klaar is")
    meeting.call_the_roll(page, meeting.THERE)
    meeting.minute(page, police, "De tussenkomsten volgen elkaar sneller op.")
    expect(part(page, "Verslag").get_by_text("De tussenkomsten volgen elkaar sneller op.")).to_be_visible()
    meeting.speak_of(page)
    meeting.weigh_red(page, [name_of("liaison.police-limburg"), name_of("liaison.caw-limburg")])
    stands(page, "Dossiervorming", colour="Rood")
    expect(page.get_by_text("9 van 13 factoren gekend, 7 van 10 partners antwoordden")).to_be_visible()
    what_lacks(
        page,
        "Naar uitvoering",
        ["Leg de triagebeslissing vast: spoor 2 of spoor 3", "Duid een casusregisseur aan"],
    )
    meeting.at_the_table(page)
    meeting.decide(page, name_of("casemanager.limburg"))
    expect(part(page, "Beslissing").get_by_text("Spoor 3, intensieve casusregie")).to_be_visible()
    meeting.approve(page)
    expect(part(page, "Goedkeuring").get_by_text("Verslag goedgekeurd")).to_be_visible()
    expect(point(page)).to_contain_text("Alles van dit punt is er.")
    meeting.close_point(page)

    sign_in(page, "liaison.vk-limburg")
    enter_from_list(page)
    open_tab(page, "Casusoverleg")
    expect(page.get_by_text("U was niet uitgenodigd voor dit punt.")).to_be_visible()

    enter(page, "coordinator.limburg")
    meeting.execute(page)
    stands(page, "Uitvoering", colour="Rood", manager=name_of("casemanager.limburg"))


# The plan -------------------------------------------------------------------------------------------------


def the_case_manager_writes_the_plan(page: Page, number: str) -> None:
    enter(page, "casemanager.limburg")
    open_tab(page, "Plan van aanpak")
    expect(page.get_by_role("heading", name="Nog niemand werkt aan 16")).to_be_visible()
    expect(page.get_by_role("note").get_by_text("Nog niet vastgelegd")).to_be_visible()
    planning.add_goals(page)
    expect(page.get_by_role("heading", name="Nog niemand werkt aan 4")).to_be_visible()
    expect(page.get_by_text("0 van 9 risicofactoren hebben een lopende of geplande actie.")).to_be_visible()
    for goal, what, login, days in planning.ACTIONS:
        planning.add_action(page, goal, what, name_of(login), days_on(days))
    expect(page.get_by_text("9 van 9 risicofactoren hebben een lopende of geplande actie.")).to_be_visible()
    planning.safety_plan(page)
    planning.record(page)
    expect(page.get_by_text(f"Versie 1, vastgelegd op {long_day(timezone.localdate())}.")).to_be_visible()

    sign_in(page, "liaison.ocj-limburg")
    open_tasks(page)
    expect(page.get_by_role("link", name=f"Voer een actie van het plan uit ({number})")).to_be_visible()


def the_partners_carry_it_out(page: Page, folder) -> None:
    talk = planning.ACTIONS[1][1]
    enter(page, "liaison.ocj-limburg")
    open_tab(page, "Plan van aanpak")
    expect(page.get_by_role("link", name="Doel toevoegen")).to_have_count(0)
    expect(page.get_by_text("Veiligheidsplan van mevrouw")).to_have_count(0)
    planning.accept(page, talk)
    planning.carry_out(page, talk, "Uitgevoerd", "Elk kind noemt grootmoeder.")
    expect(page.get_by_role("row", name=re.compile(re.escape(talk)))).to_contain_text("Uitgevoerd")
    planning.log(page, "Gesprek met de oudste op school.", "Gesprek bij de dienst")
    expect(page.get_by_text("1 van 5 uitgevoerd")).to_be_visible()
    expect(part(page, "Opvolglogboek (1)").get_by_text("Gesprek met de oudste op school.")).to_be_visible()

    enter(page, "liaison.police-limburg")
    files.upload(page, folder)
    enter(page, "liaison.caw-limburg")
    assert files.download(page) == ("pv-overzicht.txt", files.REPORT)

    enter(page, "liaison.ocj-limburg")
    planning.reassess(page)
    expect(page.get_by_text("10 van 13 gekend")).to_be_visible()
    changed = part(page, f"Wat veranderde sinds {long_day(timezone.localdate())}")
    expect(changed.get_by_role("row", name="Angst van het slachtoffer")).to_contain_text("Lichter")
    expect(changed.get_by_role("row", name="Controle en isolatie")).to_contain_text("Nieuw gekend")


# The end --------------------------------------------------------------------------------------------------


def the_violence_has_stopped(page: Page, number: str) -> None:
    contact = f"Neem contact op in de wachtperiode ({number})"
    enter(page, "casemanager.limburg")
    closing.start_watch(page)
    stands(page, "Uitvoering", colour="Rood", status="Wachtperiode")
    closing.plan_contact(page, "Het gezin", "Mevrouw")
    closing.plan_contact(page, "Een dienst", "CAW Limburg")
    open_tasks(page)
    expect(page.get_by_role("link", name=contact)).to_have_count(2)
    enter_from_list(page)
    closing.report_contact(page, "Mevrouw", "Het gaat goed, het koppel woont apart.")
    closing.close(page)
    expect(page.get_by_role("alert")).to_contain_text(
        "Vraag het gezin en minstens één dienst opnieuw hoe het gaat"
    )
    follow(page, "Terug")
    closing.report_contact(page, "CAW Limburg", "Mevrouw komt nog op gesprek.")
    closing.close(page)
    expect(page.get_by_role("heading", name="Dossiers", level=1)).to_be_visible()
    open_tasks(page)
    expect(page.get_by_role("link", name=re.compile(number))).to_have_count(0)


def what_remains_is_readable_for_the_house_alone(page: Page, number: str) -> None:
    assert page.goto(f"/dossiers/{number}/").status == 404
    sign_in(page, "liaison.caw-limburg")
    assert page.goto(f"/dossiers/{number}/closure/").status == 404

    sign_in(page, "coordinator.limburg")
    follow(page, "Afgesloten")
    follow(page, FAMILY)
    expect(phases(page).get_by_text("(klaar)")).to_have_count(4)
    course = part(page, "Verloop").get_by_role("listitem")
    for place, (step, login) in enumerate(
        (
            ("Dossier afsluiten", "casemanager.limburg"),
            ("Wachtperiode starten", "casemanager.limburg"),
            ("Naar uitvoering", "coordinator.limburg"),
            ("Naar dossiervorming", "coordinator.limburg"),
            ("Aanmelden bij het Veilig Huis", "liaison.ocj-limburg"),
        )
    ):
        expect(course.nth(place)).to_contain_text(today())
        expect(course.nth(place)).to_contain_text(f"{step} {signature_of(login)}")
    expect(course).to_have_count(5)
    open_tab(page, "Afronding")
    ending = part(page, "Afsluiting")
    expect(ending.get_by_text("Doelen bereikt en geweld gestopt")).to_be_visible()
    expect(ending.get_by_text("Vroeg samenzitten hielp.")).to_be_visible()
