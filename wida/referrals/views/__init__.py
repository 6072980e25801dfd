"""The screens of the referral. What every one of them needs stands here: whose step it is."""

from django.urls import reverse

from wida.access.queries import Opened
from wida.access.rules import Ground
from wida.dossiers.codes import Stage


def is_house(opened: Opened) -> bool:
    return Ground.HOUSE in opened.grounds


def only_at(opened: Opened, *stages: Stage) -> None:
    """Outside these stages a form gives back what was typed and saves nothing."""
    if opened.dossier.stage not in stages:
        opened.frozen = True


def only_house(opened: Opened, *stages: Stage) -> None:
    """An author holds the same right on their own draft; what the house decides is not theirs to write."""
    if not is_house(opened):
        opened.frozen = True
    only_at(opened, *stages)


def home(opened: Opened) -> str:
    return reverse("referrals:referral", args=[opened.number])
