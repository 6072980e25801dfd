"""In a browser, by keyboard alone: a consult is noted, warned of, looked over, and saved."""

from playwright.sync_api import Page, expect

from tests.story.browser import fill_in, follow, press, sign_in
from wida.consults.models import Consult

ADVICE = "Lees samen artikel 458ter na (COL 85.07.30-000.00), en bel 1712."


def test_a_consult_is_warned_of_and_saved_once_it_was_looked_at(house, page: Page, faults):
    sign_in(page, "psychologist.limburg")
    follow(page.get_by_role("navigation", name="Hoofdmenu"), "Consulten")
    expect(page.get_by_role("heading", name="Anonieme consulten", level=1)).to_be_visible()
    follow(page, "Consult noteren")
    fill_in(page, {"Wat voor professional vroeg het?": "Ziekenhuis", "Waarover ging het?": "Partnergeweld"})
    fill_in(
        page, {"De vraag": "Mag ik dit melden?", "Het advies": ADVICE, "Hoeveel minuten duurde het?": "15"}
    )
    assert faults(page) == []
    press(page, "Bewaren")

    expect(page.get_by_role("alert")).to_contain_text(
        "Het advies, regel 1: een rijksregisternummer “85.07.30-000.00”"
    )
    expect(page.get_by_label("Het advies")).to_have_value(ADVICE)
    assert faults(page) == []
    tick = page.get_by_label("Ik las dit na: niemand is eraan te herkennen")
    tick.focus()
    page.keyboard.press("Space")
    expect(tick).to_be_checked()
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Bewaren", exact=True)).to_be_focused()
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", name="Anonieme consulten", level=1)).to_be_visible()
    assert faults(page) == []
    follow(page, "Partnergeweld")
    expect(page.get_by_text(ADVICE)).to_be_visible()
    assert faults(page) == []
    assert Consult.objects.get().confirmed == "rijksregisternummer"
    follow(page.get_by_role("main"), "Terug naar de consulten")
    follow(page, "Groepen")
    expect(page.get_by_text("0 sessies")).to_be_visible()
    assert faults(page) == []
