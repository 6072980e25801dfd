"""Fictional families in every phase, each told from its first day through the actions of the screens."""

import random
from datetime import date, timedelta

from django.utils import timezone

from wida.access.queries import Opened
from wida.access.rules import Ground
from wida.accounts.actor import Actor
from wida.accounts.models import Membership, SafeHome
from wida.closure import actions as closure
from wida.closure.models import WatchContact
from wida.demo import words
from wida.demo.clock import days_ago
from wida.demo.organisations import DEMO_HOUSES
from wida.dossiers.actions import start_dossier
from wida.dossiers.codes import Stage
from wida.dossiers.models import Dossier
from wida.dossiers.overview import take_step
from wida.meetings import actions as meetings
from wida.people import actions as people
from wida.plans import actions as plans
from wida.records.sealing import keyring
from wida.referrals import actions as referrals
from wida.referrals.codes import Side
from wida.risk import actions as risk
from wida.risk.assessment_form import FactorFacts
from wida.risk.codes import CODES
from wida.risk.queries import Member
from wida.sharing import actions as sharing
from wida.sharing.models import Lane
from wida.situation import actions as situation

# How many families of each house end at which stage.
ENDS = (
    (Stage.BUILDING, 2),
    (Stage.REFERRED, 2),
    (Stage.FORMING, 3),
    (Stage.EXECUTION, 4),
    (Stage.WATCH, 2),
    (Stage.CLOSED, 2),
)
ORDER = list(Stage)

# At least how many days ago a family's story began.
BEGAN = {Stage.BUILDING: 1, Stage.REFERRED: 4, Stage.FORMING: 16, Stage.EXECUTION: 62, Stage.WATCH: 190, Stage.CLOSED: 300}


class House:
    """Who plays in one Safe Home of the demo."""

    def __init__(self, name: str):
        self.home = SafeHome.objects.get(name=name)
        slug = name.lower()
        members = Membership.objects.select_related("user", "organisation__safe_home").filter(
            user__login__endswith=slug
        )
        self.members = {member.user.login.removesuffix(slug).rstrip("-."): member for member in members}
        self.zones = list(self.home.police_zones.order_by("code"))

    def actor(self, role: str) -> Actor:
        return self.members[role].actor


def make_families(progress) -> None:
    """Forty-five families, the same each time. One line of progress per house."""
    chance = random.Random(20240418)
    with keyring(trusted=True):
        for name in DEMO_HOUSES:
            house = House(name)
            number = 0
            for end, times in ENDS:
                for _time in range(times):
                    number += 1
                    tell(house, end, chance, number)
            progress(f"{name}: {number} families")


def tell(house: House, end: Stage, chance: random.Random, number: int) -> Dossier:
    """One family's story, up to the stage where it stands today."""
    reach = ORDER.index(end)
    begin = BEGAN[end] + chance.randrange(12)
    author = house.actor(chance.choice(("liaison.caw", "liaison.ocj", "liaison.vk", "liaison.ocmw")))
    with days_ago(begin):
        dossier, family = build_file(house, author, chance)
    if reach >= ORDER.index(Stage.REFERRED):
        with days_ago(begin - 3):
            step("submit", dossier, author, Ground.AUTHOR)
    if reach >= ORDER.index(Stage.FORMING):
        with days_ago(begin - 6):
            admit(house, dossier)
            inform_father(house, dossier, family)
        with days_ago(max(begin - 14, 1)):
            share(house, dossier, chance, everybody=reach > ORDER.index(Stage.FORMING))
    if reach >= ORDER.index(Stage.EXECUTION):
        with days_ago(begin - 25):
            decide(house, dossier, chance)
        with days_ago(begin - 30):
            make_plan(house, dossier, family, chance)
        with days_ago(begin - 42):
            assess_again(house, dossier, family, chance)
    if reach >= ORDER.index(Stage.WATCH):
        with days_ago(begin - 120):
            watch(house, dossier)
        with days_ago(begin - 170):
            assess_again(house, dossier, family, chance)
    if reach >= ORDER.index(Stage.CLOSED):
        with days_ago(begin - 290):
            close(house, dossier)
    return dossier


def step(name: str, dossier: Dossier, by: Actor, ground: Ground) -> None:
    dossier.refresh_from_db()
    take_step(name, opened=Opened(dossier, by, frozenset({ground})), reason="")


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
    later = {"state": "nog_niet", "why_not": "veiligheid", "reconsider_on": today + timedelta(days=21)}
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


def assess_again(house: House, dossier: Dossier, family: dict, chance: random.Random) -> None:
    """Later on the risk is assessed anew and the plan is adjusted."""
    dossier.refresh_from_db()
    manager = manager_of(house, dossier)
    last = risk.last_of(dossier, manager)
    assess(dossier, manager, family, chance, version=last.version if last else 0)
    today = timezone.localdate()
    review_on = today + timedelta(days=chance.randrange(30, 90))
    plans.record_plan(dossier=dossier, by=manager, recorded_on=today, review_on=review_on, note="Bijgestuurd.")


def inform_father(house: House, dossier: Dossier, family: dict) -> None:
    """The house tells the one who could not be told at first."""
    told = {"state": "geinformeerd", "on": timezone.localdate(), "by_whom": "coördinator", "wishes": ""}
    situation.inform(dossier=dossier, by=house.actor("coordinator"), person=family["father"].pk, version=0, **told)


def manager_of(house: House, dossier: Dossier) -> Actor:
    return next(m.actor for m in house.members.values() if m.user_id == dossier.case_manager_id)


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


def admit(house: House, dossier: Dossier) -> None:
    """The coordinator's check, the prosecutor's clearance, OCJ, and the opening."""
    coordinator, prosecutor = house.actor("coordinator"), house.actor("prosecutor")
    today = timezone.localdate()
    criteria(dossier, coordinator, Side.COORDINATOR)
    referrals.judge_proportionality(
        dossier=dossier,
        by=coordinator,
        answer="ja",
        motivation="De veiligheid van de kinderen weegt zwaarder dan het geheim.",
    )
    request = referrals.ask_clearance(
        dossier=dossier, member=house.members["prosecutor"], due_on=today + timedelta(days=7), by=coordinator
    )
    referrals.answer_clearance(
        request=request,
        by=prosecutor,
        answer="ja",
        decided_on=today,
        motivation="Akkoord.",
        basis=referrals.LEGAL_BASES[0].code,
    )
    referrals.consult_youth(
        dossier=dossier, by=coordinator, body="ocj", consulted_on=today, contact="consulent van wacht",
        outcome="Casusoverleg is nodig voor de kinderen.",
    )  # fmt: skip
    step("open", dossier, coordinator, Ground.HOUSE)


ASKED = (
    "prosecutor",
    "liaison.police",
    "liaison.ajh",
    "liaison.ocj",
    "liaison.caw",
    "liaison.vk",
    "liaison.ggz",
    "liaison.ocmw",
)


def share(house: House, dossier: Dossier, chance: random.Random, *, everybody: bool) -> None:
    """Partners are asked; most answer, some honestly that they know nothing, some not at all."""
    members = [house.members[role] for role in ASKED]
    sharing.ask(
        dossier=dossier, members=members, ground="betrokkenheid_kennis",
        due_on=timezone.localdate() + timedelta(days=10), by=house.actor("coordinator"),
    )  # fmt: skip
    for member in members:
        if chance.random() > (0.85 if everybody else 0.5):
            continue
        lane = Lane.objects.select_related("dossier").get(dossier=dossier, partner=member.organisation)
        text = words.SHARED.get(lane.lane) if chance.random() < 0.75 else None
        answer = (
            {
                "state": "gekend",
                "text": text,
                "source": "eigen",
                "categories": [9, 11],
                "necessity": "Nodig om het geweld te stoppen.",
            }
            if text
            else {
                "state": chance.choice(
                    ("niet_gekend", "niets_te_delen", "vroeger_gekend" if False else "niet_gekend")
                )
            }
        )
        sharing.share(lane=lane, by=member.actor, **answer)


def decide(house: House, dossier: Dossier, chance: random.Random) -> None:
    """The triage: a meeting, who was there, the weighing, the decision."""
    coordinator = house.actor("coordinator")
    meeting = meetings.call_meeting(
        by=coordinator, type="triage", on=timezone.localdate(), starts=timezone.now().time().replace(hour=9, minute=30, second=0, microsecond=0),
        legal_basis="decreet_353", finality="De integriteit van de leden van het gezin beschermen", place="Zaal 1 en online",
    )  # fmt: skip
    item = meetings.put_on_agenda(
        dossier=dossier, meeting=meeting, by=coordinator, question="Nemen we dit gezin op?"
    )
    present = [house.members[role] for role in ("prosecutor", "liaison.police", "liaison.caw", "liaison.ocj")]
    for member in present:
        invitee = meetings.invite(item=item, member=member, ground="betrokken", by=coordinator)
        meetings.note_attendance(
            invitee=invitee, by=coordinator, version=invitee.version, attendance="aanwezig"
        )
    meetings.add_note(
        item=item,
        by=coordinator,
        speaker=present[1].actor.signature,
        text="De tussenkomsten volgen elkaar sneller op.",
    )
    meetings.add_note(item=item, by=coordinator, text="Mevrouw hoort vandaag nog wat we beslissen.")
    weigh(
        dossier, coordinator, chance.choice(("oranje", "oranje", "rood", "groen")), "triage", present, version=1
    )
    manager = house.members[chance.choice(("casemanager", "casemanager2"))]
    meetings.decide(
        item=item, by=coordinator, case_manager=manager, outcome=chance.choice(("spoor_3", "spoor_3", "spoor_2")),
        repeated="ja", repeated_why="Herhaald en ernstiger.", sharing="ja", sharing_why="Niemand ziet het geheel alleen.",
        aligned="ja", aligned_why="Hulp en justitie moeten samen stappen zetten.",
        alternatives="Vrijwillige hulp liep twee keer vast.", minors=True, youth_consulted="ocj",
        youth_outcome="OCJ vraagt casusoverleg.", motivation="De drie criteria zijn vervuld en er is haast bij.",
        dissent="", advice="",
    )  # fmt: skip
    meetings.approve(item=item, by=coordinator)
    step("execute", dossier, coordinator, Ground.HOUSE)


def make_plan(house: House, dossier: Dossier, family: dict, chance: random.Random) -> None:
    dossier.refresh_from_db()
    manager = manager_of(house, dossier)
    today = timezone.localdate()
    adults = [family["mother"].pk, family["father"].pk]
    for domain, phase, text, indicator in chance.sample(words.GOALS, 3):
        for_whom = [child.pk for child in family["children"]] if domain == "opvoeding_kinderen" else adults
        goal = plans.add_goal(
            dossier=dossier, by=manager, domain=domain, phase=phase, text=text, indicator=indicator, persons=for_whom or adults,
            factors=chance.sample(["escalatie", "kinderen", "middelen", "angst_slachtoffer", "controle_isolatie"], 2),
            target_on=today + timedelta(days=150),
        )  # fmt: skip
        for what in chance.sample(words.ACTIONS, 2):
            holder = house.members[chance.choice(ASKED)]
            action = plans.add_action(
                dossier=dossier, by=manager, what=what, organisation_id=holder.organisation_id, holder_id=holder.user_id,
                goal_id=goal.pk, due_on=today + timedelta(days=chance.randrange(10, 90)), persons=adults[:1],
            )  # fmt: skip
            if chance.random() < 0.4:
                plans.progress_action(
                    action=action,
                    by=holder.actor,
                    version=action.version,
                    state="uitgevoerd",
                    outcome="Gebeurd zoals afgesproken.",
                )
    plans.record_plan(dossier=dossier, by=manager, recorded_on=today, review_on=today + timedelta(days=90))


def watch(house: House, dossier: Dossier) -> None:
    dossier.refresh_from_db()
    manager = manager_of(house, dossier)
    today = timezone.localdate()
    closure.start_watch(
        dossier=dossier, by=manager, goals_reached="ja", violence_stopped="ja",
        motivation="Geen feiten meer sinds vier maanden, de hulp loopt door.", watch_until=today + timedelta(days=183),
    )  # fmt: skip
    closure.plan_contact(
        dossier=dossier,
        by=manager,
        contact_with="gezin",
        whom="Mevrouw",
        planned_on=today + timedelta(days=30),
    )
    closure.plan_contact(
        dossier=dossier, by=manager, contact_with="dienst", whom="CAW", planned_on=today + timedelta(days=60)
    )


def close(house: House, dossier: Dossier) -> None:
    dossier.refresh_from_db()
    manager = manager_of(house, dossier)
    for contact in WatchContact.objects.of(dossier).select_related("dossier"):
        closure.report_contact(
            contact=contact, by=manager, version=contact.version, done_on=timezone.localdate(), new_violence="nee",
            outcome="Het gaat goed, er is hulp als het nodig is.",
        )  # fmt: skip
    closure.close(
        dossier=dossier, by=manager, reason="doelen_bereikt", outcome="Het koppel woont apart, de hulp loopt door.",
        evaluation="Vroeg samenzitten hielp.", retain_years=15,
    )  # fmt: skip
