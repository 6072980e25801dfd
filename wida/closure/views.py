"""Rounding off: the tab, its summary on paper, the watch period and closing. Forms outside their stage save nothing."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from wida.access.queries import Opened, one
from wida.access.rules import Part, Right
from wida.access.views import dossier_view
from wida.accounts.http import Request
from wida.closure import actions, destruction, queries
from wida.closure import page as pages
from wida.closure.codes import ContactWith, Reached
from wida.closure.forms import CloseForm, ContactForm, ReportForm, ResumeForm, WatchForm, WithdrawForm
from wida.closure.models import RoundingOff, WatchContact
from wida.dossiers.codes import Answer, ClosureReason, Colour, LifeDomain, Stage
from wida.dossiers.frame import Section, tab
from wida.plans.codes import GoalState
from wida.risk.codes import Imminence, Level
from wida.web.handle import handle

LABELS = {
    "reached": dict(Reached.choices),
    "answers": dict(Answer.choices),
    "kinds": dict(ContactWith.choices),
    "reasons": dict(ClosureReason.choices),
    "goal_states": dict(GoalState.choices),
    "levels": dict(Level.choices),
    "imminences": dict(Imminence.choices),
    "domains": dict(LifeDomain.choices),
    "colours": dict(Colour.choices),
}


@dossier_view(Part.CLOSURE)
def closure(request: Request, opened: Opened) -> HttpResponse:
    page = pages.of(opened)
    running = page.watch or page.last
    sections = [
        Section("judgement", _("Goals and violence"), running is not None),
        Section("watch", _("Watch period"), running is not None),
        Section("contacts", _("Contacts in the watch period"), bool(running and running.contacts)),
        Section("closing", _("Closing"), page.closing is not None),
    ]
    return tab(
        request,
        opened,
        Part.CLOSURE,
        "closure/closure.html",
        sections=sections,
        page=page,
        watching=opened.dossier.stage == Stage.WATCH,
        executing=opened.dossier.stage == Stage.EXECUTION,
        may_decide=opened.may(Part.CLOSURE, Right.DECIDE),
        may_write=opened.may(Part.CLOSURE, Right.WRITE),
        watched_until=queries.watched_until(opened.dossier),
        destroyable=destruction.is_due(opened.dossier, opened.actor),
        **LABELS,
    )


@dossier_view(Part.CLOSURE)
def summary(request: Request, opened: Opened) -> HttpResponse:
    """The whole course on a page that prints: goals, weighings, watch periods, contacts, closing and retention."""
    page = pages.of(opened)
    return tab(
        request,
        opened,
        Part.CLOSURE,
        "closure/summary.html",
        sections=[],
        page=page,
        weighings=queries.weighings(opened.dossier),
        watches=[watch for watch in (page.watch or page.last, *page.earlier) if watch],
        **LABELS,
    )


@dossier_view(Part.CLOSURE, Right.DECIDE)
def start_watch(request: Request, opened: Opened) -> HttpResponse:
    """Beside the questions stands how the case stands: goals, weighing, assessment, the last violence known."""
    _only_in(opened, Stage.EXECUTION)
    return handle(
        request,
        opened,
        WatchForm(request.POST or None),
        save=lambda data: actions.start_watch(dossier=opened.dossier, by=opened.actor, **data),
        done=_home(opened),
        title=_("Start the watch period"),
        template="closure/start_watch.html",
        standing=queries.standing(opened.dossier),
        **LABELS,
    )


@dossier_view(Part.CLOSURE, Right.WRITE)
def add_contact(request: Request, opened: Opened) -> HttpResponse:
    _only_in(opened, Stage.WATCH)
    return handle(
        request,
        opened,
        ContactForm(request.POST or None),
        save=lambda data: actions.plan_contact(dossier=opened.dossier, by=opened.actor, **data),
        done=_home(opened),
        title=_("Plan a contact"),
    )


@dossier_view(Part.CLOSURE, Right.WRITE)
def report_contact(request: Request, opened: Opened, contact_id: UUID) -> HttpResponse:
    """A contact of an earlier watch period is history: it doesn't count for this one, and isn't found here."""
    _only_in(opened, Stage.WATCH)
    contact, began = _contact(opened, contact_id)
    initial = {
        "done_on": contact.done_on or timezone.localdate(),
        "new_violence": contact.new_violence,
        "outcome": contact.outcome,
    }
    return handle(
        request,
        opened,
        ReportForm(request.POST or None, initial=initial, since=began.started_on),
        save=lambda data: actions.report_contact(contact=contact, by=opened.actor, **data),
        done=_home(opened),
        title=_("Report a contact"),
        version=contact.version,
        shown=lambda now: [
            (_("Was there new violence?"), str(now.get_new_violence_display())),
            (_("What did you hear?"), now.outcome),
        ],
        lead=contact.whom,
    )


@dossier_view(Part.CLOSURE, Right.WRITE)
def withdraw_contact(request: Request, opened: Opened, contact_id: UUID) -> HttpResponse:
    _only_in(opened, Stage.WATCH)
    contact, _began = _contact(opened, contact_id)
    return handle(
        request,
        opened,
        WithdrawForm(request.POST or None),
        save=lambda data: actions.withdraw_contact(contact=contact, by=opened.actor, **data),
        done=_home(opened),
        title=_("Take away the contact with %(name)s") % {"name": contact.whom},
        tab_title=f"{_('Rounding off')} – {opened.number}",
        version=contact.version,
        shown=lambda now: [(_("What did you hear?"), now.outcome)],
        submit=_("Take away"),
    )


@dossier_view(Part.CLOSURE, Right.DECIDE)
def resume(request: Request, opened: Opened) -> HttpResponse:
    _only_in(opened, Stage.WATCH)
    return handle(
        request,
        opened,
        ResumeForm(request.POST or None),
        save=lambda data: actions.resume(dossier=opened.dossier, by=opened.actor, **data),
        done=_home(opened),
        title=_("Resume"),
    )


@dossier_view(Part.CLOSURE, Right.DECIDE)
def close(request: Request, opened: Opened) -> HttpResponse:
    """Closing ends the access of everybody but the house, so it leads back to the list."""
    _only_in(opened, Stage.EXECUTION, Stage.WATCH)
    watching = opened.dossier.stage == Stage.WATCH
    asked = (
        queries.contacts_of(opened.dossier, queries.watch_began(opened.dossier)).exclude(done_on=None)
        if watching
        else WatchContact.objects.none()
    )

    def save(data: dict) -> str:
        actions.close(dossier=opened.dossier, by=opened.actor, **data)
        messages.success(request, _("Dossier %(number)s is closed.") % {"number": opened.number})
        return reverse("dossiers:list")

    form = CloseForm(
        request.POST or None,
        stage=opened.dossier.stage,
        heard=list(asked.values_list("new_violence", flat=True)),
    )
    return handle(
        request,
        opened,
        form,
        save=save,
        done=_home(opened),
        title=_("Close the dossier"),
        template="closure/close.html",
        early=watching and opened.dossier.watch_until > timezone.localdate(),
    )


def _contact(opened: Opened, contact_id: UUID) -> tuple[WatchContact, RoundingOff]:
    """A contact of the watch period that runs, with the judgement that began it; else 404."""
    began = queries.watch_began(opened.dossier)
    contact = one(
        opened, WatchContact.objects.filter(pk__in=queries.contacts_of(opened.dossier, began)), contact_id
    )
    contact.dossier = opened.dossier
    return contact, began


def _only_in(opened: Opened, *stages: Stage) -> None:
    """Outside these stages a form gives back what was typed, and saves nothing."""
    opened.frozen = opened.frozen or opened.dossier.stage not in stages


def _home(opened: Opened) -> str:
    return reverse("closure:closure", args=[opened.number])
