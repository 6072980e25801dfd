"""What the colours mean, by day: the versions a house kept, or the legend that was delivered."""

from typing import NamedTuple

from django.utils import timezone

from wida.dossiers.codes import Colour
from wida.risk.explained import DELIVERED_LEGEND
from wida.risk.models import Legend


class Meaning(NamedTuple):
    colour: str
    name: str
    text: str


def meanings(legend: Legend | None) -> list[Meaning]:
    """The colours from heavy to light; None stands for the legend that was delivered."""
    if legend is None:
        return [
            Meaning(str(code), *map(str, DELIVERED_LEGEND[code]))
            for code in (Colour.RED, Colour.ORANGE, Colour.GREEN)
        ]
    return [
        Meaning(str(Colour.RED), legend.red_name, legend.red),
        Meaning(str(Colour.ORANGE), legend.orange_name, legend.orange),
        Meaning(str(Colour.GREEN), legend.green_name, legend.green),
    ]


def sentences(legend: Legend | None) -> dict[str, str]:
    """Per colour what stands under it on a form."""
    return {meaning.colour: f"{meaning.name} {meaning.text}" for meaning in meanings(legend)}


def valid(versions: list[Legend]) -> Legend | None:
    """The one that holds today, from versions newest first."""
    today = timezone.localdate()
    return next((legend for legend in versions if legend.valid_from <= today), None)
