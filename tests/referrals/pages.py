"""What a page says, read from its HTML as a browser would."""

import html
import re


def text(page) -> str:
    return html.unescape(page.content.decode())


def wrong(page) -> list[str]:
    """The fields that the error summary leads to, in its order."""
    summary = re.search(r'<div class="error-summary".*?</div>', text(page), re.DOTALL)
    anchors = re.findall(r'href="#id_([a-z_]+?)(?:_\d+)?"', summary[0]) if summary else []
    return list(dict.fromkeys(anchors))


def fault(page, field: str) -> str:
    """The sentence that stands with a field."""
    found = re.search(
        rf'id="id_{field}_error">.*?<span class="hidden">[^<]*</span>(.*?)</span>', text(page), re.DOTALL
    )
    return found[1].strip() if found else ""


def value(page, field: str) -> str:
    """What stands in a box, or travels unseen where two answers are compared."""
    box = re.search(rf'name="{field}"(?: id="id_{field}")?[^>]*? value="([^"]*)"', text(page))
    area = re.search(rf'<textarea[^>]*name="{field}"[^>]*>\n(.*?)</textarea>', text(page), re.DOTALL)
    return (box or area)[1]


def chosen(page, field: str) -> list[str]:
    """The ticked answers of a choice."""
    return [tag[1] for tag in _options(page, field) if " checked" in tag[0] or 'type="hidden"' in tag[0]]


def offered(page, field: str) -> list[str]:
    return [tag[1] for tag in _options(page, field)]


def _options(page, field: str):
    tags = re.findall(rf'<input type="(?:radio|checkbox|hidden)" name="{field}"[^>]*>', text(page))
    return [(tag, re.search(r'value="([^"]*)"', tag)[1]) for tag in tags]
