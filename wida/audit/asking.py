"""Asking what a look was for: the questions, answers and judgements of a dossier, kept with the look."""

from typing import NamedTuple
from uuid import UUID

from django.db import transaction

from wida.access.models import Mandate
from wida.access.queries import Opened, blocked, known_to
from wida.access.rules import Ground, Part, Right, rights
from wida.accounts.actor import Actor
from wida.accounts.codes import HOUSE_ROLES, Role
from wida.accounts.models import Membership
from wida.audit.codes import Verdict
from wida.audit.models import Answer, Event, Judgement, Question
from wida.dossiers.models import Dossier
from wida.records import actions as records
from wida.records.queries import read


class Asked(NamedTuple):
    """A question with its answers; `to_me` when this reader can answer it."""

    question: object
    answers: list
    to_me: bool


class Talk(NamedTuple):
    """What was said about one visit."""

    questions: list[Asked]
    judgements: list


class Talks(NamedTuple):
    """What was said in a dossier, by the event it is about."""

    questions: dict[UUID, list[Asked]]
    judgements: dict[UUID, list]

    def about(self, events: set[UUID]) -> Talk:
        return Talk(
            [asked for event in events for asked in self.questions.get(event, ())],
            [judged for event in events for judged in self.judgements.get(event, ())],
        )


class Waiting(NamedTuple):
    """A question that waits for somebody, in whichever of their dossiers."""

    id: UUID
    number: str
    asked_at: object
    signature: str


# Reading --------------------------------------------------------------------------------------------------


def talks(opened: Opened) -> Talks:
    """Everything that was asked, answered and judged in a dossier. Three statements."""
    answers: dict[UUID, list] = {}
    for answer in read(Answer.objects.of(opened.dossier).order_by("created_at"), "question_id", "words"):
        answers.setdefault(answer.question_id, []).append(answer)
    questions: dict[UUID, list[Asked]] = {}
    rows = Question.objects.of(opened.dossier).order_by("created_at")
    for question in read(rows, "event", "words", "asked_id"):
        to_me = may_answer(opened, question.asked_id) and question.id not in answers
        questions.setdefault(question.event, []).append(Asked(question, answers.get(question.id, []), to_me))
    judgements: dict[UUID, list] = {}
    rows = Judgement.objects.of(opened.dossier).order_by("created_at")
    for judgement in read(rows, "event", "verdict", "words"):
        judgements.setdefault(judgement.event, []).append(judgement)
    return Talks(questions, judgements)


def may_answer(opened: Opened, asked: UUID | None) -> bool:
    """Whoever is asked answers; the coordinator too, for who can't be asked or no longer comes here."""
    return asked == opened.actor.user_id or opened.actor.role == Role.COORDINATOR


def waiting_for(actor: Actor) -> list[Waiting]:
    """The questions that somebody still has to answer, the oldest first. One statement."""
    found = (
        Question.objects.filter(asked_id=actor.user_id, withdrawn_at=None, answers=None)
        .filter(dossier__in=known_to(actor))
        .order_by("created_at")
    )
    return [Waiting(*row) for row in found.values_list("id", "dossier__number", "created_at", "signature")]


# Writing --------------------------------------------------------------------------------------------------


@transaction.atomic
def ask(*, opened: Opened, event: Event, words: str, by: Actor) -> Question:
    """Asks whoever did it, or the coordinator when a question would tell them that the dossier exists."""
    asked = event.user if _reads_the_log(opened.dossier, event) else None
    question = Question(dossier=opened.dossier, event=event.pk, asked_id=asked, words=words)
    return records.add(question, by=by)


def answer(*, question: Question, words: str, by: Actor) -> Answer:
    return records.add(Answer(dossier_id=question.dossier_id, question=question, words=words), by=by)


def judge(*, opened: Opened, event: Event, verdict: Verdict, words: str, by: Actor) -> Judgement:
    """What the coordinator found about a look that stood out."""
    return records.add(Judgement(dossier=opened.dossier, event=event.pk, verdict=verdict, words=words), by=by)


def _reads_the_log(dossier: Dossier, event: Event) -> bool:
    """Whether who did it may read this dossier's log today, and so the question."""
    member = (
        Membership.objects.current()
        .filter(user_id=event.user, organisation_id=event.organisation, role=event.role)
        .select_related("user", "organisation__safe_home")
        .first()
    )
    if member is None or Dossier.objects.filter(blocked(member.actor), pk=dossier.pk).exists():
        return False
    mandates = Mandate.objects.active().filter(
        dossier=dossier, holder_id=event.user, holder_organisation_id=event.organisation
    )
    grounds = set(mandates.values_list("ground", flat=True))
    if member.role in HOUSE_ROLES and member.organisation.safe_home_id == dossier.safe_home_id:
        grounds.add(Ground.HOUSE)
    return (Part.LOG, Right.READ) in rights(member.role, frozenset(grounds), dossier.stage)
