"""The partners are asked, and each answers for its own organisation."""

from playwright.sync_api import Page

from tests.story.browser import fill_in, follow, open_tab, press
from tests.story.professionals import employer_of, name_of

ALSO = ("liaison.vk-limburg", "liaison.ggz-limburg", "liaison.ocmw-limburg")
SUBSTANCES = "liaison.substances-limburg"
INVOLVED = "Betrokken bij het gezin, of kent het"


def ask_core(page: Page) -> None:
    """The core partners are ticked; whoever else knows the family is added."""
    open_tab(page, "Infodeling")
    follow(page, "Info vragen")
    page.get_by_role("link", name="Vraag het de kernpartners samen").click()
    fill_in(
        page,
        {
            "Aan wie vraagt u het?": [contact(login) for login in ALSO],
            "Op welke grond (decreet Veilige Huizen, artikel 12)?": INVOLVED,
        },
    )
    press(page, "Info vragen")


def ask_substances(page: Page) -> None:
    """Another kind of organisation must be needed, and is told why."""
    follow(page, "Vragen Andere")
    fill_in(
        page,
        {
            "Aan wie vraagt u het?": [contact(SUBSTANCES)],
            "Op welke grond (decreet Veilige Huizen, artikel 12)?": INVOLVED,
            "Waarom is deze organisatie nodig?": "Beide ouders gebruiken cannabis.",
        },
    )
    press(page, "Info vragen")


def contact(login: str) -> str:
    return f"{employer_of(login)}: {name_of(login)}"


def contribute(page: Page, text: str, kinds: list[str], source: str = "Eigen vaststelling of werk") -> None:
    """What an organisation knows and may tell."""
    open_tab(page, "Infodeling")
    follow(page, "Vul uw deel in")
    fill_in(
        page,
        {
            "Is het gezin gekend bij uw dienst?": "Gekend",
            "Relevante informatie": text,
            "Waar komt deze informatie vandaan?": source,
            "Welke soorten gegevens zitten erin?": kinds,
            "Waarom is het nodig dit te delen?": "Nodig om het geweld te stoppen.",
        },
    )
    press(page, "Delen met de leden van dit dossier")


def answer(page: Page, state: str, ground: str = "") -> None:
    """An honest answer without information."""
    open_tab(page, "Infodeling")
    follow(page, "Vul uw deel in")
    fill_in(page, {"Is het gezin gekend bij uw dienst?": state})
    if ground:
        fill_in(page, {"Op welke grond mag u niet delen?": ground})
    press(page, "Delen met de leden van dit dossier")
