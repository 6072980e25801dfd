"""The front door in a browser: what a visitor gets before anybody knows who they are."""

import pytest
from django.test import Client


def test_sign_in_page_opens_in_dutch_without_faults(page, faults):
    page.goto("/")

    assert page.url.split("?")[0].endswith("/accounts/login/")
    assert page.locator("html").get_attribute("lang").startswith("nl")
    assert page.locator("input[name=login]").is_visible()
    assert page.locator("input[name=password]").get_attribute("type") == "password"
    assert faults(page) == []


def test_sign_in_page_works_without_scripts(page_without_scripts):
    visitor = page_without_scripts
    visitor.goto("/accounts/login/")
    visitor.locator("input[name=login]").fill("nobody.nowhere")
    visitor.locator("input[name=password]").fill("not the password")

    visitor.locator("main form button[type=submit]").first.click()

    assert visitor.url.endswith("/accounts/login/")
    assert visitor.locator("input[name=login]").input_value() == "nobody.nowhere"
    assert visitor.locator("input[name=password]").input_value() == ""


@pytest.mark.django_db
def test_form_without_its_token_gets_our_own_page():
    visitor = Client(enforce_csrf_checks=True)

    response = visitor.post("/accounts/login/", {"login": "nobody.nowhere", "password": "x"})

    assert response.status_code == 403
    page = response.content.decode()
    assert 'lang="nl' in page
    assert "<style" not in page  # Django's own page has one, which our policy refuses


@pytest.mark.django_db
def test_host_that_is_not_ours_is_refused(client):
    response = client.get("/accounts/login/", headers={"host": "elsewhere.example"})

    assert response.status_code == 400
    assert "elsewhere.example" not in response.content.decode()
