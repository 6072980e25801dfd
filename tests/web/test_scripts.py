"""The comforts that need a script, for somebody at work in a dossier. Each works in a plainer way without it."""

import pytest

from tests import cast
from wida.attachments.models import Attachment
from wida.audit.models import Event
from wida.demo.organisations import PASSWORD


@pytest.fixture
def dossier(page, house):
    """A dossier, and the partner who made it signed in."""
    dossier = cast.new_dossier(by="liaison.caw-limburg")
    page.goto("/accounts/login/")
    page.locator("[name=login]").fill("liaison.caw-limburg")
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_url("**/dossiers/")
    return dossier


def test_search_and_menu_by_keyboard(page, dossier):
    menu, sign_out = page.locator("details.menu > summary"), page.get_by_role("button", name="Afmelden")

    page.keyboard.press("Control+k")
    assert page.evaluate("document.activeElement.id") == "search"

    menu.press("Enter")
    assert sign_out.is_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    assert not sign_out.is_visible()
    assert menu.evaluate("summary => summary === document.activeElement")

    menu.press("Enter")
    page.locator("#search").focus()
    assert not sign_out.is_visible()


def test_file_is_sent_once_and_its_page_is_looked_at_once(page, dossier):
    page.goto(f"/dossiers/{dossier.number}/attachments/add/")
    page.locator("input[type=file]").set_input_files(
        {"name": "verslag.txt", "mimeType": "text/plain", "buffer": b"Drie gesprekken, telkens met Noa.\n"}
    )
    page.locator("main select").select_option(index=1)

    page.locator("main form button[type=submit]").first.click()

    page.wait_for_url(f"**/dossiers/{dossier.number}/attachments/")
    page.get_by_text("verslag.txt", exact=True).first.wait_for()
    assert Attachment.objects.count() == 1
    assert Event.objects.filter(action="read", detail="attachments").count() == 1
    page.go_back()
    page.locator("input[type=file]").wait_for()
    assert page.url.endswith("/attachments/add/")


def test_file_that_is_refused_leads_to_the_fault(page, dossier):
    page.goto(f"/dossiers/{dossier.number}/attachments/add/")
    page.locator("input[type=file]").set_input_files(
        {"name": "program.exe", "mimeType": "application/octet-stream", "buffer": b"MZ\x00\x00" * 64}
    )

    page.locator("main form button[type=submit]").first.click()

    page.locator("#error-summary").wait_for()
    assert page.title().startswith("Fout: ")
    assert page.evaluate("document.activeElement.id") == "error-summary"
    assert Attachment.objects.count() == 0
