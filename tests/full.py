"""A dossier as full as one can get in years of trouble, made quickly."""

from datetime import timedelta

from django.utils import timezone

from wida.attachments import actions as attachments
from wida.demo.families import House
from wida.dossiers.models import Dossier
from wida.meetings import actions as meetings
from wida.meetings.models import AgendaItem
from wida.people import actions as people
from wida.people.models import Person
from wida.plans import actions as plans
from wida.plans.models import Goal
from wida.sharing import actions as sharing
from wida.sharing.models import Contribution, Lane
from wida.situation import actions as situation


def fill(dossier: Dossier, house: House) -> None:
    """Thirty persons, a hundred incidents, lanes with ten versions, sixty actions, notes, files."""
    dossier.refresh_from_db()
    _people(dossier, house)
    _incidents(dossier, house)
    _lanes(dossier, house)
    _plan(dossier, house)
    _meeting(dossier, house)
    for number in range(5):
        attachments.attach(
            dossier=dossier, by=house.actor("coordinator"), name=f"verslag {number}.txt", mime="text/plain",
            data=b"Een kort verslag.", category="verslag",
        )  # fmt: skip


def _people(dossier: Dossier, house: House) -> None:
    author = house.actor("coordinator")
    there = Person.objects.of(dossier).count()
    mother = Person.objects.of(dossier).filter(sex="vrouw", group="rechtstreeks").first()
    for number in range(30 - there):
        somebody = people.add_person(
            dossier=dossier, by=author, group="kind" if number % 3 == 0 else "andere", given_name=f"Persoon{number}",
            family_name="Overvol", known_as="",
            sex="vrouw" if number % 2 else "man", birth_date=None, age_stated=8 + number,
            unborn=False, due_on=None, deceased=False, national_number="", nationality="", languages="", interpreter="",
            profession="", note="",
        )  # fmt: skip
        people.add_relation(
            dossier=dossier, by=author, person=str(mother.pk), other=str(somebody.pk),
            kind="ouder" if number % 3 == 0 else "andere_familie", married=False, since=None, until=None, note="",
        )  # fmt: skip
        people.add_contact(
            person=somebody, by=author, kind="telefoon", value="0470 00 00 00", safe="onbekend", safe_times="",
            may_leave_message=None, note="", confirmed_on=None,
        )  # fmt: skip
        if number % 3 == 0:
            people.add_note(
                child=somebody,
                by=author,
                kind="signaal",
                on=timezone.localdate(),
                by_whom="school",
                text="Stil.",
            )
    for number in range(8):
        people.add_service(
            dossier=dossier, by=author, name=f"Dienst {number}", kind="caw", for_whom="", contact="", state="lopend",
            since=None, until=None, result="",
        )  # fmt: skip


def _incidents(dossier: Dossier, house: House) -> None:
    persons = list(Person.objects.of(dossier)[:4])
    for number in range(100):
        situation.add_incident(
            dossier=dossier, by=house.actor("liaison.police"), kind="geweldsincident", precision="dag",
            involved=[("van", persons[0].pk), ("naar", persons[1].pk), ("getuige", persons[2].pk)],
            begins_on=timezone.localdate() - timedelta(days=number * 9), ends_on=None, at=None, forms=["fysiek"],
            children_present="ja", account=f"Feit {number}", impact="", response="", source="politie", source_note="",
            reliability="vastgesteld", report_number="TG.69.L3.00572/24",
        )  # fmt: skip


def _lanes(dossier: Dossier, house: House) -> None:
    members = [m for role, m in house.members.items() if role.startswith("liaison.") or role == "prosecutor"]
    sharing.ask(
        dossier=dossier, members=members, ground="betrokkenheid_kennis", due_on=timezone.localdate(),
        why="Kent het gezin",
        by=house.actor("coordinator"),
    )  # fmt: skip
    for member in members:
        lane = Lane.objects.select_related("dossier").get(dossier=dossier, partner=member.organisation)
        newest = Contribution.objects.of(dossier).filter(lane=lane).count()
        for version in range(newest, 10):
            sharing.share(
                lane=lane, by=member.actor, version=version, state="gekend", text=f"Versie {version}", source="eigen",
                categories=[11], necessity="Nodig.", reason="Rechtgezet." if version else "",
            )  # fmt: skip


def _plan(dossier: Dossier, house: House) -> None:
    manager = house.actor("coordinator")
    goal = Goal.objects.of(dossier).first()
    for number in range(54):
        holder = house.members["liaison.caw"]
        plans.add_action(
            dossier=dossier, by=manager, what=f"Actie {number}", organisation_id=holder.organisation_id,
            holder_id=holder.user_id, goal_id=goal.pk, due_on=timezone.localdate() + timedelta(days=number),
        )  # fmt: skip


def _meeting(dossier: Dossier, house: House) -> None:
    item = AgendaItem.objects.of(dossier).select_related("meeting").first()
    item.dossier = dossier
    for number in range(30):
        meetings.add_note(item=item, by=house.actor("coordinator"), text=f"Notitie {number}")
