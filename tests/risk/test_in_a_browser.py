"""The room's screens in a browser: accessible, and whole without JavaScript."""

import pytest

from tests import cast
from tests.risk.assessing import HOUSE, POLICE, WELFARE, assessed, shared, told, url, weighed
from wida.demo.organisations import PASSWORD
from wida.risk.codes import CODES
from wida.risk.models import Assessment

SCREENS = ("risk", "weighing", "add_assessment", "add_weighing", "add_signal", "add_instrument")


@pytest.fixture
def living(transactional_db):
    """A dossier in which two lanes differ and a signal is open, seen by the server of the browser."""
    from wida.records.sealing import keyring

    with keyring(trusted=True):
        cast.organisations()
        dossier = shared()
        assessed(POLICE, dossier, ago=9, middelen="aanwezig", geweld_keel="vermoeden")
        assessed(WELFARE, dossier, ago=2, middelen="afwezig", escalatie="aanwezig")
        told(WELFARE, dossier)
        weighed(HOUSE, dossier, ago=5)
        yield dossier


def sign_in(page, login: str) -> None:
    page.goto("/accounts/login/")
    page.fill("[name=login]", login)
    page.fill("[name=password]", PASSWORD)
    page.press("[name=password]", "Enter")
    page.wait_for_url(lambda address: "/login" not in address)


def test_the_screens_have_no_fault_and_never_scroll_sideways(page, living, faults):
    sign_in(page, HOUSE)

    for name in SCREENS:
        page.goto(url(name, living))
        for width in (1440, 390, 320):
            page.set_viewport_size({"width": width, "height": 900})
            assert (width, faults(page, width)) == (width, []), name
            assert page.evaluate("document.documentElement.scrollWidth") <= width, name


def test_the_long_form_works_without_javascript(page_without_scripts, living):
    page = page_without_scripts
    sign_in(page, POLICE)
    page.goto(url("add_assessment", living))

    page.check("[name=middelen-present][value=afwezig]")
    page.fill("[name=middelen-motivation]", "Zes negatieve tests op rij.")
    page.click(".form__end button")
    assert page.locator("#error-summary li").count() == len(CODES) - 1
    assert page.input_value("[name=middelen-motivation]") == "Zes negatieve tests op rij."

    page.check("[name=rest_not_reviewed]")
    page.click(".form__end button")

    assert page.url.endswith("/risk/")
    assert "Zes negatieve tests op rij." in page.inner_text("#factor-middelen")
    assert Assessment.objects.filter(version=2).count() == 1


def test_the_milder_question_comes_with_the_milder_colour(page, living):
    sign_in(page, HOUSE)
    page.goto(url("add_weighing", living))
    assert not page.is_visible("[name=why_milder]")

    page.check("[name=colour][value=oranje]")
    assert page.is_visible("[name=why_milder]")
    page.check("[name=colour][value=rood]")
    assert not page.is_visible("[name=why_milder]")
