"""Is somebody already known? By keyed tokens for candidates, and by how likely it is that two records are one person.

spelling  how a name sounds              keys     by what a person is found
facts     what persons are compared on   index    the keyed tokens in the database
scoring   how sure it is, and why        find     the candidates somebody may know of, opened and ranked
"""

from wida.people.matching.find import (
    Hit,
    dossiers_with_family_name,
    family_tokens,
    find,
    find_all,
    known_elsewhere,
    missing_fields,
)
from wida.people.matching.index import index, index_dossier
from wida.people.matching.keys import NUMBER

__all__ = [
    "NUMBER",
    "Hit",
    "dossiers_with_family_name",
    "family_tokens",
    "find",
    "find_all",
    "index",
    "index_dossier",
    "known_elsewhere",
    "missing_fields",
]
