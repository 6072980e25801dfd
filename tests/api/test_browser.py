"""In a browser: a report of the police came in by itself, and the coordinator sees that this family is known."""

from playwright.sync_api import Page, expect

from tests import cast
from tests.api import systems
from tests.api.systems import System, report
from tests.story.browser import fill_in, follow, press, sign_in
from wida.dossiers.codes import Stage
from wida.people import matching
from wida.people.models import Person
from wida.referrals.models import Inflow

COORDINATOR = "coordinator.limburg"


def test_a_report_joins_a_family_after_same_person(house, page: Page, faults, settings):
    known = cast.at(cast.new_dossier(by=COORDINATOR), Stage.FORMING)
    matching.index(*Person.objects.of(known))
    with systems.issuer(settings) as issuer:
        assert System(issuer).post(report()).status_code == 202
    row = Inflow.objects.get()

    sign_in(page, COORDINATOR)
    follow(page.get_by_role("navigation", name="Hoofdmenu"), "Aanmeldingen")
    expect(page.get_by_role("main")).to_contain_text(row.receipt)
    page.goto(f"/dossiers/{row.dossier.number}/people/known/")
    page.get_by_role("link", name="Vergelijken Youri Aerdman").first.click()
    assert faults(page) == []
    fill_in(page, {"Uw antwoord": "Dezelfde persoon", "Waarom?": "Zelfde naam en geboortedatum."})
    press(page, "Antwoord bewaren")
    page.get_by_role("link", name="Aansluiten bij een bestaand dossier").first.click()
    expect(page.get_by_label("Nummer van het bestaande dossier")).to_have_value(known.number)
    fill_in(page, {"Waarom hoort deze aanmelding daar?": "Zelfde gezin."})
    press(page, "Aansluiten bij een bestaand dossier")
    expect(page.get_by_role("main")).to_contain_text(f"Aangesloten bij {known.number}")

    row.dossier.refresh_from_db()
    assert (row.dossier.stage, row.dossier.joined_to) == (Stage.CLOSED, known)
