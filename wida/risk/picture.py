"""What is known now, in words: for the tab, and frozen with a weighing so that it can be read as it was."""

import json
from collections.abc import Iterable
from datetime import date
from typing import Any, NamedTuple

from django.core.serializers.json import DjangoJSONEncoder

from wida.dossiers.codes import LifeDomain
from wida.dossiers.models import Dossier
from wida.risk import flags as critical
from wida.risk import queries, standing
from wida.risk.codes import ASK_FIRST, CRITICAL, FACTORS, INDICATORS, DomainState, Lane, Level, Score

HEAVIEST_FIRST = (Level.HIGH, Level.MEDIUM, Level.LOW, Level.UNKNOWN)
DAYS = frozenset({"on", "reviewed_on", "seen_on"})


class Voice(NamedTuple):
    """What one lane says of a factor; the lane is joint when police and welfare said it together."""

    lane: str
    score: str
    past: str
    motivation: str = ""
    source: str = ""
    organisation: str = ""
    on: date | None = None
    reviewed_on: date | None = None
    not_for: str = ""


class Factor(NamedTuple):
    """One factor with its voices; `ask` is the kind of partner that may know."""

    code: str
    voices: list[Voice]
    others: list[Voice]
    differ: bool
    known: bool
    critical: bool
    who: list[str]
    towards: list[str]
    ask: str


class Word(NamedTuple):
    """What an organisation told about a signal; `signal` is set when it was told apart from an assessment."""

    text: str
    source: str
    organisation: str
    signal: str = ""


class Flag(NamedTuple):
    """A critical signal; `factor` is the code of the score it follows from."""

    flag: str
    on: date | None
    seen_on: date | None
    organisations: list[str]
    words: list[Word]
    not_for: list[str]
    factor: str


class Judgement(NamedTuple):
    level: str
    imminence: str
    motivation: str
    raises: str
    lowers: str
    dissent: str
    on: date
    organisation: str
    signature: str
    together: str


class Domain(NamedTuple):
    domain: str
    state: str
    account: str = ""
    organisation: str = ""


class Protective(NamedTuple):
    title: str
    account: str
    organisation: str


class Picture(NamedTuple):
    """Everything that stands now. It holds no sum."""

    judgements: list[Judgement]
    known: int
    total: int
    flags: list[Flag]
    suspected: list[Flag]
    absent: list[str]
    unchecked: list[str]
    factors: list[Factor]
    indicators: list[Factor]
    domains: list[Domain]
    protections: list[Protective]


def picture(dossier: Dossier, facts: queries.Facts, names: dict) -> Picture:
    """From rows that were read with their words. Three statements of its own."""
    spoken = facts.spoken
    ids = [row.id for row in spoken]
    return draw(
        facts,
        queries.texts(dossier, ids),
        queries.domains(dossier, ids),
        queries.protections(dossier, ids),
        names,
    )


def draw(facts: queries.Facts, texts: list, domains: list, protections: list, names: dict) -> Picture:
    """The picture from its rows. Costs no statement."""
    by_place = {(row.assessment_id, row.code): row for row in texts}
    stands, found = facts.stands, facts.flags
    factors = {code: _factor(stands[code], by_place, names) for code in stands}
    flag = _describer(texts, facts.signals, names)
    return Picture(
        judgements=_judgements(facts.spoken),
        known=standing.known_count(stands),
        total=len(FACTORS),
        flags=[flag(one) for one in critical.open_ones(found)],
        suspected=[flag(one) for one in found.values() if one.state == Score.SUSPECTED],
        absent=[str(one.flag) for one in found.values() if one.state == Score.ABSENT],
        unchecked=[str(one.flag) for one in found.values() if one.state == Score.UNKNOWN],
        factors=[factors[code] for code in FACTORS],
        indicators=[factors[code] for code in INDICATORS],
        domains=_domains(facts.spoken, domains),
        protections=protections_of(protections),
    )


def freeze(drawn: Picture, **more: Any) -> str:
    """The picture as text that stays readable when this program has changed, with what else was known."""
    return json.dumps({**_plain(drawn), **more}, cls=DjangoJSONEncoder, ensure_ascii=False)


def thaw(text: str) -> dict[str, Any]:
    """A frozen picture, with its days as days again."""
    return json.loads(text, object_hook=_with_days)


def _plain(value: Any) -> Any:
    if hasattr(value, "_asdict"):
        return {name: _plain(one) for name, one in value._asdict().items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return value


def _with_days(found: dict) -> dict:
    return {
        name: date.fromisoformat(value) if name in DAYS and isinstance(value, str) else value
        for name, value in found.items()
    }


def _judgements(spoken: list) -> list[Judgement]:
    """The heaviest first, of those the newest: where organisations differ, the mildest may not hide the others."""
    made = [judgement_of(row, row.organisation_name) for row in spoken]
    return sorted(made, key=lambda one: HEAVIEST_FIRST.index(one.level))


def judgement_of(row, organisation: str) -> Judgement:
    """The judgement of an assessment, which may be a row or a record."""
    return Judgement(
        *(row.level, row.imminence, row.motivation, row.raises, row.lowers, row.dissent),
        *(row.assessed_on, organisation, row.signature, ", ".join(row.together)),
    )


def _factor(stand: standing.Stand, texts: dict, names: dict) -> Factor:
    rows = [texts[entry.assessment_id, entry.code] for entry in stand.entries]
    return Factor(
        str(stand.code),
        _voices(stand, texts, names),
        [_voice(entry.lane, entry, texts, names) for entry in stand.others],
        stand.differ,
        stand.known,
        stand.code in CRITICAL,
        _called(names, (person for row in rows for person in row.who)),
        _called(names, (person for row in rows for person in row.towards)),
        str(ASK_FIRST[stand.code]),
    )


def _voices(stand: standing.Stand, texts: dict, names: dict) -> list[Voice]:
    """One voice for what was said together, two for two lanes, none when nobody assessed yet."""
    if stand.joint:
        return [_voice(Lane.JOINT, stand.police, texts, names)]
    if not stand.police and not stand.welfare:
        return []
    return [
        _voice(Lane.POLICE, stand.police, texts, names),
        _voice(Lane.WELFARE, stand.welfare, texts, names),
    ]


def _voice(lane: str, entry: standing.Entry | None, texts: dict, names: dict) -> Voice:
    if entry is None:
        return Voice(str(lane), str(Score.UNKNOWN), str(Score.UNKNOWN))
    row = texts[entry.assessment_id, entry.code]
    return Voice(
        str(lane),
        *(
            entry.present,
            entry.past,
            row.motivation,
            row.source,
            entry.organisation,
            entry.on,
            row.reviewed_on,
        ),
        names.get(row.not_for_id, ""),
    )


def _describer(texts: list, signals: list, names: dict):
    scored, told = {row.id: row for row in texts}, {row.id: row for row in signals}

    def flag(found: critical.Standing) -> Flag:
        words = [
            Word(told[one.signal].account, told[one.signal].source, one.organisation, str(one.signal))
            if one.signal
            else Word(scored[one.factor].motivation, scored[one.factor].source, one.organisation)
            for one in found.statements
        ]
        factor = next((scored[one.factor].code for one in found.statements if one.factor), "")
        return Flag(
            *(str(found.flag), found.on, found.seen_on, found.organisations),
            *(words, _called(names, found.not_for), factor),
        )

    return flag


def domains_of(rows: list) -> list[Domain]:
    return [Domain(row.domain, row.state, row.account, row.organisation_name) for row in rows]


def protections_of(rows: list) -> list[Protective]:
    return [Protective(row.title, row.account, row.organisation_name) for row in rows]


def _domains(spoken: list, rows: list) -> list[Domain]:
    """Per life domain, in their fixed order, the newest word that knows; else the newest."""
    place = {row.id: number for number, row in enumerate(spoken)}
    rows = sorted(rows, key=lambda row: (row.state == DomainState.UNKNOWN, place[row.assessment_id]))
    found: dict[str, Domain] = {}
    for domain in domains_of(rows):
        found.setdefault(domain.domain, domain)
    return [found.get(domain, Domain(str(domain), str(DomainState.UNKNOWN))) for domain in LifeDomain]


def _called(names: dict, persons: Iterable) -> list[str]:
    return list(dict.fromkeys(names[person] for person in persons if person in names))
