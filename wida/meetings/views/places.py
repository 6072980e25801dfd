"""Where the forms of meetings lead back to."""

from django.urls import reverse

from wida.access.queries import Opened
from wida.meetings.models import AgendaItem


def home(opened: Opened) -> str:
    return reverse("meetings:meetings", args=[opened.number])


def point(opened: Opened, item: AgendaItem, anchor: str = "") -> str:
    return reverse("meetings:item", args=[opened.number, item.pk]) + (f"#{anchor}" if anchor else "")
