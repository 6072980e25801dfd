"""The request as views know it."""

from django.http import HttpRequest

from wida.accounts.actor import Actor
from wida.accounts.models import User


class Request(HttpRequest):
    user: User
    actor: Actor
