"""The tab Afronding, put together: watch periods with what was heard in each, and what closing still lacks."""

from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from wida.access.queries import Opened
from wida.closure import queries
from wida.closure.codes import ContactWith
from wida.dossiers.codes import Answer, Stage


class Watch(NamedTuple):
    """A judgement with the contacts of the period it began, and with why it was broken off, if it was."""

    judgement: Any
    contacts: list
    resumed: queries.Resumption | None

    @property
    def new_violence(self) -> bool:
        return any(contact.new_violence == Answer.YES for contact in self.contacts)


class Page(NamedTuple):
    """`watch` is the period that runs; `earlier` those that were broken off; `last` the one before closing."""

    goals: list
    watch: Watch | None
    last: Watch | None
    earlier: list[Watch]
    closing: Any

    @property
    def lacking(self) -> list[str]:
        """Who was not asked again yet in the period that runs, in words."""
        spoken = (
            {contact.contact_with for contact in self.watch.contacts if contact.done_on}
            if self.watch
            else set()
        )
        found = []
        if ContactWith.FAMILY not in spoken:
            found.append(_("Nobody asked the family again yet"))
        if ContactWith.SERVICE not in spoken:
            found.append(_("Nobody asked a service again yet"))
        return found


def of(opened: Opened) -> Page:
    """Five statements, whatever the number of rows."""
    dossier = opened.dossier
    watches = _watches(queries.judgements(dossier), queries.contacts(dossier), queries.resumptions(dossier))
    broken_off = bool(watches) and watches[0].resumed is not None
    newest = None if broken_off or not watches else watches[0]
    return Page(
        goals=queries.goals(dossier),
        watch=newest if dossier.stage == Stage.WATCH else None,
        last=newest if dossier.stage != Stage.WATCH else None,
        earlier=watches if broken_off else watches[1:],
        closing=queries.closing(dossier),
    )


def _watches(judgements: list, contacts: list, resumptions: list) -> list[Watch]:
    """Each period, the newest first, with what was planned and what was decided between it and the next."""
    found = []
    until = None
    for judgement in judgements:
        found.append(
            Watch(
                judgement,
                [row for row in contacts if _within(row.created_at, judgement, until)],
                next((row for row in resumptions if _within(row.at, judgement, until)), None),
            )
        )
        until = judgement.created_at
    return found


def _within(moment, judgement, until) -> bool:
    return moment >= judgement.created_at and (until is None or moment < until)
