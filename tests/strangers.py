"""Two rich dossiers in two houses, with a mark in every sealed text, and the places where marks can be looked for."""

import json
import random
import re
from collections import defaultdict
from datetime import date
from typing import NamedTuple
from uuid import UUID

from django.apps import apps
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from tests.addresses import NOTHING, WORDS, of_dossiers
from wida.access.actions import end_all, give_mandate
from wida.access.rules import Ground
from wida.attachments import actions as attachments
from wida.demo.families import tell
from wida.demo.house import House
from wida.dossiers.codes import Stage
from wida.dossiers.models import Dossier
from wida.inspection import actions as inspections
from wida.people import actions as people
from wida.people import matching
from wida.people.models import Person
from wida.plans import execution, safety
from wida.records.models import Record
from wida.records.sealing import SealedText
from wida.situation import actions as situation
from wida.situation.models import Incident

MARK = re.compile(r"zq[la]\d{4}", re.IGNORECASE)
ID_ARGUMENTS = {
    "mandate_id": "access.Mandate",
    "block_id": "access.ConflictBlock",
    "proposal_id": "access.BlockProposal",
    "alert_id": "access.Alert",
    "event_id": "audit.Event",
    "question_id": "audit.Question",
    "comparison_id": "people.Comparison",
    "merge_id": "people.Merge",
    "other_id": "people.Person",
    "move_id": "referrals.Move",
    "criteria_id": "referrals.Criteria",
    "request_id": "referrals.ClearanceRequest",
    "consultation_id": "referrals.YouthConsultation",
    "person_id": "people.Person",
    "contact_id": "people.Contact",
    "address_id": "people.Address",
    "relation_id": "people.Relation",
    "household_id": "people.Household",
    "residence_id": "people.Residence",
    "custody_id": "people.Custody",
    "note_id": "people.ChildNote",
    "service_id": "people.Service",
    "record_id": "people.Person",
    "pk": "situation.Incident",
    "assessment_id": "risk.Assessment",
    "signal_id": "risk.Signal",
    "instrument_id": "risk.Instrument",
    "weighing_id": "risk.Weighing",
    "lane_id": "sharing.Lane",
    "decision_id": "meetings.Decision",
    "item_id": "meetings.AgendaItem",
    "invitee_id": "meetings.Invitee",
    "action_id": "plans.Action",
    "point_id": "meetings.PersonPoint",
    "goal_id": "plans.Goal",
    "aside_id": "plans.SetAside",
    "plan_id": "plans.SafetyPlan",
    "entry_id": "plans.LogEntry",
    "attachment_id": "attachments.Attachment",
    "inspection_id": "inspection.Inspection",
}
# The same argument for another model; and what the words beside an id say.
OF_ROOM = {
    ("closure", "contact_id"): "closure.WatchContact",
    ("meetings", "note_id"): "meetings.Note",
    ("situation", "edit_danger"): "situation.Danger",
    ("situation", "edit_pattern"): "situation.Pattern",
    ("situation", "edit_measure"): "situation.Measure",
    ("situation", "edit_dynamic"): "situation.Dynamic",
    ("situation", "edit_remark"): "situation.Remark",
}
KINDS = {"people": "person", "situation": "incidents", "plans": "risicofactor"}


class Mark(NamedTuple):
    """Where a mark stands."""

    row: Record
    field: str


def rich(name: str, letter: str) -> tuple[Dossier, dict[str, Mark]]:
    """A dossier in execution of the house with this name, and each of its marks with where it stands."""
    house = House(name)
    dossier = tell(house, Stage.EXECUTION, random.Random(name), 1)
    dossier.refresh_from_db()
    _more(dossier, house)
    return dossier, _marked(dossier, letter)


def _more(dossier: Dossier, house: House) -> None:
    """What the stories of the demo don't tell."""
    coordinator, police, vk = (house.actor(role) for role in ("coordinator", "liaison.police", "liaison.vk"))
    today = timezone.localdate()
    mother = Person.objects.of(dossier).filter(sex="vrouw", group="rechtstreeks").first()
    father = Person.objects.of(dossier).filter(sex="man", group="rechtstreeks").first()
    give_mandate(
        dossier=dossier, holder=house.members["psychologist"], ground=Ground.ASSIGNED, by=coordinator
    )
    give_mandate(
        dossier=dossier,
        holder=house.members["liaison.ggz"],
        ground=Ground.INVITED,
        by=coordinator,
        why="Kent het gezin",
    )
    people.add_address(
        person=mother,
        by=coordinator,
        viewers=[],
        type="vluchthuis",
        street="Schuilhoek 7",
        postal_code="3999",
        place="Nergenshuizen",
        country="",
        municipality="",
        since=None,
        until=None,
        protected=True,
        protected_why="Meneer zoekt haar",
    )
    people.add_service(
        dossier=dossier,
        by=coordinator,
        name="Vluchthuis",
        kind="vluchthuis",
        for_whom="mevrouw",
        contact="onthaal",
        state="lopend",
        since=None,
        until=None,
        result="verblijf",
    )
    Person.objects.filter(pk=mother.pk).update(organisation_id=coordinator.organisation_id)
    mother.refresh_from_db()
    mother.profession = "Weverij"
    mother.save(update_fields=["profession"])
    for kind, value in (
        ("telefoon", "089 00 00 01"),
        ("andere", "Bij de bakker"),
        ("telefoon", "0470 00 00 09"),
    ):
        people.add_contact(
            person=mother,
            by=coordinator,
            kind=kind,
            value=value,
            safe="veilig",
            safe_times="",
            may_leave_message=None,
            note="",
            confirmed_on=None,
        )
    people.add_service(
        dossier=dossier,
        by=coordinator,
        name="Dokter Peel",
        kind="huisarts",
        for_whom="mevrouw",
        contact="balie",
        state="lopend",
        since=None,
        until=None,
        result="",
    )
    people.add_custody(
        dossier=dossier,
        by=coordinator,
        child=str(father.pk),
        holder=str(mother.pk),
        authority="onbekend",
        arrangement="geen",
        decided_on=None,
    )
    inspections.start(
        dossier=dossier, person=mother, asked_on=today, identity="Identiteitskaart", by=coordinator
    )
    plan = safety.add_safety_plan(
        dossier=dossier,
        by=vk,
        person_id=mother.pk,
        title="Plan",
        readers=[],
        signals="stilte",
        steps="weggaan",
        contacts="zus",
        children="mee",
        agreements="bellen",
        checked_on=today,
        checked_with="collega",
    )
    safety.open_safety_plan(plan=plan, by=vk, reason="Nakijken")
    execution.add_entry(
        dossier=dossier,
        by=police,
        kind="contact",
        on=today,
        text="Gebeld",
        with_whom="mevrouw",
        way="telefoon",
    )
    execution.pass_on(dossier=dossier, by=coordinator, theme="wachttijd", text="Te lang wachten")
    situation.add_remark(
        subject=Incident.objects.of(dossier).first(),
        about="incidents",
        by=vk,
        text="Anders gehoord",
        kind="aanvulling",
    )
    attachments.attach(
        dossier=dossier,
        by=coordinator,
        name="verslag.txt",
        mime="text/plain",
        data=b"Een kort verslag.",
        category="verslag",
        description="kort",
    )


def _marked(dossier: Dossier, letter: str) -> dict[str, Mark]:
    """Adds a mark to every sealed text but dates, numbers and JSON; past the triggers, since history is kept."""
    marks: dict[str, Mark] = {}
    with connection.cursor() as cursor:
        cursor.execute("set session_replication_role = replica")
    for model in apps.get_models():
        names = [field.name for field in model._meta.concrete_fields if isinstance(field, SealedText)]
        # What came in and was not opened as a dossier yet is sealed under another key.
        if not names or hasattr(model, "sealed_under"):
            continue
        for row in model.objects.filter(**{"pk" if model is Dossier else "dossier_id": dossier.pk}):
            for name in names:
                text = getattr(row, name)
                if text and not _is_data(text):
                    mark = f"Zq{letter}{len(marks):04}"
                    marks[mark.lower()] = Mark(row, name)
                    setattr(row, name, f"{text} {mark}")
            row.save(update_fields=names)
    with connection.cursor() as cursor:
        cursor.execute("set session_replication_role = default")
    for person in Person.objects.of(dossier):
        matching.index(person)
    dossier.refresh_from_db()
    return marks


def _is_data(text: str) -> bool:
    return text[0] in "[{" or re.fullmatch(r"[\d.\-]+", text) is not None


def author_after_referral(dossier: Dossier, house: House) -> None:
    """Leaves whoever made the dossier no more than what an author keeps."""
    end_all(dossier=dossier, by=house.actor("coordinator"), ground=Ground.INVITED, holder=dossier.author_id)


def addresses(dossier: Dossier, rows_of: Dossier | None = None) -> list[tuple[str, str]]:
    """Every address of a dossier with rows that are there; with the rows of another dossier when one is given."""
    found = []
    ids = _ids(rows_of or dossier)
    for address in of_dossiers():
        has_ids = any(name in ID_ARGUMENTS for name in address.arguments)
        if rows_of and not has_ids:
            continue
        room, _colon, view = address.name.partition(":")
        values = {"number": dossier.number, **WORDS, "kind": KINDS.get(room, "incident"), "version_number": 1}
        for name, label in ID_ARGUMENTS.items():
            values[name] = ids[OF_ROOM.get((room, view), "") or OF_ROOM.get((room, name), label)]
        found.append(
            (address.name, reverse(address.name, kwargs={name: values[name] for name in address.arguments}))
        )
    return found


def _ids(dossier: Dossier) -> dict[str, UUID]:
    found: dict[str, UUID] = defaultdict(lambda: NOTHING)
    for label in {*ID_ARGUMENTS.values(), *OF_ROOM.values()}:
        row = apps.get_model(label).objects.filter(dossier=dossier.pk).order_by("pk").last()
        if row:
            found[label] = row.pk
    return found


def marks_in(answer) -> set[str]:
    """The marks on a page, in where it leads to, and in its name as a file."""
    text = answer.content.decode(errors="replace") + json.dumps(dict(answer.headers))
    return {mark.lower() for mark in MARK.findall(text)}


# Each sealed field that says where somebody is; of the Contacts those that are no mobile phone.
PLACES = {
    "people.Address": {"street", "postal_code", "place", "country"},
    "people.ChildPanel": {"school", "school_contact"},
    "people.Contact": {"value"},
    "people.Household": {"label"},
    "people.Person": {"profession"},
    "people.Residence": {"arrangement"},
    "people.Service": {"name", "for_whom", "contact", "result"},
}


def says_where(mark: Mark) -> bool:
    """Whether it stands in a field that says where the mother of these stories hides, or a child of hers."""
    row, label = mark.row, mark.row._meta.label
    if mark.field not in PLACES.get(label, ()):
        return False
    if label == "people.Contact" and row.value.startswith("04"):
        return False
    if label == "people.Address" and not row.protected and row.person.group != "kind":
        return False  # where she lived before is known to all
    if label == "people.Service":
        return row.kind in ("vluchthuis", "huisarts", "school_clb")
    person = getattr(row, "person_id", None) or getattr(row, "child_id", None) or row.pk
    return label == "people.Household" or person in _hiding(row.dossier)


def _hiding(dossier: Dossier) -> set[UUID]:
    mother = (
        Person.objects.of(dossier).filter(sex="vrouw", group="rechtstreeks").values_list("pk", flat=True)[:1]
    )
    children = Person.objects.of(dossier).filter(group="kind").values_list("pk", flat=True)
    return {*mother, *children}


LONG_AGO = date(2020, 1, 1)
