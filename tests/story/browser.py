"""A person at a browser: whatever is used is found by what it is called on the screen."""

import re
from weakref import WeakKeyDictionary

from playwright.sync_api import Locator, Page, expect

from wida.demo.organisations import PASSWORD

# The cookies of each desk.
DESKS: WeakKeyDictionary[Page, dict[str, list]] = WeakKeyDictionary()

# In place of an element: the kind of control that stands under a label.
KIND = """one => one.matches('fieldset') ? 'group' : one.matches('select') ? 'pick'
  : one.type === 'checkbox' ? 'tick' : 'text'"""


def sign_in(page: Page, login: str) -> None:
    """Sits down at somebody's desk: who was there before is still signed in."""
    desks = DESKS.setdefault(page, {})
    page.context.clear_cookies()
    if login in desks:
        page.context.add_cookies(desks[login])
        page.goto("/dossiers/")
    else:
        page.goto("/accounts/login/")
        fill_in(page, {"Gebruikersnaam": login, "Wachtwoord": PASSWORD})
        press(page, "Aanmelden")
    expect(page.get_by_role("heading", name="Dossiers", level=1)).to_be_visible()
    desks[login] = page.context.cookies()


def fill_in(place: Page | Locator, answers: dict[str, str | list[str] | bool]) -> None:
    """Answers the questions of a form, in order: types, ticks, or chooses what bears the given words."""
    for question, given in answers.items():
        kind, control = _found(place, question)
        if kind == "tick":
            control.set_checked(given)
        elif kind == "pick":
            control.select_option(label=given)
        elif kind == "text":
            control.fill(given)
        else:
            for answer in [given] if isinstance(given, str) else given:
                option_of(control, answer).check()


def expect_kept(place: Page | Locator, answers: dict[str, str | list[str] | bool]) -> None:
    """Everything that was answered still stands in the form."""
    for question, given in answers.items():
        kind, control = _found(place, question)
        if kind == "tick":
            expect(control).to_be_checked(checked=given)
        elif kind == "pick":
            expect(control.locator("option:checked")).to_have_text(given)
        elif kind == "text":
            expect(control).to_have_value(given)
        else:
            for answer in [given] if isinstance(given, str) else given:
                expect(option_of(control, answer)).to_be_checked()


def question_of(place: Page | Locator, question: str) -> Locator:
    """The control under a label, or the group of answers under a question."""
    return place.get_by_label(_asked(question)).or_(_group(place, question))


def option_of(group: Locator, answer: str) -> Locator:
    """One answer of a group, whatever explanation stands under it."""
    name = re.compile(rf"^{re.escape(answer)}(\s.*)?$", re.DOTALL)
    return group.get_by_role("radio", name=name).or_(group.get_by_role("checkbox", name=name))


def _found(place: Page | Locator, question: str) -> tuple[str, Locator]:
    kind = question_of(place, question).evaluate(KIND)
    return kind, _group(place, question) if kind == "group" else place.get_by_label(_asked(question))


def _group(place: Page | Locator, question: str) -> Locator:
    name = _asked(question)
    return place.get_by_role("group", name=name).or_(place.get_by_role("radiogroup", name=name))


def _asked(question: str) -> re.Pattern:
    return re.compile(rf"^\s*{re.escape(question)}( \(niet verplicht\))?\s*$")


def press(place: Page | Locator, button: str) -> None:
    place.get_by_role("button", name=button, exact=True).click()


def follow(place: Page | Locator, link: str) -> None:
    """The same link may stand at the head of a page and where something is still empty: takes the first."""
    place.get_by_role("link", name=link, exact=True).first.click()


def open_tab(page: Page, tab: str) -> None:
    follow(page.get_by_role("navigation", name="Onderdelen van het dossier"), tab)


def open_tasks(page: Page) -> None:
    """What waits for whoever is signed in; the number beside the word changes."""
    page.get_by_role("navigation", name="Hoofdmenu").get_by_role("link", name="Taken").click()


def part(page: Page, title: str) -> Locator:
    """The part of a page under a heading."""
    return page.get_by_role("region", name=title, exact=True)
