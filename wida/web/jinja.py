"""The template engine of every screen: Jinja2 with Django's translations, our filters and our icons."""

import re
from contextvars import ContextVar
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

import lucide
from django.apps import apps
from django.conf import settings
from django.contrib.messages import get_messages
from django.http import HttpRequest
from django.template.backends import jinja2 as django_jinja2
from django.template.backends.utils import csrf_input
from django.templatetags.static import static
from django.utils import timezone, translation
from jinja2 import Environment, StrictUndefined
from markupsafe import Markup, escape

from wida import logs
from wida.web import compiled, controls, dates, menu, notices, text
from wida.web.addresses import address, address_if_any

_request: ContextVar[HttpRequest | None] = ContextVar("request", default=None)


# Translations by English text, for each language, and those of the page that is being rendered.
_read: dict[str | None, dict[str, Markup]] = {}
_words: ContextVar[dict[str, Markup] | None] = ContextVar("words", default=None)


class Backend(django_jinja2.Jinja2):
    """Finds templates in our own rooms only: libraries keep Django's language in folders of the same name."""

    app_dirname = "templates"

    @cached_property
    def template_dirs(self) -> tuple[Path, ...]:
        package = Path(settings.BASE_DIR, "wida").resolve()
        rooms = (Path(room.path).resolve() for room in apps.get_app_configs())
        folders = (room / self.app_dirname for room in rooms if room.is_relative_to(package))
        return (*map(Path, self.dirs), *(folder for folder in folders if folder.is_dir()))

    def get_template(self, template_name: str) -> "Template":
        return Template(super().get_template(template_name).template, self)

    def from_string(self, template_code: str) -> "Template":
        return Template(self.env.from_string(template_code), self)


class Template(django_jinja2.Template):
    """Remembers the request while it renders, so that macros imported without context can sign a form."""

    def render(self, context: dict[str, Any] | None = None, request: HttpRequest | None = None) -> str:
        token, words = _request.set(request), _words.set(_read.setdefault(translation.get_language(), {}))
        try:
            return super().render(context=context, request=request)
        finally:
            _request.reset(token)
            _words.reset(words)


def environment(**options: Any) -> Environment:
    """The Jinja2 environment named in the settings; a misspelt name in a template fails loudly."""
    options.update(undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    env = Environment(extensions=["jinja2.ext.i18n"], **options)  # noqa: S701 - the backend sets autoescape
    env.code_generator_class = compiled.Direct
    env.safe = compiled.safe  # type: ignore[attr-defined]
    env.newstyle_gettext = True  # type: ignore[attr-defined]
    env.globals |= {
        "gettext": gettext,
        "ngettext": ngettext,
        "pgettext": pgettext,
        "_": gettext,
        "url": address,
        "url_if_any": address_if_any,
        "static": lru_cache(static),
        "icon": icon,
        "draw": icon,  # for macros that take an argument `icon`
        "now": timezone.localtime,
        "today": timezone.localdate,
        "brand": settings.WIDA_BRAND,
        "csrf": csrf,
        "new_form_key": controls.new_form_key,
        "member": member,
        "control": controls.control,
        "faults": controls.faults,
        "flashes": flashes,
        "language": translation.get_language,
        "languages": settings.LANGUAGES,
        "menu": lambda: menu.menu(_request.get()),
        "notices": lambda: notices.notices(_request.get()),
        "reference": logs.reference,
        "role_label": menu.role_label,
        "rich_text": text.render,
        "initials": initials,
    }
    env.filters |= dates.FILTERS
    return env


def gettext(message: str, **variables: object) -> Markup:
    """A text of a template, looked up once per language: a page has hundreds. Variables are escaped, it is not."""
    known = _words.get()
    text = None if known is None else known.get(message)
    if text is None:
        text = Markup(translation.gettext(message))  # noqa: S704 - of our own catalogues
        if known is not None:
            known[message] = text
    return text % variables if variables or "%" in text else text


def ngettext(one: str, many: str, number: int, **variables: object) -> Markup:
    """A text for one or for many; it may say `%(num)s`."""
    text = Markup(translation.ngettext(one, many, number))  # noqa: S704 - of our own catalogues
    return text % {"num": number, **variables}


def pgettext(about: str, message: str, **variables: object) -> Markup:
    """A text that means something else elsewhere."""
    text = Markup(translation.pgettext(about, message))  # noqa: S704 - of our own catalogues
    return text % variables


@lru_cache(maxsize=512)
def icon(name: str, label: str = "") -> Markup:
    """An inline SVG drawing; hidden from screen readers unless it carries the meaning alone (`label`)."""
    drawing = re.sub(
        r"\s*\n\s*| (?=/>)", "", lucide._render_icon(name, None, **{"class": "icon", "focusable": "false"})
    )
    meaning = f'role="img" aria-label="{escape(label)}"' if label else 'aria-hidden="true"'
    return Markup(drawing.replace("<svg", f"<svg {meaning}", 1))  # noqa: S704 - lucide's own file


def csrf() -> str:
    """The hidden field that proves a form came from this site; empty where no request is rendered."""
    request: Any = _request.get()
    if request is None:
        return ""
    if not hasattr(request, "csrf_field"):
        request.csrf_field = csrf_input(request)  # each makes a new mask, and one page needs one
    return request.csrf_field


def member() -> str:
    """Who acts now; a form remembers for whom it was drawn. Empty where nobody signed in."""
    actor = getattr(_request.get(), "actor", None)
    return str(actor.membership_id) if actor else ""


def flashes() -> list[Any]:
    """What an earlier request left to tell, told once."""
    request = _request.get()
    return list(get_messages(request)) if request else []


def initials(name: str) -> str:
    """The first letters of the first and the last word of a name."""
    words = name.split()
    return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()
