"""The genogram in sentences: the same family for who doesn't see the drawing, and what the drawing can't hold."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from wida.people.codes import RelationKind, Sex
from wida.people.genogram.family import Descent, Household, Kin, Parent, Person, Tie, Union, Violence
from wida.people.genogram.knots import Key

FORMS = {
    "fysiek": gettext_lazy("Physical violence"),
    "seksueel": gettext_lazy("Sexual violence"),
    "psychisch": gettext_lazy("Psychological violence"),
    "economisch": gettext_lazy("Economic violence"),
    "verwaarlozing": gettext_lazy("Neglect"),
    "belaging": gettext_lazy("Stalking"),
    "digitaal": gettext_lazy("Digital violence"),
    "dwingende_controle": gettext_lazy("Coercive control"),
}
COUPLES = {
    Tie.MARRIED: gettext_lazy("%(a)s and %(b)s are married"),
    Tie.COHABITING: gettext_lazy("%(a)s and %(b)s live together"),
    Tie.PARTNER: gettext_lazy("%(a)s and %(b)s are partners"),
    Tie.SEPARATED: gettext_lazy("%(a)s and %(b)s are separated"),
    Tie.DIVORCED: gettext_lazy("%(a)s and %(b)s are divorced"),
    Tie.UNKNOWN: gettext_lazy("%(a)s and %(b)s have or had a relationship"),
}
DESCENTS = {
    Descent.BIRTH: ngettext_lazy(
        "%(children)s: child of %(parents)s.", "%(children)s: children of %(parents)s.", "count"
    ),
    Descent.ADOPTED: gettext_lazy("%(children)s: adopted by %(parents)s."),
    Descent.FOSTER: ngettext_lazy(
        "%(children)s: foster child of %(parents)s.", "%(children)s: foster children of %(parents)s.", "count"
    ),
    Descent.STEP: ngettext_lazy(
        "%(children)s: stepchild of %(parents)s.", "%(children)s: stepchildren of %(parents)s.", "count"
    ),
}


def sentences(
    persons: list[Person],
    unions: list[Union],
    parents: list[Parent],
    kin: list[Kin],
    households: list[Household],
    lines: list[Violence],
    left_out: list,
) -> list[str]:
    """First the persons, then how they belong together, where they live, and what happened between them."""
    names = _names(persons)
    contradicting = set(left_out)

    def known(rows: Iterable) -> Iterator:
        return (row for row in dict.fromkeys(rows) if row[0] in names and row[1] in names)

    text = [_person(person) for person in persons]
    text += [_marked(_couple(union, names), union in contradicting) for union in known(unions)]
    text += _descents(list(known(parents)), names, contradicting)
    text += [_marked(_kin(link, names), link in contradicting) for link in known(kin)]
    for home in households:
        if inside := [names[key] for key in dict.fromkeys(home.members) if key in names]:
            text.append(
                _("Living together (%(label)s): %(names)s.") % {"label": home.label, "names": listed(inside)}
            )
    return text + [violence(line, names) for line in lines if line.source in names and line.target in names]


def violence(line: Violence, names: dict[Key, str]) -> str:
    """What a numbered line says."""
    facts = {"number": line.number, "form": FORMS.get(line.form, _("Violence")), "source": names[line.source]}
    return _("%(number)s. %(form)s: %(source)s towards %(target)s.") % (
        facts | {"target": names[line.target]}
    )


def listed(names: Iterable[str]) -> str:
    """A, B and C."""
    *first, last = names
    return _("%(first)s and %(last)s") % {"first": ", ".join(first), "last": last} if first else last


def _names(persons: list[Person]) -> dict[Key, str]:
    names: dict[Key, str] = {}
    for person in persons:
        names.setdefault(person.key, person.name)
    return names


def _person(person: Person) -> str:
    sexes = {Sex.FEMALE: _("woman"), Sex.MALE: _("man"), Sex.OTHER: _("X")}
    facts = [_("not born yet")] if person.unborn else [sexes.get(person.sex, _("sex unknown"))]
    if person.deceased:
        facts.append(f"{_('deceased')} ({person.age})" if person.age else _("deceased"))
    elif person.age:
        facts.append(person.age)
    if person.directly_involved:
        facts.append(_("directly involved"))
    return f"{person.name}: {', '.join(facts)}."


def _couple(union: Union, names: dict[Key, str]) -> str:
    text = COUPLES.get(union.kind, COUPLES[Tie.PARTNER]) % {"a": names[union.a], "b": names[union.b]}
    if union.since and union.until:
        return _("%(text)s, from %(since)s to %(until)s.") % {
            "text": text,
            "since": union.since,
            "until": union.until,
        }
    if union.since:
        return _("%(text)s, since %(since)s.") % {"text": text, "since": union.since}
    if union.until:
        return _("%(text)s, until %(until)s.") % {"text": text, "until": union.until}
    return f"{text}."


def _descents(links: list[Parent], names: dict[Key, str], contradicting: set) -> list[str]:
    """Children of the same parents in one sentence."""
    parents: dict[tuple, list[Key]] = defaultdict(list)
    for link in links:
        parents[link.child, link.kind, link in contradicting].append(link.parent)
    children: dict[tuple, list[Key]] = defaultdict(list)
    for (child, kind, wrong), above in parents.items():
        children[tuple(above), kind, wrong].append(child)
    return [
        _marked(_descent(kind, above, below, names), wrong)
        for (above, kind, wrong), below in children.items()
    ]


def _descent(kind: str, above: Iterable[Key], below: list[Key], names: dict[Key, str]) -> str:
    facts = {"children": listed(names[key] for key in below), "parents": listed(names[key] for key in above)}
    return DESCENTS.get(kind, DESCENTS[Descent.BIRTH]) % (facts | {"count": len(below)})


def _kin(link: Kin, names: dict[Key, str]) -> str:
    kind = (
        RelationKind(link.kind).label if link.kind in RelationKind.values else RelationKind.OTHER_FAMILY.label
    )
    return _("%(name)s: %(kind)s of %(other)s.") % {
        "name": names[link.person],
        "kind": str(kind).lower(),
        "other": names[link.other],
    }


def _marked(text: str, wrong: bool) -> str:
    return (
        _("%(text)s This contradicts another relation and isn't drawn.") % {"text": text} if wrong else text
    )
