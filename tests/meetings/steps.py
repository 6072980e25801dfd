"""Running a meeting, as a browser does it."""

import uuid
from datetime import date, timedelta

from django.urls import reverse
from django.utils import timezone

from tests import cast
from wida.dossiers.codes import Stage
from wida.dossiers.models import Dossier
from wida.meetings.models import AgendaItem, Invitee, Meeting

COORDINATOR, ADMINISTRATIVE = "coordinator.limburg", "administrative.limburg"
MANAGER = "casemanager.limburg"
CAW, POLICE, GGZ, VK = (f"liaison.{name}-limburg" for name in ("caw", "police", "ggz", "vk"))

DECIDED = {
    "outcome": "spoor_3",
    "repeated": "ja",
    "repeated_why": "Het geweld herhaalt zich.",
    "sharing": "ja",
    "sharing_why": "Niemand ziet het geheel.",
    "aligned": "ja",
    "aligned_why": "Hulp en justitie samen.",
    "alternatives": "Vrijwillige hulp liep vast.",
    "youth_consulted": "ocj",
    "youth_outcome": "OCJ vraagt casusoverleg.",
    "motivation": "De drie criteria zijn vervuld.",
    "dissent": "CGG vindt spoor 2 genoeg.",
    "advice": "",
}


def day(ahead: int = 0) -> date:
    return timezone.localdate() + timedelta(days=ahead)


def typed(ahead: int = 0) -> str:
    return day(ahead).strftime("%d/%m/%Y")


def forming(stage: Stage = Stage.FORMING, **options) -> Dossier:
    return cast.at(cast.new_dossier(**options), stage)


def url(name: str, dossier: Dossier, *args) -> str:
    return reverse(f"meetings:{name}", args=[dossier.number, *args])


def house_url(name: str, *args) -> str:
    return reverse(f"house_meetings:{name}", args=args)


def get(login: str, name: str, dossier: Dossier, *args):
    return cast.signed_in(login).get(url(name, dossier, *args))


def post(login: str, name: str, dossier: Dossier, *args, data: dict | None = None):
    return cast.signed_in(login).post(url(name, dossier, *args), sent(data))


def sent(data: dict | None = None) -> dict:
    return {"form_key": str(uuid.uuid4()), **(data or {})}


def planned(**changes) -> dict:
    """A meeting as the coordinator types it."""
    return {
        "type": "triage",
        "on": typed(),
        "starts": "9.30",
        "place": "Zaal 1",
        "legal_basis": "decreet_353",
        "finality": "De integriteit van de leden van het gezin beschermen",
        **changes,
    }


def call(login: str = COORDINATOR, **changes) -> Meeting:
    answer = cast.signed_in(login).post(house_url("call_meeting"), sent(planned(**changes)))
    assert answer.status_code == 303, answer.content.decode()
    return Meeting.objects.get(pk=answer["Location"].split("/")[-2])


def put(dossier: Dossier, meeting: Meeting, question: str = "Nemen we dit gezin op?", **more) -> AgendaItem:
    data = {"meeting": str(meeting.pk), "question": question, "planned_at": "", **more}
    answer = post(COORDINATOR, "add_item", dossier, data=data)
    assert answer.status_code == 303, answer.content.decode()
    return AgendaItem.objects.select_related("meeting", "dossier").get(pk=answer["Location"].split("/")[-2])


def point(dossier: Dossier | None = None, *logins: str, **changes) -> AgendaItem:
    """A dossier on the agenda of a meeting of today, with these people invited."""
    item = put(dossier or forming(), call(**changes))
    if logins:
        invite(item, *logins)
    return item


def invite(item: AgendaItem, *logins: str, ground: str = "betrokken") -> list[Invitee]:
    members = [str(cast.member(login).pk) for login in logins]
    answer = post(COORDINATOR, "invite", item.dossier, item.pk, data={"members": members, "ground": ground})
    assert answer.status_code == 303, answer.content.decode()
    return [invitee_of(item, login) for login in logins]


def invitee_of(item: AgendaItem, login: str) -> Invitee:
    return Invitee.objects.get(item=item, user__login=login, withdrawn_at=None)


def attend(item: AgendaItem, login: str, attendance: str = "aanwezig", by: str = COORDINATOR, **more):
    invitee = invitee_of(item, login)
    data = {"attendance": attendance, "version": invitee.version, **more}
    return post(by, "attendance", item.dossier, item.pk, invitee.pk, data=data)


def minute(item: AgendaItem, text: str, by: str = COORDINATOR, **more):
    return post(by, "add_note", item.dossier, item.pk, data={"text": text, **more})


def decide(item: AgendaItem, by: str = COORDINATOR, **changes):
    manager = {"case_manager": str(cast.member(MANAGER).pk)}
    return post(by, "decide", item.dossier, item.pk, data=DECIDED | manager | changes)


def read(login: str, item: AgendaItem) -> str:
    answer = get(login, "item", item.dossier, item.pk)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()
