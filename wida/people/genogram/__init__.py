"""The family system as a drawing (genogram): generations, couples, households, and violence between persons.

`draw` is a pure function: it reads nothing and keeps nothing. Who may not be known to the reader, an address that may
not be known, a child placed at a protected address: leave them out of the arguments. A relation with somebody who was
left out disappears without a gap. On paper the lines of violence stay off unless the reader needs them.
"""

from collections.abc import Iterable
from typing import NamedTuple

from markupsafe import Markup

from wida.people.genogram.drawing import drawn
from wida.people.genogram.family import Descent, Household, Kin, Parent, Person, Tie, Union, Violence, family
from wida.people.genogram.words import sentences

__all__ = ["Descent", "Drawing", "Household", "Kin", "Parent", "Person", "Tie", "Union", "Violence", "draw"]


class Drawing(NamedTuple):
    """`text` says in sentences what `svg` shows, and what it can't show."""

    svg: Markup
    text: list[str]


def draw(
    persons: Iterable[Person],
    unions: Iterable[Union] = (),
    parents: Iterable[Parent] = (),
    households: Iterable[Household] = (),
    violence: Iterable[Violence] = (),
    kin: Iterable[Kin] = (),
    *,
    show_households: bool = True,
    show_violence: bool = True,
    legend: bool = True,
) -> Drawing:
    """Draws any family, also one whose relations contradict each other: what can't be drawn stays in the text.

    Siblings stand in order of age when all ages are numbers or years, else in the order given.
    """
    persons, unions, parents, kin = list(persons), list(unions), list(parents), list(kin)
    homes = list(households) if show_households else []
    lines = list(violence) if show_violence else []
    known = family(persons, unions, parents, kin)
    text = sentences(persons, unions, parents, kin, homes, lines, known.left_out)
    return Drawing(drawn(known, homes, lines, legend=legend), text)
