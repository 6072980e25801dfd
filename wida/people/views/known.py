"""Is this family known? Who may be the same as somebody elsewhere, and what was answered."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from wida.access.queries import Opened, known_to, one, open_for
from wida.access.rules import Part, Right
from wida.access.united import blocks_to_carry
from wida.access.views import dossier_view
from wida.accounts.http import Request
from wida.audit.actions import record as audit
from wida.dossiers.frame import tab
from wida.people import judging
from wida.people import known as queries
from wida.people.forms.same import SamePersonForm, UndoForm
from wida.people.models import Comparison, Person
from wida.people.queries import name_map
from wida.people.views import typed
from wida.web.handle import handle


@dossier_view(Part.PEOPLE)
def known(request: Request, opened: Opened) -> HttpResponse:
    """Everybody of this dossier beside whom the reader may know of elsewhere. Recorded as `searched`, too."""
    audit("searched", by=opened.actor, dossier=opened.dossier.pk, part=Part.PEOPLE, detail="known")
    return tab(
        request,
        opened,
        Part.PEOPLE,
        "people/known.html",
        title=_("Is this family known?"),
        sections=[],
        known=queries.known(opened),
        may_judge=opened.may(Part.PEOPLE, Right.WRITE),
        may_join=opened.may(Part.REFERRAL, Right.DECIDE) and opened.dossier.stage in queries.JOINABLE,
    )


@dossier_view(Part.PEOPLE, Right.WRITE)
def same_person(request: Request, opened: Opened, person_id: UUID, other_id: UUID) -> HttpResponse:
    """Two records beside each other, and the question. Only for who may write about persons in both dossiers."""
    person = one(opened, Person.objects, person_id)
    there = _there(opened, other_id)
    other = one(there, Person.objects, other_id)
    audit("read", by=opened.actor, dossier=there.dossier.pk, part=Part.PEOPLE, detail="same_person")
    standing = Comparison.objects.of(opened.dossier).filter(person=person, other=other).first()
    left, right, why = queries.beside(opened, person, there, other)
    return handle(
        request,
        opened,
        SamePersonForm(
            typed(request),
            initial={"answer": standing.answer, "reason": standing.reason} if standing else None,
        ),
        save=lambda data: judging.judge(person=person, other=other, by=opened.actor, **data),
        done=_home(opened),
        title=_("Is this the same person?"),
        template="people/same_person.html",
        submit=_("Keep the answer"),
        left=left,
        right=right,
        labels=queries.LABELS,
        reasons=why,
        carries=len(blocks_to_carry(opened.dossier, there.dossier))
        + len(blocks_to_carry(there.dossier, opened.dossier)),
    )


@dossier_view(Part.PEOPLE, Right.WRITE)
def undo_comparison(request: Request, opened: Opened, comparison_id: UUID) -> HttpResponse:
    comparison = one(
        opened, Comparison.objects.filter(other_dossier__in=known_to(opened.actor)), comparison_id
    )
    _there(opened, comparison.other_id)
    return handle(
        request,
        opened,
        UndoForm(typed(request)),
        save=lambda data: judging.take_back(comparison=comparison, by=opened.actor, **data),
        done=_home(opened),
        title=_("Take back this answer"),
        lead=_("It is asked again. Whoever is kept out only because of this answer no longer is."),
        version=comparison.version,
        shown=lambda row: [
            (_("Person"), name_map(opened.dossier).get(row.person_id, "")),
            (_("Is this the same person?"), row.get_answer_display()),
        ],
    )


def _there(opened: Opened, other_id: UUID) -> Opened:
    """The other dossier as this actor may know it; 404 unless they may write about its persons at some stage."""
    number = (
        known_to(opened.actor)
        .filter(
            pk__in=Person.objects.filter(pk=other_id).exclude(dossier=opened.dossier).values("dossier_id")
        )
        .values_list("number", flat=True)
        .first()
    )
    there = open_for(opened.actor, number) if number else None
    if there is None or not there.may(Part.PEOPLE) or not there.may_ever(Part.PEOPLE, Right.WRITE):
        raise Http404
    return there


def _home(opened: Opened) -> str:
    return reverse("people:known", args=[opened.number])
