"""A request for access: started for one person, decided by the coordinator, read over by a second, given as a PDF."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from wida.access.queries import Opened, one
from wida.access.rules import Part, Right
from wida.access.views import dossier_view
from wida.accounts.http import Request
from wida.accounts.stepup import needs_fresh_sign_in
from wida.audit.actions import record as audit
from wida.dossiers.frame import PART_LABELS
from wida.inspection import actions, forms
from wida.inspection.codes import Ground
from wida.inspection.models import Inspection
from wida.people.models import Person
from wida.people.queries import label, person_choices
from wida.web.handle import handle
from wida.web.paper import NoPaper, pdf

UNDECIDED = 409


@dossier_view(Part.ACCESS, Right.DECIDE)
def start_inspection(request: Request, opened: Opened) -> HttpResponse:
    form = forms.StartForm(
        _sent(request), people=person_choices(opened.dossier), initial={"asked_on": timezone.localdate()}
    )

    def save(data: dict) -> str:
        person = one(opened, Person.objects, UUID(data.pop("person")))
        made = actions.start(dossier=opened.dossier, person=person, by=opened.actor, **data)
        return reverse("inspection:inspection", args=[opened.number, made.pk])

    return handle(
        request,
        opened,
        form,
        save=save,
        done=_home(opened),
        title=_("Somebody asks what stands about them"),
        lead=_(
            "WIDA gathers what this dossier holds about one person. You decide on every passage, a colleague reads it "
            "over, and only then there is something to give. Safety plans, attachments and earlier versions are not "
            "in it."
        ),
        submit=_("Gather"),
    )


@dossier_view(Part.ACCESS, Right.DECIDE)
def inspection(request: Request, opened: Opened, inspection_id: UUID) -> HttpResponse:
    """Every passage with its decision. Whoever may no longer decide in this dossier doesn't come here."""
    found = one(opened, Inspection.objects, inspection_id)
    passages = actions.passages(found)
    form = forms.DecideForm(_sent(request), passages=passages)
    return handle(
        request,
        opened,
        form,
        save=lambda data: actions.decide(
            inspection=found, by=opened.actor, version=data.pop("version"), decisions=data
        ),
        done=reverse("inspection:inspection", args=[opened.number, found.pk]),
        title=_("What stands about %(name)s") % {"name": label(found.person)},
        tab_title=_("Request for access"),
        template="inspection/inspection.html",
        submit=_("Keep these decisions"),
        back=_home(opened),
        version=found.version,
        found=found,
        passages=passages,
        labels={part.value: name for part, name in PART_LABELS.items()},
        grounds=dict(Ground.choices),
        undecided=actions.undecided(found),
    )


@dossier_view(Part.ACCESS, takes_post=True)
def release_inspection(request: Request, opened: Opened, inspection_id: UUID) -> HttpResponse:
    """The second pair of eyes: somebody else who reads who takes part, of the house or its team."""
    found = one(opened, Inspection.objects, inspection_id)
    return handle(
        request,
        opened,
        forms.ReleaseForm(_sent(request)),
        save=lambda data: actions.release(inspection=found, by=opened.actor, version=data["version"]),
        done=_home(opened),
        title=_("Read over what is given"),
        tab_title=_("Request for access"),
        template="inspection/release.html",
        submit=_("Release"),
        version=found.version,
        **_paper(opened, found),
    )


@needs_fresh_sign_in
@dossier_view(Part.ACCESS, Right.DECIDE)
def inspection_answer(request: Request, opened: Opened, inspection_id: UUID) -> HttpResponse:
    """The answer as a PDF, for the person alone: kept nowhere, made each time. Recorded as `extract_made`."""
    if request.method == "POST":
        raise Http404
    found = one(opened, Inspection.objects, inspection_id)
    if not found.released_by:
        return render(
            request, "inspection/not_yet.html", {"opened": opened, "found": found}, status=UNDECIDED
        )
    trail = {"part": Part.ACCESS, "row": found.pk, "detail": "inspection"}
    audit("extract_made", by=opened.actor, dossier=opened.dossier.pk, **trail)
    with translation.override("nl"):
        try:
            data = pdf("inspection/answer_paper.html", _paper(opened, found))
        except NoPaper:
            return render(request, "inspection/answer_paper.html", _paper(opened, found))
    answer = HttpResponse(data, content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="inzage-{timezone.localdate():%Y-%m-%d}.pdf"'
    return answer


@dossier_view(Part.ACCESS, Right.DECIDE)
def answered_inspection(request: Request, opened: Opened, inspection_id: UUID) -> HttpResponse:
    found = one(opened, Inspection.objects, inspection_id)
    return handle(
        request,
        opened,
        forms.AnsweredForm(_sent(request), initial={"on": timezone.localdate()}),
        save=lambda data: actions.answered(inspection=found, by=opened.actor, **data),
        done=_home(opened),
        title=_("The answer was handed over"),
        version=found.version,
        submit=_("Save"),
    )


def _paper(opened: Opened, found: Inspection) -> dict:
    """What stands in the answer, and nothing else of the dossier: not what was withheld, nor that anything was."""
    given = actions.given(found)
    parts = dict.fromkeys(one.part for one in given)
    return {
        "house": opened.dossier.safe_home,
        "who": label(found.person),
        "asked_on": found.asked_on,
        "on": timezone.localdate(),
        "parts": [(PART_LABELS[Part(part)], [one for one in given if one.part == part]) for part in parts],
    }


def _home(opened: Opened) -> str:
    return reverse("access:access", args=[opened.number]) + "#inspections"


def _sent(request: Request):
    return request.POST if request.method == "POST" else None
