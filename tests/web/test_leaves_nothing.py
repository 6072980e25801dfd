"""After a day's work in a browser nothing of a family is left in it: not in any store, nor in what goes back."""

import pytest
from django.conf import settings
from django.urls import reverse
from playwright.sync_api import expect

from tests import cast
from tests.drafts.typing import narrative
from wida.dossiers.codes import Stage

CAW = "liaison.caw-limburg"
TYPED = "Ze sliep die nacht bij haar zus Gudrun."
FAMILY = ("Bosteels", "Aerdman", "Kelly", "Gudrun", "zus")
# Everything that a page can leave behind, as one text.
STORES = """async () => {
  const kept = { local: {...localStorage}, session: {...sessionStorage}, cookies: document.cookie };
  kept.window = window.name;
  kept.databases = await indexedDB.databases();
  kept.caches = [];
  for (const name of await caches.keys()) {
    for (const request of await (await caches.open(name)).keys()) kept.caches.push([name, request.url]);
  }
  kept.workers = (await navigator.serviceWorker.getRegistrations()).length;
  return JSON.stringify(kept);
}"""
EMPTY = '{"local":{},"session":{},"cookies":"","window":"","databases":[],"caches":[],"workers":0}'


@pytest.mark.django_db(transaction=True)
def test_nothing_of_the_day_stays_in_the_browser(transactional_db, house, page):
    dossier = cast.at(cast.new_dossier(), Stage.EXECUTION)
    session = cast.signed_in(CAW).cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies(
        [
            {
                "name": settings.SESSION_COOKIE_NAME,
                "value": session,
                "path": "/",
                "domain": "localhost",
                "httpOnly": True,
            }
        ]
    )
    for name in ("people:people", "situation:situation", "risk:risk", "plans:plan", "dossiers:overview"):
        page.goto(reverse(name, args=[dossier.number]))
    expect(page.get_by_text("Bosteels").first).to_be_visible()
    page.goto(narrative(dossier))
    page.locator("#id_text").press_sequentially(TYPED)
    expect(page.locator("[data-saved]")).to_contain_text("Concept bewaard")

    # While signed in the stores are empty too, and no cookie holds a word.
    assert page.evaluate(STORES) == EMPTY

    page.goto(reverse("dossiers:tasks"))
    page.evaluate("document.querySelector('form[action$=\"/logout/\"]').requestSubmit()")
    page.wait_for_url("**/accounts/login/**")

    assert page.evaluate(STORES) == EMPTY
    state = page.context.storage_state(indexed_db=True)
    assert [word for word in FAMILY if word in str(state)] == []
    assert session not in str(state)
    # Going back asks to sign in: the page of before isn't shown from memory.
    page.go_back()
    page.wait_for_url("**/accounts/login/**")
    assert [word for word in FAMILY if word in page.content()] == []
