"""The front door in a browser: what a visitor gets before anybody knows who they are."""


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

    visitor.locator("main form button[type=submit]").click()

    assert visitor.url.endswith("/accounts/login/")
    assert visitor.locator("input[name=login]").input_value() == "nobody.nowhere"
    assert visitor.locator("input[name=password]").input_value() == ""
