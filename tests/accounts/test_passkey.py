"""A passkey in a real browser, with the authenticator that Chromium itself plays, under the security policy."""

from django.urls import reverse
from playwright.sync_api import expect

from wida.demo.organisations import PASSWORD

LOGIN = "liaison.caw-limburg"


def sign_in(page, address: str) -> None:
    page.goto(address + reverse("accounts:login"))
    page.get_by_label("Gebruikersnaam").fill(LOGIN)
    page.get_by_label("Wachtwoord").fill(PASSWORD)
    page.get_by_role("button", name="Aanmelden", exact=True).click()


def test_a_passkey_is_made_and_opens_the_door(transactional_db, house, page, live_server, faults):
    address = live_server.url.replace("127.0.0.1", "localhost")  # a passkey belongs to a name
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    authenticator = devtools.send(
        "WebAuthn.addVirtualAuthenticator",
        {"options": {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True,
                     "hasUserVerification": True, "isUserVerified": True, "automaticPresenceSimulation": True}},
    )["authenticatorId"]  # fmt: skip

    sign_in(page, address)
    expect(page).to_have_url(address + reverse("dossiers:list"))
    page.goto(address + reverse("accounts:add_passkey"))
    page.get_by_label("Naam van deze toegangssleutel").fill("laptop")
    assert faults(page) == []
    page.get_by_role("button", name="Maak een toegangssleutel").click()
    expect(page).to_have_url(address + reverse("accounts:recovery_codes"))
    page.context.clear_cookies()
    sign_in(page, address)
    expect(page).to_have_url(address + reverse("accounts:second_factor"))
    assert faults(page) == []
    page.get_by_role("button", name="Gebruik uw toegangssleutel").click()
    expect(page).to_have_url(address + reverse("dossiers:list"))

    # A device that doesn't verify its owner proves nothing.
    page.context.clear_cookies()
    devtools.send("WebAuthn.setUserVerified", {"authenticatorId": authenticator, "isUserVerified": False})
    sign_in(page, address)
    page.get_by_role("button", name="Gebruik uw toegangssleutel").click()
    expect(page.get_by_role("alert")).to_contain_text("Deze code klopt niet")
