"""Pages on paper: the templates of the house as a PDF that a screen reader reads in order.

Nothing is fetched while one is made: a text that names an address elsewhere can't make this server call it.
"""

from functools import lru_cache
from pathlib import Path

from django.template.loader import render_to_string

SHEET = Path(__file__).parent / "static" / "web" / "paper.css"


class NoPaper(Exception):
    """The system libraries that draw text (Pango) are not there; `bin/need-pango` says what to install."""


def pdf(template: str, context: dict) -> bytes:
    """A tagged PDF (pdf/ua-1) with the language and title of its template. Raises `NoPaper`."""
    weasyprint = _engine()
    return weasyprint.HTML(string=render_to_string(template, context), url_fetcher=_nothing).write_pdf(
        stylesheets=[weasyprint.CSS(string=SHEET.read_text(encoding="utf-8"), url_fetcher=_nothing)],
        pdf_variant="pdf/ua-1",
    )


@lru_cache(maxsize=1)
def _engine():
    """Loaded when the first page is printed: it takes a second, and needs libraries that a server may lack."""
    try:
        import weasyprint
    except OSError as fault:
        raise NoPaper from fault
    return weasyprint


def _nothing(url: str, *_more, **_also):
    raise ValueError("a page on paper fetches nothing")
