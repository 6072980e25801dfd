"""The national register number (or BIS number): optional, checked, never a source of facts.

A number may be wrongly copied and a stranger's may be unknown, so every fault is a doubt that the writer may confirm.
"""

from datetime import date

from django.utils.translation import gettext as _
from stdnum.be import ssn

from wida.access.queries import Opened
from wida.access.rules import Ground
from wida.accounts.codes import HOUSE_ROLES, Role

LENGTH = 11
MASK = "••.••.••-•••.••"


def written(number: str) -> str:
    """Eleven digits with the points where they belong; anything else as it was typed."""
    d = digits(number)
    return f"{d[:2]}.{d[2:4]}.{d[4:6]}-{d[6:9]}.{d[9:]}" if len(d) == LENGTH else " ".join(number.split())


def digits(number: str) -> str:
    return "".join(sign for sign in number if sign in "0123456789")


def doubts(number: str, birth_date: date | None) -> list[str]:
    """What may be wrong with a number, in words; nothing when it is empty or right."""
    if not number:
        return []
    if len(digits(number)) != LENGTH:
        return [_("A national register number has eleven digits.")]
    if not ssn.is_valid(digits(number)):
        return [_("The national register number does not pass its check: one of the digits is wrong.")]
    born = ssn.get_birth_date(digits(number))
    if born and birth_date and born != birth_date:
        return [_("The national register number and the date of birth do not belong together.")]
    return []


def may_see(opened: Opened, person) -> bool:
    """The house, the case manager, and the organisation that wrote the person. Everybody else sees a mask."""
    actor = opened.actor
    return (
        (actor.role in HOUSE_ROLES and Ground.HOUSE in opened.grounds)
        or (actor.role == Role.CASE_MANAGER and Ground.ASSIGNED in opened.grounds)
        or person.organisation_id == actor.organisation_id
    )


def shown(opened: Opened, person) -> str:
    """The number as this actor may see it: itself, a mask, or nothing when there is none."""
    if not person.national_number:
        return ""
    return person.national_number if may_see(opened, person) else MASK
