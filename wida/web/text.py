"""The little Markdown that long texts may hold, turned into HTML that can do no harm."""

from urllib.parse import urlsplit

import nh3
from markdown_it import MarkdownIt
from markupsafe import Markup

SCHEMES = {"http", "https", "mailto", "tel"}
TAGS = {"p", "br", "ul", "ol", "li", "strong", "em", "a"}
ATTRIBUTES = {"*": set(), "a": {"href"}, "ol": {"start"}}  # nh3 would let `title` and `lang` through


def render(value: str | None) -> Markup:
    """Paragraphs, lists, bold and links of a text somebody typed; everything else stays visible as it was typed."""
    if not value:
        return Markup("")
    html = nh3.clean(
        _markdown.render(value),
        tags=TAGS,
        attributes=ATTRIBUTES,
        url_schemes=SCHEMES,
        link_rel="noopener noreferrer nofollow",
    )
    return Markup(html)  # noqa: S704 - cleaned on the line above


def _reader() -> MarkdownIt:
    # "zero" knows nothing: each rule is switched on by name. `breaks` keeps the lines as they were typed.
    reader = MarkdownIt("zero", {"breaks": True, "html": False}).enable(
        ["list", "emphasis", "link", "newline", "escape"]
    )
    reader.validateLink = _is_allowed  # type: ignore[method-assign]
    return reader


def _is_allowed(address: str) -> bool:
    """Only full addresses: a relative link in a text would point into WIDA itself."""
    try:
        return urlsplit(address.strip()).scheme.lower() in SCHEMES
    except ValueError:
        return False


_markdown = _reader()
