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
from wida.closure import actions, queries
from wida.closure.codes import ContactWith, Reached
from wida.closure.forms import CloseForm, ContactForm, ReportForm, ResumeForm, WatchForm
from wida.closure.models import WatchContact
from wida.dossiers.codes import Answer, ClosureReason, Stage
from wida.dossiers.frame import Section, tab
from wida.web.handle import handle


@dossier_view(Part.CLOSURE)
def closure(request: Request, opened: Opened) -> HttpResponse:
    judgements, contacts, closing = (
        read(opened.dossier) for read in (queries.judgements, queries.contacts, queries.closing)
    )
    sections = [
        Section("judgement", _("Goals and violence"), bool(judgements)),
        Section("watch", _("Watch period"), opened.dossier.watch_until is not None),
        Section("contacts", _("Contacts in the watch period"), bool(contacts), len(contacts)),
        Section("closing", _("Closing"), closing is not None),
    ]
    return tab(
        request, opened, Part.CLOSURE, "closure/closure.html", sections=sections,
        judgements=judgements, contacts=contacts, closing=closing, watching=opened.dossier.stage == Stage.WATCH,
        executing=opened.dossier.stage == Stage.EXECUTION, may_decide=opened.may(Part.CLOSURE, Right.DECIDE),
        may_write=opened.may(Part.CLOSURE, Right.WRITE), reached=dict(Reached.choices), answers=dict(Answer.choices),
        kinds=dict(ContactWith.choices), reasons=dict(ClosureReason.choices),
        watched_until=queries.watched_until(opened.dossier),
    )  # fmt: skip


@dossier_view(Part.CLOSURE, Right.DECIDE)
def start_watch(request: Request, opened: Opened) -> HttpResponse:
    opened.frozen = opened.frozen or opened.dossier.stage != Stage.EXECUTION
    return handle(
        request, opened, WatchForm(request.POST or None),
        save=lambda data: actions.start_watch(dossier=opened.dossier, by=opened.actor, **data),
        done=_home(opened), title=_("Start the watch period"),
    )  # fmt: skip


@dossier_view(Part.CLOSURE, Right.WRITE)
def add_contact(request: Request, opened: Opened) -> HttpResponse:
    return handle(
        request, opened, ContactForm(request.POST or None),
        save=lambda data: actions.plan_contact(dossier=opened.dossier, by=opened.actor, **data),
        done=_home(opened), title=_("Plan a contact"),
    )  # fmt: skip


@dossier_view(Part.CLOSURE, Right.WRITE)
def report_contact(request: Request, opened: Opened, contact_id: UUID) -> HttpResponse:
    contact = one(opened, WatchContact.objects, contact_id)
    initial = {
        "done_on": contact.done_on or timezone.localdate(),
        "new_violence": contact.new_violence,
        "outcome": contact.outcome,
    }
    return handle(
        request, opened, ReportForm(request.POST or None, initial=initial),
        save=lambda data: actions.report_contact(contact=contact, by=opened.actor, **data),
        done=_home(opened), title=_("Report a contact"), version=contact.version,
        shown=lambda now: [(_("What did you hear?"), now.outcome)],
    )  # fmt: skip


@dossier_view(Part.CLOSURE, Right.DECIDE)
def resume(request: Request, opened: Opened) -> HttpResponse:
    opened.frozen = opened.frozen or opened.dossier.stage != Stage.WATCH
    return handle(
        request, opened, ResumeForm(request.POST or None),
        save=lambda data: actions.resume(dossier=opened.dossier, by=opened.actor, **data),
        done=_home(opened), title=_("Resume"),
    )  # fmt: skip


@dossier_view(Part.CLOSURE, Right.DECIDE)
def close(request: Request, opened: Opened) -> HttpResponse:
    """Closing ends the access of everybody but the house, so it leads back to the list."""
    opened.frozen = opened.frozen or opened.dossier.stage not in (Stage.EXECUTION, Stage.WATCH)

    def save(data: dict) -> str:
        actions.close(dossier=opened.dossier, by=opened.actor, **data)
        messages.success(request, _("Dossier %(number)s is closed.") % {"number": opened.number})
        return reverse("dossiers:list")

    return handle(
        request, opened, CloseForm(request.POST or None, stage=opened.dossier.stage), save=save,
        done=_home(opened), title=_("Close the dossier"), template="closure/close.html",
    )  # fmt: skip


def _home(opened: Opened) -> str:
    return reverse("closure:closure", args=[opened.number])
