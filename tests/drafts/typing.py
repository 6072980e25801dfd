"""A form as somebody types in it: what a browser sends to keep it, and to save it."""

from django.test import Client
from django.urls import reverse

from tests.pages import Form, Page

JSON = {"HTTP_ACCEPT": "application/json"}


def narrative(dossier) -> str:
    return reverse("situation:narrative", args=[dossier.number])


def form_at(client: Client, address: str) -> Form:
    """The form that keeps drafts on a page."""
    page = Page(client.get(address))
    return next(form for form in page.forms if any(field.name == "draft_title" for field in form.fields))


def filled(form: Form, **typed) -> dict:
    return form.sent() | typed


def keep(client: Client, address: str, data: dict):
    return client.post(address.split("?")[0], data | {"draft": "keep"}, **JSON)
