"""What a told family has none of, as a browser sends it: so that each page of a room has something to show."""

import re
from datetime import timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests import cast
from tests.api.systems import unplaced
from tests.consults.test_consults import CONSULT, SESSION
from tests.jobs import run_all
from tests.meetings.steps import DECIDED
from tests.pages import Page
from tests.referrals.steps import CONSULTED, CRITERIA, REFUSAL
from wida.accounts import lost
from wida.accounts.models import Membership, SafeHome, User
from wida.audit.models import Event
from wida.dossiers.codes import Stage
from wida.dossiers.models import Dossier
from wida.inspection import actions as inspections
from wida.inspection.codes import GIVE
from wida.meetings.models import AgendaItem
from wida.people import matching, merging
from wida.people.models import Person
from wida.plans.models import SafetyPlan
from wida.records import actions as records
from wida.situation.models import Incident
from wida.web.dates import day


def fill(room: str, dossier: Dossier, client: Client) -> None:
    """Adds what a room lacks; rooms without an entry need nothing more."""
    if room in FILL:
        FILL[room](dossier, client)


def people(dossier: Dossier, client: Client) -> None:
    mother, child = _adult(dossier), _child(dossier)
    send(client, "people:add_custody", dossier, child=child, holder=mother, authority="gezamenlijk")
    send(
        client,
        "people:add_note",
        dossier,
        child,
        kind="stem",
        on=_day(),
        by_whom="leerkracht",
        text="“Ik blijf.”",
    )
    send(client, "people:add_service", dossier, name="Begeleiding", kind="caw", state="lopend")
    # The dossier began two years ago, and a child of it became eighteen since.
    Dossier.objects.filter(pk=dossier.pk).update(created_at=timezone.now() - timedelta(days=730))
    born = timezone.localdate() - timedelta(days=6600)
    grown = Person(
        dossier=dossier, group="kind", given_name="Jana", family_name="Bosteel", sex="vrouw",
        birth_date=born.isoformat(), birth_year=born.year,
    )  # fmt: skip
    records.add(grown, by=cast.actor("coordinator.limburg"))


def situation(dossier: Dossier, client: Client) -> None:
    mother, father = _adult(dossier), _adult(dossier, "man")
    incident = Incident.objects.of(dossier).first()
    send(
        client, "situation:add_measure", dossier, kind="contactverbod", subjects=father, protected=mother,
        begins_on=_day(), issued_by="parket",
    )  # fmt: skip
    send(
        client, "situation:add_dynamic", dossier, first=father, second=mother, profile="onbekend", on=_day(),
        grounds="Twee gesprekken.",
    )  # fmt: skip
    send(
        client,
        "situation:add_remark",
        dossier,
        "incidents",
        incident.pk,
        kind="betwist",
        text="Anders verlopen.",
    )
    send(
        client, "situation:add_incident", dossier, kind="geweldsincident", precision="dag", begins_on=_day(),
        froms=father, towards=mother, forms="fysiek", children_present="ja", account="Duwen.", source="politie",
        reliability="verklaard",
    )  # fmt: skip


def risk(dossier: Dossier, client: Client) -> None:
    send(
        client,
        "risk:add_signal",
        dossier,
        flag="wapen",
        state="aanwezig",
        seen_on=_day(),
        account="Een mes.",
        source="PV",
    )
    send(
        client, "risk:add_instrument", dossier, name="RTI", used_on=_day(), assessor="An, CAW", trained="ja",
        outcome="Hoog.",
    )  # fmt: skip


def access(dossier: Dossier, client: Client) -> None:
    user = Membership.objects.get(user__login="liaison.clb-limburg").user_id
    send(client, "access:add_block", dossier, whom=f"user:{user}", why="Is familie.")


def audit(dossier: Dossier, client: Client) -> None:
    """A partner looked, and was asked why."""
    police = cast.signed_in("liaison.police-limburg")
    assert police.get(reverse("risk:risk", args=[dossier.number])).status_code == 200
    looked = Event.objects.filter(action="read", user=cast.actor("liaison.police-limburg").user_id)
    send(client, "audit:ask", dossier, looked.latest("id").pk, words="Waarom keek u hier?")


def namesake(dossier: Dossier, client: Client) -> None:
    """A partner's liaison is called as somebody in the file, and came to look."""
    mother = Person.objects.of(dossier).get(pk=_adult(dossier))
    name = f"{mother.given_name} {mother.family_name}"
    User.objects.filter(login="liaison.ggz-limburg").update(name=name)
    answer = cast.signed_in("liaison.ggz-limburg").get(reverse("dossiers:overview", args=[dossier.number]))
    assert answer.status_code == 302


def emergency(dossier: Dossier, client: Client) -> None:
    """Another house's coordinator reads for an hour."""
    data = {"number": dossier.number, "reason": "De politie belt: de kinderen zijn hier."}
    answer = cast.signed_in("coordinator.antwerpen").post(reverse("house_access:emergency"), data)
    assert answer.status_code == 303


def visitors(dossier: Dossier, client: Client) -> None:
    """All of it at once: under extra protection and visited, a namesake, and somebody in an emergency."""
    namesake(dossier, client)
    emergency(dossier, client)
    send(client, "access:protect", dossier, why="Bekende familie")
    police = cast.signed_in("liaison.police-limburg")
    assert police.get(reverse("people:people", args=[dossier.number])).status_code == 200


def drafts(dossier: Dossier, client: Client) -> None:
    address = reverse("situation:narrative", args=[dossier.number])
    form = next(form for form in Page(client.get(address)).forms if "draft_title" in form.sent())
    client.post(address, form.sent() | {"text": "Nog niet af.", "draft": "keep"})


def alike(dossier: Dossier, client: Client) -> None:
    """Two of the family stand in another dossier as well; of one of them it was said."""
    other = cast.at(cast.new_dossier(), Stage.EXECUTION)
    family = Person.objects.of(dossier).filter(group="rechtstreeks")[:2]
    for person, same in zip(family, Person.objects.of(other)[:2], strict=True):
        for fact in ("given_name", "family_name", "sex", "birth_date", "birth_year"):
            setattr(same, fact, getattr(person, fact))
        same.save()
        matching.index(same)
    page = client.get(reverse("people:known", args=[dossier.number])).content.decode()
    first = re.search(r'href="(/dossiers/[^"]+/same/[^"]*)"', page)[1]
    assert client.post(first, {"answer": "zelfde"}).status_code == 303
    by = cast.actor("coordinator.limburg")
    twin = Person(dossier=dossier, group="andere", given_name="Kel", family_name="Bosteel", sex="vrouw")
    records.add(twin, by=by)
    merging.merge(person=family[0], other=twin, by=by, reason="Dezelfde vrouw.")


def accounts(dossier: Dossier, client: Client) -> None:
    """Somebody lost their factors, and a second person has to say so."""
    user = cast.member("liaison.caw-limburg").user
    lost.ask(user=user, by=cast.actor("admin.team"))


def consults(dossier: Dossier, client: Client) -> None:
    for name, data in (("add_consult", CONSULT), ("add_session", SESSION)):
        assert client.post(reverse(f"consults:{name}"), data).status_code == 303


def referrals(dossier: Dossier, client: Client) -> None:
    """The coordinator's check, twice, a question to the prosecutor that waits, and a letter that was begun."""
    member = Membership.objects.get(user__login="prosecutor.limburg").pk
    send(client, "referrals:check_criteria", dossier, version=0, **CRITERIA)
    send(
        client,
        "referrals:check_criteria",
        dossier,
        version=1,
        **CRITERIA | {"trajectory": "Hulp en justitie."},
    )
    send(client, "referrals:ask_clearance", dossier, member=member, due_on=_day(5))
    send(client, "referrals:consult_youth", dossier, **CONSULTED)
    send(client, "referrals:refuse", dossier, **REFUSAL)


def refused(dossier: Dossier, client: Client) -> None:
    """The letter is approved, and that closes."""
    send(client, "referrals:check_criteria", dossier, version=0, **CRITERIA | {"alignment_needed": "nee"})
    send(client, "referrals:consult_youth", dossier, **CONSULTED)
    send(client, "referrals:refuse", dossier, **REFUSAL)
    send(client, "referrals:letter", dossier, read="on", version=1)


def offered(dossier: Dossier, client: Client) -> None:
    """To the house next door, which has not answered."""
    home = SafeHome.objects.get(name="Antwerpen").pk
    send(client, "referrals:offer", dossier, to_home=home, reason="Het gezin verhuisde.")


def kept_long_enough(dossier: Dossier, client: Client) -> None:
    """Two dossiers were kept until yesterday; of one it was proposed to destroy it."""
    other = cast.at(cast.new_dossier(), Stage.CLOSED)
    yesterday = timezone.localdate() - timedelta(days=1)
    Dossier.objects.filter(pk__in=[dossier.pk, other.pk]).update(retain_until=yesterday)
    assert client.post(reverse("house_closure:propose_destruction", args=[other.pk])).status_code == 303


def meetings(dossier: Dossier, client: Client) -> None:
    """A second meeting, that goes on: earlier actions, minutes, an agreement."""
    sent = client.post(
        reverse("house_meetings:call_meeting"),
        {
            "type": "opvolging", "on": _day(3), "starts": "9.30", "legal_basis": "decreet_353",
            "finality": "Het gezin beschermen",
        },
    )  # fmt: skip
    meeting = sent["Location"].rstrip("/").split("/")[-1]
    send(client, "meetings:add_item", dossier, meeting=meeting, question="Hoe gaat het?")
    item = AgendaItem.objects.of(dossier).get(meeting_id=meeting)
    member = Membership.objects.get(user__login="liaison.caw-limburg")
    send(client, "meetings:invite", dossier, item.pk, members=str(member.pk), ground="betrokken")
    send(client, "meetings:add_note", dossier, item.pk, text="Het gaat beter.")
    send(client, "meetings:add_point", dossier, item.pk, person=_adult(dossier), text="Werkt weer.")
    send(
        client, "meetings:add_action", dossier, item.pk, what="Huisbezoek",
        holder=f"{member.organisation_id}:{member.user_id}", due_on=_day(9),
    )  # fmt: skip
    send(
        client, "meetings:decide", dossier, item.pk,
        case_manager=Membership.objects.get(user__login="casemanager.limburg").pk, **DECIDED,
    )  # fmt: skip


def plans(dossier: Dossier, client: Client) -> None:
    """A gap left open on purpose, a line in the log, and a safety plan that this reader opened."""
    page = client.get(reverse("plans:plan", args=[dossier.number])).content.decode()
    kind, subject = re.search(r"/plan/gaps/([^/]+)/([^/]+)/set-aside/", page).groups()
    send(client, "plans:set_aside", dossier, kind, subject, reason="Later.")
    send(client, "plans:add_entry", dossier, kind="verslag", on=_day(), text="Rustig.")
    send(
        client, "plans:add_safety_plan", dossier, person_id=_adult(dossier), title="Plan van mevrouw",
        steps="Belt haar zus.",
    )  # fmt: skip
    plan = SafetyPlan.objects.of(dossier).get()
    send(client, "plans:safety_plan", dossier, plan.pk, reason="Ik bereid een gesprek voor.")


def attachments(dossier: Dossier, client: Client) -> None:
    report = SimpleUploadedFile("verslag.txt", b"Een kort verslag.")
    send(client, "attachments:add_attachment", dossier, category="verslag", file=report)
    run_all()


def inspection(dossier: Dossier, client: Client) -> None:
    """The mother has her answer, the father's is still to be decided."""
    by, second = cast.actor("coordinator.limburg"), cast.actor("administrative.limburg")
    for sex in ("vrouw", "man"):
        person = Person.objects.of(dossier).get(pk=_adult(dossier, sex))
        asked = inspections.start(
            dossier=dossier, person=person, asked_on=timezone.localdate(), identity="Kaart", by=by
        )
        if sex == "vrouw":
            given = {one.key: one.decision or GIVE for one in inspections.passages(asked)}
            asked = inspections.decide(inspection=asked, decisions=given, by=by, version=1)
            inspections.release(inspection=asked, by=second, version=2)


def api(dossier: Dossier, client: Client) -> None:
    unplaced()


FILL = {
    room.__name__: room
    for room in (
        people,
        situation,
        risk,
        access,
        consults,
        referrals,
        meetings,
        plans,
        attachments,
        inspection,
        api,
    )
}


def send(client: Client, address: str, dossier: Dossier, /, *more, **data) -> None:
    answer = client.post(reverse(address, args=[dossier.number, *more]), data)
    assert answer.status_code == 303, f"{address} answered {answer.status_code}: {_faults(answer)}"


def _faults(answer) -> str:
    page = answer.content.decode()
    return page[page.find("error-summary") :][:1500]


def _adult(dossier: Dossier, sex: str = "vrouw") -> str:
    return str(Person.objects.of(dossier).filter(group="rechtstreeks", sex=sex).first().pk)


def _child(dossier: Dossier) -> str:
    return str(Person.objects.of(dossier).filter(group="kind").first().pk)


def _day(ahead: int = 0) -> str:
    return day(timezone.localdate() + timedelta(days=ahead))
