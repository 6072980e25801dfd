"""A page as a visitor meets it: where its links lead, and what its forms ask."""

import re
from html import unescape
from html.parser import HTMLParser
from typing import NamedTuple
from urllib.parse import urldefrag, urljoin

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}


class Field(NamedTuple):
    """One control; `value` is what it would send now (None: nothing), `options` what it offers."""

    name: str
    kind: str
    value: str | None
    options: tuple[str, ...] = ()
    numeric: bool = False


class Form(NamedTuple):
    action: str
    method: str
    fields: tuple[Field, ...]

    def sent(self) -> dict[str, list[str]]:
        """What a browser would send when nothing is touched."""
        data: dict[str, list[str]] = {}
        for field in self.fields:
            if field.value is not None and field.kind not in ("submit", "file"):
                data.setdefault(field.name, []).append(field.value)
        return data


class Page(HTMLParser):
    """`links` without fragments, `forms`, and `texts`: (text, elements around it), in the order of the page."""

    def __init__(self, answer):
        super().__init__()
        self.address = answer.request["PATH_INFO"]
        self.answer = answer
        self.links: list[str] = []
        self.forms: list[Form] = []
        self.texts: list[tuple[str, tuple[str, ...]]] = []
        self.stack: list[tuple[str, dict]] = []
        self._select: list | None = None
        self._textarea: list | None = None
        self.feed(answer.content.decode())

    def handle_starttag(self, tag, pairs):
        attrs = dict(pairs)
        if tag not in VOID:
            self.stack.append((tag, attrs))
        begin = getattr(self, f"_begin_{tag}", None)
        if begin:
            begin(attrs)
        if tag in ("input", "button") and "name" in attrs:
            self._control(tag, attrs)
        for name in ("aria-label", "placeholder", "title", "alt"):
            if attrs.get(name):
                self.texts.append((attrs[name], tuple(element for element, _ in self.stack)))

    def _begin_a(self, attrs):
        if "href" in attrs:
            self.links.append(urldefrag(urljoin(self.address, attrs["href"]))[0])

    def _begin_form(self, attrs):
        action = urldefrag(urljoin(self.address, attrs.get("action", "")))[0]
        self.forms.append(Form(action, attrs.get("method", "get"), ()))

    def _begin_select(self, attrs):
        self._select = [attrs["name"], [], None]

    def _begin_option(self, attrs):
        if self._select:
            self._select[1].append(attrs.get("value", ""))
            if "selected" in attrs:
                self._select[2] = attrs["value"]

    def _begin_textarea(self, attrs):
        self._textarea = [attrs["name"], ""]

    def handle_endtag(self, tag):
        if tag in VOID:
            return
        while self.stack and self.stack.pop()[0] != tag:
            pass
        if tag == "select" and self._select:
            name, options, chosen = self._select
            self._add(Field(name, "select", chosen or (options[0] if options else None), tuple(options)))
            self._select = None
        elif tag == "textarea" and self._textarea:
            name, text = self._textarea
            self._add(Field(name, "textarea", text.removeprefix("\n")))
            self._textarea = None

    def handle_data(self, text):
        if self._textarea:
            self._textarea[1] += text
        elif text.strip():
            self.texts.append((" ".join(text.split()), tuple(element for element, _ in self.stack)))

    def _control(self, tag, attrs):
        kind = "submit" if tag == "button" else attrs.get("type", "text")
        value = attrs.get("value", "on" if kind in ("checkbox", "radio") else "")
        sent = None if kind in ("checkbox", "radio") and "checked" not in attrs else value
        self._add(Field(attrs["name"], kind, sent, (value,), attrs.get("inputmode") == "numeric"))

    def _add(self, field: Field):
        if self.forms:
            form = self.forms[-1]
            self.forms[-1] = form._replace(fields=(*form.fields, field))


def plain(answer) -> str:
    """The words of a page as somebody reads them who doesn't see what is marked in it."""
    page = re.sub(r'<span class="hidden">.*?</span>', "", answer.content.decode(), flags=re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]+>", "", page)).split())
