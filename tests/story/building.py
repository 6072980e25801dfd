"""A professional of OCJ meets a family, builds the overview and refers it."""

from playwright.sync_api import Page, expect

from tests.story.browser import fill_in, follow, open_tab, press
from tests.story.family import FAMILY, FATHER, KIDS, MOTHER, days_ago, days_on, today


def start_dossier(page: Page) -> str:
    """Searches first, as everybody must, and starts. Returns the number."""
    follow(page, "Nieuw dossier")
    fill_in(page, {"Familienaam": "Verhaegden"})
    press(page, "Zoeken")
    expect(page.get_by_text("Nog in te vullen: Voornaam of geboortedatum.")).to_be_visible()
    fill_in(page, {"Voornaam": "Dylan"})
    press(page, "Zoeken")
    expect(page.get_by_text("Niemand gevonden in de dossiers die u mag kennen.")).to_be_visible()
    fill_in(page, {"Naam van het dossier": FAMILY, "Politiezone": "PZ Demerland"})
    press(page, "Dossier starten")
    expect(page.get_by_role("heading", level=1)).to_contain_text(f"Familie {FAMILY}")
    return page.url.split("/")[-3]


def situation(page: Page) -> None:
    """What happens at home: one fact with everybody in it, the pattern, and what the family was told."""
    open_tab(page, "Situatiebeschrijving")
    follow(page, "Uw beschrijving schrijven")
    fill_in(
        page,
        {
            "De situatie in uw woorden": "Het geweld tussen de ouders herhaalt zich. Beiden gebruiken, er staan "
            "cannabisplanten in de leefruimte en ze rijden onder invloed met de kinderen. Haar ouders overleden aan "
            "alcohol, na jaren van geweld. Eerdere hulp liep vast."
        },
    )
    press(page, "Beschrijving bewaren")
    add_pattern(page)
    add_incident(page)
    danger(page)


def add_pattern(page: Page) -> None:
    follow(page, "Vorm van geweld toevoegen")
    fill_in(
        page,
        {
            "Van wie?": FATHER,
            "Naar wie?": [MOTHER],
            "Vormen van geweld": ["Fysiek geweld", "Psychisch geweld"],
            "Welk soort geweld is het?": "Partnergeweld (ook door een ex-partner)",
            "Hoe vaak?": "Ongeveer elke maand",
            "Sinds wanneer?": "2023",
            "Is het nog aan de gang?": "Ja",
        },
    )
    press(page, "Vorm van geweld toevoegen")


def the_last_fact(**changed) -> dict:
    """With a bat, all children there."""
    return {
        "Waarover gaat het?": "Geweldsincident",
        "Hoe precies weet u wanneer?": "Op één dag",
        "Wanneer?": days_ago(12),
        "Om hoe laat?": "22.30",
        "Door wie?": [FATHER],
        "Tegen wie?": [MOTHER],
        "Vormen van geweld": ["Fysiek geweld"],
        "Waren er kinderen bij, of hoorden of merkten ze het?": "Ja",
        "Wat is er gebeurd?": "Hij sloeg haar met een baseballknuppel op de arm.",
        "Wie weet dit?": "Politie",
        "Hoe zeker is het?": "Vastgesteld",
        "PV-nummer": "HA.43.L1.004321/2026",
    } | changed


def add_incident(page: Page) -> None:
    follow(page, "Feit toevoegen")
    fill_in(page, the_last_fact(**{"Wie was er nog bij, of hoorde of merkte het?": KIDS}))
    press(page, "Feit toevoegen")


def danger(page: Page) -> None:
    follow(page, "Acuut gevaar noteren")
    fill_in(
        page,
        {
            "Op welke dag?": days_ago(12),
            "Was er acuut gevaar voor iemand?": "Ja",
            "Wat was het gevaar, en voor wie?": "De kinderen stonden ertussen.",
            "Wat is er gedaan?": "De politie nam de knuppel in beslag.",
        },
    )
    press(page, "Acuut gevaar noteren")


def informed(page: Page) -> None:
    follow(page, f"Invullen {MOTHER}")
    fill_in(
        page,
        {
            "Weet deze persoon van de aanmelding?": "Ingelicht",
            "Op welke dag is het verteld?": days_ago(3),
            "Door wie?": "consulent van OCJ",
            "Wat wenst deze persoon, en wat is nodig?": "Dat het geweld stopt en dat ze haar kinderen houdt.",
        },
    )
    press(page, "Bewaren")
    follow(page, f"Invullen {FATHER}")
    fill_in(
        page,
        {
            "Weet deze persoon van de aanmelding?": "Nog niet, met een reden",
            "Waarom niet?": "Niet veilig voor het slachtoffer of de kinderen",
            "Leg kort uit": "Hij dreigde met de kinderen te vertrekken.",
            "Wanneer bekijkt u dit opnieuw?": days_on(10),
        },
    )
    press(page, "Bewaren")


KNOWN = {
    "Angst van het slachtoffer": ("Aanwezig", "Ze durft niet alleen naar huis."),
    "Ernstig fysiek geweld": ("Aanwezig", "Slagen met een baseballknuppel."),
    "Patroon van escalatie": ("Aanwezig", "De tussenkomsten van de politie volgen elkaar sneller op."),
    "Kinderen slachtoffer of getuige": ("Aanwezig", "Alle kinderen waren erbij."),
    "Eerder geweld in dit gezin": ("Aanwezig", "Zij groeide op met geweld tussen haar ouders."),
    "Afhankelijkheid": ("Vermoeden", "Hij leeft van een uitkering, zij zit in schuldenregeling."),
    "Zorgen over psychisch functioneren": ("Aanwezig", "Zelfmoordpoging op 20 jaar en een opname."),
    "Middelenmisbruik": ("Aanwezig", "Cannabis in huis, rijden onder invloed."),
    "Geen hulp zoeken of aanvaarden": ("Aanwezig", "Eerdere hulp liep vast, er was geen inzicht."),
    "Toegang tot een wapen": ("Aanwezig", "Een baseballknuppel, in beslag genomen."),
}


def assess(page: Page, known: dict = KNOWN, level: str = "Hoog") -> None:
    """What is known is said with its motivation; the rest stays loudly unknown."""
    open_tab(page, "Risico-inschatting")
    follow(page, "Inschatting toevoegen")
    fill_in(page, {"Datum van de inschatting": today()})
    for factor, (score, why) in known.items():
        fill_in(page, {f"Voorbije 12 maanden {factor}": score, f"Motivering {factor}": why})
    fill_in(
        page,
        {
            "Middelengebruik": "Zorg",
            "Financiën": "Zorg",
            "Sociaal netwerk": "Steun",
            "Beschermende factor 1": "Grootmoeder vangt de kinderen op",
            "Hoe ernstig is het risico?": level,
            "Wanneer kan het misgaan?": "Dagen tot weken",
            "Motivering van het oordeel": "De feiten volgen sneller op elkaar en de kinderen zien alles.",
        },
    )
    press(page, "Inschatting vastleggen")


def first_weighing(page: Page, *, flags: bool = True) -> None:
    """A colour that is milder than the critical signals asks why."""
    open_tab(page, "Weging")
    follow(page, "Weging toevoegen")
    milder = {"Waarom weegt u milder?": "Het wapen is in beslag genomen en grootmoeder vangt de kinderen op."}
    fill_in(
        page,
        {
            "Welke weging geeft het overleg?": "Oranje",
            **(milder if flags else {}),
            "Motivering": "Ernstig, maar er is vandaag geen onmiddellijk gevaar.",
            "Datum van het overleg": today(),
            "Soort overleg": "Eerste weging bij dossieropbouw",
        },
    )
    press(page, "Weging vastleggen")


def criteria(page: Page) -> None:
    follow(page, "Beantwoord de drie criteria, elk met een reden")
    follow(page, "Criteria beantwoorden")
    answer_criteria(page)


def answer_criteria(page: Page) -> None:
    """The three criteria, asked of the referrer and again of the coordinator."""
    fill_in(
        page,
        {
            "1. Er is een verhoogd risico op herhaald intrafamiliaal geweld": "Ja",
            "2. Intersectorale infodeling en een casusoverleg zijn nodig om de cirkel van geweld te doorbreken": "Ja",
            "3. Een afgestemde aanpak van de kernpartners is nodig om de cirkel van geweld te doorbreken": "Ja",
            "Het gezin rechtstreeks aanmelden bij de hulpverlening": "Liep twee keer vast.",
            "Aansluiten bij hulp die al loopt": "Alleen de schuldregeling loopt nog.",
            "Een traject in het Veilig Huis": "Hulp en justitie moeten samen stappen zetten.",
        },
    )
    why = page.get_by_label("Waarom? Noem feiten en data")
    why.nth(0).fill("Zes tussenkomsten in een jaar, de laatste met een knuppel.")
    why.nth(1).fill("Elke dienst kent een stuk, niemand ziet het geheel.")
    why.nth(2).fill("Hulp en justitie werken nu naast elkaar.")
    press(page, "Bewaren")


def submit(page: Page) -> None:
    follow(page, "Aanmelden bij het Veilig Huis")
    press(page, "Aanmelden bij het Veilig Huis")
