"""Everybody who counts in the family: who they are, how they belong together, how each child is."""

from playwright.sync_api import Page, expect

from tests.story.browser import fill_in, follow, open_tab, press
from tests.story.family import (
    FATHER,
    GRANDMOTHER,
    HER_FATHER,
    HER_MOTHER,
    KIDS,
    MIDDLE,
    MOTHER,
    OLDEST,
    OTHER_FATHER,
    YOUNGEST,
    born,
    days_ago,
)
from wida.web.dates import day


def add_person(page: Page, name: str, group: str, sex: str, age: int = 0, **more) -> None:
    given, family = name.split(" ", 1)
    follow(page, "Persoon toevoegen")
    answers = {"Plaats in het gezin": group, "Voornaam": given, "Familienaam": family, "Geslacht": sex}
    if age:
        answers["Geboortedatum"] = day(born(age))
    fill_in(page, answers | more)
    press(page, "Bewaren")


def add_everybody(page: Page) -> None:
    """A number that fails its check is a doubt, which the writer may confirm."""
    number = f"{born(25):%y.%m.%d}-000.00"
    add_person(page, MOTHER, "Rechtstreeks betrokkenen", "Vrouw", 25, Rijksregisternummer=number)
    summary = page.get_by_role("alert")
    expect(summary).to_contain_text("rijksregisternummer")
    expect(page.get_by_label("Voornaam")).to_have_value("Jessy")
    fill_in(page, {"Toch bewaren: ik keek dit na": True})
    press(page, "Bewaren")
    work = {"Beroep of dagbesteding": "Werkonbekwaam, leeft van een uitkering"}
    add_person(page, FATHER, "Rechtstreeks betrokkenen", "Man", 26, **work)
    for name, sex, age in ((OLDEST, "Man", 7), (MIDDLE, "Man", 4), (YOUNGEST, "Vrouw", 3)):
        add_person(page, name, "Kinderen", sex, age)
    add_person(page, OTHER_FATHER, "Andere betrokkenen", "Man", 29)
    add_person(page, HER_FATHER, "Andere betrokkenen", "Man", Overleden=True)
    add_person(page, HER_MOTHER, "Andere betrokkenen", "Vrouw", Overleden=True)
    add_person(page, GRANDMOTHER, "Andere betrokkenen", "Vrouw", 51)


def relate(page: Page, person: str, kind: str, other: str, **more) -> None:
    follow(page, "Relatie toevoegen")
    fill_in(page, {"Deze persoon": person, "is de … van": kind, "die persoon": other} | more)
    press(page, "Bewaren")


def relations(page: Page) -> None:
    relate(page, MOTHER, "Partner", FATHER, Sinds=days_ago(1900))
    relate(page, MOTHER, "Ex-partner", OTHER_FATHER, **{"Tot en met": days_ago(2300)})
    for child, parents in (
        (OLDEST, (MOTHER, OTHER_FATHER)),
        (MIDDLE, (MOTHER, FATHER)),
        (YOUNGEST, (MOTHER, FATHER)),
    ):
        for parent in parents:
            relate(page, parent, "Ouder", child)
    relate(page, FATHER, "Stiefouder", OLDEST)
    relate(page, HER_FATHER, "Ouder", MOTHER)
    relate(page, HER_MOTHER, "Ouder", MOTHER)
    relate(page, GRANDMOTHER, "Ouder", FATHER, Opmerking="Vangt de kinderen op als het thuis misgaat.")


def homes(page: Page) -> None:
    follow(page, "Huishouden toevoegen")
    fill_in(page, {"Wie woont daar?": [FATHER, MOTHER, *KIDS], "Sinds": days_ago(900)})
    press(page, "Bewaren")


def about(page: Page, person: str, what: str, link: str = "Toevoegen") -> None:
    """Opens what stands behind “Meer info” of one person and goes to the form that adds something."""
    open_tab(page, "Persoonsgegevens")
    card = page.get_by_role("article", name=person, exact=True)
    card.get_by_text("Meer info").click()
    follow(card, f"{link} {what} van {person}")


def custody(page: Page) -> None:
    about(page, OLDEST, "Ouderlijk gezag")
    fill_in(
        page,
        {
            "Wie heeft of vraagt het?": OTHER_FATHER,
            "Ouderlijk gezag": "Ouderlijk gezag gevraagd",
            "Wat is afgesproken over verblijf en contact?": "Hij vraagt het verblijf aan de familierechtbank.",
        },
    )
    press(page, "Bewaren")


def safe_contact(page: Page) -> None:
    about(page, MOTHER, "Contact")
    fill_in(
        page,
        {
            "Is deze manier veilig?": "Veilig",
            "Veilige tijden": "op werkdagen tussen 9 en 11 uur",
            "Mag een bericht nagelaten worden?": "Nee",
            "Soort": "Telefoon",
            "Nummer, adres of andere manier": "0470 00 11 22",
        },
    )
    press(page, "Bewaren")


def address(page: Page) -> None:
    about(page, MOTHER, "Adressen")
    fill_in(
        page,
        {
            "Soort adres": "Domicilie",
            "Straat en nummer": "Molenveld 12",
            "Postcode": "3500",
            "Gemeente": "Beekdorp",
        },
    )
    press(page, "Bewaren")


def children(page: Page) -> None:
    """Each child in its own right."""
    for child in KIDS:
        about(page, child, "Dit kind", "Invullen")
        fill_in(
            page,
            {
                "Hoe is dit kind blootgesteld aan het geweld?": "Was aanwezig",
                "School of opvang": "Basisschool De Regenboog",
                "Iemand die dit kind vertrouwt": "grootmoeder",
            },
        )
        press(page, "Bewaren")
    tell_about(page, OLDEST, "Eigen stem", "Hij wil niet naar zijn mama.")
    tell_about(page, OLDEST, "Signalen", "Plast in bed, raakt in paniek, kwam terug met een zonneslag.")
    tell_about(page, MIDDLE, "Signalen", "Gedragsproblemen op school: slaat andere kinderen.")


def tell_about(page: Page, child: str, heading: str, text: str) -> None:
    about(page, child, heading)
    fill_in(page, {"Wanneer?": days_ago(9), "Wie hoorde, zag of merkte het?": "zorgleerkracht", "Wat?": text})
    press(page, "Bewaren")


def services(page: Page) -> None:
    for name, kind, state, result in (
        ("Begeleiding aan huis", "Jeugdhulp", "Gestopt", "Geen inzicht, de feiten werden geminimaliseerd."),
        (
            "Schuldbemiddeling",
            "OCMW of lokaal bestuur",
            "Lopend",
            "Mevrouw is in collectieve schuldenregeling.",
        ),
    ):
        follow(page, "Dienst toevoegen")
        fill_in(
            page,
            {
                "Naam van de dienst": name,
                "Soort dienst": kind,
                "Hoe staat het ervoor?": state,
                "Hoe verliep het?": result,
            },
        )
        press(page, "Bewaren")
