"""Fictional families in every phase, each told from its first day through the actions of the screens."""

import random
from datetime import timedelta

from django.utils import timezone

from wida.access.queries import Opened
from wida.access.rules import Ground
from wida.accounts.actor import Actor
from wida.closure import actions as closure
from wida.closure.models import WatchContact
from wida.demo import words
from wida.demo.clock import days_ago
from wida.demo.house import House
from wida.demo.opening import assess, build_file, criteria, weigh
from wida.demo.organisations import DEMO_HOUSES
from wida.dossiers.codes import Stage
from wida.dossiers.models import Dossier
from wida.dossiers.overview import take_step
from wida.meetings import actions as meetings
from wida.plans import actions as plans
from wida.records.sealing import keyring
from wida.referrals import actions as referrals
from wida.referrals.codes import Side
from wida.risk import actions as risk
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
BEGAN = {
    Stage.BUILDING: 1,
    Stage.REFERRED: 4,
    Stage.FORMING: 16,
    Stage.EXECUTION: 62,
    Stage.WATCH: 190,
    Stage.CLOSED: 300,
}


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


def assess_again(house: House, dossier: Dossier, family: dict, chance: random.Random) -> None:
    """Later on the risk is assessed anew and the plan is adjusted."""
    dossier.refresh_from_db()
    manager = manager_of(house, dossier)
    last = risk.last_of(dossier, manager)
    assess(dossier, manager, family, chance, version=last.version if last else 0)
    today = timezone.localdate()
    review_on = today + timedelta(days=chance.randrange(30, 90))
    plans.record_plan(
        dossier=dossier, by=manager, recorded_on=today, review_on=review_on, note="Bijgestuurd."
    )


def inform_father(house: House, dossier: Dossier, family: dict) -> None:
    """The house tells the one who could not be told at first."""
    told = {"state": "geinformeerd", "on": timezone.localdate(), "by_whom": "coördinator", "wishes": ""}
    situation.inform(
        dossier=dossier, by=house.actor("coordinator"), person=family["father"].pk, version=0, **told
    )


def manager_of(house: House, dossier: Dossier) -> Actor:
    return next(m.actor for m in house.members.values() if m.user_id == dossier.case_manager_id)


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
        dossier,
        coordinator,
        chance.choice(("oranje", "oranje", "rood", "groen")),
        "triage",
        present,
        version=1,
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
