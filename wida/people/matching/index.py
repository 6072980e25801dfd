"""The keyed tokens of persons in the database, renewed by every action that writes what a key is made of."""

from collections import defaultdict
from collections.abc import Iterable
from uuid import UUID

from django.db import connection

from wida.dossiers.models import Dossier
from wida.people.matching import keys
from wida.people.matching.facts import Facts
from wida.people.models import Address, Person, PersonToken
from wida.records.queries import read
from wida.records.tokens import token, under_each_key

COLUMNS = ("given_name", "family_name", "known_as", "national_number", "birth_date", "birth_year", "sex")


GONE = """
    delete from people_persontoken t using unnest(%s::bigint[], %s::uuid[]) as gone(token, person_id)
    where t.token = gone.token and t.person_id = gone.person_id
"""


def index(*persons: Person) -> None:
    """Renews the tokens of persons; a withdrawn one has none. Five statements at most, whatever their number: most
    changes in a family leave nearly all tokens as they were, and those aren't written again.

    Whoever was brought together with somebody is found by what was written of either.
    """
    standing = [person for person in persons if not person.withdrawn_at]
    homes = homes_of(person.pk for person in standing)
    written = [(person.pk, person) for person in standing]
    written += [(row.merged_into_id, row) for row in Person.objects.filter(merged_into__in=standing)]
    kept = {
        (value, key, person.dossier_id)
        for key, person in written
        for value in _kept(facts_of(person, homes[person.pk]))
    }
    of_these = PersonToken.objects.filter(
        dossier_id__in={person.dossier_id for person in persons},
        person_id__in=[person.pk for person in persons],
    )
    before = set(of_these.values_list("token", "person_id", "dossier_id"))
    if gone := before - kept:
        with connection.cursor() as cursor:
            cursor.execute(GONE, [[row[0] for row in gone], [row[1] for row in gone]])
    PersonToken.objects.bulk_create(
        PersonToken(token=value, person_id=key, dossier_id=dossier)
        for value, key, dossier in sorted(kept - before)
    )


def index_dossier(dossier: Dossier) -> None:
    index(*Person.objects.of(dossier))


def _kept(facts: Facts) -> set[int]:
    """Under every index key that is listed: while one is changed, a person is found by either."""
    stored = keys.stored(facts)
    return {value for _key in under_each_key() for value in tokens(stored)}


def tokens(wanted: Iterable[keys.Key]) -> list[int]:
    """Under the index key that searches."""
    return sorted({token(*key) for key in wanted})


def facts_of(person, homes: Iterable[tuple[str, ...]] = ()) -> Facts:
    """Of a record, or of a row that was read with `COLUMNS`."""
    return Facts(**{name: getattr(person, name) for name in COLUMNS}, homes=tuple(homes))


def homes_of(people: Iterable[UUID]) -> dict[UUID, list[tuple[str, str, str]]]:
    """Where people live or lived, but for every place that shields somebody: nobody is found by that.

    Only an address that nobody under its roof has to be shielded at has its municipality in clear.
    """
    open_ones = Address.objects.filter(person_id__in=list(people), protected=False, withdrawn_at=None)
    found = defaultdict(list)
    for row in read(open_ones.exclude(municipality=""), "person_id", "street", "postal_code", "place"):
        found[row.person_id].append((row.street, row.postal_code, row.place))
    return found
