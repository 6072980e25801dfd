"""Addresses of views, each looked up once: a page has dozens, and most stand on every page."""

from functools import lru_cache

from django.urls import NoReverseMatch, reverse

MOST = 8192


@lru_cache(maxsize=MOST)
def address(name: str, *args: object, **kwargs: object) -> str:
    """The address of a view; raises NoReverseMatch on a wrong name."""
    return reverse(name, args=args, kwargs=kwargs)


@lru_cache(maxsize=MOST)
def address_if_any(name: str, *args: object) -> str:
    """The address of a view, or an empty text when this deployment leaves that view out."""
    try:
        return address(name, *args)
    except NoReverseMatch:
        return ""
