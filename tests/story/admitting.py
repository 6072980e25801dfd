"""The coordinator checks a referral, the prosecutor's criminologist answers, OCJ is consulted, the file opens."""

from playwright.sync_api import Page

from tests.story.browser import fill_in, follow, press
from tests.story.building import answer_criteria
from tests.story.family import days_on, today
from tests.story.professionals import signature_of


def check(page: Page) -> None:
    follow(page, "Criteria nakijken")
    answer_criteria(page)


def proportionality(page: Page) -> None:
    follow(page, "Proportionaliteit motiveren")
    fill_in(
        page,
        {
            "Is het proportioneel om informatie te delen en het beroepsgeheim te doorbreken?": "Ja",
            "Motivering": "Drie jonge kinderen zien het geweld; minder volstond niet.",
        },
    )
    press(page, "Bewaren")


def ask_clearance(page: Page) -> None:
    follow(page, "Vrijgave vragen")
    fill_in(page, {"Aan wie vraagt u het?": signature_of("prosecutor.limburg"), "Antwoord tegen": days_on(5)})
    press(page, "Vrijgave vragen")


def give_clearance(page: Page) -> None:
    follow(page, "Antwoord geven")
    fill_in(
        page,
        {
            "Mag dit dossier worden opengesteld voor infodeling?": "Ja",
            "Op welke rechtsgrond?": "art. 353 §2 nieuw Strafwetboek",
            "Datum van de beslissing": today(),
            "Motivering": "Akkoord, gelet op de ernst van de feiten.",
        },
    )
    press(page, "Antwoord geven")


def consult_ocj(page: Page) -> None:
    follow(page, "Raadpleging noteren")
    fill_in(
        page,
        {
            "Wie werd geraadpleegd?": "Ondersteuningscentrum Jeugdzorg (OCJ)",
            "Wanneer": today(),
            "Met wie": "consulent van wacht",
            "Uitkomst": "Een casusoverleg is nodig voor de drie kinderen.",
        },
    )
    press(page, "Bewaren")


def open_sharing(page: Page) -> None:
    follow(page, "Naar dossiervorming")
    press(page, "Naar dossiervorming")
