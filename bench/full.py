"""Full files: families of which some 54 rows over twelve tables stand on the people tab.

The seed's families are smaller. To some of them are added, by the actions of the screens, two children, an uncle and a
neighbour, with what a file holds of them after a year.
"""

import json
import random
from datetime import date
from pathlib import Path
from uuid import UUID

from django.db import transaction

MANY = 24
CHOSEN = "full.json"
SERVICES = (("Huisarts Peeters", "huisarts"), ("CGG De Weg", "ggz"), ("CAW Limburg", "caw"))
MORE = (
    ("Robbe", "kind", "man", 2012),
    ("Lotte", "kind", "vrouw", 2015),
    ("Bram", "andere", "man", 1981),
    ("Hilde", "andere", "vrouw", 1958),
)


def families(home: Path) -> list[tuple[UUID, str]]:
    """Id and number of the full files of Limburg, made the first time. Runs as the owner, who opens any dossier."""
    kept = home / CHOSEN
    if not kept.exists():
        kept.write_text(json.dumps(_make()))
    return [(UUID(pk), number) for pk, number in json.loads(kept.read_text())]


@transaction.atomic
def _make() -> list[tuple[str, str]]:
    from wida.demo.house import House
    from wida.dossiers.models import Dossier

    author, chance = House("Limburg").actor("liaison.caw"), random.Random(54)
    chosen = Dossier.objects.filter(safe_home__name="Limburg", stage="uitvoering").order_by("pk")[:MANY]
    for dossier in chosen:
        _fill(dossier, author, chance)
    return [(str(dossier.pk), dossier.number) for dossier in chosen]


def _fill(dossier, by, chance: random.Random) -> None:
    from wida.demo.opening import person as somebody
    from wida.demo.opening import where
    from wida.people import actions as people
    from wida.people.models import Person
    from wida.situation import actions as situation

    mother, father = Person.objects.filter(dossier=dossier, withdrawn_at=None).order_by("pk")[:2]
    older, younger, uncle, neighbour = (
        somebody(dossier, by, name, mother.family_name, group, sex, year, chance)
        for name, group, sex, year in MORE
    )
    here = {"dossier": dossier, "by": by}
    ties = [
        *((parent, child, "ouder") for parent in (mother, father) for child in (older, younger)),
        *((uncle, child, "andere_familie") for child in (older, younger)),
        *((older, younger, "broer_zus"), (uncle, mother, "broer_zus"), (neighbour, mother, "steunfiguur")),
    ]
    for person, other, kind in ties:
        people.add_relation(
            **here, person=str(person.pk), other=str(other.pk), kind=kind, married=False, since=None, until=None,
            note="Volgens mevrouw.",
        )  # fmt: skip
    for child in (older, younger):
        people.add_panel(
            child=child, by=by, exposure="hoort_merkt", school="Middenschool De Brug",
            school_contact="klastitularis", safe_person="tante",
        )  # fmt: skip
        for holder in (mother, father):
            people.add_custody(
                **here, child=str(child.pk), holder=str(holder.pk), authority="gezamenlijk",
                arrangement="Om het andere weekend.", decided_on=date(2024, 5, 2),
            )  # fmt: skip
        people.add_note(
            child=child,
            by=by,
            kind="stem",
            on=date(2024, 5, 2),
            by_whom="CLB",
            text="Wil dat het stil wordt.",
        )
    people.add_household(
        **here, label="Bij de buren", members=[str(neighbour.pk), str(uncle.pk)], arrangement="", since=None, until=None
    )  # fmt: skip
    for one in (uncle, neighbour, older, younger, father):
        where(dossier, by, one, chance, protected=False)
    for one in (mother, father, older, younger, uncle, neighbour):
        people.add_contact(
            person=one, by=by, kind="telefoon", value="0470 00 11 22", safe="veilig", safe_times="na vijf uur",
            may_leave_message=False, note="", confirmed_on=None,
        )  # fmt: skip
    for name, kind in SERVICES:
        people.add_service(
            **here, name=name, kind=kind, for_whom="mevrouw", contact="089 00 00 00", state="lopend",
            since=date(2024, 1, 8), until=None, result="Komt trouw.",
        )  # fmt: skip
    situation.add_patterns(
        **here, receivers=[uncle.pk], forms=["psychisch"], relation="andere_familie", giver_id=father.pk,
        ongoing="nee", frequency="onbekend", note="",
    )  # fmt: skip
