"""Forms about what is told: the narrative, danger, and who of the family was informed."""

from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from wida.access.queries import Opened, one
from wida.access.rules import Part, Right
from wida.access.views import dossier_view
from wida.accounts.http import Request
from wida.dossiers.frame import tab
from wida.people.models import Person
from wida.situation import actions, forms, queries
from wida.situation.access import own
from wida.situation.facts import facts
from wida.situation.forms.initial import initial
from wida.situation.models import Danger, Informed, Narrative
from wida.situation.views.parts import add, edit, made, tab_url
from wida.web.handle import handle


@dossier_view(Part.SITUATION, Right.WRITE)
def narrative(request: Request, opened: Opened) -> HttpResponse:
    """The text of the own organisation: one, with versions."""
    standing = (
        Narrative.objects.of(opened.dossier).filter(organisation_id=opened.actor.organisation_id).first()
    )
    values = {"text": standing.text} if standing else {}
    return handle(
        request,
        opened,
        made(request, forms.NarrativeForm, changing=bool(standing), initial=values),
        save=lambda data: actions.tell(dossier=opened.dossier, by=opened.actor, **data),
        done=tab_url(opened, "narratives"),
        title=_("Narrative of %(organisation)s") % {"organisation": opened.actor.organisation},
        submit=_("Save the narrative"),
        version=standing.version if standing else 0,
        shown=lambda current: facts(current, {}),
    )


@dossier_view(Part.SITUATION, Right.WRITE)
def add_danger(request: Request, opened: Opened) -> HttpResponse:
    form = made(request, forms.DangerForm, initial={"on": timezone.localdate()})
    context = {
        "title": _("Write down acute danger"),
        "template": "situation/add_danger.html",
        "anchor": "dangers",
    }
    return add(request, opened, form, actions.add_danger, **context)


@dossier_view(Part.SITUATION, Right.WRITE)
@own(Danger)
def edit_danger(request: Request, opened: Opened, danger: Danger) -> HttpResponse:
    context = {"title": _("Change what stands about danger"), "template": "situation/add_danger.html"}
    return edit(request, opened, forms.DangerForm, danger, of_people=False, **context)


@dossier_view(Part.SITUATION)
def informed(request: Request, opened: Opened) -> HttpResponse:
    """One row per person: who knows of the referral."""
    rows = queries.informed_rows(opened.dossier)
    people = queries.knowing(rows, queries.family(opened.dossier), opened.actor)
    return tab(request, opened, Part.SITUATION, "situation/informed.html", sections=[], people=people)


@dossier_view(Part.SITUATION, Right.WRITE)
def inform(request: Request, opened: Opened, person_id: UUID) -> HttpResponse:
    """What the own organisation knows of whether one person was told."""
    person = one(opened, Person.objects, person_id)
    names = queries.family(opened.dossier).names
    own_rows = Informed.objects.of(opened.dossier).filter(organisation_id=opened.actor.organisation_id)
    standing = own_rows.filter(person_id=person.pk).first()
    return handle(
        request,
        opened,
        made(request, forms.InformForm, initial=initial(standing) if standing else {}),
        save=lambda data: actions.inform(dossier=opened.dossier, by=opened.actor, person=person.pk, **data),
        done=tab_url(opened, "informed"),
        title=_("Was %(name)s informed?") % {"name": names[person.pk]},
        submit=_("Save"),
        tab_title=f"{_('Who was informed')} – {opened.number}",
        template="situation/inform.html",
        version=standing.version if standing else 0,
        shown=lambda current: facts(current, names),
    )
