from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from wida.access import limits
from wida.access.queries import Opened
from wida.access.refusals import refuse
from wida.access.rules import Part, Right
from wida.access.views import dossier_view
from wida.accounts.codes import CONTENT_ROLES, HOUSE_ROLES
from wida.accounts.http import Request
from wida.audit import asking
from wida.audit.actions import record as audit
from wida.dossiers import actions, overview, queries, search
from wida.dossiers.codes import PHASE_OF, Colour, Phase, Stage, TaskKind, Track
from wida.dossiers.forms import HeadForm, KnownForm, StartForm, StepForm
from wida.dossiers.frame import PART_LABELS, tab
from wida.dossiers.guards import missing
from wida.dossiers.life import STEPS
from wida.people import matching
from wida.records.middleware import once
from wida.web.handle import handle
from wida.web.parsing import whole


def list(request: Request) -> HttpResponse:
    """The home of a professional: what asks attention, and the dossiers they may know of. Recorded as `listed`."""
    filters = _filters(request)
    stages, colours, total = queries.counts(request.actor, filters)
    pages = max(1, -(-total // queries.PAGE))
    page = min(whole(request.GET.get("page"), otherwise=1), pages)
    audit("listed", by=request.actor, detail=filters.view)
    context = {
        "filters": filters,
        "views": _views(request),
        "stages": [
            (code, label, stages.get(code, 0)) for code, label in Stage.choices if code != Stage.CLOSED
        ],
        "colours": [
            (code, label, colours.get(code, 0))
            for code, label in (*Colour.choices, ("none", _("Not weighed")))
        ],
        "tracks": Track.choices,
        "managers": queries.managers(request.actor),
        "attention": queries.attention(request.actor),
        "rows": queries.rows(request.actor, filters, page) if total else [],
        "total": total,
        "page": page,
        "pages": pages,
        "query": _query(request),
        "names_hidden": bool(request.session.get("names_hidden")),
        "may_start": request.actor.role in CONTENT_ROLES,
        "may_destroy": request.actor.role in HOUSE_ROLES,
        "task_icons": queries.TASK_ICONS,
        "task_places": queries.TASK_PLACES,
        "task_labels": dict(TaskKind.choices),
        "part_labels": PART_LABELS,
        "stage_labels": dict(Stage.choices),
        "phase_numbers": {stage: tuple(Phase).index(phase) + 1 for stage, phase in PHASE_OF.items()},
    }
    return render(request, "dossiers/list.html", context)


def tasks(request: Request) -> HttpResponse:
    """Everything the actor is expected to do. Recorded as `listed`."""
    audit("listed", by=request.actor, detail="tasks")
    context = {
        "tasks": queries.due(request.actor),
        "asked": asking.waiting_for(request.actor),
        "task_icons": queries.TASK_ICONS,
        "task_places": queries.TASK_PLACES,
        "task_labels": dict(TaskKind.choices),
        "names_hidden": bool(request.session.get("names_hidden")),
    }
    return render(request, "dossiers/tasks.html", context)


def search_dossiers(request: Request) -> HttpResponse:
    """By number or family name, among what the actor may know of. What was typed never stands in an address."""
    words = request.POST.get("q", "").strip()[:80]
    if not words:
        return render(request, "dossiers/search.html", {"words": "", "found": []})
    if not limits.may_search(request.actor):
        request.denials.append(lambda: audit("refused", by=request.actor, detail="searches_per_hour"))
        return render(
            request, "dossiers/search.html", {"words": words, "found": [], "enough": True}, status=429
        )
    found = search.by_words(request.actor, words)
    if len(found) == 1 and found[0].number == words.upper():
        return HttpResponseRedirect(reverse("dossiers:overview", args=[found[0].number]), status=303)
    return render(request, "dossiers/search.html", {"words": words, "found": found})


def new(request: Request) -> HttpResponse:
    """Before a dossier is made: is somebody of this family already known? Recorded as `searched`."""
    if request.actor.role not in CONTENT_ROLES:
        return refuse(request, detail="start_dossier")
    form = KnownForm(request.POST or None)
    context = {"form": form, "searched": False, "start": None}
    if request.method == "POST" and form.is_valid():
        lacking = matching.missing_fields(**form.cleaned_data)
        if lacking:
            context["lacking"] = lacking
            return render(request, "dossiers/new.html", context, status=422)
        if not limits.may_search(request.actor):
            request.denials.append(lambda: audit("refused", by=request.actor, detail="searches_per_hour"))
            return render(request, "dossiers/new.html", context | {"enough": True}, status=429)
        audit("searched", by=request.actor, detail="new_dossier")
        context |= {
            "searched": True,
            "hits": matching.find(request.actor, **form.cleaned_data),
            "elsewhere": matching.known_elsewhere(request.actor, **form.cleaned_data),
            "start": StartForm(
                homes=search.homes(request.actor), initial={"name": form.cleaned_data["family_name"]}
            ),
        }
        return render(request, "dossiers/new.html", context)
    return render(request, "dossiers/new.html", context, status=422 if form.errors else 200)


@require_POST
def start(request: Request) -> HttpResponse:
    """Makes the dossier, once, and goes to its first tab."""
    if request.actor.role not in CONTENT_ROLES:
        return refuse(request, detail="start_dossier")
    return once(request, lambda: _start(request))


def _start(request: Request) -> HttpResponse:
    form = StartForm(request.POST, homes=search.homes(request.actor))
    if not form.is_valid():
        return render(
            request, "dossiers/new.html", {"form": KnownForm(), "searched": True, "start": form}, status=422
        )
    home, zone = form.where()
    dossier = actions.start_dossier(
        safe_home=home, family_name=form.cleaned_data["name"], police_zone=zone, by=request.actor
    )
    return HttpResponseRedirect(reverse("people:people", args=[dossier.number]), status=303)


@require_POST
def hide_names(request: Request) -> HttpResponse:
    """Shows numbers in place of family names, for a screen that others can see, or names again; for this session."""
    request.session["names_hidden"] = "show" not in request.POST
    return HttpResponseRedirect(reverse("dossiers:list"), status=303)


@dossier_view(Part.OVERVIEW)
def overview_page(request: Request, opened: Opened) -> HttpResponse:
    """The file on one page, or for its author after referral: where it stands and what was decided."""
    context = overview.of(opened)
    template = "dossiers/overview.html" if opened.may(Part.PEOPLE) else "dossiers/outcome.html"
    return tab(request, opened, Part.OVERVIEW, template, **context)


@dossier_view(Part.OVERVIEW, Right.WRITE)
def edit_head(request: Request, opened: Opened) -> HttpResponse:
    zone = opened.dossier.police_zone_id
    form = HeadForm(
        request.POST or None,
        safe_home_id=opened.dossier.safe_home_id,
        initial={"name": opened.dossier.family_name, "police_zone": zone},
        masked=opened.keeps_places,
    )
    return handle(
        request,
        opened,
        form,
        save=lambda data: actions.rename(
            dossier=opened.dossier,
            family_name=data["name"],
            police_zone=search.zone(opened, data.get("police_zone", zone)),
            by=opened.actor,
        ),
        done=reverse("dossiers:overview", args=[opened.number]),
        title=_("Change the name and police zone"),
    )


@dossier_view(Part.OVERVIEW, takes_post=True)
def step(request: Request, opened: Opened, name: str) -> HttpResponse:
    """One step in the life of the dossier: what is still missing, in words, or the button."""
    wanted = STEPS.get(name)
    if wanted is None or name not in overview.PLAIN_STEPS:
        return render(request, "web/404.html", status=404)
    if not opened.may_ever(wanted.part, wanted.right):
        return refuse(request, dossier=opened.dossier.pk, part=wanted.part, detail=name)
    opened.frozen = opened.dossier.stage not in wanted.before or not opened.may(wanted.part, wanted.right)
    lacking = [] if opened.frozen else missing(opened.dossier, wanted)
    form = StepForm(request.POST or None, asks_reason=wanted.asks_reason)
    return handle(
        request,
        opened,
        form,
        save=lambda data: overview.take_step(name, opened=opened, reason=data["reason"]),
        done=reverse("dossiers:overview", args=[opened.number]),
        title=str(wanted.label),
        template="dossiers/step.html",
        lacking=lacking,
        name=name,
        explanation=overview.PLAIN_STEPS[name],
    )


def _filters(request: Request) -> queries.Filters:
    """What the address asks for, unknown codes left out."""
    get = request.GET
    default = "house" if request.actor.role in HOUSE_ROLES else "mine"
    known = {code for code, _label in _views(request)}
    manager = get.get("manager", "")
    return queries.Filters(
        view=get.get("view") if get.get("view") in known else default,
        stages=tuple(code for code in get.getlist("stage") if code in Stage.values),
        colours=tuple(code for code in get.getlist("colour") if code in (*Colour.values, "none")),
        track=get.get("track") if get.get("track") in Track.values else "",
        manager=manager if manager == "nobody" or search.is_id(manager) else "",
        overdue=get.get("overdue") == "on",
        sort=get.get("sort") if get.get("sort") in queries.SORTS else "due",
    )


def _views(request: Request) -> tuple:
    house = (("house", _("My Safe Home")),) if request.actor.role in HOUSE_ROLES else ()
    return (("mine", _("Mine")), *house, ("closed", _("Closed")))


def _query(request: Request) -> str:
    """The address's query without the page, to which a page number can be added."""
    query = request.GET.copy()
    query.pop("page", None)
    return f"?{query.urlencode()}&page=" if query else "?page="
