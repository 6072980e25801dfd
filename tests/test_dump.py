"""What whoever steals a backup of the demo reads of its families: no name, no number, no address, no sentence."""

import json
import re

import pytest
from django.apps import apps
from django.db import connection

from wida.accounts.models import Membership, Organisation, User
from wida.demo.families import make_families
from wida.demo.organisations import DEMO_HOUSES, make_organisations
from wida.dossiers.codes import Stage
from wida.dossiers.models import Dossier
from wida.people.models import Address, Person
from wida.records import rotation
from wida.records.sealing import SealedText, hang, keyring

WORD = re.compile(r"[^\W_]{3,}")
# Days and ids stand in many places; what they say of a person is asked of birth dates below.
CODE = re.compile(r"\d{4}-\d\d-\d\d.*|[0-9a-f-]{36}")
PRINTED = re.compile(rb"[\x20-\x7e]{6,}")
HEX = re.compile(r"\\\\x([0-9a-f]+)")


@pytest.fixture
def demo(db):
    with keyring(trusted=True):
        make_organisations()
        make_families(lambda line: None)
        yield


def dump() -> tuple[str, bytes]:
    """Every row of every table as a backup holds it: what is written as text, and what is written as bytes."""
    lines, boxes = [], []
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        for table in tables:
            with cursor.copy(f"copy {connection.ops.quote_name(table)} to stdout") as rows:
                text = b"".join(bytes(chunk) for chunk in rows).decode()
            boxes += [bytes.fromhex(box) for box in HEX.findall(text)]
            lines.append(HEX.sub("", text))
    assert len(tables) > 70
    return "\n".join(lines), b"\n".join(boxes)


def sealed() -> dict[str, str]:
    """Each text that is sealed, and where it stands. Lists that stand in one are taken apart."""
    found = {}
    for model in rotation.wrapping():
        for row in rotation.keys_of(model):
            hang(row.pk, row.wrapped)
    for model in apps.get_models():
        names = [field.name for field in model._meta.concrete_fields if isinstance(field, SealedText)]
        for row in model.objects.all() if names else ():
            for name in names:
                for text in _texts(getattr(row, name)):
                    found[text] = f"{model._meta.label}.{name}"
    return found


def _texts(text: str) -> list[str]:
    if not text.startswith(("[", "{")):
        return [text]
    held, found = [json.loads(text)], []
    while held:
        value = held.pop()
        held += value.values() if isinstance(value, dict) else value if isinstance(value, list) else []
        found += [value] if isinstance(value, str) else []
    return found


def known_to_everybody() -> set[str]:
    """Words that stand in clear because they are of professionals and organisations, or on a list of codes; and the
    municipality of who is not shielded, which figures need.
    """
    names = [
        *User.objects.values_list("name", flat=True),
        *Organisation.objects.values_list("name", flat=True),
        *Membership.objects.values_list("function", flat=True),
        *Address.objects.filter(protected=False).values_list("municipality", flat=True),
        "coördinator",
    ]
    codes = [
        str(code)
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        for code, _label in field.choices or ()
    ]
    return {word.casefold() for name in (*names, *codes) for word in WORD.findall(name)}


def test_the_demo_has_forty_families_in_every_phase_and_a_stolen_backup_tells_nothing_of_them(demo):
    assert Dossier.objects.count() >= 40
    assert set(Dossier.objects.values_list("stage", flat=True)) == set(Stage)
    assert set(Dossier.objects.values_list("safe_home__name", flat=True)) == set(DEMO_HOUSES)

    text, boxes = dump()
    clear = {word.casefold() for word in WORD.findall(text)}
    printed = b"\n".join(PRINTED.findall(boxes))
    ordinary = known_to_everybody()
    secrets = sealed()
    names = {
        name for row in Person.objects.all() for name in (row.given_name, row.family_name) if len(name) > 3
    }

    births = {row.birth_date for row in Person.objects.all() if row.birth_date[:4] < "2024"}

    sentences = [
        (value, place)
        for value, place in secrets.items()
        if len(value) > 5
        and not CODE.fullmatch(value)
        and (words := {word.casefold() for word in WORD.findall(value)})
        and not words <= ordinary
        and words <= clear
        and value in text
    ]
    bare_names = sorted(name for name in names if name.casefold() in clear - ordinary)

    assert sentences == []
    assert bare_names == []
    assert sorted(birth for birth in births if birth in text) == []
    assert [value for value in secrets if len(value) > 5 and value.encode() in printed] == []
    assert len(secrets) > 1200
    assert len(names) > 60
    assert len(births) > 50
    assert len(boxes) > 500_000
