"""Where the forms of meetings lead back to, and what a browser may remember of them."""

from django.urls import reverse
from django.utils.translation import gettext as _

from wida.access.queries import Opened
from wida.meetings.models import AgendaItem


def home(opened: Opened) -> str:
    return reverse("meetings:meetings", args=[opened.number])


def point(opened: Opened, item: AgendaItem, anchor: str = "") -> str:
    return reverse("meetings:item", args=[opened.number, item.pk]) + (f"#{anchor}" if anchor else "")


def tab_title(opened: Opened) -> str:
    """A browser keeps titles, so this one names nobody."""
    return f"{_('Case conference')} – {opened.number}"
