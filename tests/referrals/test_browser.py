"""In a browser: a professional saves, leaves, resumes and submits; the coordinator refuses with a letter."""

import io

import pikepdf
from playwright.sync_api import Page, expect

from tests.referrals.test_guided import filled, step
from tests.story.browser import expect_kept, fill_in, follow, press, sign_in
from tests.story.building import KNOWN
from tests.story.family import days_ago, today
from tests.story.people import add_person
from wida.dossiers.models import Dossier
from wida.referrals.models import Inflow, Letter

REFERRER, COORDINATOR = "referrer.hospital-limburg", "coordinator.limburg"
MOTHER, FATHER = "Roos Hemelaer", "Bart Wijnants"
CRITERIA = (
    "Er is een verhoogd risico op herhaald intrafamiliaal geweld",
    "Intersectorale infodeling en een casusoverleg zijn nodig om de cirkel van geweld te doorbreken",
    "Een afgestemde aanpak van de kernpartners is nodig om de cirkel van geweld te doorbreken",
)
HALF = "Derde opname in een jaar, telkens met"
ADVICE = "Verwijs haar door naar het CAW, en bel ons als het opnieuw gebeurt."


def test_a_professional_saves_leaves_resumes_and_submits(house, page: Page, faults):
    sign_in(page, REFERRER)
    _begin(page)
    number = page.url.split("/")[4]
    expect(page.get_by_role("link", name="Bel 101")).to_have_attribute("href", "tel:101")
    fill_in(page, {"Was er acuut gevaar voor iemand?": "Nee", "Wat is er gedaan?": "Opgenomen op spoed."})
    press(page, "Bewaren en verder")
    fill_in(page, {"Telefoonnummer waarop het Veilig Huis u bereikt": "011 30 90 00"})
    press(page, "Bewaren en verder")
    add_person(page, MOTHER, "Rechtstreeks betrokkenen", "Vrouw", 31)
    expect(page.get_by_role("heading", name="Gezin", level=1)).to_be_visible()
    add_person(page, FATHER, "Rechtstreeks betrokkenen", "Man", 33)
    assert faults(page) == []
    press(page, "Bewaren en verder")
    _half_a_criterion(page)

    page.context.clear_cookies()
    page.goto("/accounts/login/")
    sign_in(page, REFERRER)
    follow(page.get_by_role("navigation", name="Hoofdmenu"), "Aanmeldingen")
    follow(page, number)
    follow(page.get_by_role("navigation", name="Stappen van de aanmelding"), "Criteria en inlichten")
    expect(page.get_by_label("Waarom? Noem feiten en data").first).to_have_value(HALF)
    expect_kept(page, {f"1. {CRITERIA[0]}": "Ja"})

    _criteria(page)
    for person in (MOTHER, FATHER):
        _informed(page, person)
    press(page, "Bewaren en verder")
    follow(page.get_by_role("navigation", name="Stappen van de aanmelding"), "Nakijken en indienen")
    expect(page.get_by_text("Schat het risico in")).to_be_visible()
    assert faults(page) == []
    follow(page.get_by_role("region", name="Nog in te vullen"), "Schat het risico in")
    _situation(page)
    follow(page.get_by_role("navigation", name="Stappen van de aanmelding"), "Nakijken en indienen")
    expect(page.get_by_text("Alles is ingevuld. Klopt het?")).to_be_visible()
    page.get_by_label("Ik vul dit in als professional").check()
    press(page, "Aanmelding indienen")

    row = Inflow.objects.get()
    expect(page.get_by_role("heading", name=row.receipt)).to_be_visible()
    assert faults(page) == []
    assert Dossier.objects.get(number=number).stage == "aangemeld"


def test_the_coordinator_refuses_with_a_letter_that_the_referrer_reads(house, page: Page, faults):
    dossier = filled()
    step(dossier, "check", {"declared": "on"})
    sign_in(page, COORDINATOR)
    follow(page.get_by_role("navigation", name="Hoofdmenu"), "Aanmeldingen")
    expect(page.get_by_role("heading", name="Wat binnenkwam")).to_be_visible()
    assert faults(page) == []
    follow(page, dossier.family_name)
    assert faults(page) == []
    follow(page, "Zelf opnemen")
    press(page, "Zelf opnemen")
    follow(page, "Aanmelding openen")
    follow(page, "Criteria nakijken")
    _answers(page, "Nee")
    fill_in(page, {"Het gezin rechtstreeks aanmelden bij de hulpverlening": "Ja, bij het CAW."})
    fill_in(page, {"Aansluiten bij hulp die al loopt": "Er loopt niets."})
    fill_in(page, {"Een traject in het Veilig Huis": "Niet nodig."})
    press(page, "Bewaren")
    follow(page, "Niet opnemen")
    fill_in(page, {"Waarom wordt deze aanmelding niet opgenomen?": "Voldoet niet aan de criteria"})
    fill_in(
        page, {"Advies aan de aanmelder": ADVICE, "Bij wie kan de aanmelder terecht?": "An, 011 00 00 00"}
    )
    press(page, "Brief nalezen")
    expect(page.get_by_role("article", name="Brief met advies")).to_contain_text(ADVICE)
    assert faults(page) == []
    page.get_by_label("Ik las de brief na.").check()
    press(page, "Goedkeuren en afsluiten")
    follow(page, "Brief met advies")
    fill_in(page, {"Verstuurd op": today()})
    press(page, "Als verstuurd aanduiden")
    expect(page.get_by_text(f"Verstuurd op {today()}")).to_be_visible()

    sign_in(page, REFERRER)
    follow(page.get_by_role("navigation", name="Hoofdmenu"), "Aanmeldingen")
    expect(page.get_by_text("Niet opgenomen, met advies")).to_be_visible()
    follow(page, dossier.number)
    follow(page, "Brief met advies lezen")
    expect(page.get_by_role("article", name="Brief met advies")).to_contain_text(ADVICE)
    with page.expect_download() as download:
        follow(page, "Downloaden als pdf")
    with open(download.value.path(), "rb") as file, pikepdf.open(io.BytesIO(file.read())) as pdf:
        assert str(pdf.Root.Lang) == "nl-BE"
    assert Letter.objects.get().sent_on is not None


def test_without_scripts_half_a_step_is_kept_too(house, page_without_scripts: Page):
    page = page_without_scripts
    sign_in(page, REFERRER)
    _begin(page)
    number = page.url.split("/")[4]
    page.goto(f"/dossiers/{number}/referral/steps/situation/")
    fill_in(page, {"De situatie in uw woorden": "Wat ik al weet."})
    press(page, "Toevoegen Geweldspatronen")
    page.goto(f"/dossiers/{number}/referral/steps/situation/")
    expect(page.get_by_label("De situatie in uw woorden")).to_have_value("Wat ik al weet.")
    page.goto(f"/dossiers/{number}/referral/steps/criteria/")
    _half_a_criterion(page)
    page.goto(f"/dossiers/{number}/referral/steps/criteria/")
    expect(page.get_by_label("Waarom? Noem feiten en data").first).to_have_value(HALF)


def _begin(page: Page) -> None:
    follow(page.get_by_role("navigation", name="Hoofdmenu"), "Aanmeldingen")
    follow(page, "Een gezin aanmelden")
    fill_in(page, {"Naam van het dossier": "Hemelaer - Wijnants", "Veilig Huis": "Limburg"})
    press(page, "Beginnen")
    expect(page.get_by_role("heading", name="Is er nu gevaar?", level=1)).to_be_visible()


def _half_a_criterion(page: Page) -> None:
    if "criteria" not in page.url:
        follow(page.get_by_role("navigation", name="Stappen van de aanmelding"), "Criteria en inlichten")
    fill_in(page, {f"1. {CRITERIA[0]}": "Ja"})
    page.get_by_label("Waarom? Noem feiten en data").first.fill(HALF)
    press(page, "Bewaren en later verdergaan")
    expect(page.get_by_text("Bewaard. U kunt verdergaan wanneer u wilt.")).to_be_visible()


def _answers(page: Page, answer: str) -> None:
    for place, criterion in enumerate(CRITERIA):
        fill_in(page, {f"{place + 1}. {criterion}": answer})
        page.get_by_label("Waarom? Noem feiten en data").nth(place).fill(f"Reden {place + 1}.")


def _criteria(page: Page) -> None:
    _answers(page, "Ja")
    press(page, "Bewaren en verder")
    expect(page.get_by_role("heading", name="Bijlagen", level=1)).to_be_visible()
    follow(page.get_by_role("navigation", name="Stappen van de aanmelding"), "Criteria en inlichten")


def _informed(page: Page, person: str) -> None:
    press(page, f"Invullen {person}")
    fill_in(
        page,
        {
            "Weet deze persoon van de aanmelding?": "Ingelicht",
            "Op welke dag is het verteld?": days_ago(1),
            "Door wie?": "de spoedarts",
        },
    )
    press(page, "Bewaren")
    expect(page.get_by_role("heading", name="Criteria en gezin inlichten", level=1)).to_be_visible()


def _situation(page: Page) -> None:
    fill_in(page, {"De situatie in uw woorden": "Ze komt voor de derde keer op spoed met kneuzingen."})
    press(page, "Toevoegen Risico- en beschermende factoren")
    fill_in(page, {"Datum van de inschatting": today()})
    for factor, (score, why) in list(KNOWN.items())[:2]:
        fill_in(page, {f"Voorbije 12 maanden {factor}": score, f"Motivering {factor}": why})
    fill_in(
        page,
        {
            "Hoe ernstig is het risico?": "Hoog",
            "Wanneer kan het misgaan?": "Dagen tot weken",
            "Motivering van het oordeel": "De opnames volgen elkaar op.",
        },
    )
    press(page, "Inschatting vastleggen")
    press(page, "Toevoegen Eerste weging")
    fill_in(
        page,
        {
            "Welke weging geeft het overleg?": "Rood",
            "Motivering": "Ernstig en het herhaalt zich.",
            "Datum van het overleg": today(),
            "Soort overleg": "Eerste weging bij dossieropbouw",
        },
    )
    press(page, "Weging vastleggen")
    expect(page.get_by_role("heading", name="Situatie en risico", level=1)).to_be_visible()
