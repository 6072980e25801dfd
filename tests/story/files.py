"""A police report is attached by one organisation and read by another."""

from pathlib import Path

from playwright.sync_api import Page, expect

from tests.jobs import run_all
from tests.story.browser import fill_in, follow, open_tab, press

# Plain text, which members get as it was brought.
REPORT = b"Overzicht van de feiten: drie interventies in september."


def upload(page: Page, folder: Path) -> None:
    report = folder / "pv-overzicht.txt"
    report.write_bytes(REPORT)
    open_tab(page, "Bijlagen")
    follow(page, "Bijlage toevoegen")
    page.get_by_label("Bestand").set_input_files(report)
    fill_in(
        page, {"Wat voor document is het?": "Proces-verbaal", "Korte omschrijving": "Overzicht van de feiten"}
    )
    press(page, "Bijlage toevoegen")
    expect(page.get_by_text("wordt nagekeken")).to_be_visible()
    run_all()
    page.reload()
    expect(page.get_by_role("link", name=report.name, exact=True)).to_be_visible()


def download(page: Page) -> tuple[str, bytes]:
    """What another organisation receives: the name and the content."""
    open_tab(page, "Bijlagen")
    with page.expect_download() as coming:
        follow(page, "pv-overzicht.txt")
    return coming.value.suggested_filename, Path(coming.value.path()).read_bytes()
