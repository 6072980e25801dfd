"""Every part of the screens in a real browser: on a desk, a phone and a small phone, by keyboard, without scripts."""

import pytest
from django.test import Client

from wida.web.gallery import FRAMES, PAGES

WIDTHS = (1440, 390, 320)


@pytest.mark.parametrize(
    "address", [*(f"/web/gallery/{name}/" for name in PAGES), "/web/gallery/form/?faults"]
)
def test_nothing_is_out_of_reach_on_a_desk_or_a_phone(page, faults, address):
    assert page.goto(address).status == 200
    assert page.url.endswith(address)

    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        assert (width, faults(page, width)) == (width, [])
        assert (width, page.evaluate("document.documentElement.scrollWidth - innerWidth")) == (width, 0)


@pytest.mark.parametrize("name", ["help", "privacy", "accessibility", "shortcuts"])
def test_pages_about_wida_are_open_to_everybody(page, faults, name):
    page.set_viewport_size({"width": 320, "height": 900})

    assert page.goto(f"/web/{name}/").status == 200
    assert page.url.endswith(f"/web/{name}/")
    assert faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") == 0


def test_faults_are_read_first_and_lead_to_their_field(page):
    page.goto("/web/gallery/parts/?faults")

    assert page.title().startswith("Fout: ")
    assert page.evaluate("document.activeElement.id") == "error-summary"
    links = page.locator("#error-summary a")
    targets = [link.get_attribute("href") for link in links.all()]
    assert targets == ["#id_known_0", "#id_account", "#id_happened_on", "#id_seen_0", "#id_secrecy"]
    for target in targets:
        page.locator(f"#error-summary a[href='{target}']").click()
        assert page.evaluate("'#' + document.activeElement.id") == target


def test_every_wrong_control_says_so_and_tells_what_to_do(page):
    page.goto("/web/gallery/parts/?faults")

    last_words = """all => all.map(one => {
      const ids = one.getAttribute('aria-describedby').split(' ');
      return document.getElementById(ids.at(-1)).textContent.trim().replace('Fout: ', '');
    })"""
    assert (
        page.locator("[aria-invalid=true]").evaluate_all(last_words)
        == page.locator("#error-summary a").all_inner_texts()
    )


def test_tabs_hide_behind_one_button_on_a_phone(page):
    page.set_viewport_size({"width": 390, "height": 900})
    page.goto("/web/gallery/people/")
    button = page.get_by_role("button", name="Persoonsgegevens")
    tab = page.locator("#tab-list").get_by_role("link", name="Weging")

    assert not tab.is_visible()
    button.press("Enter")
    assert tab.is_visible()
    assert button.get_attribute("aria-expanded") == "true"
    button.press("Enter")
    assert not tab.is_visible()


def test_on_this_page_is_open_where_there_is_room(page):
    side = "details.on-page__box"
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto("/web/gallery/people/")

    assert page.locator(side).evaluate("side => side.open")
    page.set_viewport_size({"width": 390, "height": 900})
    page.locator(f"{side}:not([open])").wait_for(state="attached")
    page.locator(f"{side} > summary").press("Enter")
    assert page.get_by_role("link", name="Kinderen (3)").is_visible()


def test_without_scripts_everything_is_there(page_without_scripts):
    visitor = page_without_scripts
    visitor.set_viewport_size({"width": 390, "height": 900})
    for name in FRAMES:
        visitor.goto(f"/web/gallery/{name}/")
        assert visitor.locator("#tab-list a").count() == 10
        assert visitor.locator("#tab-list a").last.is_visible()
        assert not visitor.locator(".tabs__button").is_visible()


def test_first_tab_stop_leads_past_the_menus(page):
    page.goto("/web/gallery/people/")

    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"


def test_focus_is_never_hidden_behind_the_bar_of_phases(page):
    page.set_viewport_size({"width": 1440, "height": 700})
    page.goto("/web/gallery/people/")
    hidden = """() => {
      const bar = document.querySelector('.phases').getBoundingClientRect();
      const me = document.activeElement.getBoundingClientRect();
      return !document.activeElement.closest('.phases, .footer') && me.top >= bar.top && me.bottom <= bar.bottom;
    }"""

    for _step in range(45):
        page.keyboard.press("Tab")
        assert not page.evaluate(hidden), page.evaluate("document.activeElement.outerHTML")


def test_leaving_with_words_that_were_not_sent_asks_first(page):
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.goto("/web/gallery/form/")
    page.get_by_label("Waarom weegt u milder?").evaluate(
        "field => field.closest('.milder').classList.add('milder--always')"
    )

    page.get_by_label("Waarom weegt u milder?").fill("Sinds oktober gebeurde er niets meer.")
    page.goto("/web/help/")

    assert asked == ["beforeunload"]


def test_searching_while_writing_asks_first_too(page):
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    page.goto("/web/gallery/form/")
    page.locator("main form").evaluate(
        "form => form.insertAdjacentHTML('beforebegin', '<form><button>Zoek</button></form>')"
    )
    page.get_by_label("Datum van het overleg").fill("1/1/2026")

    page.get_by_role("button", name="Zoek").click()

    page.locator("main form").first.wait_for(state="attached")
    assert asked == ["beforeunload"]
    assert page.get_by_label("Datum van het overleg").input_value() == "1/1/2026"


def test_leaving_without_typing_asks_nothing(page):
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.goto("/web/gallery/form/")

    page.goto("/web/help/")

    assert asked == []


def test_print_leaves_out_what_only_a_screen_needs(page):
    page.goto("/web/gallery/people/")
    page.emulate_media(media="print")

    for part in (".tabs", ".on-page", ".phases", ".button", ".footer"):
        assert [element.is_visible() for element in page.locator(part).all()].count(True) == 0
        assert page.locator(part).count() > 0
    assert page.get_by_role("heading", name="Hanne Daems").is_visible()
    assert page.get_by_text("Bel alleen op werkdagen tussen 9 en 12 uur").first.is_visible()


@pytest.mark.django_db
def test_gallery_is_not_in_production(settings):
    settings.PRODUCTION = True

    assert Client().get("/web/gallery/").status_code == 404


@pytest.mark.django_db
def test_icons_are_drawn_on_the_page_and_silent():
    page = Client().get("/web/gallery/people/").content.decode()

    drawings = page.split('<svg aria-hidden="true"')[1:]
    assert len(drawings) > 20
    assert all('focusable="false"' in drawing.partition(">")[0] for drawing in drawings)
    assert "\n" not in drawings[0].partition("</svg>")[0]
