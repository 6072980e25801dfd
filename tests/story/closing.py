"""The couple separated and the violence stopped: watch period, contacts, closing."""

from playwright.sync_api import Page

from tests.story.browser import fill_in, follow, open_tab, press
from tests.story.family import MOTHER, days_on, today


def start_watch(page: Page) -> None:
    open_tab(page, "Afronding")
    follow(page, "Wachtperiode starten")
    fill_in(
        page,
        {
            "Zijn de doelen van de casusregie bereikt?": "Ja",
            "Is het geweld gestopt?": "Ja",
            "Waarop steunt u?": "Het koppel is uit elkaar, geen feiten meer sinds vier maanden.",
        },
    )
    press(page, "Wachtperiode starten")


def plan_contact(page: Page, with_whom: str, name: str) -> None:
    open_tab(page, "Afronding")
    follow(page, "Contact plannen")
    fill_in(page, {"Met wie?": with_whom, "Naam van de persoon of dienst": name, "Wanneer?": days_on(30)})
    press(page, "Contact plannen")


def report_contact(page: Page, name: str, outcome: str) -> None:
    open_tab(page, "Afronding")
    follow(page, f"Contact melden {name}")
    fill_in(
        page, {"Op welke dag sprak u hen?": today(), "Was er nieuw geweld?": "Nee", "Wat vernam u?": outcome}
    )
    press(page, "Contact melden")


def close(page: Page) -> None:
    open_tab(page, "Afronding")
    follow(page, "Dossier afsluiten")
    fill_in(
        page,
        {
            "Waarom wordt het dossier afgesloten?": "Doelen bereikt en geweld gestopt",
            "Hoe liep het af voor elk van hen?": f"{MOTHER} en Dylan wonen apart en volgen hun hulp. Probatie volgt "
            "het gebruik op, OCJ volgt de kinderen op.",
            "Wat leerden de partners uit deze aanpak?": "Vroeg samenzitten hielp.",
            "Hoeveel jaar wordt het dossier bewaard?": "15",
        },
    )
    press(page, "Dossier afsluiten")
