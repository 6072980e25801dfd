"""Fictional data, made through the same actions the screens use. Never in production."""

from wida.demo.organisations import PASSWORD

__all__ = ["PASSWORD", "build"]


def build(progress) -> None:
    """The organisations, accounts and families of the demo; the same each time. `progress` is told one line at a time."""
    from wida.demo.families import make_families
    from wida.demo.inbox import make_inboxes
    from wida.demo.organisations import make_organisations
    from wida.figures.actions import count_again

    make_organisations()
    make_families(progress)
    make_inboxes(progress)
    count_again()
