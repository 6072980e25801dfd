"""The first chapter of a fictional family: what a professional writes while building the file."""

import random
from datetime import date, timedelta

from django.utils import timezone

from wida.accounts.actor import Actor
from wida.accounts.models import Membership
from wida.demo import words
from wida.demo.house import House
from wida.dossiers.actions import start_dossier
from wida.dossiers.models import Dossier
from wida.people import actions as people
from wida.referrals import actions as referrals
from wida.referrals.codes import Side
from wida.risk import actions as risk
from wida.risk.assessment_form import FactorFacts
from wida.risk.codes import CODES
from wida.risk.queries import Member
from wida.situation import actions as situation


def build_file(house: House, author: Actor, chance: random.Random) -> tuple[Dossier, dict]:
    """What a professional writes while building the file: persons, situation, risk, weighing, criteria."""
    hers, his = chance.sample(words.SURNAMES, 2)
    dossier = start_dossier(
        safe_home=house.home, family_name=f"{his} - {hers}", by=author, police_zone=chance.choice(house.zones)
    )
    family = make_family(house, dossier, author, hers, his, chance)
    tell_situation(dossier, author, family, chance)
    assess(dossier, author, family, chance)
    colour = chance.choice(("groen", "oranje", "oranje", "rood", "rood"))
    weigh(dossier, author, colour, "opbouw", [])
    criteria(dossier, author, Side.REFERRER)
    return dossier, family


def make_family(
    house: House, dossier: Dossier, author: Actor, hers: str, his: str, chance: random.Random
) -> dict:
    year = timezone.localdate().year
    mother = person(
        dossier,
        author,
        chance.choice(words.WOMEN),
        hers,
        "rechtstreeks",
        "vrouw",
        year - chance.randrange(24, 46),
        chance,
    )
    father = person(
        dossier,
        author,
        chance.choice(words.MEN),
        his,
        "rechtstreeks",
        "man",
        year - chance.randrange(24, 50),
        chance,
    )
    children = [
        person(
            dossier,
            author,
            name,
            his,
            "kind",
            chance.choice(("vrouw", "man")),
            year - chance.randrange(1, 15),
            chance,
        )
        for name in chance.sample(words.CHILDREN, chance.choice((0, 1, 2, 2, 3)))
    ]
    split = chance.random() < 0.4
    kind = "ex_partner" if split else "partner"
    relation = {
        "married": False,
        "since": date(year - 8, 5, 1),
        "until": date(year - 1, 9, 1) if split else None,
        "note": "",
    }
    people.add_relation(
        dossier=dossier, by=author, person=str(mother.pk), other=str(father.pk), kind=kind, **relation
    )
    for child in children:
        for parent in (mother, father):
            people.add_relation(
                dossier=dossier, by=author, person=str(parent.pk), other=str(child.pk), kind="ouder",
                married=False, since=None, until=None, note="",
            )  # fmt: skip
        people.add_panel(
            child=child, by=author, exposure=chance.choice(("direct_slachtoffer", "getuige_aanwezig", "hoort_merkt", "onbekend")),
            school="Basisschool De Regenboog", school_contact="zorgleerkracht", safe_person="grootmoeder",
        )  # fmt: skip
        if chance.random() < 0.6:
            people.add_note(
                child=child, by=author, kind="gezien", on=timezone.localdate() - timedelta(days=chance.randrange(2, 30)),
                by_whom="leerkracht", text="Stil, maar at goed en speelde mee.",
            )  # fmt: skip
    home = [str(mother.pk), *(str(child.pk) for child in children)] + ([] if split else [str(father.pk)])
    people.add_household(
        dossier=dossier, by=author, label="", members=home, arrangement="", since=None, until=None
    )
    where(dossier, author, mother, chance, protected=split)
    where(dossier, author, father, chance, protected=False)
    people.add_contact(
        person=mother, by=author, kind="telefoon", value=f"0470 00 {chance.randrange(10, 99)} {chance.randrange(10, 99)}",
        safe="veilig", safe_times="op werkdagen tussen 9 en 12 uur", may_leave_message=False, note="", confirmed_on=None,
    )  # fmt: skip
    return {"mother": mother, "father": father, "children": children}


def person(
    dossier: Dossier,
    by: Actor,
    given: str,
    family: str,
    group: str,
    sex: str,
    year: int,
    chance: random.Random,
):
    born = date(year, chance.randrange(1, 13), chance.randrange(1, 29))
    return people.add_person(
        dossier=dossier, by=by, group=group, given_name=given, family_name=family, known_as="", sex=sex, birth_date=born,
        age_stated=None, unborn=False, due_on=None, deceased=False, national_number=f"{born:%y.%m.%d}-000.00",
        nationality="", languages="Nederlands", interpreter="", profession="", note="",
    )  # fmt: skip


def where(dossier: Dossier, by: Actor, somebody, chance: random.Random, *, protected: bool) -> None:
    place = chance.choice(words.PLACES)
    people.add_address(
        person=somebody, by=by, viewers=[], type="vluchthuis" if protected else "domicilie",
        street=f"{chance.choice(words.STREETS)} {chance.randrange(1, 120)}", postal_code=str(chance.randrange(3500, 3990)),
        place=place, country="", municipality="" if protected else place, since=None, until=None, protected=protected,
        protected_why="Meneer zoekt haar" if protected else "",
    )  # fmt: skip


def tell_situation(dossier: Dossier, by: Actor, family: dict, chance: random.Random) -> None:
    mother, father = family["mother"], family["father"]
    situation.tell(dossier=dossier, by=by, version=0, text=chance.choice(words.SITUATIONS))
    situation.add_patterns(
        dossier=dossier, by=by, receivers=[mother.pk], forms=["fysiek", "psychisch"], relation="partnergeweld",
        giver_id=father.pk, ongoing="ja", frequency=chance.choice(("wekelijks", "maandelijks", "onbekend")), note="",
    )  # fmt: skip
    today = timezone.localdate()
    for account in chance.sample(words.INCIDENTS, chance.randrange(1, 4)):
        parts = [
            ("van", father.pk),
            ("naar", mother.pk),
            *(("getuige", child.pk) for child in family["children"][:2]),
        ]
        situation.add_incident(
            dossier=dossier, by=by, involved=parts, kind="geweldsincident", precision="dag",
            begins_on=today - timedelta(days=chance.randrange(3, 320)), ends_on=None, at=None, forms=["fysiek"],
            children_present="ja" if family["children"] else "nee", account=account, impact="", response="",
            source="politie", source_note="", reliability=chance.choice(("vastgesteld", "verklaard", "vermoeden")),
        )  # fmt: skip
    situation.add_danger(dossier=dossier, by=by, on=today, acute="nee", what="", done="")
    told = {"state": "geinformeerd", "on": today, "by_whom": by.name, "wishes": "Wil dat het stopt."}
    situation.inform(dossier=dossier, by=by, person=mother.pk, version=0, **told)
    later = {"state": "nog_niet", "why_not": "niet_veilig", "reconsider_on": today + timedelta(days=21)}
    situation.inform(dossier=dossier, by=by, person=father.pk, version=0, **later)


def assess(dossier: Dossier, by: Actor, family: dict, chance: random.Random, version: int = 0) -> None:
    weights = {"aanwezig": 4, "vermoeden": 3, "afwezig": 3, "onbekend": 4}
    factors = []
    for code in CODES:
        score = chance.choices(list(weights), list(weights.values()))[0]
        said = (
            "Blijkt uit het gesprek met mevrouw en de vaststellingen."
            if score in ("aanwezig", "vermoeden")
            else ""
        )
        who = [str(family["father"].pk)] if said else []
        towards = [str(family["mother"].pk)] if said else []
        factors.append(
            FactorFacts(
                code, score, "onbekend", said, by.organisation if said else "", who, towards, None, ""
            )
        )
    risk.record_assessment(
        dossier=dossier, by=by, version=version, assessed_on=timezone.localdate(), factors=factors,
        domains=[("financien", "zorg", "Er zijn schulden."), ("sociaal_netwerk", "steun", "Grootmoeder vangt op.")],
        protections=[("Mevrouw weet wie ze belt", "Ze heeft het nummer van haar zus en van het CAW.")], together=[],
        level=chance.choice(("laag", "middel", "hoog", "hoog")), imminence="dagen_weken",
        motivation="De feiten volgen elkaar sneller op en er zijn kinderen in huis.",
        raises="Meneer verneemt dat ze wil vertrekken.", lowers="Het contactverbod wordt verlengd.", dissent="",
    )  # fmt: skip


def weigh(
    dossier: Dossier, by: Actor, colour: str, kind: str, participants: list[Membership], version: int = 0
) -> None:
    milder = colour != "rood"
    risk.record_weighing(
        dossier=dossier, by=by, version=version, weighed_on=timezone.localdate(),
        participants=[
            Member(m.user_id, m.user.name, m.organisation_id, m.organisation.name, m.organisation.type) for m in participants
        ],
        excused=[], colour=colour, meeting=kind, milder=milder,
        why_milder="De bedreigingen dateren van vroeger en er is nu toezicht." if milder else "",
        motivation="De ernst van de feiten, de kinderen in huis en wat de diensten al probeerden.", dissent="",
    )  # fmt: skip


def criteria(dossier: Dossier, by: Actor, side: Side) -> None:
    referrals.write_criteria(
        dossier=dossier, side=side, by=by,
        repeated_risk="ja", repeated_risk_why="Het geweld herhaalt zich en wordt erger.",
        sharing_needed="ja", sharing_needed_why="Elke dienst kent een stuk, niemand ziet het geheel.",
        alignment_needed="ja", alignment_needed_why="Hulp en justitie werken nu naast elkaar.",
        direct_help="Geprobeerd, afspraken werden niet nagekomen.", running_help="Loopt vast.", trajectory="Nodig.",
    )  # fmt: skip
