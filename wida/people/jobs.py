"""What the passing of days asks about persons."""

from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import ExtractYear
from django.utils import timezone

from wida.accounts.actor import CALENDAR
from wida.dossiers.codes import Stage, TaskKind
from wida.dossiers.models import Task
from wida.jobs import app, as_system
from wida.people.actions import ask_about
from wida.people.models import ComingOfAge, Person
from wida.people.queries import ADULT, grew_up


@app.periodic(cron="40 4 * * *")
@app.task(queueing_lock="see_who_grew_up")
def see_who_grew_up(timestamp: int) -> None:
    """Each night: of who became eighteen since their dossier began, its coordinator gets a task, and nothing more."""
    with as_system():
        dossiers = list(perhaps().values_list("dossier_id", flat=True).distinct())
    for dossier in dossiers:
        ask_in(dossier)


def perhaps() -> QuerySet:
    """Persons who may have grown up, by what stands in clear: the year. Their day of birth opens with the dossier."""
    this_year = timezone.localdate().year
    asked = Task.objects.filter(kind=TaskKind.GREW_UP, source=OuterRef("pk"), done_at=None)
    by_year = Q(birth_year__lte=this_year - ADULT, birth_year__gte=F("began") - ADULT)
    running = Person.objects.exclude(dossier__stage__in=[Stage.BUILDING, Stage.CLOSED])
    return running.annotate(began=ExtractYear("dossier__created_at")).filter(
        by_year | Q(age_stated__lt=ADULT), ~Exists(asked), withdrawn_at=None, deceased=False
    )


def ask_in(dossier: UUID) -> None:
    with as_system(dossier):
        decided = ComingOfAge.objects.filter(person=OuterRef("pk"), withdrawn_at=None)
        for person in perhaps().filter(~Exists(decided), dossier_id=dossier).select_related("dossier"):
            if grew_up(person, timezone.localdate(person.dossier.created_at)):
                ask_about(person=person, by=CALENDAR)
