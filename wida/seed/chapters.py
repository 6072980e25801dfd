"""How families come in, and where their files stand: told through the actions of the screens, as in the demo.

One family is told from its first day to its last. `keep` reads its file at each point where such a file may stay, so
that a house needs few tellings.
"""

import contextlib
import random
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import NamedTuple

from django.db import transaction
from django.utils import timezone

from wida.access.rules import Ground
from wida.api.codes import FactRole, RiskOutcome
from wida.demo import families, opening, words
from wida.demo.clock import days_ago
from wida.demo.house import House
from wida.dossiers.codes import Answer, Stage
from wida.dossiers.models import Dossier
from wida.people import actions as people
from wida.people.codes import Group
from wida.people.models import Person
from wida.referrals.actions import refuse
from wida.referrals.codes import RefusalGround, Route, Side
from wida.referrals.inflow import new_receipt
from wida.referrals.police import refer
from wida.situation.codes import MeasureKind


class Ending(NamedTuple):
    """How many of a thousand dossiers stand so, and over how many days before today they do."""

    stage: Stage
    by_police: bool
    share: int
    days: int
    refused: bool = False


# What is known: in Limburg 1,453 of the 1,582 referrals of 2025 came from police or justice, 92 in a hundred; of what
# comes in, the front door takes up little (in the Netherlands 7,350 investigations on 127,340 reports in 2023, 6 in a
# hundred; in Limburg 20 in a hundred were « very serious »); a trajectory takes four to eighteen months, the watch
# period six. Assumed: 10 in a hundred are opened, the same part of a closed trajectory for both ways in, and the days,
# but for the two years that a refused one is kept. Children live in two families of three: see REPORTS.
MIX = (
    Ending(Stage.BUILDING, False, 20, 40),
    Ending(Stage.REFERRED, False, 5, 10),
    Ending(Stage.CLOSED, False, 33, 700, refused=True),
    Ending(Stage.FORMING, False, 4, 30),
    Ending(Stage.EXECUTION, False, 8, 250),
    Ending(Stage.WATCH, False, 4, 120),
    Ending(Stage.CLOSED, False, 6, 3600),
    Ending(Stage.REFERRED, True, 50, 10),
    Ending(Stage.CLOSED, True, 790, 700, refused=True),
    Ending(Stage.FORMING, True, 10, 30),
    Ending(Stage.EXECUTION, True, 30, 250),
    Ending(Stage.WATCH, True, 13, 120),
    Ending(Stage.CLOSED, True, 27, 3600),
)
# Of a story that goes on, how many days after its start its file stands where.
STANDS = {Stage.FORMING: 14, Stage.EXECUTION: 42, Stage.WATCH: 170, Stage.CLOSED: 290}
LONGEST = 300

Keep = Callable[..., None]  # keep(dossier, stage, by_police, ago, refused=False)


class Reported(NamedTuple):
    """What the police found at one address."""

    children: int
    facts: int
    outcome: RiskOutcome
    banned: bool = False  # from the home, for two weeks


REPORTS = (
    Reported(0, 1, RiskOutcome.LOW),
    Reported(1, 1, RiskOutcome.MEDIUM),
    Reported(2, 1, RiskOutcome.HIGH),
)
OPENED = Reported(2, 2, RiskOutcome.ACUTE, banned=True)
SEXES = ("vrouw", "man")
SERIAL = "000572"  # of the PV; each copy has another


def tell(way: str, house: House, chance: random.Random, keep: Keep) -> None:
    """What happens to families that come to a house by one of the WAYS; nothing of it stays."""
    with _aside():
        WAYS[way](house, chance, keep)


@contextlib.contextmanager
def _aside() -> Iterator[None]:
    """What is told inside did not happen."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


# The ways in -----------------------------------------------------------------------------------------------


def _partner(house: House, chance: random.Random, keep: Keep) -> None:
    """A professional of a partner builds the file and refers."""
    author = house.actor("liaison.caw")
    with days_ago(LONGEST):
        dossier, family = opening.build_file(house, author, chance)
        keep(dossier, Stage.BUILDING, False, LONGEST)
    with days_ago(LONGEST - 3):
        families.step("submit", dossier, author, Ground.AUTHOR)
        keep(dossier, Stage.REFERRED, False, LONGEST - 3)
        with _aside():
            _turn_down(house, dossier)
            keep(dossier, Stage.CLOSED, False, LONGEST - 3, refused=True)
    _go_on(house, dossier, family, chance, lambda stage, ago: keep(dossier, stage, False, ago))


def _front_door(house: House, chance: random.Random, keep: Keep) -> None:
    """Reports that wait, or that end with advice to who sent them."""
    for reported in REPORTS:
        dossier, _family = _report(house, reported, chance)
        keep(dossier, Stage.REFERRED, True, 0)
        _turn_down(house, dossier)
        keep(dossier, Stage.CLOSED, True, 0, refused=True)


def _police(house: House, chance: random.Random, keep: Keep) -> None:
    """A report that is opened: the house completes what the police knew."""
    with days_ago(LONGEST):
        dossier, family = _report(house, OPENED, chance)
    with days_ago(LONGEST - 3):
        _complete(house, dossier, family, chance)
    _go_on(house, dossier, family, chance, lambda stage, ago: keep(dossier, stage, True, ago))


WAYS = {"partner": _partner, "police": _police, "front door": _front_door}  # the longest first


def _report(house: House, told: Reported, chance: random.Random) -> tuple[Dossier, dict]:
    """As the interface takes it in. The police's liaison stands for their system: the demo has none connected."""
    today = timezone.localdate()
    hers, his = chance.sample(words.SURNAMES, 2)
    names = chance.sample(words.CHILDREN, told.children)
    persons = [
        _named(FactRole.SUSPECT, chance.choice(words.MEN), his, "man", chance.randrange(24, 50)),
        _named(FactRole.VICTIM, chance.choice(words.WOMEN), hers, "vrouw", chance.randrange(24, 46)),
        *(_named(FactRole.WITNESS, name, his, chance.choice(SEXES), chance.randrange(2, 15)) for name in names),
    ]  # fmt: skip
    facts = [
        {"date": (today - timedelta(days=3 * number)).isoformat(), "time": None, "place": chance.choice(words.PLACES),
         "forms": ["fysiek", "psychisch"], "description": account}
        for number, account in enumerate(chance.sample(words.INCIDENTS, told.facts), 1)
    ]  # fmt: skip
    until = today + timedelta(days=14)
    ban = {"kind": MeasureKind.BARRING_ORDER, "begins_on": today.isoformat(), "ends_on": until.isoformat()}
    report = {
        "police_zone": house.zones[0].code, "pv_number": f"TG.43.L3.{SERIAL}/{today:%y}", "facts": facts,
        "persons": persons, "children_present": Answer.YES if names else Answer.NO,
        "measures": [ban] if told.banned else [],
        "risk_evaluation": {"outcome": told.outcome, "explanation": "Eerdere feiten in de politionele databanken."},
        "narrative": chance.choice(words.SITUATIONS),
    }  # fmt: skip
    by = house.actor("liaison.police")
    receipt = new_receipt(Route.POLICE_REPORT)
    row = refer(report=report, safe_home=house.home, zone=house.zones[0], receipt=receipt, by=by)
    found = sorted(
        Person.objects.of(row.dossier), key=lambda one: (one.group == Group.CHILD, one.sex, one.given_name)
    )
    father, mother, *children = found  # ids of one moment have no order
    return row.dossier, {"mother": mother, "father": father, "children": children}


def _named(role: FactRole, given: str, family: str, sex: str, age: int) -> dict:
    born = date(timezone.localdate().year - age, 3, 14)
    return {"role": role, "given_name": given, "family_name": family, "birth_date": born.isoformat(), "sex": sex,
            "national_number": f"{born:%y.%m.%d}-000.00"}  # fmt: skip


def _complete(house: House, dossier: Dossier, family: dict, chance: random.Random) -> None:
    """Who belongs to whom, where they live, how grave it is."""
    by = house.actor("coordinator")
    mother, father, children = family["mother"], family["father"], family["children"]
    ties = [(parent, child, "ouder") for child in children for parent in (mother, father)]
    for one, other, kind in [(mother, father, "partner"), *ties]:
        people.add_relation(
            dossier=dossier, by=by, person=str(one.pk), other=str(other.pk), kind=kind, married=False, since=None,
            until=None, note="",
        )  # fmt: skip
    for child in children:
        people.add_panel(
            child=child, by=by, exposure="getuige_aanwezig", school="Basisschool De Regenboog",
            school_contact="zorgleerkracht", safe_person="grootmoeder",
        )  # fmt: skip
    home = [str(one.pk) for one in (mother, father, *children)]
    people.add_household(
        dossier=dossier, by=by, label="", members=home, arrangement="", since=None, until=None
    )
    for adult in (mother, father):
        opening.where(dossier, by, adult, chance, protected=False)
    opening.assess(dossier, by, family, chance)
    opening.weigh(dossier, by, chance.choice(("oranje", "rood")), "opbouw", [])


# The ways on -----------------------------------------------------------------------------------------------


def _turn_down(house: House, dossier: Dossier) -> None:
    """It weighs too little for a joint approach: who referred gets advice."""
    dossier.refresh_from_db()
    coordinator = house.actor("coordinator")
    opening.criteria(dossier, coordinator, Side.COORDINATOR)
    refuse(
        dossier=dossier, by=coordinator, ground=RefusalGround.NOT_SEVERE, advice="Volg het gezin op met het CAW.",
        contact="De coördinator van dit Veilig Huis.", repeated_risk_why="Een eerste feit.",
        sharing_needed_why="Wie helpt, kent het hele gezin al.", alignment_needed_why="Er is één hulpverlener.",
    )  # fmt: skip


def _go_on(
    house: House, dossier: Dossier, family: dict, chance: random.Random, keep: Callable[[Stage, int], None]
) -> None:
    """From the front door to the end."""
    ago = {stage: LONGEST - days for stage, days in STANDS.items()}
    dossier.refresh_from_db()
    with days_ago(LONGEST - 6):
        families.admit(house, dossier)
        families.inform_father(house, dossier, family)
    with days_ago(ago[Stage.FORMING]):
        with _aside():
            families.share(house, dossier, chance, everybody=False)
            keep(Stage.FORMING, ago[Stage.FORMING])
        families.share(house, dossier, chance, everybody=True)
    with days_ago(LONGEST - 25):
        families.decide(house, dossier, chance)
    with days_ago(LONGEST - 30):
        families.make_plan(house, dossier, family, chance)
    with days_ago(ago[Stage.EXECUTION]):
        families.assess_again(house, dossier, family, chance)
        keep(Stage.EXECUTION, ago[Stage.EXECUTION])
    with days_ago(LONGEST - 120):
        families.watch(house, dossier)
    with days_ago(ago[Stage.WATCH]):
        families.assess_again(house, dossier, family, chance)
        keep(Stage.WATCH, ago[Stage.WATCH])
    with days_ago(ago[Stage.CLOSED]):
        families.close(house, dossier)
        keep(Stage.CLOSED, ago[Stage.CLOSED])
