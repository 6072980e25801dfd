"""The tab and its forms as somebody uses them: by mouse, without scripts, and judged by axe-core."""

import pytest
from django.conf import settings

from tests import cast
from tests.people.family import (
    COORDINATOR,
    address,
    browser,
    contact,
    home,
    post,
    protected,
    relation,
    roof,
    somebody,
)
from wida.dossiers.codes import Stage
from wida.people import queries


@pytest.fixture
def dossier(transactional_db, house):
    dossier = cast.at(cast.new_dossier(), Stage.FORMING)
    kelly, noa = somebody(dossier, "Kelly"), somebody(dossier, "Noa")
    post(COORDINATOR, "add_contact", dossier, kelly.pk, data=contact(safe_times="from 9 to 12"))
    post(
        COORDINATOR, "add_contact", dossier, kelly.pk, data=contact(safe="niet_veilig", value="0470 99 99 99")
    )
    post(COORDINATOR, "add_address", dossier, kelly.pk, data=protected())
    post(COORDINATOR, "add_address", dossier, somebody(dossier, "Youri").pk, data=home(street="Kapelweg 10"))
    post(COORDINATOR, "add_relation", dossier, data=relation(kelly, "ouder", noa))
    post(COORDINATOR, "add_household", dossier, data=roof(kelly, noa))
    post(COORDINATOR, "edit_panel", dossier, noa.pk, data={"exposure": "hoort_merkt", "school": "De Linde"})
    post(COORDINATOR, "add_service", dossier, data={"name": "CAW", "kind": "caw", "state": "lopend"})
    return dossier


def sign_in(page, login):
    cookie = browser(login).cookies[settings.SESSION_COOKIE_NAME]
    page.context.add_cookies(
        [{"name": settings.SESSION_COOKIE_NAME, "value": cookie.value, "url": page.url_of_site}]
    )


@pytest.fixture
def visitor(page, live_server):
    page.url_of_site = live_server.url
    return page


def test_the_tab_has_no_faults_with_everything_open(visitor, dossier, faults):
    sign_in(visitor, COORDINATOR)
    visitor.goto(address("people", dossier))
    while (closed := visitor.locator("main details:not([open]) > summary")).count():
        closed.first.click()

    assert faults(visitor) == []
    for width in (1440, 390, 320):
        visitor.set_viewport_size({"width": width, "height": 900})
        assert visitor.evaluate("document.documentElement.scrollWidth") <= width


def test_each_form_has_no_faults_before_and_after_a_mistake(visitor, dossier, faults):
    kelly, noa = somebody(dossier, "Kelly"), somebody(dossier, "Noa")
    sign_in(visitor, COORDINATOR)
    for form in (
        address("add_person", dossier),
        address("add_contact", dossier, kelly.pk),
        address("add_address", dossier, kelly.pk),
        address("add_relation", dossier),
        address("add_household", dossier),
        address("add_custody", dossier),
        address("edit_panel", dossier, noa.pk),
        address("add_note", dossier, noa.pk),
        address("add_service", dossier),
        address("withdraw", dossier, "person", kelly.pk),
        address("history", dossier, kelly.pk),
    ):
        visitor.goto(form)
        assert (form, faults(visitor)) == (form, [])
        if visitor.locator("main form button[type=submit]").count() and "panel" not in form:
            visitor.locator("main form button[type=submit]").first.click()
            assert visitor.locator("#error-summary").count() == 1
            assert (form, faults(visitor)) == (form, [])


def test_a_doubtful_number_is_confirmed_without_scripts(page_without_scripts, live_server, dossier):
    visitor = page_without_scripts
    visitor.url_of_site = live_server.url
    sign_in(visitor, COORDINATOR)
    visitor.goto(live_server.url + address("people", dossier))
    visitor.get_by_role("link", name="Add a child").click()
    visitor.get_by_label("First name").fill("Stef")
    visitor.get_by_role("textbox", name="Family name").fill("Aerdman")
    visitor.get_by_label("Man", exact=True).check()
    visitor.get_by_label("National register number").fill("21.05.06-000.00")
    visitor.get_by_role("button", name="Save", exact=True).click()

    assert visitor.get_by_label("First name").input_value() == "Stef"
    visitor.get_by_label("Save anyway: I checked this").check()
    visitor.get_by_role("button", name="Save", exact=True).click()

    assert visitor.get_by_role("heading", name="Stef Aerdman").count() == 1
    assert [row.label for row in queries.names(dossier)].count("Stef Aerdman") == 1
