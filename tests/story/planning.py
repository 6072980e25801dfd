"""The case manager writes the plan, the partners carry it out, a new assessment shows what changed."""

from playwright.sync_api import Page

from tests.story.browser import fill_in, follow, open_tab, press
from tests.story.family import FATHER, GRANDMOTHER, KIDS, MOTHER, days_on, today

# life domain, safety phase, what must become true, how one sees it, for whom, the risks it answers
GOALS = (
    (
        "Psychisch functioneren",
        "Hulp bij de oorzaken",
        "Dylan krijgt zicht op zijn kwetsbaarheid en Jessy wordt weerbaarder",
        "Beiden volgen hun gesprekken",
        [FATHER, MOTHER],
        ["Zorgen over psychisch functioneren", "Angst van het slachtoffer", "Geen hulp zoeken of aanvaarden"],
    ),
    (
        "Relationeel functioneren",
        "Directe veiligheid",
        "Iedereen kan over het geweld praten, ook de kinderen",
        "Elk kind noemt iemand bij wie het terechtkan",
        [FATHER, MOTHER, *KIDS],
        [
            "Ernstig fysiek geweld",
            "Patroon van escalatie",
            "Kinderen slachtoffer of getuige",
            "Eerder geweld in dit gezin",
        ],
    ),
    (
        "Sociaal netwerk",
        "Herstel",
        "De kinderen hebben veilige steunfiguren",
        "Grootmoeder vangt hen op als het misgaat",
        KIDS,
        ["Toegang tot een wapen"],
    ),
    (
        "Middelengebruik",
        "Hulp bij de oorzaken",
        "Er wordt thuis niet gebruikt",
        "Beiden gaan naar de verslavingszorg",
        [FATHER, MOTHER],
        ["Middelenmisbruik"],
    ),
    (
        "Financiën",
        "Herstel",
        "Het gezin is vrij van schulden",
        "De schuldregeling wordt gevolgd",
        [FATHER, MOTHER],
        ["Afhankelijkheid"],
    ),
)


# goal, what is done, by whom, within how many days
ACTIONS = (
    (1, "Doorverwijzing naar de geestelijke gezondheidszorg", "liaison.ggz-limburg", 30),
    (2, "Gesprek met de kinderen over wat ze meemaken", "liaison.ocj-limburg", 20),
    (3, "Met grootmoeder afspreken wanneer ze opvangt", "liaison.caw-limburg", 15),
    (4, "Aanmelden bij de verslavingszorg", "liaison.substances-limburg", 25),
    (5, "De schuldregeling opvolgen", "liaison.ocmw-limburg", 60),
)


def add_goals(page: Page) -> None:
    for domain, phase, text, indicator, persons, factors in GOALS:
        open_tab(page, "Plan van aanpak")
        follow(page, "Doel toevoegen")
        fill_in(
            page,
            {
                "Leefdomein": domain,
                "Veiligheidsfase": phase,
                "Wat moet er waar worden?": text,
                "Dit lukt als …": indicator,
                "Voor wie?": persons,
                "Op welke risico's is dit een antwoord?": factors,
                "Streefdatum": days_on(150),
            },
        )
        press(page, "Doel toevoegen")


def add_action(page: Page, goal: int, what: str, holder: str, due: str) -> None:
    open_tab(page, "Plan van aanpak")
    follow(page, f"Actie toevoegen doel {goal}")
    fill_in(page, {"Wat gebeurt er?": what, "Wie doet het?": holder, "Tegen": due})
    press(page, "Actie toevoegen")


def safety_plan(page: Page) -> None:
    open_tab(page, "Plan van aanpak")
    follow(page, "Veiligheidsplan toevoegen")
    fill_in(
        page,
        {
            "Voor wie?": MOTHER,
            "Titel": "Veiligheidsplan van mevrouw",
            "Wat deze persoon dan doet, en waar die naartoe kan": f"Ze belt {GRANDMOTHER} en vertrekt met de kinderen.",
        },
    )
    press(page, "Veiligheidsplan toevoegen")


def record(page: Page) -> None:
    open_tab(page, "Plan van aanpak")
    follow(page, "Plan vastleggen")
    press(page, "Plan vastleggen")


def accept(page: Page, what: str) -> None:
    open_tab(page, "Plan van aanpak")
    press(page, f"Aanvaarden {what}")


def carry_out(page: Page, what: str, state: str, outcome: str) -> None:
    open_tab(page, "Plan van aanpak")
    follow(page, what)
    fill_in(page, {"Stand": state, "Wat is het resultaat, of waarom ging het niet door?": outcome})
    press(page, "Bewaren")


def log(page: Page, text: str, way: str) -> None:
    open_tab(page, "Uitvoering")
    follow(page, "Aan het logboek toevoegen")
    fill_in(
        page,
        {
            "Welk soort notitie?": "Contact",
            "Hoe verliep het contact?": way,
            "Datum": today(),
            "Wat gebeurde er of wat werd gezegd?": text,
        },
    )
    press(page, "Aan het logboek toevoegen")


def reassess(page: Page) -> None:
    """Starts from the last assessment: what changed is changed, of the rest it is said that it wasn't looked at."""
    open_tab(page, "Risico-inschatting")
    follow(page, "Inschatting toevoegen")
    fill_in(
        page,
        {
            "Datum van de inschatting": today(),
            "Voorbije 12 maanden Angst van het slachtoffer": "Afwezig",
            "Motivering Angst van het slachtoffer": "Ze zegt dat ze zich veilig voelt.",
            "Voorbije 12 maanden Controle en isolatie": "Afwezig",
            "Motivering Controle en isolatie": "Ze ziet haar vriendinnen weer.",
            "Voorbije 12 maanden Recente of geplande scheiding": "Aanwezig",
            "Motivering Recente of geplande scheiding": "Het koppel is uit elkaar.",
            "Wat ik ongewijzigd liet zonder antwoord, is niet opnieuw bekeken": True,
            "Hoe ernstig is het risico?": "Laag",
            "Wanneer kan het misgaan?": "Later",
            "Motivering van het oordeel": "Geen feiten meer sinds vier maanden.",
        },
    )
    press(page, "Inschatting vastleggen")
