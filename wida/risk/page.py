"""Everything the tab Risico-inschatting shows, in eight statements whatever the number of assessments."""

from datetime import date
from typing import NamedTuple
from uuid import UUID

from wida.access.queries import Opened
from wida.people.queries import name_map
from wida.risk import picture, queries, standing
from wida.risk.codes import CODES
from wida.risk.strip import Strip, strip


class ChangeView(NamedTuple):
    """A score that moved with the newest assessment, and why."""

    code: str
    lane: str
    before: str
    after: str
    change: str
    why: str


class Page(NamedTuple):
    """`since` is the day of the assessment before the newest one; None for a first assessment."""

    picture: picture.Picture
    assessments: list
    since: date | None
    changes: list[ChangeView]
    unchanged: int
    differences: int
    instruments: list
    names: dict[UUID, str]
    own_signals: set[str]
    strip: Strip | None


def page(opened: Opened) -> Page:
    dossier = opened.dossier
    facts = queries.facts(dossier, words=True)
    names = name_map(dossier)
    ids = [row.id for row in facts.spoken]
    texts = queries.texts(dossier, ids)
    domains = queries.domains(dossier, ids)
    protections = queries.protections(dossier, ids)
    drawn = picture.draw(facts, texts, domains, protections, names)
    made = standing.in_order(facts.assessments)[::-1]
    changes = _changes(facts, made, texts)
    return Page(
        picture=drawn,
        assessments=made,
        since=made[1].assessed_on if len(made) > 1 else None,
        changes=changes,
        unchanged=len(CODES) - len({one.code for one in changes}),
        differences=sum(factor.differ for factor in drawn.factors + drawn.indicators),
        instruments=queries.instruments(dossier),
        names=names,
        own_signals={
            str(row.id) for row in facts.signals if row.organisation_id == opened.actor.organisation_id
        },
        strip=strip(facts, drawn.flags) if len(made) > 1 else None,
    )


def _changes(facts: queries.Facts, made: list, texts: list) -> list[ChangeView]:
    """What the newest assessment changed in what stood before it; nothing for a first one."""
    if len(made) < 2:
        return []
    before = standing.standing(made[1:], facts.scores)
    why = {(row.assessment_id, row.code): row.motivation for row in texts}
    return [
        ChangeView(
            *(str(one.code), str(one.lane), one.before, one.after, str(one.change)),
            why.get((one.entry.assessment_id, one.code), "") if one.entry else "",
        )
        for one in standing.changes(before, facts.stands)
    ]
