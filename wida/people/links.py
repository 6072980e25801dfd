"""Addresses within the tab of one dossier. A page has hundreds, so each kind is looked up once and then filled in."""

from collections.abc import Callable
from functools import lru_cache
from uuid import UUID

from django.urls import reverse

NUMBER, KIND, NOBODY = "AA0", "kind", UUID(int=0)


def links(number: str) -> Callable[..., str]:
    """For `link("edit_contact", contact.id)`, or `link("withdraw", contact.id, "contact")`."""

    def link(name: str, pk: UUID | None = None, kind: str = "") -> str:
        shape = _shape(name, pk is not None, bool(kind))
        return (
            shape.replace(NUMBER, number, 1).replace(f"/{KIND}/", f"/{kind}/").replace(str(NOBODY), str(pk))
        )

    return link


@lru_cache
def _shape(name: str, one: bool, kind: bool) -> str:
    return reverse(f"people:{name}", args=[NUMBER, *([KIND] if kind else []), *([NOBODY] if one else [])])
