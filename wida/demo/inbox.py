"""What lies in the work list of each house: late, due today, taken, waiting, and refused with a letter."""

import random
from datetime import timedelta

from django.utils import timezone

from wida.access.rules import Ground
from wida.accounts.models import SafeHome
from wida.consults import actions as consults
from wida.demo.clock import days_ago
from wida.demo.families import step
from wida.demo.house import House
from wida.demo.opening import build_file, criteria
from wida.demo.organisations import DEMO_HOUSES
from wida.dossiers.models import Dossier
from wida.records.sealing import keyring
from wida.referrals import actions as referrals
from wida.referrals import inflow, intake, letters, moves
from wida.referrals.codes import Side

EXPECTS = "Samen bekijken of een huisverbod kan, en wie de kinderen spreekt."
ADVICE = "Start individuele begeleiding bij het CAW en bel 1712 voor advies. Meld opnieuw aan als er weer geweld is."

CONSULTS = (
    (1, "clb", "kindermishandeling", 25, "Een leerling komt telkens met blauwe plekken en wil niet dat ouders het weten.",
     "Spreek de leerling alleen, noteer letterlijk wat gezegd wordt, en bel het VK voor advies. Beloof geen geheimhouding."),
    (4, "ocmw_lokaal_bestuur", "partnergeweld", 40, "Een cliënte wil weg bij haar partner maar durft niet te bellen van thuis.",
     "Bied een toestel op het bureau aan, maak samen een veiligheidsplan, en bespreek of een aanmelding kan."),
    (9, "ziekenhuis", "ouderenmishandeling", 20, "Een patiënt op leeftijd zegt dat de zoon het pensioen beheert en dreigt.",
     "Vraag het zonder de zoon erbij, betrek de sociale dienst, en bel 1712 voor het vervolg."),
    (15, "andere", "eergerelateerd_geweld", 55, "Een jeugdwerker hoort dat een meisje naar het buitenland zou moeten.",
     "Neem het ernstig, betrek meteen de politie als er een datum is, en spreek niet met de familie."),
)  # fmt: skip


def make_inboxes(progress) -> None:
    """The work list of each house, the same each time, and one dossier that is offered by one to another."""
    chance = random.Random(20240419)
    with keyring(trusted=True):
        for name in DEMO_HOUSES:
            fill_inbox(House(name), chance)
            note_consults(House(name))
        offer_one()
    progress("a work list for each house")


def fill_inbox(house: House, chance: random.Random) -> None:
    """Six referrals of one house, each at another point."""
    coordinator = house.actor("coordinator")
    _referred(house, "referrer.hospital", 0, chance)
    taken = _referred(house, "liaison.ocj", 1, chance)
    inflow.take(inflow=intake.standing(taken), by=coordinator)
    handed = _referred(house, "referrer.ocj", 2, chance)
    inflow.take(inflow=intake.standing(handed), by=coordinator)
    inflow.hand_over(inflow=intake.standing(handed), to=house.members["administrative"], by=coordinator)
    asked = _referred(house, "liaison.vk", 4, chance)
    criteria(asked, coordinator, Side.COORDINATOR)
    referrals.ask_clearance(
        dossier=asked, member=house.members["prosecutor"], due_on=timezone.localdate() + timedelta(days=4), by=coordinator
    )  # fmt: skip
    returned = _referred(house, "referrer.hospital", 5, chance)
    referrals.send_back(
        dossier=returned,
        by=coordinator,
        reason="Zeg nog wie de kinderen sprak, en of er een veilig nummer is.",
    )
    _refused(house, chance)


def note_consults(house: House) -> None:
    """Advice of the last weeks, and the sessions of one group."""
    by = house.actor("psychologist")
    for ago, asked_by, theme, minutes, question, advice in CONSULTS:
        consults.note_consult(
            by=by, on=timezone.localdate() - timedelta(days=ago), asked_by=asked_by, theme=theme, minutes=minutes,
            question=question, advice=advice,
        )  # fmt: skip
    for week, participants in enumerate((7, 8, 6, 9)):
        consults.note_session(
            by=by, on=timezone.localdate() - timedelta(days=3 + 7 * week), theme="partnergeweld",
            audience="slachtoffers", participants=participants, minutes=120,
        )  # fmt: skip


def offer_one() -> None:
    house = House("Limburg")
    dossier = Dossier.objects.filter(safe_home=house.home, stage="uitvoering").order_by("number").first()
    moves.offer(
        dossier=dossier, to_home=SafeHome.objects.get(name="Antwerpen"), by=house.actor("coordinator"),
        reason="Het gezin woont sinds vorige maand in uw werkgebied. Bel me voor de overdracht.",
    )  # fmt: skip


def _referred(house: House, who: str, ago: int, chance: random.Random) -> Dossier:
    author = house.actor(who)
    with days_ago(ago + 1):
        dossier, _family = build_file(house, author, chance)
        intake.write_referral(
            dossier=dossier, by=author, version=0, function=author.function, phone="011 00 00 00", email="",
            best_moment="op werkdagen van 9 tot 17 uur", colleague="", expects=EXPECTS,
        )  # fmt: skip
    with days_ago(ago):
        step("submit", dossier, author, Ground.AUTHOR)
    dossier.refresh_from_db()
    return dossier


def _refused(house: House, chance: random.Random) -> None:
    dossier = _referred(house, "referrer.hospital", 9, chance)
    coordinator = house.actor("coordinator")
    with days_ago(3):
        criteria(dossier, coordinator, Side.COORDINATOR)
        letter = letters.write_letter(
            dossier=dossier, by=coordinator, version=0, ground="weegt_niet_zwaar_genoeg", advice=ADVICE,
            repeated_risk_why="Er was één feit, en er is intussen toezicht door een grootouder.",
            sharing_needed_why="De diensten die nodig zijn, werken al samen.",
            alignment_needed_why="Hulp alleen volstaat op dit moment.",
            contact=f"{coordinator.name}, 011 00 00 00",
        )  # fmt: skip
        letter = letters.approve(letter=letter, by=coordinator, version=letter.version)
    sent = timezone.localdate() - timedelta(days=2)
    letters.mark_sent(letter=letter, on=sent, by=coordinator, version=letter.version)
