"""A police report is attached by one organisation and read by another."""

from pathlib import Path

from playwright.sync_api import Page, expect

from tests.story.browser import fill_in, follow, open_tab, press

REPORT = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def upload(page: Page, folder: Path) -> None:
    report = folder / "pv-overzicht.pdf"
    report.write_bytes(REPORT)
    open_tab(page, "Bijlagen")
    follow(page, "Bijlage toevoegen")
    page.get_by_label("Bestand").set_input_files(report)
    fill_in(
        page, {"Wat voor document is het?": "Proces-verbaal", "Korte omschrijving": "Overzicht van de feiten"}
    )
    press(page, "Bijlage toevoegen")
    expect(page.get_by_role("link", name=report.name, exact=True)).to_be_visible()


def download(page: Page) -> tuple[str, bytes]:
    """What another organisation receives: the name and the content."""
    open_tab(page, "Bijlagen")
    with page.expect_download() as coming:
        follow(page, "pv-overzicht.pdf")
    return coming.value.suggested_filename, Path(coming.value.path()).read_bytes()
