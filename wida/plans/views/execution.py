"""The tab Uitvoering: what is late, how actions go, the follow-up log, the case manager, signals to policy."""

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from wida.access.queries import Opened, one
from wida.access.refusals import refuse
from wida.access.rules import Part, Right
from wida.access.views import dossier_view
from wida.accounts.http import Request
from wida.dossiers.frame import Section, tab
from wida.plans import execution as changes
from wida.plans import family as families
from wida.plans import holders, progress
from wida.plans.codes import ContactWay, EntryKind
from wida.plans.execution_forms import EntryForm, HandOverForm, SignalForm
from wida.plans.models import LogEntry
from wida.web import dates
from wida.web.handle import handle


@dossier_view(Part.EXECUTION)
def execution(request: Request, opened: Opened) -> HttpResponse:
    page = progress.of(opened, request.GET)
    sections = [
        Section("overdue", _("Overdue"), True, len(page["overdue"])),
        Section("progress", _("Progress of actions"), bool(page["open_lines"]), len(page["open_lines"])),
        Section("dates", _("Dates of reassessment"), bool(page["reassessments"]), len(page["reassessments"])),
        Section("log", _("Follow-up log"), bool(page["entry_total"]), page["entry_total"]),
        Section("case-manager", _("Case manager"), bool(page["assignments"])),
        Section("signals", _("Signals to policy"), bool(page["bottlenecks"]), len(page["bottlenecks"])),
    ]
    return tab(request, opened, Part.EXECUTION, "plans/execution.html", sections=sections, **page)


@dossier_view(Part.EXECUTION, Right.WRITE)
def add_entry(request: Request, opened: Opened) -> HttpResponse:
    return handle(
        request,
        opened,
        EntryForm(_posted(request)),
        save=lambda data: changes.add_entry(dossier=opened.dossier, by=opened.actor, **data),
        done=_execution(opened, "log"),
        title=_("Add to the log"),
    )


@dossier_view(Part.EXECUTION, Right.WRITE)
def edit_entry(request: Request, opened: Opened, entry_id: UUID) -> HttpResponse:
    """Only for the organisation whose words they are."""
    entry = one(opened, LogEntry.objects, entry_id)
    if entry.organisation_id != opened.actor.organisation_id:
        return refuse(
            request, dossier=opened.dossier.pk, part=Part.EXECUTION, row=entry, detail="entry_of_others"
        )
    initial = {name: getattr(entry, name) for name in ("kind", "way", "on", "with_whom", "text")}
    return handle(
        request,
        opened,
        EntryForm(_posted(request), initial=initial),
        save=lambda data: changes.change_entry(entry=entry, by=opened.actor, **data),
        done=_execution(opened, "log"),
        title=_("Change the entry"),
        version=entry.version,
        shown=_facts,
    )


@dossier_view(Part.EXECUTION, Right.DECIDE)
def assign_case_manager(request: Request, opened: Opened) -> HttpResponse:
    """For the coordinator: who follows this family from now on, and why."""
    dossier = opened.dossier
    members = {
        str(member.pk): member
        for member in holders.case_managers(dossier)
        if member.user_id != dossier.case_manager_id
    }
    form = HandOverForm(
        _posted(request),
        members=[(key, member.user.name) for key, member in members.items()],
        now=dossier.case_manager_id is not None,
    )

    def save(data: dict) -> None:
        changes.hand_over(
            dossier=dossier,
            member=members[data["member"]],
            by=opened.actor,
            why=data["why"],
            actions_too=data.get("actions_too", False),
        )

    return handle(
        request,
        opened,
        form,
        save=save,
        done=_execution(opened, "case-manager"),
        title=_("Assign a case manager"),
    )


@dossier_view(Part.EXECUTION, Right.WRITE)
def add_signal(request: Request, opened: Opened) -> HttpResponse:
    """A bottleneck that is bigger than this family, told without this family."""
    form = SignalForm(
        _posted(request), family=families.of(opened.dossier), family_name=opened.dossier.family_name
    )
    return handle(
        request,
        opened,
        form,
        save=lambda data: changes.pass_on(dossier=opened.dossier, by=opened.actor, **data),
        done=_execution(opened, "signals"),
        title=_("Pass on a bottleneck"),
        lead=_(
            "The central team reads the theme, the house, the month and the text, not from which dossier it comes."
        ),
        submit=_("Pass on"),
    )


def _posted(request: Request):
    return request.POST if request.method == "POST" else None


def _execution(opened: Opened, anchor: str) -> str:
    return f"{reverse('plans:execution', args=[opened.number])}#{anchor}"


def _facts(entry: LogEntry) -> list[tuple[str, str]]:
    return [
        (_("What kind of entry?"), str(EntryKind(entry.kind).label)),
        (_("How was the contact?"), str(ContactWay(entry.way).label) if entry.way else ""),
        (_("Date"), dates.day(entry.on)),
        (_("With whom?"), entry.with_whom),
        (_("What happened or was said?"), entry.text),
    ]
