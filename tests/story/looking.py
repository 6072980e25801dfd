"""What somebody looks at in a file: where it stands, what lacks, who gave no answer."""

from playwright.sync_api import Locator, Page, expect

from tests.story.browser import follow, sign_in
from tests.story.family import FAMILY


def enter(page: Page, login: str) -> None:
    """Signs in and opens the family's file."""
    sign_in(page, login)
    enter_from_list(page)


def enter_from_list(page: Page) -> None:
    page.get_by_role("navigation", name="Hoofdmenu").get_by_role("link", name="Dossiers").click()
    follow(page, FAMILY)


def stands(page: Page, phase: str, *, colour: str, status: str = "", manager: str = "Nog niemand") -> None:
    """What the head and the foot of every page of the file say."""
    expect(phases(page).locator("[aria-current=step]")).to_contain_text(phase)
    expect(fact(page, "Status")).to_have_text(status or phase)
    expect(fact(page, "Weging")).to_have_text(colour)
    if status != "Wachtperiode":
        expect(fact(page, "Casusregisseur")).to_have_text(manager)


def phases(page: Page) -> Locator:
    return page.get_by_role("region", name="Fasen van het dossier")


def point(page: Page) -> Locator:
    """What a point of a meeting still asks, at the foot of its page."""
    return page.get_by_role("region", name="Wat dit punt nog vraagt")


def fact(page: Page, name: str) -> Locator:
    pair = page.locator("dl > div").filter(has=page.get_by_role("term").get_by_text(name, exact=True))
    return pair.get_by_role("definition").first


def what_lacks(page: Page, step: str, points: list[str]) -> None:
    """The gap list of the overview, in words and in order."""
    follow(page, "Overzicht")
    box = page.get_by_role("region", name=f"Wat nog ontbreekt voor “{step}” {len(points)}")
    expect(box.get_by_role("listitem")).to_have_text(points)


def waiting(page: Page, lane: str) -> Locator:
    """The line of a partner that gave no answer."""
    return page.get_by_role("listitem").filter(has=page.get_by_role("heading", name=lane, exact=True))
