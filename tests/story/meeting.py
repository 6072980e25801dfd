"""The case conference: called, prepared, held at the table, decided and approved."""

from playwright.sync_api import Page, expect

from tests.story.browser import expect_kept, fill_in, follow, open_tab, press
from tests.story.family import OLDEST, today
from tests.story.professionals import name_of, signature_of

THERE = {
    "prosecutor.limburg": "Aanwezig",
    "liaison.police-limburg": "Aanwezig",
    "liaison.caw-limburg": "Aanwezig",
    "liaison.ocj-limburg": "Aanwezig",
    "liaison.ggz-limburg": "Verontschuldigd",
}


def call(page: Page) -> None:
    follow(page, "Overleg")
    follow(page, "Overleg plannen")
    fill_in(
        page, {"Soort overleg": "Triage", "Datum": today(), "Begint om": "9.30", "Plaats": "Zaal 1 en online"}
    )
    press(page, "Overleg plannen")


def put_on_agenda(page: Page) -> None:
    open_tab(page, "Casusoverleg")
    follow(page, "Op de agenda zetten")
    fill_in(
        page,
        {
            "Overleg": f"{today()}, Triage",
            "Voorzien om": "10.15",
            "Wat is de vraag aan de tafel?": "Nemen we dit gezin op?",
        },
    )
    press(page, "Dossier op de agenda zetten")


def invite(page: Page) -> None:
    follow(page, "Uitnodigen")
    fill_in(
        page,
        {
            "Wie wordt voor dit dossier uitgenodigd?": [signature_of(login) for login in THERE],
            "Op welke grond?": "Betrokken bij het gezin of kent het",
        },
    )
    press(page, "Uitnodigen voor dit dossier")


def at_the_table(page: Page) -> None:
    open_tab(page, "Casusoverleg")
    follow(page, "Triage")


def call_the_roll(page: Page, there: dict[str, str]) -> None:
    """Who is there, by name; whoever is, confirms the secrecy aloud."""
    follow(page, "Aanwezigheid noteren")
    fill_in(page, {signature_of(login): how for login, how in there.items()})
    present = [login for login, how in there.items() if how == "Aanwezig"]
    fill_in(page, {f"{name_of(login)} bevestigde het beroepsgeheim": True for login in present})
    press(page, "Bewaren")


def minute(page: Page, speaker: str, text: str) -> None:
    fill_in(page, {"Nieuwe notitie": text, "Gezegd door": speaker})
    press(page, "Notitie toevoegen")


def speak_of(page: Page) -> None:
    follow(page, "Punt over iemand toevoegen")
    fill_in(page, {"Over wie?": OLDEST, "Wat werd gezegd?": "Slaapt nu bij grootmoeder."})
    press(page, "Punt over iemand toevoegen")


def weigh_red(page: Page, names: list[str]) -> None:
    open_tab(page, "Weging")
    follow(page, "Weging toevoegen")
    fill_in(
        page,
        {
            "Welke weging geeft het overleg?": "Rood",
            "Motivering": "Het geweld escaleert en de kinderen zijn er telkens bij.",
            "Datum van het overleg": today(),
            "Soort overleg": "Triage",
            "Wie woog mee?": names,
        },
    )
    press(page, "Weging vastleggen")


DECISION = {
    "Wat beslist het overleg?": "Spoor 3, intensieve casusregie",
    "1. Is er een verhoogd risico op herhaald geweld dat iemands integriteit in gevaar brengt?": "Ja",
    "Reden bij criterium 1": "Zes tussenkomsten in een jaar.",
    "2. Zijn infodeling en casusoverleg tussen kernpartners nodig om de cirkel te doorbreken?": "Ja",
    "Reden bij criterium 2": "Niemand ziet het geheel alleen.",
    "3. Is een afgestemde aanpak van de kernpartners nodig om de cirkel te doorbreken?": "Ja",
    "Reden bij criterium 3": "Hulp en justitie moeten samen stappen zetten.",
    "Welke alternatieven zijn afgewogen?": "Vrijwillige hulp liep twee keer vast.",
    "Motivering": "De drie criteria zijn vervuld en er is haast bij.",
}
CONSULTED = {
    "Wie is geraadpleegd voor de minderjarigen?": "OCJ en VK",
    "Wat was hun advies?": "Beide vragen een casusoverleg, met aandacht voor elk kind.",
}


def decide(page: Page, manager: str) -> None:
    """With minors a decision without the consultation of OCJ or VK is refused; nothing typed is lost."""
    follow(page, "Beslissing vastleggen")
    fill_in(page, DECISION | {"Casusregisseur": manager})
    press(page, "Beslissing vastleggen")
    expect(page.get_by_role("alert")).to_contain_text("met minderjarigen moet dat altijd OCJ of VK zijn")
    expect_kept(page, DECISION)
    fill_in(page, CONSULTED)
    press(page, "Beslissing vastleggen")


def approve(page: Page) -> None:
    follow(page, "Verslag goedkeuren")
    press(page, "Verslag goedkeuren")


def close_point(page: Page) -> None:
    follow(page, "Punt afronden en verder")
    press(page, "Punt afronden en verder")


def execute(page: Page) -> None:
    follow(page, "Naar uitvoering")
    press(page, "Naar uitvoering")
