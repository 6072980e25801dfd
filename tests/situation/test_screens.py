"""The screens in a browser: without faults for who doesn't see or use a mouse, and without sideways scrolling."""

import pytest

from tests import cast
from tests.situation import story
from wida.demo.organisations import PASSWORD
from wida.situation.models import Incident

# What stands outside the window, by its own words.
STICKS_OUT = """() => document.documentElement.scrollWidth <= innerWidth ? [] :
  [...document.querySelectorAll("main *")].filter(part => part.getBoundingClientRect().right > innerWidth)
    .map(part => `${part.className}: ${part.textContent.trim().slice(0, 60)}`)"""


@pytest.fixture
def dossier(live_server, house):
    dossier = story.formed()
    caw = cast.signed_in("liaison.caw-limburg")
    for name, data, *args in (
        ("add_incident", story.incident(dossier, report_number="na te vragen")),
        (
            "add_incident",
            story.incident(
                dossier, begins_on="2019", precision="jaar", froms=[], children_present="onbekend"
            ),
        ),
        ("add_pattern", story.pattern(dossier)),
        ("add_measure", story.measure(dossier)),
        ("add_dynamic", story.dynamic(dossier)),
        ("add_danger", story.danger()),
        ("narrative", {"text": "Wat het CAW weet"}),
        ("inform", story.not_yet(wishes="Rust"), story.person(dossier, "Youri")),
    ):
        assert story.post(caw, name, dossier, data, *args).status_code == 303
    remark = {"kind": "betwist", "text": "Niet zo."}
    police = cast.signed_in("liaison.police-limburg")
    story.post(police, "add_remark", dossier, remark, "incidents", Incident.objects.first().pk)
    return dossier


def sign_in(page) -> None:
    page.goto("/accounts/login/")
    page.fill("input[name=login]", "liaison.caw-limburg")
    page.fill("input[name=password]", PASSWORD)
    page.click("main form button[type=submit]")
    page.wait_for_url("**/dossiers/**")


def test_no_screen_has_faults_or_scrolls_sideways(dossier, page, faults):
    sign_in(page)
    incident = Incident.objects.first()
    for address in (
        story.url("situation", dossier),
        story.url("incident", dossier, incident.pk),
        story.url("informed", dossier),
        story.url("withdrawn", dossier),
        story.url("add_incident", dossier),
        story.url("add_pattern", dossier),
        story.url("add_measure", dossier),
        story.url("add_dynamic", dossier),
        story.url("add_danger", dossier),
        story.url("narrative", dossier),
        story.url("inform", dossier, story.person(dossier, "Youri")),
        story.url("withdraw", dossier, "incidents", incident.pk),
    ):
        page.goto(address)
        for width in (1440, 320):
            page.set_viewport_size({"width": width, "height": 900})
            assert (width, faults(page)) == (width, []), address
            assert (width, page.evaluate(STICKS_OUT)) == (width, []), address


def test_a_form_asks_what_the_answer_before_asks(dossier, page):
    sign_in(page)
    page.goto(story.url("add_incident", dossier))
    end, time = page.locator("[name=ends_on]"), page.locator("[name=at]")

    assert not end.is_visible()
    assert not time.is_visible()
    page.check("[name=precision][value=dag]")
    assert (time.is_visible(), end.is_visible()) == (True, False)
    page.check("[name=precision][value=periode]")
    assert (time.is_visible(), end.is_visible()) == (False, True)


def test_who_was_informed_is_filled_in_without_scripts(dossier, page_without_scripts):
    page = page_without_scripts
    sign_in(page)
    page.goto(story.url("informed", dossier))

    page.locator("li", has_text="Kelly Bosteels").get_by_role("link", name="Invullen").click()
    page.check("[name=state][value=geinformeerd]")
    page.fill("[name=on]", story.day(-2))
    page.fill("[name=by_whom]", "Lotte van het CAW")
    page.locator("main form button[type=submit]").first.click()

    assert page.url.endswith("/situation/#informed")
    assert "Lotte van het CAW" in page.locator(".knowing li", has_text="Kelly Bosteels").inner_text()


def test_the_filter_works_without_scripts(dossier, page_without_scripts):
    page = page_without_scripts
    sign_in(page)
    page.goto(story.url("situation", dossier))

    page.select_option("[name=person]", label="Youri Aerdman")
    page.get_by_role("button", name="Tonen").click()

    assert page.locator(".chronology__item").count() == 1
    assert "1 feit van 2" in page.locator("main").inner_text()
