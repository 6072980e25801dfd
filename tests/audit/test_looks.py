"""Who looked, as each member of a dossier sees it, and asking what for."""

import re
from datetime import UTC, datetime

import pytest
from django.urls import reverse

from tests import cast
from wida.access.actions import block
from wida.access.emergency import break_glass
from wida.audit.actions import record
from wida.audit.models import Answer, Batch, Check, Event, Judgement, Question
from wida.dossiers.codes import Stage

pytestmark = pytest.mark.usefixtures("house", "seals")

COORDINATOR, MANAGER, CAW, POLICE = (
    "coordinator.limburg",
    "casemanager.limburg",
    "liaison.caw-limburg",
    "liaison.police-limburg",
)
STRANGER = "coordinator.antwerpen"


@pytest.fixture
def dossier():
    made = cast.at(cast.new_dossier(), Stage.EXECUTION)
    return made


def visit(login: str, name: str, dossier, **kwargs):
    return cast.signed_in(login).get(reverse(name, kwargs={"number": dossier.number, **kwargs}))


def page(login: str, dossier, **query) -> str:
    answer = cast.signed_in(login).get(reverse("audit:looks", args=[dossier.number]), query)
    assert answer.status_code == 200
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def name_of(login: str) -> str:
    return cast.member(login).user.name


def last(action: str, **facts) -> Event:
    return Event.objects.filter(action=action, **facts).order_by("-id").first()


def send(login: str, name: str, dossier, data: dict, **kwargs):
    return cast.signed_in(login).post(reverse(name, kwargs={"number": dossier.number, **kwargs}), data)


def test_a_visit_is_one_line_with_its_parts(dossier):
    client = cast.signed_in(POLICE)
    for name in ("people:people", "risk:risk", "people:people"):
        client.get(reverse(name, args=[dossier.number]))

    answer = cast.signed_in(MANAGER).get(reverse("audit:looks", args=[dossier.number])).content.decode()

    assert answer.count(f"<b>{name_of(POLICE)}</b>") == 1
    assert "Persoonsgegevens, Risico-inschatting" in page(MANAGER, dossier)
    assert "3 onderdelen" in page(MANAGER, dossier)


def test_looking_here_is_recorded_and_said(dossier):
    page(CAW, dossier)

    event = last("read", detail="looks")
    assert (event.user, event.part, event.dossier) == (cast.actor(CAW).user_id, "log", dossier.pk)
    assert "Dat bent u" in page(CAW, dossier)


def test_a_refused_stranger_is_named_to_the_coordinator_alone(dossier):
    visit(STRANGER, "people:people", dossier)

    assert name_of(STRANGER) in page(COORDINATOR, dossier)
    for member in (MANAGER, CAW):
        seen = page(member, dossier)
        assert name_of(STRANGER) not in seen
        assert f"van {cast.actor(STRANGER).organisation}" in seen
        assert "Geen opdracht in dit dossier. WIDA toonde niets." in seen


def test_parts_that_one_may_not_read_leave_no_trace(dossier):
    stranger = cast.member(STRANGER).user
    block(dossier=dossier, by=cast.actor(COORDINATOR), why="Een neef", user=stranger)
    added = last("added", table="access.conflictblock")
    visit(COORDINATOR, "access:access", dossier)

    assert "Toegang" in page(COORDINATOR, dossier)
    assert "Toegang" not in page(CAW, dossier).replace("Noodtoegang", "")
    assert visit(CAW, "audit:ask", dossier, event_id=added.pk).status_code == 404
    assert visit(COORDINATOR, "audit:ask", dossier, event_id=added.pk).status_code in (403, 404, 200)


def test_who_looked_at_a_protected_address_is_seen_by_the_coordinator_and_themselves(dossier):
    record("revealed", by=cast.actor(MANAGER), dossier=dossier.pk, part="people")

    assert "Toonde een afgeschermd adres" in page(COORDINATOR, dossier)
    assert "Toonde een afgeschermd adres" in page(MANAGER, dossier)
    assert "Toonde een afgeschermd adres" not in page(CAW, dossier)


def test_what_is_remarkable_comes_first_with_its_outcome(dossier):
    visit(STRANGER, "people:people", dossier)
    refusal = last("refused")
    assert "De coördinator kijkt dit na" in page(CAW, dossier)

    form = {"verdict": "in_orde", "words": "Zij nam een verkeerd nummer over."}
    assert send(COORDINATOR, "audit:judge", dossier, form, event_id=refusal.pk).status_code == 303

    judged = Judgement.objects.get()
    assert (judged.event, judged.verdict, judged.organisation_id) == (
        refusal.pk,
        "in_orde",
        cast.actor(COORDINATOR).organisation_id,
    )
    seen = page(CAW, dossier)
    assert seen.index("Opvallend") < seen.index("In orde") < seen.index(form["words"])
    assert "De coördinator kijkt dit na" not in seen
    assert send(CAW, "audit:judge", dossier, form, event_id=refusal.pk).status_code == 403


def test_an_emergency_is_judged_where_its_mandate_stands_and_nowhere_else(dossier):
    mandate = break_glass(number=dossier.number, reason="Kinderen alleen", by=cast.actor(STRANGER))
    visit(STRANGER, "people:people", dossier)
    access, form = reverse("access:access", args=[dossier.number]), {"verdict": "in_orde", "words": "Nodig."}

    for event in (last("glass_broken"), last("read", user=mandate.holder_id)):
        sent = send(COORDINATOR, "audit:judge", dossier, form, event_id=event.pk)
        assert (sent.status_code, sent["Location"]) == (302, f"{access}#mandates")

    seen = visit(COORDINATOR, "audit:looks", dossier).content.decode()
    assert not Judgement.objects.exists()
    assert f'href="{access}#mandates">Bekijk de noodtoegang' in seen
    assert "/judge/" not in seen
    judge = reverse("access:judge_emergency", args=[dossier.number, mandate.pk])
    assert judge in cast.signed_in(COORDINATOR).get(access).content.decode()


def test_somebody_asks_and_the_one_who_looked_answers(dossier):
    visit(POLICE, "risk:risk", dossier)
    look = last("read", user=cast.actor(POLICE).user_id)

    assert send(CAW, "audit:ask", dossier, {"words": ""}, event_id=look.pk).status_code == 422
    asked = send(CAW, "audit:ask", dossier, {"words": "Waarom keek u hier?"}, event_id=look.pk)
    assert (asked.status_code, asked["Location"]) == (
        303,
        reverse("audit:looks", args=[dossier.number]) + f"#look-{look.pk}",
    )
    question = Question.objects.get()
    assert (question.event, question.asked_id) == (look.pk, cast.actor(POLICE).user_id)

    tasks = cast.signed_in(POLICE).get(reverse("dossiers:tasks")).content.decode()
    assert reverse("audit:answer", args=[dossier.number, question.pk]) in tasks
    form = {"words": "Ik belde die dag met de moeder."}
    assert send(CAW, "audit:answer", dossier, form, question_id=question.pk).status_code == 403
    assert send(POLICE, "audit:answer", dossier, form, question_id=question.pk).status_code == 303

    assert Answer.objects.get().question_id == question.pk
    seen = page(MANAGER, dossier)
    assert seen.index("Waarom keek u hier?") < seen.index(form["words"])
    assert reverse("audit:answer", args=[dossier.number, question.pk]) not in (
        cast.signed_in(POLICE).get(reverse("dossiers:tasks")).content.decode()
    )


def test_a_stranger_never_learns_from_a_question_that_the_dossier_exists(dossier):
    visit(STRANGER, "people:people", dossier)
    refusal = last("refused")

    assert send(CAW, "audit:ask", dossier, {"words": "Wie was dit?"}, event_id=refusal.pk).status_code == 303

    question = Question.objects.get()
    assert question.asked_id is None
    assert dossier.number not in cast.signed_in(STRANGER).get(reverse("dossiers:tasks")).content.decode()
    assert visit(STRANGER, "audit:answer", dossier, question_id=question.pk).status_code == 404
    answer = {"words": "Een tikfout, ik belde haar."}
    assert send(COORDINATOR, "audit:answer", dossier, answer, question_id=question.pk).status_code == 303


def test_nobody_asks_about_their_own_look_or_that_of_another_dossier(dossier):
    visit(CAW, "risk:risk", dossier)
    mine = last("read", user=cast.actor(CAW).user_id)
    other = cast.at(cast.new_dossier(family_name="Claeys"), Stage.EXECUTION)

    assert visit(CAW, "audit:ask", dossier, event_id=mine.pk).status_code == 403
    assert visit(MANAGER, "audit:ask", other, event_id=mine.pk).status_code == 404


def test_the_list_is_narrowed_by_what_and_by_organisation(dossier):
    visit(POLICE, "risk:risk", dossier)
    visit(STRANGER, "people:people", dossier)
    record("printed", by=cast.actor(CAW), dossier=dossier.pk, part="overview")

    assert page(MANAGER, dossier, kind="prints").count("Drukte af") == 1
    assert name_of(POLICE) not in page(MANAGER, dossier, kind="prints")
    assert "Medewerker" not in page(MANAGER, dossier, kind="changes")
    assert "Geweigerd" in page(MANAGER, dossier, kind="remarkable")
    police = str(cast.actor(POLICE).organisation_id)
    only = page(MANAGER, dossier, organisation=police)
    assert name_of(POLICE) in only
    assert "Geweigerd:" not in only
    assert page(MANAGER, dossier, kind="nonsense", organisation="nonsense", page="-3", period="x")


def test_until_when_the_list_is_sealed_and_what_is_said_when_it_is_broken(dossier):
    assert "De nieuwste regels worden binnen enkele minuten verzegeld." in page(CAW, dossier)

    made_at = datetime(2026, 11, 22, 5, 1, tzinfo=UTC)
    Batch(number=1, sealed_at=made_at, complete_until=made_at, events=[], leaves=b"").save(force_insert=True)
    assert "Deze lijst is volledig en verzegeld tot 22 november 2026, 6.01 uur." in page(CAW, dossier)
    Check.objects.create(at="2026-11-22T05:00Z", fault="")
    assert "Alles werd nagerekend op 22 november 2026, 6.00 uur." in page(CAW, dossier)
    assert "niet vertrouwen" not in page(CAW, dossier)

    Check.objects.create(at="2026-11-23T05:00Z", fault="batch 7: it is gone")
    broken = page(CAW, dossier)
    assert "U kunt deze lijst niet vertrouwen" in broken
    assert "batch 7" not in broken
