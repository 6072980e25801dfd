"""The trail apart from any dossier: what stands out for the coordinator, and all of it for the auditor."""

from collections.abc import Callable
from functools import wraps
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from wida.access.refusals import refuse
from wida.accounts.codes import Role
from wida.accounts.http import Request
from wida.accounts.stepup import needs_fresh_sign_in
from wida.audit import events as trail
from wida.audit import odd
from wida.audit import purposes as report
from wida.audit.actions import record
from wida.web.parsing import parse_day


def only(role: Role) -> Callable:
    """For one role; 403, recorded, for everybody else."""

    def decorate(view: Callable) -> Callable:
        @wraps(view)
        def checked(request: Request) -> HttpResponse:
            if request.actor.role != role:
                return refuse(request, detail=view.__name__)
            return view(request)

        return checked

    return decorate


@only(Role.COORDINATOR)
def odd_looks(request: Request) -> HttpResponse:
    """Looks that stand out in the dossiers of the house. Recorded as `listed`."""
    found = odd.of(request.actor)
    record("listed", by=request.actor, detail="odd_looks")
    by_organisation: dict[str, list[odd.Odd]] = {}
    for look in found:
        by_organisation.setdefault(look.organisation, []).append(look)
    context = {
        "groups": sorted(by_organisation.items()),
        "kinds": odd.KINDS,
        "icons": odd.ICONS,
        "many": odd.MANY,
    }
    return render(request, "audit/odd_looks.html", context)


@only(Role.AUDITOR)
def events(request: Request) -> HttpResponse:
    """The whole trail. Recorded as `listed`: the auditor is seen too."""
    filters = _filters(request)
    record("listed", by=request.actor, detail="events")
    return render(
        request, "audit/events.html", {"filters": filters, **trail.page(filters, request.GET.get("page"))}
    )


@needs_fresh_sign_in
@only(Role.AUDITOR)
def export_events(request: Request) -> HttpResponse:
    """The same, for a spreadsheet. Recorded as `exported`."""
    filters = _filters(request)
    record("exported", by=request.actor, detail="events")
    answer = HttpResponse(trail.as_csv(filters), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="trail-{timezone.localdate():%Y-%m-%d}.csv"'
    return answer


@only(Role.AUDITOR)
def purposes(request: Request) -> HttpResponse:
    """On which grounds dossiers were opened, in numbers. Recorded as `listed`."""
    filters = _filters(request)
    record("listed", by=request.actor, detail="purposes")
    context = {"filters": filters, "rows": report.purposes(filters), "organisations": trail.organisations()}
    return render(request, "audit/purposes.html", context)


@needs_fresh_sign_in
@only(Role.AUDITOR)
def export_purposes(request: Request) -> HttpResponse:
    """The same, for a spreadsheet. Recorded as `exported`."""
    filters = _filters(request)
    record("exported", by=request.actor, detail="purposes")
    answer = HttpResponse(report.as_csv(filters), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="purposes-{timezone.localdate():%Y-%m-%d}.csv"'
    return answer


def _filters(request: Request) -> trail.Filters:
    """What the address asks for; what can't be read is left out."""
    get, standard = request.GET, trail.default()
    return trail.Filters(
        since=_day(get.get("since")) or standard.since,
        until=_day(get.get("until")) or standard.until,
        action=get.get("action", "") if get.get("action", "") in dict(trail.words.ACTION_LABELS) else "",
        **{name: _id(get.get(name)) for name in ("organisation", "user", "dossier")},
    )


def _day(typed: str | None):
    try:
        return parse_day(typed) if typed else None
    except ValidationError:
        return None


def _id(typed: str | None) -> UUID | None:
    try:
        return UUID(typed or "")
    except ValueError:
        return None
